"""Sixty vials judged by two inspectors: both pass, first alone, second alone, both fail."""


def generate(rng):
    while True:
        both, first, second = rng.integer(20, 32), rng.integer(2, 9), rng.integer(2, 9)
        fail = 60 - both - first - second
        if fail >= 10:
            a = ["pass"] * (both + first) + ["fail"] * (second + fail)
            b = ["pass"] * both + ["fail"] * first + ["pass"] * second + ["fail"] * fail
            return {"both": both, "first": first, "second": second, "fail": fail, "a": a, "b": b}
