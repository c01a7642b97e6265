"""Machines that fail and repair crews that fix them one by one: the finite-source queue M/M/c//N.

Reference: Feller, An Introduction to Probability Theory, volume 1, chapter XVII.7 (the servicing of machines).
"""

from __future__ import annotations

from dataclasses import dataclass

from techamp.subjects.manufacturing_systems.faults import Faults


@dataclass(frozen=True)
class MachineRepair:
    """Long-run averages. ``chances[n]`` is the chance that n machines are down.

    ``mean_down`` counts machines in repair or waiting for it, ``waiting`` those waiting; ``repair_rate`` is how many
    repairs are finished per time unit; ``mean_downtime`` and ``mean_wait`` are times of one machine; by Little's law
    mean_down = repair_rate · mean_downtime.
    """

    chances: tuple[float, ...]
    mean_down: float
    waiting: float
    crew_utilization: float
    repair_rate: float
    mean_downtime: float
    mean_wait: float
    availability: float


def machine_repair(machines: int, failure_rate: float, repair_rate: float, crews: int = 1) -> MachineRepair:
    """Return how many of ``machines`` are down when ``crews`` repair them, each crew one machine at a time.

    A running machine fails at ``failure_rate`` (1/MTTF); a crew repairs at ``repair_rate`` (1/MTTR). All times are
    exponential. The state climbs from n to n+1 at (N-n)·failure_rate and falls at min(n, c)·repair_rate.
    Example (6 machines, rates 0.2 and 1): 1.959 are down, the crew is busy 80.8 % of the time.

    >>> found = machine_repair(6, 0.2, 1.0)
    >>> round(found.mean_down, 4), round(found.crew_utilization, 4)
    (1.9592, 0.8082)
    """
    faults = Faults()
    faults.whole("machines", machines, 1, 100_000, "Enter how many machines the crews look after.")
    faults.positive("failure rate", failure_rate, "Enter 1 over the mean time to failure.")
    faults.positive("repair rate", repair_rate, "Enter 1 over the mean time to repair.")
    faults.whole("crews", crews, 1, 100_000, "Enter how many crews can repair at the same time.")
    faults.stop()
    chances = _chances(machines, failure_rate / repair_rate, crews)
    mean_down = sum(n * chance for n, chance in enumerate(chances))
    busy = sum(min(n, crews) * chance for n, chance in enumerate(chances))
    done = busy * repair_rate
    return MachineRepair(
        chances=chances,
        mean_down=mean_down,
        waiting=mean_down - busy,
        crew_utilization=busy / crews,
        repair_rate=done,
        mean_downtime=mean_down / done,
        mean_wait=(mean_down - busy) / done,
        availability=1.0 - mean_down / machines,
    )


def _chances(machines: int, ratio: float, crews: int) -> tuple[float, ...]:
    """Weights relative to the likeliest state, so that nothing overflows."""
    steps = [(machines - n) * ratio / min(n + 1, crews) for n in range(machines)]
    likeliest = next((n for n, step in enumerate(steps) if step < 1.0), machines)
    weights = [0.0] * (machines + 1)
    weights[likeliest] = 1.0
    for n in range(likeliest, machines):
        weights[n + 1] = weights[n] * steps[n]
    for n in range(likeliest, 0, -1):
        weights[n - 1] = weights[n] / steps[n - 1]
    total = sum(weights)
    return tuple(weight / total for weight in weights)
