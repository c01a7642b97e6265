"""Every family of public functions on hard readings: the right answer, or a sentence; never NaN by accident."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.subjects.process_control.strategies import SEEDS, normal_readings

from techamp.contract.errors import InvalidInput
from techamp.subjects import process_control as pc

GOOD = normal_readings(0, 12)
HARD = {
    "infinite": np.array([1.0, 2.0, np.inf, 3.0] * 3),
    "missing": np.full(12, np.nan),
    "constant": np.full(12, 5.0),
    "one": np.array([1.0]),
    "none": np.array([]),
    "two": GOOD[:2],
    "far": 1e8 + 0.001 * np.round(GOOD, 2),
    "ties": np.round(GOOD),
}  # fmt: skip


def shaped(*shape: int) -> Callable[[np.ndarray], np.ndarray]:
    return lambda v: np.resize(v, shape) if len(v) else v


SIZES = np.full(12, 20.0)
FAMILIES: dict[str, Callable[[np.ndarray], Any]] = {
    "individuals": pc.individuals_chart,
    "x_bar_r": lambda v: pc.x_bar_r_chart(shaped(4, 3)(v)),
    "x_bar_s": lambda v: pc.x_bar_s_chart(shaped(4, 3)(v)),
    "ewma": pc.ewma_chart,
    "cusum": pc.cusum_chart,
    "t": pc.t_chart,
    "g": pc.g_chart,
    "c": pc.c_chart,
    "p": lambda v: pc.p_chart(v, SIZES[: len(v)]),
    "np": lambda v: pc.np_chart(v, 20),
    "u": lambda v: pc.u_chart(v, SIZES[: len(v)]),
    "laney_p": lambda v: pc.laney_p_chart(v, SIZES[: len(v)]),
    "laney_u": lambda v: pc.laney_u_chart(v, SIZES[: len(v)]),
    "hotelling": lambda v: pc.hotelling_chart(shaped(12, 2)(v)),
    "mewma": lambda v: pc.mewma_chart(shaped(12, 2)(v)),
    "capability": lambda v: pc.capability(v, within=pc.individuals_chart(GOOD).sigma, lower=-9, upper=9),
    "percentiles": lambda v: pc.percentile_capability(v, lower=-9, upper=9),
    "box_cox_capability": lambda v: pc.box_cox_capability(v, lower=0.01, upper=9),
    "one_sample_t": pc.one_sample_t,
    "two_sample_t": lambda v: pc.two_sample_t(v, GOOD),
    "paired_t": lambda v: pc.paired_t(v, GOOD[: len(v)]),
    "equivalence": lambda v: pc.equivalence(pc.two_sample_t(v, GOOD), -1.0, 1.0),
    "f": lambda v: pc.f_test(v, GOOD),
    "levene": lambda v: pc.levene_test([v, GOOD]),
    "bartlett": lambda v: pc.bartlett_test([v, GOOD]),
    "one_sample_sd": lambda v: pc.one_sample_sd(v, 1.0),
    "mann_whitney": lambda v: pc.mann_whitney(v, GOOD),
    "signed_rank": pc.signed_rank,
    "kruskal_wallis": lambda v: pc.kruskal_wallis([v, GOOD]),
    "anova": lambda v: pc.one_way_anova([v, GOOD]),
    "welch_anova": lambda v: pc.welch_anova([v, GOOD]),
    "tukey": lambda v: pc.tukey_pairs([v, GOOD]),
    "dunnett": lambda v: pc.dunnett_pairs([v, GOOD]),
    "regression on": lambda v: pc.linear_fit(v, GOOD[: len(v)]),
    "regression of": lambda v: pc.linear_fit(GOOD[: len(v)], v),
    "polynomial": lambda v: pc.polynomial_fit(v, GOOD[: len(v)], 2),
    "normality": pc.normality_test,
    "families": pc.fit_families,
    "weibull": lambda v: pc.fit_family(v, "weibull"),
    "box_cox": pc.box_cox_power,
    "bias": lambda v: pc.bias_study(v, 0.0),
    "stability": lambda v: pc.stability_study(shaped(4, 3)(v)),
    "linearity": lambda v: pc.linearity_study(v, GOOD[: len(v)]),
    "crossed": lambda v: pc.crossed_gauge_study(shaped(3, 2, 2)(v)),
    "nested": lambda v: pc.nested_gauge_study(shaped(3, 2, 2)(v)),
    "range": lambda v: pc.range_gauge_study(shaped(3, 2, 2)(v)),
    "random_one_way": lambda v: pc.random_one_way([v, GOOD]),
    "signal_points": lambda v: pc.signal_points(v, "nelson"),
    "kappa": lambda v: pc.cohen_kappa(v, GOOD[: len(v)] > 0),
    "quantile": lambda v: pc.sample_quantile(v, 0.5),
    "lenth": lambda v: pc.lenth({str(i): float(x) for i, x in enumerate(v)}),
    "half_normal": lambda v: pc.half_normal({str(i): float(x) for i, x in enumerate(v)}),
}  # fmt: skip


@pytest.mark.parametrize("kind", HARD)
@pytest.mark.parametrize("name", FAMILIES)
def test_hard_readings_get_an_answer_or_a_sentence(name: str, kind: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # a warning of numpy is an answer that nobody looked at
        try:
            FAMILIES[name](HARD[kind].copy())
        except InvalidInput as refusal:
            for fault in refusal.faults:
                assert fault.field
                assert fault.rule.startswith(("must", "need"))
                assert fault.remedy.endswith(".")


BY_SCALE = {
    "one_sample_t": lambda v: pc.one_sample_t(v[:20]),
    "two_sample_t": lambda v: pc.two_sample_t(v[:20], v[20:]),
    "f": lambda v: pc.f_test(v[:20], v[20:]),
    "levene": lambda v: pc.levene_test([v[:20], v[20:]]),
    "bartlett": lambda v: pc.bartlett_test([v[:20], v[20:]]),
    "mann_whitney": lambda v: pc.mann_whitney(v[:20], v[20:]),
    "kruskal_wallis": lambda v: pc.kruskal_wallis([v[:20], v[20:]]),
    "anova": lambda v: pc.one_way_anova([v[:20], v[20:]]),
    "welch_anova": lambda v: pc.welch_anova([v[:20], v[20:]]),
}  # fmt: skip


@pytest.mark.parametrize("name", BY_SCALE)
@given(seed=SEEDS, power=st.integers(-30, 30))
def test_a_unit_changes_no_p(name: str, seed: int, power: int) -> None:
    """By powers of two, which change no digit of a reading."""
    readings = normal_readings(seed, 40)
    assert BY_SCALE[name](readings * 2.0**power).p == pytest.approx(BY_SCALE[name](readings).p, rel=1e-9, abs=1e-300)


@pytest.mark.parametrize("name", [name for name in BY_SCALE if name != "one_sample_t"])
@given(seed=SEEDS)
def test_an_offset_of_a_hundred_million_changes_no_p(name: str, seed: int) -> None:
    readings = np.round(normal_readings(seed, 40) * 1024) / 1024  # 1e8 plus such a reading is exact in double precision
    far = readings + 1e8
    assert np.array_equal(far - 1e8, readings)
    assert BY_SCALE[name](far).p == pytest.approx(BY_SCALE[name](readings).p, rel=1e-9, abs=1e-300)


@pytest.mark.parametrize("name", BY_SCALE)
@given(seed=SEEDS)
def test_the_order_within_a_group_does_not_matter(name: str, seed: int) -> None:
    readings = normal_readings(seed, 40)
    mixed = np.concatenate([readings[:20][::-1], np.roll(readings[20:], 7)])
    assert BY_SCALE[name](mixed).p == pytest.approx(BY_SCALE[name](readings).p, rel=1e-9, abs=1e-300)


@given(seed=SEEDS, spread=st.floats(0.01, 1e3), level=st.floats(-1e3, 1e3))
def test_a_gauge_study_keeps_its_shares_in_another_unit(seed: int, spread: float, level: float) -> None:
    readings = normal_readings(seed, 60).reshape(10, 3, 2) + 2 * normal_readings(seed + 1, 10)[:, None, None]
    first, second = pc.crossed_gauge_study(readings), pc.crossed_gauge_study(level + spread * readings)
    for name, component in first.components.items():
        assert second.components[name].study == pytest.approx(component.study, rel=1e-6, abs=1e-6)
        assert second.components[name].sd == pytest.approx(spread * component.sd, rel=1e-6, abs=1e-9 * spread)


@pytest.mark.parametrize(
    ("build", "shape"),
    [
        (pc.individuals_chart, (30,)),
        (pc.x_bar_r_chart, (10, 4)),
        (pc.x_bar_s_chart, (10, 4)),
        (pc.hotelling_chart, (30, 2)),
    ],
)
@given(seed=SEEDS)
def test_limits_contain_their_center(build: Any, shape: tuple[int, ...], seed: int) -> None:
    chart = build(normal_readings(seed, int(np.prod(shape))).reshape(shape))
    if isinstance(chart, pc.MultivariateChart):
        assert np.all(chart.upper > 0)
        return
    for panel in chart.panels:
        assert np.all(panel.lower <= panel.center)
        assert np.all(panel.center <= panel.upper)


@given(st.lists(st.integers(0, 20), min_size=4, max_size=30).filter(lambda counts: 0 < sum(counts) < 20 * len(counts)))
def test_limits_of_counts_contain_their_center_and_stay_possible(counts: list[int]) -> None:
    sizes = [20] * len(counts)
    for chart in (pc.p_chart(counts, sizes), pc.np_chart(counts, 20), pc.c_chart(counts), pc.u_chart(counts, sizes)):
        panel = chart.location
        assert np.all((panel.lower >= 0) & (panel.lower <= panel.center) & (panel.center <= panel.upper))
        assert chart.kind not in ("p",) or np.all(panel.upper <= 1)


def test_a_group_of_one_has_no_spread_to_compare() -> None:
    with pytest.raises(InvalidInput, match="group 1: must hold two readings at least, but got 1"):
        pc.levene_test([[1.0], [1.0, 2.0, 3.0]])
