"""The charts: histogram against the limits, subgroup means, causes of spread, thirty more samples, cost."""

from __future__ import annotations

import numpy as np

from techamp.contract import Chart, DataTable, Mark, RefLine, Series
from techamp.subjects.process_control.process_capability import Capability
from techamp.subjects.process_control.readings import Array
from techamp.subjects.process_control.simulations.center_or_spread.inputs import CenterOrSpreadInputs
from techamp.subjects.process_control.simulations.center_or_spread.process import (
    DEMAND,
    LOWER,
    UPPER,
    WEAR,
    process_of,
)
from techamp.subjects.process_control.simulations.center_or_spread.result import Result
from techamp.subjects.process_control.simulations.center_or_spread.sampling import IN_A_ROW

ORIGIN = 9.0  # charts show micrometers above 7.991 mm, the lower limit, so that no number is negative
BIN = 0.5
CAUSES = {"shaft": "shaft to shaft", "box": "box to box", "temperature": "temperature", "wear": "wheel wear"}
SPEC = (
    RefLine(label="Lower limit", value=LOWER + ORIGIN, kind="spec", axis="x"),
    RefLine(label="Upper limit", value=UPPER + ORIGIN, kind="spec", axis="x"),
)


def charts(inputs: CenterOrSpreadInputs, found: Result, more: list[Capability]) -> tuple[Chart, ...]:
    """What may not be seen is left out."""
    spread = (_causes(found),) if inputs.reveal and inputs.grinder == "set" else ()
    bill = (_bill(inputs, found),) if inputs.reveal and inputs.grinder == "set" else ()
    return (_histogram(inputs, found), _means(found), *spread, _wobble(inputs, found, more), *bill)


def _histogram(inputs: CenterOrSpreadInputs, found: Result) -> Chart:
    x = found.sample.diameter
    low, high = np.floor(min(x.min(), LOWER) / BIN) * BIN, np.ceil(max(x.max(), UPPER) / BIN) * BIN
    edges = np.arange(low, high + BIN, BIN)
    counts = np.histogram(x, edges)[0]
    middle = 0.5 * (edges[1:] + edges[:-1])
    series = [_series("count", "Your shafts", middle + ORIGIN, counts, "bars")]
    if inputs.reveal:
        at = np.linspace(low - 1.0, high + 1.0, 61)
        series.append(
            _series("truth", "In truth", at + ORIGIN, len(x) * BIN * found.process.density(at), "line", "aside")
        )
    outside = found.capability.observed_outside
    return Chart(
        name="histogram",
        title="Your shafts against the limits of the drawing",
        x_label="Diameter above 7.991 mm",
        x_unit="µm",
        y_label="Shafts",
        series=tuple(series),
        lines=SPEC,
        words=f"{len(x)} shafts, {outside} of them outside.{' The line is the truth.' if inputs.reveal else ''}",
        zero=True,
    )


def _series(name: str, label: str, x: Array, y: Array, shape: str, role: str = "now") -> Series:
    return Series.model_validate({
        "name": name, "label": label, "x": tuple(np.round(x, 3).tolist()), "y": tuple(np.round(y, 3).tolist()),
        "shape": shape, "role": role,
    })  # fmt: skip


def _means(found: Result) -> Chart:
    means = found.chart.location
    number = np.arange(1.0, len(means.points) + 1.0)
    out = np.flatnonzero((means.points > means.upper) | (means.points < means.lower))
    marks = tuple(
        Mark(x=float(i + 1), y=round(float(means.points[i]) + ORIGIN, 3), label="out") for i in out[:12].tolist()
    )
    return Chart(
        name="means",
        title="Means of five shafts, with their control limits",
        x_label="Subgroup",
        y_label="Mean above 7.991 mm",
        y_unit="µm",
        series=(_series("mean", "Mean of five", number, means.points + ORIGIN, "line+points"),),
        lines=(
            RefLine(label="Control limit", value=round(float(means.upper[0]) + ORIGIN, 3), kind="limit"),
            RefLine(label="", value=round(float(means.center[0]) + ORIGIN, 3)),
            RefLine(label="", value=round(float(means.lower[0]) + ORIGIN, 3), kind="limit"),
            RefLine(label="Spec limit of a shaft", value=UPPER + ORIGIN, kind="spec"),
            RefLine(label="", value=LOWER + ORIGIN, kind="spec"),
        ),
        marks=marks,
        words="Control limits come from the process and judge its means. Spec limits come from the drawing and judge "
        f"single shafts. {len(out)} of {len(means.points)} means lie outside the control limits.",
        equation=f"σ within = {found.chart.sigma.value:.2f} µm, limits x̄ ± 3·{found.chart.sigma.value:.2f}/√5",
    )


def _causes(found: Result) -> Chart:
    parts = found.process.variances
    worst = max(parts, key=lambda name: parts[name])
    return Chart(
        name="causes",
        title="What spreads the shafts, in truth",
        x_label="Cause",
        y_label="Share of the overall variance",
        y_unit="%",
        series=(
            _series(
                "share",
                "Share",
                np.arange(1.0, 5.0),
                100.0 * np.array([parts[name] for name in CAUSES]) / sum(parts.values()),
                "bars",
            ),
        ),
        x_names=tuple(CAUSES.values()),
        words=f"Cp and Cpk see the first bar only; Pp and Ppk see all four. The largest is {CAUSES[worst]}.",
        equation=f"overall² = {' + '.join(f'{value:.2f}' for value in parts.values())} = {sum(parts.values()):.2f}",
        zero=True,
    )


def _wobble(inputs: CenterOrSpreadInputs, found: Result, more: list[Capability]) -> Chart:
    mine = found.capability.indices["Ppk"]
    x = np.arange(1.0, len(more) + 2.0)
    every = [mine, *(other.indices["Ppk"] for other in more)]
    band = Series(
        name="interval",
        label="95 % interval",
        x=tuple(x.tolist()),
        y=tuple(round(index.low, 3) for index in every),
        y2=tuple(round(index.high, 3) for index in every),
        shape="band",
        role="aside",
    )
    value = np.array([index.value for index in every])
    lines = [RefLine(label="Demanded: 1.33", value=DEMAND, kind="target")]
    if inputs.reveal:
        lines.append(RefLine(label="In truth", value=round(found.process.long.cpk, 3)))
    return Chart(
        name="wobble",
        title="Ppk of your sample and of thirty more like it",
        x_label="Sample (1 is yours)",
        y_label="Ppk",
        series=(_series("ppk", "Ppk", x, value, "points"), band),
        lines=tuple(lines),
        marks=(Mark(x=1.0, y=round(mine.value, 3), label="yours", kind="note"),),
        words=f"The same grinder, {inputs.sample} shafts each: from {value.min():.2f} to {value.max():.2f}.",
    )


def _bill(inputs: CenterOrSpreadInputs, found: Result) -> Chart:
    before = process_of(inputs.model_copy(update={"move": 0.0, "bar": False, "spindle": False, "cooling": False}), 0)
    return Chart(
        name="bill",
        title="What a shaft costs in changes and in bad shafts",
        x_label="",
        y_label="USD a shaft",
        series=(
            _series("usd", "USD a shaft", np.array([1.0, 2.0]), np.array([found.cost.changes, found.cost.bad]), "bars"),
        ),
        x_names=("changes", "bad shafts"),
        words=f"{found.cost.changes:.2f} USD for changes and {found.cost.bad:.2f} for bad shafts make "
        f"{found.cost.total:.2f} a shaft. Without your purchases {before.ppm:,.0f} of a million were bad, now "
        f"{found.process.ppm:,.0f}.",
        zero=True,
    )


def tables(inputs: CenterOrSpreadInputs, found: Result) -> tuple[DataTable, ...]:
    """Every shaft, five to a row; and the causes with their sigma where they may be seen."""
    s = found.sample
    rows = tuple(
        (i // IN_A_ROW + 1, int(s.number[i]) + 1, " ".join(_mm(x) for x in s.diameter[i : i + IN_A_ROW].tolist()))
        for i in range(0, len(s.diameter), IN_A_ROW)
    )
    columns = ("Subgroup", "From shaft", "Diameters of five in a row, mm")
    sheet = DataTable(name="sheet", title="Your sample", columns=columns, rows=rows)
    if not inputs.reveal or inputs.grinder != "set":
        return (sheet,)
    parts = found.process.variances
    causes = tuple((CAUSES[name], f"{value**0.5:.2f}", f"{value:.2f}") for name, value in parts.items())
    total = ("overall", f"{found.process.overall:.2f}", f"{found.process.overall**2:.2f}")
    spread = DataTable(
        name="causes",
        title=f"What spreads the shafts (the wheel wears {WEAR:g} µm a shaft)",
        columns=("Cause", "Sigma, µm", "Variance, µm²"),
        rows=(*causes, total),
    )
    return (spread, sheet)


def _mm(diameter: float) -> str:
    return f"{8.0 + diameter / 1000.0:.4f}"
