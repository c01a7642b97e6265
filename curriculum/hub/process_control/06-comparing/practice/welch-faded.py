"""Two lots of boards: averages and standard deviations as they are shown, and readings that have exactly these."""


def _readings(n, mean, sd):
    """n readings with this average and this standard deviation to the last digit."""
    step = [2 * k - (n - 1) for k in range(n)]
    size = (sum(v * v for v in step) / (n - 1)) ** 0.5
    return [mean + sd * v / size for v in step]


def generate(rng):
    n1, n2 = rng.integer(6, 15), rng.integer(6, 15)
    m1, s1, s2 = rng.number(40.0, 44.0, 0.1), rng.number(1.0, 2.4, 0.1), rng.number(1.0, 2.4, 0.1)
    m2 = round(m1 + rng.number(0.5, 3.0, 0.1), 1)
    return {
        "n1": n1,
        "n2": n2,
        "m1": m1,
        "m2": m2,
        "s1": s1,
        "s2": s2,
        "first": _readings(n1, m1, s1),
        "second": _readings(n2, m2, s2),
    }
