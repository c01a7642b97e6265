"""A prediction with its limits by the library, and a confirmation mean inside or outside."""

from techamp.subjects.process_control import confirmation, fit_model, full_factorial


def generate(rng):
    columns = {k: v.tolist() * 2 for k, v in full_factorial(2).columns().items()}
    y = [
        30 + 2 * a - b + v
        for a, b, v in zip(columns["A"], columns["B"], rng.normals(8, 0.0, 0.6, decimals=1), strict=True)
    ]
    expected = confirmation(fit_model(columns, y, ["A", "B"]), {"A": 1.0, "B": -1.0}, runs=5)
    half = (expected.high - expected.low) / 2
    where = rng.pick(["inside", "low", "high"])
    off = {"inside": rng.number(-0.7, 0.7, 0.1), "low": -rng.number(1.6, 2.4, 0.1), "high": rng.number(1.6, 2.4, 0.1)}[
        where
    ]
    return {
        "low": f"{expected.low:.1f}",
        "high": f"{expected.high:.1f}",
        "mean": f"{expected.value + off * half:.1f}",
        "where": where,
    }
