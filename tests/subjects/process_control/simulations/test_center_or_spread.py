"""Center or spread against the library, normal theory and a million simulated shafts."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from techamp.contract import Outcome, Table, TableColumn, registry
from techamp.subjects.process_control import capability, capability_ratios, expected_ppm, x_bar_s_chart
from techamp.subjects.process_control.simulations.center_or_spread import process as model
from techamp.subjects.process_control.simulations.center_or_spread.inputs import CenterOrSpreadInputs
from techamp.subjects.process_control.simulations.center_or_spread.process import (
    LOWER,
    MIDDLE,
    UPPER,
    Process,
    cost_of,
    drawn,
    process_of,
)
from techamp.subjects.process_control.simulations.center_or_spread.result import result_of
from techamp.subjects.process_control.simulations.center_or_spread.sampling import judge, released, take

GRINDER = registry.simulation("process_control.center_or_spread")


def inputs(**values: Any) -> CenterOrSpreadInputs:
    return CenterOrSpreadInputs.read(values)


def run(seed: int = 42, **values: Any) -> Outcome:
    return GRINDER.run(inputs(**values), seed)


def truth(**values: Any) -> Process:
    return process_of(inputs(**values), 0)


def sheet(outcome: Outcome) -> list[list[float]]:
    """Diameters in mm, five to a group, as the table shows them."""
    rows = next(table for table in outcome.tables if table.name == "sheet").rows
    return [[float(shaft) for shaft in row[2].split()] for row in rows]


def test_the_page_shows_what_the_library_finds_in_the_table() -> None:
    outcome = run(sample=60)
    diameters = [1000.0 * (shaft - 8.0) for group in sheet(outcome) for shaft in group]
    within = x_bar_s_chart(diameters, size=5, estimator="pooled").sigma
    found = capability(diameters, within=within, lower=LOWER, upper=UPPER)
    for name, index in (("cp", "Cp"), ("cpk", "Cpk"), ("pp", "Pp"), ("ppk", "Ppk")):
        shown = outcome.measure(name)
        of = found.indices[index]
        assert [shown.value, shown.low, shown.high] == pytest.approx([of.value, of.low, of.high], rel=0.01)  # to 0.1 µm
    assert outcome.measure("expected").value == pytest.approx(found.ppm_overall, rel=0.02)


def test_the_capability_study_of_its_table_gives_the_same_numbers() -> None:
    outcome, study = run(sample=100, move=-1.5), registry.study("process_control.capability")
    groups = sheet(outcome)
    table = Table((
        TableColumn("measure", np.array(groups).ravel(), "mm"),
        TableColumn("subgroup", np.repeat(np.arange(1.0, len(groups) + 1.0), 5)),
    ))  # fmt: skip
    settings = {"lower_spec": 7.991, "upper_spec": 8.0, "estimator": "pooled"}
    again = study.run(table, study.Settings.read(settings))
    for name in ("cp", "cpk", "pp", "ppk"):
        assert again.measure(name).value == pytest.approx(outcome.measure(name).value, rel=0.01)


def test_without_swing_and_wear_bad_shafts_are_the_normal_tails() -> None:
    still = Process(center=-3.4, within=0.8, box=1.1, swing=0.0, growth=0.0, interval=100)
    assert still.ppm == pytest.approx(expected_ppm(-3.4, math.hypot(0.8, 1.1), LOWER, UPPER), rel=1e-12)
    assert still.overall == pytest.approx(math.hypot(0.8, 1.1))
    assert still.short == capability_ratios(-3.4, 0.8, LOWER, UPPER)


@pytest.mark.parametrize("changes", [{}, {"move": -1.5, "interval": 400}, {"cooling": True, "bar": True, "move": 1.0}])
def test_a_million_shafts_have_the_true_center_sigma_and_bad_share(changes: dict[str, Any]) -> None:
    p, rng, n = truth(**changes), np.random.default_rng(5), 1_000_000
    x = p.center + rng.normal(0, p.within, n) + rng.normal(0, p.box, n)
    x += p.swing * np.sin(2 * np.pi * rng.random(n)) + p.growth * (rng.random(n) - 0.5)
    assert x.mean() == pytest.approx(p.center, abs=0.01)
    assert x.std() == pytest.approx(p.overall, rel=0.003)
    assert 1e6 * np.mean((x < LOWER) | (x > UPPER)) == pytest.approx(p.ppm, abs=4 * math.sqrt(p.ppm))


def test_the_true_curve_holds_all_shafts_once() -> None:
    p, at = truth(), np.linspace(-20.0, 14.0, 681)
    curve = p.density(at)
    assert np.trapezoid(curve, at) == pytest.approx(1.0, abs=1e-9)
    assert np.trapezoid(curve * at, at) == pytest.approx(p.center, abs=1e-6)
    tails = sum(np.trapezoid(curve[side], at[side]) for side in (at < LOWER + 0.01, at > UPPER - 0.01))
    assert 1e6 * tails == pytest.approx(p.ppm, rel=1e-3)


def test_samples_spread_as_the_grinder_does() -> None:
    plan, p = inputs(sample=100), truth()
    taken = [take(p, plan, seed) for seed in range(300)]
    within = math.sqrt(np.mean([judge(sample).within.value ** 2 for sample in taken]))
    values = np.array([sample.diameter for sample in taken])
    assert within == pytest.approx(p.within, rel=0.06)  # a box ends within one group in 15, a dressing in 50
    assert values.mean() == pytest.approx(p.center, abs=0.05)
    assert values.std() == pytest.approx(p.overall, rel=0.02)


@pytest.mark.parametrize(
    ("change", "moved"),
    [
        ({"move": -1.5}, set()),
        ({"bar": True}, {"box"}),
        ({"spindle": True}, {"shaft"}),
        ({"cooling": True}, {"temperature"}),
        ({"interval": 100}, {"wear"}),
        ({"sort": True}, set()),
    ],
)
def test_each_change_moves_its_own_cause_and_no_other(change: dict[str, Any], moved: set[str]) -> None:
    before, after = truth(), truth(**change)
    assert {name for name in before.variances if before.variances[name] != after.variances[name]} == moved
    assert all(after.variances[name] < before.variances[name] for name in moved)
    assert (after.center != before.center) == ("move" in change)
    assert (after.short != before.short) == (change.keys() <= {"move", "spindle"})


def test_sorting_changes_the_bill_and_no_index() -> None:
    plain, sorted_ = run(), run(sort=True)
    for name in ("ppk", "cpk", "true_ppk", "true_ppm"):
        assert sorted_.measure(name).value == plain.measure(name).value
    p = truth()
    assert plain.measure("cost").value == pytest.approx(12 / 200 + 140e-6 * p.ppm)
    assert sorted_.measure("cost").value == pytest.approx(12 / 200 + 0.43 + 8.17e-6 * p.ppm)


def test_one_time_prices_are_spread_over_a_year() -> None:
    bought = inputs(move=-1.5, bar=True, spindle=True, cooling=True, interval=150)
    assert cost_of(bought, process_of(bought, 0)).changes == pytest.approx(
        (40 + 4500 + 9000) / 56_250 + 0.06 + 12 / 150
    )


def test_prices_are_those_of_the_plant() -> None:
    plant = yaml.safe_load((Path(__file__).parents[4] / "curriculum" / "plant.yaml").read_text(encoding="utf-8"))
    shaft = {name: entry["value"] for name, entry in plant["quality"]["shaft"].items()}
    assert shaft["check_cost"] == model.SORT_PRICE
    assert shaft["scrap_cost"] == model.SCRAP_PRICE
    assert shaft["escape_cost"] == model.ESCAPE_PRICE
    assert pytest.approx(1000.0 * shaft["lower"]) == LOWER
    assert plant["demand"]["per_year"]["value"] == model.PER_YEAR


def test_independent_shafts_are_covered_and_shafts_of_one_box_are_not() -> None:
    def coverage(p: Process, **plan: Any) -> float:
        found = [judge(take(p, inputs(**plan), seed)).indices["Ppk"] for seed in range(400)]
        return float(np.mean([index.low <= p.long.cpk <= index.high for index in found]))

    steady = Process(MIDDLE, 1.2, 0.0, 0.0, 0.0, 100)
    assert coverage(steady, sample=50) == pytest.approx(0.95, abs=0.03)
    assert coverage(truth(), sample=50) < 0.85
    assert coverage(truth(), sample=50, spread_out="row") < 0.5


def test_more_shafts_wobble_less() -> None:
    def wobble(n: int) -> float:
        return float(np.std(GRINDER.measures(inputs(sample=n), list(range(30)))["ppk"]))

    assert wobble(10) > 1.5 * wobble(50) > 2.0 * wobble(300)


def test_drawn_grinders_are_clearly_good_or_clearly_bad() -> None:
    ppk = np.array([drawn(seed).long.cpk for seed in range(400)])
    assert 0.4 < np.mean(ppk >= 1.33) < 0.6
    assert not ppk[(ppk > 1.1001) & (ppk < 1.5999)].size
    assert (ppk.min(), ppk.max()) == (pytest.approx(0.8, abs=0.02), pytest.approx(2.0, abs=0.02))


@pytest.mark.parametrize(("rule", "taken"), [("none_bad", True), ("cpk", True), ("ppk", True), ("ppk_sure", False)])
def test_each_rule_reads_its_own_number(rule: str, taken: bool) -> None:
    plan = inputs(sample=25, rule=rule, grinder="drawn")
    for seed in range(60):
        found = result_of(plan, seed).capability
        ppk = found.indices["Ppk"]
        if found.observed_outside == 0 and ppk.low < 1.33 < ppk.value < found.indices["Cpk"].value:
            assert released(plan, found) is taken
            return
    pytest.fail("no such sample among sixty")


@pytest.mark.parametrize("spread_out", ["weeks", "row"])
@pytest.mark.parametrize("sample", [10, 55, 300])
def test_the_sample_has_as_many_shafts_as_asked_in_groups_of_five(sample: int, spread_out: str) -> None:
    taken = take(truth(), inputs(sample=sample, spread_out=spread_out), 3)
    assert len(taken.diameter) == sample
    assert np.all(np.diff(taken.number) > 0)
    assert np.all(np.diff(taken.number.reshape(-1, 5)) == 1)
    assert taken.number[0] >= 0
    assert taken.number[-1] < 2250
    assert (taken.number[-1] - taken.number[0] == sample - 1) == (spread_out == "row")


def test_runs_and_measures_agree() -> None:
    plan, seeds = inputs(sample=30, grinder="drawn"), [3, 4]
    many = GRINDER.measures(plan, seeds)
    for at, seed in enumerate(seeds):
        for measure in GRINDER.run(plan, seed).measures:
            assert many[measure.name][at] == measure.value


def test_what_is_hidden_stays_out_of_the_page() -> None:
    outcome = run(reveal=False)
    shown = {measure.name for measure in outcome.measures}
    assert shown.isdisjoint({"true_ppk", "true_cpk", "true_ppm", "cost", "right"})
    assert {chart.name for chart in outcome.charts} == {"histogram", "means", "wobble"}
    assert outcome.trace is not None
    assert not {"density", "at"} & set(outcome.trace.fixed)
    assert "truth" not in " ".join(outcome.notes).lower()


def test_the_notes_name_center_and_spread() -> None:
    said = " ".join(run(sample=100).notes)
    assert "Center: the shafts are" in said
    assert "Something moves between the groups." in said
    assert "Sorting changes no index" in run(sort=True).notes[4]


def test_the_caption_holds_index_and_interval() -> None:
    outcome = run()
    ppk = outcome.measure("ppk")
    assert outcome.notes[0] == (
        f"50 shafts: Cpk {outcome.measure('cpk').value:.2f}, Ppk {ppk.value:.2f}; the interval of Ppk runs from "
        f"{ppk.low:.2f} to {ppk.high:.2f}."
    )
