"""What the study says, most important first."""

from __future__ import annotations

import itertools

import numpy as np

from techamp.subjects.process_control.readings import Array
from techamp.subjects.process_control.studies.control_chart.analysis import Analysis, Run, typical
from techamp.subjects.process_control.studies.control_chart.kinds import COUNTS, VARIABLES, named
from techamp.subjects.process_control.studies.control_chart.level import level_change, without_level_change
from techamp.subjects.process_control.studies.control_chart.streams import stream_note


def notes(found: Analysis) -> tuple[str, ...]:
    """Stable or not, what the chart is, what to do next, fit to specification, then warnings.

    Where two machines differ, that is what to do next: a change of level among both means nothing yet.
    """
    apart = stream_note(found)
    return (
        _stable(found),
        *_gross(found),
        *_centers(found),
        *(apart or _level(found)),
        _chart(found),
        *([] if apart else [_next(found)]),
        *_fit(found),
        *_warnings(found),
        *found.data.said,
        *found.said,
    )


def _stable(found: Analysis) -> str:
    if not found.runs and len(found.chart.phases) > 1:
        return "No signal: within each phase the process looks stable."
    if not found.runs:
        return "No signal: the process looks stable. What you see is its everyday variation."
    if by_chance(found):
        return (
            f"{_points(found.signal_points)} of {len(found.chart):,} give a signal. A stable process gives about "
            f"{_expected(found):,.0f} by chance with these rules, so the process looks stable as a whole."
        )
    first = min(found.runs, key=lambda run: run.first)
    counts = []
    if found.kind == "cusum":
        counts.append(f"{_points(found.signal_points)} of the sums")
    elif found.signal_points:
        counts.append(f"{_points(found.signal_points)} of the location chart")
    if found.kind != "cusum" and (spread := _spread_points(found)):
        counts.append(f"{_points(spread)} of the spread chart")
    verdict = "Perhaps not stable" if doubtful(found) else "Not stable"
    return f"{verdict}: a signal at {' and '.join(counts)}. The first: {_said(found, first)}."


# Share of points that a stable, normal, independent process gets marked by chance: 2 million draws through the rules.
CHANCE = {"limits_only": 0.0027, "western_electric": 0.0164, "nelson": 0.0234, "aiag": 0.0345}
_CHANCE_7 = 0.0034  # the same for 15 points in a row within one sigma
_MANY = 300
LONG = 100_000
_FAR = 4.0  # beyond this many sigma a point is no accident: 1 in 16,000


def by_chance(found: Analysis) -> bool:
    """Whether a long chart has no more signals than a stable process would, on both panels."""
    count = len(found.chart)
    enough = count >= _MANY and found.signal_points <= 1.5 * _expected(found) + 3.0
    return enough and _spread_points(found) <= 0.02 * count


def doubtful(found: Analysis) -> bool:
    """Whether the few signals there are could well be chance: none far out, and hardly more than chance gives."""
    panel = found.chart.location
    if panel.tests != "all":
        return False
    farthest = float(np.nanmax(np.abs(panel.points - panel.center) / panel.point_sigma))
    few = found.signal_points <= 1.5 * _expected(found) + 1.0 and _spread_points(found) <= 0.02 * len(found.chart) + 1.0
    return few and farthest < _FAR


def _expected(found: Analysis) -> float:
    rate = CHANCE[found.settings.rules] if found.chart.location.tests == "all" else CHANCE["limits_only"]
    return rate * len(found.chart)


def _spread_points(found: Analysis) -> int:
    return len(found.marked.get("spread", ()))


def _points(number: int) -> str:
    return f"{number:,} {'point' if number == 1 else 'points'}"


def _level(found: Analysis) -> list[str]:
    if found.chart.location.tests != "all" or len(found.chart.phases) > 1:
        return []
    panel = found.chart.location
    present = np.flatnonzero(~np.isnan(panel.points))
    block = max(1, len(present) // LONG)  # of a long chart, the averages of blocks are looked at
    present = present[: len(present) // block * block]
    means = panel.points[present].reshape(-1, block).mean(axis=1)
    change = level_change(means, typical(panel.point_sigma) / block**0.5)
    if change is None or by_chance(found):
        return []
    before, after = found.shown(change.before), found.shown(change.after)
    if change.kind == "drift":
        return [
            f"The level drifts all along, from about {before} to about {after}. Look for what wears, "
            "warms up or settles."
        ]
    where = found.place(int(present[change.at * block]))
    return [f"The level seems to jump near {where}: average {before} before, {after} after. Ask what changed there."]


def _said(found: Analysis, run: Run) -> str:
    side = {1: "upward", -1: "downward", 0: ""}[run.direction]
    rule = run.hits.rule.name
    return f"{found.place(run.first)}, {rule}{', ' + side if side else ''}"


def _centers(found: Analysis) -> list[str]:
    """How far the level moved from phase to phase."""
    phases = found.chart.phases
    if found.kind not in ("imr", "xbar_r", "xbar_s") or len(phases) < 2:
        return []
    steps = [
        f"{found.shown(abs(new.center - old.center))} {'up' if new.center > old.center else 'down'} to "
        f"{found.shown(new.center)} with {_phase(str(new.label))}"
        for old, new in itertools.pairwise(phases[:4])
    ]
    return [f"The level was {found.shown(phases[0].center)}; it moved {', then '.join(steps)}."]


def _phase(label: str) -> str:
    return f"phase {label}" if label.isdigit() else f"“{label}”"


def _chart(found: Analysis) -> str:
    chart, count = found.chart, int((~np.isnan(found.data.values)).sum())
    what = "readings" if found.kind in VARIABLES or found.kind == "t2" else "samples"
    grouped = f" in {int((chart.n > 0).sum()):,} subgroups" if found.grouped else ""
    parts = f"This is {named(found.kind)} of {count:,} {what}{grouped}{_phases(found)}. "
    if found.kind in VARIABLES:
        sigma = f"{found.decimals_of(chart.sigma.value)} {found.data.unit}".rstrip()
        where = "within" if chart.sigma.within else "overall"
        center = found.shown(chart.center) if found.kind != "cusum" else found.decimals_of(chart.center)
        return f"{parts}The center is {center}; sigma {where} is {sigma}, estimated by {chart.sigma.formula}."
    return parts + _ABOUT.get(found.kind, f"The center is {found.shown(float(chart.location.center[-1]))}.")


def _phases(found: Analysis) -> str:
    count = len(found.chart.phases)
    return f" in {count} phases, each with its own limits" if count > 1 else ""


_ABOUT = {
    "t2": "Each point says how far a part lies from the usual combination of its measures.",
    "g": "A high point is good news: many good parts between two events. A row of low points is the warning.",
    "t": "A high point is good news: a long time between two events. A row of low points is the warning.",
}


def _next(found: Analysis) -> str:
    if not found.runs or by_chance(found):
        return (
            "Keep plotting with these limits. To make the spread smaller, change the process itself; "
            "hunting for the cause "
            "of single points would find nothing."
        )
    if doubtful(found):
        return (
            f"Look at each signal, and be ready to find nothing: of {len(found.chart):,} points of a stable process "
            f"these rules mark about {_expected(found):.1f} by chance. Collect more points before you change anything."
        )
    if found.kind in ("xbar_r", "xbar_s") and _spread_points(found):
        return (
            "Look at the spread chart first: while the spread is not stable, the limits of the location "
            "chart mean little. "
            "Then ask what happened at the first signal, and who can prove it."
        )
    return (
        "Go to the first signal and ask what was different there: tool, material, setting, people, "
        "gauge. A cause that you "
        "find and remove is worth more than a new limit. Leave a point out of the limits only with its "
        "cause written down."
    )


def _fit(found: Analysis) -> list[str]:
    fit = found.capability
    if fit is None:
        return []
    outside = fit.observed_outside
    said = [f"{outside:,} of {fit.n:,} readings {'is' if outside == 1 else 'are'} out of specification."]
    cpk, ppk = fit.indices.get("Cpk"), fit.indices.get("Ppk")
    if cpk is not None and ppk is not None:
        said.append(
            f"Cpk is {cpk.value:.2f} (95 % interval {cpk.low:.2f} to {cpk.high:.2f}): what the process "
            "could do if it never "
            f"shifted. Ppk is {ppk.value:.2f}: what it did."
        )
    return [*said, *fit.cautions]


def _warnings(found: Analysis) -> list[str]:
    checks = (_autocorrelated(found), _coarse(found), _mixed(found), _dispersed(found), _rare(found))
    return [*found.chart.notes, *(said for said in checks if said)]


def _dispersed(found: Analysis) -> str:
    """Counts that vary more than a binomial or Poisson count can: then Laney's limits are the honest ones."""
    if found.kind not in ("p", "np", "u", "c"):
        return ""
    panel = found.chart.location
    z = (panel.points - panel.center) / panel.point_sigma
    z = z[~np.isnan(z)]
    spread = float(np.mean(np.abs(np.diff(z)))) / 1.1284 if len(z) > 10 else 1.0
    if spread <= 1.5:
        return ""
    other = "p′" if found.kind in ("p", "np") else "u′"
    return (
        f"Samples differ {spread:.1f} times as much as pure chance in counting would make them. Then plain limits "
        "are too "
        f"narrow; Laney’s {other} chart allows for it."
    )


def _rare(found: Analysis) -> str:
    if found.kind not in COUNTS:
        return ""
    zeros = float(np.mean(found.data.values[~np.isnan(found.data.values)] == 0.0))
    if zeros < 0.5:
        return ""
    return (
        f"{100 * zeros:.0f} % of the samples have none at all. For events so rare, count the good parts between "
        "them (g "
        "chart) or the time between them (t chart)."
    )


def _autocorrelated(found: Analysis) -> str:
    if found.kind not in VARIABLES or found.chart.location.tests != "all":
        return ""
    points = found.chart.location.points[-LONG:]
    points = points[~np.isnan(points)]
    r = lag_1(without_level_change(points, typical(found.chart.location.point_sigma)))
    if len(points) < 20 or r < max(0.3, 2.6 / len(points) ** 0.5):
        return ""
    return (
        f"Each point resembles the one before (lag-1 correlation {r:.2f}). Then moving ranges are too "
        "small, limits too "
        "narrow, and many signals false. Sample less often, or look for what drifts."
    )


def lag_1(points: Array) -> float:
    """Correlation of each point with the one before; 0 for fewer than three points or no variation."""
    if len(points) < 3:
        return 0.0
    d = points - np.mean(points)
    square = float(np.sum(d * d))
    return float(np.sum(d[1:] * d[:-1])) / square if square > 0.0 else 0.0


def _coarse(found: Analysis) -> str:
    if found.kind not in VARIABLES:
        return ""
    values = found.data.values[~np.isnan(found.data.values)]
    levels = np.unique(values[:: max(1, len(values) // 50_000)])
    sigma = found.chart.sigma.value
    step = float(np.diff(levels).min()) if len(levels) > 1 else 0.0
    if step <= sigma:
        return ""
    return (
        f"The readings come in steps of {step:.6g}, coarser than sigma. Then ranges are often zero and "
        "limits unreliable; "
        "use a gauge that shows one more digit."
    )


def _gross(found: Analysis) -> list[str]:
    """Readings far from all others: a slip, or two units in one column."""
    values = found.data.values
    if found.kind not in VARIABLES:
        return []
    middle = typical(values, 100_000)
    spread = typical(np.abs(values[:: max(1, len(values) // LONG)] - middle), LONG) * 1.4826
    if spread <= 0.0:
        return []
    far = np.flatnonzero((values > middle + 12.0 * spread) | (values < middle - 12.0 * spread))
    if not len(far) or len(far) > 0.05 * len(values):
        return []
    value, row = float(values[far[0]]), int(found.data.rows[far[0]])
    ratio = abs(value / middle) if middle else 0.0
    likely = next(
        (text for factor, text in _FACTORS if factor and abs(ratio / factor - 1.0) < 0.05), "a slip in writing"
    )
    more = f" So do {len(far) - 1} more." if len(far) > 1 else ""
    return [f"Row {row} reads {value:g}, far from all others.{more} Check it before you believe the limits: {likely}?"]


_FACTORS = (
    (25.4, "millimeters among inches"),
    (1 / 25.4, "inches among millimeters"),
    (1000.0, "another unit, or a lost decimal point"),
    (0.001, "another unit"),
    (100.0, "a lost decimal point"),
    (10.0, "a lost decimal point"),
    (0.1, "a decimal point one place off"),
)


def _mixed(found: Analysis) -> str:
    """Both ways in which two streams on one chart show: points that hug the center, or shun it."""
    odd = sum(len(hit.points) for hit in found.hits["location"] if hit.rule.id in ("NEL7", "NEL8", "AIAG7", "AIAG8"))
    if odd <= 3.0 * _CHANCE_7 * len(found.chart):
        return ""
    return (
        "The pattern of the points suggests that two streams are mixed on this chart: two machines, "
        "fixtures, cavities or "
        "shifts. Give each its own chart and compare."
    )
