"""A live simulation inside a lecture: one chart of the bench, a few inputs, the run before as its ghost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from techamp.campus.learning.lecture.blocks import LiveSimulation
from techamp.campus.learning.plant import resolve
from techamp.campus.people.models import LedgerKey
from techamp.campus.play.bench import Bench, bench_of
from techamp.campus.play.origin import PlantStart, plant_starts
from techamp.contract import Chart


@dataclass(frozen=True)
class Shown:
    """What the page shows of a live simulation."""

    block: LiveSimulation
    bench: Bench
    chart: Chart
    ghost: Chart | None
    from_plant: tuple[PlantStart, ...]

    @property
    def note(self) -> str:
        """What happened, in words."""
        return next(iter(self.bench.outcome.notes), "")

    @property
    def other_luck(self) -> str:
        """The query of the same inputs with the next seed, this run as its ghost."""
        values = [(control.field.name, control.text) for control in self.bench.controls]
        ask = [
            ("do", "simulate"),
            ("simulation", self.block.id),
            ("seed", self.bench.seed + 1),
            ("was", self.bench.query),
        ]
        return urlencode([*ask, *values])


def show(block: LiveSimulation, asked: Mapping[str, str] | None = None, key: LedgerKey | None = None) -> Shown:
    """A run with what was asked for; with bad input, what is wrong and the run without it.

    InvalidInput or LookupError if the lecture itself declares what the simulation does not have.
    """
    declared = block.declared
    start, came = resolve(declared.inputs, key)
    bench = bench_of(declared.simulation, start, declared.free, asked or {"seed": str(declared.seed)})
    ghost = bench.was.chart(declared.chart) if bench.was else None
    kept = tuple(each for each in plant_starts(bench, came) if each.is_used)
    return Shown(block, bench, bench.outcome.chart(declared.chart), ghost, kept)
