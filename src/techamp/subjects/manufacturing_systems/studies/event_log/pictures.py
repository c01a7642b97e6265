"""Charts and tables of an event log."""

from __future__ import annotations

import numpy as np

from techamp.contract import Chart, DataTable, Measure, Series
from techamp.subjects.manufacturing_systems.studies.event_log.analysis import LogAnalysis

MOST_BARS, MOST_POINTS = 30, 400


def measures(found: LogAnalysis) -> tuple[Measure, ...]:
    """The figures on top."""
    unit = found.log.unit
    made = [Measure(name="machines", label="Machines", value=len(found.machines), decimals=0)]
    if found.cases is not None:
        lead, worked = float(found.cases.lead.mean()), float(found.cases.worked.mean())
        made += [
            Measure(name="cases", label="Cases", value=len(found.log.cases), decimals=0),
            Measure(name="throughput", label="Throughput", value=found.throughput, unit=f"cases/{unit}",
                    better="higher", decimals=3),
            Measure(name="lead_time", label="Lead time", value=lead, unit=unit, better="lower", decimals=1),
            Measure(name="wip", label="Work in process", value=found.mean_wip, unit="cases", better="lower",
                    decimals=2),
            Measure(name="worked_share", label="Worked on", value=100 * worked / lead if lead > 0 else None, unit="%",
                    better="higher", decimals=1),
        ]  # fmt: skip
    return tuple(made)


def charts(found: LogAnalysis) -> tuple[Chart, ...]:
    """Who is the bottleneck, how machines spent their time, and WIP over time."""
    made = [_active(found)]
    if len(found.machines) > 1:
        made.insert(0, _bottleneck(found))
    if found.cases is not None:
        made.append(_wip(found))
    return tuple(made)


def _bottleneck(found: LogAnalysis) -> Chart:
    places = sorted(range(len(found.machines)), key=found.bottleneck_share, reverse=True)[:MOST_BARS]
    shares = tuple(100 * found.bottleneck_share(place) for place in places)
    names = tuple(found.log.machines[place] for place in places)
    return Chart(
        name="bottleneck", title="Who is the bottleneck", x_label="Machine", y_label="Share of time", y_unit="%",
        series=(Series(name="share", label="Longest active machine", x=_ranks(places), y=shares, shape="bars"),),
        x_names=names, zero=True,
        words=f"{names[0]} is the longest active machine for {shares[0]:.0f} % of the time.",
    )  # fmt: skip


def _active(found: LogAnalysis) -> Chart:
    places = range(min(MOST_BARS, len(found.machines)))
    working = tuple(100 * found.machines[place].shares["work"] for place in places)
    active = tuple(100 * (1 - found.machines[p].shares["idle"] - found.machines[p].shares["off"]) for p in places)
    busiest = max(places, key=lambda place: active[place])
    return Chart(
        name="states", title="Time at work", x_label="Machine", y_label="Share of time", y_unit="%",
        series=(
            Series(name="work", label="Work", x=_ranks(places), y=working, shape="bars"),
            Series(name="active", label="Work, setup and down", x=_ranks(places), y=active, shape="points",
                   role="aside"),
        ),
        x_names=tuple(found.log.machines[place] for place in places), zero=True,
        words=f"{found.log.machines[busiest]} is active {active[busiest]:.0f} % of the time, more than any other.",
    )  # fmt: skip


def _wip(found: LogAnalysis) -> Chart:
    times, counts = found.wip
    if len(times) > MOST_POINTS:
        at = np.linspace(times[0], times[-1], MOST_POINTS)
        counts = counts[np.searchsorted(times, at, side="right") - 1]
        times = at
    unit = found.log.unit
    return Chart(
        name="wip", title="Work in process", x_label="Time", x_unit=unit, y_label="Cases under way", zero=True,
        series=(
            Series(name="wip", label="Cases under way", x=tuple(times.tolist()), y=tuple(counts.tolist()),
                   shape="steps"),
        ),
        words=f"On average {found.mean_wip:.3g} cases are under way, at most {counts.max():.0f}.",
    )  # fmt: skip


def _ranks(places: range | list[int]) -> tuple[float, ...]:
    return tuple(float(i) for i in range(1, len(places) + 1))


def tables(found: LogAnalysis) -> tuple[DataTable, ...]:
    """States and OEE by machine; waiting and work by step."""
    states = ("work", "setup", "down", "idle", "off")
    rows = tuple(
        (
            one.machine, *(round(100 * one.shares[state], 1) for state in states), round(100 * one.availability, 1),
            round(100 * one.performance, 1), round(100 * one.quality, 1), round(100 * one.oee, 1),
            round(100 * found.bottleneck_share(place), 1),
        )
        for place, one in enumerate(found.machines)
    )  # fmt: skip
    heads = ("Machine", "Work (%)", "Setup (%)", "Down (%)", "Idle (%)", "Off (%)", "Availability (%)",
             "Performance (%)", "Quality (%)", "OEE (%)", "Bottleneck (%)")  # fmt: skip
    made = [DataTable(name="machines", title="Machines", columns=heads, rows=rows), _losses(found)]
    if found.waiting:
        unit = found.log.unit
        made.append(
            DataTable(
                name="steps", title="Where the lead time goes",
                columns=("Step", "Visits", f"Waiting before it ({unit} a visit)", f"Work ({unit} a visit)"),
                rows=tuple((w.step, w.visits, round(w.waited, 4), round(w.worked, 4)) for w in found.waiting),
            )
        )  # fmt: skip
    return tuple(made)


def _losses(found: LogAnalysis) -> DataTable:
    """What the time of each machine was lost to, the largest loss first, in the unit of the log."""
    unit, span = found.log.unit, found.log.span
    rows = []
    for one in found.machines[:MOST_BARS]:
        kept = {"off shift", "good parts"}
        told = [("idle" if name == "no parts" else name, share) for name, share in one.tree.leaves if name not in kept]
        lost = sorted((leaf for leaf in told if abs(leaf[1]) >= 0.0005), key=lambda leaf: -leaf[1])
        rows += [(one.machine, name, round(share * span, 2), round(100 * share, 1)) for name, share in lost]
    heads = ("Machine", "Lost to", f"Time ({unit})", "Of the span (%)")
    return DataTable(name="losses", title="Where the time was lost", columns=heads, rows=tuple(rows))
