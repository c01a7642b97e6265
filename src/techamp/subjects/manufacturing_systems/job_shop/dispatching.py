"""Dispatch rules: which of the waiting jobs a machine takes next.

Reference: Giffler & Thompson (1960), Operations Research 8(4); Panwalkar & Iskander (1977), Operations Research 25(1).
"""

from __future__ import annotations

from collections.abc import Callable

from techamp.subjects.manufacturing_systems.faults import Faults
from techamp.subjects.manufacturing_systems.job_shop.schedule import Schedule
from techamp.subjects.manufacturing_systems.job_shop.shop import JobShop

DISPATCH_RULES = {
    "FIFO": "first in, first out: the job that has waited longest",
    "SPT": "shortest process time",
    "LPT": "longest process time",
    "MWKR": "most work remaining in the job",
    "LWKR": "least work remaining in the job",
    "MOPNR": "most operations remaining in the job",
}


def dispatch(shop: JobShop, rule: str = "MWKR", *, active: bool = False) -> Schedule:
    """Return the schedule that a dispatch rule makes.

    As a floor works, a machine never waits while a job is there (non-delay). ``active`` True lets it wait for a job
    that comes before the first candidate could end (Giffler & Thompson): some optimum is always among active
    schedules, not always among the others. Ties go to the lower job number. Example (two jobs, one machine): SPT
    takes the short first.

    >>> dispatch(JobShop(((0,), (0,)), ((3,), (2,))), "SPT").starts
    (2.0, 0.0)
    """
    faults = Faults()
    faults.require(rule in DISPATCH_RULES, "rule", f"must be one of {', '.join(DISPATCH_RULES)}", rule, "Choose one.")
    faults.stop()
    first = [o for o, (_, step) in enumerate(shop.operations) if step == 0]
    ready = dict.fromkeys(first, 0.0)  # operations that may come next, and when their job is there
    free = [0.0] * shop.machine_count
    starts = [0.0] * len(shop)
    while ready:
        conflict = _conflict(shop, ready, free, active)
        o = min(conflict, key=_priority(shop, rule, ready))
        starts[o] = max(ready.pop(o), free[shop.machine_of[o]])
        end = starts[o] + shop.time_of[o]
        free[shop.machine_of[o]] = end
        if o + 1 < len(shop) and shop.operations[o + 1][1] > 0:
            ready[o + 1] = end
    return Schedule(shop, tuple(starts))


def _conflict(shop: JobShop, ready: dict[int, float], free: list[float], active: bool) -> list[int]:
    """The operations of one machine among which the rule must choose now."""
    begin = {o: max(at, free[shop.machine_of[o]]) for o, at in ready.items()}
    if active:
        soonest = min(ready, key=lambda o: (begin[o] + shop.time_of[o], o))
        until = begin[soonest] + shop.time_of[soonest]
    else:
        soonest = min(ready, key=lambda o: (begin[o], o))
        until = begin[soonest]
    machine = shop.machine_of[soonest]
    same = [o for o in ready if shop.machine_of[o] == machine]
    return [o for o in same if begin[o] < until or o == soonest or (not active and begin[o] == until)]


def _priority(shop: JobShop, rule: str, ready: dict[int, float]) -> Callable[[int], tuple[float, int]]:
    def steps_left(o: int) -> int:
        job, step = shop.operations[o]
        return len(shop.machines[job]) - step

    value: dict[str, Callable[[int], float]] = {
        "FIFO": lambda o: ready[o],
        "SPT": lambda o: shop.time_of[o],
        "LPT": lambda o: -shop.time_of[o],
        "MWKR": lambda o: -shop.remaining[o],
        "LWKR": lambda o: shop.remaining[o],
        "MOPNR": lambda o: -steps_left(o),
    }
    chosen = value[rule]
    return lambda o: (chosen(o), o)
