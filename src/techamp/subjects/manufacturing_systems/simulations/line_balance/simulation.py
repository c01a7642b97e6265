"""Line balance: eleven tasks of an assembly, stations against takt, and what the line makes when hands vary."""

from __future__ import annotations

from typing import ClassVar

from techamp.contract import Inputs, Measure, Outcome, Simulation
from techamp.subjects.manufacturing_systems.simulations.line_balance.inputs import LineBalanceInputs
from techamp.subjects.manufacturing_systems.simulations.line_balance.pictures import charts, tables, trace
from techamp.subjects.manufacturing_systems.simulations.line_balance.plan import Plan, plan_of, proven, tasks_of
from techamp.subjects.manufacturing_systems.simulations.line_balance.shift import first_hour, made, work
from techamp.subjects.manufacturing_systems.simulations.line_balance.words import notes

PAID = 16.0
"""Paid hours of a station in a day: two shifts of eight (plant.yaml, shifts.length)."""
RATE = 32.40
"""USD an hour of an operator (plant.yaml, labor.operator_rate)."""


class LineBalance(Simulation[LineBalanceInputs]):
    """Assembly line balancing with precedence, judged by a proven optimum and by a run."""

    id: ClassVar[str] = "manufacturing_systems.line_balance"
    version: ClassVar[int] = 1
    title: ClassVar[str] = "Line balance"
    summary: ClassVar[str] = (
        "Give eleven tasks to stations so that each keeps takt. Compare with the fewest stations that can do it, then "
        "run the line."
    )
    Inputs: ClassVar[type[Inputs]] = LineBalanceInputs

    def run(self, inputs: LineBalanceInputs, seed: int) -> Outcome:
        """One day of the line."""
        plan = plan_of(inputs)
        output = _output(plan, inputs, seed)
        hour = first_hour(plan, inputs, seed) if plan.runs else None
        said = notes(plan, inputs, output)
        return Outcome(
            measures=_measures(plan, inputs, output),
            charts=charts(plan, inputs, output),
            tables=tables(plan, inputs),
            trace=trace(plan, inputs, hour, said[0]),
            notes=said,
        )

    def measures(self, inputs: LineBalanceInputs, seeds: list[int]) -> dict[str, list[float]]:
        """The same numbers without pictures."""
        plan = plan_of(inputs)
        found: dict[str, list[float]] = {}
        for seed in seeds:
            for measure in _measures(plan, inputs, _output(plan, inputs, seed)):
                if measure.value is not None:
                    found.setdefault(measure.name, []).append(float(measure.value))
        return found


def _output(plan: Plan, inputs: LineBalanceInputs, seed: int) -> float:
    return made(work(plan, inputs, seed)) if plan.runs else 0.0


def _measures(plan: Plan, inputs: LineBalanceInputs, output: float) -> tuple[Measure, ...]:
    best = proven(tasks_of(inputs), inputs.takt)
    stations = len(plan.balance.stations)
    return (
        Measure(
            name="output", label="Actuators in a day", value=output, unit="parts", better="higher", decimals=0,
            help="In 900 min, with as many parts at hand as the line can take.",
        ),
        Measure(
            name="stations", label="Stations, one person each", value=float(stations), unit="", better="lower",
            decimals=0,
        ),
        Measure(
            name="least", label="Fewest stations that can do", value=None if best is None else float(best[0].least),
            decimals=0, help="Proven by search: no balance keeps this takt with fewer.",
        ),
        Measure(
            name="weights", label="By ranked positional weight",
            value=None if best is None else float(len(best[1].stations)), decimals=0,
            help="Stations that the quick method of the lecture needs.",
        ),
        Measure(
            name="longest", label="Longest station", value=plan.longest, unit="s", better="lower", decimals=0,
            help=f"Held against a takt of {inputs.takt:.1f} s.",
        ),
        Measure(
            name="efficiency", label="Balance efficiency", value=100.0 * plan.balance.efficiency, unit="%",
            better="higher", decimals=0, help="Work content, divided by stations times takt.",
        ),
        Measure(
            name="smoothness", label="Smoothness index", value=plan.balance.smoothness, unit="s", better="lower",
            decimals=0, help="Root of the summed squares of what each station has less than the longest one.",
        ),
        Measure(
            name="broken", label="Arrows turned around", value=float(len(plan.broken)), better="lower", decimals=0,
            help="Tasks that stand at an earlier station than one that must come before them.",
        ),
        Measure(
            name="labor", label="Labor for an actuator", value=stations * PAID * RATE / output if output else None,
            unit="USD", better="lower", decimals=2,
            help="Two shifts of eight paid hours at 32.40 USD for each station, over the day’s output.",
        ),
    )  # fmt: skip
