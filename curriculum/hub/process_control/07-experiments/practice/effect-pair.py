"""Four averages of two factors, and their interaction by the library."""

from techamp.subjects.process_control import effects


def generate(rng):
    while True:
        base, a, b, ab = (
            rng.number(30, 60, 1),
            rng.pick([-4, -2, 2, 4, 6]),
            rng.pick([-3, 3, 5]),
            rng.pick([-5, -3, 3, 5]),
        )
        signs = [(-1, -1), (1, -1), (-1, 1), (1, 1)]
        y = [base + a * p + b * q + ab * p * q + rng.pick([-1, 0, 1]) for p, q in signs]
        found = effects({"A": [p for p, _ in signs], "B": [q for _, q in signs]}, y, ["A", "B", "A·B"])
        pair, alone = round(found["A·B"], 9), round(found["A"], 9)
        low, high = y[1] - y[0], y[3] - y[2]
        if len({abs(v) for v in (pair, alone, low, high, 2 * pair, pair / 2)}) == 6 and 0.0 not in (pair, alone):
            break
    return {"y1": y[0], "y2": y[1], "y3": y[2], "y4": y[3], "pair": pair, "alone": alone, "low": low, "high": high}
