"""Finding a plan: the double plan that holds two risks, and the plan of least inspection (Dodge and Romig)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from techamp.contract.errors import InvalidInput
from techamp.subjects.process_control.sampling.attribute_plans import (
    DoublePlan,
    SinglePlan,
    acceptance,
    average_sample_number,
    average_total_inspection,
    find_single_plan,
    outgoing_quality_limit,
)

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_ACCEPTED = 60


def find_double_plan(
    good: float, bad: float, *, producer_risk: float = 0.05, consumer_risk: float = 0.10, ratio: int = 1
) -> DoublePlan:
    """Return the double plan with the fewest parts on average at the good share that holds both risks.

    Second sample ``ratio`` times the first; reject at accept2 + 1 in both. For each pair of acceptance numbers the
    smallest first sample that holds the consumer's risk; of those that hold the producer's, the least average sample
    number at ``good``. Example: 1 % with 0.95 and 5 % with 0.10 needs 103 parts on average; a single plan 132.
    Raises InvalidInput for shares or risks out of order, or a ratio that is not 1 or more.
    """
    if ratio != int(ratio) or ratio < 1:
        raise InvalidInput("ratio", "must be a whole number of at least 1", ratio, "Take 1 or 2.")
    single = find_single_plan(good, bad, producer_risk=producer_risk, consumer_risk=consumer_risk)
    best: tuple[float, DoublePlan] | None = None
    for accept2 in range(1, single.accept + 4):
        for accept1 in range(accept2):

            def plan_of(n: int, c1: int = accept1, c2: int = accept2) -> DoublePlan:
                return DoublePlan(n, ratio * n, c1, c2 + 1, c2)

            plan = plan_of(_first(lambda n: acceptance(plan_of(n), bad) <= consumer_risk, single.n))
            if acceptance(plan, bad) > consumer_risk or acceptance(plan, good) < 1.0 - producer_risk:
                continue
            parts = average_sample_number(plan, good)
            if best is None or parts < best[0]:
                best = parts, plan
    if best is None:
        raise InvalidInput("bad", "must differ more from the good share", bad, "Widen the gap, or use a single plan.")
    return best[1]


def least_inspection_for_lots(
    lot: int, process_average: float, tolerance: float, *, consumer_risk: float = 0.10
) -> SinglePlan:
    """Return Dodge and Romig's plan: lots with a share ``tolerance`` defective (LTPD) pass with the consumer's risk.

    Of all plans that hold it, by hypergeometric chances, the one with the least total inspection at the process average
    (binomial there). Rejected lots are sorted.
    Example (Dodge & Romig 1959; Montgomery, ISQC, section 15.5): N 5000, process average 0.25 %, LTPD 1 %: n 766, c 4
    (the table, by an approximation, has n 770, c 4).
    Raises InvalidInput for shares out of order or a lot too small.
    """
    _check_shares(lot, process_average, tolerance)

    def size(accept: int) -> int:
        def holds(n: int) -> bool:
            return acceptance(SinglePlan(n, accept), tolerance, kind="hypergeometric", lot=lot) <= consumer_risk

        return _first(holds, lot, accept + 1)

    return _least(lot, process_average, size)


def least_inspection_for_quality(lot: int, process_average: float, limit: float) -> SinglePlan:
    """Return Dodge and Romig's plan of least total inspection whose average outgoing quality never exceeds ``limit``.

    Example (Dodge & Romig 1959): N 7000, process average 0.9 %, AOQL 3 %: n 65, c 3.
    Raises InvalidInput for shares out of order.
    """
    _check_shares(lot, process_average, limit)

    def size(accept: int) -> int:
        def holds(n: int) -> bool:
            return outgoing_quality_limit(SinglePlan(n, accept), lot)[0] <= limit

        return _first(holds, lot, accept + 1)

    return _least(lot, process_average, size)


def _check_shares(lot: int, average: float, limit: float) -> None:
    if not 0.0 <= average < limit < 1.0:
        rule = f"must be at least 0 and below the limit ({limit:g})"
        raise InvalidInput(
            "process_average", rule, average, "A process worse than the limit needs mending, not a plan."
        )
    if lot != int(lot) or lot < 2:
        raise InvalidInput("lot", "must be a whole number of at least 2", lot, "Inspect the single part.")


def _least(lot: int, average: float, size: Callable[[int], int]) -> SinglePlan:
    best: tuple[float, SinglePlan] | None = None
    worse = 0
    for accept in range(MOST_ACCEPTED):
        n = size(accept)
        if n > lot or accept >= n:
            break
        plan = SinglePlan(n, accept)
        total = average_total_inspection(plan, average, lot)
        worse = 0 if best is None or total < best[0] else worse + 1
        if worse == 0:
            best = total, plan
        if worse == 3:
            break
    if best is None:
        raise InvalidInput(
            "lot", "must be larger for a plan that protects it", lot, "Inspect all parts of so small a lot."
        )
    return best[1]


def _first(holds: Callable[[int], bool], most: int, low: int = 1) -> int:
    """The smallest n from ``low`` to ``most`` for which ``holds``, which once true stays true; ``most`` + 1 if none."""
    high = low
    while high < most and not holds(high):
        low, high = high + 1, min(most, 2 * high + 1)
    if high >= most and not holds(most):
        return most + 1
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle + 1, high)
    return low
