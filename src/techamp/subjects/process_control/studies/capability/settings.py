"""What the engineer may set about capability."""

from __future__ import annotations

from techamp.contract import Inputs, choice, quantity, rows, text
from techamp.subjects.process_control.studies.control_chart.settings import ESTIMATORS, WIDE
from techamp.subjects.process_control.studies.roles import ONLY

SHAPES = {
    "normal": "Normal",
    "best": "The family that fits best, by percentiles",
    "lognormal": "Lognormal, by percentiles",
    "weibull": "Weibull, by percentiles",
    "gamma": "Gamma, by percentiles",
    "exponential": "Exponential, by percentiles",
    "largest_extreme": "Largest extreme value, by percentiles",
    "none": "No family: percentiles of the readings themselves",
    "box_cox": "Box-Cox: transform until it is normal",
}


class CapabilitySettings(Inputs):
    """At least one specification limit must be there; the rest has a sensible default."""

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
        None, "", range=WIDE, step=0.0001, optional=True, label="Target", help="For Cpm. Left empty, there is no Cpm."
    )
    shape: str = choice(
        "normal",
        SHAPES,
        label="Shape of the readings",
        help="Flatness, runout and times are often not normal. Choose a family because the process gives it, not "
        "because its number is nicer.",
    )
    subgroup_size: int = quantity(
        1,
        "readings",
        range=(1, 25),
        label="Readings in a subgroup",
        help="Used when no column says which readings belong together.",
    )
    estimator: str = choice(
        "auto",
        ESTIMATORS,
        label="How the within sigma is estimated",
        help="Cp and Cpk come from it; Pp and Ppk do not.",
    )
    confidence: str = choice(
        "0.95", {"0.9": "90 %", "0.95": "95 %", "0.99": "99 %"}, label="Confidence of the intervals"
    )
    only: str = text(
        "",
        label=ONLY,
        help="Left empty, all of them share the chart.",
        of="stream",
    )
    exclude: str = rows(
        label="Left out",
        action="Leave out",
        help="Only readings whose cause is known. Row numbers of the file with the cause: 60-62: chipped insert.",
        reasons="required",
    )
