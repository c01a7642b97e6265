"""Queues with any arrivals and service, by mean and squared coefficient of variation (SCV): M/G/1, G/G/1, G/G/m.

The SCV of a time is its variance over its squared mean: 0 for clockwork, 1 for exponential times. Reference:
Hopp & Spearman, Factory Physics, chapter 8; Pollaczek (1930) and Khinchine (1932); Kingman (1961); Sakasegawa (1977).
"""

from __future__ import annotations

import math

from techamp.subjects.manufacturing_systems.faults import Faults, refuse_overload
from techamp.subjects.manufacturing_systems.queues.queue import Queue, queue_from_wait


def mg1(arrival_rate: float, te: float, ce2: float) -> Queue:
    """Return the M/G/1 queue exactly (Pollaczek-Khinchine): Poisson arrivals, process time of mean te and SCV ce2.

    Wq = (1 + ce2)/2 · u/(1-u) · te with u = rate · te. Raises InvalidInput where u ≥ 1.
    Example (rate 0.8, constant service of 1): 2.0, half of what exponential service makes wait.

    >>> round(mg1(0.8, 1.0, 0.0).Wq, 6), round(mg1(0.8, 1.0, 1.0).Wq, 6)
    (2.0, 4.0)
    """
    found = ggm(arrival_rate, te, ca2=1.0, ce2=ce2, machines=1)
    return queue_from_wait(arrival_rate, found.utilization, found.Wq, te, found.utilization)


def gg1(arrival_rate: float, te: float, ca2: float, ce2: float) -> Queue:
    """Return the G/G/1 queue by Kingman's approximation, V · U · T: ((ca2 + ce2)/2) · (u/(1-u)) · te.

    Exact for Poisson arrivals, and in the limit of heavy traffic; good where u > 0.5 and the SCVs are at most
    about 2. Example (Hopp & Spearman: u = 0.9, te = 1, ca2 = 1, ce2 = 0.25): 5.625.

    >>> round(gg1(0.9, 1.0, 1.0, 0.25).Wq, 6)
    5.625
    """
    return ggm(arrival_rate, te, ca2, ce2, 1)


def ggm(arrival_rate: float, te: float, ca2: float, ce2: float, machines: int) -> Queue:
    """Return the G/G/m queue by Sakasegawa's approximation: V · u^(√(2(m+1)) - 1) / (m(1-u)) · te.

    ``te`` is the mean process time on one machine; u = rate · te / m. For m = 1 it is Kingman's. Against exact M/M/m it
    is within a few percent for u > 0.5. Raises InvalidInput where u ≥ 1.

    >>> round(ggm(1.8, 1.0, 1.0, 1.0, 2).Wq, 3)  # exact M/M/2: 4.263
    4.292
    """
    faults = Faults()
    faults.positive("arrival rate", arrival_rate, "Enter how many jobs arrive per time unit.")
    faults.positive("te", te, "Enter the mean process time on one machine.")
    faults.not_negative("ca2", ca2, "Enter the SCV of the times between arrivals; 1 for Poisson arrivals.")
    faults.not_negative("ce2", ce2, "Enter the SCV of the process time; 0 for a constant time.")
    faults.whole("machines", machines, 1, 1_000_000, "Enter how many machines share the queue.")
    faults.stop()
    u = arrival_rate * te / machines
    refuse_overload(u)
    return queue_from_wait(arrival_rate, u, math.prod(vut(u, te, ca2, ce2, machines)), te)


def vut(utilization: float, te: float, ca2: float, ce2: float, machines: int = 1) -> tuple[float, float, float]:
    """Return the three factors of the wait: variability V, utilization U and time T; their product is Wq.

    They say what to work on: less variability, less load, or shorter processing. Raises InvalidInput where u ≥ 1.

    >>> [round(factor, 6) for factor in vut(0.9, 1.0, 1.0, 1.0)]
    [1.0, 9.0, 1.0]
    """
    return (ca2 + ce2) / 2.0, utilization_term(utilization, machines), te


def utilization_term(utilization: float, machines: int = 1) -> float:
    """Return the U of VUT: u/(1-u) for one machine, u^(√(2(m+1)) - 1) / (m(1-u)) for m."""
    refuse_overload(utilization)
    return math.pow(utilization, math.sqrt(2.0 * (machines + 1)) - 1.0) / (machines * (1.0 - utilization))


def departure_scv(utilization: float, ca2: float, ce2: float, machines: int = 1) -> float:
    """Return the SCV of the times between departures, which is the arrival SCV of the next station.

    cd2 = 1 + (1-u²)(ca2 - 1) + (u²/√m)(ce2 - 1); for one machine u²·ce2 + (1-u²)·ca2. A busy station passes on its own
    variability, an idle one what it was given. Hopp & Spearman, chapter 8.

    >>> round(departure_scv(0.9, 1.0, 6.25), 4)
    5.2525
    """
    faults = Faults()
    holds = 0 <= utilization <= 1
    faults.require(holds, "utilization", "must be from 0 to 1", utilization, "Enter the busy share of a machine.")
    faults.not_negative("ca2", ca2, "Enter the SCV of the times between arrivals.")
    faults.not_negative("ce2", ce2, "Enter the SCV of the process time.")
    faults.stop()
    u2 = utilization * utilization
    return 1.0 + (1.0 - u2) * (ca2 - 1.0) + u2 / math.sqrt(machines) * (ce2 - 1.0)
