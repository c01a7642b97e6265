"""Diameters over the life of an insert, every thirtieth shaft."""


def generate(rng):
    x = [0, 30, 60, 90, 120, 150]
    start, slope = rng.number(-6.6, -5.8, 0.1), rng.number(0.016, 0.026, 0.001)
    y = [round(start + slope * v + e, 1) for v, e in zip(x, rng.normals(6, 0.0, 0.3), strict=True)]
    return {"x": x, "y": y, "y_text": ", ".join(f"{v:.1f}" for v in y), "at": rng.pick([45, 75, 100, 135])}
