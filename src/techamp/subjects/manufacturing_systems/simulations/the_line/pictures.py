"""Charts and tables of the line."""

from __future__ import annotations

import numpy as np

from techamp.contract import Chart, DataTable, RefLine, Series
from techamp.subjects.manufacturing_systems.simulations.the_line.inputs import STATIONS, TheLineInputs
from techamp.subjects.manufacturing_systems.simulations.the_line.line_run import LineRun
from techamp.subjects.manufacturing_systems.simulations.the_line.words import own_rates

MOST_PARTS = 400
"""Lead times drawn in a chart; of more, the first ones. Our choice."""
SHORT = {
    "lathe": "Lathe", "press": "Press", "cell": "Cell", "motor": "Motor", "test": "Test", "pack": "Pack",
}  # fmt: skip


def charts(inputs: TheLineInputs, line: LineRun, bottleneck: int) -> tuple[Chart, ...]:
    """Each station's own rate against the line's, where stations wait, and the lead time of part after part."""
    return _rates(inputs, line, bottleneck), _waiting(inputs, line), _lead_times(line)


def _rates(inputs: TheLineInputs, line: LineRun, bottleneck: int) -> Chart:
    rates, hourly = own_rates(inputs), 60.0 * line.throughput
    name = STATIONS[inputs.names[bottleneck]]
    return Chart(
        name="rates",
        title="What each station could make, and what the line makes",
        x_label="Station",
        y_label="Rate",
        y_unit="parts/h",
        series=(
            Series(
                name="own",
                label="The station alone",
                x=tuple(float(i + 1) for i in range(len(rates))),
                y=tuple(round(rate, 3) for rate in rates),
                shape="bars",
            ),
        ),
        lines=(RefLine(label=f"line {hourly:.2f}", value=round(hourly, 3), kind="center"),),
        x_names=tuple(SHORT[name] for name in inputs.names),
        words=(
            f"Each bar is what a station could make if it never waited, from {min(rates):.1f} to {max(rates):.1f} "
            f"parts an hour. The line makes {hourly:.2f}. {name} sets the pace."
        ),
        equation=_own_rate(inputs, bottleneck),
        zero=True,
    )


def _own_rate(inputs: TheLineInputs, at: int) -> str:
    """How the rate of one station comes about, with numbers, as plain text."""
    time, mttf, mttr = (inputs.of_stations(what)[at] for what in ("time", "mttf", "mttr"))
    return (
        f"{STATIONS[inputs.names[at]]}: 60/t · MTTF/(MTTF + MTTR) = 60/{time:g} · {mttf:g}/{mttf + mttr:g} "
        f"= {own_rates(inputs)[at]:.2f} parts/h"
    )


def _waiting(inputs: TheLineInputs, line: LineRun) -> Chart:
    x = tuple(float(i + 1) for i in range(len(inputs.names)))
    blocked, starved = (tuple(np.round(100 * line.states[:, k], 2).tolist()) for k in (1, 2))
    return Chart(
        name="waiting",
        title="How much each station waits",
        x_label="Station",
        y_label="Share of its time",
        y_unit="%",
        series=(
            Series(name="starved", label="Starved: no part", x=x, y=starved, shape="line+points"),
            Series(name="blocked", label="Blocked: no room", x=x, y=blocked, shape="line+points", role="aside"),
        ),
        x_names=tuple(SHORT[name] for name in inputs.names),
        words=(
            "How much of its time each station is starved (blue) or blocked (gray). Stations before the one that "
            "sets the pace are mostly blocked, those after it mostly starved: the bottleneck is where the lines cross."
        ),
        zero=True,
    )


def _lead_times(line: LineRun) -> Chart:
    times = line.lead_times[:MOST_PARTS]
    said = "No part left the line."
    if len(times):
        said = (
            f"Lead times of the first {len(times)} counted parts, in the order they left: from {times.min():.0f} to "
            f"{times.max():.0f} minutes."
        )
    return Chart(
        name="lead_times",
        title="Lead time, part after part",
        x_label="Part",
        y_label="Lead time",
        y_unit="min",
        series=(
            Series(
                name="lead",
                label="This run",
                x=tuple(float(i + 1) for i in range(len(times))),
                y=tuple(np.round(times, 2).tolist()),
            ),
        ),
        words=said,
        zero=True,
    )


def tables(inputs: TheLineInputs, line: LineRun) -> tuple[DataTable, ...]:
    """Stations and their states, and the part-hours behind Little's law."""
    states = DataTable(
        name="stations",
        title="What each station does with its time",
        columns=("Station", "Working, %", "Blocked, %", "Starved, %", "Down, %", "Alone it could make, parts/h"),
        rows=tuple(
            (STATIONS[name], *(f"{100 * share:.1f}" for share in line.states[i]), f"{rate:.2f}")
            for i, (name, rate) in enumerate(zip(inputs.names, own_rates(inputs), strict=True))
        ),
    )
    hours = line.minutes / 60.0
    flow = float(line.lead_times.sum()) / 60.0
    ledger = DataTable(
        name="part_hours",
        title="Little’s law, to the minute: the part-hours of the count",
        columns=("Part-hours", "h"),
        rows=(
            (f"The {len(line.lead_times)} parts that left, from first to last station", f"{flow:.2f}"),
            ("less what parts had spent inside before counting began", f"−{line.before / 60:.2f}"),
            ("plus what those still inside have spent so far", f"+{line.inside / 60:.2f}"),
            ("spent inside while you counted", f"{flow + (line.inside - line.before) / 60:.2f}"),
            (f"{line.wip:.4f} parts on average for {hours:g} h", f"{line.wip * hours:.2f}"),
        ),
    )
    return states, ledger
