"""The result of a comparison: the difference with its interval first, the test after it, and a sentence."""

from __future__ import annotations

import math
from dataclasses import dataclass

from techamp.contract.errors import InvalidInput
from techamp.subjects.process_control.shown import Shown

ALTERNATIVES = ("two-sided", "less", "greater")


@dataclass(frozen=True)
class Comparison(Shown):
    """``estimate`` (a difference, ratio, or shift, as ``what`` says) with ``low`` to ``high`` at ``confidence``.

    ``p`` is the chance of a statistic at least this far out if the estimate were truly ``null``. A one-sided test has a
    one-sided interval (one limit infinite). ``df`` is not a number where there is none.
    """

    test: str
    what: str
    estimate: float
    low: float
    high: float
    null: float
    statistic: float
    df: float
    p: float
    alternative: str
    confidence: float
    n: tuple[int, ...]
    notes: tuple[str, ...] = ()

    @property
    def significant(self) -> bool:
        return self.p < 1.0 - self.confidence

    def sentence(self) -> str:
        """The result in words: what is shown, and what is not."""
        span = f"{self.estimate:.4g}, from {self.low:.4g} to {self.high:.4g} at {100 * self.confidence:g} % confidence"
        if self.significant:
            return f"The {self.what} is {span}: it differs from {self.null:g} by more than chance explains."
        return f"The {self.what} is {span}: chance alone could explain it. That does not show that it is {self.null:g}."


def check_alternative(alternative: str) -> str:
    if alternative not in ALTERNATIVES:
        raise InvalidInput("alternative", "must be two-sided, less or greater", alternative, "Use two-sided.")
    return alternative


def one_or_both(below: float, above: float, alternative: str) -> float:
    """The p of an alternative from the areas below and above the statistic."""
    if alternative == "less":
        return below
    return above if alternative == "greater" else min(1.0, 2.0 * min(below, above))


def span(estimate: float, half: float, alternative: str) -> tuple[float, float]:
    """The interval that belongs to an alternative; ``half`` is already for one or two sides."""
    low = -math.inf if alternative == "less" else estimate - half
    return low, math.inf if alternative == "greater" else estimate + half


def level(confidence: float, alternative: str) -> float:
    """The probability at which to read a quantile: both tails share what is left, or one has it all."""
    return confidence if alternative != "two-sided" else 0.5 * (1.0 + confidence)
