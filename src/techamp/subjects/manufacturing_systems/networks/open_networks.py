"""Open networks: jobs enter, visit stations, and leave. Exactly where all is Poisson and exponential, else by SCVs.

Reference: Jackson (1957), Operations Research 5(4); Whitt (1983), The Queueing Network Analyzer, Bell System Technical
Journal 62(9).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from techamp.subjects.manufacturing_systems.faults import Faults, refuse_overload
from techamp.subjects.manufacturing_systems.networks.routing import Floats, traffic
from techamp.subjects.manufacturing_systems.queues.general import ggm
from techamp.subjects.manufacturing_systems.queues.markov import mmc
from techamp.subjects.manufacturing_systems.queues.queue import Queue


@dataclass(frozen=True)
class OpenNetwork:
    """The queues, one per station (None where no job comes), jobs in the network ``L`` and mean time ``W`` of a job.

    ``visits`` is how often a job comes to each station. Little's law holds: L = throughput · W.
    """

    queues: tuple[Queue | None, ...]
    visits: tuple[float, ...]
    throughput: float
    L: float
    W: float


def jackson_network(
    external: Sequence[float],
    routing: Sequence[Sequence[float]],
    service_rates: Sequence[float],
    servers: Sequence[int] | None = None,
) -> OpenNetwork:
    """Return an open Jackson network exactly: Poisson arrivals, exponential service, routing by chance.

    Each station behaves as an M/M/c of its own. Raises InvalidInput for routes without an end or a station with
    u ≥ 1. Example (one station of rate 2, a quarter of the jobs comes back): u = 2/3, 2 jobs, 2 time units.

    >>> found = jackson_network([1.0], [[0.25]], [2.0])
    >>> round(found.L, 6), round(found.W, 6)
    (2.0, 2.0)
    """
    counts = [1] * len(external) if servers is None else list(servers)
    _check(len(external), {"service rates": service_rates, "servers": counts}, counts)
    rates = traffic(external, routing)
    _refuse_overloads(rates / (np.asarray(service_rates) * np.asarray(counts)))
    queues = [
        mmc(float(rate), mu, count) if rate > 0 else None
        for rate, mu, count in zip(rates, service_rates, counts, strict=True)
    ]
    return _network(queues, rates, external)


def queueing_network(
    external: Sequence[float],
    routing: Sequence[Sequence[float]],
    te: Sequence[float],
    ce2: Sequence[float],
    machines: Sequence[int] | None = None,
    external_scv: Sequence[float] | None = None,
) -> OpenNetwork:
    """Return an open network of G/G/m stations approximately, by Whitt's linking equations for the SCVs of arrivals.

    ``te`` and ``ce2``: process time and its SCV; ``external_scv``: SCV of the times between arrivals from outside, 1
    unless told. Streams that split, merge and pass busy stations get a new SCV each; then each station is a G/G/m by
    VUT. Exact for a network of single Poisson, exponential machines; typically within 10 to 20 % on queue lengths.
    Example (M/M/1 with feedback, as above): 2 jobs.

    >>> round(queueing_network([1.0], [[0.25]], [0.5], [1.0]).L, 6)
    2.0
    """
    count = len(external)
    counts = [1] * count if machines is None else list(machines)
    scvs = [1.0] * count if external_scv is None else list(external_scv)
    _check(count, {"te": te, "machines": counts}, counts)
    faults = Faults()
    for name, values in (("ce2", ce2), ("external SCV", scvs)):
        faults.same_length(name, values, count, "stations")
        faults.every_not_negative(f"{name} of station", values, "Enter variance over squared mean.")
    faults.stop()
    rates = traffic(external, routing)
    busy = rates * np.asarray(te) / np.asarray(counts)
    _refuse_overloads(busy)
    ca2 = arrival_scvs(external, routing, rates, busy, np.asarray(ce2), np.asarray(counts), np.asarray(scvs))
    queues = [
        ggm(float(rates[i]), te[i], float(ca2[i]), ce2[i], counts[i]) if rates[i] > 0 else None for i in range(count)
    ]
    return _network(queues, rates, external)


def arrival_scvs(
    external: Sequence[float],
    routing: Sequence[Sequence[float]],
    rates: Floats,
    busy: Floats,
    ce2: Floats,
    machines: Floats,
    external_scv: Floats,
) -> Floats:
    """Solve Whitt's linear equations ca2_j = a_j + Σ ca2_i b_ij."""
    shares = np.asarray(routing, dtype=float)
    used = np.maximum(rates, 1e-300)
    from_inside = rates[:, None] * shares / used  # of all arrivals at j, those from i
    from_outside = np.asarray(external, dtype=float) / used
    kinds = 1.0 / np.maximum((from_inside**2).sum(axis=0) + from_outside**2, 1e-300)
    weight = 1.0 / (1.0 + 4.0 * (1.0 - busy) ** 2 * (kinds - 1.0))
    passed = 1.0 + (np.maximum(ce2, 0.2) - 1.0) / np.sqrt(machines)
    own = (1.0 - shares) + shares * (busy**2 * passed)[:, None]
    a = 1.0 + weight * (from_outside * external_scv - 1.0 + (from_inside * own).sum(axis=0))
    b = weight * from_inside * shares * (1.0 - busy**2)[:, None]
    found = np.linalg.solve(np.eye(len(rates)) - b.T, a)
    return np.where(rates > 0, np.maximum(found, 0.0), 1.0)


def _network(queues: Sequence[Queue | None], rates: Floats, external: Sequence[float]) -> OpenNetwork:
    throughput = float(sum(external))
    L = sum(queue.L for queue in queues if queue is not None)
    return OpenNetwork(tuple(queues), tuple(map(float, rates / throughput)), throughput, L, L / throughput)


def _refuse_overloads(busy: Floats) -> None:
    worst = int(np.argmax(busy))
    refuse_overload(float(busy[worst]), f"utilization of station {worst + 1}")


def _check(count: int, positive: dict[str, Sequence[float]], whole: Sequence[int]) -> None:
    faults = Faults()
    for name, values in positive.items():
        faults.same_length(name, values, count, "stations")
        faults.every_positive(f"{name} of station", values, "Enter a number above 0.")
    for i, value in enumerate(whole, 1):
        faults.whole(f"machines of station {i}", value, 1, 1_000_000, "Enter how many machines share the queue.")
    faults.stop()
