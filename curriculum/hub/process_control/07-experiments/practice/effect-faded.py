"""Four averages of a 2^3 and its effects, by the library."""

from techamp.subjects.process_control import effects


def generate(rng):
    coded = [(a, b, c) for c in (-1, 1) for b in (-1, 1) for a in (-1, 1)]
    size = {"A": rng.pick([-6, -4, 5, 7]), "B": rng.pick([-3, 2, 4]), "AC": rng.pick([-4, -3, 3, 4])}
    y = [40 + size["A"] * a + size["B"] * b + size["AC"] * a * c + rng.integer(-1, 1) for a, b, c in coded]
    columns = {name: [row[j] for row in coded] for j, name in enumerate("ABC")}
    found = effects(columns, y, ["A", "B", "C", "A·C"])
    return {
        "plus": sum(v for v, r in zip(y, coded, strict=True) if r[0] > 0) / 4,
        "minus": sum(v for v, r in zip(y, coded, strict=True) if r[0] < 0) / 4,
        "same": sum(v for v, r in zip(y, coded, strict=True) if r[0] == r[2]) / 4,
        "apart": sum(v for v, r in zip(y, coded, strict=True) if r[0] != r[2]) / 4,
        "a": round(found["A"], 9),
        "ac": round(found["A·C"], 9),
        "runs": ", ".join(f"{v}" for v in y),
    }
