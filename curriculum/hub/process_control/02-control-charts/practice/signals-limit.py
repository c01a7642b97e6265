"""Fifteen averages around a center that can be read off the axis, all inside the limits."""


def generate(rng):
    center, sigma = rng.number(3.0, 5.0, 0.5), rng.pick([0.2, 0.3, 0.4, 0.5])
    points = [round(center + max(-2.5, min(2.5, rng.normal())) * sigma, 2) for _i in range(15)]
    return {"center": center, "sigma": sigma, "points": points}
