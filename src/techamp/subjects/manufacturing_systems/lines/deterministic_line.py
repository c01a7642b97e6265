"""Lines in lockstep whose machines fail: constant cycle times, geometric times to failure and repair, exactly.

The convention of Gershwin (1994), Manufacturing Systems Engineering, chapter 3. Time runs in cycles. In each cycle a
machine that is up and neither starved nor blocked passes on one part. A machine that works fails with chance p, one
that is down is repaired with chance r; a machine that does not work cannot fail. A buffer holds up to N parts, the
place in the machine after it included. Reference: Buzacott (1967); Gershwin & Schick (1983), Operations Research 31(2).
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

import numpy as np

from techamp.subjects.manufacturing_systems.faults import Faults
from techamp.subjects.manufacturing_systems.lines.line_flow import LineFlow
from techamp.subjects.manufacturing_systems.lines.stationary import Floats, Integers, refuse_too_many, stationary


def two_machine_line(r: tuple[float, float], p: tuple[float, float], N: int) -> LineFlow:
    """Return the two-machine line in closed form: p(n, a1, a2) = C·Xⁿ·Y1^a1·Y2^a2 inside, and its boundary states.

    ``r`` and ``p``: chances of repair and failure in a cycle; ``N`` ≥ 3. Throughput in parts per cycle.
    Gershwin (1994), table 3.1. Example (r = 0.1, p = 0.01, N = 4): 0.8409361.

    >>> round(two_machine_line((0.1, 0.1), (0.01, 0.01), 4).throughput, 7)
    0.8409361
    """
    check_machines(r, p)
    faults = Faults()
    faults.whole("N", N, 3, 1_000_000, "Enter the places of the buffer, 3 or more, or use deterministic_line.")
    faults.stop()
    return two_machine_flow(r[0], p[0], r[1], p[1], N)


def two_machine_flow(r1: float, p1: float, r2: float, p2: float, N: int) -> LineFlow:
    """The closed form itself, without checks, for the decomposition."""
    a1, a2 = r1 * (1 - p2) + r2 * (1 - r1), r1 * (1 - r2) + r2 * (1 - p1)
    b1, b2 = p1 * (1 - r2) + p2 * (1 - p1), p1 * (1 - p2) + p2 * (1 - r1)
    Y1, Y2 = a1 / b1, a2 / b2
    X = Y2 / Y1
    inner = (1 + Y1) * (1 + Y2)
    # the weights of level 1 over X and of level N-1 over X^(N-1); the empty and the full buffer with their neighbors
    empty, one = a1 / (r1 * p2), 1 + Y2 + a1 / b2 / p2
    full, last = a2 / (p1 * r2), 1 + Y1 + a2 / b1 / p1
    levels = np.arange(2, N - 1)
    powers = np.arange(N) * math.log(X)
    powers = np.exp(powers - max(powers[1], powers[-1]))  # scaled so that the largest is 1
    total = powers[1] * (empty + one) + powers[-1] * (full + last) + inner * powers[2 : N - 1].sum()
    starved, blocked = powers[1] * empty / total, powers[-1] * full / total
    level = powers[1] * one + powers[-1] * ((N - 1) * last + N * full) + inner * (levels * powers[2 : N - 1]).sum()
    rate = r2 / (r2 + p2) * (1.0 - starved)
    return LineFlow(float(rate), (float(level / total),), (0.0, float(starved)), (float(blocked), 0.0))


def deterministic_line(r: Sequence[float], p: Sequence[float], N: Sequence[int]) -> LineFlow:
    """Return a line of a few machines exactly, by its Markov chain of Π(N+1)·2^k states (at most 40,000).

    ``r`` and ``p`` one per machine, ``N`` ≥ 1 one per buffer. Throughput in parts per cycle. Example (three machines,
    r = 0.1, p = 0.01, buffers of 5; Gershwin & Schick's kind): 0.7940031.

    >>> round(deterministic_line([0.1] * 3, [0.01] * 3, [5, 5]).throughput, 7)
    0.7940031
    """
    check_machines(r, p)
    faults = Faults()
    faults.same_length("N", N, len(r) - 1, "gaps between machines")
    for i, places in enumerate(N, 1):
        faults.whole(f"N {i}", places, 1, 100_000, "Enter how many parts the buffer holds.")
    faults.stop()
    machines = len(r)
    sizes = [int(places) + 1 for places in N] + [2] * machines
    count = math.prod(sizes)
    refuse_too_many(count)
    digits = np.stack(np.unravel_index(np.arange(count), sizes), axis=1)
    levels, up = digits[:, : machines - 1], digits[:, machines - 1 :] == 1
    starved, blocked = np.zeros_like(up), np.zeros_like(up)
    starved[:, 1:], blocked[:, :-1] = levels == 0, levels == np.array(N)
    can_work = ~starved & ~blocked
    sources, targets, weights, made = _cycles(levels, up, can_work, np.array(r), np.array(p), sizes)
    chances = stationary(count, sources, targets, weights)
    idle = [tuple(map(float, chances @ (up & lost))) for lost in (starved, blocked)]
    rate = float((chances[sources] * weights) @ made)
    return LineFlow(rate, tuple(map(float, chances @ levels)), idle[0], idle[1])


def _cycles(
    levels: Integers, up: Floats, can_work: Floats, r: Floats, p: Floats, sizes: list[int]
) -> tuple[Integers, Integers, Floats, Floats]:
    """Each state with each way in which machines can be up in the next cycle: from, to, chance, part made."""
    found = []
    up_chance = np.where(up, np.where(can_work, 1.0 - p, 1.0), r)
    for after in itertools.product((0, 1), repeat=len(r)):
        state = np.array(after)
        chance = np.where(state == 1, up_chance, 1.0 - up_chance).prod(axis=1)
        source = np.flatnonzero(chance > 0.0)
        moves = (state == 1) & can_work[source]
        level = levels[source] + moves[:, :-1] - moves[:, 1:]
        target = np.ravel_multi_index((*level.T, *(np.full(len(source), a) for a in after)), sizes)
        found.append((source, target, chance[source], moves[:, -1].astype(float)))
    parts = [np.concatenate([one[k] for one in found]) for k in range(4)]
    return parts[0], parts[1], parts[2], parts[3]


def zero_buffer_efficiency(p: Sequence[float], r: Sequence[float]) -> float:
    """Return the efficiency of a line without buffers, where one stop stops all: 1/(1 + Σ p/r). Buzacott (1967).

    For constant, equal cycle times. Where machines can finish the part they hold, the line does a little better: a
    lower bound then. Example (p = 0.01, 0.02, 0.005; r = 0.1, 0.1, 0.05): 0.714.

    >>> round(zero_buffer_efficiency([0.01, 0.02, 0.005], [0.1, 0.1, 0.05]), 6)
    0.714286
    """
    check_machines(r, p)
    return 1.0 / (1.0 + sum(fail / repair for fail, repair in zip(p, r, strict=True)))


def check_machines(r: Sequence[float], p: Sequence[float]) -> None:
    """Raise InvalidInput unless each machine has chances of repair and failure in a cycle."""
    faults = Faults()
    faults.require(len(r) > 0, "r", "must have a machine or more", list(r), "Give each machine's chance of repair.")
    faults.same_length("p", p, len(r), "machines")
    for i, chance in enumerate(r, 1):
        faults.chance(f"r {i}", chance, "Enter cycle time over mean time to repair.")
    for i, chance in enumerate(p, 1):
        if faults.chance(f"p {i}", chance, "Enter cycle time over mean time to failure; 1e-9 for hardly ever."):
            faults.require(
                chance < 1, f"p {i}", "must be below 1", chance, "Take a cycle that is shorter than the MTTF."
            )
    faults.stop()
