"""Results show themselves in a notebook: drawing, words, numbers, and nothing that a page could not take."""

from __future__ import annotations

import dataclasses
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest

from techamp.subjects import process_control as pc
from techamp.subjects.process_control.shown import Shown

READINGS = np.round(8.0 + 0.01 * np.random.default_rng(5).normal(size=40), 4)
SHIFTED = np.concatenate([READINGS, READINGS + 0.05])


def gauge_study() -> Any:
    rng = np.random.default_rng(8)
    parts = rng.normal(size=(10, 1, 1))
    return pc.crossed_gauge_study(5 + 0.5 * parts + 0.05 * rng.normal(size=(10, 3, 3)))


RESULTS = {
    "individuals": lambda: pc.individuals_chart(SHIFTED),
    "excluded": lambda: pc.individuals_chart(SHIFTED, exclude={3: "chip"}),
    "phases": lambda: pc.individuals_chart(SHIFTED, phases=[0] * 40 + [1] * 40),
    "gaps": lambda: pc.individuals_chart(np.where(np.arange(80) == 7, np.nan, SHIFTED)),
    "x_bar_r": lambda: pc.x_bar_r_chart(SHIFTED.reshape(-1, 5)),
    "p": lambda: pc.p_chart([3, 4, 2, 9, 3], [100, 120, 100, 90, 100]),
    "cusum": lambda: pc.cusum_chart(SHIFTED),
    "ewma": lambda: pc.ewma_chart(SHIFTED),
    "t2": lambda: pc.hotelling_chart(np.random.default_rng(1).normal(size=(40, 2))),
    "capability": lambda: pc.capability(READINGS, within=pc.individuals_chart(READINGS).sigma, lower=7.9, upper=8.1),
    "gauge": gauge_study,
    "t": lambda: pc.two_sample_t(READINGS[:20], READINGS[20:]),
    "anova": lambda: pc.one_way_anova([READINGS[:20], READINGS[20:]]),
    "regression": lambda: pc.linear_fit(READINGS, np.arange(40.0)),
    "run_length": lambda: pc.run_length_distribution("WE1", 1.0, points=100),
    "plan": lambda: pc.SinglePlan(80, 2),
}  # fmt: skip


@pytest.mark.parametrize("name", RESULTS)
def test_results_show_themselves(name: str) -> None:
    result = RESULTS[name]()
    assert isinstance(result, Shown)
    outcome = result.outcome()
    page = result._repr_html_()
    for chart in outcome.charts:
        ElementTree.fromstring(chart._repr_svg_())
    assert page.startswith('<div class="techamp">')
    assert page.count("<svg") == 2 * len(outcome.charts)
    assert outcome.charts or outcome.tables
    assert dataclasses.is_dataclass(result)


def test_a_chart_shows_its_signals_limits_and_formulas() -> None:
    chart = pc.individuals_chart(SHIFTED)
    outcome = chart.outcome()
    location = outcome.chart("location")
    assert [line.value for line in location.lines] == [
        pytest.approx(line[0]) for line in (chart.location.center, chart.location.upper, chart.location.lower)
    ]
    assert outcome.measure("signals").value == len(pc.episodes(pc.signals(chart)))
    assert {int(mark.x) - 1 for mark in location.marks} <= {
        point for signal in pc.signals(chart) for point in signal.counted
    }
    assert any("MR̄/d2" in str(row) for row in outcome.tables[1].rows)


def test_a_stable_chart_says_so() -> None:
    assert pc.individuals_chart([1.0, 2.0, 1.5, 1.2, 1.8, 1.4]).outcome().notes[0].startswith("No signal")


def test_capability_shows_each_index_with_its_interval() -> None:
    found = RESULTS["capability"]()
    table = next(t for t in found.outcome().tables if t.name == "indices")
    rows = {row[0]: row[1:] for row in table.rows}
    assert rows["Ppk"] == (found.indices["Ppk"].value, found.indices["Ppk"].low, found.indices["Ppk"].high)


def test_a_gauge_study_shows_its_verdict_and_shares() -> None:
    study = gauge_study()
    outcome = study.outcome()
    assert outcome.notes[: len(study.verdict())] == study.verdict()
    assert outcome.charts[0].series[0].y[0] == study.components["gauge"].study


def test_of_many_points_the_extreme_is_drawn() -> None:
    values = np.random.default_rng(2).normal(size=20_000)
    values[12_345] = 50.0
    series = pc.individuals_chart(values).outcome().chart("location").series[0]
    assert len(series.x) < 1000
    assert 50.0 in series.y
