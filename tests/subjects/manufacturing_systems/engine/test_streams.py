"""Draws of the kernels: the contract's bits, the right moments, the same as scipy's quantiles."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from scipy import stats
from tests.subjects.manufacturing_systems.engine.streams_kernel import STREAMS

from techamp.contract import random
from techamp.subjects.manufacturing_systems.engine import streams
from techamp.subjects.manufacturing_systems.engine.memory import Claims, below_zero
from techamp.subjects.manufacturing_systems.model import (
    Distribution,
    constant,
    empirical,
    erlang,
    exponential,
    gamma,
    lognormal,
    normal,
    triangular,
    uniform,
    weibull,
)

COUNT = 20_000


def sample(wanted: Distribution) -> np.ndarray:
    claims = Claims(4)
    record = claims.distribution(wanted)
    words, floats = claims.block()
    out = np.empty(COUNT)
    STREAMS["draws"](words, floats, record, streams.PROCESS, out)
    return out


def test_bits_are_those_of_the_contract() -> None:
    drawn = sample(uniform(0.0, 1.0))
    assert np.array_equal(drawn, random.uniform(5, streams.PROCESS, 7, np.arange(COUNT)))
    assert np.array_equal(sample(exponential(1.0)), random.exponential(5, streams.PROCESS, 7, np.arange(COUNT)))


@pytest.mark.parametrize(
    "wanted",
    [
        exponential(3.0),
        uniform(1.0, 4.0),
        triangular(1.0, 2.0, 5.0),
        normal(2.0, 1.5),
        lognormal(4.0, cv=1.2),
        gamma(4.0, cv=0.5),
        gamma(4.0, cv=2.0),
        weibull(0.7, 2.0),
        erlang(6.0, 3),
    ],
    ids=lambda wanted: f"{wanted.kind}{wanted.parameters}",
)
def test_times_have_their_distribution(wanted: Distribution) -> None:
    drawn = sample(wanted)
    assert drawn.min() >= 0.0
    error = math.sqrt(wanted.variance / COUNT)
    assert drawn.mean() == pytest.approx(wanted.mean, abs=4 * error)
    assert stats.kstest(drawn, _frozen(wanted).cdf).pvalue > 0.001


def _frozen(d: Distribution) -> Any:
    p = d.parameters
    match d.kind:
        case "exponential":
            return stats.expon(scale=p[0])
        case "uniform":
            return stats.uniform(p[0], p[1] - p[0])
        case "triangular":
            return stats.triang((p[1] - p[0]) / (p[2] - p[0]), p[0], p[2] - p[0])
        case "normal":
            return stats.truncnorm(-p[0] / p[1], np.inf, p[0], p[1])
        case "lognormal":
            spread = math.log(1 + (p[1] / p[0]) ** 2)
            return stats.lognorm(math.sqrt(spread), scale=p[0] * math.exp(-spread / 2))
        case "gamma":
            return stats.gamma((p[0] / p[1]) ** 2, scale=p[1] ** 2 / p[0])
        case "weibull":
            return stats.weibull_min(p[0], scale=p[1])
        case _:
            return stats.gamma(p[1], scale=p[0] / p[1])


def test_constants_and_measured_values_come_as_they_are() -> None:
    assert set(sample(constant(2.5))) == {2.5}
    values, counts = np.unique(sample(empirical([1.0, 2.0, 6.0])), return_counts=True)
    assert values.tolist() == [1.0, 2.0, 6.0]
    assert counts.min() > COUNT / 3.2


def test_exp_is_within_one_unit_in_the_last_place() -> None:
    x = np.linspace(-700.0, 700.0, 100_001)
    found = np.empty_like(x)
    STREAMS["exponentials"](x, found)
    assert np.max(np.abs(found / np.exp(x) - 1.0)) <= 2.3e-16


@pytest.mark.parametrize(("mean", "sd"), [(2.0, 1.5), (10.0, 1.0), (0.5, 3.0)])
def test_the_share_cut_away_is_that_below_zero(mean: float, sd: float) -> None:
    assert below_zero(mean, sd) == pytest.approx(stats.norm.cdf(-mean / sd), rel=1e-9)
