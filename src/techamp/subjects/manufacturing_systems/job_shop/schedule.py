"""A schedule: when each step starts; whether it can be done; what makes it as long as it is.

Reference: Pinedo, Scheduling, chapter 7; Roy & Sussmann (1964) for the graph of jobs and machines.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from techamp.contract.errors import InvalidInput
from techamp.subjects.manufacturing_systems.job_shop.shop import JobShop

ROUNDING = 1e-9


@dataclass(frozen=True)
class Schedule:
    """``starts`` of all operations, numbered as in ``shop``."""

    shop: JobShop
    starts: tuple[float, ...]

    @property
    def ends(self) -> tuple[float, ...]:
        return tuple(start + time for start, time in zip(self.starts, self.shop.time_of, strict=True))

    @property
    def makespan(self) -> float:
        return max(self.ends)

    @property
    def sequences(self) -> tuple[tuple[int, ...], ...]:
        """The order of operations on each machine."""
        ends = self.ends
        return tuple(tuple(sorted(ops, key=lambda o: (self.starts[o], ends[o], o))) for ops in self.shop.on_machine)

    @property
    def flow_times(self) -> tuple[float, ...]:
        """When each job is done, all released at 0."""
        found = [0.0] * len(self.shop.machines)
        for (job, _), end in zip(self.shop.operations, self.ends, strict=True):
            found[job] = max(found[job], end)
        return tuple(found)


def semi_active(shop: JobShop, sequences: Sequence[Sequence[int]]) -> Schedule:
    """Return the schedule that starts each operation as soon as its job and its machine, in the given order, allow.

    ``sequences``: for each machine its operations in order. Shifting all work left changes no order. Raises
    InvalidInput where an operation is missing or the orders wait for each other in a circle.

    >>> shop = JobShop(((0, 1), (1, 0)), ((3, 2), (4, 1)))
    >>> semi_active(shop, [[0, 3], [2, 1]]).starts
    (0.0, 4.0, 0.0, 4.0)
    """
    given = [sorted(sequence) for sequence in sequences]
    if given != [sorted(ops) for ops in shop.on_machine]:
        rule = "must hold each operation of each machine once"
        raise InvalidInput("sequences", rule, list(map(list, sequences)), "List the operations of every machine.")
    after = following(sequences, len(shop))
    waits = [0] * len(shop)
    links = [(o + 1, after[o]) for o in range(len(shop))]
    links = [(job_next if _same_job(shop, o) else -1, next_) for o, (job_next, next_) in enumerate(links)]
    for pair in links:
        for o in pair:
            if o >= 0:
                waits[o] += 1
    ready = [o for o, count in enumerate(waits) if not count]
    starts, done = [0.0] * len(shop), 0
    while ready:
        o = ready.pop()
        done += 1
        for successor in links[o]:
            if successor >= 0:
                starts[successor] = max(starts[successor], starts[o] + shop.time_of[o])
                waits[successor] -= 1
                if not waits[successor]:
                    ready.append(successor)
    if done < len(shop):
        stuck = [shop.operations[o] for o, count in enumerate(waits) if count]
        rule = "must not wait for each other in a circle"
        raise InvalidInput("sequences", rule, stuck, "Swap two of these (job, step) on a machine.")
    return Schedule(shop, tuple(starts))


def following(sequences: Sequence[Sequence[int]], count: int) -> list[int]:
    """For each operation the next one on its machine, or -1."""
    found = [-1] * count
    for sequence in sequences:
        for first, second in itertools.pairwise(sequence):
            found[first] = second
    return found


def left_shift(schedule: Schedule) -> Schedule:
    """Return an active schedule: each operation moved to the earliest gap on its machine that its job allows.

    Operations are placed anew in the order of their starts; none gets later, and none can then be made earlier without
    making another later.

    >>> shop = JobShop(((0,), (0,)), ((3,), (2,)))
    >>> left_shift(Schedule(shop, (4.0, 10.0))).starts
    (0.0, 3.0)
    """
    shop = schedule.shop
    ready = [0.0] * len(shop.machines)
    taken: list[list[tuple[float, float]]] = [[] for _ in range(shop.machine_count)]
    starts = [0.0] * len(shop)
    for o in sorted(range(len(shop)), key=lambda o: (schedule.starts[o], schedule.ends[o], o)):
        job, _ = shop.operations[o]
        start = _earliest(taken[shop.machine_of[o]], ready[job], shop.time_of[o])
        starts[o], ready[job] = start, start + shop.time_of[o]
        taken[shop.machine_of[o]].append((start, ready[job]))
        taken[shop.machine_of[o]].sort()
    return Schedule(shop, tuple(starts))


def schedule_faults(schedule: Schedule) -> list[str]:
    """Return what is wrong with a schedule as sentences: a step before its forerunner, a machine doing two at a time.

    >>> schedule_faults(Schedule(JobShop(((0, 1),), ((3, 2),)), (0.0, 2.0)))
    ['Job 0 starts step 1 at 2, before step 0 ends at 3.']
    """
    shop, ends, found = schedule.shop, schedule.ends, []
    for o, (job, step) in enumerate(shop.operations):
        if schedule.starts[o] < -ROUNDING:
            found.append(f"Job {job} starts step {step} at {schedule.starts[o]:g}, before 0.")
        if step and schedule.starts[o] < ends[o - 1] - ROUNDING:
            when = f"at {schedule.starts[o]:g}, before step {step - 1} ends at {ends[o - 1]:g}"
            found.append(f"Job {job} starts step {step} {when}.")
    for machine, sequence in enumerate(schedule.sequences):
        for first, second in itertools.pairwise(sequence):
            if schedule.starts[second] < ends[first] - ROUNDING:
                jobs = f"jobs {shop.operations[first][0]} and {shop.operations[second][0]}"
                found.append(f"Machine {machine} does {jobs} at the same time, at {schedule.starts[second]:g}.")
    return found


def critical_path(schedule: Schedule) -> list[int]:
    """Return a chain of operations, each starting when the one before ends, from 0 to the makespan.

    Only a change on this chain can shorten a semi-active schedule.

    >>> shop = JobShop(((0, 1), (1, 0)), ((3, 2), (4, 1)))
    >>> critical_path(semi_active(shop, [[0, 3], [2, 1]]))
    [2, 1]
    """
    ends, shop = schedule.ends, schedule.shop
    before = following([sequence[::-1] for sequence in schedule.sequences], len(shop))
    o = max(range(len(shop)), key=lambda o: ends[o])
    path = [o]
    while schedule.starts[o] > ROUNDING:
        forerunners = [before[o]] if before[o] >= 0 else []
        if shop.operations[o][1]:
            forerunners.append(o - 1)
        tight = [f for f in forerunners if abs(ends[f] - schedule.starts[o]) <= ROUNDING]
        if not tight:
            break  # not semi-active: the operation could start earlier
        o = tight[0]
        path.append(o)
    return path[::-1]


@dataclass(frozen=True)
class GanttBar:
    """One bar of a Gantt chart; rows are machines. ``critical`` where it lies on the critical path."""

    machine: int
    job: int
    step: int
    start: float
    end: float
    critical: bool


def gantt_rows(schedule: Schedule) -> list[list[GanttBar]]:
    """Return one row of bars per machine, each in order of time.

    >>> [len(row) for row in gantt_rows(Schedule(JobShop(((0, 1),), ((3, 2),)), (0.0, 3.0)))]
    [1, 1]
    """
    critical, ends = set(critical_path(schedule)), schedule.ends
    return [
        [GanttBar(machine, *schedule.shop.operations[o], schedule.starts[o], ends[o], o in critical) for o in sequence]
        for machine, sequence in enumerate(schedule.sequences)
    ]


def _same_job(shop: JobShop, o: int) -> bool:
    """Whether the next number is the next step of the same job."""
    return o + 1 < len(shop) and shop.operations[o + 1][1] > 0


def _earliest(taken: Sequence[tuple[float, float]], ready: float, time: float) -> float:
    start = ready
    for begin, end in taken:
        if start + time <= begin + ROUNDING:
            break
        start = max(start, end)
    return start
