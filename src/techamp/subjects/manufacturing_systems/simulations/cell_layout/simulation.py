"""Cell layout: six machines on a floor, and what their places do to walking, crossing ways and lead time."""

from __future__ import annotations

from typing import ClassVar

from techamp.contract import Inputs, Measure, Outcome, Simulation
from techamp.subjects.manufacturing_systems.layout.travel import along_aisles
from techamp.subjects.manufacturing_systems.simulations.cell_layout.floor import (
    crossings,
    least_part_meters,
    part_meters,
    point_of,
    spots_of,
)
from techamp.subjects.manufacturing_systems.simulations.cell_layout.inputs import CellLayoutInputs
from techamp.subjects.manufacturing_systems.simulations.cell_layout.lot import follow
from techamp.subjects.manufacturing_systems.simulations.cell_layout.people import best_crew
from techamp.subjects.manufacturing_systems.simulations.cell_layout.pictures import charts, tables, trace
from techamp.subjects.manufacturing_systems.simulations.cell_layout.words import notes

SETS, DAY = 225, 54_000.0
"""Sets wanted a day and its seconds of production time (plant.yaml, demand.per_day, shifts.planned_time_per_day)."""
_GAUGE, _PRESS = 3, 5


class CellLayout(Simulation[CellLayoutInputs]):
    """Places of machines, judged by flow, people and time."""

    id: ClassVar[str] = "manufacturing_systems.cell_layout"
    version: ClassVar[int] = 1
    title: ClassVar[str] = "Cell layout"
    summary: ClassVar[str] = (
        "Place six machines in departments, in a line or in a U. See how far parts and people go, and how long a lot "
        "takes."
    )
    Inputs: ClassVar[type[Inputs]] = CellLayoutInputs

    def run(self, inputs: CellLayoutInputs, seed: int) -> Outcome:
        """One lot through the cell."""
        spots = spots_of(inputs)
        crew = best_crew(inputs.floor, spots, inputs.people, inputs.box)
        lot = follow(inputs, spots, seed)
        measures = _measures(inputs, spots, lot.lead_time)
        said = notes(inputs, spots, crew, {m.name: float(m.value or 0.0) for m in measures})
        return Outcome(
            measures=measures,
            charts=charts(inputs, spots, crew, seed),
            tables=tables(inputs, spots, crew),
            trace=trace(inputs, spots, crew, lot, said[0]),
            notes=said,
        )

    def measures(self, inputs: CellLayoutInputs, seeds: list[int]) -> dict[str, list[float]]:
        """The same numbers without pictures."""
        spots = spots_of(inputs)
        found: dict[str, list[float]] = {}
        for seed in seeds:
            for measure in _measures(inputs, spots, follow(inputs, spots, seed).lead_time):
                found.setdefault(measure.name, []).append(float(measure.value or 0.0))
        return found


def _measures(inputs: CellLayoutInputs, spots: tuple[int, ...], lead_time: float) -> tuple[Measure, ...]:
    crew = best_crew(inputs.floor, spots, inputs.people, inputs.box)
    sets = min(float(SETS), DAY / crew.cycle)
    shaft = sum(follow(inputs, spots, 1).moves)
    far = along_aisles(point_of(inputs.floor, spots, _GAUGE), point_of(inputs.floor, spots, _PRESS))
    return (
        Measure(
            name="carried", label="Parts carried, all together", value=part_meters(inputs.floor, spots) / 1000.0,
            unit="km/day", better="lower", decimals=2, help="Each way, times the parts that take it in a day.",
        ),
        Measure(
            name="least", label="Least on this floor",
            value=least_part_meters(inputs.floor, inputs.drain == "drain")[0] / 1000.0, unit="km/day", decimals=2,
            help="All ways to place the machines, tried one by one.",
        ),
        Measure(name="shaft", label="A shaft’s way", value=shaft, unit="m", better="lower", decimals=0),
        Measure(
            name="walk", label="People walk", value=sets * crew.walk / 1000.0, unit="km/day", better="lower",
            decimals=2, help="All people of the cell, for the sets of a day.",
        ),
        Measure(
            name="cycle", label="A set each", value=crew.cycle, unit="s", better="lower", decimals=0,
            help="The slowest person or machine. Takt is 240 s.",
        ),
        Measure(
            name="lead", label="Lead time of the lot", value=lead_time / 60.0, unit="min", better="lower", decimals=0,
            help="From the door in until the last box is out.",
        ),
        Measure(
            name="crossings", label="Ways that cross", value=float(len(crossings(inputs.floor, spots))),
            better="lower", decimals=0,
        ),
        Measure(
            name="quiet", label="From gauge to press", value=far, unit="m", better="higher", decimals=0,
            help="The press shakes the floor, and the gauge feels it.",
        ),
    )  # fmt: skip
