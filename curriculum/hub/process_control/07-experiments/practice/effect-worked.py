"""A 2^2 with two runs at each corner: the effect of time and temperature, and of both together, by the library."""

from techamp.subjects.process_control import effects


def generate(rng):
    base, heat, time, both = rng.number(70, 76, 0.5), rng.pick([2, 3, 4]), rng.pick([1, 1.5, 2]), rng.pick([1, 1.5, 2])
    signs = [(-1, -1), (1, -1), (-1, 1), (1, 1)]
    y = [round(base + heat * a + time * b + both * a * b + rng.normal(0, 0.3, decimals=1), 1) for a, b in signs]
    found = effects({"A": [a for a, _ in signs], "B": [b for _, b in signs]}, y, ["A", "B", "A·B"])
    y1, y2, y3, y4 = y
    return {
        "y1": y1,
        "y2": y2,
        "y3": y3,
        "y4": y4,
        "a": round(found["A"], 9),
        "b": round(found["B"], 9),
        "ab": round(found["A·B"], 9),
    }
