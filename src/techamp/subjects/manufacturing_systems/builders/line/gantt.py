"""The Gantt chart of the first hours: a lane for each machine."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from techamp.contract import DataTable, Drawing
from techamp.contract.drawing.axes import tick_decimals, tick_text, ticks
from techamp.subjects.manufacturing_systems.builders.line.drawings import LETTER, ROW, both, plot
from techamp.subjects.manufacturing_systems.builders.line.first_hours import FirstHours, Interval

MOST_LANES, MOST_LINES = 24, 200
HATCH = (
    '<defs><pattern id="stuck" width="5" height="5" patternUnits="userSpaceOnUse"><path class="hatch" d="M0 5L5 0"/>'
    "</pattern></defs>"
)


def gantt_drawing(hours: FirstHours) -> Drawing:
    """Machines over the first hours: work, setups, stops, and finished parts that could not leave."""
    model = hours.model
    lanes = [(i, m) for i, station in enumerate(model.stations) for m in range(station.machines)][:MOST_LANES]
    narrow, wide = both(lambda width: _gantt(hours, lanes, width))
    cut = (
        "" if len(lanes) == sum(s.machines for s in model.stations) else f" The first {MOST_LANES} machines are shown."
    )
    words = (
        f"A lane for each machine, from the empty line to {hours.shown:g} {model.time_unit}: blue is work, each block "
        f"a part; hatched is a finished part that cannot leave; red is a stop, violet a setup.{cut}"
    )
    title = "The first hours, machine by machine"
    return Drawing(name="gantt", title=title, words=words, narrow=narrow, wide=wide, table=_table(hours))


def _table(hours: FirstHours) -> DataTable:
    unit, stations = hours.model.time_unit, hours.model.stations

    def line(one: Interval) -> tuple[str, ...]:
        part = str(one.part) if one.kind == "work" else ""
        return stations[one.station].name, one.kind, part, f"{one.started:.2f}", f"{one.ended:.2f}"

    return DataTable(
        name="gantt",
        title=f"The first {hours.shown:g} {unit}",
        columns=("Station", "What", "Part", f"From, {unit}", f"To, {unit}"),
        rows=tuple(map(line, hours.intervals[:MOST_LINES])),
    )


def _gantt(hours: FirstHours, lanes: Sequence[tuple[int, int]], width: int) -> str:
    stations = hours.model.stations
    names = [stations[i].name + (f" {m + 1}" if stations[i].machines > 1 else "") for i, m in lanes]
    beside = width >= 480
    left = min(0.26 * width, 12 + LETTER * max(map(len, names))) if beside else 0.0
    pitch, room = (ROW - 4 if beside else ROW + 14), width - left - 6
    bottom = pitch * len(lanes) + 4
    drawn = [HATCH, *_axis(hours, left, room, bottom, width)]
    most = int((left - 8 if beside else room) / LETTER)
    for i, name in enumerate(names):
        y = 4 + pitch * i
        at = f'x="{left - 8:.0f}" y="{y + 17}" class="end"' if beside else f'x="0" y="{y + 14}"'
        drawn.append(f"<text {at}>{escape(name if len(name) <= most else name[: most - 1] + '…')}</text>")
    lane = _lanes(hours, lanes)
    for one in hours.intervals:
        if (at_lane := lane.get((one.station, one.machine))) is not None:
            drawn += _block(one, hours.shown, left, 4 + pitch * at_lane + (4 if beside else 19), room)
    return plot(width, bottom + 38, drawn)


def _lanes(hours: FirstHours, lanes: Sequence[tuple[int, int]]) -> dict[tuple[int, int], int]:
    """(station, machine counted through all stations) → lane."""
    firsts, count = [], 0
    for station in hours.model.stations:
        firsts.append(count)
        count += station.machines
    return {(i, firsts[i] + m): place for place, (i, m) in enumerate(lanes)}


def _axis(hours: FirstHours, left: float, room: float, bottom: float, width: int) -> list[str]:
    marks = [tick for tick in ticks(0.0, hours.shown, 4 if width < 480 else 8) if tick <= hours.shown]
    digits, drawn = tick_decimals(marks), []
    for tick in marks:
        x = left + room * tick / hours.shown
        css = " end" if tick > 0.93 * hours.shown else " mid" if tick else ""
        drawn.append(f'<path class="c-grid" d="M{x:.1f} 4V{bottom}"/>')
        drawn.append(f'<text class="tick{css}" x="{x:.1f}" y="{bottom + 16}">{tick_text(tick, digits)}</text>')
    drawn.append(f'<text class="end" x="{width - 2}" y="{bottom + 34}">{hours.model.time_unit}</text>')
    return drawn


def _block(one: Interval, shown: float, left: float, y: float, room: float) -> list[str]:
    def span(begin: float, end: float, css: str) -> str:
        x, wide = left + room * begin / shown, room * (min(end, shown) - begin) / shown
        return f'<rect class="{css}" x="{x:.1f}" y="{y}" width="{max(wide, 0.6):.1f}" height="18"/>'

    kind = {"work": f"g-work g-{one.part % 2}", "down": "k-down", "setup": "k-setup", "off": "k-off_shift"}[one.kind]
    drawn = [span(one.started, one.ended, kind)]
    if one.kind == "work" and one.left > one.ended < shown:
        drawn.append(span(one.ended, one.left, "g-stuck"))
    return drawn
