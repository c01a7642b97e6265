"""Which test belongs to the question, its result, and how many parts a difference that matters would take."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from techamp.contract import InvalidInput, Table
from techamp.subjects.process_control.comparing.comparison import Comparison
from techamp.subjects.process_control.comparing.one_way_anova import PairDifference, tukey_pairs, welch_anova
from techamp.subjects.process_control.comparing.power import proportion_sample_size, t_sample_size
from techamp.subjects.process_control.comparing.proportion_tests import one_proportion, two_proportions
from techamp.subjects.process_control.comparing.rank_tests import kruskal_wallis, mann_whitney, signed_rank
from techamp.subjects.process_control.comparing.spread_tests import f_test, levene_test, one_sample_sd
from techamp.subjects.process_control.comparing.t_tests import (
    Equivalence,
    equivalence,
    one_sample_t,
    paired_t,
    two_sample_t,
)
from techamp.subjects.process_control.distributions.goodness import normality_test
from techamp.subjects.process_control.readings import Array
from techamp.subjects.process_control.studies.comparison.arrangement import Arranged, arrange
from techamp.subjects.process_control.studies.comparison.settings import ComparisonSettings

NOT_NORMAL, FEWEST_FOR_SHAPE, POWER = 0.01, 8, 0.9


@dataclass(frozen=True, eq=False)
class Found:
    """``test``: the result (second less first, or second over first for spreads).

    ``pairs``: simultaneous differences of several averages; ``levene``: the spread test that trusts no bell shape.
    ``wanted``: parts of each group, or pairs, that show the margin with a chance of 90 %.
    """

    settings: ComparisonSettings
    data: Arranged
    test: Comparison
    pairs: tuple[PairDifference, ...] = ()
    levene: Comparison | None = None
    alike: Equivalence | None = None
    wanted: int | None = None
    odd_shape: tuple[str, ...] = ()

    @property
    def several(self) -> bool:
        """Whether there are more than two groups."""
        return len(self.data.names) > 2

    @property
    def single(self) -> bool:
        """Whether one group is compared with a number."""
        return len(self.data.names) == 1


def analyze(table: Table, settings: ComparisonSettings) -> Found:
    """Arrange and test; raises InvalidInput where the rows cannot answer the question."""
    data = arrange(table, settings)
    for name, group in zip(data.names, data.groups, strict=True):
        if len(group) < 2:
            raise InvalidInput(name, "must hold two readings at least", len(group), "Measure more parts.")
    if len(data.names) == 1:
        return _with_a_number(data, settings)
    if settings.question == "shares":
        return _shares(data, settings)
    return _spreads(data, settings) if settings.question == "spreads" else _averages(data, settings)


def _with_a_number(data: Arranged, settings: ComparisonSettings) -> Found:
    values, confidence, target = data.groups[0], float(settings.confidence), settings.target or 0.0
    if settings.question == "shares":
        test = one_proportion(int(values.sum()), len(values), target / 100.0, confidence=confidence)
    elif settings.question == "spreads":
        test = one_sample_sd(values, target, confidence=confidence)
    elif settings.shape == "ranks":
        test = signed_rank(values, target, confidence=confidence)
    else:
        test = one_sample_t(values, target, confidence=confidence)
    odd = () if settings.question == "shares" else _odd_shape(data)
    return Found(settings, data, test, odd_shape=odd)


def differences(data: Arranged) -> Array:
    """Second less first, of pairs."""
    return np.asarray(data.groups[1] - data.groups[0])


def _averages(data: Arranged, settings: ComparisonSettings) -> Found:
    confidence = float(settings.confidence)
    odd = _odd_shape(data)
    if settings.shape == "ranks":
        if len(data.names) > 2:
            return Found(settings, data, kruskal_wallis(data.groups, confidence=confidence))
        ranked = signed_rank(differences(data), confidence=confidence) if data.paired else mann_whitney(
            data.groups[1], data.groups[0], confidence=confidence
        )  # fmt: skip
        return Found(settings, data, ranked)
    if len(data.names) > 2:
        return _several(data, settings, odd)
    first, second = data.groups
    compare = paired_t if data.paired else two_sample_t
    test = compare(second, first, confidence=confidence)
    alike, wanted = None, None
    if settings.margin:
        alike = equivalence(test, -settings.margin, settings.margin, confidence)
        sd = spread(data)
        kind = "paired" if data.paired else "two"
        wanted = t_sample_size(settings.margin, sd, power=POWER, kind=kind, confidence=confidence)
    return Found(settings, data, test, alike=alike, wanted=wanted, odd_shape=odd)


def spread(data: Arranged) -> float:
    """What sets the sample size: the standard deviation of differences, or the pooled one of two groups."""
    if data.paired:
        return float(np.std(differences(data), ddof=1))
    df = [len(group) - 1 for group in data.groups]
    squares = [own * float(np.var(group, ddof=1)) for own, group in zip(df, data.groups, strict=True)]
    return float(np.sqrt(sum(squares) / sum(df)))


def _several(data: Arranged, settings: ComparisonSettings, odd: tuple[str, ...]) -> Found:
    confidence = float(settings.confidence)
    row = welch_anova(data.groups)
    means = [float(np.mean(group)) for group in data.groups]
    nan = float("nan")
    test = Comparison(
        "Welch's ANOVA", "largest difference of averages", max(means) - min(means), nan, nan, 0.0, row.f,
        row.df, row.p, "two-sided", confidence, tuple(len(group) for group in data.groups),
    )  # fmt: skip
    return Found(settings, data, test, pairs=tukey_pairs(data.groups, confidence=confidence), odd_shape=odd)


def _spreads(data: Arranged, settings: ComparisonSettings) -> Found:
    confidence = float(settings.confidence)
    levene = levene_test(data.groups, confidence=confidence)
    if len(data.names) > 2:
        return Found(settings, data, levene, levene=levene)
    test = f_test(data.groups[1], data.groups[0], confidence=confidence)
    return Found(settings, data, test, levene=levene, odd_shape=_odd_shape(data))


def _shares(data: Arranged, settings: ComparisonSettings) -> Found:
    if len(data.names) > 2:
        remedy = "Leave the others out, or draw a p chart of all groups."
        raise InvalidInput("Group", "must name two groups for shares", len(data.names), remedy)
    (first, n1), (second, n2) = ((int(group.sum()), len(group)) for group in data.groups)
    test = two_proportions(second, n2, first, n1, confidence=float(settings.confidence))
    wanted = None
    base, step = first / n1, (settings.margin or 0.0) / 100.0
    other = base + step if base + step < 1.0 else base - step
    if step and 0.0 < base < 1.0 and 0.0 < other < 1.0:
        wanted = proportion_sample_size(base, other, power=POWER, confidence=float(settings.confidence))
    return Found(settings, data, test, wanted=wanted)


def _odd_shape(data: Arranged) -> tuple[str, ...]:
    """Names of what does not look normal: the differences of pairs, or groups."""
    parts = [("the differences", differences(data))] if data.paired else list(
        zip(data.names, data.groups, strict=True)
    )  # fmt: skip
    return tuple(
        name
        for name, values in parts
        if len(values) >= FEWEST_FOR_SHAPE and np.ptp(values) > 0 and normality_test(values).p < NOT_NORMAL
    )
