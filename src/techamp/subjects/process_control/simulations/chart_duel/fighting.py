"""Running the kernel: all runs of a duel, and the first one point by point."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from techamp.contract.kernels import Kernel
from techamp.subjects.process_control.simulations.chart_duel import kernel
from techamp.subjects.process_control.simulations.chart_duel.inputs import LEAST_SHIFT, MOST_SHIFT, ChartDuelInputs
from techamp.subjects.process_control.simulations.chart_duel.theory import Fighter, average, expected

Floats = NDArray[np.float64]
SHOWN = 400  # points of the first run that are kept
_SIZES = "bool float float float"
DUEL = Kernel(
    "chart_duel",
    kernel.__name__,
    {
        "shift_of": f"int int {_SIZES} -> float",
        "duel": "int int int float floats floats int floats floats floats floats -> int",
        "duels": f"int int int {_SIZES} floats floats floats floats floats",
    },
    (
        "techamp.contract.kernel_random",
        "techamp.contract.random",
        "techamp.subjects.process_control.simulations.watch_the_lathe.kernel",
    ),
)


@dataclass(frozen=True, eq=False)
class Duel:
    """``runs`` has the kernel's columns; ``points`` and ``rows`` (points, chart, numbers) are of the first run."""

    runs: Floats
    points: Floats
    rows: Floats

    def delays(self, side: int) -> Floats:
        """Points from the shift to the signal of chart A (0) or B (1), the longest possible where none came."""
        delay: Floats = self.runs[:, kernel.DELAY_A + side]
        return np.where(delay > 0.0, delay, float(kernel.LONGEST))


def fight(inputs: ChartDuelInputs, pair: tuple[Fighter, Fighter], seed: int) -> Duel:
    """All runs. The same seed gives every pair of charts the same points."""
    charts = np.array([*pair[0].numbers(), *pair[1].numbers()])
    scaled, work = np.zeros(2 * (inputs.before + kernel.LONGEST)), np.zeros(2 * kernel.ROW)
    found, none = np.zeros(inputs.runs * kernel.RUN), np.zeros(1)
    sizes = (inputs.size == "unknown", inputs.shift, LEAST_SHIFT, MOST_SHIFT)
    DUEL["duels"](seed, inputs.runs, inputs.before, *sizes, charts, scaled, none, found, work)
    rows, points, first = np.zeros(2 * SHOWN * kernel.ROW), np.zeros(SHOWN), np.zeros(kernel.RUN)
    shift = DUEL["shift_of"](seed, 0, *sizes)
    took = DUEL["duel"](seed, 0, inputs.before, shift, charts, scaled, SHOWN, rows, points, first, work)
    shown = min(int(took), SHOWN)
    return Duel(found.reshape(inputs.runs, kernel.RUN), points[:shown], rows.reshape(SHOWN, 2, kernel.ROW)[:shown])


def values(inputs: ChartDuelInputs, pair: tuple[Fighter, Fighter], fought: Duel) -> dict[str, float]:
    """The measures of one duel, by name."""
    a, b = fought.delays(0), fought.delays(1)
    false = fought.runs[:, [kernel.FALSE_A, kernel.FALSE_B]] > 0.0
    return {
        "delay_a": float(np.mean(a)),
        "delay_b": float(np.mean(b)),
        "a_first": 100.0 * float(np.mean((a < b) + 0.5 * (a == b))),
        "within_a": float(np.quantile(a, 0.9, method="inverted_cdf")),
        "within_b": float(np.quantile(b, 0.9, method="inverted_cdf")),
        "false_a": 100.0 * float(np.mean(false[:, 0])),
        "false_b": 100.0 * float(np.mean(false[:, 1])),
        "arl0_a": average(pair[0], 0.0),
        "arl0_b": average(pair[1], 0.0),
        "expected_a": expected(pair[0], inputs),
        "expected_b": expected(pair[1], inputs),
    }
