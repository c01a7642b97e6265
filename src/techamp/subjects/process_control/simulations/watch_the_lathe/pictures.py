"""Charts and tables of one week."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from techamp.contract import Chart, DataTable, Mark, RefLine, Series
from techamp.subjects.process_control.simulations.watch_the_lathe import kernel, plans
from techamp.subjects.process_control.simulations.watch_the_lathe.inputs import (
    LatheInputs,
    plant_of,
    policy_of,
    sample_size,
)
from techamp.subjects.process_control.simulations.watch_the_lathe.plans import Week
from techamp.subjects.process_control.simulations.watch_the_lathe.words import (
    COST_NAMES,
    ENDED_BY,
    FAULTS,
    SIGNALS,
    causes,
    cost_parts,
)
from techamp.subjects.process_control.thinning import thin

MOST_MARKS = 40


def limits(inputs: LatheInputs) -> dict[str, float]:
    """Center lines and limits in µm: of the plotted point (difference from plan) and of its spread."""
    policy = plans.flat(kernel.POLICY, policy_of(inputs))
    sigma, error, low, high = plans.chart_of(policy, plans.flat(kernel.PLANT, plant_of(inputs))).tolist()
    reach = inputs.width * sigma * error
    return {
        "sigma": sigma,
        "upper": reach,
        "lower": -reach,
        "spread_center": plans.spread_center(policy) * sigma,
        "spread_lower": low * sigma,
        "spread_upper": high * sigma,
    }


def charts(inputs: LatheInputs, week: Week) -> tuple[Chart, ...]:
    """The control chart, its spread, every diameter, and the bill."""
    return (_location(inputs, week), _spread(inputs, week), _diameters(inputs, week), _bill(inputs, week))


def _numbers(values: NDArray[np.floating[Any]], decimals: int = 2) -> tuple[float, ...]:
    return tuple(np.round(values, decimals).tolist())


def _location(inputs: LatheInputs, week: Week) -> Chart:
    lines, size = limits(inputs), sample_size(inputs)
    what = "Diameter" if size == 1 else f"Average of {size} diameters"
    at, value = week.points[:, kernel.AT] + 1.0, week.points[:, kernel.VALUE]
    return Chart(
        name="control_chart",
        title="Control chart: difference from the plan",
        x_label="Shaft",
        y_label=f"{what}, less the plan",
        y_unit="µm",
        series=(Series(name="points", label="Samples", x=_numbers(at, 0), y=_numbers(value), shape="line+points"),),
        lines=(
            RefLine(label="Plan", value=0.0),
            RefLine(label="Upper limit", value=lines["upper"], kind="limit"),
            RefLine(label="Lower limit", value=lines["lower"], kind="limit"),
        ),
        marks=_marks(week, spread=False),
        words=(
            "Each point is one sample, less the diameter that the plan expects at that age of the insert. "
            f"{int(week.totals['signals'])} of {len(week.points)} points give a signal."
        ),
        equation=(
            f"limits = ±{inputs.width:g}·σ/√n = ±{inputs.width:g} · {lines['sigma']:.3f}/√{size}"
            f" = ±{lines['upper']:.2f} µm"
        ),
        zero=True,
    )


def _marks(week: Week, spread: bool) -> tuple[Mark, ...]:
    column = kernel.SPREAD if spread else kernel.VALUE
    rows = week.points[(week.points[:, kernel.SIGNAL] == 9) if spread else (week.points[:, kernel.SIGNAL] % 9 > 0)]
    return tuple(
        Mark(x=row[kernel.AT] + 1.0, y=round(row[column], 2), label=SIGNALS[int(row[kernel.SIGNAL])])
        for row in rows[:MOST_MARKS].tolist()
    )


def _spread(inputs: LatheInputs, week: Week) -> Chart:
    lines, single = limits(inputs), sample_size(inputs) == 1
    name = "Moving range" if single else ("Range" if inputs.chart == "xbar_r" else "Standard deviation")
    at, value = week.points[:, kernel.AT] + 1.0, week.points[:, kernel.SPREAD]
    shown = tuple(None if v < 0.0 else round(v, 2) for v in value.tolist())
    return Chart(
        name="spread",
        title=f"{name} of the samples",
        x_label="Shaft",
        y_label=name,
        y_unit="µm",
        series=(Series(name="spread", label=name, x=_numbers(at, 0), y=shown, shape="line+points"),),
        lines=(
            RefLine(label="Center", value=lines["spread_center"]),
            RefLine(label="Upper limit", value=lines["spread_upper"], kind="limit"),
            RefLine(label="Lower limit", value=lines["spread_lower"], kind="limit"),
        ),
        marks=_marks(week, spread=True),
        words="How much the shafts of one sample differ"
        + (" from the sample before." if single else ". A chipped insert cuts rough and makes this grow."),
        zero=True,
    )


def _diameters(inputs: LatheInputs, week: Week) -> Chart:
    true, mean = week.shafts[:, kernel.TRUE], week.shafts[:, kernel.MEAN]
    keep, keep_mean = thin(true, 400), thin(mean, 200)
    plant = plant_of(inputs)
    return Chart(
        name="diameters",
        title="What the lathe really made",
        x_label="Shaft",
        y_label="Diameter, less 8.000 mm",
        y_unit="µm",
        series=(
            Series(name="true", label="Shafts", x=_numbers(keep + 1.0, 0), y=_numbers(true[keep]), shape="points"),
            Series(
                name="mean", label="Mean", x=_numbers(keep_mean + 1.0, 0), y=_numbers(mean[keep_mean]), role="aside"
            ),
        ),
        lines=(
            RefLine(label="Largest allowed", value=plant["upper"], kind="spec"),
            RefLine(label="Smallest allowed", value=plant["lower"], kind="spec"),
        ),
        words=(
            "The true diameters, which only a simulation can show; the soft line is the mean that wear, "
            "chips, coolant and "
            f"offsets give. {week.totals['in_spec'] / len(true):.1%} lie within the tolerance."
        ),
    )


def _bill(inputs: LatheInputs, week: Week) -> Chart:
    parts = cost_parts(inputs, week)
    return Chart(
        name="bill",
        title="Where the money went",
        x_label="",
        y_label="Cost",
        y_unit="USD",
        series=(
            Series(
                name="cost",
                label="Cost",
                x=(0.0, 1.0, 2.0, 3.0, 4.0),
                y=tuple(round(p, 2) for p in parts),
                shape="bars",
            ),
        ),
        x_names=COST_NAMES,
        words="; ".join(f"{name} ${part:,.0f}" for name, part in zip(COST_NAMES, parts, strict=True)) + ".",
        zero=True,
    )


def tables(inputs: LatheInputs, week: Week) -> tuple[DataTable, ...]:
    """Faults, signals, and the bill."""
    bill = zip(COST_NAMES, cost_parts(inputs, week), strict=True)
    return (
        DataTable(
            name="faults",
            title="What went wrong",
            columns=("Fault", "First shaft", "Last shaft", "How it ended"),
            rows=tuple(_fault_row(row) for row in week.faults.tolist()),
        ),
        DataTable(
            name="signals",
            title="What the chart said",
            columns=("Shaft", "Signal", "Difference from plan (µm)", "What was wrong"),
            rows=tuple(_signal_row(row) for row in week.points.tolist() if row[kernel.SIGNAL] > 0),
        ),
        DataTable(
            name="bill",
            title="The bill",
            columns=("For", "Cost (USD)"),
            rows=tuple((name, round(part, 2)) for name, part in bill),
        ),
    )


def _fault_row(row: list[float]) -> tuple[str, int, int | str, str]:
    last: int | str = int(row[kernel.ENDED]) + 1 if row[kernel.ENDED] >= 0 else "—"
    return FAULTS[int(row[kernel.KIND])], int(row[kernel.BEGAN]) + 1, last, ENDED_BY[int(row[kernel.ENDED_BY])]


def _signal_row(row: list[float]) -> tuple[int, str, float, str]:
    signal, state = int(row[kernel.SIGNAL]), int(row[kernel.CAUSE])
    return int(row[kernel.AT]) + 1, SIGNALS[signal], round(row[kernel.VALUE], 2), causes(state)
