"""Bad seals of two machines; half of the variants have an interval with zero inside."""

from techamp.subjects.process_control import two_proportions


def generate(rng):
    wants = rng.pick([True, False])
    while True:
        n = rng.pick([150, 200, 300, 400])
        x1, x2 = rng.integer(3, 12), rng.integer(8, 30)
        found = two_proportions(x2, n, x1, n)
        if x2 > x1 and (found.low > 0.004) == wants and (wants or found.low < -0.004):
            return {"n": n, "x1": x1, "x2": x2}
