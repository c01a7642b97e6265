"""What a gauge study found: variance components, shares, distinct categories, and the words for them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from techamp.contract.errors import InvalidInput
from techamp.subjects.process_control.anova_table import AnovaRow
from techamp.subjects.process_control.shown import Shown

CATEGORIES_FACTOR = 1.41  # √2 to two decimals, as printed by AIAG and used by the usual programs
ENOUGH_CATEGORIES = 5
NEGATIVE = ("clamp", "keep")


@dataclass(frozen=True)
class Component:
    """One source of spread. ``raw`` is the estimate before clamping, ``low`` to ``high`` its confidence interval.

    ``contribution`` (share of the variance), ``study`` (share of the standard deviation) and ``tolerance`` (k·sd over
    the tolerance) are percent; not a number where they cannot be had.
    """

    name: str
    variance: float
    raw: float
    sd: float
    low: float
    high: float
    contribution: float
    study: float
    tolerance: float


@dataclass(frozen=True)
class Tolerance:
    """The width that a gauge is held against. ``width`` goes with k·sd, a single limit with (k/2)·sd."""

    lower: float | None = None
    upper: float | None = None

    def __post_init__(self) -> None:
        for name, limit in (("lower", self.lower), ("upper", self.upper)):
            if limit is not None and not math.isfinite(limit):
                raise InvalidInput(name, "must be a finite number", limit, "Leave it empty if there is no such limit.")
        if self.lower is not None and self.upper is not None and self.lower >= self.upper:
            rule = f"must be less than the upper limit ({self.upper:g})"
            raise InvalidInput("lower", rule, self.lower, "Exchange the two limits.")

    def percent(self, sd: float, k: float, mean: float) -> float:
        """100·k·sd/(U - L), or with one limit 100·(k/2)·sd/|limit - mean|; not a number without limits."""
        if self.lower is not None and self.upper is not None:
            return 100.0 * k * sd / (self.upper - self.lower)
        limit = self.upper if self.lower is None else self.lower
        if limit is None or limit == mean:
            return math.nan
        return 100.0 * 0.5 * k * sd / abs(limit - mean)


@dataclass(frozen=True)
class GaugeStudy(Shown):
    """Components by name: gauge, repeatability, reproducibility, operator, interaction, part, total.

    ``method`` names how they were found, ``anova`` is the table that they come from, ``anova_full`` that with the
    interaction, ``pooled`` says whether the interaction went into the error and ``pool_rule`` why.
    ``distinct_categories`` is 1.41·σ_part/σ_gauge unrounded; reports print it truncated (AIAG) or rounded.
    """

    method: str
    components: Mapping[str, Component]
    anova: tuple[AnovaRow, ...]
    anova_full: tuple[AnovaRow, ...]
    pooled: bool
    pool_rule: str
    negative: str
    interval_method: str
    confidence: float
    k: float
    mean: float
    parts: int
    operators: int
    readings: int
    notes: tuple[str, ...]

    @property
    def distinct_categories(self) -> float:
        gauge, part = self.components["gauge"].sd, self.components["part"].sd
        return CATEGORIES_FACTOR * part / gauge if gauge > 0.0 else math.inf

    @property
    def categories_truncated(self) -> int | None:
        """Distinct categories cut to a whole number, at least 1: the AIAG way. None if the gauge shows no spread."""
        return max(1, math.floor(self.distinct_categories)) if math.isfinite(self.distinct_categories) else None

    @property
    def categories_rounded(self) -> int | None:
        """Distinct categories rounded to the nearest whole number, at least 1."""
        return max(1, math.floor(self.distinct_categories + 0.5)) if math.isfinite(self.distinct_categories) else None

    def verdict(self) -> tuple[str, ...]:
        """Sentences: is the gauge good enough, by the guide of AIAG (10 % and 30 %)?"""
        said = [_share(self.components["gauge"].study, "the spread in this study")]
        if not math.isnan(self.components["gauge"].tolerance):
            said.append(_share(self.components["gauge"].tolerance, "the tolerance"))
        count = self.categories_truncated
        if count is not None:
            enough = "enough" if count >= ENOUGH_CATEGORIES else f"fewer than the {ENOUGH_CATEGORIES} asked for"
            said.append(f"The gauge tells {count} group{'s' if count > 1 else ''} of these parts apart: {enough}.")
        return (*said, *_larger_source(self.components))


def build_components(
    raw: Mapping[str, float],
    limits: Mapping[str, tuple[float, float]],
    *,
    negative: str,
    k: float,
    tolerance: Tolerance,
    mean: float,
) -> dict[str, Component]:
    """Return all components from the estimates of part, operator, interaction and repeatability.

    With ``negative`` "clamp" an estimate below zero counts as zero in itself and in every sum; with "keep" it stays,
    and a standard deviation of it is zero.
    """
    if negative not in NEGATIVE:
        raise InvalidInput("negative", "must be clamp or keep", negative, "Use clamp.")
    used = {name: max(0.0, value) if negative == "clamp" else value for name, value in raw.items()}
    raw = dict(raw)
    for values in (raw, used):
        reproducibility = [values[name] for name in ("operator", "interaction") if name in values]
        values["reproducibility"] = sum(reproducibility)
        values["gauge"] = values["repeatability"] + values["reproducibility"]
        values["total"] = values["gauge"] + values["part"]
    total = used["total"]
    found = {}
    for name, variance in used.items():
        sd = math.sqrt(max(0.0, variance))
        low, high = limits.get(name, (math.nan, math.nan))
        if negative == "clamp":
            low, high = (bound if math.isnan(bound) else max(0.0, bound) for bound in (low, high))
        found[name] = Component(
            name=name,
            variance=variance,
            raw=raw[name],
            sd=sd,
            low=low,
            high=high,
            contribution=100.0 * variance / total if total > 0.0 else math.nan,
            study=100.0 * sd / math.sqrt(total) if total > 0.0 else math.nan,
            tolerance=tolerance.percent(sd, k, mean),
        )
    return found


def negative_notes(raw: Mapping[str, float], negative: str) -> list[str]:
    """Sentences for estimates below zero."""
    done = "It counts as zero here." if negative == "clamp" else "It is kept, so that the sums are unbiased."
    return [
        f"The estimate for {name} is below zero ({value:.4g}): the data show no such spread. {done}"
        for name, value in raw.items()
        if value < 0.0
    ]


def _share(percent: float, of: str) -> str:
    if math.isnan(percent):
        return f"The gauge cannot be compared with {of}."
    if percent < 10.0:
        word = "good"
    elif percent <= 30.0:
        word = "may do, depending on what it is used for and what a better gauge costs"
    else:
        word = "not good enough"
    return f"The gauge takes {percent:.1f} % of {of}: {word}."


def _larger_source(components: Mapping[str, Component]) -> tuple[str, ...]:
    repeat, people = components["repeatability"].variance, components["reproducibility"].variance
    if repeat > 2.0 * people:
        return ("Most of it comes from repeating: look at the gauge, the fixture and where on the part it touches.",)
    if people > 2.0 * repeat:
        return ("Most of it comes from the operators: let them agree on one way to measure, and train it.",)
    return ()
