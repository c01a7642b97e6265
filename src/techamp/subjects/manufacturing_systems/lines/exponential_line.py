"""Serial lines with exponential process times and finite buffers, exactly, as a Markov chain.

Blocking after service: a machine that has finished a part and finds the buffer full keeps the part and waits. The first
machine always has material, the last can always unload. A machine fails only while it works, and resumes its part.
Reference: Hunt (1956), Operations Research 4(6); Hillier & Boling (1967); Gershwin & Berman (1981) for failures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from techamp.subjects.manufacturing_systems.faults import Faults, is_number
from techamp.subjects.manufacturing_systems.lines.line_flow import LineFlow
from techamp.subjects.manufacturing_systems.lines.stationary import Floats, Integers, refuse_too_many, stationary


def exponential_line(
    rates: Sequence[float],
    buffers: Sequence[int],
    mttf: Sequence[float] | None = None,
    mttr: Sequence[float] | None = None,
) -> LineFlow:
    """Return throughput, buffer levels and lost time of an exponential line, exactly.

    ``rates`` in parts per time unit, one per machine; ``buffers`` places between machines i and i+1. ``mttf`` (working
    time to failure) and ``mttr``, both exponential, where machines fail; infinity for one that never does. The chain
    has up to Π(b+3) states, times 2 for each machine that fails; beyond 40,000 the line is refused.
    Example (Hunt 1956; three machines of rate 1, no buffers): 22/39.

    >>> round(exponential_line([1, 1, 1], [0, 0]).throughput * 39, 9)
    22.0
    """
    fails = [] if mttf is None else [i for i, time in enumerate(mttf) if not np.isposinf(time)]
    _check(rates, buffers, mttf, mttr, fails)
    failure = [1.0 / mttf[i] for i in fails] if mttf is not None else []
    repair = [1.0 / mttr[i] for i in fails] if mttr is not None else []
    states = _states(buffers, fails, len(rates))
    moves = _moves(states, rates, failure, repair)
    chances = stationary(len(states.parts), *moves)
    return LineFlow(
        throughput=float(rates[-1] * chances @ states.works[:, -1]),
        buffer_levels=tuple(map(float, chances @ states.parts)),
        starved=tuple(map(float, chances @ states.starved)),
        blocked=tuple(map(float, chances @ states.blocked)),
    )


@dataclass(frozen=True, eq=False)
class _States:
    """Row by row: parts between machines, which machines that can fail are up, and what each machine does.

    ``place`` finds a state's row from its digits, -1 where there is none.
    """

    parts: Integers
    up: Integers
    fails: list[int]
    starved: NDArray[np.bool_]
    blocked: NDArray[np.bool_]
    works: NDArray[np.bool_]
    place: Integers
    radix: Integers

    def row(self, parts: Integers, up: Integers) -> Integers:
        return np.asarray(self.place[np.hstack([parts, up]) @ self.radix])


def _states(buffers: Sequence[int], fails: list[int], machines: int) -> _States:
    sizes = [int(b) + 3 for b in buffers] + [2] * len(fails)
    count = int(np.prod(sizes, dtype=float))
    refuse_too_many(count)
    digits = np.stack(np.unravel_index(np.arange(count), sizes), axis=1) if sizes else np.zeros((1, 0), dtype=np.int64)
    radix = np.array([int(np.prod(sizes[i + 1 :])) for i in range(len(sizes))], dtype=np.int64)
    parts, up = digits[:, : machines - 1], digits[:, machines - 1 :]
    blocked = np.zeros((count, machines), dtype=bool)
    possible = np.ones(count, dtype=bool)
    for i in range(machines - 2, -1, -1):  # a blocked machine's place is taken by a part that it has finished
        most = buffers[i] + 2 - blocked[:, i + 1]
        blocked[:, i] = parts[:, i] == most
        possible &= parts[:, i] <= most
    starved = np.zeros_like(blocked)
    starved[:, 1:] = (parts == 0) & ~blocked[:, 1:]
    works = ~starved & ~blocked
    for k, i in enumerate(fails):
        possible &= (up[:, k] == 1) | works[:, i]  # a machine is down only in the midst of a part
        works[:, i] &= up[:, k] == 1
    place = np.full(count, -1, dtype=np.int64)
    place[possible] = np.arange(possible.sum())
    keep = possible
    return _States(parts[keep], up[keep], fails, starved[keep], blocked[keep], works[keep], place, radix)


def _moves(
    states: _States, rates: Sequence[float], failure: list[float], repair: list[float]
) -> tuple[Integers, Integers, Floats]:
    found: list[tuple[Integers, Integers, float]] = []
    for i, rate in enumerate(rates):
        source = np.flatnonzero(states.works[:, i])
        parts = states.parts[source].copy()
        if i > 0:
            parts[:, i - 1] -= 1
        if i < len(rates) - 1:
            parts[:, i] += 1
        found.append((source, states.row(parts, states.up[source]), rate))
    for k, i in enumerate(states.fails):
        running, down = np.flatnonzero(states.works[:, i]), np.flatnonzero(states.up[:, k] == 0)
        for source, rate in ((running, failure[k]), (down, repair[k])):
            up = states.up[source].copy()
            up[:, k] = 1 - up[:, k]
            found.append((source, states.row(states.parts[source], up), rate))
    weights = [np.full(len(source), float(rate)) for source, _, rate in found]
    return np.concatenate([f[0] for f in found]), np.concatenate([f[1] for f in found]), np.concatenate(weights)


def _check(
    rates: Sequence[float],
    buffers: Sequence[int],
    mttf: Sequence[float] | None,
    mttr: Sequence[float] | None,
    fails: list[int],
) -> None:
    faults = Faults()
    faults.require(len(rates) > 0, "rates", "must have a machine or more", list(rates), "Give each machine's rate.")
    faults.every_positive("rate of machine", rates, "Enter the parts per time unit of the machine.")
    faults.same_length("buffers", buffers, len(rates) - 1, "gaps between machines")
    for i, places in enumerate(buffers, 1):
        faults.whole(f"buffer {i}", places, 0, 100_000, "Enter how many parts fit between the two machines.")
    holds = (mttf is None) == (mttr is None)
    faults.require(holds, "mttf and mttr", "must come together", (mttf, mttr), "Give both, or neither.")
    if mttf is not None and mttr is not None:
        faults.same_length("mttf", mttf, len(rates), "machines")
        faults.same_length("mttr", mttr, len(rates), "machines")
        for i in fails:
            faults.positive(f"mttf {i + 1}", mttf[i], "Enter the mean working time to failure.")
            repair = mttr[i] if i < len(mttr) and is_number(mttr[i]) else 0.0
            faults.positive(f"mttr {i + 1}", repair, "Enter the mean time to repair.")
    faults.stop()
