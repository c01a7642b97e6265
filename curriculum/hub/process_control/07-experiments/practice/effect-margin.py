"""Center points of a 2^3, and the margin of an effect: by the library's model with a term for the middle."""

from techamp.subjects.process_control import fit_model, full_factorial


def generate(rng):
    count = rng.pick([3, 4, 5])
    center = [round(50 + v, 1) for v in rng.normals(count, 0.0, 1.0, decimals=1)]
    while max(center) - min(center) < 0.8:
        center = [round(50 + v, 1) for v in rng.normals(count, 0.0, 1.0, decimals=1)]
    coded = full_factorial(3).columns()
    columns = {name: [*column.tolist(), *([0.0] * count)] for name, column in coded.items()}
    columns["middle"] = [0.0] * 8 + [1.0] * count
    terms = ["middle", "A", "B", "C", "A·B", "A·C", "B·C", "A·B·C"]
    fit = fit_model(columns, [50.0 + i % 3 for i in range(8)] + center, terms)
    a = next(c for c in fit.coefficients if c.name == "A")
    reach = (a.high - a.low) / 2 / a.error
    return {
        "readings": ", ".join(f"{v:.1f}" for v in center),
        "s": round(fit.residual_sd, 3),
        "df": fit.df,
        "t": round(reach, 3),
        "margin": 2 * reach * a.error,
    }
