"""A small model and what it says at a corner: the library's prediction."""

from techamp.subjects.process_control import confirmation, fit_model, full_factorial


def generate(rng):
    while True:
        mean, a, b, ab = (
            rng.number(80, 120, 1),
            rng.pick([-12, -8, 8, 12]),
            rng.pick([-6, -4, 4, 6]),
            rng.pick([-10, -6, 6, 10]),
        )
        at_a, at_b = rng.pick([-1, 1]), rng.pick([-1, 1])
        columns = {k: v.tolist() for k, v in full_factorial(2).columns().items()}
        y = [mean + a / 2 * p + b / 2 * q + ab / 2 * p * q for p, q in zip(columns["A"], columns["B"], strict=True)]
        value = confirmation(fit_model(columns, y, ["A", "B", "A·B"]), {"A": at_a, "B": at_b}).value
        wrong = [
            mean + a * at_a + b * at_b + ab * at_a * at_b,
            mean + (a * at_a + b * at_b) / 2,
            mean + a / 2 * at_a + b / 2 * at_b + ab / 2,
        ]
        if len({round(v, 6) for v in [value, *wrong[:2]]}) == 3:
            break
    names = {-1: "low", 1: "high"}
    return {"mean": mean, "a": a, "b": b, "ab": ab, "where_a": names[at_a], "where_b": names[at_b], "sign": at_a * at_b,
            "value": round(value, 9), "whole": wrong[0], "without": wrong[1], "unsigned": wrong[2]}  # fmt: skip
