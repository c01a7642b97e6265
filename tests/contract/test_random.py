"""Counter-based random numbers: the same bits by either road, and the distributions they claim."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from tests.contract.kernels.draws_kernel import DRAWS

from techamp.contract import random

WHOLE = st.integers(-(2**63), 2**63 - 1)


def test_kernel_and_numpy_draw_the_same_bits() -> None:
    n = 100_000  # enough for the far tail of the normal, where another formula applies
    drawn = [np.zeros(n) for _ in range(3)]
    DRAWS["fill"](42, 7, 3, n, *drawn)
    step = np.arange(n)
    for ours, numpy_way in zip(drawn, (random.uniform, random.normal, random.exponential), strict=True):
        assert np.array_equal(ours, numpy_way(42, 7, 3, step))
    assert np.max(np.abs(drawn[1])) > 4.0


@settings(max_examples=60, deadline=None)
@given(seed=WHOLE, cause=WHOLE, entity=WHOLE, step=WHOLE)
def test_both_roads_agree_for_any_key(seed: int, cause: int, entity: int, step: int) -> None:
    key = (seed, cause, entity, step)
    drawn = DRAWS["one_uniform"](*key)
    assert drawn == random.uniform(*key)[0]
    assert DRAWS["one_normal"](*key) == random.normal(*key)[0]
    assert 0.0 < drawn < 1.0


def test_known_draws_stay_known() -> None:
    # Raise the version of every simulation before changing these.
    assert [f"{int(bits):016x}" for bits in random.bits(1, 2, 3, [4, 5])] == KNOWN


KNOWN = ["a8b355d935c60854", "7db402462ec70830"]


def test_uniform_is_uniform_along_every_level_of_the_key() -> None:
    count = np.arange(20_000)
    draws = {
        "step": random.uniform(1, 1, 1, count),
        "entity": random.uniform(1, 1, count, 1),
        "cause": np.array([random.uniform(1, int(k), 1, 1)[0] for k in count[:4000]]),
        "seed": np.array([random.uniform(int(k), 1, 1, 1)[0] for k in count[:4000]]),
    }
    for level, values in draws.items():
        assert stats.kstest(values, "uniform").pvalue > 0.001, level
        assert abs(np.corrcoef(values[1:], values[:-1])[0, 1]) < 4.0 / np.sqrt(len(values)), level


def test_neighboring_keys_are_independent() -> None:
    step = np.arange(20_000)
    base = random.normal(1, 1, 1, step)
    for other in (random.normal(2, 1, 1, step), random.normal(1, 2, 1, step), random.normal(1, 1, 2, step)):
        assert abs(np.corrcoef(base, other)[0, 1]) < 4.0 / np.sqrt(len(step))


def test_normal_and_exponential_have_their_distributions() -> None:
    step = np.arange(200_000)
    assert stats.kstest(random.normal(5, 1, 1, step), "norm").pvalue > 0.001
    assert stats.kstest(random.exponential(5, 1, 1, step), "expon").pvalue > 0.001


def test_normal_quantile_agrees_with_scipy_over_the_whole_range() -> None:
    p = np.concatenate([np.linspace(1e-6, 1 - 1e-6, 50_001), 10.0 ** -np.arange(7.0, 300.0, 3.0)])
    assert random.normal_quantile(p) == pytest.approx(stats.norm.ppf(p), rel=5e-14, abs=1e-15)


def test_logarithm_agrees_with_the_library() -> None:
    x = np.concatenate([np.linspace(1e-3, 10.0, 10_001), 10.0 ** np.linspace(-300, 300, 601)])
    assert random.log(x) == pytest.approx(np.log(x), rel=1e-15, abs=1e-15)


def test_draws_broadcast_entity_against_step() -> None:
    drawn = random.uniform(1, 1, np.arange(3)[:, None], np.arange(4)[None, :])
    assert drawn.shape == (3, 4)
    assert drawn[2, 3] == random.uniform(1, 1, 2, 3)[0]
