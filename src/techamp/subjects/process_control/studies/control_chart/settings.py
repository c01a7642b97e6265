"""What the engineer may set about her chart."""

from __future__ import annotations

from techamp.contract import Inputs, choice, flag, quantity, rows, text
from techamp.subjects.process_control.studies.roles import ONLY

WIDE = (-1e9, 1e9)
CHARTS = {
    "auto": "Choose for me",
    "imr": "Single readings and moving range (I-MR)",
    "xbar_r": "Averages and ranges (X̄-R)",
    "xbar_s": "Averages and standard deviations (X̄-S)",
    "ewma": "EWMA: remembers, sees small shifts",
    "cusum": "CUSUM: adds up, sees small shifts",
    "p": "p: share of defective parts",
    "np": "np: number of defective parts",
    "laney_p": "Laney p′: shares in very large samples",
    "c": "c: defects on equal units",
    "u": "u: defects per unit",
    "laney_u": "Laney u′: defects per unit, very large samples",
    "g": "g: good parts between rare defects",
    "t": "t: time between rare events",
    "t2": "T²: several measures at once",
}
VARIABLES, COUNTS = ("imr", "xbar_r", "xbar_s", "ewma", "cusum"), ("p", "np", "laney_p", "c", "u", "laney_u")
ESTIMATORS = {
    "auto": "The usual one for the chart",
    "moving_range": "Average moving range: MR̄/d2 (I-MR)",
    "median_moving_range": "Median moving range: median MR/d4 (I-MR)",
    "r_bar": "Average range: R̄/d2 (subgroups)",
    "s_bar": "Average standard deviation: S̄/c4 (subgroups)",
    "pooled": "Pooled standard deviation (subgroups)",
    "overall": "Overall standard deviation: s (hides shifts)",
}
_MEASURED = ("chart", ("auto", *VARIABLES))


class ControlChartSettings(Inputs):
    """All of it has a sensible default: a column of numbers is enough."""

    chart: str = choice(
        "auto",
        CHARTS,
        label="Chart",
        help="Choose for me: I-MR without subgroups, X̄-R for subgroups up to 10, X̄-S for larger ones; for a column of "
        "rejects or defects p, u or c.",
    )
    subgroup_size: int = quantity(
        1,
        "readings",
        range=(1, 25),
        label="Readings in a subgroup",
        help="Used when no column says which readings belong together: every so many rows form one subgroup.",
        when=_MEASURED,
    )
    sample_size: float | None = quantity(
        None,
        "parts",
        range=(0.000001, 1e9),
        step=1.0,
        optional=True,
        label="Parts looked at in each sample",
        help="Used when no column says how many were looked at.",
        when=("chart", ("auto", *COUNTS)),
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
        help="More rules find small shifts sooner, and give more false alarms. EWMA, CUSUM and T² use the limit alone.",
    )
    estimator: str = choice(
        "auto",
        ESTIMATORS,
        label="How sigma is estimated",
        help="Other programs may use another one; then limits differ.",
        when=_MEASURED,
    )
    only: str = text(
        "",
        label=ONLY,
        help="Left empty, all of them share the chart.",
        of="stream",
    )
    phases: str = rows(
        label="New limits from row",
        action="New limits from here",
        help="Where the process was changed on purpose. Row numbers of the file, each with a word: "
        "51: new tool; 120: new lot.",
        reasons="optional",
    )
    exclude: str = rows(
        label="Left out of the limits",
        action="Leave out of the limits",
        help="Only points whose cause is known. Row numbers of the file with the cause: 60-62: chipped insert. "
        "They stay on the chart.",
        reasons="required",
    )
    weight: float = quantity(
        0.2,
        "",
        range=(0.01, 1.0),
        step=0.01,
        label="Weight of the newest point (λ)",
        help="0.2 finds shifts of about one sigma; smaller weights find smaller shifts.",
        when=("chart", ("ewma",)),
    )
    ewma_width: float = quantity(
        2.86,
        "sigma",
        range=(1.0, 5.0),
        step=0.01,
        label="Width of the EWMA limits (L)",
        help="With weight 0.2, 2.86 gives one false alarm in about 370 points.",
        when=("chart", ("ewma",)),
    )
    steady: bool = flag(
        False,
        label="Straight EWMA limits from the first point",
        help="NIST and some programs draw the final width from the start; then early shifts are found later.",
        when=("chart", ("ewma",)),
    )
    reference: float = quantity(
        0.5,
        "sigma",
        range=(0.0, 3.0),
        step=0.05,
        label="CUSUM allowance (k)",
        help="Half the shift that you want to find.",
        when=("chart", ("cusum",)),
    )
    decision: float = quantity(
        5.0,
        "sigma",
        range=(1.0, 20.0),
        step=0.1,
        label="CUSUM decision interval (h)",
        help="With allowance 0.5, 5 gives one false alarm in about 465 points, 4 in about 168.",
        when=("chart", ("cusum",)),
    )
    head_start: bool = flag(
        False,
        label="Fast start",
        help="The sums begin at half the decision interval, so that a wrong start is found at once.",
        when=("chart", ("cusum",)),
    )
    known_center: float | None = quantity(
        None,
        "",
        range=WIDE,
        step=0.0001,
        optional=True,
        label="Known center",
        help="From an earlier study. Left empty, it is worked out from these readings.",
        when=("chart", ("auto", *VARIABLES, *COUNTS, "g")),
    )
    known_sigma: float | None = quantity(
        None,
        "",
        range=(1e-12, 1e9),
        step=0.0001,
        optional=True,
        label="Known sigma",
        help="From an earlier study: the spread of single readings.",
        when=_MEASURED,
    )
    lower_spec: float | None = quantity(
        None,
        "",
        range=WIDE,
        step=0.0001,
        optional=True,
        label="Lower specification limit",
        help="In the column’s unit.",
        when=_MEASURED,
    )
    upper_spec: float | None = quantity(
        None,
        "",
        range=WIDE,
        step=0.0001,
        optional=True,
        label="Upper specification limit",
        help="In the column’s unit.",
        when=_MEASURED,
    )
    target: float | None = quantity(
        None,
        "",
        range=WIDE,
        step=0.0001,
        optional=True,
        label="Target",
        help="Left empty: the middle of the two limits.",
        when=_MEASURED,
    )
