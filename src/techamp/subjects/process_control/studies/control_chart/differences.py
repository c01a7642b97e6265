"""Why another program may print something else: the other choices, and what they would give on these readings."""

from __future__ import annotations

import numpy as np

from techamp.contract import Explanation, InvalidInput
from techamp.subjects.process_control.sigma import INDIVIDUAL_ESTIMATORS, SUBGROUP_ESTIMATORS, Sigma, moving_ranges
from techamp.subjects.process_control.studies.control_chart.analysis import Analysis
from techamp.subjects.process_control.subgrouping import subgroups

MOST_READINGS = 500_000  # beyond, the other estimates would take longer than the chart
_OTHERS = {
    "moving_range": ("median_moving_range", "moving_range_rounded_d2", "overall"),
    "median_moving_range": ("moving_range", "overall"),
    "r_bar": ("r_bar_rounded_d2", "s_bar", "pooled", "overall"),
    "r_bar_mvue": ("r_bar", "s_bar_mvue", "pooled", "overall"),
    "s_bar": ("r_bar", "pooled", "overall"),
    "s_bar_mvue": ("s_bar", "r_bar_mvue", "pooled", "overall"),
    "pooled": ("pooled_without_c4", "r_bar", "overall"),
}
_WHO = {
    "median_moving_range": "an option for data with a few wild points",
    "moving_range": "the usual one",
    "moving_range_rounded_d2": "printed tables and R’s qcc round d2 to 1.128",
    "r_bar_rounded_d2": "printed tables and R’s qcc round d2 to three decimals",
    "overall": "what a spreadsheet’s STDEV gives; it grows with the shifts that the chart should find",
    "pooled": "Minitab’s default for X̄ charts",
    "pooled_without_c4": "without the correction for bias",
    "r_bar": "each subgroup with equal weight",
    "s_bar": "the usual one for X̄-S",
    "r_bar_mvue": "Minitab’s weights for unequal sizes",
    "s_bar_mvue": "Minitab’s weights for unequal sizes",
}
_RULES = {
    "limits_only": "Only points beyond a limit count here; a point exactly on the limit does not. Some programs "
    "count it.",
    "western_electric": "Eight in a row on one side count here (Western Electric). Nelson and Minitab wait for "
    "nine, AIAG "
    "counts seven. A point exactly on a limit or on the center line does not count.",
    "nelson": "Nine in a row on one side count here (Nelson). Western Electric counts eight, AIAG seven. For "
    "eight points "
    "beyond one sigma we ask for both sides; Minitab and JMP also take all eight on one side.",
    "aiag": "Seven in a row on one side count here (AIAG). Western Electric counts eight, Nelson and Minitab nine.",
}
_KINDS = {
    "p": "These are the usual limits p̄ ± 3·√(p̄(1−p̄)/n) with the size of each sample. Programs that use the average "
    "size draw straight limits; with exact binomial limits small samples differ.",
    "np": "Limits follow the size of each sample. Programs that use the average size draw straight limits.",
    "c": "These are the usual limits c̄ ± 3·√c̄. Exact Poisson limits are not symmetric and differ below about c̄ = 10.",
    "u": "Limits follow the size of each sample. Programs that use the average size draw straight limits.",
    "laney_p": "The factor σz comes from the moving ranges of the standardized shares (Laney 2002). A plain p "
    "chart has "
    "no such factor.",
    "laney_u": "The factor σz comes from the moving ranges of the standardized rates. A plain u chart has no such "
    "factor.",
    "g": "Limits are ḡ ± 3·√(ḡ(ḡ+1)). Minitab draws quantiles of the geometric distribution instead, and its center is "
    "the median.",
    "t": "Times are raised to 1/3.6 and charted with moving ranges (Nelson). Minitab fits a Weibull or an exponential "
    "distribution and draws its quantiles.",
    "t2": "These points set the limit themselves, so the beta distribution is right (Tracy, Young and Mason "
    "1992). With "
    "the F or chi-square distribution, as for later points, the limit would lie higher.",
    "ewma": "The limits widen over the first points, as the variance of the average does. NIST plots the final "
    "width from "
    "the first point on; switch that on under “Columns and settings”.",
    "cusum": "Sums are in sigma of a point. Some programs sum in the unit of the measure: multiply by sigma. Minitab’s "
    "default is h = 4, k = 0.5.",
}


def differences(found: Analysis) -> Explanation:
    """Sentences, the ones with numbers of this chart first."""
    said = [*_sigmas(found), *_phases(found)]
    said += [_KINDS[found.kind]] if found.kind in _KINDS else []
    if found.chart.location.tests == "all":
        said.append(_RULES[found.settings.rules])
    return Explanation(name="differs", title="Why another program may print something else", sentences=tuple(said))


def _sigmas(found: Analysis) -> list[str]:
    """The upper limit that each other estimator would give, for the phase that comes last."""
    chart, used = found.chart, found.chart.sigma
    if found.kind not in ("imr", "xbar_r", "xbar_s"):
        return []
    last = int(np.flatnonzero(~np.isnan(chart.location.points))[-1])
    upper, center = float(chart.location.upper[last]), float(chart.location.center[last])
    said = [
        f"Here sigma is {used.formula} = {used.value:.6g}, which puts the upper limit at "
        f"{upper:.{found.decimals + 2}f}."
    ]
    for name in _OTHERS.get(used.name, ()) if len(found.data.values) <= MOST_READINGS else ():
        other = _other(found, name)
        if other is not None:
            limit = center + (upper - center) * other.value / used.value
            said.append(
                f"With {other.formula} sigma is {other.value:.6g} and the upper limit "
                f"{limit:.{found.decimals + 2}f} ({_WHO[name]})."
            )
    return said


def _other(found: Analysis, name: str) -> Sigma | None:
    """Another estimate from the readings that the limits of the last phase use; None where they cannot give it."""
    phase = found.chart.phases[-1]
    points = np.arange(phase.start, phase.stop)[found.chart.used[phase.start : phase.stop]]
    try:
        if not found.grouped:
            values = found.data.values[points]
            ranges = moving_ranges(values, found.chart.span)
            return INDIVIDUAL_ESTIMATORS[name](values, ranges, found.chart.span)
        label = found.data.label
        assert label is not None  # grouped charts come from labels
        keep = np.isin(label, points)
        if name == "overall":
            return INDIVIDUAL_ESTIMATORS["overall"](found.data.values[keep], found.data.values[keep], 2)
        return SUBGROUP_ESTIMATORS[name](subgroups(found.data.values[keep], labels=label[keep]))
    except InvalidInput:
        return None


def _phases(found: Analysis) -> list[str]:
    if len(found.chart.phases) < 2 and not found.chart.excluded:
        return []
    return ["Phases and points left out change the limits; give both programs the same ones before you compare."]
