"""Three machines with one active period each, and the shares of the longest one by the library."""

from techamp.subjects.manufacturing_systems.explaining.active_periods import Period, momentary_bottleneck


def generate(rng):
    e1 = rng.integer(7, 10) * 5
    s2 = e1 - rng.pick([5, 10, 15])
    e2 = s2 + rng.integer(11, 14) * 5
    s3 = e2 - rng.pick([5, 10])
    periods = [Period(0, 0.0, e1), Period(1, s2, e2), Period(2, s3, 180.0)]
    found = momentary_bottleneck(periods, 180.0)
    return {"e1": e1, "s2": s2, "e2": e2, "s3": s3, "alone": 180.0 * found.sole[1], "moving": 180.0 * found.shifting[1]}
