"""What the balancer sets: demand, which task is done at which station, how much hands vary, places between stations."""

from __future__ import annotations

from dataclasses import dataclass

from techamp.contract import Inputs, choice, flag, quantity

DAY = 54_000.0
"""Seconds of production time in a day: two shifts of 450 min (plant.yaml, shifts.planned_time)."""
MOST_STATIONS = 7


@dataclass(frozen=True)
class Task:
    """``after``: letters of the tasks that must be done before it; ``quick``: its seconds with the screwdriver."""

    letter: str
    name: str
    seconds: int
    quick: int
    after: str


TASKS = (
    Task("A", "Fix the actuator, scan its label", 44, 44, ""),
    Task("B", "Slide the coupling on", 44, 44, "A"),
    Task("C", "Set the motor on its flange", 54, 54, "B"),
    Task("D", "Tighten four motor screws", 66, 46, "C"),
    Task("E", "Clamp the coupling, check the gap", 38, 38, "D"),
    Task("F", "Fit the board bracket", 60, 60, "A"),
    Task("G", "Screw on the driver board", 78, 54, "F"),
    Task("H", "Route and clip the cable", 40, 40, "CF"),
    Task("I", "Plug in motor and encoder", 46, 46, "GH"),
    Task("J", "Power up, read the encoder", 38, 38, "EI"),
    Task("K", "Fit the cover and its seal", 68, 68, "J"),
)
"""Motor and board assembly of the LA-20: 576 s in all, 9.6 min (plant.yaml, motor.cycle_time)."""

_PLACES = {str(n): f"Station {n}" for n in range(1, MOST_STATIONS + 1)}


def _task(letter: str, station: int) -> str:
    task = next(task for task in TASKS if task.letter == letter)
    needs = f" After {' and '.join(task.after)}." if task.after else ""
    place: str = choice(str(station), _PLACES, label=f"{task.letter} · {task.name}", help=f"{task.seconds} s.{needs}")
    return place


class LineBalanceInputs(Inputs):
    """Demand, a station for each of eleven tasks, and how the line runs."""

    demand: int = quantity(
        300, "parts/day", range=(150, 500), step=5, label="Demand", help="The takt is 54,000 s of a day over it."
    )
    task_a: str = _task("A", 1)
    task_b: str = _task("B", 1)
    task_c: str = _task("C", 2)
    task_d: str = _task("D", 2)
    task_e: str = _task("E", 3)
    task_f: str = _task("F", 3)
    task_g: str = _task("G", 4)
    task_h: str = _task("H", 4)
    task_i: str = _task("I", 5)
    task_j: str = _task("J", 5)
    task_k: str = _task("K", 5)
    cv: float = quantity(
        20.0,
        "%",
        range=(0.0, 60.0),
        step=5.0,
        label="How much hand times vary",
        help="Standard deviation of a station’s time, as a share of its average.",
    )
    places: int = quantity(
        1, "parts", range=(0, 10), label="Places between two stations", help="Where a finished part may wait."
    )
    driver: bool = flag(
        False,
        label="Electric screwdriver at D and G",
        help="Task D takes 46 s in place of 66, and G 54 s in place of 78.",
    )

    @property
    def takt(self) -> float:
        """Seconds."""
        return DAY / self.demand

    @property
    def chosen(self) -> tuple[int, ...]:
        """The station that each task was given to, from 1."""
        return tuple(int(getattr(self, f"task_{task.letter.lower()}")) for task in TASKS)

    @property
    def seconds(self) -> tuple[int, ...]:
        """Each task’s time."""
        return tuple(task.quick if self.driver else task.seconds for task in TASKS)
