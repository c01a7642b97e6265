"""Moisture of a loaf against baking time: a line as it is shown, and one loaf beside it."""


def generate(rng):
    x = [10, 15, 20, 25, 30]
    start, slope = rng.number(13.0, 15.0, 0.1), rng.number(0.25, 0.40, 0.01)
    y = [round(start - slope * v, 2) for v in x]
    at = rng.pick([12, 18, 22, 28])
    gap = rng.pick([-0.8, -0.6, -0.4, 0.4, 0.6, 0.8])
    return {"x": x, "y": y, "start": start, "slope": slope, "at": at, "seen": round(start - slope * at + gap, 1)}
