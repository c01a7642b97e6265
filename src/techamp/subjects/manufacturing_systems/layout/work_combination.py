"""One person at several machines: hands, walking and machines that run alone, against takt.

Reference: Monden (2012), Toyota Production System, 4th edition: the standard operations combination chart.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from techamp.subjects.manufacturing_systems.faults import Faults


@dataclass(frozen=True)
class WorkCombination:
    """``person``: hands and walking of one round; ``machine``: the longest machine, loading and running."""

    person: float
    machine: float

    @property
    def cycle(self) -> float:
        """Time from part to part: the person or a machine, whichever takes longer."""
        return max(self.person, self.machine)

    @property
    def waiting(self) -> float:
        """Time in a cycle for which the person waits for the machine."""
        return self.cycle - self.person


def work_combination(hands: Sequence[float], alone: Sequence[float], walk: float) -> WorkCombination:
    """Return how one person and her machines keep step, one part at a machine in each round.

    ``hands``: her time at each machine; ``alone``: time that it then runs by itself; ``walk``: the walking of a whole
    round, all in one unit. Example: three machines of 10, 15 and 5 s by hand that run 60, 40 and 0 s, and 12 s of
    walking.

    >>> found = work_combination([10, 15, 5], [60, 40, 0], 12)
    >>> found.person, found.machine, found.cycle, found.waiting
    (42, 70, 70, 28)
    """
    faults = Faults()
    faults.require(
        len(hands) > 0, "hands", "must have a machine or more", list(hands), "Give the time at each machine."
    )
    faults.same_length("alone", alone, len(hands), "machines")
    for name, times in (("hands", hands), ("alone", alone), ("walk", [walk])):
        wrong = [time for time in times if not (time >= 0 and math.isfinite(time))]
        faults.require(not wrong, name, "must not be below 0", wrong, "Enter the measured time.")
    faults.stop()
    return WorkCombination(sum(hands) + walk, max(h + a for h, a in zip(hands, alone, strict=True)))


def smallest_crew(work_content: float, takt: float) -> int:
    """Return how few people could do the work of each part within takt: work content over takt, rounded up.

    A bound: tasks cannot always be shared so evenly. Both in one unit. Example: 9.6 min of work at a takt of 3 min.

    >>> smallest_crew(9.6, 3)
    4
    """
    faults = Faults()
    faults.positive("work content", work_content, "Enter the hand time of one part.")
    faults.positive("takt", takt, "Enter working time over demand.")
    faults.stop()
    return math.ceil(work_content / takt * (1 - 1e-12))
