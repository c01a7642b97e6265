"""Eight carton weights in which the neighbors of the one asked for differ clearly from it."""


def generate(rng):
    """Whole grams; the point asked for differs from both neighbors, and they from each other, by 3 g or more."""
    target, n = rng.pick([250, 500, 750, 1000]), rng.integer(3, 6)
    while True:
        y = [target + rng.integer(-9, 9) for _ in range(8)]
        before, at, after = y[n - 2 : n + 1]
        if min(abs(at - before), abs(at - after), abs(before - after)) >= 3:
            return {"y": y, "n": n}
