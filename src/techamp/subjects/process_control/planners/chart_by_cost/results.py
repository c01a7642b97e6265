"""Measures, charts and tables of the plan."""

from __future__ import annotations

import numpy as np

from techamp.contract import Chart, DataTable, Mark, Measure, RefLine, Series
from techamp.subjects.process_control.chart_economics import HourlyCost, hourly_cost
from techamp.subjects.process_control.planners.chart_by_cost.costing import Found
from techamp.subjects.process_control.planners.chart_by_cost.words import every

POINTS = 41


def measures(found: Found) -> tuple[Measure, ...]:
    """The design, its cost, the present cost, the saving."""
    best = found.best
    return (
        Measure(name="n", label="Parts in a sample", value=best.n, unit="parts", decimals=0),
        Measure(name="interval", label="Time between samples", value=best.interval, unit="h", decimals=2),
        Measure(name="limits", label="Limits", value=best.limits, unit="standard errors", decimals=2),
        Measure(name="cost", label="Cost", value=best.cost.total, unit="USD/h", decimals=2, better="lower"),
        Measure(name="now", label="Cost now", value=found.now.total, unit="USD/h", decimals=2, better="lower"),
        Measure(name="saving", label="Saving", value=found.saving, unit="USD a year", decimals=0, better="higher"),
    )


def charts(found: Found) -> tuple[Chart, ...]:
    """Cost against the interval, then against the sample size."""
    return (_by_interval(found), _by_size(found))


def _by_interval(found: Found) -> Chart:
    best, s, costs = found.best, found.settings, found.costs
    low, high = 0.35 * min(best.interval, s.now_interval), 2.2 * max(best.interval, s.now_interval)
    x = np.linspace(low, high, POINTS).tolist()
    at_best = tuple(hourly_cost(costs, best.n, h, best.limits).total for h in x)
    at_now = tuple(hourly_cost(costs, s.now_n, h, s.now_limits).total for h in x)
    return Chart(
        name="interval",
        title="What the time between samples costs",
        x_label="Time between samples",
        x_unit="h",
        y_label="Cost",
        y_unit="USD/h",
        series=(
            Series(name="best", label=f"{best.n} parts, limits {best.limits:.2f}", x=tuple(x), y=at_best),
            Series(
                name="now", label=f"{s.now_n} parts, limits {s.now_limits:g} (now)", x=tuple(x), y=at_now, role="aside"
            ),
        ),
        marks=(
            Mark(x=best.interval, y=best.cost.total, label="best", kind="note"),
            Mark(x=s.now_interval, y=found.now.total, label="now", kind="note"),
        ),
        words=(
            f"Too often costs samples and false alarms, too seldom costs bad parts. The valley is flat around "
            f"{every(best.interval)}."
        ),
    )  # fmt: skip


def _by_size(found: Found) -> Chart:
    rows = found.best.by_size
    return Chart(
        name="size",
        title="What the sample size costs",
        x_label="Parts in a sample, each with its best interval and limits",
        y_label="Cost",
        y_unit="USD/h",
        series=(
            Series(
                name="best", label="Least cost", x=tuple(float(n) for n, *_ in rows),
                y=tuple(cost.total for *_, cost in rows), shape="line+points",
            ),
        ),
        lines=(RefLine(label="Now", value=found.now.total, kind="zone"),),
        words=f"{found.best.n} costs least; one part more or less costs little.",
    )  # fmt: skip


def tables(found: Found) -> tuple[DataTable, ...]:
    """Best for each size, where the money goes, the formula with these numbers."""
    return (_sizes(found), _shares(found), _formula(found))


def _sizes(found: Found) -> DataTable:
    rows = tuple(
        (n, f"{h:.2f}", f"{k:.2f}", f"{100 * cost.false_alarm:.2f}", f"{100 * cost.detection:.1f}", f"{cost.total:.2f}")
        for n, h, k, cost in found.best.by_size
    )
    columns = ("Parts", "Hours between", "Limits", "False alarm (%)", "Signal (%)", "Cost (USD/h)")
    return DataTable(name="sizes", title="The best for each sample size", columns=columns, rows=rows)


def _shares(found: Found) -> DataTable:
    said = (
        ("Sampling", "sampling"),
        ("Bad parts", "bad_parts"),
        ("Searches for nothing", "searches"),
        ("Repairs", "repairs"),
        ("All together", "total"),
    )
    rows = tuple(
        (label, f"{getattr(found.best.cost, name):.3f}", f"{getattr(found.now, name):.3f}") for label, name in said
    )
    columns = ("USD an hour", "At best", "Now")
    return DataTable(name="shares", title="Where the money goes", columns=columns, rows=rows)


def _formula(found: Found) -> DataTable:
    best, costs, one = found.best, found.costs, found.best.cost
    h, rate = best.interval, costs.cause_rate
    before = float(np.exp(-rate * h) / -np.expm1(-rate * h))
    tau = h / one.detection + best.n * costs.hours_per_part - one.delay
    delay = f"{h:.4g}/{one.detection:.4f} − {tau:.4g} + {best.n}·{costs.hours_per_part:.4g}"
    rows = (
        ("samples before a cause", "s = e^(−λh)/(1 − e^(−λh))", f"λh = {rate * h:.4g}", f"{before:.4g}"),
        ("last sample to the cause", "τ = 1/λ − h·s", f"{1 / rate:.4g} − {h:.4g}·{before:.4g}", f"{tau:.4g} h"),
        ("cause to signal", "h/(1 − β) − τ + n·E", delay, f"{one.delay:.4g} h"),
        ("cycle", "1/λ + cause to signal + search", _cycle(found), f"{one.cycle:.5g} h"),
        (
            "cost of an hour",
            "cost of a cycle/cycle",
            f"{one.total * one.cycle:.5g}/{one.cycle:.5g}",
            f"{one.total:.4f} USD",
        ),
    )
    columns = ("", "Formula", "With your numbers", "Value")
    return DataTable(name="formulas", title="The formula with your numbers", columns=columns, rows=rows)


def _cycle(found: Found) -> str:
    one: HourlyCost = found.best.cost
    return f"{1 / found.costs.cause_rate:.4g} + {one.delay:.4g} + {found.costs.search_hours:.4g}"
