"""Eight runs of a 2^3; the main effects by the library."""

from techamp.subjects.process_control import effects


def generate(rng):
    coded = [(a, b, c) for c in (-1, 1) for b in (-1, 1) for a in (-1, 1)]
    while True:
        size = [rng.pick([-9, -7, -5, 5, 7, 9]), rng.pick([-4, -3, 3, 4]), rng.pick([-2, 2])]
        y = [120 + sum(s * x for s, x in zip(size, row, strict=True)) + rng.integer(-2, 2) for row in coded]
        columns = {name: [row[j] for row in coded] for j, name in enumerate("ABC")}
        found = [round(v, 9) for v in effects(columns, y, ["A", "B", "C"]).values()]
        if (
            len({abs(v) for v in found}) == 3
            and min(abs(v) for v in found) > 1
            and 2 * abs(found[1]) not in [abs(v) for v in found]
        ):
            break
    which = rng.integer(0, 2)
    asked, other = found[which], found[(which + 1) % 3]
    y1, y2, y3, y4, y5, y6, y7, y8 = y
    signs = ["− + − + − + − +", "− − + + − − + +", "− − − − + + + +"][which]
    name = ["current", "force", "weld time"][which]
    return {"y1": y1, "y2": y2, "y3": y3, "y4": y4, "y5": y5, "y6": y6, "y7": y7, "y8": y8,
            "asked": asked, "other": other, "signs": signs, "name": name}  # fmt: skip
