"""Control charts of the library as drawings: points, limits, signals."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

import numpy as np

from techamp.contract import Chart, DataTable, Mark, Measure, Outcome, RefLine, Series
from techamp.subjects.process_control.chart import ControlChart, Panel
from techamp.subjects.process_control.cusum import CusumChart
from techamp.subjects.process_control.formulas import limit_formulas
from techamp.subjects.process_control.multivariate import MultivariateChart
from techamp.subjects.process_control.readings import Array, shown
from techamp.subjects.process_control.signaling import Signal, episodes, signals
from techamp.subjects.process_control.subgrouping import Integers
from techamp.subjects.process_control.thinning import thin

MOST_POINTS, MOST_MARKS = 600, 60


def chart_outcome(chart: ControlChart) -> Outcome:
    """Drawings of both panels, signals by the Western Electric rules with their causes, formulas with numbers."""
    found = episodes(signals(chart))
    charts = tuple(_panel(chart, panel, name, found) for panel, name in zip(chart.panels, _NAMES, strict=False))
    return Outcome(
        notes=(_verdict(found), *chart.notes),
        charts=charts,
        measures=_measures(chart, found),
        tables=(_signal_table(found), _formula_table(chart)),
    )


_NAMES = ("location", "spread")


def _verdict(found: Sequence[Signal]) -> str:
    if not found:
        return "No signal by the four Western Electric rules."
    count = f"{len(found)} signal{'s' * (len(found) > 1)} by the four Western Electric rules"
    return f"{count}. The first: {found[0].sentence[0].lower()}{found[0].sentence[1:].rstrip('.')}."


def _panel(chart: ControlChart, panel: Panel, name: str, found: Sequence[Signal]) -> Chart:
    own = [signal for signal in found if signal.panel == name]
    marked = sorted({point for signal in own for point in signal.counted})[:MOST_MARKS]
    rules = {point: signal.rule.name for signal in reversed(own) for point in signal.counted}
    formulas = [str(formula) for formula in limit_formulas(chart) if formula.panel == name]
    return drawn(
        name,
        f"{panel.statistic} chart",
        panel.statistic,
        panel.points,
        {"Center": ("center", panel.center), "UCL": ("limit", panel.upper), "LCL": ("limit", panel.lower)},
        {point: rules[point] for point in marked},
        chart.excluded,
        "; ".join(formulas),
    )


def drawn(
    name: str,
    title: str,
    symbol: str,
    points: Array,
    lines: Mapping[str, tuple[str, Array]],
    marked: Mapping[int, str],
    excluded: Mapping[int, str],
    equation: str = "",
) -> Chart:
    """One panel; of many points the extremes of every stretch and all that are marked."""
    more = np.array([*marked, *list(excluded)[:MOST_MARKS]], dtype=np.int64)
    keep = np.union1d(thin(points, MOST_POINTS), more).astype(np.int64)
    series = Series(name=symbol, label=symbol, x=tuple((keep + 1.0).tolist()), y=_plain(points[keep]))
    return Chart(
        name=name,
        title=title,
        x_label="Point",
        y_label=symbol,
        series=(series.model_copy(update={"shape": "line+points"}),),
        lines=tuple(
            RefLine(label=label, value=_line(values, keep), kind="center" if kind == "center" else "limit")
            for label, (kind, values) in lines.items()
            if not np.all(np.isnan(values))
        ),
        marks=(*_marks(points, marked, "signal"), *_marks(points, excluded, "excluded")),
        words=_words(len(points), len(marked)),
        equation=equation,
    )


def _marks(points: Array, said: Mapping[int, str], kind: Literal["signal", "excluded"]) -> Iterator[Mark]:
    for point, label in list(said.items())[:MOST_MARKS]:
        if math.isfinite(points[point]):
            yield Mark(x=point + 1.0, y=float(points[point]), label=label, kind=kind)


def _words(count: int, marked: int) -> str:
    if marked < MOST_MARKS:
        return f"{count:,} points, {marked} of them with a signal."
    return f"{count:,} points; the first {MOST_MARKS} with a signal are marked."


def _line(values: Array, keep: Integers) -> float | tuple[float | None, ...]:
    first = float(values[0])
    return first if np.all(values == first) else _plain(values[keep])


def _plain(values: Array) -> tuple[float | None, ...]:
    return tuple(value if math.isfinite(value) else None for value in np.asarray(values).tolist())


def _measures(chart: ControlChart, found: Sequence[Signal]) -> tuple[Measure, ...]:
    sigma, digits = chart.sigma, _decimals(chart.sigma.value)
    phase = " of the last phase" if len(chart.phases) > 1 else ""
    measures = [
        Measure(name="signals", label="Signals", value=len(found), decimals=0),
        Measure(name="center", label=f"Center{phase}", value=chart.center, decimals=digits),
    ]
    if math.isfinite(sigma.value):
        label = f"Sigma{phase}, by {sigma.formula}"
        measures.append(Measure(name="sigma", label=label, value=sigma.value, decimals=digits + 1))
    return tuple(measures)


def _decimals(scale: float) -> int:
    return min(9, max(0, 2 - math.floor(math.log10(scale)))) if math.isfinite(scale) and scale > 0 else 4


def _signal_table(found: Sequence[Signal]) -> DataTable:
    rows = tuple(
        (signal.sentence.partition(":")[0], f"{signal.statistic}: {signal.rule.name}", "; ".join(signal.causes))
        for signal in found
    )
    return DataTable(name="signals", title="Signals", columns=("Where", "Rule", "What usually causes it"), rows=rows)


def _formula_table(chart: ControlChart) -> DataTable:
    rows = tuple((f.symbol, f.expression, f.numbers, f.rounded) for f in limit_formulas(chart))
    heads = ("", "Formula", "With your numbers", "Value")
    return DataTable(name="formulas", title="The formula with your numbers", columns=heads, rows=rows)


def cusum_outcome(chart: CusumChart) -> Outcome:
    """Both sums, and when each signal is likely to have begun."""
    count = len(chart.upper)
    high, low = chart.signals()
    limits = {
        "h": ("limit", np.full(count, chart.decision)),
        "−h": ("limit", np.full(count, -chart.decision)),
        "Zero": ("center", np.zeros(count)),
    }
    pictures = tuple(
        drawn(name, title, symbol, sums, {k: limits[k] for k in kept}, dict.fromkeys(points[:MOST_MARKS].tolist(),
              "beyond h"), chart.of.excluded)
        for name, title, symbol, sums, kept, points in (
            ("upper", "Upward sum", "C⁺", chart.upper, ("h", "Zero"), high),
            ("lower", "Downward sum", "C⁻", chart.lower, ("−h", "Zero"), low),
        )
    )  # fmt: skip
    said = [
        f"The {way} sum is beyond h = {chart.decision:g} first at point {points[0] + 1}; its climb began at point "
        f"{chart.began(int(points[0])) + 1}."
        for way, points in (("upward", high), ("downward", low))
        if len(points)
    ]
    note = f"k = {chart.reference:g}, h = {chart.decision:g}, in standard errors of a point."
    return Outcome(notes=(*(said or ["No signal: both sums stay within h."]), note), charts=pictures)


def multivariate_outcome(chart: MultivariateChart) -> Outcome:
    """The chart, and for each signal what contributes most."""
    beyond = chart.signals().tolist()
    picture = drawn(
        "t2", f"{chart.kind} chart", "T²", chart.points, {"UCL": ("limit", chart.upper)},
        dict.fromkeys(beyond[:MOST_MARKS], "beyond the limit"), chart.excluded,
    )  # fmt: skip
    rows = []
    for point in beyond[:MOST_MARKS]:
        share = chart.contributions[point] if len(chart.contributions) else np.zeros(0)
        most = f"measurement {int(np.argmax(share)) + 1}" if len(share) and np.any(np.isfinite(share)) else "–"
        rows.append((point + 1, shown(float(chart.points[point]), 1.0), most))
    heads = ("Point", "T²", "Contributes most")
    table = DataTable(name="signals", title="Points beyond the limit", columns=heads, rows=tuple(rows))
    return Outcome(notes=(f"{len(beyond)} of {len(chart.points):,} points are beyond the limit.",), charts=(picture,),
                   tables=(table,))  # fmt: skip
