"""What every queue answers: how busy, how many wait, how long."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Queue:
    """Long-run averages of one station, in the symbols of the field.

    ``Wq`` and ``W`` are the times in queue and in the station (queue and process), in the time unit of the rates;
    ``Lq`` and ``L`` the jobs waiting and present; ``utilization`` the busy share of each server. ``p_wait`` is the
    chance that an arriving job must wait, where the model gives it. Little's law holds: L = rate · W, Lq = rate · Wq.
    """

    arrival_rate: float
    utilization: float
    Wq: float
    W: float
    Lq: float
    L: float
    p_wait: float | None = None


def queue_from_wait(rate: float, utilization: float, Wq: float, te: float, p_wait: float | None = None) -> Queue:
    """Return all measures from the mean wait and the mean process time ``te``, by Little's law."""
    W = Wq + te
    return Queue(rate, utilization, Wq, W, rate * Wq, rate * W, p_wait)
