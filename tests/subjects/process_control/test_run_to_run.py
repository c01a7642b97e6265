"""Run-to-run controllers: what theory says about them, and what they do step by step."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from techamp.contract.errors import InvalidInput
from techamp.subjects.process_control import (
    DoubleEwmaController,
    EwmaController,
    best_weight,
    bounded_adjustment,
    double_ewma_loop,
    double_stability_map,
    ewma_loop,
    stability_limit,
    stability_map,
)

RUNS = 60_000


def played(
    controller: Any, *, ratio: float = 1.0, delay: int = 0, noise: float = 1.0, walk: float = 0.0, drift: float = 0.0
) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Errors of a machine under a controller, run by run."""
    scatter, steps = np.random.default_rng(11).normal(size=(2, RUNS))
    off, errors = 0.0, []
    for t in range(RUNS):
        errors.append(off + noise * scatter[t])
        if t >= delay:
            controller, change = controller.after(errors[t - delay])
            off += ratio * controller.gain * change
        off += drift + walk * steps[t]
    return np.array(errors[500:])


def test_a_controller_takes_back_a_share_of_the_error() -> None:
    assert EwmaController(0.3, 2.0).after(1.0)[1] == pytest.approx(-0.15)
    controller, change = EwmaController(0.5, 1.0, dead_band=1.0).after(1.5)
    assert (change, controller.estimate) == (0.0, 0.75)
    controller, change = controller.after(2.0)
    assert change == pytest.approx(-1.375)
    assert controller.estimate == 0.0


@pytest.mark.parametrize(
    ("weight", "plant"),
    [
        (0.3, {}),
        (0.3, {"ratio": 1.5, "walk": 0.2, "drift": 0.1}),
        (0.8, {"ratio": 1.8, "walk": 0.2}),
        (0.3, {"delay": 1, "walk": 0.2, "drift": 0.1}),
        (0.15, {"delay": 3, "walk": 0.1, "drift": 0.02}),
    ],
)
def test_the_long_run_of_a_controller_is_what_a_long_series_shows(weight: float, plant: dict[str, Any]) -> None:
    theory, errors = ewma_loop(weight, **plant), played(EwmaController(weight, 2.0), **plant)
    assert theory.stable
    assert theory.variance == pytest.approx(float(np.var(errors)), rel=0.04)
    assert theory.offset == pytest.approx(float(np.mean(errors)), abs=0.03)


def test_double_ewma_leaves_no_offset_under_drift() -> None:
    plant: dict[str, Any] = {"ratio": 1.4, "walk": 0.1, "drift": 0.2}
    theory, errors = double_ewma_loop(0.3, 0.1, **plant), played(DoubleEwmaController(0.3, 0.1, 2.0), **plant)
    assert theory.variance == pytest.approx(float(np.var(errors)), rel=0.04)
    assert float(np.mean(errors)) == pytest.approx(0.0, abs=0.03)
    assert ewma_loop(0.3, **plant).offset == pytest.approx(0.2 / 0.42)


def test_published_variances_and_limits() -> None:
    """2/(2 - λξ): Ingolfsson & Sachs (1993). The limits 2, 1 and 0.618 are 2 sin(π/(4d + 2))."""
    assert ewma_loop(0.5).variance == pytest.approx(4.0 / 3.0)
    assert ewma_loop(1.0).variance == pytest.approx(2.0)  # the funnel's second rule
    assert [round(stability_limit(d), 6) for d in (0, 1, 2)] == [2.0, 1.0, 0.618034]


@given(st.floats(0.01, 1.0), st.floats(0.1, 4.0), st.integers(0, 6))
@settings(max_examples=60)
def test_a_loop_is_stable_below_its_limit_and_only_there(weight: float, ratio: float, delay: int) -> None:
    limit = stability_limit(delay)
    if abs(weight * ratio - limit) > 1e-6:
        assert ewma_loop(weight, ratio=ratio, delay=delay).stable == (weight * ratio < limit)


@given(st.floats(0.01, 1.0), st.floats(0.01, 1.0), st.floats(0.1, 3.0))
@settings(max_examples=40)
def test_the_radius_of_double_ewma_is_the_published_one(level: float, trend: float, ratio: float) -> None:
    total = ratio * (level + trend)
    root = np.emath.sqrt(total**2 - 4.0 * ratio * level * trend)
    expected = max(abs(1.0 - 0.5 * total + 0.5 * root), abs(1.0 - 0.5 * total - 0.5 * root))
    assert double_stability_map([level], [trend], ratio)[0, 0] == pytest.approx(expected, abs=1e-7)


def test_the_map_shows_where_errors_grow() -> None:
    radius = stability_map([0.2, 0.6, 1.0], [0.5, 1.0, 2.5], delay=0)
    assert (radius < 1.0).tolist() == [[True] * 3, [True] * 3, [True, True, False]]
    assert radius[1, 2] == pytest.approx(0.0, abs=1e-12)


def test_an_unstable_loop_and_one_that_is_never_corrected_have_no_long_run() -> None:
    assert ewma_loop(1.0, ratio=2.5).mean_square == math.inf
    assert ewma_loop(0.0, walk=0.1).variance == math.inf
    assert ewma_loop(0.0).variance == 1.0
    assert ewma_loop(0.5, ratio=-1.0).stable is False


def test_the_best_weight_is_the_known_one_and_beats_its_neighbors() -> None:
    assert best_weight(noise=1.0, walk=1.0) == pytest.approx((math.sqrt(5) - 1) / 2, abs=1e-6)
    assert best_weight(noise=1.0) == 0.0
    plant: dict[str, Any] = {"ratio": 1.3, "delay": 2, "walk": 0.2, "drift": 0.05}
    best = best_weight(**plant)
    least = ewma_loop(best, **plant).mean_square
    assert all(least <= ewma_loop(best + step, **plant).mean_square for step in (-0.02, 0.02))


def test_a_dead_band_is_what_a_long_series_shows() -> None:
    weight, band = 0.4, 0.8
    shocks = np.random.default_rng(12).normal(size=RUNS)
    controller, off, errors, changes = EwmaController(weight, 1.0, band), 0.0, [], 0
    for shock in shocks.tolist():
        errors.append(off + shock)
        controller, change = controller.after(errors[-1])
        changes += change != 0.0
        off += weight * shock + change
    theory = bounded_adjustment(weight, band)
    assert theory.interval == pytest.approx(RUNS / changes, rel=0.03)
    assert theory.mean_square == pytest.approx(float(np.mean(np.square(errors))), rel=0.03)


@pytest.mark.parametrize("m", [0.5, 1.0, 2.0, 3.0, 4.0])
def test_a_dead_band_agrees_with_the_published_fit(m: float) -> None:
    """Box & Luceño (1997), chapter 9: fits to interval and growth of the mean square, good to a few percent."""
    from scipy.stats import norm

    interval = (1 + 1.1 * m + m * m) * (1 - 0.115 * math.exp(-9.2 * (m**0.3 - 0.88) ** 2))
    growth = (1 + 0.06 * m * m) / (1 - 0.647 * norm.cdf(1.35 * (math.log(m) - 0.67))) - 1
    theory = bounded_adjustment(1.0, m)
    assert theory.interval == pytest.approx(interval, rel=0.01)
    assert theory.mean_square - 1 == pytest.approx(growth, abs=0.03)


def test_no_dead_band_changes_after_every_run() -> None:
    assert bounded_adjustment(0.4, 0.0).interval == 1.0
    assert bounded_adjustment(0.4, 1e-9).interval == pytest.approx(1.0, abs=1e-6)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: EwmaController(1.2, 1.0), "weight: must be from 0 to 1"),
        (lambda: EwmaController(0.2, 0.0), "gain: must be a number other than 0"),
        (lambda: EwmaController(0.2, 1.0, -1.0), "dead_band: must be 0 or more"),
        (lambda: DoubleEwmaController(0.2, -0.1, 1.0), "trend_weight: must be from 0 to 1"),
        (lambda: stability_limit(-1), "delay: must be a whole number"),
        (lambda: ewma_loop(0.3, noise=-1.0), "noise and walk: must be 0 or more"),
        (lambda: best_weight(ratio=0.0, walk=1.0), "ratio: must be above 0"),
        (lambda: bounded_adjustment(0.0, 1.0), "dead_band: must be 0 or more"),
    ],
)
def test_what_cannot_be_is_refused(call: Any, message: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        call()
    assert str(refusal.value).startswith(message)
