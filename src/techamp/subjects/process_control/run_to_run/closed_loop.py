"""What a run-to-run controller does in the long run: stable or not, how much spread, how far off under drift.

The error of run t is e = s + n: n scatter from run to run (standard deviation ``noise``), s what the machine is off by,
which moves by ``drift`` and a random step (``walk``) from run to run, and by ratio·gain·change when the setting is
changed. ``ratio`` ξ is the true gain over the gain that the controller believes in.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from techamp.contract.errors import InvalidInput
from techamp.subjects.process_control.run_to_run.controllers import check_weight

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

EDGE = 1e-12


@dataclass(frozen=True)
class ClosedLoop:
    """The long run: ``radius`` of the loop (below 1: stable), standard deviation and offset of the error.

    ``mean_square`` is variance + offset²; it and the others are infinite for a loop that is not stable.
    """

    radius: float
    variance: float
    offset: float

    @property
    def stable(self) -> bool:
        return self.radius < 1.0 - EDGE

    @property
    def sd(self) -> float:
        return math.sqrt(self.variance)

    @property
    def mean_square(self) -> float:
        return self.variance + self.offset**2


def ewma_loop(
    weight: float, *, ratio: float = 1.0, delay: int = 0, noise: float = 1.0, walk: float = 0.0, drift: float = 0.0
) -> ClosedLoop:
    """Return the long run of an EWMA controller whose measurement comes ``delay`` runs late.

    Without delay: variance = 2σ²/(2 - λξ) + w²/(λξ(2 - λξ)), offset = drift/(λξ), stable for 0 < λξ < 2 (Ingolfsson &
    Sachs 1993; Box & Luceño 1997). With delay the variance solves the discrete Lyapunov equation exactly.
    Example: λ 0.5, ξ 1: variance 4/3 of σ². Raises InvalidInput for a weight outside 0 to 1 or a negative spread.
    """
    check_weight(weight)
    _check(delay, noise, walk)
    share = weight * ratio
    if share == 0.0:
        still = walk == 0.0 and drift == 0.0
        return ClosedLoop(1.0, noise**2 if still else math.inf, 0.0 if drift == 0.0 else math.inf)
    matrix = delayed_matrix(share, delay)
    radius = spectral_radius(matrix)
    if radius >= 1.0 - EDGE:
        return ClosedLoop(radius, math.inf, math.inf)
    if delay == 0:
        variance = 2.0 * noise**2 / (2.0 - share) + walk**2 / (share * (2.0 - share))
        return ClosedLoop(radius, variance, drift / share)
    size = delay + 1
    step, fresh = np.zeros(size), np.zeros(size)
    step[0], fresh[1] = 1.0, 1.0
    covariance = _long_run_covariance(matrix, walk**2 * np.outer(step, step) + noise**2 * np.outer(fresh, fresh))
    return ClosedLoop(radius, float(covariance[0, 0]) + noise**2, drift / share)


def double_ewma_loop(
    level_weight: float,
    trend_weight: float,
    *,
    ratio: float = 1.0,
    noise: float = 1.0,
    walk: float = 0.0,
    drift: float = 0.0,
) -> ClosedLoop:
    """Return the long run of a double EWMA controller. A steady drift leaves no offset.

    Eigenvalues of the loop: 1 - ½ξ(w₁ + w₂) ± ½√(ξ²(w₁ + w₂)² - 4ξw₁w₂) (Del Castillo 1999); variance by the discrete
    Lyapunov equation. Trend weight 0 is the EWMA controller. Raises InvalidInput as ``ewma_loop``.
    """
    check_weight(level_weight, "level_weight")
    check_weight(trend_weight, "trend_weight")
    _check(0, noise, walk)
    if trend_weight == 0.0 or ratio == 0.0:
        return ewma_loop(level_weight, ratio=ratio, noise=noise, walk=walk, drift=drift)
    matrix = double_matrix(level_weight, trend_weight, ratio)
    radius = spectral_radius(matrix)
    if radius >= 1.0 - EDGE:
        return ClosedLoop(radius, math.inf, math.inf)
    hit, moved, seen = np.array([level_weight, trend_weight]), np.array([-1.0 / ratio, 0.0]), np.array([1.0, 1.0])
    covariance = _long_run_covariance(matrix, noise**2 * np.outer(hit, hit) + walk**2 * np.outer(moved, moved))
    return ClosedLoop(radius, float(ratio**2 * seen @ covariance @ seen) + noise**2, 0.0)


def delayed_matrix(share: float, delay: int) -> NDArray[np.float64]:
    """s[t+1] = s[t] - share·e[t - delay], as a matrix on (s, and the last ``delay`` errors, newest first)."""
    matrix = np.zeros((delay + 1, delay + 1))
    matrix[0, 0] = 1.0
    matrix[0, delay] -= share
    if delay:
        matrix[1, 0] = 1.0
    for lag in range(2, delay + 1):
        matrix[lag, lag - 1] = 1.0
    return matrix


def double_matrix(level_weight: float, trend_weight: float, ratio: float) -> NDArray[np.float64]:
    """The loop of a double EWMA controller on (error of the level, trend)."""
    return np.array(
        [
            [1.0 - level_weight * ratio, level_weight * (1.0 - ratio)],
            [-trend_weight * ratio, 1.0 - trend_weight * ratio],
        ]
    )


def spectral_radius(matrix: NDArray[np.float64]) -> float:
    """Return the largest absolute eigenvalue: errors grow when it is above 1."""
    return float(np.max(np.abs(np.linalg.eigvals(matrix))))


def stability_limit(delay: int = 0) -> float:
    """Return the largest weight·ratio of a stable EWMA loop: 2·sin(π/(4·delay + 2)).

    The pole of z^(d+1) - z^d + λξ reaches the unit circle there. Delays 0, 1, 2: 2, 1, 0.618.
    Raises InvalidInput for a delay that is not a whole number of 0 or more.
    """
    _check(delay, 0.0, 0.0)
    return 2.0 * math.sin(math.pi / (4 * delay + 2))


def stability_map(weights: Sequence[float], ratios: Sequence[float], *, delay: int = 0) -> NDArray[np.float64]:
    """Return the radius of the EWMA loop for each ratio (row) and weight (column). Below 1 is stable."""
    return np.array([[spectral_radius(delayed_matrix(w * ratio, delay)) for w in weights] for ratio in ratios])


def double_stability_map(
    level_weights: Sequence[float], trend_weights: Sequence[float], ratio: float = 1.0
) -> NDArray[np.float64]:
    """Return the radius of the double EWMA loop for each trend weight (row) and level weight (column)."""
    return np.array([[spectral_radius(double_matrix(a, b, ratio)) for a in level_weights] for b in trend_weights])


def best_weight(
    *, ratio: float = 1.0, delay: int = 0, noise: float = 1.0, walk: float = 0.0, drift: float = 0.0
) -> float:
    """Return the EWMA weight with the least mean square error in the long run, at most 1.

    Without delay and drift λξ = (√(r² + 4r) - r)/2, r = walk²/noise² (Box & Luceño 1997); otherwise the interval is
    halved. A process that only scatters has 0: leave it alone. Raises InvalidInput for a ratio of 0 or less.
    """
    _check(delay, noise, walk)
    if ratio <= 0.0:
        raise InvalidInput("ratio", "must be above 0", ratio, "A gain of the wrong sign cannot be controlled.")
    if walk == 0.0 and drift == 0.0:
        return 0.0
    low, high = 1e-9, min(1.0, stability_limit(delay) / ratio)

    def square(weight: float) -> float:
        return ewma_loop(weight, ratio=ratio, delay=delay, noise=noise, walk=walk, drift=drift).mean_square

    for _ in range(90):
        third = (high - low) / 3.0
        low, high = (low, high - third) if square(low + third) < square(high - third) else (low + third, high)
    return 0.5 * (low + high)


def _long_run_covariance(matrix: NDArray[np.float64], fresh: NDArray[np.float64]) -> NDArray[np.float64]:
    from scipy.linalg import solve_discrete_lyapunov

    return np.asarray(solve_discrete_lyapunov(matrix, fresh), dtype=np.float64)


def _check(delay: int, noise: float, walk: float) -> None:
    if delay != int(delay) or delay < 0:
        raise InvalidInput("delay", "must be a whole number of at least 0", delay, "0: measured before the next run.")
    if not (noise >= 0.0 and walk >= 0.0 and math.isfinite(noise + walk)):
        raise InvalidInput("noise and walk", "must be 0 or more", (noise, walk), "They are standard deviations.")
