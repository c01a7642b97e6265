"""A crossed study whose number of categories is clearly between two whole numbers."""

from techamp.subjects.process_control import crossed_gauge_study


def generate(rng):
    while True:
        parts = rng.normals(8, 120.0, 6.0, decimals=1)
        people = rng.pick([[0.0, 1.0, -0.8], [0.6, -1.2, 0.2], [0.0, 0.0, 1.6]])
        cells = [[[round(b + o + rng.normal(0.0, 1.2, decimals=2), 1) for _ in "ab"] for o in people] for b in parts]
        found = crossed_gauge_study(cells)
        ratio, gauge, part = found.distinct_categories, found.components["gauge"].sd, found.components["part"].sd
        shown = 1.41 * round(part, 2) / round(gauge, 2)
        far = abs(ratio - round(ratio)) > 0.15 and int(ratio) == int(shown) != int(part / gauge) and ratio > 2
        if far and int(ratio) != round(ratio) and int(ratio) < 12:
            return {"cells": cells, "gauge": round(gauge, 2), "part": round(part, 2)}
