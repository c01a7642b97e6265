"""Constants against closed forms and against an independent quadrature."""

from __future__ import annotations

import math

import pytest
from scipy import integrate, special

from techamp.contract.errors import InvalidInput
from techamp.subjects.process_control import c4, chart_constants, d2, d3, d4


def test_closed_forms_of_two_and_three() -> None:
    assert d2(2) == pytest.approx(2 / math.sqrt(math.pi), abs=1e-13)
    assert d2(3) == pytest.approx(3 / math.sqrt(math.pi), abs=1e-13)
    assert d3(2) == pytest.approx(math.sqrt(2 - 4 / math.pi), abs=1e-11)
    assert d4(2) == pytest.approx(math.sqrt(2) * special.ndtri(0.75), abs=1e-12)
    assert c4(2) == pytest.approx(math.sqrt(2 / math.pi), abs=1e-15)


@pytest.mark.parametrize("n", [2, 5, 25, 300, 10_000])
def test_d2_is_the_mean_of_the_studentized_range_with_endless_degrees(n: int) -> None:
    def tails(x: float) -> float:
        below, above = special.log_ndtr(x), special.log_ndtr(-x)
        return float(-math.expm1(n * below) - math.exp(n * above))

    expected = integrate.quad(tails, -11, 11, points=[-4, -2, 0, 2, 4], epsabs=1e-13, epsrel=1e-13, limit=400)[0]
    assert d2(n) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("n", [2, 10, 99, 100, 101, 102, 5_000, 1_000_000])
def test_c4_has_no_seam_where_the_series_takes_over(n: int) -> None:
    log_ratio = special.gammaln(n / 2) - special.gammaln((n - 1) / 2)
    assert c4(n) == pytest.approx(math.sqrt(2 / (n - 1)) * math.exp(log_ratio), rel=1e-9)
    assert c4(n + 1) > c4(n)


def test_median_range_lies_below_the_mean_range_which_leans_right() -> None:
    assert all(d4(n) < d2(n) for n in range(2, 20))


def test_table_of_five() -> None:
    found = chart_constants(5)
    assert (round(found.A2, 3), round(found.D3, 3), round(found.D4, 3)) == (0.577, 0.0, 2.114)


@pytest.mark.parametrize("n", [1, 0, -3, 2.5])
def test_a_sample_size_below_two_is_refused(n: int) -> None:
    with pytest.raises(InvalidInput, match="n: must be a whole number of at least 2"):
        d2(n)
