"""Charts for counts and rare events."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from techamp.contract.errors import InvalidInput
from techamp.subjects.process_control import (
    c_chart,
    g_chart,
    laney_p_chart,
    laney_u_chart,
    limit_formulas,
    np_chart,
    p_chart,
    signals,
    t_chart,
    u_chart,
)


def test_shares_of_unequal_samples_get_limits_of_their_own() -> None:
    chart = p_chart([2, 5, 1], [20, 50, 30])
    assert chart.center == pytest.approx(0.08)
    assert chart.location.points == pytest.approx([0.1, 0.1, 1 / 30])
    assert chart.location.upper == pytest.approx([0.08 + 3 * math.sqrt(0.08 * 0.92 / n) for n in (20, 50, 30)])
    assert chart.location.lower.tolist() == [0.0, 0.0, 0.0]


def test_limits_stay_where_a_share_can_be() -> None:
    chart = p_chart([9, 10, 9, 10], 10)
    assert chart.location.upper.max() == 1.0
    upper = next(formula for formula in limit_formulas(chart) if formula.symbol == "UCL")
    assert upper.expression == "min(1, p̄ + 3·√(p̄(1−p̄)/n))"


def test_numbers_are_shares_times_the_size() -> None:
    sizes = np.array([20, 50, 30])
    shares, numbers = p_chart([2, 5, 1], sizes).location, np_chart([2, 5, 1], sizes).location
    assert numbers.center == pytest.approx(shares.center * sizes)
    assert numbers.upper == pytest.approx(shares.upper * sizes)


def test_defects_per_unit_with_equal_units_are_the_count_chart_rescaled() -> None:
    counts = [4, 7, 3, 6, 12, 5]
    assert u_chart(counts, 2.0).location.upper * 2.0 == pytest.approx(c_chart(counts).location.upper)


def test_laneys_chart_widens_when_samples_differ_more_than_chance() -> None:
    random = np.random.default_rng(1)
    rates = random.normal(0.1, 0.01, size=60)
    counts = random.binomial(20_000, rates)
    plain, laney = p_chart(counts, 20_000), laney_p_chart(counts, 20_000)
    assert len({signal.point for signal in signals(plain, "WE1")}) > 15
    assert len({signal.point for signal in signals(laney, "WE1")}) <= 2
    assert "σz" in laney.notes[-1]


@pytest.mark.parametrize("build", [laney_p_chart, laney_u_chart])
def test_laneys_chart_is_the_plain_one_when_only_chance_is_at_work(build: Any) -> None:
    random = np.random.default_rng(2)
    counts = random.binomial(500, 0.1, 400) if build is laney_p_chart else random.poisson(50, 400)
    plain = (p_chart if build is laney_p_chart else u_chart)(counts, 500)
    assert build(counts, 500).location.point_sigma[0] == pytest.approx(plain.location.point_sigma[0], rel=0.08)


def test_a_row_of_good_units_is_judged_by_the_geometric_distribution() -> None:
    counts = [12, 30, 5, 44, 21, 8, 17, 33, 2, 28]
    sigma = g_chart(counts)
    assert sigma.center == pytest.approx(20)
    assert sigma.location.upper[0] == pytest.approx(20 + 3 * math.sqrt(20 * 21))
    tails = g_chart(counts, limits="probability").location
    beyond = (20 / 21) ** (tails.upper[0] + 1)  # the chance of more good units than the limit
    assert beyond <= 0.5 * math.erfc(3 / math.sqrt(2)) < beyond * 21 / 20
    assert tails.lower[0] == 0.0


def test_times_between_events_signal_when_they_become_long_or_short() -> None:
    random = np.random.default_rng(3)
    times = random.exponential(100.0, 80)
    chart = t_chart(times, baseline=80)
    assert np.mean(times < chart.location.center) == pytest.approx(0.5, abs=0.12)
    late = t_chart([*times, 2000.0], baseline=80)
    assert 80 in {signal.point for signal in signals(late, "WE1")}


@pytest.mark.parametrize(
    ("build", "counts", "sizes", "message"),
    [
        (p_chart, [1, 60], 50, "defectives at position 2: must not be more than the parts checked, but got 60.0"),
        (p_chart, [1, -1], 50, "defectives at position 2: must be a whole number from 0"),
        (np_chart, [1, 1.5], 50, "defectives at position 2: must be a whole number from 0"),
        (p_chart, [0, 0], 50, "counts: must show some defective and some good parts in phase 1"),
        (u_chart, [0, 0], 5, "counts: must show at least one defect in phase 1"),
        (u_chart, [1, 2], [1.0, 0.0], "sizes at position 2: must be greater than 0"),
        (u_chart, [1, 2], [1.0, 1.0, 1.0], "sizes: must be one number, or one for each of defects"),
        (laney_p_chart, [1, 1, 1], 50, "counts: must vary from sample to sample"),
    ],
)
def test_counts_that_cannot_be_are_refused(build: Any, counts: Any, sizes: Any, message: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        build(counts, sizes)
    assert str(refusal.value).startswith(message)


def test_a_missing_count_is_a_gap() -> None:
    chart = c_chart([4, np.nan, 6, 5])
    assert np.isnan(chart.location.points[1])
    assert chart.center == pytest.approx(5)


def test_rare_event_counts_that_cannot_be_are_refused() -> None:
    with pytest.raises(InvalidInput, match="between at position 2"):
        g_chart([3, -1])
    with pytest.raises(InvalidInput, match="times: must not be negative"):
        t_chart([3.0, -1.0])
