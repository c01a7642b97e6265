"""The charts: shares against the truth, every reading, readings in order, averages and ranges by operator."""

from __future__ import annotations

import math

import numpy as np

from techamp.contract import Chart, DataTable, RefLine, Series
from techamp.subjects.process_control.readings import Array
from techamp.subjects.process_control.simulations.gauge_study.inputs import GaugeStudyInputs
from techamp.subjects.process_control.simulations.gauge_study.result import Result, intervals, values
from techamp.subjects.process_control.simulations.gauge_study.shop import LOWER, OPERATORS, UPPER, Truth
from techamp.subjects.process_control.studies.gauge_study.pictures import averages, ranges

NOMINAL = 8.0
SOURCES = ("gauge", "repeatability", "reproducibility", "part")
NAMES = ("gauge", "repeat", "people", "shafts")
# label, what the study says, what is true, decimals
BESIDE_TRUTH = (
    ("Gauge, % of tolerance", "percent_tolerance", "true_tolerance", 1),
    ("Gauge, % of study; truth: of the process", "percent_study", "true_study", 1),
    ("Distinct categories", "categories", "true_categories", 1),
    ("Repeatability, µm", "repeatability", "true_repeatability", 2),
    ("Reproducibility, µm", "reproducibility", "true_reproducibility", 2),
    ("Bias on the masters, µm", "bias", "true_bias", 2),
)


def charts(inputs: GaugeStudyInputs, found: Result) -> tuple[Chart, ...]:
    """Averages and ranges need repeats."""
    cells, names = found.session.cells, OPERATORS[: found.session.plan.operators]
    panels = (
        (ranges(cells, names, "µm"), averages(cells + 10.0, names, "µm above 7.990 mm")) if cells.shape[2] > 1 else ()
    )
    return (_by_part(inputs, found), _in_order(found), _shares(inputs, found), *panels)


def _by_part(inputs: GaugeStudyInputs, found: Result) -> Chart:
    s = found.session
    people = s.plan.operators
    series = []
    for o in range(people):
        mine = (s.operator == o) & (s.part >= 0)
        x = s.part[mine] + 1.0 + 0.6 * ((o + 0.5) / people - 0.5)
        series.append(_dots(OPERATORS[o], x, s.reading[mine] + 10.0, "now" if o == 0 else "aside"))
    if inputs.reveal:
        x = np.arange(1.0, s.plan.parts + 1.0)
        series.append(_dots("True size", x, s.sizes + 10.0, "aside", "line"))
    truth = " The line is the true size." if inputs.reveal else ""
    return Chart(
        name="by_part",
        title="Every reading, shaft by shaft",
        x_label="Shaft",
        y_label="Reading above 7.990 mm",
        y_unit="µm",
        series=tuple(series),
        lines=(
            RefLine(label="Lower limit", value=LOWER + 10.0, kind="spec"),
            RefLine(label="Upper limit", value=UPPER + 10.0, kind="spec"),
        ),
        words=f"{s.plan.parts} shafts, each read by {people} operators side by side, Ada at the left.{truth}",
    )  # fmt: skip


def _dots(label: str, x: Array, y: Array, role: str, shape: str = "points") -> Series:
    return Series.model_validate({
        "name": label.lower().replace(" ", "_"), "label": label, "x": tuple(np.round(x, 3).tolist()),
        "y": tuple(np.round(y, 3).tolist()), "shape": shape, "role": role,
    })  # fmt: skip


def _in_order(found: Result) -> Chart:
    """Each reading less its shaft's average: a drift, a speck and an operator show here, whatever the shafts are."""
    s = found.session
    number = np.arange(1.0, len(s.part) + 1.0)
    shaft = s.part >= 0
    mean = np.array([s.reading[s.part == p].mean() for p in range(s.plan.parts)])
    series = []
    for o in range(s.plan.operators):
        mine = shaft & (s.operator == o)
        series.append(
            _dots(OPERATORS[o], number[mine], s.reading[mine] - mean[s.part[mine]], "now" if o == 0 else "aside")
        )
    if len(s.master_errors):
        series.append(_dots("Masters", number[~shaft], s.master_errors, "aside", "line+points"))
    masters = (
        " The joined points are the masters, less their true size: they show bias." if len(s.master_errors) else ""
    )
    return Chart(
        name="in_order",
        title="Away from the shaft’s average, in the order of time",
        x_label="Reading",
        y_label="Less the shaft’s average",
        y_unit="µm",
        series=tuple(series),
        lines=(RefLine(label="", value=0.0),),
        words=f"Each point is a reading less the average of all readings of its shaft. A slope is a drift.{masters}",
    )


def _shares(inputs: GaugeStudyInputs, found: Result) -> Chart:
    x, of = tuple(float(i) for i in range(1, 5)), found.study.components if found.study else None
    seen = tuple(
        round(of[name].tolerance, 2) if of and not math.isnan(of[name].tolerance) else None for name in SOURCES
    )
    series = [Series(name="study", label="Your study", x=x, y=seen, shape="bars")]
    if inputs.reveal:
        truth = _true_shares(found.truth)
        series.append(Series(name="truth", label="In truth", x=x, y=truth, shape="points", role="aside"))
    dots = " Dots: the truth; for the shafts, the process." if inputs.reveal else ""
    return Chart(
        name="shares",
        title="What takes how much of the tolerance",
        x_label="Source",
        y_label="Six standard deviations over 9 µm",
        y_unit="%",
        series=tuple(series),
        lines=(RefLine(label="30 %", value=30.0, kind="limit"),),
        x_names=NAMES,
        words=f"Bars: your study.{dots} Repeat and people together make the gauge: their squares add up.",
        equation="gauge² = repeat² + people²",
        zero=True,
    )


def _true_shares(truth: Truth) -> tuple[float, ...]:
    gauge = truth.percent_tolerance
    unit = 600.0 / (UPPER - LOWER)
    part = gauge / 100.0 * truth.categories / 1.41
    return (
        round(gauge, 2),
        round(unit * truth.repeatability, 2),
        round(unit * truth.reproducibility, 2),
        round(100.0 * part, 2),
    )


def tables(inputs: GaugeStudyInputs, found: Result) -> tuple[DataTable, ...]:
    """The study beside the truth, and the run sheet."""
    return (_beside_truth(inputs, found), _sheet(found))


def _beside_truth(inputs: GaugeStudyInputs, found: Result) -> DataTable:
    """What the study finds, how sure it is, and what is true where that may be seen."""
    rows = []
    spans, worked = intervals(found), values(inputs, found)
    for label, name, true, decimals in BESIDE_TRUTH:
        low, high = spans.get(name, (None, None))
        between = "" if low is None else f"{low:.{decimals}f} to {_shown(high, decimals)}"
        truth = (_shown(worked[true], decimals),) if inputs.reveal else ()
        rows.append((label, _shown(worked[name], decimals), between, *truth))
    title = "Study and truth" if inputs.reveal else "What the study says"
    columns = ("", "Study", "95 % interval", *(("Truth",) if inputs.reveal else ()))
    return DataTable(name="beside_truth", title=title, columns=columns, rows=tuple(rows))


def _shown(value: float | None, decimals: int) -> str:
    return "–" if value is None else f"{value:.{decimals}f}"


def _sheet(found: Result) -> DataTable:
    """What each operator wrote down for each shaft, and the masters."""
    s, cells = found.session, found.session.cells
    rows = [
        (p + 1, *(" ".join(_mm(value) for value in cells[p, o]) for o in range(s.plan.operators)))
        for p in range(s.plan.parts)
    ]
    for i in np.flatnonzero(s.part < 0).tolist():
        who, shown = int(s.operator[i]), _mm(float(s.reading[i]))
        name = f"master {NOMINAL + float(s.truth[i]) / 1000.0:.3f}"
        rows.append((name, *(shown if o == who else "" for o in range(s.plan.operators))))
    columns = ("Shaft", *OPERATORS[: s.plan.operators])
    return DataTable(name="sheet", title="The run sheet, mm", columns=columns, rows=tuple(rows))


def _mm(reading: float) -> str:
    return f"{NOMINAL + reading / 1000.0:.4f}"
