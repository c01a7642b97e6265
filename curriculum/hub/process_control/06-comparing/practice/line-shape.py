"""Residuals of a line through data that are straight, bent, or fan out."""

from techamp.subjects.process_control import polynomial_fit


def generate(rng):
    shape = rng.pick(["plain", "bent", "funnel"])
    x = list(range(24))
    noise = rng.normals(24, 0.0, 0.12 if shape == "bent" else 0.5)
    if shape == "bent":
        y = [0.2 * v - 0.011 * (v - 11.5) ** 2 + e for v, e in zip(x, noise, strict=True)]
    elif shape == "funnel":
        y = [
            0.2 * v + e * (0.05 + 0.12 * v) * (1 if v % 2 else -1) * (1 if e > 0 else -1)
            for v, e in zip(x, noise, strict=True)
        ]
    else:
        y = [0.2 * v + e for v, e in zip(x, noise, strict=True)]
    residuals = [round(float(v), 2) for v in polynomial_fit(x, y).fit.residuals]
    return {"shape": shape, "residuals": residuals}
