"""The line at work: her stations on the factory engine, with hand times that vary. Times in minutes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from techamp.subjects.manufacturing_systems.simulations.line_balance.inputs import LineBalanceInputs
from techamp.subjects.manufacturing_systems.simulations.line_balance.plan import Plan

if TYPE_CHECKING:
    from techamp.subjects.manufacturing_systems.simulations.the_line.line_run import LineRun, Replay

WARM_UP, COUNTED, SHOWN = 450.0, 900.0, 60.0
"""A shift until the line has settled, then a day of two shifts; the scene plays the first hour of it."""


def work(plan: Plan, inputs: LineBalanceInputs, seed: int, places: int | None = None) -> LineRun:
    """A day of the line. ``places`` between stations, if not those of the inputs."""
    from techamp.subjects.manufacturing_systems.simulations.the_line.line_run import run_line

    minutes, stops, room = _line(plan, inputs.places if places is None else places)
    return run_line(minutes, room, stops, stops, inputs.cv / 100.0, WARM_UP, COUNTED, seed, trace=False)


def first_hour(plan: Plan, inputs: LineBalanceInputs, seed: int) -> Replay:
    """Every visit of a part to a station in the first counted hour, of the same run."""
    from techamp.subjects.manufacturing_systems.simulations.the_line.line_run import line_model, replay

    minutes, stops, room = _line(plan, inputs.places)
    return replay(line_model(minutes, room, stops, stops, inputs.cv / 100.0), WARM_UP, SHOWN, seed)


def _line(plan: Plan, places: int) -> tuple[tuple[float, ...], tuple[float, ...], tuple[int, ...]]:
    minutes = tuple(load / 60.0 for load in plan.balance.loads)
    return minutes, (0.0,) * len(minutes), (places,) * (len(minutes) - 1)


def made(run: LineRun) -> float:
    """Actuators in the counted day."""
    return float(round(run.throughput * COUNTED))
