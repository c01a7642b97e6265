"""Tests of means, spreads, proportions and ranks, sample sizes, and regression."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from tests.subjects.process_control.strategies import SEEDS, normal_readings

from techamp.contract.errors import InvalidInput
from techamp.subjects.process_control import (
    anova_power,
    bartlett_test,
    diagnose,
    dunnett_pairs,
    equivalence,
    equivalence_power,
    f_test,
    kruskal_wallis,
    levene_test,
    linear_fit,
    mann_whitney,
    one_proportion,
    one_sample_sd,
    one_sample_t,
    one_way_anova,
    paired_t,
    polynomial_fit,
    proportion_power,
    proportion_sample_size,
    signed_rank,
    t_power,
    t_sample_size,
    tukey_pairs,
    two_proportions,
    two_sample_t,
    welch_anova,
    wilson_interval,
)
from techamp.subjects.process_control.comparing.neighbors import durbin_watson, moments
from techamp.subjects.process_control.comparing.proportion_tests import pooled_z_p

FIRST_DRUG = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]  # extra hours of sleep: Student (1908)
SECOND_DRUG = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]
AT_TERM = [0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46]  # permeability: Hollander & Wolfe, p. 69
EARLIER = [1.15, 0.88, 0.90, 0.74, 1.21]


def test_students_sleep_data() -> None:
    one, welch = one_sample_t(FIRST_DRUG), two_sample_t(FIRST_DRUG, SECOND_DRUG)
    pairs, pooled = paired_t(FIRST_DRUG, SECOND_DRUG), two_sample_t(FIRST_DRUG, SECOND_DRUG, pooled=True)
    assert (round(one.statistic, 4), round(one.p, 4)) == (1.3257, 0.2176)
    assert (round(welch.statistic, 4), round(welch.df, 3), round(welch.p, 5)) == (-1.8608, 17.776, 0.07939)
    assert (round(pooled.df), round(pooled.p, 5)) == (18, 0.07919)
    assert (round(pairs.statistic, 4), round(pairs.p, 6)) == (-4.0621, 0.002833)
    assert (pairs.low, pairs.high) == pytest.approx((-2.4598858, -0.7001142), abs=1e-7)
    assert "differs from 0" in pairs.sentence()
    assert "does not show" in welch.sentence()


@given(SEEDS, st.sampled_from(["two-sided", "less", "greater"]), st.booleans())
@settings(max_examples=30)
def test_t_tests_agree_with_scipy_and_intervals_with_their_tests(seed: int, alternative: str, pooled: bool) -> None:
    one, two = normal_readings(seed, 9), normal_readings(seed + 1, 14) * 2.0 + 0.5
    found = two_sample_t(one, two, pooled=pooled, alternative=alternative)
    peer = stats.ttest_ind(one, two, equal_var=pooled, alternative=alternative)
    assert (found.statistic, found.p) == pytest.approx((peer.statistic, peer.pvalue))
    assert (found.low, found.high) == pytest.approx(tuple(peer.confidence_interval(0.95)))
    assert found.significant == (not found.low <= 0.0 <= found.high)


@given(SEEDS, st.sampled_from([1e-3, 1.0, 1e4]))
@settings(max_examples=25)
def test_an_offset_or_a_unit_changes_no_p(seed: int, unit: float) -> None:
    one, two = normal_readings(seed, 12, 3), normal_readings(seed + 1, 12, 3)
    moved, others = one * unit + 1e8 * unit, two * unit + 1e8 * unit
    for compare in (two_sample_t, f_test, paired_t):
        assert compare(moved, others).p == pytest.approx(compare(one, two).p, rel=1e-4)
    assert one_way_anova([moved, others]).f == pytest.approx(one_way_anova([one, two]).f, rel=1e-4, abs=1e-7)


def test_equivalence_is_the_narrower_interval_inside_the_margins() -> None:
    rng = np.random.default_rng(1)
    one, two = rng.normal(size=200), rng.normal(size=200)
    found = equivalence(two_sample_t(one, two), -0.5, 0.5)
    assert found.equivalent
    assert -0.5 < found.low < found.high < 0.5
    assert "Shown to be equivalent" in found.sentence()
    small = equivalence(two_sample_t(one[:6], two[:6]), -0.5, 0.5)
    assert not small.equivalent
    assert small.p == max(small.p_lower, small.p_upper) > 0.05


@given(SEEDS)
@settings(max_examples=20)
def test_tests_of_spread_agree_with_scipy(seed: int) -> None:
    groups = [normal_readings(seed + i, 8 + i) * (1 + 0.3 * i) for i in range(3)]
    for center in ("median", "mean"):
        peer = stats.levene(*groups, center=center)
        found = levene_test(groups, center=center)
        assert (found.statistic, found.p) == pytest.approx((peer.statistic, peer.pvalue))
    peer = stats.bartlett(*groups)
    assert (bartlett_test(groups).statistic, bartlett_test(groups).p) == pytest.approx((peer.statistic, peer.pvalue))


def test_two_spreads_and_one() -> None:
    one, two = [float(x) for x in range(-5, 6)], [x / 2 for x in range(-5, 6)]
    found = f_test(one, two)
    assert (found.estimate, found.statistic) == pytest.approx((2.0, 4.0))
    assert found.p == pytest.approx(2 * stats.f.sf(4, 10, 10))
    assert found.low == pytest.approx(math.sqrt(4.0 / stats.f.ppf(0.975, 10, 10)))
    single = one_sample_sd(one, 3.0)
    assert single.low < single.estimate < single.high
    assert single.significant == (not single.low <= 3.0 <= single.high)


def test_proportions_give_the_published_intervals() -> None:
    """Newcombe (1998), both papers; R's binom.test and fisher.test."""
    assert wilson_interval(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    difference = two_proportions(56, 70, 48, 80)
    assert (difference.low, difference.high) == pytest.approx((0.0524, 0.3339), abs=5e-5)
    assert one_proportion(682, 925, 0.75).p == pytest.approx(0.3825, abs=5e-5)
    assert two_proportions(3, 4, 1, 4).p == pytest.approx(0.4857, abs=5e-5)
    assert one_proportion(0, 10, 0.1, interval="exact").high == pytest.approx(0.3085, abs=5e-5)
    assert pooled_z_p(difference) == pytest.approx(0.00813, abs=2e-4)


@given(st.integers(1, 40), st.integers(1, 40), st.data())
@settings(max_examples=40)
def test_exact_proportion_tests_agree_with_scipy(n1: int, n2: int, data: Any) -> None:
    first, second = data.draw(st.integers(0, n1)), data.draw(st.integers(0, n2))
    peer = stats.fisher_exact([[first, n1 - first], [second, n2 - second]]).pvalue
    assert two_proportions(first, n1, second, n2).p == pytest.approx(peer)
    assert one_proportion(first, n1, 0.3).p == pytest.approx(stats.binomtest(first, n1, 0.3).pvalue)
    swapped = two_proportions(second, n2, first, n1)
    assert swapped.low == pytest.approx(-two_proportions(first, n1, second, n2).high)


def test_rank_tests_give_what_r_prints() -> None:
    found = mann_whitney(AT_TERM, EARLIER)
    assert (found.statistic, round(found.p, 4), round(found.estimate, 3)) == (35.0, 0.2544, 0.305)
    assert round(mann_whitney(AT_TERM, EARLIER, alternative="greater").p, 4) == 0.1272
    before = np.array([1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30])
    after = np.array([0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29])
    pairs = signed_rank(before - after)
    assert (pairs.statistic, round(pairs.p, 5)) == (40.0, 0.03906)
    assert (pairs.low, pairs.high) == pytest.approx((0.010, 0.786), abs=0.002)


@given(SEEDS)
@settings(max_examples=20)
def test_rank_tests_do_not_see_a_monotone_change(seed: int) -> None:
    one, two = (np.round(8 * normal_readings(seed + i, 10 + i)) for i in (0, 1))
    if np.ptp(np.concatenate([one, two])) == 0.0:
        return
    assert mann_whitney(one**3, two**3).p == pytest.approx(mann_whitney(one, two).p)
    groups = [one, two, one + 1.0]
    assert kruskal_wallis([g**3 for g in groups]).statistic == pytest.approx(kruskal_wallis(groups).statistic)


def test_a_shift_found_by_ranks_moves_with_the_readings() -> None:
    one, two = normal_readings(4, 20), normal_readings(5, 20)
    plain, moved = mann_whitney(one, two), mann_whitney(one + 3.0, two)
    assert moved.estimate == pytest.approx(plain.estimate + 3.0)
    assert plain.low <= plain.estimate <= plain.high


def test_power_and_sample_size_as_r_prints_them() -> None:
    assert t_power(1.0, 1.0, 20) == pytest.approx(0.8689528, abs=1e-6)
    assert t_sample_size(1.0, 1.0, power=0.9) == 23
    assert t_sample_size(1.0, 1.0, power=0.9, alternative="greater") == 18
    assert proportion_power(0.5, 0.75, 50) == pytest.approx(0.7401659, abs=5e-4)
    assert proportion_sample_size(0.5, 0.75, power=0.9) == 77


def test_power_of_anova_and_of_equivalence_by_simulation() -> None:
    rng = np.random.default_rng(2)
    means, trials = [0.0, 0.5, 1.0], 2000
    drawn = rng.normal(size=(trials, 3, 8)) + np.array(means)[:, None]
    within = drawn.var(axis=2, ddof=1).mean(axis=1)
    f = 8 * drawn.mean(axis=2).var(axis=1, ddof=1) / within
    share = float(np.mean(f > stats.f.ppf(0.95, 2, 21)))
    assert anova_power(means, 1.0, 8) == pytest.approx(share, abs=0.035)
    pairs = rng.normal(size=(trials, 2, 25))
    error = np.sqrt(pairs.var(axis=2, ddof=1).sum(axis=1) / 25)
    reach = np.abs(pairs.mean(axis=2)[:, 0] - pairs.mean(axis=2)[:, 1]) + stats.t.ppf(0.95, 48) * error
    assert equivalence_power(0.8, 1.0, 25) == pytest.approx(float(np.mean(reach < 0.8)), abs=0.035)


@given(st.floats(0.05, 3.0), st.integers(2, 60))
@settings(max_examples=30)
def test_power_grows_with_size_and_starts_at_alpha(difference: float, n: int) -> None:
    assert t_power(difference, 1.0, n + 1) >= t_power(difference, 1.0, n) - 1e-12
    assert t_power(0.0, 1.0, n) == pytest.approx(0.05, abs=1e-9)
    more, less = (equivalence_power(difference, 1.0, size) for size in (n + 1, n))
    assert more >= less - 1e-9 or less < 0.1  # far below that, with tiny groups, it may fall


def test_welch_anova_of_two_groups_is_welchs_t() -> None:
    row, t = welch_anova([FIRST_DRUG, SECOND_DRUG]), two_sample_t(FIRST_DRUG, SECOND_DRUG)
    assert row.f == pytest.approx(t.statistic**2)
    assert row.p == pytest.approx(t.p)


def test_tukey_and_dunnett_agree_with_scipy_and_hold_together() -> None:
    groups = [normal_readings(seed, 6 + seed) + 0.8 * seed for seed in range(4)]
    peer = stats.tukey_hsd(*groups)
    for pair in tukey_pairs(groups):
        assert pair.p == pytest.approx(peer.pvalue[pair.first, pair.second], abs=1e-6)
        assert pair.low == pytest.approx(peer.confidence_interval(0.95).low[pair.first, pair.second], abs=1e-5)
    many = stats.dunnett(*groups[1:], control=groups[0], rng=np.random.default_rng(0))
    ours = dunnett_pairs(groups)
    assert [pair.p for pair in ours] == pytest.approx(many.pvalue.tolist(), abs=2e-3)
    assert [pair.low for pair in ours] == pytest.approx(many.confidence_interval(0.95).low.tolist(), abs=0.02)


def test_dunnetts_table() -> None:
    """Two-sided 5 % points of Dunnett (1964): 3 treatments, 20 degrees of freedom 2.54; 5 and 60: 2.60 or so."""
    from techamp.subjects.process_control.comparing.one_way_anova import _dunnett_quantile

    assert _dunnett_quantile(0.95, np.full(3, 0.5), 20) == pytest.approx(2.54, abs=0.006)
    assert _dunnett_quantile(0.95, np.full(1, 0.5), 20) == pytest.approx(stats.t.ppf(0.975, 20), abs=1e-6)


@given(SEEDS, st.sampled_from([0.0, 1e6]))
@settings(max_examples=20)
def test_a_regression_agrees_with_numpy_and_ignores_order(seed: int, offset: float) -> None:
    x = normal_readings(seed, 25)
    y = 2.0 + 3.0 * x + normal_readings(seed + 1, 25)
    found = polynomial_fit(x + offset, y)
    assert found.coefficients[1].value == pytest.approx(np.polyfit(x, y, 1)[0], rel=1e-7)
    order = np.random.default_rng(seed).permutation(25)
    assert polynomial_fit((x + offset)[order], y[order]).residual_sd == pytest.approx(found.residual_sd, rel=1e-7)


def test_predictions_hold_new_readings_about_as_often_as_they_say() -> None:
    rng, held = np.random.default_rng(6), 0
    for _ in range(400):
        x = rng.uniform(size=15)
        fit = polynomial_fit(x, 1 + x + rng.normal(size=15))
        _, _, _, low, high = fit.predict(0.7)
        held += low <= 1.7 + rng.normal() <= high
    assert 0.92 <= held / 400 <= 0.98


def test_a_perfect_line_has_no_error_and_says_so() -> None:
    found = polynomial_fit([1.0, 2.0, 3.0, 4.0], [3.0, 5.0, 7.0, 9.0])
    assert [one.value for one in found.coefficients] == pytest.approx([1.0, 2.0])
    assert found.residual_sd == 0.0
    assert "perfect" in diagnose(found).sentences[0]


def test_diagnostics_say_what_is_wrong() -> None:
    rng = np.random.default_rng(7)
    x = np.linspace(0, 10, 60)
    clean = x + rng.normal(size=60) * 0.3
    assert diagnose(polynomial_fit(x, clean)).sentences == ("Nothing in the residuals speaks against the fit.",)
    spoiled = clean.copy()
    spoiled[30] += 5.0
    assert "Reading 31 lies far off" in diagnose(polynomial_fit(x, spoiled)).sentences[0]
    bent = " ".join(diagnose(polynomial_fit(x, clean + 0.3 * x**2)).sentences)
    assert "The points bend" in bent
    assert "correlated" not in bent  # one fault, said once
    carried = np.convolve(rng.normal(size=61), [1.0, 0.9])[1:61]
    assert any(
        "Neighboring residuals are correlated" in said for said in diagnose(polynomial_fit(x, x + carried)).sentences
    )
    funnel = x + rng.normal(size=60) * (0.02 + 0.3 * x)
    assert any("grows or shrinks" in said for said in diagnose(polynomial_fit(x, funnel)).sentences)
    far = diagnose(polynomial_fit(np.append(x, 60.0), np.append(clean, 0.0)))
    assert any("pulls the whole fit" in said for said in far.sentences)
    alike = linear_fit(np.column_stack([x, x + rng.normal(size=60) * 0.01]), clean)
    assert any("say nearly the same" in said for said in diagnose(alike).sentences)


def test_a_bend_is_seen_in_fifteen_readings_and_rarely_where_there_is_none() -> None:
    rng, x = np.random.default_rng(15), np.linspace(0, 10, 15)
    bent = [diagnose(polynomial_fit(x, x + 0.15 * (x - 5) ** 2 + rng.normal(size=15))).bend < 0.01 for _ in range(200)]
    straight = [diagnose(polynomial_fit(x, x + rng.normal(size=15))) for _ in range(400)]
    assert np.mean(bent) > 0.9
    assert np.mean([found.bend < 0.01 for found in straight]) < 0.03
    assert np.mean([not found.clean for found in straight]) < 0.15


def test_the_bend_is_the_test_of_a_squared_term() -> None:
    x, y = normal_readings(3, 15), normal_readings(4, 15)
    quadratic = polynomial_fit(x, y, 2)
    assert diagnose(polynomial_fit(x, y)).bend == pytest.approx(quadratic.coefficients[2].p, rel=1e-9)


def test_durbin_watson_has_the_chance_it_says() -> None:
    rng, x = np.random.default_rng(16), np.linspace(0, 1, 15)
    q = polynomial_fit(x, x + rng.normal(size=15)).fit.q
    errors = rng.normal(size=(20_000, 15))
    left = errors - (errors @ q) @ q.T
    d = np.sum(np.diff(left, axis=1) ** 2, axis=1) / np.sum(left * left, axis=1)
    mean, variance = moments(q)
    assert mean == pytest.approx(d.mean(), abs=4 * d.std() / 141)
    assert variance == pytest.approx(d.var(), rel=0.04)
    for share in (0.005, 0.025, 0.1):
        place = int(np.argsort(d)[int(share * 20_000)])
        assert durbin_watson(left[place], q)[1] == pytest.approx(2 * share, rel=0.15)


def test_deleted_residuals_are_those_of_the_fit_without_the_reading() -> None:
    x, y = normal_readings(8, 12), normal_readings(9, 12)
    left = np.delete(np.arange(12), 4)
    without = polynomial_fit(x[left], y[left])
    value = without.predict(float(x[4]))[0]
    share = without.fit.direction_variance(np.array([1.0, x[4]]))
    expected = (y[4] - value) / (without.residual_sd * math.sqrt(1 + share))
    assert diagnose(polynomial_fit(x, y)).studentized[4] == pytest.approx(expected)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: one_sample_t([1.0]), "values: must hold two readings at least"),
        (lambda: one_sample_t([2.0, 2.0]), "values: must vary"),
        (lambda: one_sample_t([1.0, 2.0], alternative="both"), "alternative: must be two-sided, less or greater"),
        (lambda: paired_t([1.0, 2.0], [1.0]), "second: must be as long as the first (2)"),
        (lambda: two_sample_t([1.0, 1.0], [1.0, 1.0]), "first and second: must vary"),
        (lambda: two_sample_t([1.0, np.inf], [1.0, 1.0]), "first at position 2: must be a finite number"),
        (lambda: equivalence(one_sample_t([1.0, 2.0]), 1, -1), "lower: must be less than the upper margin (-1)"),
        (lambda: levene_test([[1.0, 2.0], [2.0, 3.0]], center="mode"), "center: must be median or mean"),
        (lambda: one_proportion(5, 4, 0.5), "count: must be a whole number from 0 to 4"),
        (lambda: one_proportion(1, 4, 1.0), "null: must be between 0 and 1"),
        (lambda: mann_whitney([1.0, 1.0], [1.0]), "values: must vary"),
        (lambda: one_way_anova([[1.0], [2.0]]), "groups: must hold repeats"),
        (lambda: one_way_anova([[1.0, 2.0]]), "groups: must be two at least"),
        (lambda: t_power(1.0, 0.0, 5), "sd: must be a finite number greater than 0"),
        (lambda: t_sample_size(0.0, 1.0), "difference: must not be zero"),
        (lambda: t_power(1.0, 1.0, 1), "n: must be a whole number of at least 2"),
        (lambda: polynomial_fit([1.0, 1.0, 1.0], [1.0, 2.0, 3.0]), "x: must have columns that are no mix"),
        (lambda: polynomial_fit([1.0, 2.0], [1.0, 2.0]), "y: must have more readings than the 2 terms"),
        (lambda: linear_fit([[1.0, 2.0], [2.0, 4.0], [3.0, 6.0], [4.0, 8.0]], [1.0, 2.0, 3.0, 5.0]), "predictors:"),
        (lambda: polynomial_fit([1.0, 2.0, 3.0], [1.0, 2.0, 3.5], 0), "degree: must be a whole number"),
    ],
)
def test_what_cannot_be_compared_is_refused(call: Any, message: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        call()
    assert str(refusal.value).startswith(message)
