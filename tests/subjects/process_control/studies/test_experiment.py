"""The experiment study on published experiments and on made ones."""

from __future__ import annotations

import json
import math
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from techamp.contract import InvalidInput, Outcome, Table, TableColumn, registry
from techamp.subjects.process_control import fit_model, plan_experiment
from techamp.subjects.process_control.experiments.run_sheet import Factor
from techamp.subjects.process_control.studies.experiment.analysis import Analysis, analyze
from techamp.subjects.process_control.studies.experiment.settings import ExperimentSettings

STUDY = registry.study("process_control.experiment")
CASES = {
    case["id"]: case["inputs"]
    for case in json.loads((Path(__file__).parents[1] / "references" / "experiments.json").read_text(encoding="utf-8"))[
        "cases"
    ]
}


def published(id: str, response: str | None = None) -> Table:
    """A published experiment as it would be read from a file."""
    inputs = CASES[id]
    heads = inputs["columns"]
    values = list(zip(*inputs["rows"], strict=True))
    columns = tuple(TableColumn(h, np.array(v, dtype=float)) for h, v in zip(heads, values, strict=True))
    return Table(
        tuple(c for c in columns if response is None or c.name == response or c.name in inputs_of(heads, response))
    )


def inputs_of(heads: list[str], response: str) -> list[str]:
    return [h for h in heads if h != response]


def found_in(table: Table, **settings: Any) -> Analysis:
    return analyze(table.assign(STUDY.suggest(table)), ExperimentSettings.read(settings))


def run(table: Table, **settings: Any) -> Outcome:
    return STUDY.run(table.assign(STUDY.suggest(table)), ExperimentSettings.read(settings))


def sizes(found: Analysis) -> dict[str, float]:
    return {found.runs.name(e.term): round(e.value, 3) for e in found.effects}


def made(truth: Any, factors: int = 3, noise: float = 0.1, seed: int = 1, **plan: Any) -> Table:
    """A planned experiment with a made truth: run sheet, results, as one file."""
    sheet = plan_experiment([Factor(f"F{n}", 10.0, 20.0) for n in range(1, factors + 1)], seed=seed, **plan)
    luck = np.random.default_rng(seed)
    y = np.array([truth(row) for row in sheet.coded]) + noise * luck.standard_normal(len(sheet))
    order = np.arange(1.0, len(sheet) + 1)
    settings = np.array(sheet.settings, dtype=float)
    columns = [TableColumn("Run", order), *(TableColumn(f"F{j + 1}", settings[:, j]) for j in range(factors))]
    if sheet.blocked:
        columns.insert(1, TableColumn("Block", sheet.block.astype(float)))
    return Table((*columns, TableColumn("Result", y, "mm")))


def test_the_filtration_rate_has_the_effects_and_the_margin_that_montgomery_gives() -> None:
    found = found_in(published("doe-m-filtration-2-4"), order="3")
    assert {k: sizes(found)[k] for k in ("A", "C", "D", "A·C", "A·D")} == {
        "A": 21.625, "C": 9.875, "D": 14.625, "A·C": -18.125, "A·D": 16.625,
    }  # fmt: skip
    four = found_in(published("doe-m-filtration-2-4"), order="2")
    assert [e.term for e in four.active] == ["A", "A·C", "A·D", "D", "C"]
    assert four.judged == "t"
    assert four.full.df == 5


def test_without_any_degree_of_freedom_lenth_judges() -> None:
    table = published("doe-bhh-pilot-plant-2-3")
    found = found_in(table, order="3")
    assert found.judged == "lenth"
    assert sizes(found)["T"] == 23.0
    assert sizes(found)["C"] == -5.0
    assert sizes(found)["T·K"] == 10.0
    assert [found.runs.name(e.term) for e in found.active] == ["T", "T·K"]


def test_the_injection_molding_case_finds_two_factors_their_interaction_and_the_noisy_one() -> None:
    table = published("doe-m-injection-molding-2-6-2")
    found = found_in(table, alpha=0.001)  # Montgomery keeps the three effects that stick out of his normal plot
    assert {e.term for e in found.active} == {"A", "B", "A·B"}
    assert found.spread is not None
    assert found.spread.by == "residuals"
    assert found.spread.active == ("C",)
    assert found.spread.values["C"] == pytest.approx(2.50, abs=0.005)
    assert any("C changes the spread" in said for said in run(table, alpha=0.001).notes)


def test_one_more_effect_in_the_model_can_explain_the_noisy_factor_away() -> None:
    # McGrath and Lin (2001): A·D in the mean or C in the spread, sixteen runs cannot say.
    found = found_in(published("doe-m-injection-molding-2-6-2"))
    assert "A·D" in {e.term for e in found.active}
    assert found.spread is not None
    assert found.spread.active == ()


def test_aliases_of_a_fraction_are_found_from_the_runs_alone() -> None:
    found = found_in(published("doe-m-injection-molding-2-6-2"))
    assert found.terms.alias["C·E"] == "A·B"  # E = ABC
    outcome = run(published("doe-m-injection-molding-2-6-2"))
    assert "aliases" in [t.name for t in outcome.tables]


def test_the_catapults_middle_runs_count_although_the_bands_have_no_middle() -> None:
    table = published("doe-n-5-4-7-2-catapult")
    found = found_in(table)
    assert int(found.runs.center.sum()) == 4
    assert not found.runs.surface
    rows = np.array(CASES["doe-n-5-4-7-2-catapult"]["rows"], dtype=float)
    factors = {letter: rows[:, j] for j, letter in enumerate("hsble")}
    middle = (np.abs(rows[:, :5]) < 1).sum(axis=1) >= 4
    whole = fit_model(factors | {"m": middle.astype(float)}, rows[:, 5], ["m", *"hsble"])
    main = {e.term: e.value for e in found.effects if "·" not in e.term}
    for letter, name in zip("ABCDE", "hsble", strict=True):
        assert main[letter] == pytest.approx(2 * whole.coefficient(name), rel=0.02)


def test_a_central_composite_gets_its_squares_and_its_best_point() -> None:
    table = published("doe-n-5-5-3-1-4-chemical-central-composite")
    found = found_in(table, model="all", goal="high")
    assert found.runs.surface
    assert {"A²", "B²"} <= set(found.terms.kept)


def test_replicated_runs_are_judged_by_t_with_the_intervals_of_the_model() -> None:
    table = made(lambda x: 5 + 2 * x[0] + x[0] * x[1], repeats=2)
    found = found_in(table)
    assert [e.term for e in found.active] == ["A", "A·B"]
    assert set(found.model.terms) == {"A", "B", "A·B"}  # the parents stay in
    strongest = found.active[0]
    assert strongest.value == pytest.approx(4.0, abs=3 * strongest.margin)
    assert strongest.margin == pytest.approx(2 * 0.1 / math.sqrt(16) * 2.2, rel=0.7)


def test_intervals_cover_the_true_effect_as_often_as_they_say() -> None:
    hits = 0
    for seed in range(90):
        found = found_in(made(lambda x: x[0], seed=seed, repeats=2))
        effect = next(e for e in found.effects if e.term == "A")
        hits += abs(effect.value - 2.0) <= effect.margin
    assert 0.89 * 90 <= hits <= 0.99 * 90


def test_the_confirmation_interval_holds_new_means_as_often_as_it_says() -> None:
    hits = 0
    for seed in range(90):
        outcome = run(
            made(lambda x: 3 * x[0] + x[1], seed=seed, repeats=2), goal="high", confirmation_runs=4, model="all"
        )
        expected = outcome.measure("expected")
        mean = 4 + 0.1 * np.random.default_rng(10_000 + seed).standard_normal(4).mean()
        assert expected.low is not None
        assert expected.high is not None
        hits += expected.low <= mean <= expected.high
    assert 0.9 * 90 <= hits <= 90


def test_repeats_show_which_factor_is_noisy() -> None:
    sheet = plan_experiment([Factor(f"F{n}", 0.0, 1.0) for n in (1, 2, 3)], seed=3, repeats=5)
    luck = np.random.default_rng(3)
    y = 10 + sheet.coded[:, 0] + np.where(sheet.coded[:, 2] > 0, 1.0, 0.2) * luck.standard_normal(len(sheet))
    columns = [TableColumn(f"F{j + 1}", sheet.coded[:, j]) for j in range(3)]
    found = found_in(Table((*columns, TableColumn("y", y))), goal="target", target=10.0)
    assert found.spread is not None
    assert (found.spread.by, found.spread.active) == ("repeats", ("C",))
    assert found.spread.ratio(found.spread.values["C"]) == pytest.approx(5.0, rel=0.35)
    outcome = run(Table((*columns, TableColumn("y", y))), goal="target", target=10.0)
    settings = next(t for t in outcome.tables if t.name == "settings")
    assert {row[0]: row[3] for row in settings.rows}["F3"] == "the quiet side"
    assert outcome.measure("expected").value == pytest.approx(10.0, abs=0.02)


def test_no_factor_is_called_noisy_more_often_than_the_margin_says() -> None:
    called = 0
    for seed in range(60):
        found = found_in(made(lambda x: x[0], seed=seed, repeats=4))
        assert found.spread is not None
        called += len(found.spread.active)
    assert called <= 0.09 * 60 * 3  # two standard deviations: 4.6 % each


def test_curvature_is_called_where_the_middle_lies_off() -> None:
    bent = run(made(lambda x: 5 * x[0] + 4 * (x[0] == 0), center_points=4))
    straight = run(made(lambda x: 5 * x[0], center_points=4, seed=2))
    assert any("do not lie on the straight model" in said for said in bent.notes)
    assert any("fit the straight model" in said for said in straight.notes)


def test_a_drift_along_the_run_order_is_said() -> None:
    table = made(lambda x: 5 * x[0], repeats=2)
    y = table.numbers("Result") + 0.15 * np.arange(16)
    drifting = Table((*table.columns[:-1], TableColumn("Result", y, "mm")))
    assert any("climbs along the run order" in said for said in run(drifting).notes)
    assert not any("along the run order" in said for said in run(table).notes)


def test_blocks_take_the_jump_between_days_out_of_the_noise() -> None:
    table = made(lambda x: 2 * x[0] + x[1], seed=5, repeats=2, blocks=2)
    jump = np.where(table.numbers("Block") == 2, 3.0, 0.0)
    jumped = Table((*table.columns[:-1], TableColumn("Result", table.numbers("Result") + jump, "mm")))
    blocked = found_in(jumped)
    assert blocked.model.residual_sd < 0.2
    assert {e.term for e in blocked.active} == {"A", "B"}


def test_a_plackett_burman_plan_keeps_to_main_effects_and_says_why() -> None:
    table = made(lambda x: 3 * x[0] - 2 * x[4], factors=8, plan="plackett_burman")
    found = found_in(table)
    assert {e.term for e in found.active} == {"A", "E"}
    assert not any("·" in e.term for e in found.effects)
    assert any("spread over several factors" in said for said in run(table).notes)


def test_a_lost_run_costs_a_little_and_not_the_interactions() -> None:
    table = made(lambda x: 2 * x[0] + x[0] * x[1], factors=4)
    y = table.numbers("Result").copy()
    y[3] = math.nan
    found = found_in(Table((*table.columns[:-1], TableColumn("Result", y, "mm"))))
    assert {e.term for e in found.active} == {"A", "A·B"}
    assert any("left out" in said for said in found.runs.said)


def test_pure_noise_calls_about_as_many_effects_as_the_risk_says() -> None:
    called = [len(found_in(made(lambda _: 0.0, factors=4, seed=seed)).active) for seed in range(80)]
    assert 0.02 < sum(called) / (80 * 10) < 0.09


def test_settings_come_out_in_the_units_of_the_file() -> None:
    outcome = run(made(lambda x: 3 * x[0] - 2 * x[1], repeats=2), goal="low")
    settings = {row[0]: row[2] for row in next(t for t in outcome.tables if t.name == "settings").rows}
    assert settings == {"F1": "10", "F2": "20", "F3": "either"}
    assert outcome.measure("expected").value == pytest.approx(-5.0, abs=0.2)


def test_names_for_levels_work_and_come_back_as_names() -> None:
    nozzle = np.array(["old", "new"] * 4, dtype=object)
    speed = np.repeat([1.0, 2.0], 4)
    y = np.where(nozzle == "new", 5.0, 1.0) + np.array([0.1, -0.1, 0.05, 0.0, -0.05, 0.1, 0.0, -0.1])
    table = Table((TableColumn("Nozzle", nozzle), TableColumn("Speed", speed), TableColumn("Yield", y)))
    outcome = run(table, goal="high")
    assert ("Nozzle", "new to old", "new", "serves the goal") in next(
        t for t in outcome.tables if t.name == "settings"
    ).rows


def test_columns_are_recognized_by_their_levels_and_names() -> None:
    table = made(lambda x: x[0], repeats=2, blocks=2)
    assert STUDY.suggest(table) == {
        "response": "Result", "factor_1": "F1", "factor_2": "F2", "factor_3": "F3", "block": "Block", "order": "Run",
    }  # fmt: skip


def test_a_run_sheet_with_several_shots_reads_back() -> None:
    sheet = plan_experiment([Factor("Temp", 200.0, 220.0, "°C"), Factor("Hold", 4.0, 8.0, "s")], seed=1, shots=3)
    rows = sheet.table().rows
    heads = ("Run", "Temp", "Hold", "Reading", "Response")
    values = np.array([[*row[:4], 0.01 * row[1] + 0.1 * row[3]] for row in rows], dtype=float)
    table = Table(tuple(TableColumn(h, values[:, j]) for j, h in enumerate(heads)))
    assert STUDY.suggest(table) == {"response": "Response", "factor_1": "Temp", "factor_2": "Hold"}


@pytest.mark.parametrize(("shift", "scale"), [(1e6, 1.0), (-3.0, 1e-4), (0.0, 250.0)])
def test_shift_and_scale_of_the_response_change_nothing_but_the_unit(shift: float, scale: float) -> None:
    table = made(lambda x: 2 * x[0] + x[1] * x[2], center_points=3)
    moved = Table((*table.columns[:-1], TableColumn("Result", shift + scale * table.numbers("Result"), "mm")))
    one, two = found_in(table), found_in(moved)
    assert [e.term for e in one.active] == [e.term for e in two.active]
    for a, b in zip(one.effects, two.effects, strict=True):
        assert b.value == pytest.approx(scale * a.value, rel=1e-6, abs=1e-8 * scale)
        assert b.margin == pytest.approx(scale * a.margin, rel=1e-6)


def test_the_order_of_the_rows_does_not_matter() -> None:
    table = made(lambda x: 2 * x[0] + x[1] * x[2], repeats=2)
    mixed = np.random.default_rng(8).permutation(len(table))
    other = Table(tuple(TableColumn(c.name, c.values[mixed], c.unit) for c in table.columns), table.rows[mixed])
    one, two = found_in(table), found_in(other)
    assert sizes(one) == sizes(two)
    assert one.drift is not None
    assert two.drift is not None
    assert one.drift == pytest.approx(two.drift)


@pytest.mark.parametrize(
    ("columns", "settings", "rule"),
    [
        ({"F": [1.0, 2, 1, 2], "Result": [1.0, 1, 1, 1]}, {}, "must vary from run to run"),
        ({"F": [1.0, 2, 1, 2], "Result": [1.0, math.nan, math.nan, 2]}, {}, "must have 3 results at least"),
        ({"F": [1.0, 2, 1, 2], "Result": [1.0, 2, 1, 3]}, {"goal": "target"}, "must be given with that goal"),
    ],
)  # fmt: skip
def test_what_cannot_be_analyzed_is_refused_with_the_rule(
    columns: dict[str, list[float]], settings: dict[str, str], rule: str
) -> None:
    table = Table(tuple(TableColumn(name, np.array(values)) for name, values in columns.items()))
    with pytest.raises(InvalidInput, match=rule):
        run(table, **settings)


@pytest.mark.parametrize("levels", [["a", "b", "c", "a"], ["a", "a", "a", "a"]])
def test_a_factor_of_names_needs_two_of_them(levels: list[str]) -> None:
    columns = (
        TableColumn("factor_1", np.array(levels, dtype=object)),
        TableColumn("response", np.array([1.0, 2, 3, 5])),
    )
    with pytest.raises(InvalidInput, match="must have two levels"):
        STUDY.run(Table(columns), ExperimentSettings())


def test_every_number_of_the_page_is_finite_or_left_out() -> None:
    for id in CASES:
        if CASES[id]["columns"][0] in ("material", "pressure", "power"):
            continue
        table = published(id)
        if len(STUDY.suggest(table)) < 2:
            continue
        outcome = run(table, goal="high")
        text = outcome.model_dump_json()
        assert not re.search(r"\bnan\b", text, re.IGNORECASE)


def test_the_noise_line_of_the_half_normal_chart_is_the_standard_error_in_use() -> None:
    replicated = run(made(lambda x: 2 * x[0] + x[1] + x[0] * x[1] + x[2], repeats=2))
    line = next(s for s in replicated.chart("half_normal").series if s.name == "noise")
    assert line.x[-1] / line.y[-1] == pytest.approx(2 * 0.1 / 4, rel=0.5)  # 2σ/√16, although most effects are real
    lonely = published("doe-bhh-pilot-plant-2-3")
    line = next(s for s in run(lonely, order="3").chart("half_normal").series if s.name == "noise")
    found = found_in(lonely, order="3")
    assert found.lenth is not None
    assert line.x[-1] / line.y[-1] == pytest.approx(found.lenth.pse, rel=1e-3)
