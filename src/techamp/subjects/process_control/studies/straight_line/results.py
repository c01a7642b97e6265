"""Measures, tables, the formula with these numbers, and why other programs print other ones."""

from __future__ import annotations

import numpy as np

from techamp.contract import DataTable, Explanation, Measure
from techamp.subjects.process_control.studies.p_values import p_cell, p_measure
from techamp.subjects.process_control.studies.straight_line.analysis import Found
from techamp.subjects.process_control.studies.straight_line.words import per_x
from techamp.subjects.process_control.tail_areas import t_quantile

PLACES = 9  # rows of the table of predictions
MOST_ODD = 10


def measures(found: Found) -> tuple[Measure, ...]:
    """Slope, intercept, prediction, spread about the line, share explained, p."""
    slope, intercept, line = found.slope, found.intercept, found.line
    value, _, _, low, high = line.predict(found.at)
    digits = len(found.of_slope(slope.value).partition(".")[2])
    made = [
        Measure(
            name="slope", label="Slope", value=slope.value, low=slope.low, high=slope.high, decimals=digits,
            unit=f"{found.y_unit}/{found.x_unit}" if found.x_unit else found.y_unit, help=f"{per_x(found)}.",
        )
    ]  # fmt: skip
    if intercept is not None:
        made.append(
            Measure(
                name="intercept", label="Intercept", value=intercept.value, low=intercept.low, high=intercept.high,
                unit=found.y_unit, decimals=found.decimals, help=f"The line where {found.x_name} is 0.",
            )
        )  # fmt: skip
    return (
        *made,
        Measure(
            name="prediction", label=f"New reading at {found.of_x(found.at)}", value=value, low=low, high=high,
            unit=found.y_unit, decimals=found.decimals, help="With the interval for one new reading.",
        ),
        Measure(
            name="residual_sd", label="Spread about the line", value=line.residual_sd, unit=found.y_unit,
            decimals=found.decimals + 1, better="lower", help="A standard deviation.",
        ),
        Measure(
            name="r_squared", label="Share explained (R²)", value=100 * line.r_squared, unit="%",
            help="High R² does not make a line right: look at the charts.",
        ),
        p_measure(slope.p),
    )  # fmt: skip


def tables(found: Found) -> tuple[DataTable, ...]:
    """Coefficients, predictions over the range, odd readings, formulas."""
    odd = _odd(found)
    return (_coefficients(found), _predictions(found), *([odd] if odd.rows else []), _formulas(found))


def _coefficients(found: Found) -> DataTable:
    names = {"intercept": "Intercept", "x": "Slope"}
    rows = tuple(
        (names[c.name], f"{c.value:.6g}", f"{c.error:.4g}", f"{c.t:.3f}", p_cell(c.p), f"{c.low:.6g} to {c.high:.6g}")
        for c in found.line.coefficients
    )
    columns = ("", "Value", "Standard error", "t", "p", f"{found.confidence} interval")
    return DataTable(name="coefficients", title="The line", columns=columns, rows=rows)


def _predictions(found: Found) -> DataTable:
    places = sorted({*np.linspace(found.x.min(), found.x.max(), PLACES).tolist(), found.at})
    rows = tuple((found.of_x(x), *(found.of_y(v) for v in found.line.predict(x))) for x in places)
    columns = (found.x_name, "Expected", "Average from", "Average to", "New reading from", "New reading to")
    return DataTable(name="predictions", title="What to expect", columns=columns, rows=rows)


def _odd(found: Found) -> DataTable:
    """Pairs that lie far off or pull the line, the farthest first."""
    doubts = found.doubts
    wide = np.flatnonzero((np.abs(doubts.studentized) > 2.5) | (doubts.cook > 1.0))
    first = wide[np.argsort(-np.abs(doubts.studentized[wide]))][:MOST_ODD]
    rows = tuple(
        (
            int(found.rows[i]), found.of_x(float(found.x[i])), found.of_y(float(found.y[i])),
            f"{doubts.studentized[i]:.2f}", f"{doubts.leverage[i]:.3f}", f"{doubts.cook[i]:.2f}",
        )
        for i in first.tolist()
    )  # fmt: skip
    columns = ("Row of the file", found.x_name, found.y_name, "Deleted residual", "Leverage", "Cook’s distance")
    return DataTable(name="odd", title="Readings to look at", columns=columns, rows=rows)


def _formulas(found: Found) -> DataTable:
    line, n = found.line, len(found.x)
    t = t_quantile(0.5 * (1.0 + line.confidence), line.df)
    share = line.fit.direction_variance(np.array([1.0, found.at] if line.intercept else [found.at]))
    s, e = f"{line.residual_sd:.5g}", f"{line.fit.ss_residual:.5g}"
    value, mean_low, mean_high, low, high = line.predict(found.at)
    rows = [*_slope_rows(found), ("s", "√(Σe²/(n − k))", f"√({e}/({n} − {n - line.df}))", s)]
    error, where = f"{found.slope.error:.4g}", f"{found.of_y(value, 1)}"
    half_mean, half = f"{t:.3f}·{s}·√{share:.4g}", f"{t:.3f}·{s}·√(1 + {share:.4g})"
    rows += [
        ("slope, interval", "b ± t*·s_b", f"{found.slope.value:.5g} ± {t:.3f}·{error}",
         f"{found.slope.low:.5g} to {found.slope.high:.5g}"),
        ("average, interval", "ŷ ± t*·s·√h", f"{where} ± {half_mean}", _span(found, mean_low, mean_high)),
        ("new reading, interval", "ŷ ± t*·s·√(1 + h)", f"{where} ± {half}", _span(found, low, high)),
    ]  # fmt: skip
    columns = ("", "Formula", "With your numbers", "Value")
    return DataTable(name="formulas", title="The formula with your numbers", columns=columns, rows=tuple(rows))


def _span(found: Found, low: float, high: float) -> str:
    return f"{found.of_y(low, 1)} to {found.of_y(high, 1)}"


def _slope_rows(found: Found) -> list[tuple[str, str, str, str]]:
    x, y, slope = found.x, found.y, found.slope
    if not found.line.intercept:
        sums = f"{float(x @ y):.6g}/{float(x @ x):.6g}"
        return [("slope b", "Σxy/Σx²", sums, f"{slope.value:.6g}")]
    dx, dy = x - x.mean(), y - y.mean()
    middle = f"{y.mean():.7g} − {slope.value:.6g}·{x.mean():.6g}"
    return [
        ("slope b", "Σ(x − x̄)(y − ȳ)/Σ(x − x̄)²", f"{float(dx @ dy):.6g}/{float(dx @ dx):.6g}", f"{slope.value:.6g}"),
        ("intercept a", "ȳ − b·x̄", middle, f"{found.line.coefficients[0].value:.6g}"),
    ]


def differences(found: Found) -> Explanation:
    """What others compute instead."""
    line = found.line
    said = [
        f"R² is {line.r_squared:.4f}; adjusted for the number of terms it is {line.r_squared_adjusted:.4f}. Programs "
        "print "
        "one, the other, or both.",
        "The wide band is for one new reading, the narrow one for the average. A spreadsheet’s trend line shows "
        "neither.",
        "Deleted residuals leave the reading itself out. Programs that print “standardized residuals” leave it in, and "
        "an "
        "odd reading looks less odd there.",
        "Cook’s distance is held against 1 here. Some mark everything above 4/n, which marks good readings too.",
        f"y on x is another line than x on y: turned around, the slope would be {_turned(found)}.",
    ]
    if not line.intercept:
        said.append(
            "Through zero, R² is measured from zero and not from the average: it cannot be compared with others."
        )
    return Explanation(name="differs", title="Why another program may print something else", sentences=tuple(said))


def _turned(found: Found) -> str:
    """The slope, in y per x, of the line that predicts x from y."""
    if found.line.intercept and found.line.r_squared > 0.0:
        return found.of_slope(found.slope.value / found.line.r_squared)
    other = float(found.x @ found.y)
    return found.of_slope(float(found.y @ found.y) / other) if other else "without end"
