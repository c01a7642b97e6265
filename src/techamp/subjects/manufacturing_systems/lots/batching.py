"""Batch size against lead time: small batches drown in setups, large ones wait for themselves.

Reference: Karmarkar (1987), Management Science 33(3); Hopp & Spearman, Factory Physics, chapter 9 (process batching).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from techamp.subjects.manufacturing_systems.faults import Faults, refuse_overload
from techamp.subjects.manufacturing_systems.queues.general import ggm


@dataclass(frozen=True)
class Batching:
    """The lead time of a part at a station that makes batches of ``size``, and what it is made of.

    ``lead_time`` = time in ``queue`` + ``setup`` + ``run`` time of the whole batch; ``collecting`` is the mean wait
    for the batch to come together before it, where parts arrive singly.
    """

    size: float
    utilization: float
    queue: float
    setup: float
    run: float
    collecting: float

    @property
    def lead_time(self) -> float:
        return self.queue + self.setup + self.run


def batch_lead_time(
    size: float, rate: float, setup: float, unit_time: float, ca2: float = 1.0, ce2: float = 1.0
) -> Batching:
    """Return the lead time of batches of ``size`` at one machine, as a G/G/1 queue of whole batches.

    ``rate`` parts per time unit; a batch takes s + Q·t; ca2 and ce2 are the SCVs of batch arrivals and batch times.
    u = rate·(s/Q + t). Raises InvalidInput where u ≥ 1, with the least batch that can keep up. Example (Hopp &
    Spearman: 0.4 parts an hour, setups of 5 hours, 1 hour a part, batches of 10): u = 0.6.

    >>> found = batch_lead_time(10, 0.4, 5, 1)
    >>> round(found.utilization, 3), round(found.lead_time, 2)
    (0.6, 37.5)
    """
    _check(rate, setup, unit_time)
    faults = Faults()
    faults.require(size >= 1, "batch size", "must be 1 or more", size, "Enter the parts per batch.")
    faults.positive("batch size", size, "Enter the parts per batch.")
    least = least_batch(rate, setup, unit_time)
    remedy = f"Make batches larger than {least:g}, or cut the setup."
    faults.require(size > least, "batch size", f"must be above {least:g} to keep up with demand", size, remedy)
    faults.stop()
    time = setup + size * unit_time
    queue = ggm(rate / size, time, ca2, ce2, 1)
    return Batching(size, queue.utilization, queue.Wq, setup, size * unit_time, (size - 1.0) / (2.0 * rate))


def least_batch(rate: float, setup: float, unit_time: float) -> float:
    """Return the batch size at which setups fill the machine: rate·s / (1 - rate·t). Batches must be larger.

    >>> round(least_batch(0.4, 5, 1), 4)
    3.3333
    """
    _check(rate, setup, unit_time)
    refuse_overload(rate * unit_time, "utilization without setups")
    return rate * setup / (1.0 - rate * unit_time)


def best_batch(rate: float, setup: float, unit_time: float, ca2: float = 1.0, ce2: float = 1.0) -> Batching:
    """Return the whole-number batch size of the shortest lead time. The curve falls steeply, then rises slowly.

    Example (as above): 9 parts.

    >>> best_batch(0.4, 5, 1).size
    9
    """
    if setup == 0:
        return batch_lead_time(1, rate, setup, unit_time, ca2, ce2)
    low = math.floor(least_batch(rate, setup, unit_time)) + 1

    def lead(size: int) -> float:
        return batch_lead_time(size, rate, setup, unit_time, ca2, ce2).lead_time

    reach = 1
    while lead(low + 2 * reach) < lead(low + reach):
        reach *= 2
    high = low + 2 * reach
    while low < high:  # the curve has one valley
        middle = (low + high) // 2
        if lead(middle) <= lead(middle + 1):
            high = middle
        else:
            low = middle + 1
    return batch_lead_time(low, rate, setup, unit_time, ca2, ce2)


def batch_curve(
    sizes: Sequence[float], rate: float, setup: float, unit_time: float, ca2: float = 1.0, ce2: float = 1.0
) -> list[Batching | None]:
    """Return the lead time for each batch size, None where the batch is too small to keep up.

    >>> [found and round(found.lead_time, 1) for found in batch_curve([3, 5, 8, 20], 0.4, 5, 1)]
    [None, 50.0, 37.1, 50.0]
    """
    least = least_batch(rate, setup, unit_time)
    return [batch_lead_time(size, rate, setup, unit_time, ca2, ce2) if size > least else None for size in sizes]


def _check(rate: float, setup: float, unit_time: float) -> None:
    faults = Faults()
    faults.positive("rate", rate, "Enter the parts wanted per time unit.")
    faults.not_negative("setup", setup, "Enter the time of a setup.")
    faults.positive("unit time", unit_time, "Enter the process time of one part.")
    faults.stop()
