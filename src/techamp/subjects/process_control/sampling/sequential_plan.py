"""Accepting lots part by part: Wald's sequential plan."""

from __future__ import annotations

import math
from dataclasses import dataclass

from techamp.contract.errors import InvalidInput
from techamp.subjects.process_control.shown import Shown


@dataclass(frozen=True)
class SequentialPlan(Shown):
    """After n parts accept with slope·n - accept_at defective or fewer, reject with slope·n + reject_at or more."""

    slope: float
    accept_at: float
    reject_at: float
    good: float
    bad: float
    producer_risk: float
    consumer_risk: float

    def limits(self, n: int) -> tuple[int | None, int | None]:
        """Return the acceptance and rejection numbers after ``n`` parts; None where that cannot happen yet."""
        low, high = math.floor(self.slope * n - self.accept_at), math.ceil(self.slope * n + self.reject_at)
        return (low if low >= 0 else None), (high if high <= n else None)

    def decide(self, defective: int, n: int) -> str:
        """Return "accept", "reject" or "continue" after ``defective`` of ``n`` parts."""
        low, high = self.limits(n)
        if low is not None and defective <= low:
            return "accept"
        return "reject" if high is not None and defective >= high else "continue"


def sequential_plan(
    good: float, bad: float, *, producer_risk: float = 0.05, consumer_risk: float = 0.10
) -> SequentialPlan:
    """Return Wald's (1947) plan.

    k = ln(p₂(1-p₁)/(p₁(1-p₂))); s = ln((1-p₁)/(1-p₂))/k; h₁ = ln((1-α)/β)/k; h₂ = ln((1-β)/α)/k.

    Example (Montgomery, ISQC, section 15.3.3): 1 % and 6 %: s 0.028, h₁ 1.22, h₂ 1.57.
    Raises InvalidInput for shares or risks out of order.
    """
    if not 0.0 < good < bad < 1.0:
        raise InvalidInput("good", f"must be above 0 and below the bad share ({bad:g})", good, "Take 0.01 and 0.06.")
    if not (producer_risk > 0.0 and consumer_risk > 0.0 and producer_risk + consumer_risk < 1.0):
        remedy = "For example 0.05 and 0.10."
        raise InvalidInput("risks", "must be above 0 and below 1 together", (producer_risk, consumer_risk), remedy)
    k = math.log(bad * (1.0 - good) / (good * (1.0 - bad)))
    return SequentialPlan(
        slope=math.log((1.0 - good) / (1.0 - bad)) / k,
        accept_at=math.log((1.0 - producer_risk) / consumer_risk) / k,
        reject_at=math.log((1.0 - consumer_risk) / producer_risk) / k,
        good=good,
        bad=bad,
        producer_risk=producer_risk,
        consumer_risk=consumer_risk,
    )


def sequential_acceptance(plan: SequentialPlan, p: float, most: int = 2000) -> tuple[float, float]:
    """Return the chance of acceptance and the average number of parts when a share ``p`` is defective, exactly.

    The distribution of defective parts not yet decided is carried from part to part, up to ``most`` parts; what is then
    undecided counts as rejected. (Wald's own formulas neglect that the count jumps over the lines.)
    Raises InvalidInput for a p that cannot be.
    """
    if not 0.0 <= p <= 1.0:
        raise InvalidInput("p", "must be a share from 0 to 1", p, "For example 0.02.")
    waiting, accepted, average = {0: 1.0}, 0.0, 0.0
    for n in range(1, most + 1):
        average += math.fsum(waiting.values())
        after: dict[int, float] = {}
        for count, chance in waiting.items():
            after[count] = after.get(count, 0.0) + chance * (1.0 - p)
            after[count + 1] = after.get(count + 1, 0.0) + chance * p
        decided = {count: plan.decide(count, n) for count in after}
        accepted += math.fsum(chance for count, chance in after.items() if decided[count] == "accept")
        waiting = {count: chance for count, chance in after.items() if decided[count] == "continue" and chance > 1e-16}
        if not waiting:
            break
    return accepted, average
