"""Bars of states and of a part's time, for a phone and for a desk."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape

from techamp.contract import DataTable, Drawing
from techamp.subjects.manufacturing_systems.explaining.lead_time import PART_WORDS, LeadTime
from techamp.subjects.manufacturing_systems.explaining.states import STATE_WORDS, StationStates

NARROW, WIDE = 292, 720
ROW, BAR, LETTER = 30, 20, 7.2
MOST_ROWS = 60


def both(draw: Callable[[int], str]) -> tuple[str, str]:
    """The drawing for a phone and for a desk."""
    return draw(NARROW), draw(WIDE)


def states_drawing(states: Sequence[StationStates], bottleneck: str, name: str = "states", of: str = "") -> Drawing:
    """How each station spent its time."""
    used = [state for state in STATE_WORDS if any(s.shares[state] >= 0.0005 for s in states)]
    rows = [(s.name, s.shares) for s in states]
    narrow, wide = both(lambda width: share_bars(rows, {state: STATE_WORDS[state] for state in used}, width))
    most = max(states, key=lambda s: s.active)
    table = DataTable(
        name=name,
        title=f"Share of time{of}, %",
        columns=("Station", "Machines", *(STATE_WORDS[state].capitalize() for state in used)),
        rows=tuple((s.name, s.machines, *(f"{100 * s.shares[state]:.1f}" for state in used)) for s in states),
    )
    words = (
        f"Each bar is a station’s whole time. {most.name} is working, set up or down for {100 * most.active:.0f} % of "
        f"its time, the most of all{'; it is the bottleneck' if most.name == bottleneck else ''}."
    )
    title = f"What each station did with its time{of}"
    return Drawing(name=name, title=title, words=words, narrow=narrow, wide=wide, table=table)


def lead_time_drawing(lead: LeadTime) -> Drawing:
    """Where a part's time goes."""
    used = [kind for kind in PART_WORDS if lead.parts[kind] > 0.0005 * lead.total]
    kinds = {kind: PART_WORDS[kind] for kind in used}
    rows = [("in all", {kind: lead.parts[kind] / lead.total for kind in used})]
    rows += [(name, {kind: spent[kind] / lead.total for kind in used}) for name, spent in lead.stations.items()][
        :MOST_ROWS
    ]
    narrow, wide = both(lambda width: share_bars(rows, kinds, width))
    lines = [(name, *(f"{spent[kind]:.2f}" for kind in used)) for name, spent in lead.stations.items()]
    table = DataTable(
        name="lead_time",
        title=f"Time of a part, {lead.unit}",
        columns=("Station", *(word.capitalize() for word in kinds.values())),
        rows=(*lines, ("In all", *(f"{lead.parts[kind]:.2f}" for kind in used))),
    )
    title = f"Where a part’s {lead.total:.4g} {lead.unit} go"
    return Drawing(name="lead_time", title=title, words=lead.words[0], narrow=narrow, wide=wide, table=table)


def share_bars(rows: Sequence[tuple[str, Mapping[str, float]]], kinds: Mapping[str, str], width: int) -> str:
    """Stacked bars, parts of 1. On a phone each name stands above its bar."""
    beside = width >= 480
    left = min(0.26 * width, 12 + LETTER * max((len(name) for name, _ in rows), default=4)) if beside else 0.0
    pitch = ROW if beside else ROW + 16
    key, top = _legend(kinds, width)
    room = width - left - 4
    drawn, bottom = [key], top + pitch * len(rows)
    for tick in (0, 25, 50, 75, 100):
        x = left + room * tick / 100
        drawn.append(f'<path class="c-grid" d="M{x:.1f} {top}V{bottom}"/>')
        css = {0: "", 100: " end"}.get(tick, " mid")
        drawn.append(
            f'<text class="tick{css}" x="{x:.1f}" y="{bottom + 16}">{tick}{" %" if tick == 100 else ""}</text>'
        )
    for i, (name, shares) in enumerate(rows):
        y = top + pitch * i + (4 if beside else 20)
        most = int((left - 8 if beside else room) / LETTER)
        at = f'x="{left - 8:.0f}" y="{y + 15}" class="end"' if beside else f'x="0" y="{y - 5}"'
        drawn.append(f"<text {at}>{escape(name if len(name) <= most else name[: most - 1] + '…')}</text>")
        drawn += _stack(shares, kinds, left, y, room)
    return plot(width, bottom + 22, drawn)


def _stack(shares: Mapping[str, float], kinds: Mapping[str, str], x: float, y: float, room: float) -> list[str]:
    drawn = [f'<rect class="st-bar" x="{x:.1f}" y="{y}" width="{room:.1f}" height="{BAR}"/>']
    for kind in kinds:
        wide = shares.get(kind, 0.0) * room
        if wide <= 0:
            continue
        drawn.append(f'<rect class="k-{kind}" x="{x:.2f}" y="{y}" width="{wide:.2f}" height="{BAR}"/>')
        if wide > 30:
            at = f'x="{x + wide / 2:.1f}" y="{y + 14.5}"'
            drawn.append(f'<text class="in k-{kind}-in mid" {at}>{100 * shares[kind]:.0f}</text>')
        x += wide
    return drawn


def _legend(kinds: Mapping[str, str], width: int) -> tuple[str, float]:
    x, y, drawn = 0.0, 2, []
    for kind, word in kinds.items():
        wide = 20 + LETTER * len(word) + 14
        if x and x + wide > width:
            x, y = 0.0, y + 22
        drawn.append(f'<rect class="k-{kind}" x="{x:.0f}" y="{y}" width="14" height="14"/>')
        drawn.append(f'<text x="{x + 20:.0f}" y="{y + 12}">{escape(word)}</text>')
        x += wide
    return "".join(drawn), y + 22


def plot(width: int, height: float, drawn: Sequence[str]) -> str:
    """The drawing around its parts; its words and its table stand beside it."""
    head = f'<svg class="plot" viewBox="0 0 {width} {height:.0f}" width="{width}" height="{height:.0f}"'
    return f'{head} aria-hidden="true" focusable="false">{"".join(drawn)}</svg>'
