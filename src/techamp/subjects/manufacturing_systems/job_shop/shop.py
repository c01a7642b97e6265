"""A job shop: what each job needs, in which order, on which machine, for how long."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from techamp.subjects.manufacturing_systems.faults import Faults, is_number

MOST_OPERATIONS = 5_000


@dataclass(frozen=True)
class JobShop:
    """``machines[j][k]`` (from 0) and ``times[j][k]`` of step k of job j. A machine does one step at a time to its end.

    Operations are numbered through, job after job. Raises InvalidInput with all faults.
    """

    machines: tuple[tuple[int, ...], ...]
    times: tuple[tuple[float, ...], ...]

    def __post_init__(self) -> None:
        faults = Faults()
        count = sum(map(len, self.machines))
        rule = f"must have 1 to {MOST_OPERATIONS:,} steps"
        faults.require(1 <= count <= MOST_OPERATIONS, "jobs", rule, count, "Take fewer jobs at a time.")
        faults.same_length("times", self.times, len(self.machines), "jobs")
        for j, (route, times) in enumerate(zip(self.machines, self.times, strict=False), 1):
            faults.require(len(route) > 0, f"job {j}", "must have a step or more", list(route), "Take it out.")
            faults.same_length(f"times of job {j}", times, len(route), "steps")
            faults.every_not_negative(f"job {j}, time of step", times, "Enter the process time.")
            for k, machine in enumerate(route, 1):
                faults.whole(f"job {j}, machine of step {k}", machine, 0, MOST_OPERATIONS, "Enter a machine, from 0.")
        faults.stop()

    def __len__(self) -> int:
        return sum(map(len, self.machines))

    @cached_property
    def operations(self) -> tuple[tuple[int, int], ...]:
        """(job, step) of each operation."""
        return tuple((j, k) for j, route in enumerate(self.machines) for k in range(len(route)))

    @cached_property
    def machine_of(self) -> tuple[int, ...]:
        return tuple(machine for route in self.machines for machine in route)

    @cached_property
    def time_of(self) -> tuple[float, ...]:
        return tuple(time for times in self.times for time in times)

    @cached_property
    def machine_count(self) -> int:
        return max(self.machine_of) + 1

    @cached_property
    def on_machine(self) -> tuple[tuple[int, ...], ...]:
        """The operations of each machine, in order of their numbers."""
        found: list[list[int]] = [[] for _ in range(self.machine_count)]
        for operation, machine in enumerate(self.machine_of):
            found[machine].append(operation)
        return tuple(map(tuple, found))

    @cached_property
    def remaining(self) -> tuple[float, ...]:
        """Work left in the job from each operation on, itself included."""
        return tuple(sum(self.times[j][k:]) for j, k in self.operations)


def parse_job_shop(text: str) -> JobShop:
    """Read the standard format: comments with #, then "jobs machines", then per job pairs "machine time", from 0.

    >>> parse_job_shop("# two jobs\\n2 2\\n0 3 1 2\\n1 4 0 1").times
    ((3.0, 2.0), (4.0, 1.0))
    """
    rows = [line.split() for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    faults = Faults()
    remedy = "Write the number of jobs and machines, then a row of machine and time pairs for each job."
    head = rows[0] if rows else []
    good = len(head) == 2 and all(part.isdigit() for part in head)
    if faults.require(good, "first row", "must be two numbers, jobs and machines", head, remedy):
        faults.require(len(rows) - 1 == int(head[0]), "rows", f"must be {head[0]}, one per job", len(rows) - 1, remedy)
        for j, row in enumerate(rows[1:], 1):
            readable = len(row) % 2 == 0 and all(_number(part) is not None for part in row)
            faults.require(readable, f"job {j}", "must be pairs of machine and time", " ".join(row), remedy)
            numbers = [_number(part) or 0.0 for part in row[0::2]] if readable else []
            inside = all(value.is_integer() and 0 <= value < int(head[1]) for value in numbers)
            faults.require(inside, f"job {j}", f"must use machines 0 to {int(head[1]) - 1}", " ".join(row), remedy)
    faults.stop()
    jobs: Sequence[list[float]] = [[float(part) for part in row] for row in rows[1:]]
    return JobShop(
        tuple(tuple(int(machine) for machine in job[0::2]) for job in jobs), tuple(tuple(job[1::2]) for job in jobs)
    )


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if is_number(value) else None
