"""Gauge studies by REML: ANOVA where cells are equal, statsmodels where they are not."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from techamp.contract import InvalidInput, Table, TableColumn, registry
from techamp.subjects.process_control import crossed_gauge_study, nested_gauge_study, reml_gauge_study


def crossed(seed: int, p: int = 8, o: int = 3, r: int = 3) -> tuple[Any, Any, Any]:
    """Parts, operators and readings of a crossed study, one row each."""
    rng = np.random.default_rng(seed)
    y = rng.normal(size=(p, 1, 1)) + 0.6 * rng.normal(size=(1, o, 1)) + 0.5 * rng.normal(size=(p, o, 1))
    y = 8.0 + y + 0.5 * rng.normal(size=(p, o, r))
    part, operator, _ = np.indices(y.shape)
    return part.ravel(), operator.ravel(), y.ravel()


def test_equal_cells_give_the_anova() -> None:
    part, operator, y = crossed(2)
    known = crossed_gauge_study(y.reshape(8, 3, 3), pool="never")
    found = reml_gauge_study(part, operator, y)
    assert all(component.raw > 0 for component in known.components.values())
    for name, component in known.components.items():
        assert found.components[name].variance == pytest.approx(component.variance, rel=1e-9)
    repeat, exact = found.components["repeatability"], known.components["repeatability"]
    assert (repeat.low, repeat.high) == pytest.approx((exact.low, exact.high), rel=0.03)


def test_equal_nested_cells_give_the_nested_anova() -> None:
    rng = np.random.default_rng(2)
    y = rng.normal(size=(4, 1, 1)) + rng.normal(size=(4, 5, 1)) + 0.4 * rng.normal(size=(4, 5, 3))
    operator, part, _ = np.indices(y.shape)
    known = nested_gauge_study(y)
    found = reml_gauge_study((10 * operator + part).ravel(), operator.ravel(), y.ravel(), nested=True)
    for name in ("operator", "part", "repeatability"):
        assert found.components[name].variance == pytest.approx(known.components[name].variance, rel=1e-9)


@pytest.mark.parametrize("seed", [3, 4, 5])
def test_gaps_give_what_statsmodels_gives(seed: int) -> None:
    models = pytest.importorskip("statsmodels.regression.mixed_linear_model")
    pandas = pytest.importorskip("pandas")
    part, operator, y = crossed(seed)
    keep = np.random.default_rng(100 + seed).uniform(size=len(y)) > 0.3
    part, operator, y = part[keep], operator[keep], y[keep]
    frame = pandas.DataFrame(
        {"y": y, "part": part, "operator": operator, "interaction": 10 * part + operator, "one": 1}
    )
    names = ("part", "operator", "interaction")
    model = models.MixedLM.from_formula(
        "y ~ 1", groups="one", vc_formula={name: f"0 + C({name})" for name in names}, data=frame
    )
    known = model.fit(reml=True, gtol=1e-8)
    found = reml_gauge_study(part, operator, y).components
    for name, variance in zip(model.exog_vc.names, known.vcomp, strict=True):
        assert found[name].variance == pytest.approx(variance, rel=2e-3, abs=2e-5)
    assert found["repeatability"].variance == pytest.approx(known.scale, rel=1e-4)


def test_nested_gaps_give_what_statsmodels_gives() -> None:
    models = pytest.importorskip("statsmodels.regression.mixed_linear_model")
    pandas = pytest.importorskip("pandas")
    rng = np.random.default_rng(6)
    operator, part = np.repeat(np.arange(5), 12), np.repeat(np.arange(20), 3)
    y = rng.normal(size=5)[operator] + rng.normal(size=20)[part] + 0.5 * rng.normal(size=60)
    keep = rng.uniform(size=60) > 0.25
    frame = pandas.DataFrame({"y": y, "part": part, "operator": operator})[keep]
    model = models.MixedLM.from_formula(
        "y ~ 1", groups="operator", vc_formula={"part": "0 + C(part)"}, re_formula="1", data=frame
    )
    known = model.fit(reml=True, gtol=1e-8)
    found = reml_gauge_study(part[keep], operator[keep], y[keep], nested=True).components
    assert found["part"].variance == pytest.approx(float(known.vcomp[0]), rel=2e-3)
    assert found["operator"].variance == pytest.approx(float(known.cov_re.iloc[0, 0]), rel=2e-3)


def test_a_variance_that_is_not_there_is_zero_with_an_upper_end() -> None:
    part, operator, y = crossed(7)
    y = y - np.bincount(operator, y)[operator] / 24.0  # operators agree to the last digit
    found = reml_gauge_study(part, operator, y)
    component = found.components["operator"]
    assert (component.variance, component.low) == (0.0, 0.0)
    assert 0.0 < component.high < 1.0
    assert any("The estimate for operator is zero" in note for note in found.notes)


def test_intervals_hold_the_truth_about_as_often_as_they_say() -> None:
    held = 0
    for seed in range(12):
        part, operator, y = crossed(1000 + seed, p=10, o=4, r=2)
        keep = np.random.default_rng(seed).uniform(size=len(y)) > 0.15
        found = reml_gauge_study(part[keep], operator[keep], y[keep]).components["part"]
        held += found.low <= 1.0 <= found.high
    assert held >= 9


def test_shifting_and_scaling_the_readings_shifts_and_scales_the_study() -> None:
    part, operator, y = crossed(8)
    one, other = reml_gauge_study(part, operator, y), reml_gauge_study(part, operator, 1e6 + 25.4 * y)
    for name, component in one.components.items():
        assert other.components[name].variance == pytest.approx(25.4**2 * component.variance, rel=1e-6, abs=1e-9)
        assert other.components[name].high == pytest.approx(25.4**2 * component.high, rel=1e-4)


def test_a_study_with_gaps_has_intervals_when_reml_is_chosen() -> None:
    part, operator, y = crossed(9)
    y = y.copy()
    y[::7] = np.nan
    columns = (
        TableColumn("measurement", y, "mm", "Reading"),
        TableColumn("part", part.astype(float)),
        TableColumn("operator", operator.astype(float)),
    )
    study = registry.study("process_control.gauge_study")
    found = study.run(Table(columns), study.Settings.read({"method": "reml"}))
    repeat = found.measure("repeatability")
    assert repeat.low is not None
    assert repeat.high is not None
    assert any(said.startswith("Method: here REML") for said in found.explanations[0].sentences)
    assert any("profile of the likelihood" in note for note in found.notes)


@pytest.mark.parametrize(
    ("part", "operator", "y", "message"),
    [
        ([1, 1, 2, 2], [1, 2, 1, 2], [1.0, 2.0, 3.0, 4.0], "must hold repeats in some cell"),
        ([1, 1, 1, 1], [1, 1, 2, 2], [1.0, 2.0, 3.0, 4.0], "parts: must name two at least"),
        ([1, 1, 2, 2] * 2, [1, 2, 1, 2] * 2, [3.0] * 8, "must vary"),
    ],
)
def test_data_that_carry_no_study_are_refused(part: Any, operator: Any, y: Any, message: str) -> None:
    with pytest.raises(InvalidInput, match=message):
        reml_gauge_study(part, operator, y)
