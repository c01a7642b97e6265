"""Cell growth: the logarithm of a count against hours."""


def generate(rng):
    x = [0, 4, 8, 12, 16, 20, 24, 28]
    start, slope = rng.number(0.2, 0.6, 0.1), rng.number(0.02, 0.06, 0.005)
    return {"x": x, "y": [round(start + slope * v + e, 2) for v, e in zip(x, rng.normals(8, 0.0, 0.15), strict=True)]}
