"""The line as a picture that lays itself out for its width: a row on a desk, a snake on a phone.

Each station is a link to its panel. After a run a bar in each says how it spent its time, and the one that sets the
pace is framed. ``scene.js`` replays a run on the same drawing: it finds stations by ``data-station``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import Any

from techamp.contract import Document
from techamp.subjects.manufacturing_systems.builders.line.document import (
    STATIONS,
    number_text,
    plain_route,
    policy_of,
    products_of,
    stations_of,
)
from techamp.subjects.manufacturing_systems.builders.line.station_boxes import station_words

BOX_HEIGHT, PITCH, GAP, TOP = 62, 104, 40, 26
LEAST = 100
"""The least width of a station's box that its words fit into."""
NAME_LETTER, WORD_LETTER = 7.6, 6.2
STATES = ("busy", "setup", "down", "waiting_repair", "waiting_operator", "blocked", "starved", "off_shift")


@dataclass(frozen=True)
class Layout:
    """Where each station stands: rows of ``per_row`` boxes ``box`` wide, in a snake where parts pass all in order."""

    width: int
    per_row: int
    box: float
    snake: bool = True

    def place(self, index: int) -> tuple[float, float]:
        """Left and top of a station's box."""
        row, column = divmod(index, self.per_row)
        column = column if row % 2 == 0 or not self.snake else self.per_row - 1 - column
        return GAP / 2 + column * (self.box + GAP), TOP + row * PITCH

    def turns_right(self, index: int) -> bool:
        """Whether the way into a station comes down at its right end; on its left or from the side otherwise."""
        row, column = divmod(index, self.per_row)
        return self.snake and row > 0 and column == 0 and (row % 2 == 1 or self.per_row == 1)

    def height(self, count: int) -> float:
        rows = -(-max(1, count) // self.per_row)
        return TOP + (rows - 1) * PITCH + BOX_HEIGHT + 14


def layout_of(width: int, count: int, snake: bool = True) -> Layout:
    """As many in a row as fit, spread over the width; boxes no wider than they need be."""
    per_row = max(1, min(max(1, count), int(width // (LEAST + GAP))))
    box = min(190.0, (width - per_row * GAP) / per_row)
    return Layout(width, per_row, box, snake)


def floor(document: Document, width: int, at: str, marks: Mapping[str, Any], bad: frozenset[str]) -> str:
    """The drawing. ``marks``: what a run found, as ``running.marks_of`` gives it; ``bad``: places with a fault."""
    stations = stations_of(document)
    layout = layout_of(width, len(stations), follows_the_row(document))
    drawn = [_belts(document, layout, len(stations))]
    drawn += [
        _station(document, layout, i, station, f"{STATIONS}-{i}" == at, marks, f"{STATIONS}-{i}" in bad)
        for i, station in enumerate(stations)
    ]
    height = layout.height(len(stations))
    return (
        f'<svg class="line-floor" viewBox="0 0 {width} {height:.0f}" width="{width}" height="{height:.0f}" '
        f'role="group" aria-label="The line">{"".join(drawn)}</svg>'
    )


def follows_the_row(document: Document) -> bool:
    """Whether parts visit the stations one after the other as they stand."""
    names = [str(station.get("name")) for station in stations_of(document)]
    return all(plain_route(product) in ([], names) for product in products_of(document))


def _belts(document: Document, layout: Layout, count: int) -> str:
    """What joins stations: an arrow from neighbor to neighbor, or an arc for each way that some route goes."""
    if not layout.snake:
        return "".join(_arc(layout, *way) for way in _ways(document))
    drawn = [_arrow(*_entry(layout))]
    for i in range(1, count):
        drawn.append(_arrow(*_between(layout, i)))
    x, y = layout.place(count - 1)
    right = ((count - 1) // layout.per_row) % 2 == 0
    middle = y + BOX_HEIGHT / 2
    drawn.append(
        _arrow(x + layout.box, middle, x + layout.box + 17, middle) if right else _arrow(x, middle, x - 17, middle)
    )
    return "".join(drawn)


def _ways(document: Document) -> list[tuple[int, int]]:
    """From station to station, each way once, over all routes."""
    places = {str(station.get("name")): i for i, station in enumerate(stations_of(document))}
    ways: dict[tuple[int, int], None] = {}
    for product in products_of(document):
        route = [places[name] for name in plain_route(product) or list(places) if name in places]
        ways |= {(a, b): None for a, b in pairwise(route) if a != b}
    return list(ways)


def _arc(layout: Layout, start: int, end: int) -> str:
    """A curve from one box to another, behind them, with its arrow half way; there and back bulge to either side."""
    (x0, y0), (x1, y1) = ((x + layout.box / 2, y + BOX_HEIGHT / 2) for x, y in (layout.place(start), layout.place(end)))
    along, across = x1 - x0, y1 - y0
    far = math.hypot(along, across)
    near = far < 1.5 * (layout.box + GAP)
    bulge = (0.12 if near else 0.32) * far
    cx, cy = (x0 + x1) / 2 + bulge * across / far, (y0 + y1) / 2 - bulge * along / far
    mx, my = (x0 + 2 * cx + x1) / 4, (y0 + 2 * cy + y1) / 4
    ux, uy = along / far, across / far
    tip = (
        f"M{mx - 5 * ux - 4 * uy:.1f} {my - 5 * uy + 4 * ux:.1f}L{mx + 4 * ux:.1f} {my + 4 * uy:.1f}"
        f"L{mx - 5 * ux + 4 * uy:.1f} {my - 5 * uy - 4 * ux:.1f}"
    )
    return f'<path class="belt" d="M{x0:.1f} {y0:.1f}Q{cx:.1f} {cy:.1f} {x1:.1f} {y1:.1f}{tip}"/>'


def _entry(layout: Layout) -> tuple[float, float, float, float]:
    x, y = layout.place(0)
    return x - 17, y + BOX_HEIGHT / 2, x - 2, y + BOX_HEIGHT / 2


def _between(layout: Layout, i: int) -> tuple[float, float, float, float]:
    """From station i − 1 to station i: across, or down at the end of a row."""
    (x0, y0), (x1, y1) = layout.place(i - 1), layout.place(i)
    if y0 == y1:
        middle = y0 + BOX_HEIGHT / 2
        return (x0 + layout.box, middle, x1 - 2, middle) if x1 > x0 else (x0, middle, x1 + layout.box + 2, middle)
    x = x0 + layout.box - 18 if layout.turns_right(i) else x0 + 18  # beside what stands above the box
    return x, y0 + BOX_HEIGHT, x, y1 - 2


def _arrow(x0: float, y0: float, x1: float, y1: float) -> str:
    along, across = ((x1 > x0) - (x1 < x0), 0) if y0 == y1 else (0, 1)
    tip = (
        f"M{x1 - 6 * along:.1f} {y1 - 4:.1f}L{x1:.1f} {y1:.1f}L{x1 - 6 * along:.1f} {y1 + 4:.1f}"
        if not across
        else f"M{x1 - 4:.1f} {y1 - 6:.1f}L{x1:.1f} {y1:.1f}L{x1 + 4:.1f} {y1 - 6:.1f}"
    )
    return f'<path class="belt" d="M{x0:.1f} {y0:.1f}L{x1:.1f} {y1:.1f}{tip}"/>'


def queue_place(layout: Layout, index: int) -> tuple[float, float]:
    """The middle of the mark that holds the places before a station."""
    x, y = layout.place(index)
    if not layout.snake or index == 0:
        return x + 16, y - 4  # a mark on the box
    x0, y0, x1, y1 = _between(layout, index)
    return (x0 + x1) / 2, (y0 + y1) / 2


def _station(
    document: Document,
    layout: Layout,
    index: int,
    station: Mapping[str, Any],
    chosen: bool,
    marks: Mapping[str, Any],
    bad: bool,
) -> str:
    x, y = layout.place(index)
    name = str(station.get("name") or "no name")
    found = _found(marks, index, name)
    neck = bool(found) and marks.get("bottleneck") == name
    words = station_words(document, station)
    room = layout.box - 18
    css = " ".join(["st", *["on"] * chosen, *["neck"] * neck, *["bad"] * bad])
    told = f"{name}, station {index + 1} of {len(stations_of(document))}: {words}{_told(station, found, neck, bad)}"
    parts = [
        f'<rect class="st-box" x="{x:.1f}" y="{y}" width="{layout.box:.1f}" height="{BOX_HEIGHT}"/>',
        f'<text class="st-name" x="{x + 9:.1f}" y="{y + 20}">{escape(_cut(name, int(room / NAME_LETTER)))}</text>',
        f'<text class="st-words" x="{x + 9:.1f}" y="{y + 38}">{escape(_cut(words, int(room / WORD_LETTER)))}</text>',
        _machines(station, x + layout.box - 9, y + 9),
        _bar(found, x + 9, y + BOX_HEIGHT - 14, layout.box - 18),
    ]
    side = "left" if layout.turns_right(index) else "right"
    label = f'{side}" x="{x if side == "left" else x + layout.box:.1f}" y="{y - 7}"'
    if bad or neck:
        parts.append(f'<text class="st-{"bad" if bad else "neck"} {label}>{"to mend" if bad else "bottleneck"}</text>')
    current = ' aria-current="true"' if chosen else ""
    place = f'href="?at={STATIONS}-{index}#panel" data-place="{STATIONS}-{index}" data-station="{index}"'
    inside = f'<title>{escape(told)}</title><g aria-hidden="true">{"".join(parts)}</g>'
    link = f'<a class="{css}" {place} data-side="{side}"{current}>{inside}</a>'
    return link + _queue(document, layout, index, station)


def _found(marks: Mapping[str, Any], index: int, name: str) -> Mapping[str, Any]:
    """What the last run found at a station, if it still has its name and place."""
    stations: Sequence[Mapping[str, Any]] = marks.get("stations", ())
    return stations[index] if index < len(stations) and stations[index].get("name") == name else {}


def _told(station: Mapping[str, Any], found: Mapping[str, Any], neck: bool, bad: bool) -> str:
    places = number_text(station.get("buffer"))
    said = f", {places} places before it" if places else ""
    if found:
        said += f"; working {round(100 * found['shares'].get('busy', 0.0))} % of its time"
    return said + ("; the bottleneck" if neck else "") + ("; has something to mend" if bad else "")


def _machines(station: Mapping[str, Any], right: float, y: float) -> str:
    """A small square for each machine, up to four, then a number."""
    text = number_text(station.get("machines", 1))
    count = int(text) if text.isdigit() and len(text) < 5 else 1
    if count < 2:
        return ""
    if count > 4:
        return f'<text class="st-count" x="{right:.1f}" y="{y + 11}">×{count}</text>'
    squares = (
        f'<rect class="st-machine" x="{right - 10 * (i + 1):.1f}" y="{y + 3}" width="8" height="8"/>'
        for i in range(count)
    )
    return "".join(squares)


def _bar(found: Mapping[str, Any], x: float, y: float, room: float) -> str:
    """How the station spent its time, as one bar."""
    drawn = [f'<rect class="st-bar" x="{x:.1f}" y="{y}" width="{room:.1f}" height="7"/>']
    for state in STATES:
        wide = room * found.get("shares", {}).get(state, 0.0)
        if wide > 0.2:
            drawn.append(f'<rect class="k-{state}" x="{x:.1f}" y="{y}" width="{wide:.1f}" height="7"/>')
        x += wide
    return "".join(drawn)


def _queue(document: Document, layout: Layout, index: int, station: Mapping[str, Any]) -> str:
    """The places before a station: their number in a round mark on the belt."""
    if index == 0 and policy_of(document) == "push" and not number_text(station.get("buffer")):
        return ""
    x, y = queue_place(layout, index)
    text = number_text(station.get("buffer")) or "∞"
    text = text if len(text) <= 3 else "…"
    half = 12 if len(text) < 3 else 15
    shown = f'<text x="{x:.1f}" y="{y + 4.5:.1f}" data-places="{escape(text)}">{escape(text)}</text>'
    box = f'<rect x="{x - half:.1f}" y="{y - 11:.1f}" width="{2 * half}" height="22" rx="11"/>'
    return f'<g class="rack" data-rack="{index}" aria-hidden="true">{box}{shown}</g>'


def _cut(text: str, room: int) -> str:
    return text if len(text) <= room else text[: max(1, room - 1)].rstrip(" ,") + "…"
