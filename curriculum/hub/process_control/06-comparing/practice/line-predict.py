"""Sensor voltage against temperature."""


def generate(rng):
    x = [20, 30, 40, 50, 60, 70, 80]
    y = [round(200 + rng.number(0, 20, 1) + 9.5 * v + e, 0) for v, e in zip(x, rng.normals(7, 0.0, 6.0), strict=True)]
    return {"x": x, "y": y, "at": rng.pick([35, 45, 55, 65])}
