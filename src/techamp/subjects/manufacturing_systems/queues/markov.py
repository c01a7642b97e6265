"""Queues with Poisson arrivals and exponential service: M/M/1 and M/M/c, with the distribution of the wait.

Reference: Kleinrock (1975), Queueing Systems, volume 1, chapter 3; Erlang (1917).
"""

from __future__ import annotations

import math

from techamp.subjects.manufacturing_systems.faults import Faults, refuse_overload
from techamp.subjects.manufacturing_systems.queues.queue import Queue, queue_from_wait

MOST_SERVERS = 10_000_000


def erlang_b(load: float, servers: int) -> float:
    """Return Erlang's B: the share of arrivals lost when all ``servers`` are busy and nobody may wait.

    ``load`` = arrival rate × mean service time, in servers' worth of work (erlang). By the recursion
    B(c) = a·B(c-1) / (c + a·B(c-1)), whose terms are all positive: no factorial overflows and no digits are lost.
    Example (2 erlang on 3 servers): 4/19.

    >>> round(erlang_b(2.0, 3), 6)
    0.210526
    """
    faults = Faults()
    faults.not_negative("load", load, "Enter arrival rate times mean service time.")
    faults.whole("servers", servers, 0, MOST_SERVERS, "Enter how many servers there are.")
    faults.stop()
    blocked = 1.0
    for server in range(1, int(servers) + 1):
        blocked = load * blocked / (server + load * blocked)
    return blocked


def erlang_c(load: float, servers: int) -> float:
    """Return Erlang's C: the chance that an arrival finds all ``servers`` busy and waits. Needs load < servers.

    C = B / (1 - u(1 - B)) with u = load / servers. Raises InvalidInput where u ≥ 1.

    >>> round(erlang_c(1.8, 2), 6)
    0.852632
    """
    blocked = erlang_b(load, servers)
    utilization = load / servers if servers else math.inf
    refuse_overload(utilization)
    return blocked / (1.0 - utilization * (1.0 - blocked))


def mm1(arrival_rate: float, service_rate: float) -> Queue:
    """Return the M/M/1 queue: Poisson arrivals, exponential service, one server. Rates in jobs per time unit.

    u = λ/μ, Wq = u / (μ - λ), p_wait = u. Raises InvalidInput where u ≥ 1.
    Example (u = 0.9, mean service 1): a wait of 9.

    >>> round(mm1(0.9, 1.0).Wq, 6)
    9.0
    """
    return mmc(arrival_rate, service_rate, 1)


def mmc(arrival_rate: float, service_rate: float, servers: int) -> Queue:
    """Return the M/M/c queue; ``service_rate`` is that of one server. Rates in jobs per time unit.

    Wq = C(c, λ/μ) / (cμ - λ). Numerically stable for any c. Raises InvalidInput where λ ≥ cμ.

    >>> round(mmc(9.0, 1.0, 10).Wq, 6)
    0.668732
    """
    _check(arrival_rate, service_rate, servers)
    load = arrival_rate / service_rate
    p_wait = erlang_c(load, servers)
    Wq = p_wait / (servers * service_rate - arrival_rate)
    return queue_from_wait(arrival_rate, load / servers, Wq, 1.0 / service_rate, p_wait)


def mmc_wait_exceeds(arrival_rate: float, service_rate: float, servers: int, wait: float) -> float:
    """Return P(time in queue > ``wait``) in M/M/c, first come first served: C · exp(-(cμ - λ)·wait).

    >>> round(mmc_wait_exceeds(0.9, 1.0, 1, 10.0), 4)
    0.3311
    """
    _check_time(wait)
    queue = mmc(arrival_rate, service_rate, servers)
    spare = servers * service_rate - arrival_rate
    return (queue.p_wait or 0.0) * math.exp(-spare * wait)


def mmc_wait_quantile(arrival_rate: float, service_rate: float, servers: int, probability: float) -> float:
    """Return the wait that a share ``probability`` of jobs does not exceed; 0 where that many do not wait at all.

    >>> round(mmc_wait_quantile(0.9, 1.0, 1, 0.95), 3)
    28.904
    """
    faults = Faults()
    faults.share("probability", probability, "Enter a share such as 0.95.")
    faults.stop()
    queue = mmc(arrival_rate, service_rate, servers)
    spare = servers * service_rate - arrival_rate
    p_wait = queue.p_wait or 0.0
    return math.log(p_wait / (1.0 - probability)) / spare if p_wait > 1.0 - probability else 0.0


def mmc_time_exceeds(arrival_rate: float, service_rate: float, servers: int, time: float) -> float:
    """Return P(time in the station > ``time``), queue and service together, in M/M/c first come first served.

    With δ = cμ - λ: e^(-μt) + C·μ·(e^(-μt) - e^(-δt)) / (δ - μ), and e^(-μt)(1 + Cμt) where δ = μ. For c = 1 it is
    e^(-δt).

    >>> round(mmc_time_exceeds(0.5, 1.0, 1, 2.0), 6) == round(math.exp(-1.0), 6)
    True
    """
    _check_time(time)
    queue = mmc(arrival_rate, service_rate, servers)
    p_wait = queue.p_wait or 0.0
    spare = servers * service_rate - arrival_rate
    gap = (spare - service_rate) * time
    # (1 - e^-x)/x stays exact through x = 0, where the two rates meet
    ratio = -math.expm1(-gap) / gap if gap else 1.0
    return math.exp(-service_rate * time) * (1.0 + p_wait * service_rate * time * ratio)


def _check_time(time: float) -> None:
    faults = Faults()
    faults.not_negative("time", time, "Enter a time of 0 or more.")
    faults.stop()


def _check(arrival_rate: float, service_rate: float, servers: int) -> None:
    faults = Faults()
    faults.positive("arrival rate", arrival_rate, "Enter how many jobs arrive per time unit.")
    faults.positive("service rate", service_rate, "Enter how many jobs one server finishes per time unit.")
    faults.whole("servers", servers, 1, MOST_SERVERS, "Enter how many servers share the queue.")
    faults.stop()
