"""Accepting lots by counting: single, double and multiple plans, what they let through and what they cost."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from itertools import accumulate

from techamp.contract.errors import InvalidInput
from techamp.subjects.process_control.sampling.staged_plan import (
    KINDS,
    MultiplePlan,
    Stages,
    log_choose,
    passage,
)
from techamp.subjects.process_control.shown import Shown

MOST = 1_000_000


@dataclass(frozen=True)
class SinglePlan(Shown):
    """Inspect ``n`` parts; accept the lot with ``accept`` defective ones or fewer.

    ``reject`` is one more, except under reduced inspection: there a count in between accepts the lot, and normal
    inspection comes back. ``counting`` "defects" is for plans that count defects per hundred parts, where a part can
    have several: such a plan may accept more defects than it has parts, and is judged by Poisson chances.
    """

    n: int
    accept: int
    reject: int = -1
    counting: str = field(default="defectives", compare=False)

    def __post_init__(self) -> None:
        if self.n != int(self.n) or self.n < 1:
            raise InvalidInput("n", "must be a whole number of at least 1", self.n, "Inspect at least one part.")
        most = math.inf if self.counting == "defects" else self.n - 1
        if self.accept != int(self.accept) or not 0 <= self.accept <= most:
            rule = f"must be a whole number from 0 to {most}"
            raise InvalidInput("accept", rule, self.accept, "Accept fewer defective parts than you inspect.")
        if self.reject == -1:
            object.__setattr__(self, "reject", self.accept + 1)
        if self.reject <= self.accept:
            raise InvalidInput("reject", f"must be above {self.accept}", self.reject, "One more than accept is usual.")

    @property
    def stages(self) -> Stages:
        return Stages((self.n,), (self.accept,), (self.reject,))


@dataclass(frozen=True)
class DoublePlan(Shown):
    """Inspect ``n1``: accept with ``accept1`` or fewer, reject with ``reject1`` or more.

    In between inspect ``n2`` more, and accept with ``accept2`` or fewer in both samples together. ``reject2`` is one
    more, except under reduced inspection (see ``SinglePlan``).
    """

    n1: int
    n2: int
    accept1: int
    reject1: int
    accept2: int
    reject2: int = -1

    def __post_init__(self) -> None:
        if min(self.n1, self.n2) < 1:
            raise InvalidInput("n1 and n2", "must be at least 1", (self.n1, self.n2), "Inspect at least one part.")
        if self.reject2 == -1:
            object.__setattr__(self, "reject2", self.accept2 + 1)
        if not (0 <= self.accept1 < self.reject1 - 1 < self.reject2 and self.accept1 <= self.accept2 < self.reject2):
            rule = "must leave counts between accept and reject, none above accept2"
            given = (self.accept1, self.reject1, self.accept2)
            raise InvalidInput("accept1, reject1, accept2", rule, given, "For example 1, 4 and 4.")

    @property
    def stages(self) -> Stages:
        return Stages((self.n1, self.n2), (self.accept1, self.accept2), (self.reject1, self.reject2))


Plan = SinglePlan | DoublePlan | MultiplePlan


def acceptance(plan: Plan, p: float, *, kind: str = "binomial", lot: int | None = None) -> float:
    """Return the chance that a lot with a share ``p`` defective is accepted: the operating characteristic.

    "binomial": parts from a process or a large lot; "hypergeometric": from a ``lot`` of that many parts, p·lot rounded;
    "poisson": defects per part. Double: P(X₁ ≤ c₁) + Σ P(X₁ = x)·P(X₂ ≤ c₂ - x). Source: Montgomery, ISQC, chapter 15.
    Example: n 125 and 125, c 1 and 4, r 4 and 5, p 0.01: 0.9000 (R package AcceptanceSampling).
    Raises InvalidInput for a p that cannot be, or a lot smaller than the sample.
    """
    kind = _check(plan, p, kind, lot)
    if isinstance(plan, SinglePlan):
        return _at_most(plan.reject - 1, plan.n, p, kind, lot)
    return min(1.0, math.fsum(passage(plan.stages, p, kind, lot).accepted))


def clear_acceptance(plan: Plan, p: float, *, kind: str = "binomial", lot: int | None = None) -> float:
    """Return the chance of acceptance with no more than the acceptance number.

    Differs from ``acceptance`` only for plans of reduced inspection, where a count between the two numbers accepts the
    lot and ends reduced inspection. Raises InvalidInput as ``acceptance``.
    """
    kind = _check(plan, p, kind, lot)
    if isinstance(plan, SinglePlan):
        return _at_most(plan.accept, plan.n, p, kind, lot)
    return passage(plan.stages, p, kind, lot).clean


def average_sample_number(plan: Plan, p: float, *, kind: str = "binomial", lot: int | None = None) -> float:
    """Return how many parts are inspected on average, samples completed: n₁ + n₂·P(second sample) + ….

    Raises InvalidInput as ``acceptance``.
    """
    kind = _check(plan, p, kind, lot)
    sizes = plan.stages.sizes
    if len(sizes) == 1:
        return float(sizes[0])
    return math.fsum(n * chance for n, chance in zip(sizes, passage(plan.stages, p, kind, lot).reached, strict=True))


def average_outgoing_quality(plan: Plan, p: float, lot: int, *, kind: str = "binomial") -> float:
    """Return the share defective after rejected lots were sorted and every defective part found was replaced.

    AOQ = p·Pₐ·(N - n)/N; in stages each way of acceptance with its own number of parts (Montgomery, section 15.2.3).
    Example: N 10,000, n 89, c 2, p 0.01: 0.0093. Raises InvalidInput as ``acceptance``.
    """
    return p * (1.0 - average_total_inspection(plan, p, lot, kind=kind) / lot)


def average_total_inspection(plan: Plan, p: float, lot: int, *, kind: str = "binomial") -> float:
    """Return how many parts of a lot are inspected on average when rejected lots are sorted: n·Pₐ + N·(1 - Pₐ).

    Example: N 10,000, n 89, c 2, p 0.01: 687. Raises InvalidInput as ``acceptance``.
    """
    kind = _check(plan, p, kind, lot)
    within = lot if kind == "hypergeometric" else None
    if isinstance(plan, SinglePlan):
        passed = _at_most(plan.reject - 1, plan.n, p, kind, within)
        return plan.n * passed + lot * (1.0 - passed)
    accepted = passage(plan.stages, p, kind, within).accepted
    drawn = accumulate(plan.stages.sizes)
    return math.fsum(n * chance for n, chance in zip(drawn, accepted, strict=True)) + lot * (1.0 - math.fsum(accepted))


def outgoing_quality_limit(plan: Plan, lot: int, *, kind: str = "binomial") -> tuple[float, float]:
    """Return the worst average outgoing quality (AOQL) and the incoming share at which it occurs.

    A fine scan of incoming shares, then golden section around the highest. Example: N 10,000, n 89, c 2: 0.0152.
    """
    top = min(0.999, 20.0 * plan.stages.rejects[-1] / plan.stages.sizes[0])
    steps = [top * i / 200 for i in range(1, 201)]
    best = max(range(200), key=lambda i: average_outgoing_quality(plan, steps[i], lot, kind=kind))
    low, high = steps[max(0, best - 1)], steps[min(199, best + 1)]
    ratio = 0.5 * (math.sqrt(5.0) - 1.0)
    for _ in range(40):
        left, right = high - ratio * (high - low), low + ratio * (high - low)
        at_left, at_right = (average_outgoing_quality(plan, p, lot, kind=kind) for p in (left, right))
        low, high = (left, high) if at_left < at_right else (low, right)
    at = 0.5 * (low + high)
    return average_outgoing_quality(plan, at, lot, kind=kind), at


def find_single_plan(
    good: float, bad: float, *, producer_risk: float = 0.05, consumer_risk: float = 0.10, kind: str = "binomial"
) -> SinglePlan:
    """Return the smallest single plan: ``good`` accepted with 1 - producer_risk, ``bad`` with at most consumer_risk.

    For each c the smallest n that holds the consumer's risk; the first c that then also holds the producer's.
    Example: 5 % accepted with 0.95 and 15 % with 0.075: n 80, c 7 (R package AcceptanceSampling).
    Raises InvalidInput for shares or risks out of order, or a plan beyond a million parts.
    """
    if not 0.0 < good < bad < 1.0:
        raise InvalidInput("good", f"must be above 0 and below the bad share ({bad:g})", good, "Take 0.01 and 0.05.")
    if not (0.0 < producer_risk < 1.0 and 0.0 < consumer_risk < 1.0 - producer_risk):
        remedy = "For example 0.05 and 0.10."
        raise InvalidInput("risks", "must be above 0 and below 1 together", (producer_risk, consumer_risk), remedy)
    accept, n = 0, 1
    while n <= MOST:
        n = _smallest_n(accept, max(n, accept + 1), bad, consumer_risk, kind)
        if n <= MOST and acceptance(SinglePlan(n, accept), good, kind=kind) >= 1.0 - producer_risk:
            return SinglePlan(n, accept)
        accept += 1
    raise InvalidInput("bad", "must differ more from the good share", bad, "Widen the gap, or allow larger risks.")


def _smallest_n(accept: int, low: int, bad: float, risk: float, kind: str) -> int:
    def good_enough(n: int) -> bool:
        return _at_most(accept, n, bad, kind, None) <= risk

    low -= 1
    high = max(2 * low, accept + 2)
    while not good_enough(high):
        high *= 2
        if high > 2 * MOST:
            return high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if middle > accept and good_enough(middle) else (middle, high)
    return high


def _at_most(count: int, n: int, p: float, kind: str, lot: int | None) -> float:
    """P(count or fewer defective of n)."""
    from scipy.special import bdtr, pdtr

    if kind == "poisson":
        return float(pdtr(count, n * p)) if p > 0.0 else 1.0
    if kind == "binomial":
        return 1.0 if count >= n else float(bdtr(count, n, p))
    assert lot is not None
    return _hypergeometric(count, n, lot, round(lot * p))


def _hypergeometric(count: int, n: int, lot: int, bad: int) -> float:
    lowest, highest = max(0, n - (lot - bad)), min(n, bad)
    if count >= highest:
        return 1.0
    logs = [log_choose(bad, k) + log_choose(lot - bad, n - k) for k in range(lowest, count + 1)]
    whole = log_choose(lot, n)
    return min(1.0, math.fsum(math.exp(value - whole) for value in logs))


def _check(plan: Plan, p: float, kind: str, lot: int | None) -> str:
    """Refuse what cannot be; return the kind of chances to work with."""
    if kind not in KINDS:
        raise InvalidInput("kind", "must be binomial, hypergeometric or poisson", kind, "Use binomial.")
    if getattr(plan, "counting", "") == "defects":
        kind = "poisson"
    if not 0.0 <= p <= (math.inf if kind == "poisson" else 1.0):
        raise InvalidInput("p", "must be a share from 0 to 1", p, "For example 0.02.")
    most = sum(plan.stages.sizes)
    if kind == "hypergeometric" and lot is None:
        raise InvalidInput("lot", "must be given with hypergeometric", lot, "Enter the number of parts in the lot.")
    if lot is not None and lot < most:
        raise InvalidInput("lot", f"must be at least the sample ({most})", lot, "Inspect all parts of so small a lot.")
    return kind
