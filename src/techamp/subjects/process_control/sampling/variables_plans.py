"""Accepting lots by measuring: n and k for one limit, spread known or not."""

from __future__ import annotations

import math
from dataclasses import dataclass

from techamp.contract.errors import InvalidInput
from techamp.subjects.process_control.shown import Shown
from techamp.subjects.process_control.tail_areas import normal_quantile, normal_upper


@dataclass(frozen=True)
class VariablesPlan(Shown):
    """Measure ``n`` parts; accept if (limit - x̄)/s is ``k`` or more (σ in place of s when known)."""

    n: int
    k: float
    sigma_known: bool


def variables_acceptance(plan: VariablesPlan, p: float) -> float:
    """Return the chance that a normal process with a share ``p`` beyond the limit is accepted.

    Known σ: Φ(√n(z_p - k)), z_p the normal quantile of 1 - p. Unknown: noncentral t with n - 1 degrees of freedom and
    noncentrality √n·z_p above √n·k (Resnikoff & Lieberman 1957). Raises InvalidInput for a p not between 0 and 1.
    """
    from scipy.special import nctdtr

    if not 0.0 < p < 1.0:
        raise InvalidInput("p", "must be between 0 and 1", p, "For example 0.02.")
    z, root = -normal_quantile(p), math.sqrt(plan.n)
    if plan.sigma_known:
        return normal_upper(root * (plan.k - z))
    return float(1.0 - nctdtr(plan.n - 1, root * z, root * plan.k))


def find_variables_plan(
    good: float,
    bad: float,
    *,
    producer_risk: float = 0.05,
    consumer_risk: float = 0.10,
    sigma_known: bool = False,
) -> VariablesPlan:
    """Return the smallest plan by variables that holds both risks, for one limit and normal readings.

    σ known: n = ((z_α + z_β)/(z_good - z_bad))² rounded up. Unknown: the first n that does. k holds the producer's risk
    exactly: z_good - z_α/√n when σ is known.
    Example: 5 % with 0.95, 15 % with 0.075: n 26, k 1.3223 (known), n 49, k 1.3265 (unknown) (R's AcceptanceSampling).
    Raises InvalidInput for shares or risks out of order.
    """
    if not 0.0 < good < bad < 1.0:
        raise InvalidInput("good", f"must be above 0 and below the bad share ({bad:g})", good, "Take 0.01 and 0.05.")
    if not (0.0 < producer_risk < 0.5 and 0.0 < consumer_risk < 0.5):
        remedy = "For example 0.05 and 0.10."
        raise InvalidInput("risks", "must be between 0 and 0.5", (producer_risk, consumer_risk), remedy)
    alpha, beta = -normal_quantile(producer_risk), -normal_quantile(consumer_risk)
    fine, poor = -normal_quantile(good), -normal_quantile(bad)
    known = ((alpha + beta) / (fine - poor)) ** 2
    if sigma_known:
        n = math.ceil(known - 1e-9)
        return VariablesPlan(n, fine - alpha / math.sqrt(n), True)
    n = max(2, math.ceil(known))
    while True:
        plan = VariablesPlan(n, _largest_k(n, good, 1.0 - producer_risk), False)
        if variables_acceptance(plan, bad) <= consumer_risk:
            return plan
        n += 1


def _largest_k(n: int, p: float, wanted: float) -> float:
    """The largest k that still accepts a share ``p`` with chance ``wanted``."""
    low, high = -10.0, 20.0
    for _ in range(80):
        middle = 0.5 * (low + high)
        falls = variables_acceptance(VariablesPlan(n, middle, False), p) >= wanted
        low, high = (middle, high) if falls else (low, middle)
    return 0.5 * (low + high)
