"""Long unreliable lines by decomposition: each buffer seen as a two-machine line of its own.

The method of Gershwin (1987) with the equations and the iteration of Dallery, David & Xie (1988), IIE Transactions
20(3): a machine up the line stands for all that happens before the buffer, one down the line for all that happens after
it; their failure and repair chances are adjusted until all buffers pass the same flow.
"""

from __future__ import annotations

from collections.abc import Sequence

from techamp.contract.errors import InvalidInput
from techamp.subjects.manufacturing_systems.faults import Faults
from techamp.subjects.manufacturing_systems.lines.deterministic_line import check_machines, two_machine_flow
from techamp.subjects.manufacturing_systems.lines.line_flow import LineFlow

Machine = tuple[float, float]  # r, p


def decomposed_line(
    r: Sequence[float], p: Sequence[float], N: Sequence[int], *, tolerance: float = 1e-10, rounds: int = 1000
) -> LineFlow:
    """Return throughput (parts per cycle) and buffer levels of a line of any length, approximately.

    ``r``, ``p``: chances of repair and failure in a cycle, one per machine; ``N`` ≥ 3: places of each buffer. Within
    about 1 % of exact for lines whose machines are alike, a few percent otherwise; exact for two machines. Ends when
    all buffers agree to ``tolerance``. Raises InvalidInput where it does not settle in ``rounds``. Example (three
    machines, r = 0.1, p = 0.01, buffers of 5; exact 0.79400): 0.79412.

    >>> round(decomposed_line([0.1] * 3, [0.01] * 3, [5, 5]).throughput, 5)
    0.79412
    """
    _check(r, p, N)
    machines = list(zip(map(float, r), map(float, p), strict=True))
    up, down = machines[:-1], machines[1:]
    for done in range(1, rounds + 1):
        _sweep(machines, up, down, N)
        flows = [two_machine_flow(*up[i], *down[i], N[i]) for i in range(len(N))]
        rates = [flow.throughput for flow in flows]
        if max(rates) - min(rates) <= tolerance * max(rates):
            return _line(flows, done)
    rule = f"must let the buffers agree within {rounds} rounds"
    remedy = "Use simulation: these machines are too unlike each other for this approximation."
    raise InvalidInput("decomposition", rule, f"rates from {min(rates):.6g} to {max(rates):.6g}", remedy)


def _sweep(machines: list[Machine], up: list[Machine], down: list[Machine], N: Sequence[int]) -> None:
    """Pass news of starving down the line, then news of blocking up the line."""
    last = len(N) - 1
    for i in range(1, last + 1):
        before = two_machine_flow(*up[i - 1], *down[i - 1], N[i - 1])
        up[i] = _stand_in(machines[i], down[i - 1], up[i - 1], before.throughput, before.starved[1])
    for i in range(last - 1, -1, -1):
        after = two_machine_flow(*up[i + 1], *down[i + 1], N[i + 1])
        down[i] = _stand_in(machines[i + 1], up[i + 1], down[i + 1], after.throughput, after.blocked[0])


def _stand_in(machine: Machine, same: Machine, beyond: Machine, rate: float, cut_off: float) -> Machine:
    """The stand-in for ``machine`` and all beyond it.

    ``same`` stood for it in the neighboring two-machine line, ``beyond`` for what lies beyond; ``cut_off`` is the share
    of time that it was starved (blocked) there. Its p/r follows from the flow, its r is a mean of whose repair it is.
    """
    r, p = machine
    ratio = 1.0 / rate + (r + p) / r - 2.0 - same[1] / same[0]
    ratio = max(ratio, 1e-12)
    share = min(1.0, cut_off / (ratio * rate))
    repair = share * beyond[0] + (1.0 - share) * r
    return repair, min(ratio * repair, 1.0 - 1e-9)


def _line(flows: list[LineFlow], rounds: int) -> LineFlow:
    levels = tuple(flow.buffer_levels[0] for flow in flows)
    starved = (0.0, *(flow.starved[1] for flow in flows))
    blocked = (*(flow.blocked[0] for flow in flows), 0.0)
    return LineFlow(flows[-1].throughput, levels, starved, blocked, rounds)


def _check(r: Sequence[float], p: Sequence[float], N: Sequence[int]) -> None:
    check_machines(r, p)
    faults = Faults()
    faults.require(len(r) > 1, "r", "must have two machines or more", list(r), "A single machine has no buffer.")
    faults.same_length("N", N, len(r) - 1, "gaps between machines")
    for i, places in enumerate(N, 1):
        faults.whole(f"N {i}", places, 3, 1_000_000, "Enter how many parts the buffer holds, 3 or more.")
    faults.stop()
