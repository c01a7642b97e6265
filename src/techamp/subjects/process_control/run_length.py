"""How long until a chart with run rules signals: exact, by a Markov chain that we build from the rules themselves.

A rule with sigma zones needs to know of each point only in which zone it fell. So a chart with such rules is a machine
with finitely many memories ("two of the last four beyond 1 sigma above, three on one side …"); the chance of each step
is that of a zone. Champ & Woodall (Technometrics 29(4) 1987) built these chains by hand for the Western Electric rules.

Rules on trends and alternation compare neighbors and have no such zones: ``neighbor_run_length`` adds the place inside
the zone to the memory, with a stated accuracy of 10 digits.
"""

from __future__ import annotations

import itertools
import math
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from techamp.contract.errors import InvalidInput
from techamp.subjects.process_control.neighbor_run_length import (
    NeighborChain,
    NeighborSystem,
    build_chain,
    neighbor_system,
    step_neighbors,
)
from techamp.subjects.process_control.patterns import (
    Alternating,
    Beyond,
    BeyondLimits,
    Outside,
    Pattern,
    Trend,
    Within,
)
from techamp.subjects.process_control.readings import Array
from techamp.subjects.process_control.rules import RuleChoice, choose_rules
from techamp.subjects.process_control.shown import Shown
from techamp.subjects.process_control.subgrouping import Integers

MOST_STATES = 200_000
Part = tuple[int, ...]  # what one rule remembers
Memory = tuple[Part, ...]


@dataclass(frozen=True, eq=False)
class RunLength(Shown):
    """The distribution of the number of points up to and with the signal.

    ``mean`` is the ARL, ``sd`` its standard deviation; ``survival[t]`` the chance of no signal in the first t points.
    """

    mean: float
    sd: float
    survival: Array

    def quantile(self, probability: float) -> int:
        """Return the smallest t with a signal by t of at least ``probability``; -1 if beyond what was computed."""
        reached = np.flatnonzero(1.0 - self.survival >= probability)
        return int(reached[0]) if len(reached) else -1


def average_run_length(
    rules: RuleChoice = "western_electric",
    shift: float = 0.0,
    *,
    k: float = 3.0,
    scale: float = 1.0,
    full_window: bool = False,
) -> float:
    """Return the average run length when the mean is off by ``shift`` and the spread is ``scale`` times what it was.

    Both in standard errors of the plotted statistic: a shift of δ process sigmas on means of n is δ√n. ``k``: distance
    of the control limits. The count begins at a fresh start, and "2 of 3" may signal at the second point, as in the
    published tables; ``full_window`` True asks for three, as ``signals`` does (it adds a fraction of a point).
    Example (Champ & Woodall, table 1): all four Western Electric rules, no shift: 91.75; rule 1 alone: 370.4.
    With trend or alternation rules the answer is numeric, to 10 digits or better (see ``neighbor_run_length``):
    6 points rising or falling alone 421.60 with or without shift, 14 by turns 601.01, all eight Nelson tests 73.48.
    Raises InvalidInput for a set that needs more than 200,000 memories (33,000 with trend or alternation rules).
    """
    if _compares_neighbors(rules):
        return _neighbor_system(rules, shift, scale, k, full_window).mean()
    chain = rule_chain(rules, k=k, full_window=full_window)
    return float(_solve(chain, _zone_chances(chain.edges, shift, scale))[0])


def run_length_distribution(
    rules: RuleChoice = "western_electric",
    shift: float = 0.0,
    *,
    k: float = 3.0,
    scale: float = 1.0,
    full_window: bool = False,
    points: int = 1000,
) -> RunLength:
    """Return mean, standard deviation and distribution (for ``points`` points) of the run length. See above."""
    if _compares_neighbors(rules):
        system = _neighbor_system(rules, shift, scale, k, full_window)
        return RunLength(*system.mean_and_sd(), system.survival(points))
    chain = rule_chain(rules, k=k, full_window=full_window)
    chances = _zone_chances(chain.edges, shift, scale)
    matrix = _matrix(chain, chances)
    mean = _solve(chain, chances)
    second = _solve(chain, chances, mean)  # E[T(T+1)]/2
    alive = np.zeros(len(chain))
    alive[0] = 1.0
    survival = np.empty(points + 1)
    backward = matrix.T.tocsr()
    for t in range(points + 1):
        survival[t] = alive.sum()
        alive = backward @ alive
    variance = 2.0 * second[0] - mean[0] - mean[0] ** 2
    return RunLength(float(mean[0]), math.sqrt(max(0.0, variance)), survival)


def _compares_neighbors(rules: RuleChoice) -> bool:
    return any(isinstance(rule.pattern, Trend | Alternating) for rule in choose_rules(rules))


def _neighbor_system(rules: RuleChoice, shift: float, scale: float, k: float, full_window: bool) -> NeighborSystem:
    patterns = tuple(rule.pattern for rule in choose_rules(rules))
    chain = _neighbor_chain(patterns, float(k), full_window)
    return neighbor_system(chain, _zone_chances(chain.edges, shift, scale))


@cache
def _neighbor_chain(patterns: tuple[Pattern, ...], k: float, full_window: bool) -> NeighborChain:
    """The cells of zone rules and neighbor rules together."""
    trackers = [_tracker(p, k, full_window) for p in patterns if not isinstance(p, Trend | Alternating)]
    neighbors = [p for p in patterns if isinstance(p, Trend | Alternating)]
    edges = tuple(sorted({edge for tracker in trackers for edge in (-tracker.sigmas, tracker.sigmas)}))
    values = _representatives(edges) if edges else [0.0]

    def step(memory: Memory, zone: int, direction: int) -> Memory | None:
        parts = [tracker.step(part, values[zone]) for tracker, part in zip(trackers, memory, strict=False)]
        parts += [
            step_neighbors(p, part, direction) for p, part in zip(neighbors, memory[len(trackers) :], strict=True)
        ]
        after = tuple(part for part in parts if part is not None)
        return after if len(after) == len(parts) else None

    return build_chain(edges, step, (*(tracker.start for tracker in trackers), *((0,) for _ in neighbors)))


@dataclass(frozen=True, eq=False)
class RuleChain:
    """The machine behind a rule set: from each state, ``moves[state, zone]`` is the next one, -1 a signal.

    ``edges`` are the inner boundaries of the zones, ascending; state 0 is a fresh start.
    """

    edges: tuple[float, ...]
    moves: Integers

    def __len__(self) -> int:
        return len(self.moves)


def rule_chain(rules: RuleChoice, *, k: float = 3.0, full_window: bool = False) -> RuleChain:
    """Return the smallest machine for a rule set (equivalent memories merged)."""
    patterns = tuple(rule.pattern for rule in choose_rules(rules))
    return _chain(patterns, float(k), full_window)


@cache
def _chain(patterns: tuple[Pattern, ...], k: float, full_window: bool) -> RuleChain:
    trackers = [_tracker(pattern, k, full_window) for pattern in patterns]
    edges = tuple(sorted({edge for tracker in trackers for edge in (-tracker.sigmas, tracker.sigmas)}))
    zones = _representatives(edges)
    start: Memory = tuple(tracker.start for tracker in trackers)
    number, waiting, moves = {start: 0}, [start], []
    for memory in waiting:
        row = []
        for value in zones:
            stepped = [tracker.step(part, value) for tracker, part in zip(trackers, memory, strict=True)]
            after = tuple(part for part in stepped if part is not None)
            if len(after) < len(trackers):
                row.append(-1)
                continue
            if after not in number:
                number[after] = len(number)
                waiting.append(after)
                if len(number) > MOST_STATES:
                    raise InvalidInput(
                        "rules", f"must need at most {MOST_STATES} memories", len(number), "Use fewer or shorter rules."
                    )
            row.append(number[after])
        moves.append(row)
    return RuleChain(edges, _merge_equivalent(np.array(moves, dtype=np.int64)))


def _representatives(edges: Sequence[float]) -> list[float]:
    """One value inside each zone."""
    inner = [0.5 * (a + b) for a, b in itertools.pairwise(edges)]
    return [edges[0] - 1.0, *inner, edges[-1] + 1.0]


def _merge_equivalent(moves: Integers) -> Integers:
    """Merge states that no sequence of zones can tell apart (Moore's partition refinement); state 0 stays first."""
    group = np.zeros(len(moves), dtype=np.int64)
    groups = 1
    while True:
        seen = np.where(moves < 0, -1, group[moves])
        _, first, which = np.unique(np.column_stack([group, seen]), axis=0, return_index=True, return_inverse=True)
        which = which.reshape(-1)
        if len(first) == groups:
            break
        group, groups = which, len(first)
    order = np.argsort(first)  # so that the fresh start keeps number 0
    rank = np.argsort(order)
    kept = moves[first[order]]
    return np.where(kept < 0, -1, rank[group[kept]])


class _Tracker(ABC):
    """What one rule must remember. ``step`` returns the next memory, or None for a signal."""

    sigmas: float
    start: Part

    @abstractmethod
    def step(self, memory: Part, value: float) -> Part | None:
        """The memory after one more point; None for a signal."""


class _Count(_Tracker):
    """k of the last m beyond, for each side: the bits of the last m - 1 points that may still matter."""

    def __init__(self, k: int, of: int, sigmas: float, full_window: bool) -> None:
        self.k, self.of, self.sigmas = k, of, sigmas
        self.start = (0, 0, 0 if full_window and k < of else of - 1)

    def step(self, memory: Part, value: float) -> Part | None:
        up, down, seen = memory
        above, below = value > self.sigmas, value < -self.sigmas
        full = seen >= self.of - 1
        for hit, bits in ((above, up), (below, down)):
            if hit and full and bits.bit_count() + 1 >= self.k:
                return None
        return self._shift(up, above), self._shift(down, below), min(seen + 1, self.of - 1)

    def _shift(self, bits: int, hit: bool) -> int:
        """The newest point in bit 0. A bit that no future can use is dropped."""
        bits = ((bits << 1) | hit) & ((1 << (self.of - 1)) - 1)
        for age in range(self.of - 2, -1, -1):
            if bits >> age & 1:
                newer = (bits & ((2 << age) - 1)).bit_count()
                if newer + (self.of - 1 - age) >= self.k:
                    break
                bits &= ~(1 << age)
        return bits


class _Inside(_Tracker):
    def __init__(self, points: int, sigmas: float) -> None:
        self.points, self.sigmas, self.start = points, sigmas, (0,)

    def step(self, memory: Part, value: float) -> Part | None:
        run = memory[0] + 1 if abs(value) <= self.sigmas else 0
        return None if run >= self.points else (run,)


class _OutsideRun(_Tracker):
    """Length of the run outside, and of the run on one side at its end."""

    def __init__(self, points: int, sigmas: float, both_sides: bool) -> None:
        self.points, self.sigmas, self.both_sides, self.start = points, sigmas, both_sides, (0, 0)

    def step(self, memory: Part, value: float) -> Part | None:
        run, side = memory
        if abs(value) <= self.sigmas:
            return 0, 0
        same = (side > 0) == (value > 0) and side != 0
        side = (side if same else 0) + (1 if value > 0 else -1)
        run = run + 1
        if run >= self.points and not (self.both_sides and abs(side) >= self.points):
            return None
        cap = self.points
        return min(run, cap), max(-cap, min(cap, side))


def _tracker(pattern: Pattern, k: float, full_window: bool) -> _Tracker:
    match pattern:
        case BeyondLimits():
            return _Count(1, 1, k, full_window=False)
        case Beyond(k=count, of=of, sigmas=sigmas):
            return _Count(count, of, sigmas, full_window and pattern.full_window)
        case Within(points=points, sigmas=sigmas):
            return _Inside(points, sigmas)
        case Outside(points=points, sigmas=sigmas, both_sides=both_sides):
            return _OutsideRun(points, sigmas, both_sides)
        case _:
            raise TypeError(f"{pattern} compares neighbors: neighbor_run_length is for those")


def _zone_chances(edges: Sequence[float], shift: float, scale: float) -> Array:
    if not (math.isfinite(shift) and math.isfinite(scale) and scale > 0.0):
        raise InvalidInput("shift and scale", "must be finite, scale above 0", (shift, scale), "Use a shift of 0 to 4.")
    z = [(edge - shift) / scale for edge in edges]
    below = [0.0, *(0.5 * math.erfc(-value / math.sqrt(2.0)) for value in z), 1.0]
    above = [1.0, *(0.5 * math.erfc(value / math.sqrt(2.0)) for value in z), 0.0]
    # the smaller tails are subtracted, so that far zones keep their digits
    lower, upper = -np.diff(above), np.diff(below)
    return np.where(np.array(below[1:]) < 0.5, upper, lower)


def _matrix(chain: RuleChain, chances: Array) -> Any:
    from scipy.sparse import csr_array

    stays = chain.moves >= 0
    rows = np.nonzero(stays)[0]
    weights = np.broadcast_to(chances, chain.moves.shape)[stays]
    return csr_array((weights, (rows, chain.moves[stays])), shape=(len(chain), len(chain)))


def _solve(chain: RuleChain, chances: Array, right: Array | None = None) -> Array:
    """Solve (I - Q) t = 1 for the mean run length from every state."""
    from scipy.sparse import eye_array
    from scipy.sparse.linalg import spsolve

    ones = np.ones(len(chain)) if right is None else right
    system = (eye_array(len(chain), format="csc") - _matrix(chain, chances).tocsc()).tocsc()
    return np.atleast_1d(spsolve(system, ones))
