"""Charts for counts: defective parts (p, np), defects (c, u), and Laney's p′ and u′ for very large samples."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from techamp.contract.errors import InvalidInput
from techamp.subjects.process_control.cautions import cautions
from techamp.subjects.process_control.chart import ControlChart, Panel, Phase, along
from techamp.subjects.process_control.constants import d2
from techamp.subjects.process_control.phases import Baseline, PerPhase, Plan, for_phase, plan
from techamp.subjects.process_control.readings import Array, Flags, as_readings, finite
from techamp.subjects.process_control.sigma import Sigma, moving_ranges


@dataclass(frozen=True)
class _Kind:
    """What sets one chart for counts apart from another."""

    name: str
    statistic: str
    binomial: bool
    rate: bool
    laney: bool = False


_P = _Kind("p", "p", binomial=True, rate=True)
_NP = _Kind("np", "np", binomial=True, rate=False)
_C = _Kind("c", "c", binomial=False, rate=False)
_U = _Kind("u", "u", binomial=False, rate=True)
_LANEY_P = _Kind("laney_p", "p′", binomial=True, rate=True, laney=True)
_LANEY_U = _Kind("laney_u", "u′", binomial=False, rate=True, laney=True)


@dataclass(frozen=True)
class _Options:
    phases: ArrayLike | None
    exclude: Mapping[int, str] | None
    baseline: Baseline
    center: PerPhase
    k: float


def p_chart(
    defectives: ArrayLike,
    sizes: ArrayLike,
    *,
    phases: ArrayLike | None = None,
    exclude: Mapping[int, str] | None = None,
    baseline: Baseline = None,
    center: PerPhase = None,
    k: float = 3.0,
) -> ControlChart:
    """Return the chart of the share of defective parts.

    ``defectives`` of ``sizes`` parts checked (one size for all, or one for each sample). Center p̄ = ΣD/Σn, limits
    p̄ ± k·√(p̄(1 - p̄)/n), kept within 0 and 1. ``center`` gives p instead. See ``individuals_chart`` for the rest.
    Example (Montgomery, orange juice cans, 30 samples of 50): p̄ 0.2313, limits 0.0524 and 0.4102.
    Raises InvalidInput for counts that are not whole, negative, or more than the size; or no defective (or only such).
    """
    return _chart(_P, defectives, sizes, _Options(phases, exclude, baseline, center, k))


def np_chart(
    defectives: ArrayLike,
    sizes: ArrayLike,
    *,
    phases: ArrayLike | None = None,
    exclude: Mapping[int, str] | None = None,
    baseline: Baseline = None,
    center: PerPhase = None,
    k: float = 3.0,
) -> ControlChart:
    """Return the chart of the number of defective parts: center n·p̄, limits n·p̄ ± k·√(n·p̄(1 - p̄)). See ``p_chart``."""
    return _chart(_NP, defectives, sizes, _Options(phases, exclude, baseline, center, k))


def c_chart(
    defects: ArrayLike,
    *,
    phases: ArrayLike | None = None,
    exclude: Mapping[int, str] | None = None,
    baseline: Baseline = None,
    center: PerPhase = None,
    k: float = 3.0,
) -> ControlChart:
    """Return the chart of the number of defects on equal units: center c̄, limits c̄ ± k·√c̄, not below zero.

    Example (NIST/SEMATECH e-Handbook 6.3.3.1, 25 wafers): c̄ 16, limits 4 and 28.
    """
    return _chart(_C, defects, 1.0, _Options(phases, exclude, baseline, center, k))


def u_chart(
    defects: ArrayLike,
    sizes: ArrayLike,
    *,
    phases: ArrayLike | None = None,
    exclude: Mapping[int, str] | None = None,
    baseline: Baseline = None,
    center: PerPhase = None,
    k: float = 3.0,
) -> ControlChart:
    """Return the chart of defects per unit: center ū = Σc/Σn, limits ū ± k·√(ū/n), not below zero.

    ``sizes`` are units, area or length looked at; they need not be whole.
    Example (Montgomery, personal computers, 20 samples of 5): ū 1.93, limits 0.066 and 3.794.
    """
    return _chart(_U, defects, sizes, _Options(phases, exclude, baseline, center, k))


def laney_p_chart(
    defectives: ArrayLike,
    sizes: ArrayLike,
    *,
    phases: ArrayLike | None = None,
    exclude: Mapping[int, str] | None = None,
    baseline: Baseline = None,
    center: PerPhase = None,
    k: float = 3.0,
) -> ControlChart:
    """Return Laney's p′ chart: a p chart whose limits also see the variation between samples.

    Limits p̄ ± k·σz·√(p̄(1 - p̄)/n), where σz is MR̄/1.128 of the standardized shares (Laney 2002). With thousands of parts
    in a sample a plain p chart calls almost every point a signal; σz well above 1 says so.
    """
    return _chart(_LANEY_P, defectives, sizes, _Options(phases, exclude, baseline, center, k))


def laney_u_chart(
    defects: ArrayLike,
    sizes: ArrayLike,
    *,
    phases: ArrayLike | None = None,
    exclude: Mapping[int, str] | None = None,
    baseline: Baseline = None,
    center: PerPhase = None,
    k: float = 3.0,
) -> ControlChart:
    """Return Laney's u′ chart: limits ū ± k·σz·√(ū/n). See ``laney_p_chart``."""
    return _chart(_LANEY_U, defects, sizes, _Options(phases, exclude, baseline, center, k))


def _chart(kind: _Kind, counts: ArrayLike, sizes: ArrayLike, options: _Options) -> ControlChart:
    counted, size = _counts(kind, counts, sizes)
    k = finite(options.k, "k", "Use 3 for three-sigma limits.", above=0.0)
    scheme = plan(len(counted), options.phases, options.exclude, options.baseline)
    present = ~np.isnan(counted)
    fitted = [_phase(kind, counted, size, present, scheme, i, options) for i in range(len(scheme.starts))]
    return ControlChart(
        kind=kind.name,
        location=_panel(kind, counted, size, fitted, k),
        spread=None,
        phases=tuple(fitted),
        phase=scheme.phase,
        n=np.where(present, size, 0.0),
        labels=range(1, len(counted) + 1),
        used=scheme.used & present,
        k=k,
        excluded=scheme.excluded,
        notes=cautions(fitted, 20, "samples") + _laney_notes(kind, fitted),
    )


def _counts(kind: _Kind, counts: ArrayLike, sizes: ArrayLike) -> tuple[Array, Array]:
    name = "defectives" if kind.binomial else "defects"
    counted = as_readings(counts, name)
    size = as_readings(sizes, "sizes")
    if counted.ndim != 1 or size.shape not in ((), (1,), counted.shape):
        raise InvalidInput("sizes", f"must be one number, or one for each of {name}", size.shape, "Give equal columns.")
    size = np.broadcast_to(size, counted.shape).astype(np.float64)
    counted = np.where(np.isnan(size), np.nan, counted)
    _refuse(
        counted, (counted < 0) | (counted != np.floor(counted)), name, "must be a whole number from 0", "Count again."
    )
    _refuse(size, size <= 0, "sizes", "must be greater than 0", "Leave out samples of nothing.")
    if kind.binomial:
        _refuse(counted, counted > size, name, "must not be more than the parts checked", "Check both columns.")
    return counted, size


def _refuse(values: Array, wrong: Flags, field: str, rule: str, remedy: str) -> None:
    found = np.flatnonzero(wrong & ~np.isnan(values))
    if len(found):
        raise InvalidInput(f"{field} at position {found[0] + 1}", rule, float(values[found[0]]), remedy)


def _phase(
    kind: _Kind, counted: Array, size: Array, present: Flags, scheme: Plan, index: int, options: _Options
) -> Phase:
    start, stop, label = scheme.starts[index], scheme.stops[index], scheme.labels[index]
    keep = scheme.used[start:stop] & present[start:stop]
    chosen, weight = counted[start:stop][keep], size[start:stop][keep]
    given = for_phase(options.center, index, len(scheme.starts), "center")
    if len(chosen) == 0 and (given is None or kind.laney):
        raise InvalidInput("counts", f"must have samples to use for limits in phase {label}", 0, "Include some.")
    rate = float(np.sum(chosen) / np.sum(weight)) if given is None else finite(given, "center", "Give a rate.")
    variance = rate * (1.0 - rate) if kind.binomial else rate
    if not variance > 0.0:
        many = "some defective and some good parts" if kind.binomial else "at least one defect"
        raise InvalidInput("counts", f"must show {many} in phase {label}", rate, "Watch longer, or use a g or t chart.")
    name, text = ("binomial", "√(p̄(1−p̄))") if kind.binomial else ("poisson", "√ū" if kind.rate else "√c̄")
    unit = math.sqrt(variance)
    if kind.laney:
        factor = _sigma_z((chosen / weight - rate) / (unit / np.sqrt(weight)), label)
        unit, name, text = factor * unit, f"laney_{name}", f"σz·{text}, σz = {factor:.4f}"
    if given is not None and not kind.laney:
        name = "given"
    return Phase(label, start, stop, rate, Sigma(unit, name, text, len(chosen)), len(chosen))


def _sigma_z(z: Array, label: object) -> float:
    ranges = moving_ranges(z)[1:]
    factor = float(np.mean(ranges)) / d2(2) if len(ranges) else 0.0
    if not factor > 0.0:
        raise InvalidInput("counts", f"must vary from sample to sample in phase {label}", factor, "Use a p or u chart.")
    return factor


def _panel(kind: _Kind, counted: Array, size: Array, fitted: list[Phase], k: float) -> Panel:
    rate = along(fitted, [phase.center for phase in fitted], len(counted))
    unit = along(fitted, [phase.sigma.value for phase in fitted], len(counted))
    if kind.rate:
        points, center, error, most = counted / size, rate, unit / np.sqrt(size), np.ones(len(size))
    else:
        points, center, error, most = counted, rate * size, unit * np.sqrt(size), size
    upper = np.minimum(most, center + k * error) if kind.binomial else center + k * error
    return Panel(kind.statistic, points, center, np.maximum(0.0, center - k * error), upper, error)


def _laney_notes(kind: _Kind, fitted: list[Phase]) -> tuple[str, ...]:
    if not kind.laney:
        return ()
    return tuple(
        f"Phase {phase.label}: {phase.sigma.formula.split(', ')[1]}. Near 1, a plain chart serves." for phase in fitted
    )
