"""Lots from a supplier whose quality shifts, and what an inspector with a plan does with them.

All motors of a lot are equally likely to be bad, so the sample is the first motors of the lot: plans with the same seed
share their luck, and a smaller sample is a part of a larger one. See model.md for assumptions and sources.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from techamp.contract import random
from techamp.subjects.process_control.sampling.attribute_plans import Plan, SinglePlan
from techamp.subjects.process_control.sampling.military_standard import standard_plan
from techamp.subjects.process_control.sampling.switching import Switching

_SPELL_CAUSE, _MOTOR_CAUSE = 1, 2
INSPECTIONS = ("normal", "tightened", "reduced", "none", "all")
ACCEPTED, REJECTED, UNSEEN = 0, 1, 2


@dataclass(frozen=True)
class Supplier:
    """Shares bad in good and bad spells; chance per lot that a bad spell begins; lots in a bad spell on average."""

    good: float
    bad: float
    begins: float
    length: float


@dataclass(frozen=True)
class Prices:
    """USD: one motor inspected, one bad motor on the line, one rejected lot besides its sorting."""

    inspect: float
    escape: float
    reject: float


@dataclass(frozen=True)
class Policy:
    """Plans by inspection (empty: nothing or everything is inspected), and whether the switching rules are used."""

    kind: str
    plans: dict[str, Plan]
    switching: bool
    give_back: bool


@dataclass
class Lots:
    """What happened, one entry for each lot. ``spell`` 1: a bad spell; ``verdict``: ACCEPTED, REJECTED, UNSEEN."""

    spell: list[int] = field(default_factory=list)
    bad: list[int] = field(default_factory=list)
    inspection: list[int] = field(default_factory=list)
    sampled: list[int] = field(default_factory=list)
    found: list[int] = field(default_factory=list)
    verdict: list[int] = field(default_factory=list)
    inspected: list[int] = field(default_factory=list)
    escaped: list[int] = field(default_factory=list)
    cost: list[float] = field(default_factory=list)
    stopped: list[int] = field(default_factory=list)  # 1: the standard ended inspection after this lot


def policy_of(kind: str, lot: int, *, aql: float, level: str, sampling: str, switching: bool, n: int, accept: int,
              give_back: bool) -> Policy:  # fmt: skip
    """The inspector's plans: the standard's, one of her own, nothing, or every motor."""
    if kind == "standard":
        names = ("normal", "tightened", "reduced") if switching else ("normal",)
        plans: dict[str, Plan] = {
            name: standard_plan(lot, aql, level=level, inspection=name, sampling=sampling) for name in names
        }
        return Policy(kind, plans, switching, give_back)
    own: dict[str, Plan] = {"normal": SinglePlan(n, min(accept, n - 1))} if kind == "own" else {}
    return Policy(kind, own, False, give_back)


def receive(seed: int, lots: int, size: int, supplier: Supplier, policy: Policy, prices: Prices) -> Lots:
    """Play all lots, one after the other."""
    begins = random.uniform(seed, _SPELL_CAUSE, 0, np.arange(lots))
    luck = random.uniform(seed, _MOTOR_CAUSE, np.arange(lots)[:, None], np.arange(size)[None, :])
    seen, state, spell = Lots(), Switching(stop="ten_on_tightened"), 0
    for t in range(lots):
        chance = 1.0 / supplier.length if spell else supplier.begins
        spell = 1 - spell if t and begins[t] < chance else spell
        bad = luck[t] < (supplier.bad if spell else supplier.good)
        name = state.inspection if policy.plans else policy.kind
        _one_lot(seen, bad, spell, name, policy, prices)
        stopped = 0
        if policy.switching:
            clear = seen.found[-1] <= _last_accept(policy.plans[name])
            state = state.after(seen.verdict[-1] == ACCEPTED, clear, seen.found[-1])
            if state.inspection == "discontinued":
                # The supplier has to mend its process; inspection begins again, tightened.
                state, spell, stopped = replace(Switching(stop="ten_on_tightened"), inspection="tightened"), 0, 1
        seen.stopped.append(stopped)
    return seen


def _last_accept(plan: Plan) -> int:
    return int(plan.stages.accepts[-1] or 0)


def _one_lot(seen: Lots, bad: NDArray[np.bool_], spell: int, name: str, policy: Policy, prices: Prices) -> None:
    size, all_bad = len(bad), int(bad.sum())
    verdict, sampled, found = _judge(bad, name, policy)
    sorted_out = verdict == REJECTED and not policy.give_back
    inspected = size if sorted_out else sampled
    if verdict == REJECTED:
        escaped = 0
    else:
        escaped = 0 if name == "all" else all_bad - found
    cost = inspected * prices.inspect + escaped * prices.escape + prices.reject * (verdict == REJECTED)
    for column, value in (
        (seen.spell, spell),
        (seen.bad, all_bad),
        (seen.inspection, INSPECTIONS.index(name)),
        (seen.sampled, sampled),
        (seen.found, found),
        (seen.verdict, verdict),
        (seen.inspected, inspected),
        (seen.escaped, escaped),
    ):
        column.append(value)
    seen.cost.append(cost)


def _judge(bad: NDArray[np.bool_], name: str, policy: Policy) -> tuple[int, int, int]:
    """Verdict, motors inspected for it, bad ones among them."""
    if name == "none":
        return UNSEEN, 0, 0
    if name == "all":
        return ACCEPTED, len(bad), int(bad.sum())
    stages, drawn = policy.plans[name].stages, 0
    last = len(stages.sizes) - 1
    for stage, (n, accept, reject) in enumerate(zip(stages.sizes, stages.accepts, stages.rejects, strict=True)):
        drawn = min(len(bad), drawn + n)
        found = int(bad[:drawn].sum())
        if found >= reject:
            return REJECTED, drawn, found
        if stage == last or (accept is not None and found <= accept):
            return ACCEPTED, drawn, found
    raise AssertionError("the last stage decides")


def all_knowing(lots: Lots, size: int, prices: Prices) -> float:
    """USD per lot for someone who knows each lot: let it pass, or have all of it inspected."""
    whole = size * prices.inspect
    return sum(min(bad * prices.escape, whole) for bad in lots.bad) / len(lots.bad)


def values(lots: Lots, size: int, prices: Prices) -> dict[str, float]:
    """The measures of a run."""
    count = len(lots.bad)
    rejected = [verdict == REJECTED for verdict in lots.verdict]
    delivered = size * count
    return {
        "cost_per_lot": sum(lots.cost) / count,
        "escapes": float(sum(lots.escaped)),
        "inspected": 100.0 * sum(lots.inspected) / delivered,
        "good_rejected": float(sum(r and not s for r, s in zip(rejected, lots.spell, strict=True))),
        "bad_accepted": float(sum(s and not r for r, s in zip(rejected, lots.spell, strict=True))),
        "stops": float(sum(lots.stopped)),
        "none_cost": prices.escape * sum(lots.bad) / count,
        "all_cost": prices.inspect * size,
        "all_knowing": all_knowing(lots, size, prices),
    }


def expected_cost(plan: Plan, p: float, size: int, prices: Prices, *, give_back: bool) -> float:
    """USD per lot by theory when a share ``p`` is bad, lots accepted or rejected by ``plan`` alone."""
    from techamp.subjects.process_control.sampling.attribute_plans import (
        acceptance,
        average_sample_number,
        average_total_inspection,
    )

    passed = acceptance(plan, p)
    outgoing = average_total_inspection(plan, p, size)
    inspected = average_sample_number(plan, p) if give_back else outgoing
    escapes = p * (size - outgoing)
    return inspected * prices.inspect + escapes * prices.escape + (1.0 - passed) * prices.reject


def as_columns(lots: Lots) -> dict[str, tuple[Any, ...]]:
    """The trace, one row for each lot."""
    return {
        "spell": tuple(lots.spell),
        "bad": tuple(lots.bad),
        "inspection": tuple(lots.inspection),
        "sampled": tuple(lots.sampled),
        "found": tuple(lots.found),
        "verdict": tuple(lots.verdict),
        "escaped": tuple(lots.escaped),
        "stopped": tuple(lots.stopped),
        "cost": tuple(np.round(np.cumsum(lots.cost), 2).tolist()),
    }
