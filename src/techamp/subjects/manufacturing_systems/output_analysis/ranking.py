"""Which of many is best, with a promised chance to pick right: the sequential procedure KN.

Reference: Kim & Nelson (2001), ACM TOMACS 11(3), 251-273. It allows common random numbers, which make it shorter.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from techamp.subjects.manufacturing_systems.output_analysis.replications import (
    CAP,
    FIRST,
    Replication,
    replication_seed,
)


@dataclass(frozen=True)
class Ranking:
    """``best`` of the competitors; ``surely``: whether the procedure ended by itself and not at the cap.

    ``means`` over the replications that each had (``counts``); ``left_after[name]``: when it was out of the race.
    """

    best: str
    surely: bool
    means: Mapping[str, float]
    counts: Mapping[str, int]
    left_after: Mapping[str, int]


def select_best(
    competitors: Mapping[str, Replication],
    measure: str,
    indifference: float,
    seed: int,
    *,
    highest: bool = True,
    confidence: float = 0.95,
    first: int = FIRST,
    cap: int = CAP,
) -> Ranking:
    """Pick the competitor with the highest (or lowest) mean of a measure.

    If the best is better than every other by ``indifference`` or more, it is picked with at least ``confidence``; if
    some are closer than that, one of them is picked. All use the same seeds. η = ½[(2α/(k−1))^(−2/(n₀−1)) − 1], h² =
    2η(n₀−1); i leaves when Σ(Xᵢ − Xₗ) < −max(0, (δ/2)(h²S²ᵢₗ/δ² − r)). Raises ValueError unless there are two
    competitors and the indifference is above 0.
    """
    names = list(competitors)
    if len(names) < 2 or indifference <= 0 or first < 2:
        raise ValueError("select_best needs two competitors, an indifference above 0 and two first replications")
    sign = 1.0 if highest else -1.0
    drawn: dict[str, list[float]] = {name: [] for name in names}
    for number in range(first):
        for name in names:
            drawn[name].append(sign * competitors[name](replication_seed(seed, number))[measure])
    alpha = 1.0 - confidence
    eta = 0.5 * ((2.0 * alpha / (len(names) - 1)) ** (-2.0 / (first - 1)) - 1.0)
    bounds = 2.0 * eta * (first - 1) * _pair_variances(np.array([drawn[name] for name in names]))
    racing, left = _screened(drawn, names, names, bounds, indifference, {})
    while len(racing) > 1 and len(drawn[racing[0]]) < cap:
        number = len(drawn[racing[0]])
        for name in racing:
            drawn[name].append(sign * competitors[name](replication_seed(seed, number))[measure])
        racing, left = _screened(drawn, names, racing, bounds, indifference, left)
    means = {name: sign * float(np.mean(values)) for name, values in drawn.items()}
    best = max(racing, key=lambda name: sign * means[name])
    return Ranking(best, len(racing) == 1, means, {name: len(values) for name, values in drawn.items()}, left)


def _pair_variances(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """S²ᵢₗ of the differences between every two rows."""
    count = len(values)
    return np.array([[np.var(values[i] - values[j], ddof=1) for j in range(count)] for i in range(count)])


def _screened(
    drawn: Mapping[str, list[float]],
    names: list[str],
    racing: list[str],
    bounds: NDArray[np.float64],
    indifference: float,
    left: Mapping[str, int],
) -> tuple[list[str], dict[str, int]]:
    """Who stays in the race after r replications."""
    r = len(drawn[racing[0]])
    sums = {name: float(np.sum(drawn[name])) for name in racing}
    place = {name: i for i, name in enumerate(names)}

    def beaten(name: str, by: str) -> bool:
        edge = max(0.0, bounds[place[name], place[by]] / (2.0 * indifference) - indifference * r / 2.0)
        return bool(sums[name] - sums[by] < -edge)

    stay = [name for name in racing if not any(beaten(name, other) for other in racing if other != name)]
    gone = {name: r for name in racing if name not in stay}
    return stay, {**left, **gone}
