"""What the line says: which station sets the pace, what the others do meanwhile, and what to try."""

from __future__ import annotations

import numpy as np

from techamp.subjects.manufacturing_systems.simulations.the_line.inputs import STATIONS, TheLineInputs
from techamp.subjects.manufacturing_systems.simulations.the_line.line_run import LineRun

CLOSE = 0.03
"""Stations whose own rates are closer than this share can trade places as the slowest. Our choice."""


def own_rates(inputs: TheLineInputs) -> tuple[float, ...]:
    """Parts per hour that each station could make if it never waited, breakdowns in."""
    rates = []
    for time, mttf, mttr in zip(*(inputs.of_stations(what) for what in ("time", "mttf", "mttr")), strict=True):
        rates.append(60.0 / time * (mttf / (mttf + mttr)))
    return tuple(rates)


def notes(inputs: TheLineInputs, line: LineRun, bottleneck: int) -> tuple[str, ...]:
    """What happened, who sets the pace, what is lost, where the parts are, Little's law."""
    if not len(line.lead_times):
        return ("No part left the line in the counted time. Shorten a time or a repair.",)
    lead = float(np.mean(line.lead_times))
    return (
        f"{60 * line.throughput:.2f} parts an hour; on average {line.wip:.1f} parts are in the line, "
        f"and a part takes {lead:.0f} minutes. {_name(inputs, bottleneck)} sets the pace.",
        _pace(inputs, line, bottleneck),
        _lost(inputs, line, bottleneck),
        _waits(inputs, line, lead),
        _little(line, lead),
    )


def _name(inputs: TheLineInputs, station: int) -> str:
    return STATIONS[inputs.names[station]]


def _pace(inputs: TheLineInputs, line: LineRun, at: int) -> str:
    busy, blocked, starved, down = (round(100 * share) for share in line.states[at])
    waits = f"blocked {blocked} % and starved {starved} %"
    said = f"{_name(inputs, at)} works {busy} % of the time, is down {down} %, {waits}"
    rates = own_rates(inputs)
    near = [_name(inputs, i) for i, rate in enumerate(rates) if i != at and rate <= rates[at] * (1.0 + CLOSE)]
    if near:
        return f"{said}. {' and '.join(near)} could make hardly more, so that the bottleneck can move there."
    return f"{said}. No other station works or repairs for so much of its time."


def _lost(inputs: TheLineInputs, line: LineRun, at: int) -> str:
    slowest = min(own_rates(inputs))
    lost = slowest - 60.0 * line.throughput
    if lost < -0.01 * slowest:
        return f"Luck with breakdowns: in the long run the slowest station makes {slowest:.2f} parts an hour."
    if lost < 0.01 * slowest:
        return f"The slowest station alone could make {slowest:.2f} parts an hour, and the line makes almost that."
    return (
        f"The slowest station alone could make {slowest:.2f} parts an hour. The line makes {lost:.2f} fewer, because "
        "stations wait for each other: times vary, machines break down, and places are few."
    )


def _waits(inputs: TheLineInputs, line: LineRun, lead: float) -> str:
    work = sum(inputs.of_stations("time"))
    return (
        f"Of the {lead:.0f} minutes of a part, {work:.1f} are work. The rest is waiting: for a machine, for a repair, "
        "or for room at the next station."
    )


def _little(line: LineRun, lead: float) -> str:
    hourly = 60.0 * line.throughput
    return (
        f"Little’s law: {hourly:.2f} parts an hour × {lead / 60:.3f} hours = {hourly * lead / 60:.1f} parts, "
        f"and {line.wip:.1f} were counted inside."
    )
