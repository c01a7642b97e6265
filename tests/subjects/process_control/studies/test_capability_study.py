"""The capability study: within and overall never confused, intervals, other shapes, and warnings first."""

from __future__ import annotations

import numpy as np
import pytest

from techamp.contract import InvalidInput, Outcome, Specification, Table, TableColumn, registry
from techamp.subjects.process_control import box_cox_capability, capability, individuals_chart, percentile_capability

STUDY = registry.study("process_control.capability")
SHAFTS = np.random.default_rng(1).normal(8.0, 0.01, 200)


def table(values: object, **others: object) -> Table:
    columns = [TableColumn("measure", np.asarray(values, float), "mm")]
    columns += [TableColumn(name, np.asarray(given, dtype=object)) for name, given in others.items()]
    return Table(tuple(columns))


def study(data: Table, **choices: object) -> Outcome:
    return STUDY.run(data, STUDY.Settings.read({"lower_spec": "7.95", "upper_spec": "8.05", **choices}))


def said(outcome: Outcome) -> str:
    return " ".join(outcome.notes)


def test_within_and_overall_are_the_librarys_and_each_names_its_sigma() -> None:
    drifting = SHAFTS + np.linspace(-0.02, 0.02, 200)
    outcome = study(table(drifting), target="8")
    fit = capability(drifting, within=individuals_chart(drifting).sigma, lower=7.95, upper=8.05, target=8.0)
    for name in ("Cp", "Cpk", "Cpm", "Pp", "Ppk"):
        measure = outcome.measure(name.lower())
        assert (measure.value, measure.low, measure.high) == (
            fit.indices[name].value, fit.indices[name].low, fit.indices[name].high,
        )  # fmt: skip
    assert outcome.measure("cpk").help == "Within: MR̄/d2(2)"
    assert outcome.measure("ppk").help == "Overall: the standard deviation of all readings"
    assert outcome.measure("cpk").value > 1.2 * outcome.measure("ppk").value
    assert outcome.notes[0].split(": ")[1].startswith("Ppk is")
    rows = {row[0]: row for row in outcome.tables[0].rows}
    assert rows["Cpk"][1].startswith("within: MR̄/d2(2) = ")
    assert rows["Pp"][1].startswith("overall: √(Σ(x−x̄)²/(n−1)) = ")
    assert rows["Pp"][3].startswith("(8.05 − 7.95)/(6·")


def test_formulas_with_numbers_give_their_values() -> None:
    for row in study(table(SHAFTS), target="8.001").tables[0].rows:
        numbers = row[3].replace("−", "-").replace("·", "*").replace("²", "**2").replace("√", "_root")
        if numbers:
            assert eval(numbers, {"_root": np.sqrt}) == pytest.approx(row[4], rel=2e-3)


def test_an_unstable_process_is_said_before_its_index_is_explained() -> None:
    shifted = SHAFTS + 0.03 * (np.arange(200) > 99)
    outcome = study(table(shifted))
    assert outcome.notes[1].startswith("The process is not stable, so these numbers describe what was")
    assert study(table(SHAFTS)).notes[1].startswith("The control chart shows no more signals than chance would")


def test_few_readings_are_said_with_the_interval() -> None:
    assert "With 30 readings the true Ppk may lie anywhere from" in said(study(table(SHAFTS[:30])))
    assert "may lie anywhere" not in said(study(table(SHAFTS)))


def test_an_average_off_the_middle_is_said_with_what_centering_would_give() -> None:
    outcome = study(table(SHAFTS + 0.02))
    assert "The average lies nearer to the upper limit. Set to the middle, the same spread would give" in said(outcome)


def test_readings_that_are_not_normal_are_warned_of_and_other_shapes_are_the_librarys() -> None:
    runout = np.random.default_rng(2).lognormal(-4.0, 0.5, 300)
    limits = {"lower_spec": "", "upper_spec": "0.1"}
    assert "do not look normal" in said(study(table(runout), **limits))
    fitted = study(table(runout), shape="lognormal", **limits)
    expected = percentile_capability(runout, upper=0.1, family="lognormal")
    assert fitted.measure("ppk").value == pytest.approx(expected.Ppk)
    assert fitted.measure("ppk_z").value == pytest.approx(expected.Ppk_z)
    assert "cpk" not in {m.name for m in fitted.measures}
    assert "do not look normal" not in said(fitted)
    transformed = study(table(runout), shape="box_cox", **limits)
    assert transformed.measure("ppk").value == box_cox_capability(runout, upper=0.1).capability.indices["Ppk"].value
    assert study(table(runout), shape="none", **limits).measure("ppk").value > 0


def test_a_reading_left_out_is_out_of_every_number_and_said() -> None:
    values = SHAFTS.copy()
    values[50] = 9.0
    outcome = study(table(values), exclude="51: wrong part")
    kept = np.delete(values, 50)
    assert outcome.measure("pp").value == pytest.approx(0.1 / (6 * np.std(kept, ddof=1)))
    assert "1 reading is left out of all numbers" in said(outcome)


def test_subgroups_give_the_within_sigma() -> None:
    outcome = study(table(SHAFTS), subgroup_size="5")
    assert outcome.measure("cpk").help == "Within: R̄/d2"


def test_the_histogram_carries_the_limits_and_both_curves() -> None:
    drawn = study(table(SHAFTS), target="8").chart("histogram")
    assert [(line.kind, line.value) for line in drawn.lines] == [("spec", 7.95), ("spec", 8.05), ("target", 8.0)]
    assert [s.name for s in drawn.series] == ["count", "overall", "within"]
    assert sum(drawn.series[0].y) == 200
    width = drawn.series[0].x[1] - drawn.series[0].x[0]
    step = drawn.series[1].x[1] - drawn.series[1].x[0]
    assert sum(drawn.series[1].y) * step / width == pytest.approx(200, rel=0.02)


def test_other_programs_numbers_are_said() -> None:
    text = " ".join(study(table(SHAFTS)).explanations[0].sentences)
    assert "That is Ppk: " in text
    assert "overall one is √(Σ(x−x̄)²/(n−1))" in text


@pytest.mark.parametrize(
    ("choices", "message"),
    [
        ({"lower_spec": "", "upper_spec": ""}, "Lower specification limit: or the upper one must be known"),
        ({"lower_spec": "9", "upper_spec": "8"}, "must be less than the upper limit"),
    ],
)
def test_missing_and_reversed_limits_are_refused(choices: dict[str, object], message: str) -> None:
    with pytest.raises(InvalidInput, match=message):
        study(table(SHAFTS), **choices)


def test_the_files_own_specification_is_proposed() -> None:
    column = TableColumn("measure", SHAFTS, specification=Specification(7.95, 8.05, 8.0))
    assert STUDY.propose(Table((column,))) == {"lower_spec": 7.95, "upper_spec": 8.05, "target": 8.0}
