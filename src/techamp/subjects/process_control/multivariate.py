"""Charts for several measurements at once: Hotelling's T² and the multivariate EWMA.

Parts can be wrong in combination though each measurement alone looks right: a long shaft that is also thin.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import ArrayLike

from techamp.contract.errors import InvalidInput
from techamp.subjects.process_control.phases import Baseline, plan
from techamp.subjects.process_control.readings import Array, Flags, as_readings
from techamp.subjects.process_control.shown import Shown
from techamp.subjects.process_control.subgrouping import Integers

TOO_CLOSE = 1e-10  # smallest eigenvalue of the correlation matrix that still counts as a direction of its own


@dataclass(frozen=True, eq=False)
class MultivariateChart(Shown):
    """T² of each point with its upper limit; there is no lower one.

    ``contributions`` has a row for each point and a column for each measurement: how much T² falls without that
    measurement. ``center`` and ``covariance`` are what T² is measured from. ``used`` tells which points they come from.
    """

    kind: str
    points: Array
    upper: Array
    contributions: Array
    center: Array
    covariance: Array
    used: Flags
    excluded: Mapping[int, str]

    def signals(self) -> Integers:
        """Points (0-based) beyond the limit."""
        with np.errstate(invalid="ignore"):
            return np.flatnonzero(self.points > self.upper)


def hotelling_chart(
    values: ArrayLike,
    *,
    alpha: float = 0.0027,
    exclude: Mapping[int, str] | None = None,
    baseline: Baseline = None,
    center: ArrayLike | None = None,
    covariance: ArrayLike | None = None,
) -> MultivariateChart:
    """Return Hotelling's T² chart.

    ``values``: a table (points × measurements) of single parts, or (points × parts × measurements) of subgroups of one
    size. A point with a missing reading is a gap. Points that the limits come from get the phase I limit (beta
    distribution for single parts, F for subgroups), later ones (``baseline``) the phase II limit (F). ``alpha`` is the
    chance of a false alarm for each point. With ``center`` and ``covariance`` given as known, all points get the limit
    of the chi-square distribution.

    Formulas: T² = n(x̄ - x̿)ᵀ S⁻¹ (x̄ - x̿). Single parts, m points, p measurements: phase I (m-1)²/m·B(p/2, (m-p-1)/2),
    phase II p(m+1)(m-1)/(m(m-p))·F(p, m-p). Subgroups: p(m∓1)(n-1)/(mn-m-p+1)·F(p, mn-m-p+1).
    Source: Tracy, Young & Mason (1992); Montgomery, ch. 11; checked against R's qcc.
    Raises InvalidInput for too few points, or measurements that follow from each other.
    """
    readings = as_readings(values)
    if readings.ndim not in (2, 3):
        raise InvalidInput(
            "values", "must be a table of points and measurements", readings.shape, "Choose two columns or more."
        )
    if not 0.0 < alpha < 1.0:
        raise InvalidInput("alpha", "must be between 0 and 1", alpha, "Use 0.0027, the usual chance of a false alarm.")
    if (center is None) != (covariance is None):
        raise InvalidInput("center and covariance", "must be given together", None, "Give both, or neither.")
    scheme = plan(len(readings), None, exclude, baseline)
    present = ~np.isnan(readings).any(axis=tuple(range(1, readings.ndim)))
    used = scheme.used & present
    n = 1 if readings.ndim == 2 else readings.shape[1]
    m, p = int(used.sum()), readings.shape[-1]
    means = readings if n == 1 else readings.mean(axis=1)
    if center is None or covariance is None:
        middle, spread = _estimated(readings, means, used, n)
        first, later = _limits(alpha, m, n, p)
    else:
        middle, spread = _known(center, covariance, p)
        first = later = _known_limit(alpha, p)
    points, contributions = _distances(means - middle, spread, float(n))
    return MultivariateChart(
        kind="t2",
        points=points,
        upper=np.where(used, first, later),
        contributions=contributions,
        center=middle,
        covariance=spread,
        used=used,
        excluded=scheme.excluded,
    )


def mewma_chart(
    values: ArrayLike,
    *,
    weight: float = 0.1,
    arl0: float = 200.0,
    exclude: Mapping[int, str] | None = None,
    baseline: Baseline = None,
    limits: str = "steady",
) -> MultivariateChart:
    """Return the multivariate EWMA chart of single parts (points × measurements) (Lowry and others 1992).

    z[t] = weight·(x[t] - center) + (1 - weight)·z[t-1]; T² = zᵀ Σz⁻¹ z with the covariance of z, grown ("steady") or at
    t ("exact"). The limit gives the in-control run length ``arl0`` with steady limits (``mewma_limit``). A gap or an
    excluded point leaves z as it was. Center and covariance are those of ``hotelling_chart``.
    """
    base = hotelling_chart(values, exclude=exclude, baseline=baseline)
    readings = as_readings(values)
    if readings.ndim != 2:
        raise InvalidInput("values", "must be single parts", readings.shape, "Give one row for each part.")
    if limits not in ("exact", "steady"):
        raise InvalidInput("limits", "must be exact or steady", limits, "Choose one of these.")
    limit = mewma_limit(readings.shape[1], weight, arl0)
    keep: Flags = np.asarray(~np.isnan(readings).any(axis=1), dtype=np.bool_)
    keep[list(base.excluded)] = False
    rows = np.flatnonzero(keep)
    averages, z = np.full(readings.shape, np.nan), np.zeros(readings.shape[1])
    for row in rows:
        z = weight * (readings[row] - base.center) + (1.0 - weight) * z
        averages[row] = z
    grown = np.full(len(readings), np.nan)
    grown[rows] = 1.0 - (1.0 - weight) ** (2.0 * np.arange(1, len(rows) + 1)) if limits == "exact" else 1.0
    scale = np.sqrt((2.0 - weight) / (weight * grown))
    points, contributions = _distances(averages * scale[:, None], base.covariance, 1.0)
    upper = np.full(len(readings), limit)
    return MultivariateChart(
        "mewma", points, upper, contributions, base.center, base.covariance, base.used, base.excluded
    )


@cache
def mewma_limit(measurements: int, weight: float, arl0: float) -> float:
    """Return the limit of a steady-state MEWMA chart that has the in-control run length ``arl0``.

    Example (Prabhu & Runger 1997): 2 measurements, weight 0.1, run length 200: 8.64.
    """
    if not 1.0 < arl0 < 1e6:
        raise InvalidInput("arl0", "must be between 1 and a million points", arl0, "Use 200 or 370.")
    low, high = 0.0, 4.0 * measurements + 60.0
    while high - low > 1e-6:
        middle = 0.5 * (low + high)
        low, high = (middle, high) if mewma_run_length(measurements, weight, middle) < arl0 else (low, middle)
    return 0.5 * (low + high)


def mewma_run_length(measurements: int, weight: float, limit: float, rings: int = 60) -> float:
    """Return the in-control average run length of a steady-state MEWMA chart, by Markov chain over rings.

    The chain of Runger & Prabhu (1996): the length of z moves between ``rings`` rings, with chances from the noncentral
    chi-square distribution.
    """
    if not 0.0 < weight <= 1.0:
        raise InvalidInput("weight", "must be above 0 and at most 1", weight, "Use 0.1.")
    from scipy.special import chndtr

    width = 2.0 * math.sqrt(limit * weight / (2.0 - weight)) / (2 * rings + 1)
    ring = np.arange(rings + 1)
    center = ((1.0 - weight) * ring * width / weight) ** 2
    edge = ((ring + 0.5) * width / weight) ** 2
    within = chndtr(edge[None, :], float(measurements), center[:, None])
    moves = np.diff(within, axis=1, prepend=0.0)
    return float(np.linalg.solve(np.eye(rings + 1) - moves, np.ones(rings + 1))[0])


def _estimated(readings: Array, means: Array, used: Flags, n: int) -> tuple[Array, Array]:
    """Mean and covariance: of single parts around their mean, of subgroups pooled around theirs."""
    m, p = int(used.sum()), readings.shape[-1]
    freedom = m - 1 if n == 1 else m * (n - 1)
    if freedom <= p or (n > 1 and m * n - m - p + 1 <= 0):
        rule = f"must have more than {p + 1} points for {p} measurements"
        raise InvalidInput("values", rule, m, "Measure more parts.")
    origin = means[used][0]
    center = (means[used] - origin).mean(axis=0) + origin
    residual = means[used] - center if n == 1 else (readings[used] - means[used][:, None, :]).reshape(-1, p)
    return center, residual.T @ residual / freedom


def _known(center: ArrayLike, covariance: ArrayLike, p: int) -> tuple[Array, Array]:
    middle, spread = np.asarray(center, dtype=np.float64), np.asarray(covariance, dtype=np.float64)
    if middle.shape != (p,) or spread.shape != (p, p) or not np.allclose(spread, spread.T):
        rule = f"must be {p} numbers and a symmetric table of {p} by {p}"
        raise InvalidInput("center and covariance", rule, (middle.shape, spread.shape), "Check both.")
    return middle, spread


def _known_limit(alpha: float, p: int) -> float:
    from scipy.special import chdtri

    return float(chdtri(p, alpha))


def _distances(deviation: Array, covariance: Array, n: float) -> tuple[Array, Array]:
    """T² of each row, and how much it falls without each measurement: (S⁻¹d)ᵢ²/(S⁻¹)ᵢᵢ."""
    scale = np.sqrt(np.diag(covariance))
    if not (scale > 0.0).all():
        flat = int(np.flatnonzero(~(scale > 0.0))[0]) + 1
        raise InvalidInput(f"measurement {flat}", "must vary", 0.0, "Leave this column out, or use a finer gauge.")
    correlation = covariance / np.outer(scale, scale)
    values, vectors = np.linalg.eigh(correlation)
    if values[0] < TOO_CLOSE:
        together = " and ".join(str(i + 1) for i in np.flatnonzero(np.abs(vectors[:, 0]) > 1e-3))
        raise InvalidInput(
            f"measurements {together}", "must not follow from each other", float(values[0]), "Leave one of them out."
        )
    inverse = (vectors / values) @ vectors.T
    standard = deviation / scale
    solved = standard @ inverse
    return n * np.sum(solved * standard, axis=1), n * solved**2 / np.diag(inverse)


def _limits(alpha: float, m: int, n: int, p: int) -> tuple[float, float]:
    from scipy.special import betaincinv, fdtri

    if n == 1:
        first = (m - 1) ** 2 / m * betaincinv(p / 2, (m - p - 1) / 2, 1.0 - alpha)
        later = p * (m + 1) * (m - 1) / (m * (m - p)) * fdtri(p, m - p, 1.0 - alpha)
        return float(first), float(later)
    freedom = m * n - m - p + 1
    quantile = float(fdtri(p, freedom, 1.0 - alpha))
    return tuple(p * (m + sign) * (n - 1) / freedom * quantile for sign in (-1, 1))  # type: ignore[return-value]
