"""The trace that the scene replays: the first run point by point, then one more run at each step."""

from __future__ import annotations

from typing import Any

import numpy as np

from techamp.contract import Trace
from techamp.subjects.process_control.simulations.chart_duel import kernel
from techamp.subjects.process_control.simulations.chart_duel.fighting import Duel
from techamp.subjects.process_control.simulations.chart_duel.inputs import ChartDuelInputs
from techamp.subjects.process_control.simulations.chart_duel.pictures import Pair, limit_of
from techamp.subjects.process_control.simulations.chart_duel.words import chart_name

MOST_RUNS = 200  # runs that the scene adds one by one


def trace(inputs: ChartDuelInputs, pair: Pair, fought: Duel) -> Trace:
    """Rows of the first run have z and the charts' statistics; rows of the other runs have none.

    Statistics are shares of the limit: u and l for the upper and the lower sum, s 1 where the chart signals.
    """
    points, others = len(fought.points), min(len(fought.runs), MOST_RUNS) - 1
    columns: dict[str, tuple[Any, ...]] = {"z": _padded(fought.points, others)}
    for side, name in enumerate("ab"):
        rows, reach = fought.rows[:, side], limit_of(pair[side])
        columns[f"{name}u"] = _padded(rows[:, kernel.UPPER] / reach, others)
        columns[f"{name}l"] = _padded(rows[:, kernel.LOWER] / reach, others)
        columns[f"{name}s"] = _padded(rows[:, kernel.SIGNALED], others)
    return Trace(
        t=tuple(float(t) for t in range(1, points + others + 1)),
        unit="steps",
        columns=columns,
        fixed={
            "points": points,
            "before": inputs.before,
            "moved": round(float(fought.runs[0, kernel.SHIFT]), 2),
            "longest": kernel.LONGEST,
            "names": [chart_name(fighter) for fighter in pair],
            "kinds": [fighter.kind for fighter in pair],
            "limits": [round(fighter.limit, 3) for fighter in pair],
            "lengths": [fought.runs[: others + 1, kernel.DELAY_A + side].astype(int).tolist() for side in (0, 1)],
            "false": [fought.runs[: others + 1, kernel.FALSE_A + side].astype(int).tolist() for side in (0, 1)],
        },
    )


def _padded(values: Any, others: int) -> tuple[Any, ...]:
    return (*np.round(values, 3).tolist(), *([None] * others))
