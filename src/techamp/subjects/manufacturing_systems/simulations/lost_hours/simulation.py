"""Lost hours: OEE from an event log, and which improvement brings good parts."""

from __future__ import annotations

from typing import ClassVar

from techamp.contract import Inputs, Measure, Outcome, Simulation
from techamp.subjects.manufacturing_systems.explaining.losses import LossTree
from techamp.subjects.manufacturing_systems.simulations.lost_hours.inputs import MACHINES, LostHoursInputs
from techamp.subjects.manufacturing_systems.simulations.lost_hours.plan import hours_of


class LostHours(Simulation[LostHoursInputs]):
    """Lathe, press and robot cell of the LA-20 plant, with all that goes wrong in a week."""

    id: ClassVar[str] = "manufacturing_systems.lost_hours"
    version: ClassVar[int] = 1
    title: ClassVar[str] = "Lost hours"
    summary: ClassVar[str] = (
        "Read the log of three machines, work out OEE, and spend hours of improvement where they bring good parts."
    )
    Inputs: ClassVar[type[Inputs]] = LostHoursInputs

    def run(self, inputs: LostHoursInputs, seed: int) -> Outcome:
        """One run, with its log, losses and pictures."""
        from techamp.subjects.manufacturing_systems.simulations.lost_hours import pictures, replay, words
        from techamp.subjects.manufacturing_systems.simulations.lost_hours.cell import run_cell
        from techamp.subjects.manufacturing_systems.simulations.lost_hours.losses import counted, loss_tree

        run = run_cell(tuple(inputs.goals.items()), _minutes(inputs), seed)
        full = {name: loss_tree(run, name, inputs.short_stop) for name in MACHINES}
        trees = {name: counted(tree, inputs) for name, tree in full.items()}
        active = {name: 1.0 - tree.no_parts - tree.no_place for name, tree in full.items()}
        return Outcome(
            measures=_measures(inputs, run.a_shift, trees[inputs.machine], _gain(inputs, len(run.out), seed)),
            charts=pictures.charts(inputs, run, trees),
            tables=pictures.tables(inputs, run, trees),
            trace=replay.trace(inputs, run),
            notes=words.notes(inputs, run, trees, active, full[inputs.machine]),
        )

    def measures(self, inputs: LostHoursInputs, seeds: list[int]) -> dict[str, list[float]]:
        """Without pictures; the same numbers as ``run``."""
        from techamp.subjects.manufacturing_systems.simulations.lost_hours.cell import run_cell
        from techamp.subjects.manufacturing_systems.simulations.lost_hours.losses import counted, loss_tree

        found: dict[str, list[float]] = {}
        for seed in seeds:
            run = run_cell(tuple(inputs.goals.items()), _minutes(inputs), seed)
            tree = counted(loss_tree(run, inputs.machine, inputs.short_stop), inputs)
            for measure in _measures(inputs, run.a_shift, tree, _gain(inputs, len(run.out), seed)):
                found.setdefault(measure.name, []).append(float(measure.value or 0.0))
        return found


def _minutes(inputs: LostHoursInputs) -> float:
    from techamp.subjects.manufacturing_systems.simulations.lost_hours.cell import SHIFT

    return inputs.shifts * SHIFT


def _gain(inputs: LostHoursInputs, good: int, seed: int) -> float:
    """Good parts a shift more than the cell of today with the same luck."""
    from techamp.subjects.manufacturing_systems.simulations.lost_hours.cell import TODAY, good_parts

    return (good - good_parts(TODAY, _minutes(inputs), seed)) / inputs.shifts


def _measures(inputs: LostHoursInputs, a_shift: float, tree: LossTree, gain: float) -> tuple[Measure, ...]:
    name = MACHINES[inputs.machine]
    return (
        Measure(
            name="output", label="Good parts a shift", value=a_shift, unit="parts", better="higher",
            help="Parts that left the robot cell and are good, in a shift of 450 minutes.",
        ),
        Measure(
            name="gain", label="Against the cell of today, same luck", value=gain, unit="parts/shift", better="higher",
            help="Good parts a shift, less those of the cell without any change.",
        ),
        Measure(
            name="hours", label="Improvement work", value=hours_of(inputs.goals), unit="h", better="lower", decimals=0,
            help="Hours that this plan takes. What each step costs stands beside its slider.",
        ),
        Measure(
            name="oee", label=f"OEE, {name.lower()}", value=100 * tree.oee, unit="%", better="higher",
            help="Availability × performance × quality.",
        ),
        Measure(
            name="availability", label="Availability", value=100 * tree.availability, unit="%", better="higher",
            help="Planned time without breakdowns and changeovers, of the planned time.",
        ),
        Measure(
            name="performance", label="Performance", value=100 * tree.performance, unit="%", better="higher",
            help="Time that the parts should have taken, of the available time.",
        ),
        Measure(
            name="quality", label="Quality", value=100 * tree.quality, unit="%", better="higher",
            help="Good parts of all parts made.",
        ),
    )  # fmt: skip
