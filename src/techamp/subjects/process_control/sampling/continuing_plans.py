"""Inspecting less when quality is good: skip-lot sampling (SkSP-2) and continuous sampling (CSP-1)."""

from __future__ import annotations

import math
from dataclasses import dataclass

from techamp.contract.errors import InvalidInput
from techamp.subjects.process_control.sampling.attribute_plans import Plan, acceptance, average_sample_number


def _check(clearance: int, fraction: float) -> None:
    if clearance != int(clearance) or clearance < 1:
        raise InvalidInput("clearance", "must be a whole number of at least 1", clearance, "For example 8 lots.")
    if not 0.0 < fraction <= 1.0:
        raise InvalidInput("fraction", "must be above 0 and at most 1", fraction, "For example 0.25: one in four.")


@dataclass(frozen=True)
class SkipLotPlan:
    """SkSP-2: after ``clearance`` accepted lots in a row inspect only a ``fraction`` of the lots, drawn at random.

    A rejected lot brings back inspection of every lot.
    """

    reference: Plan
    clearance: int
    fraction: float

    def __post_init__(self) -> None:
        _check(self.clearance, self.fraction)


def skip_lot_acceptance(plan: SkipLotPlan, p: float, *, kind: str = "binomial") -> float:
    """Return the share of lots that pass, inspected or not: (f·P + (1 - f)·Pⁱ)/(f + (1 - f)·Pⁱ).

    P is the acceptance of the reference plan. Source: Perry, Journal of Quality Technology 5 (1973), 123-130;
    Montgomery, ISQC, section 16.4. Raises InvalidInput as ``acceptance``.
    """
    own, f = acceptance(plan.reference, p, kind=kind), plan.fraction
    run = (1.0 - f) * own**plan.clearance
    return (f * own + run) / (f + run)


def skip_lot_inspected(plan: SkipLotPlan, p: float, *, kind: str = "binomial") -> float:
    """Return the share of lots that are inspected in the long run: f/((1 - f)·Pⁱ + f). Raises as ``acceptance``."""
    own, f = acceptance(plan.reference, p, kind=kind), plan.fraction
    return f / ((1.0 - f) * own**plan.clearance + f)


def skip_lot_sample_number(plan: SkipLotPlan, p: float, *, kind: str = "binomial") -> float:
    """Return how many parts are inspected per lot on average. Raises as ``acceptance``."""
    return skip_lot_inspected(plan, p, kind=kind) * average_sample_number(plan.reference, p, kind=kind)


@dataclass(frozen=True)
class ContinuousPlan:
    """CSP-1: inspect every part until ``clearance`` in a row are good, then a ``fraction`` of them until one is bad."""

    clearance: int
    fraction: float

    def __post_init__(self) -> None:
        _check(self.clearance, self.fraction)


def continuous_inspected(plan: ContinuousPlan, p: float) -> float:
    """Return the share of parts inspected in the long run: f/(f + (1 - f)·qⁱ), q = 1 - p.

    Source: Dodge, Annals of Mathematical Statistics 14 (1943), 264-279; Montgomery, ISQC, section 16.3.
    Raises InvalidInput for a p that cannot be.
    """
    if not 0.0 <= p <= 1.0:
        raise InvalidInput("p", "must be a share from 0 to 1", p, "For example 0.02.")
    f = plan.fraction
    return f / (f + (1.0 - f) * (1.0 - p) ** plan.clearance)


def continuous_outgoing_quality(plan: ContinuousPlan, p: float) -> float:
    """Return the share defective afterwards, bad parts found being replaced by good ones: p·(1 - share inspected)."""
    return p * (1.0 - continuous_inspected(plan, p))


def continuous_quality_limit(plan: ContinuousPlan) -> tuple[float, float]:
    """Return the worst outgoing quality of the plan (AOQL) and the incoming share at which it occurs.

    Example (Montgomery, ISQC, table 16.1): f 1/3, i 59 and f 1/7, i 113 both have an AOQL of 0.79 %.
    """
    low, high = 0.0, 1.0
    ratio = 0.5 * (math.sqrt(5.0) - 1.0)
    for _ in range(80):
        left, right = high - ratio * (high - low), low + ratio * (high - low)
        falls = continuous_outgoing_quality(plan, left) < continuous_outgoing_quality(plan, right)
        low, high = (left, high) if falls else (low, right)
    at = 0.5 * (low + high)
    return continuous_outgoing_quality(plan, at), at
