"""The value-stream map of a run: a box for each step with its data, the parts that wait before it, and the time ladder.

After Rother & Shook (1999), Learning to See: triangles hold inventory, the ladder's high treads waiting, its low ones
processing. A step's waiting is the mean time that parts spent there without being worked on, as the run measured it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from techamp.contract import DataTable, Drawing
from techamp.subjects.manufacturing_systems.builders.line.drawings import both, plot
from techamp.subjects.manufacturing_systems.explaining.lead_time import LeadTime
from techamp.subjects.manufacturing_systems.explaining.states import StationStates
from techamp.subjects.manufacturing_systems.flow.value_stream import Step, value_stream
from techamp.subjects.manufacturing_systems.model.factory_model import Model

BOX, GAP, TALL = 100, 44, 96
LADDER = 62
LETTER = 6.4
MOST = 20


@dataclass(frozen=True)
class MapStep:
    """One station on the map: times of one part in the model's unit, its machines, the share of time that it is up."""

    name: str
    cycle: float
    machines: int
    uptime: float
    waiting: float
    working: float
    inventory: float


def map_steps(model: Model, states: Sequence[StationStates], lead: LeadTime, rate: float) -> tuple[MapStep, ...]:
    """The stations of a line with one product that visits each of them once, in the order of its route.

    Empty for any other model: a map follows one product. ``rate``: parts per unit of time (Little's law gives the
    inventory).
    """
    if len(model.products) != 1:
        return ()
    route = model.products[0].route
    if len({step.station for step in route}) != len(route) or any(step.next for step in route) or len(route) > MOST:
        return ()
    by_name = {state.name: state for state in states}
    found = []
    for step in route:
        spent, shares = lead.stations[step.station], by_name[step.station].shares
        down = shares["down"] + shares["waiting_repair"]
        waiting = sum(time for kind, time in spent.items() if kind != "process")
        station, mean = model.station(step.station), model.process_time(model.products[0], step).mean
        found.append(MapStep(step.station, mean, station.machines, 1 - down, waiting, spent["process"], rate * waiting))
    return tuple(found)


def map_drawing(steps: Sequence[MapStep], rate: float, unit: str) -> Drawing:
    """The map."""
    stream = value_stream(
        [Step(s.name, s.working, s.inventory, s.working, max(min(s.uptime, 1.0), 1e-6)) for s in steps], rate
    )
    narrow, wide = both(lambda width: _map(steps, width, unit))
    most = max(steps, key=lambda s: s.waiting)
    words = (
        f"A part is {stream.lead_time:.4g} {unit} on its way and worked on for {stream.process_time:.4g} {unit} of it: "
        f"{100 * stream.efficiency:.0f} %. It waits longest at {most.name}, {most.waiting:.3g} {unit}."
    )
    title = "Value-stream map: what waits, and what is worked on"
    return Drawing(name="value_stream", title=title, words=words, narrow=narrow, wide=wide, table=_table(steps, unit))


def _table(steps: Sequence[MapStep], unit: str) -> DataTable:
    times = (f"Cycle time, {unit}", f"Waiting, {unit}", f"Worked on, {unit}")
    columns = ("Station", times[0], "Machines", "Up, %", "Parts waiting", *times[1:])

    def line(s: MapStep) -> tuple[object, ...]:
        held = (f"{100 * s.uptime:.0f}", f"{s.inventory:.2f}", f"{s.waiting:.2f}", f"{s.working:.2f}")
        return s.name, f"{s.cycle:.3g}", s.machines, *held

    return DataTable(name="value_stream", title="The value stream", columns=columns, rows=tuple(map(line, steps)))


def _map(steps: Sequence[MapStep], width: int, unit: str) -> str:
    """Rows of boxes, each row with its piece of the ladder under it."""
    per_row = max(1, int((width + 4) // (BOX + GAP)))
    pitch = TALL + LADDER + 26
    drawn = []
    for i, step in enumerate(steps):
        row, column = divmod(i, per_row)
        drawn += _step(step, column * (BOX + GAP), row * pitch + 4, unit)
    rows = -(-len(steps) // per_row)
    return plot(width, rows * pitch + 4, drawn)


def _step(step: MapStep, x: float, y: float, unit: str) -> list[str]:
    """A triangle with what waits, the box with its data, and the two treads of the ladder."""
    left, middle = x + GAP, y + 22
    lines = [
        f"C/T {step.cycle:.3g} {unit}",
        f"{step.machines} machine{'s' * (step.machines > 1)}",
        f"up {100 * step.uptime:.0f} %",
    ]
    name = step.name if len(step.name) <= 13 else step.name[:12] + "…"
    base = y + TALL + 30
    return [
        f'<path class="v-stock" d="M{x + 20:.1f} {middle - 14:.1f}l15 26h-30Z"/>',
        f'<text class="mid v-in" x="{x + 20:.1f}" y="{middle + 8:.1f}">I</text>',
        f'<text class="mid" x="{x + 20:.1f}" y="{middle + 28:.1f}">{_short(step.inventory)}</text>',
        f'<rect class="v-box" x="{left}" y="{y}" width="{BOX}" height="{TALL}"/>',
        f'<path class="v-line" d="M{left} {y + 26}h{BOX}"/>',
        f'<text class="v-name" x="{left + 8}" y="{y + 18}">{escape(name)}</text>',
        *(f'<text x="{left + 8}" y="{y + 44 + 19 * k}">{line}</text>' for k, line in enumerate(lines)),
        f'<path class="v-ladder" d="M{x} {base}h{GAP}v22h{BOX}v-22"/>',
        f'<text class="mid" x="{x + GAP / 2}" y="{base - 6}">{_short(step.waiting)}</text>',
        f'<text class="mid" x="{left + BOX / 2}" y="{base + 16}">{_short(step.working)} {unit}</text>',
    ]


def _short(number: float) -> str:
    return f"{number:.1f}" if number < 100 else f"{number:,.0f}"
