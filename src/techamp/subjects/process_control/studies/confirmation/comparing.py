"""The runs, their mean, and whether it lies where the model said."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from techamp.contract import Chart, DataTable, InvalidInput, Measure, Outcome, RefLine, Series, Table
from techamp.subjects.process_control.readings import Array


@dataclass(frozen=True, eq=False)
class Compared:
    """``y``: (runs,) results in their unit; the prediction for their mean."""

    y: Array
    name: str
    unit: str
    expected: float
    low: float
    high: float

    @property
    def mean(self) -> float:
        """Of the runs."""
        return float(self.y.mean())

    @property
    def holds(self) -> bool:
        """Whether the mean lies in the predicted interval."""
        return self.low <= self.mean <= self.high

    @property
    def decimals(self) -> int:
        """Decimals that show a hundredth of the interval."""
        return max(0, min(9, 2 - int(np.floor(np.log10(self.high - self.low)))))

    def shown(self, value: float) -> str:
        """A result with its unit."""
        return f"{value:.{self.decimals}f} {self.unit}".rstrip().replace("-", "−")


def compare(table: Table, expected: float, low: float, high: float) -> Compared:
    """The results that were entered; raises InvalidInput when there is none."""
    column = table.column("response")
    y = table.numbers("response")
    y = y[~np.isnan(y)]
    if not len(y):
        raise InvalidInput("What was measured", "must have one result at least", "none", "Enter the runs you made.")
    return Compared(y, column.header or column.name, column.unit, expected, low, high)


def outcome(found: Compared) -> Outcome:
    """Words, one chart, numbers."""
    d = found.decimals
    runs = len(found.y)
    return Outcome(
        measures=(
            Measure(name="mean", label="Mean of the runs", value=found.mean, unit=found.unit, decimals=d),
            Measure(
                name="expected",
                label="What the model expects",
                value=found.expected,
                low=found.low,
                high=found.high,
                unit=found.unit,
                decimals=d,
            ),
            Measure(name="runs", label="Runs", value=runs, decimals=0),
        ),
        charts=(_chart(found),),
        tables=(_formula(found),),
        notes=_notes(found),
    )


def _formula(found: Compared) -> DataTable:
    d = found.decimals + 1
    shown = [f"{value:.{d}f}" for value in found.y[:12]] + (["…"] if len(found.y) > 12 else [])
    row = ("Mean of the runs", "Σy/n", f"({' + '.join(shown)})/{len(found.y)}", f"{found.mean:.{d}f}")
    heads = ("What", "Formula", "With my numbers", "Value")
    return DataTable(name="formulas", title="The formula with my numbers", columns=heads, rows=(row,))


def _notes(found: Compared) -> tuple[str, ...]:
    runs = "One confirmation run" if len(found.y) == 1 else f"The mean of {len(found.y)} confirmation runs"
    span = f"{found.shown(found.low)} to {found.shown(found.high)}"
    if found.holds:
        return (
            f"{runs}, {found.shown(found.mean)}, lies within the predicted {span}: the model holds at these settings.",
            "Write the settings into the control plan, and chart the first weeks: an experiment lasts days, a process "
            "lasts years.",
        )
    side = "above" if found.mean > found.high else "below"
    return (
        f"{runs}, {found.shown(found.mean)}, lies {side} the predicted {span}: the model does not hold at these "
        "settings.",
        "Ask first what was different: another batch, another setup, a setting that was not reached. If nothing was, "
        "two factors that the plan could not tell apart may have been taken for each other, or the response bends.",
        "Do not move to the new settings for good before you know.",
    )


def _chart(found: Compared) -> Chart:
    x = tuple(float(i) for i in range(1, len(found.y) + 1))
    y = tuple(round(float(v), found.decimals + 2) for v in found.y)
    mean = round(found.mean, found.decimals + 2)
    return Chart(
        name="runs",
        title="Confirmation runs and the prediction",
        x_label="Run",
        y_label=found.name,
        y_unit=found.unit,
        series=(
            Series(name="runs", label="Runs", x=x, y=y, shape="points"),
            Series(name="mean", label="Their mean", x=(x[0] - 0.5, x[-1] + 0.5), y=(mean, mean)),
        ),
        lines=(
            RefLine(label="Predicted, low", value=found.low, kind="limit"),
            RefLine(label="Expected", value=found.expected, kind="center"),
            RefLine(label="Predicted, high", value=found.high, kind="limit"),
        ),
        words="The predicted limits are for the mean of the runs. Single runs may lie outside.",
    )
