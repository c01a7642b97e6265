"""Charts, the table of stations and the trace of push and pull."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np

from techamp.contract import Chart, DataTable, Mark, RefLine, Series, Trace
from techamp.subjects.manufacturing_systems.engine.run import Run
from techamp.subjects.manufacturing_systems.simulations.push_and_pull.inputs import (
    STATIONS,
    TAKT_RATE,
    PushAndPullInputs,
    own_rates,
)
from techamp.subjects.manufacturing_systems.simulations.push_and_pull.line_run import (
    WARM_UP,
    Replay,
    cards_of,
    run_line,
)
from techamp.subjects.manufacturing_systems.simulations.push_and_pull.words import at_stations

SHOWN = 480.0
"""Minutes that the scene plays. Our choice: a shift of eight hours."""
SWEEPS: dict[str, tuple[str, tuple[float, ...]]] = {
    "conwip": ("wip", (4, 6, 8, 10, 12, 15, 18, 22, 28, 36, 46)),
    "kanban": ("cards", (0, 1, 2, 3, 4, 5, 6, 8)),
    "push": ("rate", (8.0, 10.0, 12.0, 13.0, 14.0, 15.0, 15.5, 16.0, 16.5, 17.0)),
}
NAMES = {"push": "Push by plan", "kanban": "Cards at each station", "conwip": "One cap for the line"}
MOST_HOURS = 200
"""Hours counted at each point of the curves, at most: a page waits for all of them. Our choice."""
MOST_WIP = 60.0
"""Parts in the line up to which the curves are drawn. Our choice."""

Point = tuple[float, float, float]


@lru_cache(maxsize=1024)
def point(inputs: PushAndPullInputs, seed: int) -> Point:
    """(parts in the line, parts per hour, hours of lead time)."""
    run = run_line(inputs, seed)
    return run.wip, 60.0 * run.throughput, run.flow_time / 60.0


def curves(inputs: PushAndPullInputs, seed: int) -> dict[str, list[Point]]:
    """Each method at several settings, with the same luck."""
    found = {}
    for method, (name, values) in SWEEPS.items():
        whole = name != "rate"
        # What the method does not use keeps its default, so that a slider of another method changes no run.
        base = PushAndPullInputs(method=method, cv=inputs.cv, repair=inputs.repair, hours=min(inputs.hours, MOST_HOURS))
        if method == "push":
            base = base.model_copy(update={"lumps": inputs.lumps})
        points = [point(base.model_copy(update={name: int(v) if whole else v}), seed) for v in values]
        found[method] = [one for one in points if one[0] <= MOST_WIP and np.isfinite(one[2])]
    return found


def charts(inputs: PushAndPullInputs, run: Run) -> tuple[Chart, ...]:
    """Output over parts in the line by method, lead time over output, parts in the line over time and by station."""
    found = curves(inputs, run.seed)
    here = (run.wip, 60.0 * run.throughput, run.flow_time / 60.0)
    return _trade(inputs, found, here), _lead(inputs, found, here), _over_time(inputs, run), _where(inputs, run)


def _rounded(values: Any) -> tuple[float, ...]:
    return tuple(round(float(v), 3) for v in values)


def _series(inputs: PushAndPullInputs, found: dict[str, list[Point]], x: int, y: int) -> tuple[Series, ...]:
    order = [inputs.method, *(m for m in SWEEPS if m != inputs.method)]
    return tuple(
        Series(
            name=method,
            label=NAMES[method],
            x=_rounded(p[x] for p in found[method]),
            y=_rounded(p[y] for p in found[method]),
            shape="line+points" if method == inputs.method else "line",
            role="now" if method == inputs.method else "aside",
        )
        for method in order
    )


def _marks(here: Point, x: int, y: int) -> tuple[Mark, ...]:
    fits = all(np.isfinite(here)) and here[0] <= MOST_WIP
    return (Mark(x=round(here[x], 3), y=round(here[y], 3), label="here", kind="note"),) if fits else ()


def _trade(inputs: PushAndPullInputs, found: dict[str, list[Point]], here: Point) -> Chart:
    slowest = min(own_rates(inputs))
    return Chart(
        name="trade",
        title="What comes out for what lies in the line",
        x_label="Parts in the line",
        y_label="Output",
        y_unit="parts/h",
        series=_series(inputs, found, 0, 1),
        lines=(
            RefLine(label=f"takt {TAKT_RATE:g}", value=TAKT_RATE, kind="target"),
            RefLine(label=f"slowest station {slowest:.1f}", value=round(slowest, 3), kind="limit"),
        ),
        marks=_marks(here, 0, 1),
        words=_trade_words(found),
        equation=f"slowest station alone: {slowest:.2f} parts/h, its stops counted",
    )


def parts_for_takt(points: list[Point]) -> float | None:
    """Parts in the line with which a method keeps takt, between the settings tried; None where none of them does."""
    for before, after in pairwise(points):
        if before[1] < TAKT_RATE <= after[1]:
            share = (TAKT_RATE - before[1]) / (after[1] - before[1])
            return before[0] + share * (after[0] - before[0])
    return None


def _trade_words(found: dict[str, list[Point]]) -> str:
    said = []
    for method, points in found.items():
        parts = parts_for_takt(points)
        if parts is not None:
            said.append(f"{NAMES[method].lower()} {parts:.0f}")
    if not said:
        return "No setting of the curves meets takt exactly between two of its points."
    return f"For {TAKT_RATE:g} parts an hour the line holds, with the same luck: {', '.join(said)} parts."


def _lead(inputs: PushAndPullInputs, found: dict[str, list[Point]], here: Point) -> Chart:
    return Chart(
        name="lead",
        title="Lead time for each output",
        x_label="Output",
        x_unit="parts/h",
        y_label="Lead time",
        y_unit="h",
        series=_series(inputs, found, 1, 2),
        lines=(RefLine(label="takt", value=TAKT_RATE, kind="target", axis="x"),),
        marks=_marks(here, 1, 2),
        words=(
            "The last bit of output costs most: near what the slowest station can make, each further part an hour "
            "takes more hours than the one before."
        ),
        zero=True,
    )


def _over_time(inputs: PushAndPullInputs, run: Run) -> Chart:
    series = run.series
    held = series.wip if series is not None else np.zeros(0)
    width = series.width / 60.0 if series is not None else 1.0
    lines: tuple[RefLine, ...] = ()
    if inputs.method == "conwip":
        lines = (RefLine(label=f"cap {inputs.wip}", value=float(inputs.wip), kind="limit"),)
    elif inputs.method == "kanban":
        cards = sum(cards_of(inputs, i) for i in range(len(STATIONS)))
        lines = (RefLine(label=f"{cards} cards", value=float(cards), kind="limit"),)
    return Chart(
        name="wip",
        title="Parts in the line",
        x_label="Time",
        x_unit="h",
        y_label="Parts",
        series=(
            Series(
                name="wip",
                label="This run",
                x=_rounded(width * (i + 0.5) for i in range(len(held))),
                y=_rounded(held),
            ),
        ),
        lines=lines,
        words=f"From {held.min():.0f} to {held.max():.0f} parts, on average over {width:g} h each."
        if len(held)
        else "",
        zero=True,
    )


def _where(inputs: PushAndPullInputs, run: Run) -> Chart:
    held = at_stations(run)
    said = ", ".join(f"{one.name} {parts:.1f}" for one, parts in zip(STATIONS, held, strict=True))
    return Chart(
        name="stations",
        title="Parts at each station",
        x_label="Station",
        x_names=tuple(one.name for one in STATIONS),
        y_label="Mean parts",
        series=(
            Series(name="parts", label="This run", x=tuple(float(i) for i in range(6)), y=_rounded(held), shape="bars"),
        ),
        words=f"On average: {said}.",
        zero=True,
    )


def tables(inputs: PushAndPullInputs, run: Run) -> tuple[DataTable, ...]:
    """What each station does with its time."""
    rows = []
    for i, (one, station, rate) in enumerate(zip(STATIONS, run.stations, own_rates(inputs), strict=True)):
        shares = [f"{100 * station.share(state):.1f}" for state in ("busy", "down", "blocked", "starved")]
        cards = f"{cards_of(inputs, i)}" if inputs.method == "kanban" else "–"
        rows.append((one.name, f"{rate:.1f}", *shares, cards))
    columns = ("Station", "Alone it could make, parts/h", "Working, %", "Down, %", "Blocked, %", "Waiting, %", "Cards")
    return (DataTable(name="stations", title="Stations", columns=columns, rows=tuple(rows)),)


def trace(inputs: PushAndPullInputs, run: Run, seen: Replay) -> Trace:
    """One row for each visit of a part to a station (min); ``fixed.stops`` are [station, machine, from, to]."""
    t = np.clip(np.append(seen.ended, SHOWN), 0.0, SHOWN)
    order = np.argsort(t, kind="stable")

    def column(values: Any, after: float) -> tuple[Any, ...]:
        whole = np.append(values, after)
        if whole.dtype.kind == "f":
            whole = np.where(np.isfinite(whole), np.round(whole, 2), 9.0 * SHOWN)
        return tuple(whole[order].tolist())

    beyond = 9.0 * SHOWN
    # The last row is no visit but the end of the replay.
    return Trace(
        t=tuple(np.round(t[order], 2).tolist()),
        unit="min",
        columns={
            "station": column(seen.station, -1),
            "machine": column(seen.machine, 0),
            "queued": column(seen.queued, beyond),
            "started": column(seen.started, beyond),
            "ended": column(seen.ended, beyond),
            "left": column(seen.left, beyond),
            "moved": column(seen.moved, beyond),
        },
        fixed={
            "names": [one.name for one in STATIONS],
            "machines": [one.machines for one in STATIONS],
            "method": inputs.method,
            "cap": inputs.wip if inputs.method == "conwip" else 0,
            "cards": [cards_of(inputs, i) for i in range(len(STATIONS))] if inputs.method == "kanban" else [],
            "rate": inputs.rate if inputs.method == "push" else 0.0,
            "takt": TAKT_RATE,
            "stops": [[k, m, round(begin, 2), round(end, 2)] for k, m, begin, end in seen.stops],
        },
    )


__all__ = ["SHOWN", "WARM_UP", "charts", "tables", "trace"]
