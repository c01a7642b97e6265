"""The switching rules of MIL-STD-105E as a state machine, and what they do in the long run.

Normal to tightened: 2 of 5 or fewer consecutive lots rejected. Tightened to normal: 5 consecutive lots accepted. Normal
to reduced: the last 10 lots all accepted on normal inspection (and few enough defectives in their samples, where a
limit is given). Reduced to normal: a lot rejected, or a count between the acceptance and the rejection number.
Inspection ends when 10 consecutive lots stay on tightened inspection (MIL-STD-105E) or when 5 lots in all were rejected
on it (ANSI/ASQ Z1.4-2003). Source: MIL-STD-105E, sections 4.7 and 4.8; Montgomery, ISQC, section 15.4. Steady
production is taken for granted.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from techamp.contract.errors import InvalidInput
from techamp.subjects.process_control.sampling.attribute_plans import (
    Plan,
    acceptance,
    average_sample_number,
    average_total_inspection,
    clear_acceptance,
)
from techamp.subjects.process_control.sampling.military_standard import INSPECTIONS, standard_plan

if TYPE_CHECKING:
    from numpy.typing import NDArray

WINDOW, REJECTIONS, TO_NORMAL, TO_REDUCED = 5, 2, 5, 10
STOPS = {"never": 0, "ten_on_tightened": 10, "five_rejected": 5}


@dataclass(frozen=True)
class Switching:
    """Where a series of lots stands. ``after(accepted, clear)`` gives where it stands after one more lot.

    ``inspection``: normal, tightened, reduced or discontinued. Example: two rejected lots in a row on normal inspection
    lead to tightened, five accepted ones from there back to normal.
    """

    inspection: str = "normal"
    stop: str = "never"
    reduced_allowed: bool = True
    limit: int | None = None  # most defectives in the samples of 10 lots on the way to reduced inspection
    rejected_ago: int | None = None  # accepted lots on normal inspection since the last rejected one
    accepted_in_row: int = 0
    tightened_lots: int = 0
    tightened_rejected: int = 0
    found: tuple[int, ...] = field(default=())

    def __post_init__(self) -> None:
        if self.stop not in STOPS:
            raise InvalidInput("stop", f"must be one of {', '.join(STOPS)}", self.stop, "Use ten_on_tightened.")

    def after(self, accepted: bool, clear: bool = True, defective: int = 0) -> Switching:
        """Return the state after a lot: was it accepted, with no more than the acceptance number, with how many."""
        if self.inspection == "normal":
            return self._after_normal(accepted, defective)
        if self.inspection == "tightened":
            return self._after_tightened(accepted)
        if self.inspection == "reduced" and not (accepted and clear):
            return self._fresh("normal")
        return self

    def _fresh(self, inspection: str) -> Switching:
        return Switching(inspection, self.stop, self.reduced_allowed, self.limit)

    def _after_normal(self, accepted: bool, defective: int) -> Switching:
        if not accepted:
            if self.rejected_ago is not None and self.rejected_ago <= WINDOW - REJECTIONS:
                return self._fresh("tightened")
            return replace(self, rejected_ago=0, accepted_in_row=0, found=())
        ago = None if self.rejected_ago is None else self.rejected_ago + 1
        found = (*self.found, defective)[-TO_REDUCED:]
        enough = self.accepted_in_row + 1 >= TO_REDUCED
        if enough and self.reduced_allowed and (self.limit is None or sum(found) <= self.limit):
            return self._fresh("reduced")
        return replace(self, rejected_ago=ago, accepted_in_row=min(TO_REDUCED, self.accepted_in_row + 1), found=found)

    def _after_tightened(self, accepted: bool) -> Switching:
        in_row = self.accepted_in_row + 1 if accepted else 0
        if in_row == TO_NORMAL:
            return self._fresh("normal")
        lots, rejected = self.tightened_lots + 1, self.tightened_rejected + (not accepted)
        over = {"never": False, "ten_on_tightened": lots >= STOPS[self.stop], "five_rejected": rejected >= 5}
        if over[self.stop]:
            return self._fresh("discontinued")
        return replace(self, accepted_in_row=in_row, tightened_lots=lots, tightened_rejected=rejected)


@dataclass(frozen=True)
class LongRun:
    """What a scheme does to a long series of lots of one quality, without discontinuation."""

    shares: dict[str, float]  # of the lots under each inspection
    acceptance: float
    sample_number: float
    total_inspection: float
    outgoing_quality: float


@dataclass(frozen=True)
class Scheme:
    """Plans for normal, tightened and reduced inspection, joined by the switching rules."""

    normal: Plan
    tightened: Plan
    reduced: Plan | None
    lot: int

    def plans(self) -> dict[str, Plan]:
        """The plans by the name of the inspection."""
        found = {"normal": self.normal, "tightened": self.tightened}
        return found | ({"reduced": self.reduced} if self.reduced is not None else {})


def standard_scheme(
    lot: int, aql: float, *, level: str = "II", sampling: str = "single", reduced: bool = True
) -> Scheme:
    """Return the scheme of the standard for a lot size and an AQL in percent. Raises as ``standard_plan``."""
    plans = [standard_plan(lot, aql, level=level, inspection=name, sampling=sampling) for name in INSPECTIONS]
    return Scheme(plans[0], plans[1], plans[2] if reduced else None, lot)


def chances(scheme: Scheme, p: float, kind: str = "binomial") -> dict[str, tuple[float, float]]:
    """For each inspection the chance that a lot is accepted, and that it is with no more than the acceptance number."""
    lot = scheme.lot if kind == "hypergeometric" else None
    return {
        name: (acceptance(plan, p, kind=kind, lot=lot), clear_acceptance(plan, p, kind=kind, lot=lot))
        for name, plan in scheme.plans().items()
    }


def long_run(scheme: Scheme, p: float, *, kind: str = "binomial") -> LongRun:
    """Return shares of lots, acceptance and cost in the long run when a share ``p`` of all parts is defective.

    Exact: the stationary distribution of the Markov chain over all that the switching rules remember (14 states of
    normal inspection, 5 of tightened, 1 of reduced), without a limit on defectives and without discontinuation.
    Rejected lots are sorted. (Chains for the standard: Stephens & Larson 1967; Schilling & Sheu 1978.)
    Raises InvalidInput as ``acceptance``.
    """
    own = chances(scheme, p, kind)
    states, matrix = switching_chain(own, reduced=scheme.reduced is not None)
    weights = stationary(matrix)
    shares = dict.fromkeys(own, 0.0)
    for state, weight in zip(states, weights, strict=True):
        shares[state.inspection] += float(weight)
    plans = scheme.plans()

    def mean(values: dict[str, float]) -> float:
        return sum(shares[name] * values[name] for name in shares)

    inspected = {name: average_total_inspection(plan, p, scheme.lot, kind=kind) for name, plan in plans.items()}
    lot = scheme.lot if kind == "hypergeometric" else None
    total = mean(inspected)
    return LongRun(
        shares=shares,
        acceptance=mean({name: own[name][0] for name in own}),
        sample_number=mean({name: average_sample_number(plan, p, kind=kind, lot=lot) for name, plan in plans.items()}),
        total_inspection=total,
        outgoing_quality=p * max(0.0, 1.0 - total / scheme.lot),
    )


def lots_until_discontinued(
    scheme: Scheme, p: float, *, stop: str = "ten_on_tightened", kind: str = "binomial"
) -> float:
    """Return the average number of lots, beginning on normal inspection, until the standard ends inspection.

    Exact, by the fundamental matrix of the chain with an absorbing state; infinite where that cannot happen.
    Raises InvalidInput as ``acceptance``, and for another ``stop``.
    """
    states, matrix = switching_chain(chances(scheme, p, kind), reduced=scheme.reduced is not None, stop=stop)
    keep = [i for i, state in enumerate(states) if state.inspection != "discontinued"]
    if len(keep) == len(states):
        return float("inf")
    inner = np.eye(len(keep)) - matrix[np.ix_(keep, keep)]
    try:
        lots = float(np.linalg.solve(inner, np.ones(len(keep)))[0])
    except np.linalg.LinAlgError:
        return float("inf")
    return lots if 0.0 < lots < 1e15 else float("inf")


def switching_chain(
    own: dict[str, tuple[float, float]], *, reduced: bool = True, stop: str = "never"
) -> tuple[list[Switching], NDArray[np.float64]]:
    """Return all states that can be reached from normal inspection, and the matrix of chances between them.

    ``own``: as ``chances``. The first state is the start.
    """
    start = Switching(stop=stop, reduced_allowed=reduced)
    states, rows, places = [start], list[dict[int, float]](), {_memory(start): 0}
    while len(rows) < len(states):
        row: dict[int, float] = {}
        for state, chance in _steps(states[len(rows)], own):
            key = _memory(state)
            if key not in places:
                places[key] = len(states)
                states.append(state)
            row[places[key]] = row.get(places[key], 0.0) + chance
        rows.append(row)
    matrix = np.zeros((len(states), len(states)))
    for i, row in enumerate(rows):
        matrix[i, list(row)] = list(row.values())
    return states, matrix


def _steps(state: Switching, own: dict[str, tuple[float, float]]) -> list[tuple[Switching, float]]:
    if state.inspection == "discontinued":
        return [(state, 1.0)]
    accepted, clear = own[state.inspection]
    if state.inspection != "reduced":
        return [(state.after(True), accepted), (state.after(False), 1.0 - accepted)]
    return [(state.after(True), clear), (state.after(False), 1.0 - clear)]


def _memory(state: Switching) -> tuple[Any, ...]:
    """What can still matter: a rejection longer ago than the window is as good as none."""
    ago = state.rejected_ago
    recent = ago if ago is not None and ago <= WINDOW - REJECTIONS else None
    lots = min(state.tightened_lots, 10) if state.stop == "ten_on_tightened" else 0
    rejected = state.tightened_rejected if state.stop == "five_rejected" else 0
    return state.inspection, recent, state.accepted_in_row, lots, rejected


def stationary(matrix: NDArray[np.float64]) -> NDArray[np.float64]:
    """The long-run share of each state, from the first state on: w·P = w, Σw = 1 (transient states get none)."""
    from scipy.linalg import null_space

    basis = null_space(matrix.T - np.eye(len(matrix)), rcond=1e-13)
    if basis.shape[1] == 1:
        weights = np.abs(basis[:, 0])
        return np.asarray(weights / weights.sum(), dtype=np.float64)
    many = np.linalg.matrix_power(0.5 * (matrix + np.eye(len(matrix))), 2**40)
    return np.asarray(many[0], dtype=np.float64)
