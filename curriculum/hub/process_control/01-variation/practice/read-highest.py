"""Twelve resistances with one clear highest point."""


def generate(rng):
    """Whole ohms around a round nominal value; the highest stands out by 4 ohms or more."""
    nominal = rng.pick([470, 680, 820, 1000])
    while True:
        y = [round(v) for v in rng.normals(12, nominal, 7)]
        ordered = sorted(y)
        if ordered[-1] - ordered[-2] >= 4:
            return {"y": y}
