"""What the learner may set about her chart."""

from __future__ import annotations

from techamp.contract import Inputs, choice, quantity

WIDE = (-1e9, 1e9)
ESTIMATORS = {
    "auto": "The usual one for the chart",
    "moving_range": "Average moving range: MR̄/d2 (I-MR)",
    "median_moving_range": "Median moving range: median MR/d4 (I-MR)",
    "r_bar": "Average range: R̄/d2 (subgroups)",
    "s_bar": "Average standard deviation: S̄/c4 (subgroups)",
    "pooled": "Pooled standard deviation (subgroups)",
}


class ControlChartSettings(Inputs):
    """All of it has a sensible default: a column of numbers is enough."""

    chart: str = choice(
        "auto",
        {
            "auto": "Choose for me",
            "imr": "Single readings and moving range (I-MR)",
            "xbar_r": "Averages and ranges (X̄-R)",
            "xbar_s": "Averages and standard deviations (X̄-S)",
        },
        label="Chart",
        help="Choose for me: I-MR without subgroups, X̄-R for subgroups up to 10, X̄-S for larger ones.",
    )
    subgroup_size: int = quantity(
        1,
        "readings",
        range=(1, 25),
        label="Readings in a subgroup",
        help="Used when no column says which readings belong together: every so many rows form one subgroup.",
    )
    rules: str = choice(
        "western_electric",
        {
            "limits_only": "A point beyond a limit",
            "western_electric": "Western Electric: four rules",
            "nelson": "Nelson: eight rules",
            "aiag": "AIAG: eight rules",
        },
        label="What counts as a signal",
        help="More rules find small shifts sooner, and cry wolf more often.",
    )
    estimator: str = choice(
        "auto",
        ESTIMATORS,
        label="How sigma is estimated",
        help="Other programs may use another one; then limits differ.",
    )
    lower_spec: float | None = quantity(
        None,
        "",
        range=WIDE,
        step=0.0001,
        optional=True,
        label="Lower specification limit",
        help="In the column’s unit.",
    )
    upper_spec: float | None = quantity(
        None,
        "",
        range=WIDE,
        step=0.0001,
        optional=True,
        label="Upper specification limit",
        help="In the column’s unit.",
    )
    target: float | None = quantity(
        None,
        "",
        range=WIDE,
        step=0.0001,
        optional=True,
        label="Target",
        help="Left empty: the middle of the two limits.",
    )
