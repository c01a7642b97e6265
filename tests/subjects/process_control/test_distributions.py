"""Families, goodness of fit, Box-Cox and the capability that rests on them."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from scipy import stats
from tests.subjects.process_control.strategies import SEEDS

from techamp.contract.errors import InvalidInput
from techamp.subjects.process_control import (
    box_cox_capability,
    box_cox_power,
    capability,
    fit_families,
    fit_family,
    normality_test,
    percentile_capability,
    sample_quantile,
)
from techamp.subjects.process_control.distributions.box_cox import box_cox
from techamp.subjects.process_control.distributions.families import FAMILIES
from techamp.subjects.process_control.sigma import given_sigma

NORMAL_SCORES = np.asarray(stats.norm.ppf((np.arange(1, 1001) - 0.5) / 1000))


def weibull_readings(seed: int, n: int = 80) -> np.ndarray:
    return 3.0 * np.random.default_rng(seed).weibull(1.7, n)


@given(SEEDS)
@settings(max_examples=15)
def test_fits_maximize_the_likelihood(seed: int) -> None:
    x = weibull_readings(seed)
    for family in ("weibull", "gamma", "exponential", "largest_extreme"):
        fit = fit_family(x, family)
        for name, value in fit.parameters.items():
            for factor in (0.98, 1.02):
                moved = type(fit)(family, {**fit.parameters, name: value * factor}, 0.0, fit.n, 0.0)
                assert _log_likelihood(moved, x) <= fit.log_likelihood + 1e-9


def _log_likelihood(fit: Any, x: np.ndarray) -> float:
    p = fit.parameters
    frozen = {
        "weibull": lambda: stats.weibull_min(p["shape"], 0, p["scale"]),
        "gamma": lambda: stats.gamma(p["shape"], 0, p["scale"]),
        "exponential": lambda: stats.expon(0, p["scale"]),
        "largest_extreme": lambda: stats.gumbel_r(p["location"], p["scale"]),
    }[fit.family]()
    return float(frozen.logpdf(x).sum())


@pytest.mark.parametrize("family", FAMILIES)
def test_quantiles_undo_areas_and_areas_add_to_one(family: str) -> None:
    fit = fit_family(weibull_readings(1) + 1.0, family)
    for probability in (1e-6, 0.00135, 0.5, 0.99865):
        x = fit.quantile(probability)
        assert fit.below(x) == pytest.approx(probability, rel=1e-8)
        assert fit.below(x) + fit.above(x) == pytest.approx(1.0)


@pytest.mark.parametrize("family", FAMILIES)
def test_a_change_of_unit_changes_no_index(family: str) -> None:
    x = weibull_readings(2) + 1.0
    inch, mm = (
        percentile_capability(x * unit, lower=0.2 * unit, upper=20.0 * unit, family=family) for unit in (1.0, 25.4)
    )
    assert (mm.Pp, mm.Ppk, mm.Ppk_z) == pytest.approx((inch.Pp, inch.Ppk, inch.Ppk_z), rel=1e-6)


def test_a_known_lower_end_moves_the_fit_with_it() -> None:
    x = weibull_readings(3)
    assert fit_family(x + 50.0, "weibull", origin=50.0).parameters == pytest.approx(fit_family(x, "weibull").parameters)


def test_the_family_that_made_the_readings_comes_first() -> None:
    made = {
        "lognormal": np.exp(0.8 * NORMAL_SCORES),
        "exponential": -np.log((np.arange(1, 1001) - 0.5) / 1000),
        "normal": 10.0 + NORMAL_SCORES,
        "largest_extreme": -np.log(-np.log((np.arange(1, 1001) - 0.5) / 1000)) + 3.0,
    }
    for family, readings in made.items():
        best = fit_families(readings)[0]
        assert best.fit.family == family
        assert best.p >= 0.25
        assert "Nothing speaks against" in best.word


def test_anderson_darling_agrees_with_another_program() -> None:
    """Statistics as in SciPy; the p of the normal test as printed for its 5 % point, 0.752."""
    x = weibull_readings(4)
    found = {g.fit.family: g for g in fit_families(x)}
    with pytest.warns(FutureWarning):
        assert found["normal"].statistic == pytest.approx(stats.anderson(x, "norm").statistic, rel=1e-9)
    with pytest.warns(FutureWarning):
        assert found["largest_extreme"].statistic == pytest.approx(stats.anderson(x, "gumbel_r").statistic, rel=1e-6)


def test_a_true_null_is_rejected_about_as_often_as_it_says() -> None:
    draw = np.random.default_rng(5)
    kinds = {
        "normal": lambda: draw.normal(size=40),
        "weibull": lambda: draw.weibull(2.0, 40),
        "exponential": lambda: draw.exponential(size=40),
        "gamma": lambda: draw.gamma(3.0, size=40),
    }
    for family, make in kinds.items():
        rejected = sum(_p(make(), family) < 0.05 for _ in range(400))
        assert 6 <= rejected <= 38, (family, rejected)


def _p(x: np.ndarray, family: str) -> float:
    from techamp.subjects.process_control.distributions.goodness import goodness_of_fit

    return goodness_of_fit(x, fit_family(x, family)).p


def test_normality_takes_an_offset_of_a_hundred_million() -> None:
    x = np.round(np.random.default_rng(6).normal(size=60), 3)
    assert normality_test(x + 1e8).statistic == pytest.approx(normality_test(x).statistic, rel=1e-4)


def test_lognormal_with_a_hundred_ppm_outside() -> None:
    """Exact for the distribution: 1.557 by percentiles, 1.240 by z; the normal formula promises zero ppm."""
    readings = np.exp(0.5 * NORMAL_SCORES)
    limit = math.exp(0.5 * 3.719016485)
    found = percentile_capability(readings, upper=limit, family="lognormal")
    assert (found.Ppk, found.Ppk_z, found.ppm) == pytest.approx((1.557, 1.2397, 100.0), rel=5e-3)
    as_if_normal = capability(readings, within=given_sigma(0.6), upper=limit)
    assert as_if_normal.indices["Ppk"].value > 2.5
    assert as_if_normal.ppm_overall < 1e-6


def test_for_normal_readings_percentiles_say_what_the_formula_says() -> None:
    readings = 5.0 + np.random.default_rng(7).normal(size=150)
    plain = capability(readings, within=given_sigma(1.0), lower=1.0, upper=10.0)
    found = percentile_capability(readings, lower=1.0, upper=10.0, family="normal")
    assert (found.Pp, found.Ppk) == pytest.approx((plain.indices["Pp"].value, plain.indices["Ppk"].value))
    assert found.ppm == pytest.approx(plain.ppm_overall)


def test_the_definition_of_a_quantile_matters_and_can_be_chosen() -> None:
    assert [sample_quantile([1.0, 2.0, 3.0, 4.0], 0.25, d) for d in (6, 7)] == [1.25, 1.75]
    readings = np.random.default_rng(8).lognormal(size=2000)
    six, seven = (percentile_capability(readings, upper=40.0, family="none", quantile_definition=d).Ppk for d in (6, 7))
    assert six < seven


def test_what_a_reader_must_know_first_is_said() -> None:
    found = percentile_capability(weibull_readings(9, 40), upper=20.0, family="none", signals=2)
    assert "not stable" in found.cautions[0]
    assert "fit a family" in found.cautions[1]
    wrong = percentile_capability(np.exp(NORMAL_SCORES), upper=40.0, family="normal")
    assert "do not come from a normal distribution" in wrong.cautions[0]
    assert wrong.PPL is None


def test_the_power_of_lognormal_readings_is_the_logarithm() -> None:
    found = box_cox_power(np.exp(2.0 + 0.5 * NORMAL_SCORES))
    assert found.best == pytest.approx(0.0, abs=1e-6)
    assert found.power == 0.0
    assert found.low < 0.0 < found.high


@given(SEEDS)
@settings(max_examples=15)
def test_box_cox_agrees_with_scipy_and_ignores_the_unit(seed: int) -> None:
    x = weibull_readings(seed, 60)
    best, (low, high) = stats.boxcox(x, alpha=0.05)[1:]
    found = box_cox_power(x)
    assert (found.best, found.low, found.high) == pytest.approx((best, low, high), abs=1e-5)
    assert box_cox_power(x * 25.4).best == pytest.approx(found.best, abs=1e-6)


def test_box_cox_capability_is_that_of_the_normal_underneath() -> None:
    scores = 0.5 * NORMAL_SCORES
    found = box_cox_capability(np.exp(scores), lower=0.0, upper=math.exp(2.0)).capability
    plain = capability(scores, within=given_sigma(0.5), upper=2.0)
    assert found.indices["Ppk"].value == pytest.approx(plain.indices["Ppk"].value)
    assert "Pp" not in found.indices
    assert bool(np.all(np.diff(box_cox([1.0, 2.0, 3.0], -1.0)) > 0))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: fit_family([1.0, 2.0, 3.0, 4.0, 0.0], "weibull"), "values: must be above the origin (0)"),
        (lambda: fit_family([1.0, 2.0, 3.0, 4.0, 5.0], "cauchy"), "family: must be one of normal, lognormal"),
        (lambda: fit_family([1.0, 2.0], "normal"), "values: must hold five readings at least"),
        (lambda: fit_family([2.0] * 9, "normal"), "values: must vary"),
        (lambda: box_cox_power([1.0, 2.0, -1.0, 3.0, 4.0]), "values: must be above zero"),
        (lambda: percentile_capability(weibull_readings(1)), "lower and upper: must not both be empty"),
        (lambda: percentile_capability(weibull_readings(1), lower=3, upper=1), "lower: must be less than the upper"),
        (lambda: sample_quantile([1.0], 0.5, 10), "definition: must be a whole number from 1 to 9"),
    ],
)
def test_what_cannot_be_fitted_is_refused(call: Any, message: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        call()
    assert str(refusal.value).startswith(message)
