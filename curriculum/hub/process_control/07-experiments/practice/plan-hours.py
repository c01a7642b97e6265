"""A run sheet of the library; the hours follow from how often the slow setting changes."""

import itertools

from techamp.subjects.process_control import Factor, plan_experiment


def generate(rng):
    while True:
        sheet = plan_experiment(
            [Factor("Speed", 10.0, 20.0), Factor("Gap", 1.0, 2.0), Factor("Oven", 160.0, 180.0)],
            seed=rng.integer(1, 10**6),
        )
        oven = [row[2] for row in sheet.settings]
        changes = sum(a != b for a, b in itertools.pairwise(oven))
        if 2 <= changes <= 6:
            break
    settle, each = rng.pick([20, 25, 30]), rng.pick([6, 8, 10])
    return {
        "ovens": ", ".join(f"{v:.0f}" for v in oven),
        "changes": changes,
        "settle": settle,
        "each": each,
        "minutes": 8 * each + changes * settle,
        "standard": 8 * each + settle,
    }
