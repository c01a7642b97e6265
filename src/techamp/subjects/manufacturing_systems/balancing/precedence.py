"""Tasks, their times and what must come before what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from techamp.subjects.manufacturing_systems.faults import Faults

MOST_TASKS = 400


@dataclass(frozen=True)
class Precedence:
    """An assembly task graph. ``times`` one per task; ``arcs`` pairs (before, after), tasks counted from 0.

    Raises InvalidInput with all faults: times that are not above 0, arcs to tasks that are not there, a circle.
    """

    times: tuple[float, ...]
    arcs: tuple[tuple[int, int], ...]

    def __post_init__(self) -> None:
        faults = Faults()
        count = len(self.times)
        faults.require(1 <= count <= MOST_TASKS, "tasks", f"must be 1 to {MOST_TASKS}", count, "Split the line.")
        faults.every_positive("time of task", self.times, "Enter the time of the task.")
        there = [0 <= a < count and 0 <= b < count for a, b in self.arcs]
        wrong = [arc for arc, good in zip(self.arcs, there, strict=True) if not good]
        faults.require(not wrong, "arcs", f"must join tasks 0 to {count - 1}", wrong, "Correct the task numbers.")
        if not wrong:
            circle = _circle(count, self.arcs)
            faults.require(not circle, "arcs", "must not go round in a circle", circle, "Take one of these arcs out.")
        faults.stop()

    def __len__(self) -> int:
        return len(self.times)

    @cached_property
    def before(self) -> tuple[int, ...]:
        """For each task the tasks immediately before it, as bits."""
        return _bits(len(self), [(b, a) for a, b in self.arcs])

    @cached_property
    def after(self) -> tuple[int, ...]:
        """For each task the tasks immediately after it, as bits."""
        return _bits(len(self), self.arcs)

    @cached_property
    def all_after(self) -> tuple[int, ...]:
        """For each task all tasks after it, as bits."""
        return _closure(self.after)

    @cached_property
    def all_before(self) -> tuple[int, ...]:
        """For each task all tasks before it, as bits."""
        return _closure(self.before)

    @property
    def reversed(self) -> Precedence:
        """The same tasks done backward: as many stations are needed."""
        return Precedence(self.times, tuple((b, a) for a, b in self.arcs))

    def positional_weights(self) -> tuple[float, ...]:
        """Time of each task and all after it (Helgeson & Birnie 1961)."""
        return tuple(time + sum(self.times[k] for k in members(self.all_after[j])) for j, time in enumerate(self.times))


def parse_in2(text: str) -> Precedence:
    """Read the .IN2 format of Scholl's data sets: number of tasks, times, arcs "before,after" from 1, end "-1,-1".

    Raises InvalidInput where a line cannot be read.

    >>> parse_in2("3\\n5\\n4\\n3\\n1,2\\n1,3\\n-1,-1").arcs
    ((0, 1), (0, 2))
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    faults = Faults()
    remedy = "Give the number of tasks, one time per line, then arcs such as 1,2."
    count = int(lines[0]) if lines and lines[0].isdigit() else 0
    if faults.require(0 < count < len(lines), "line 1", "must be the number of tasks", lines[:1], remedy):
        times, arcs = lines[1 : count + 1], lines[count + 1 :]
        arcs = arcs[: next((i for i, line in enumerate(arcs) if line.replace(" ", "") == "-1,-1"), len(arcs))]
        for i, line in enumerate(times, 2):
            faults.require(_reads(line, 1), f"line {i}", "must be a time", line, remedy)
        for i, line in enumerate(arcs, count + 2):
            faults.require(_reads(line, 2), f"line {i}", "must be two task numbers", line, remedy)
    faults.stop()
    pairs = [[int(part) - 1 for part in line.split(",")] for line in arcs]
    return Precedence(tuple(float(line) for line in times), tuple((a, b) for a, b in pairs))


def members(bits: int) -> list[int]:
    """The tasks of a set kept as bits, ascending."""
    found = []
    while bits:
        lowest = bits & -bits
        found.append(lowest.bit_length() - 1)
        bits ^= lowest
    return found


def _reads(line: str, numbers: int) -> bool:
    parts = line.split(",")
    try:
        [float(part) if numbers == 1 else int(part) for part in parts]
    except ValueError:
        return False
    return len(parts) == numbers


def _bits(count: int, arcs: Sequence[tuple[int, int]]) -> tuple[int, ...]:
    found = [0] * count
    for a, b in arcs:
        found[a] |= 1 << b
    return tuple(found)


def _closure(direct: Sequence[int]) -> tuple[int, ...]:
    found = list(direct)
    changed = True
    while changed:
        changed = False
        for j, bits in enumerate(found):
            more = bits
            for k in members(bits):
                more |= found[k]
            if more != bits:
                found[j], changed = more, True
    return tuple(found)


def _circle(count: int, arcs: Sequence[tuple[int, int]]) -> list[int]:
    """A circle of tasks, if there is one: take away what has nothing before it until that is all there is."""
    left = set(range(count))
    while True:
        held = {b for a, b in arcs if a in left}
        free = left - held
        if not free:
            break
        left -= free
    if not left:
        return []
    task, path = min(left), []
    while task not in path:
        path.append(task)
        task = next(a for a, b in arcs if b == task and a in left)
    return path[path.index(task) :][::-1]
