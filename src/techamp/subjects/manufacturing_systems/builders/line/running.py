"""A line run at once: replications with intervals, what they say, and pictures of it."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from techamp.contract import (
    Chart,
    DataTable,
    Document,
    Finding,
    InvalidInput,
    Measure,
    Outcome,
    RefLine,
    Series,
    Watch,
)
from techamp.subjects.manufacturing_systems.builders.line.board import sound_model
from techamp.subjects.manufacturing_systems.builders.line.drawings import lead_time_drawing, states_drawing
from techamp.subjects.manufacturing_systems.builders.line.first_hours import first_hours, trace_of
from techamp.subjects.manufacturing_systems.builders.line.gantt import gantt_drawing
from techamp.subjects.manufacturing_systems.builders.line.limits import MOST_RUNS
from techamp.subjects.manufacturing_systems.builders.line.value_stream_map import map_drawing, map_steps

if TYPE_CHECKING:
    from techamp.subjects.manufacturing_systems.explaining.explanation import Explanation
    from techamp.subjects.manufacturing_systems.model.factory_model import Model
    from techamp.subjects.manufacturing_systems.output_analysis.experiment import Experiment

HELP = {
    "throughput": "Good parts that come out.",
    "flow_time": "Lead time: from going in to coming out, on average.",
    "wip": "Parts in the line, on average.",
    "flow_sd": "How much lead times differ from part to part.",
    "on_time": "Orders that met their due date.",
}
LABELS = {"flow_time": "Lead time", "flow_sd": "Lead time, SD"}
POINTS = 100


def _asking(watch: Watch) -> Callable[[float, int, object], bool]:
    """The engine's own kind of watch. Once told to end, a run stays ended."""
    ended = False

    def ask(done: float, expected: int, _so_far: object) -> bool:
        nonlocal ended
        ended = ended or not watch(done, float(expected))
        return not ended

    return ask


def run(document: Document, watch: Watch) -> Finding | None:
    """Run a document. Raises InvalidInput; None where it was ended before a replication was done."""
    model = sound_model(document)
    # These load the compiler.
    from techamp.subjects.manufacturing_systems.explaining.explanation import explain
    from techamp.subjects.manufacturing_systems.output_analysis.experiment import experiment
    from techamp.subjects.manufacturing_systems.output_analysis.replications import Cancelled

    try:
        found = experiment(model, workers=1, cap=MOST_RUNS, watch=_asking(watch))
    except Cancelled:
        return None
    if not found.runs:
        return None
    said = explain(model, found.runs)
    hours = first_hours(model, found.runs[0].seed, found.interval("throughput").mean)
    drawings = [states_drawing(said.states, said.bottleneck.station)]
    if said.lead_time is not None and said.lead_time.total > 0:
        drawings.append(lead_time_drawing(said.lead_time))
        rate = found.interval("throughput").mean
        if rate > 0 and (steps := map_steps(model, said.states, said.lead_time, rate)):
            drawings.append(map_drawing(steps, rate, model.time_unit))
    drawings.append(gantt_drawing(hours))
    outcome = Outcome(
        measures=measures_of(found), charts=over_time(found), trace=trace_of(hours), notes=notes_of(found, said)
    )
    return Finding(outcome=outcome, drawings=tuple(drawings), marks=marks_of(said))


def marks_of(said: Explanation) -> dict[str, Any]:
    """What the floor shows of a run."""
    stations = [{"name": s.name, "shares": {k: round(v, 4) for k, v in s.shares.items()}} for s in said.states]
    return {"stations": stations, "bottleneck": said.bottleneck.station if said.bottleneck.limited else ""}


def measures_of(found: Experiment) -> tuple[Measure, ...]:
    """Means with their intervals, in units that people use."""
    from techamp.subjects.manufacturing_systems.reporting.figures import HIGHER_IS_BETTER, figures

    made = []
    for one in figures(found):
        half = one.interval.half_width
        known = math.isfinite(half) and half > 0
        digits = min(6, max(0, 1 - math.floor(math.log10(half)))) if known else 2
        made.append(
            Measure(
                name=one.measure,
                label=LABELS.get(one.measure, one.label),
                value=one.interval.mean,
                unit=one.unit,
                low=one.interval.mean - half if known else None,
                high=one.interval.mean + half if known else None,
                better="higher" if HIGHER_IS_BETTER[one.measure] else "lower",
                decimals=min(digits, 3),
                help=HELP[one.measure],
            )
        )
    return tuple(made)


def notes_of(found: Experiment, said: Explanation) -> tuple[str, ...]:
    """The bottleneck and why first; what is not steady before it; at the end how all this was found."""
    from techamp.subjects.manufacturing_systems.output_analysis.checks import littles_law_of

    warnings = [*(f"This run is not sound: {fault}" for fault in found.faults[:3]), *found.warnings]
    words = said.words
    if said.bottleneck.limited:  # which station, and what to do about it, in one breath
        why, *signs, remedy = said.bottleneck.words
        words = (f"{why} {remedy}", *signs, *words[len(said.bottleneck.words) :])
    first = [*words, *warnings] if found.steady and not found.faults else [*warnings, *words]
    unit, until = found.model.time_unit, found.until
    runs = f"{len(found.runs)} run{'s' * (len(found.runs) > 1)} of {_plain(until)} {unit}"
    left_out = (
        f"the first {_plain(found.warm_up)} {unit} of each, while the line fills, are left out"
        if found.warm_up
        else "nothing is left out as warm-up"
    )
    law = littles_law_of(found.runs[0])
    check = (
        f"Little’s law, checked in every run: {law.wip:.4g} parts beside {law.throughput:.4g} parts/{unit} × "
        f"{law.flow_time:.4g} {unit} = {law.throughput * law.flow_time:.4g} parts (off by {100 * law.gap:.2g} %)."
    )
    how = f"Worked out from {runs}; {left_out}. Luck {found.replications.seed}; intervals hold 95 times in 100."
    return tuple(note for note in (*first, check if law.wip else "", how) if note)


def _plain(time: float) -> str:
    """A time to three digits, never as a power of ten."""
    return f"{time:,.0f}" if time >= 100 else f"{time:.3g}"


def over_time(found: Experiment) -> tuple[Chart, ...]:
    """Work in process and throughput from an empty line on: mean of five runs, with its interval."""
    if not found.series:
        return ()
    from techamp.subjects.manufacturing_systems.reporting.figures import scale

    factor, pace = scale(found, "throughput")
    unit = found.model.time_unit
    wip = ("wip_over_time", "Work in process, from an empty line on", "Parts in the line", "parts", 1.0, "wip")
    out = ("throughput_over_time", "Throughput, from an empty line on", "Throughput", pace, factor, "throughput")
    return tuple(_over_time(found, one, unit) for one in (wip, out))


def _over_time(found: Experiment, what: tuple[str, str, str, str, float, str], unit: str) -> Chart:
    name, title, label, of, factor, series = what
    x, low, mean, high = _thinned(found.series["time"].tolist(), (found.series[series] * factor).tolist())
    cut = (RefLine(label="counted from here", value=found.warm_up, kind="phase", axis="x"),) if found.warm_up else ()
    return Chart(
        name=name, title=title, x_label="Time", y_label=label, x_unit=unit, y_unit=of, zero=True, lines=cut,
        series=(
            Series(name="mean", label="Mean of five runs", x=x, y=mean),
            Series(name="interval", label="95 % interval", x=x, y=high, y2=low, shape="band", role="aside"),
        ),
        words=f"Mean of five runs that begin empty, with its 95 % interval as a band. It ends at {mean[-1]:.4g} {of}.",
    )  # fmt: skip


def _thinned(time: Sequence[float], rows: Sequence[Sequence[float]]) -> tuple[tuple[float, ...], ...]:
    """Time, low, mean and high, with neighbors joined to ``POINTS`` points."""
    each = max(1, len(time) // POINTS)
    runs = len(rows)
    made = []
    for start in range(0, len(time) - each + 1, each):
        values = [sum(row[start : start + each]) / each for row in rows]
        mean = sum(values) / runs
        spread = math.sqrt(sum((v - mean) ** 2 for v in values) / max(1, runs - 1))
        half = 2.776 * spread / math.sqrt(runs) if runs == 5 else 0.0  # Student's t, 4 degrees of freedom
        middle = sum(time[start : start + each]) / each
        made.append(tuple(round(v, 5) for v in (middle, max(0.0, mean - half), mean, mean + half)))
    return tuple(zip(*made, strict=True))


def compare(first: Document, second: Document, watch: Watch) -> Finding | None:
    """Both lines under common random numbers: each measure, the paired difference, and a verdict in words."""
    models = sound_model(first), sound_model(second)
    if models[0].time_unit != models[1].time_unit:
        remedy = f"Give both the unit {models[0].time_unit} (More about the line)."
        raise InvalidInput("Times are in", "must be the same unit in both lines", models[1].time_unit, remedy)
    from techamp.subjects.manufacturing_systems.output_analysis.experiment import paired
    from techamp.subjects.manufacturing_systems.output_analysis.replications import Cancelled

    try:
        one, two = paired(*models, workers=1, replications=_pairs(models), watch=_asking(watch))
    except Cancelled:
        return None
    return _compared(one, two) if one.runs and two.runs else None


PAIRS = 24
"""Pairs of runs where the first line's text does not say how many. Our choice."""


def _pairs(models: tuple[Model, Model]) -> int:
    return min(MOST_RUNS, models[0].plan.replications or PAIRS)


def _times(ratio: float) -> str:
    return f"{ratio:.0f} times" if ratio < 1000 else "more than 1,000 times"


def _compared(one: Experiment, two: Experiment) -> Finding:
    from techamp.subjects.manufacturing_systems.explaining.explanation import explain
    from techamp.subjects.manufacturing_systems.output_analysis.comparing import compare as differences
    from techamp.subjects.manufacturing_systems.reporting.figures import figure
    from techamp.subjects.manufacturing_systems.reporting.text_report import verdict

    found = [d for d in differences(one.replications, two.replications) if d.difference.count]
    rows = []
    for d in found:
        a, b, gap = (figure(one, d.measure, x) for x in (d.first, d.second, d.difference))
        rows.append((f"{LABELS.get(d.measure, a.label)}, {a.unit}", a.value, b.value, gap.value))
    words = [verdict(one, two, d).replace("Flow time", "Lead time") for d in found]
    said = explain(one.model, one.runs), explain(two.model, two.runs)
    saved = max((d.saved for d in found if d.saved < 1e6), default=1.0)
    if saved >= 2:
        apart = f"With separate luck, as sure an answer would take {_times(saved)} as many runs."
        words.append(f"Both had the same luck, run by run. {apart}")
    words += [f"{letter}: {one.bottleneck.words[0]}" for letter, one in zip("AB", said, strict=True)]
    words += [warning for one in (one, two) if not one.steady for warning in one.warnings]
    table = DataTable(
        name="differences",
        title="Side by side",
        columns=("", f"A: {one.model.name}", f"B: {two.model.name}", "B − A"),
        rows=tuple(rows),
    )
    drawings = tuple(
        states_drawing(s.states, s.bottleneck.station, f"states_{letter}", f", {letter}")
        for letter, s in zip("AB", said, strict=True)
    )
    marks: Mapping[str, Any] = {"A": marks_of(said[0]), "B": marks_of(said[1])}
    return Finding(outcome=Outcome(tables=(table,), notes=tuple(words)), drawings=drawings, marks=dict(marks))
