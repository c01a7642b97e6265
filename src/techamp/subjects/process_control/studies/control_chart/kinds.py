"""Which chart fits the readings, and that chart, whatever its kind, as one location panel and perhaps a second."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from techamp.contract import InvalidInput
from techamp.subjects.process_control.attribute_charts import (
    c_chart,
    laney_p_chart,
    laney_u_chart,
    np_chart,
    p_chart,
    u_chart,
)
from techamp.subjects.process_control.chart import ControlChart, Panel, Phase
from techamp.subjects.process_control.cusum import cusum_chart
from techamp.subjects.process_control.ewma import ewma_chart
from techamp.subjects.process_control.individuals import individuals_chart
from techamp.subjects.process_control.multivariate import hotelling_chart
from techamp.subjects.process_control.phases import plan
from techamp.subjects.process_control.rare_events import g_chart, t_chart
from techamp.subjects.process_control.sigma import Sigma
from techamp.subjects.process_control.studies.control_chart.arrangement import Arrangement
from techamp.subjects.process_control.studies.control_chart.picking import Picked
from techamp.subjects.process_control.studies.control_chart.settings import ControlChartSettings
from techamp.subjects.process_control.subgrouping import subgroups
from techamp.subjects.process_control.x_bar import x_bar_r_chart, x_bar_s_chart

LARGEST_FOR_RANGES = 10
USUAL = {"imr": "moving_range", "xbar_r": "r_bar", "xbar_s": "s_bar"}
NAMES = {
    "imr": "I-MR chart",
    "xbar_r": "X̄-R chart",
    "xbar_s": "X̄-S chart",
    "ewma": "EWMA chart",
    "cusum": "CUSUM chart",
    "p": "p chart",
    "np": "np chart",
    "laney_p": "Laney p′ chart",
    "c": "c chart",
    "u": "u chart",
    "laney_u": "Laney u′ chart",
    "g": "g chart",
    "t": "t chart",
    "t2": "T² chart",
}
_ARTICLE = {"imr": "an", "xbar_r": "an", "xbar_s": "an", "ewma": "an", "np": "an"}  # said "ex-bar"
_SIZED: dict[str, Callable[..., ControlChart]] = {
    "p": p_chart,
    "np": np_chart,
    "laney_p": laney_p_chart,
    "u": u_chart,
    "laney_u": laney_u_chart,
}
VARIABLES = ("imr", "xbar_r", "xbar_s", "ewma", "cusum")
COUNTS = (*_SIZED, "c")
ENOUGH_FOR_T2 = 2


def named(kind: str) -> str:
    """The kind with its article: "an I-MR chart"."""
    return f"{_ARTICLE.get(kind, 'a')} {NAMES[kind]}"


def choose_kind(data: Arrangement, settings: ControlChartSettings, said: list[str]) -> str:
    """The kind that was asked for, or the one that fits the columns."""
    asked = settings.chart
    if asked != "auto" and asked not in ("imr", "xbar_r", "xbar_s"):
        return asked
    if asked == "auto" and data.meaning in ("defects", "defectives"):
        return _count_kind(data, settings, said)
    largest = _largest(data)
    if asked == "imr" or (asked == "auto" and largest < 2):
        if asked == "auto" and data.label is not None:
            said.append("Each subgroup has one reading, so this is a chart of single readings.")
        if asked == "imr" and largest > 1:
            said.append("You asked for single readings, so the subgroups were not used.")
        return "imr"
    if largest < 2:
        remedy = "Choose the subgroup column, set the readings in a subgroup to 2 or more, or use the I-MR chart."
        raise InvalidInput("Chart", "needs subgroups of two readings or more", asked, remedy)
    if asked == "auto":
        return "xbar_r" if largest <= LARGEST_FOR_RANGES else "xbar_s"
    return asked


def is_grouped(kind: str, data: Arrangement) -> bool:
    """Whether a point is a subgroup."""
    return kind in ("xbar_r", "xbar_s") or (kind in ("ewma", "cusum") and _largest(data) > 1)


def _largest(data: Arrangement) -> int:
    """Readings in the largest subgroup."""
    return 1 if data.label is None else int(np.bincount(data.label[~np.isnan(data.values)]).max())


def _count_kind(data: Arrangement, settings: ControlChartSettings, said: list[str]) -> str:
    if data.sizes is None and settings.sample_size is None:
        said.append(
            "No column says how many parts were looked at, so every sample counts as equally large. "
            "Name that column, or type the number, for a chart of shares."
        )
        return "c"
    return "p" if data.meaning == "defectives" else "u"


def make_chart(kind: str, data: Arrangement, settings: ControlChartSettings, pick: Picked) -> ControlChart:
    """The chart of that kind; raises InvalidInput where the columns cannot carry it."""
    common: dict[str, Any] = {"phases": pick.phases, "exclude": pick.exclude}
    if kind == "c":
        return c_chart(data.values, center=settings.known_center, **common)
    if kind in _SIZED:
        return _SIZED[kind](data.values, _sizes(data, settings, kind), center=settings.known_center, **common)
    if kind == "g":
        return g_chart(data.values, center=settings.known_center, **common)
    if kind == "t":
        return t_chart(data.values, **common)
    if kind == "t2":
        return _t2(data, pick)
    base = _base(kind, data, settings, common)
    if kind == "ewma":
        limits = "steady" if settings.steady else "exact"
        return ewma_chart(base, weight=settings.weight, k=settings.ewma_width, limits=limits)
    return _cusum(base, settings) if kind == "cusum" else base


def _base(kind: str, data: Arrangement, settings: ControlChartSettings, common: dict[str, Any]) -> ControlChart:
    """The Shewhart chart itself, or the one whose points an EWMA or a CUSUM takes."""
    known: dict[str, Any] = {"center": settings.known_center, "sigma": settings.known_sigma}
    if not is_grouped(kind, data):
        shown = "imr" if kind == "imr" else kind
        return individuals_chart(data.values, estimator=_estimator(settings, "imr", shown, True), **known, **common)
    groups = subgroups(data.values, labels=data.label)
    full = groups.n[groups.n > 0]
    inner = kind if kind in USUAL else ("xbar_r" if full.max() <= LARGEST_FOR_RANGES else "xbar_s")
    make = x_bar_r_chart if inner == "xbar_r" else x_bar_s_chart
    return make(groups, estimator=_estimator(settings, inner, kind, bool((full == full[0]).all())), **known, **common)


def _estimator(settings: ControlChartSettings, inner: str, kind: str, equal: bool) -> str:
    name = settings.estimator
    if name == "auto":
        return USUAL[inner] if inner == "imr" or equal else f"{USUAL[inner]}_mvue"
    if name != "overall" and (inner == "imr") != name.endswith("moving_range"):
        remedy = "Leave it on the usual one, or change the chart."
        raise InvalidInput("How sigma is estimated", f"must fit the {NAMES[kind]}", name, remedy)
    return name


def _sizes(data: Arrangement, settings: ControlChartSettings, kind: str) -> Any:
    if data.sizes is not None:
        return data.sizes
    if settings.sample_size is not None:
        return settings.sample_size
    label = next(f.label for f in settings.fields() if f.name == "sample_size")
    remedy = "Choose the column that says how many were looked at, or type the number."
    raise InvalidInput(label, f"must be known for the {NAMES[kind]}", "nothing", remedy)


def _cusum(base: ControlChart, settings: ControlChartSettings) -> ControlChart:
    """Upper sums on the location panel and lower sums on the second, both in standard errors of the points."""
    found = cusum_chart(
        base,
        reference=settings.reference,
        decision=settings.decision,
        head_start=0.5 if settings.head_start else 0.0,
    )
    count = len(base)
    zero, one, limit = np.zeros(count), np.ones(count), np.full(count, found.decision)
    upper = Panel("C⁺", found.upper, zero, np.full(count, -np.inf), limit, one, tests="limits")
    lower = Panel("C⁻", found.lower, zero, -limit, np.full(count, np.inf), one, tests="limits")
    return _replaced(base, "cusum", upper, lower)


def _replaced(base: ControlChart, kind: str, location: Panel, spread: Panel | None) -> ControlChart:
    return ControlChart(
        kind=kind,
        location=location,
        spread=spread,
        phases=base.phases,
        phase=base.phase,
        n=base.n,
        labels=base.labels,
        used=base.used,
        k=base.k,
        span=base.span,
        excluded=base.excluded,
        notes=base.notes,
    )


def _t2(data: Arrangement, pick: Picked) -> ControlChart:
    """T² of each row; every phase has its own center and covariance."""
    if not data.others:
        remedy = "Choose a second measure under “Columns and settings”."
        raise InvalidInput("Second measure", "must be one of your columns for the T² chart", "nothing", remedy)
    values = np.column_stack([data.values, *data.others.values()])
    scheme = plan(len(values), pick.phases, pick.exclude, None)
    points, upper, used, fitted = np.empty(len(values)), np.empty(len(values)), scheme.used.copy(), []
    for label, rows in scheme.each():
        inside = {p - rows.start: said for p, said in pick.exclude.items() if rows.start <= p < rows.stop}
        found = hotelling_chart(values[rows], exclude=inside)
        points[rows], upper[rows], used[rows] = found.points, found.upper, found.used
        sigma = Sigma(1.0, "none", "covariance of the measures", int(found.used.sum()))
        fitted.append(Phase(label, rows.start, rows.stop, float(found.center[0]), sigma, int(found.used.sum())))
    panel = Panel(
        "T²", points, np.zeros(len(points)), np.full(len(points), -np.inf), upper, np.ones(len(points)), "limits"
    )
    return ControlChart(
        kind="t2",
        location=panel,
        spread=None,
        phases=tuple(fitted),
        phase=scheme.phase,
        n=(~np.isnan(points)).astype(np.int64),
        labels=range(1, len(points) + 1),
        used=used,
        excluded=scheme.excluded,
    )
