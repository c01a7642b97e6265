"""Two charts on the same points, run after run.

A kernel as ``contract.kernels`` says: numbers and flat arrays only, the caller owns all memory. The run rules are those
of the lathe's kernel. ``fighting`` calls it.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from techamp.contract.kernel_random import normal, uniform
from techamp.contract.kernels import part
from techamp.subjects.process_control.simulations.watch_the_lathe.kernel import RULE_1, WESTERN_ELECTRIC, signal

SHEWHART, FOUR_RULES, EWMA, CUSUM = range(4)
CHART = 3  # numbers of one chart: its kind, its limit, and what it remembers by (weight or allowance)
KIND, LIMIT, MEMORY = range(CHART)
RUN = 5  # numbers of one run: the shift, and for each chart points to the signal (0: none) and false alarms before
SHIFT, DELAY_A, DELAY_B, FALSE_A, FALSE_B = range(RUN)
ROW = 3  # numbers of one chart at one point: upper and lower statistic, and 1 for a signal
UPPER, LOWER, SIGNALED = range(ROW)
LONGEST = 5_000  # points after the shift, when a run is given up


@part
def step(chart: Any, z: Any, scaled: Any, k: Any, first: Any, row: Any, upper: Any, lower: Any) -> Any:
    """Whether a chart signals at point ``k``; the two statistics go to ``row``. ``upper``, ``lower``: those before."""
    kind, limit, memory = int(chart[KIND]), chart[LIMIT], chart[MEMORY]
    if kind == EWMA:
        row[UPPER] = row[LOWER] = (1.0 - memory) * upper + memory * z
        return abs(row[UPPER]) > limit * np.sqrt(memory / (2.0 - memory))
    if kind == CUSUM:
        row[UPPER], row[LOWER] = max(0.0, upper + z - memory), min(0.0, lower + z + memory)
        return row[UPPER] > limit or row[LOWER] < -limit
    row[UPPER] = row[LOWER] = z
    scaled[k] = 3.0 * z / limit
    return signal(scaled, k, first, WESTERN_ELECTRIC if kind == FOUR_RULES else RULE_1, 3.0) > 0


@part
def duel(
    seed: Any, number: Any, before: Any, shift: Any, charts: Any, scaled: Any, most: Any, rows: Any, points: Any,
    run: Any, pair: Any,
) -> Any:  # fmt: skip
    """One run. Returns the points it took; the first ``most`` of them stay in ``points`` and ``rows`` (two a point)."""
    run[SHIFT], run[DELAY_A], run[DELAY_B], run[FALSE_A], run[FALSE_B] = shift, 0.0, 0.0, 0.0, 0.0
    longest = before + LONGEST
    first_a, first_b = 0, 0
    for i in range(2 * ROW):
        pair[i] = 0.0
    for k in range(longest):
        z = normal(seed, 1, number, k) + (shift if k >= before else 0.0)
        if k < most:
            points[k] = z
        for c in range(2):
            if run[DELAY_A + c] > 0.0:
                continue
            row = pair[c * ROW : c * ROW + ROW]
            first = first_a if c == 0 else first_b
            mine, own = charts[c * CHART : c * CHART + CHART], scaled[c * longest : c * longest + longest]
            found = step(mine, z, own, k, first, row, row[UPPER], row[LOWER])
            row[SIGNALED] = 1.0 if found else 0.0
            if k < most:
                for i in range(ROW):
                    rows[(2 * k + c) * ROW + i] = row[i]
            if found and k >= before:
                run[DELAY_A + c] = k - before + 1.0
            elif found:
                run[FALSE_A + c] += 1.0
                row[UPPER] = row[LOWER] = 0.0
                if c == 0:
                    first_a = k + 1
                else:
                    first_b = k + 1
        if run[DELAY_A] > 0.0 and run[DELAY_B] > 0.0:
            return k + 1
    return longest


@part
def shift_of(seed: Any, number: Any, unknown: Any, size: Any, least: Any, most: Any) -> Any:
    """The hidden shift of a run: its size as given or by luck, up or down by luck."""
    drawn = least + (most - least) * uniform(seed, 3, number, 0) if unknown else size
    return drawn if uniform(seed, 2, number, 0) < 0.5 else -drawn


@part
def duels(
    seed: Any, runs: Any, before: Any, unknown: Any, size: Any, least: Any, most: Any, charts: Any, scaled: Any,
    none: Any, found: Any, pair: Any,
) -> None:  # fmt: skip
    """All runs, ``RUN`` numbers each in ``found``."""
    for r in range(runs):
        shift = shift_of(seed, r, unknown, size, least, most)
        duel(seed, r, before, shift, charts, scaled, 0, none, none, found[r * RUN : r * RUN + RUN], pair)
