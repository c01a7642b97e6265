"""Classes of jobs with priorities at one machine that finishes what it has begun (non-preemptive, head of the line).

Reference: Cobham (1954), Operations Research 2(1), 70-76.
"""

from __future__ import annotations

from collections.abc import Sequence

from techamp.subjects.manufacturing_systems.faults import Faults, refuse_overload
from techamp.subjects.manufacturing_systems.queues.markov import erlang_c
from techamp.subjects.manufacturing_systems.queues.queue import Queue, queue_from_wait


def priority_mg1(rates: Sequence[float], te: Sequence[float], ce2: Sequence[float]) -> list[Queue]:
    """Return one queue for each class, the most urgent first; exact for Poisson arrivals and any service.

    Wq_k = R / ((1 - s_{k-1})(1 - s_k)), with R = Σ λ_i te_i² (1 + ce2_i)/2, what is left of the job in process, and s_k
    the utilization by classes 1 to k. The waits, weighted by utilization, sum to what they were without priorities
    (Kleinrock's conservation law): priority moves waiting, it removes none. Raises InvalidInput where Σu ≥ 1.
    Example (Cobham; rates 0.3 and 0.4, exponential service of mean 1): 1.0 and 3.333.

    >>> [round(q.Wq, 4) for q in priority_mg1([0.3, 0.4], [1.0, 1.0], [1.0, 1.0])]
    [1.0, 3.3333]
    """
    _check(rates, te, ce2)
    left_over = sum(rate * t * t * (1.0 + c2) / 2.0 for rate, t, c2 in zip(rates, te, ce2, strict=True))
    total = sum(rate * t for rate, t in zip(rates, te, strict=True))
    refuse_overload(total)
    found, more_urgent = [], 0.0
    for rate, t in zip(rates, te, strict=True):
        up_to = more_urgent + rate * t
        wait = left_over / ((1.0 - more_urgent) * (1.0 - up_to))
        found.append(queue_from_wait(rate, rate * t, wait, t, total))
        more_urgent = up_to
    return found


def priority_mmc(rates: Sequence[float], service_rate: float, servers: int) -> list[Queue]:
    """Return one queue for each class on ``servers`` machines with one exponential service rate, the most urgent first.

    Wq_k = C / (cμ (1 - s_{k-1})(1 - s_k)), with Erlang's C. Raises InvalidInput where Σλ ≥ cμ.

    >>> [round(q.Wq, 4) for q in priority_mmc([0.3, 0.4], 1.0, 1)]
    [1.0, 3.3333]
    """
    faults = Faults()
    faults.require(len(rates) > 0, "rates", "must have a class or more", list(rates), "Give each class's rate.")
    faults.every_positive("rate of class", rates, "Enter how many jobs of the class arrive per time unit.")
    faults.positive("service rate", service_rate, "Enter how many jobs one server finishes per time unit.")
    faults.stop()
    p_wait = erlang_c(sum(rates) / service_rate, servers)
    found, more_urgent = [], 0.0
    for rate in rates:
        busy = rate / (servers * service_rate)
        wait = p_wait / (servers * service_rate * (1.0 - more_urgent) * (1.0 - more_urgent - busy))
        found.append(queue_from_wait(rate, busy, wait, 1.0 / service_rate, p_wait))
        more_urgent += busy
    return found


def _check(rates: Sequence[float], te: Sequence[float], ce2: Sequence[float]) -> None:
    faults = Faults()
    faults.require(len(rates) > 0, "rates", "must have a class or more", list(rates), "Give each class's rate.")
    faults.every_positive("rate of class", rates, "Enter how many jobs of the class arrive per time unit.")
    faults.every_positive("te of class", te, "Enter the mean process time of the class.")
    faults.every_not_negative("ce2 of class", ce2, "Enter the SCV of the class's process time.")
    faults.same_length("te", te, len(rates), "classes")
    faults.same_length("ce2", ce2, len(rates), "classes")
    faults.stop()
