"""Four packs, two people, two readings each, in tenths of a gram; the usual wrong answers lie well apart."""

from techamp.subjects.process_control import range_gauge_study


def generate(rng):
    while True:
        packs = [rng.normal(250.0, 4.0, decimals=1) for _ in range(4)]
        cells = [
            [[round(p + o + rng.normal(0.0, 0.6, decimals=1), 1) for _ in "ab"] for o in (0.0, 0.4)] for p in packs
        ]
        ranges = [abs(box[0] - box[1]) for row in cells for box in row]
        right = range_gauge_study(cells).components["repeatability"].sd
        mean = sum(ranges) / 8
        wrong = [mean, sum(ranges), max(ranges), mean * 1.128]
        ways = [right, *wrong]
        if min(ranges) >= 0.1 and min(abs(a - b) for i, a in enumerate(ways) for b in ways[:i]) > 0.05:
            rows = {
                f"row{i}": " | ".join(" ".join(f"{v:.1f}" for v in box) for box in row)
                for i, row in enumerate(cells, 1)
            }
            return {"cells": cells, "total": round(sum(ranges), 1), **rows}
