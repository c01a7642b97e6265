"""What can be improved in the cell, how it is today, and what each step costs in hours of work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Goal:
    """One number of the cell. ``today`` and ``hours`` of work for each ``step`` that it goes down; up costs nothing."""

    name: str
    label: str
    unit: str
    today: float
    low: float
    high: float
    slider: float
    step: float
    hours: float

    @property
    def help(self) -> str:
        """How it is today, and the price of a step."""
        return (
            f"Today {self.today:g} {self.unit}. Price: {self.hours:g} hours of work for {self.step:g} {self.unit} less."
        )

    def cost(self, value: float) -> float:
        """Hours of work to get from today to ``value``."""
        return max(0.0, self.today - value) / self.step * self.hours


GOALS: tuple[Goal, ...] = (
    Goal("lathe_mttr", "Lathe: time to repair a breakdown", "min", 30.0, 5.0, 60.0, 1.0, 1.0, 2.0),
    Goal("lathe_stops", "Lathe: short stops", "stops/h", 4.0, 0.5, 8.0, 0.1, 1.0, 10.0),
    Goal("lathe_slow", "Lathe: shafts that run slow", "%", 12.0, 0.0, 40.0, 1.0, 1.0, 2.0),
    Goal("lathe_setup", "Lathe: time of a changeover", "min", 18.0, 3.0, 40.0, 1.0, 1.0, 3.0),
    Goal("lathe_scrap", "Lathe: scrap", "%", 1.5, 0.0, 10.0, 0.1, 0.1, 2.0),
    Goal("press_mttr", "Press: time to repair a breakdown", "min", 15.0, 3.0, 60.0, 1.0, 1.0, 1.0),
    Goal("cell_stops", "Robot cell: short stops", "stops/h", 4.0, 0.5, 8.0, 0.1, 1.0, 10.0),
)
"""What there is to improve. Repair times, changeover and scrap of today are the plant's; the rest is our choice."""
BY_NAME: Mapping[str, Goal] = {goal.name: goal for goal in GOALS}


def hours_of(values: Mapping[str, float]) -> float:
    """Hours of improvement work behind these values of all goals.

    >>> hours_of({goal.name: goal.today for goal in GOALS} | {"lathe_mttr": 20.0, "lathe_stops": 2.5})
    35.0
    """
    return round(sum(goal.cost(float(values[goal.name])) for goal in GOALS), 6)  # so that 40 hours are 40
