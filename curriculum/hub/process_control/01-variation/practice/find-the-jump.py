"""Twenty batches with one upward jump that leaves a clear gap between the two levels."""


def generate(rng):
    """Every batch after the jump lies above every batch before it."""
    first = rng.integer(7, 15)
    level, jump = rng.number(8, 12, 0.5), rng.number(2.4, 3.2, 0.2)
    while True:
        y = [round(level + v + (jump if n >= first else 0), 1) for n, v in enumerate(rng.normals(20, 0, 0.5), 1)]
        if min(y[first - 1 :]) - max(y[: first - 1]) > 0.4 and y.count(max(y)) == 1 and y.count(min(y)) == 1:
            return {"y": y, "first": first}
