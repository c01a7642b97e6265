"""What an analysis of a line answers."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class LineFlow:
    """Long-run averages of a serial line.

    ``throughput`` in parts per time unit. ``buffer_levels`` are the parts between two machines, those in the machine
    after them and a blocked one before them included. ``starved`` and ``blocked`` are shares of all time, one per
    machine. ``rounds`` is 0 for an exact answer, else how often an approximation went through the line.
    """

    throughput: float
    buffer_levels: tuple[float, ...]
    starved: tuple[float, ...]
    blocked: tuple[float, ...]
    rounds: int = 0
