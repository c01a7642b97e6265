"""The control chart study: every kind of chart, phases, points left out, and what it says about other programs."""

from __future__ import annotations

import numpy as np
import pytest
from tests.subjects.process_control.studies.test_control_chart import FLOW, line, study, table

from techamp.contract import InvalidInput, Outcome, Specification, Table, TableColumn, registry
from techamp.subjects.process_control import (
    cusum_chart,
    ewma_chart,
    g_chart,
    hotelling_chart,
    individuals_chart,
    p_chart,
)
from techamp.subjects.process_control.studies.control_chart.settings import CHARTS

STUDY = registry.study("process_control.control_chart")
RNG = np.random.default_rng(11)
DEFECTIVES, SIZES = RNG.binomial(60, 0.08, 30).astype(float), RNG.integers(50, 70, 30).astype(float)
SHAFTS = np.random.default_rng(12).normal(8.0, 0.01, 60)


def counts(values: object, meaning: str, **others: object) -> Table:
    made = [TableColumn("measure", np.asarray(values, float), meaning=meaning)]
    return Table((*made, *(TableColumn(name, np.asarray(given, float)) for name, given in others.items())))


def sentences(outcome: Outcome) -> str:
    return " ".join(outcome.explanations[0].sentences)


@pytest.mark.parametrize("kind", [kind for kind in CHARTS if kind != "auto"])
def test_every_chart_is_drawn_with_its_formula_its_name_and_why_others_differ(kind: str) -> None:
    data = table(SHAFTS, measure_2=SHAFTS[::-1], size=np.full(60, 80.0))
    if kind not in ("imr", "xbar_r", "xbar_s", "ewma", "cusum", "t2"):
        data = counts(RNG.poisson(4.0, 60), "", size=np.full(60, 80.0))
    outcome = study(data, chart=kind, subgroup_size=5 if kind.startswith("xbar") else 1)
    drawn = outcome.chart("location")
    assert drawn.x_rows[0] == 1
    assert len(drawn.x_rows) == len(drawn.series[0].x) == len(drawn.x_names)
    assert "chart" in drawn.title
    formulas = next(t for t in outcome.tables if t.name == "formulas")
    assert any(row[2] for row in formulas.rows)
    assert outcome.explanations[0].sentences


def test_rejects_with_their_sample_size_make_a_p_chart_with_the_librarys_limits() -> None:
    outcome, chart = study(counts(DEFECTIVES, "defectives", size=SIZES)), p_chart(DEFECTIVES, SIZES)
    assert outcome.chart("location").title == "Share of defective parts (p chart)"
    assert outcome.measure("center").value == pytest.approx(chart.center)
    upper = next(line.value for line in outcome.chart("location").lines if line.label == "Upper limit")
    assert isinstance(upper, tuple)
    assert upper == pytest.approx(chart.location.upper, abs=1e-3)


def test_defects_make_a_u_chart_or_without_sizes_a_c_chart() -> None:
    found = RNG.poisson(3.0, 25)
    assert "(u chart)" in study(counts(found, "defects", size=[10] * 25)).chart("location").title
    plain = study(counts(found, "defects"))
    assert "(c chart)" in plain.chart("location").title
    assert any("No column says how many parts were looked at" in note for note in plain.notes)
    assert "(u chart)" in study(counts(found, "defects"), sample_size="12").chart("location").title


def test_shares_that_vary_more_than_counting_does_lead_to_laney() -> None:
    sizes = np.full(30, 20_000.0)
    shares = np.clip(np.random.default_rng(3).normal(0.02, 0.004, 30), 0.001, 1)
    outcome = study(counts(np.round(shares * sizes), "defectives", size=sizes))
    assert any("Laney’s p′ chart" in note for note in outcome.notes)


def test_memory_charts_are_the_librarys() -> None:
    ewma = study(table(SHAFTS), chart="ewma", weight="0.1", ewma_width="2.7")
    expected = ewma_chart(individuals_chart(SHAFTS), weight=0.1, k=2.7).location
    assert ewma.chart("location").series[0].y == pytest.approx(expected.points, abs=1e-4)
    cusum = study(table(SHAFTS), chart="cusum", head_start="true")
    sums = cusum_chart(individuals_chart(SHAFTS), head_start=0.5)
    assert cusum.chart("location").series[1].y == pytest.approx(sums.lower, abs=1e-2)
    assert {line.value for line in cusum.chart("location").lines if line.kind == "limit"} == {5.0, -5.0}


def test_a_small_shift_that_single_readings_miss_is_found_by_the_sums_on_either_side() -> None:
    noise = np.random.default_rng(5).normal(0.0, 1.0, 80)
    for sign in (1.0, -1.0):
        known = {"known_center": "0", "known_sigma": "1"}
        outcome = study(table(noise + sign * 1.2 * (np.arange(80) > 40)), chart="cusum", **known)
        assert outcome.measure("signals").value > 0
        assert outcome.notes[0].startswith("Not stable: a signal at")
        assert all(sign * mark.y > 5.0 and mark.x > 41 for mark in outcome.chart("location").marks)


def test_two_measures_make_t2_and_a_wrong_combination_is_a_signal() -> None:
    rng = np.random.default_rng(6)
    one = rng.normal(0.0, 1.0, 60)
    other = one + rng.normal(0.0, 0.1, 60)
    one[30], other[30] = 1.5, -1.5  # each alone is ordinary
    outcome = study(table(one, measure_2=other), chart="t2")
    assert [mark.x for mark in outcome.chart("location").marks] == [31.0]
    expected = hotelling_chart(np.column_stack([one, other]))
    assert line(outcome, "location", "Upper limit") == pytest.approx(expected.upper[0], abs=1e-2)
    with pytest.raises(InvalidInput, match="Second measure: must be one of your columns"):
        study(table(one), chart="t2")


def test_rare_events_are_counted_between() -> None:
    between = np.random.default_rng(7).geometric(0.01, 40).astype(float)
    outcome = study(table(between), chart="g")
    assert line(outcome, "location", "Upper limit") == pytest.approx(g_chart(between).location.upper[0], abs=1)
    assert any("A high point is good news" in note for note in outcome.notes)


def shifted(**choices: object) -> Outcome:
    values = np.concatenate([SHAFTS[:30], SHAFTS[30:] + 0.05])
    return study(table(values, rows=np.arange(2, 62)), rules="limits_only", **choices)


def test_each_phase_has_its_own_limits_and_the_shift_is_no_signal_any_more() -> None:
    assert shifted().measure("signals").value > 10
    outcome = shifted(phases="32: new tool")
    assert outcome.measure("signals").value == 0
    upper = next(line.value for line in outcome.chart("location").lines if line.label == "Upper limit")
    assert isinstance(upper, tuple)
    assert len(set(upper)) == 2
    assert [(line.label, line.value) for line in outcome.chart("location").lines if line.kind == "phase"] == [
        ("new tool", 30.5)
    ]
    phases = next(t for t in outcome.tables if t.name == "phases")
    assert [row[:3] for row in phases.rows] == [("1", "2–31", 30), ("new tool", "32–61", 30)]


def test_phases_of_subgroups_begin_with_the_subgroup_that_holds_the_row() -> None:
    outcome = shifted(subgroup_size=5, phases="34: new tool")
    assert [line.value for line in outcome.chart("location").lines if line.kind == "phase"] == [6.5]


def test_a_point_left_out_stays_on_the_chart_with_its_cause_and_out_of_the_limits() -> None:
    values = SHAFTS.copy()
    values[20] = 8.2
    outcome = study(table(values), exclude="21: wrong part in the gauge")
    marks = [mark for mark in outcome.chart("location").marks if mark.kind == "excluded"]
    assert [(mark.x, mark.label) for mark in marks] == [(21.0, "wrong part in the gauge")]
    expected = individuals_chart(values, exclude={20: "x"})
    assert outcome.measure("upper_limit").value == pytest.approx(expected.location.upper[0])
    assert next(t for t in outcome.tables if t.name == "left_out").rows[0][:2] == ("row 21", 21)


@pytest.mark.parametrize(
    ("choices", "message"),
    [
        ({"exclude": "21"}, "Left out of the limits: must have a reason for each row, but got '21'."),
        ({"exclude": "1-60: all"}, "Left out of the limits: must leave two points or more, but got '60 of 60'."),
        ({"phases": "900: x"}, r"New limits from row: must be rows that were read \(1 to 60\), but got '900: x'."),
        ({"phases": "tool"}, "New limits from row: must be rows of the file, but got 'tool'."),
        ({"chart": "p"}, "Parts looked at in each sample: must be known for the p chart, but got 'nothing'."),
    ],
)
def test_what_cannot_be_picked_is_refused_with_a_sentence(choices: dict[str, object], message: str) -> None:
    with pytest.raises(InvalidInput, match=message):
        study(table(SHAFTS), **choices)


def test_other_programs_numbers_are_said() -> None:
    said = sentences(study(table(FLOW)))
    assert "Here sigma is MR̄/d2(2) = 1.66414, which puts the upper limit at 55.802." in said
    assert "With MR̄/d2(2), d2 to 3 decimals sigma is 1.66" in said
    assert "a spreadsheet’s STDEV" in said
    assert "Eight in a row on one side count here" in said
    grouped = sentences(study(table(SHAFTS), subgroup_size=5))
    assert "With R̄/d2, d2 to 3 decimals" in grouped
    assert "Minitab’s default for X̄ charts" in grouped


def test_known_center_and_sigma_replace_what_the_readings_say() -> None:
    outcome = study(table(FLOW), known_center="50", known_sigma="1.5")
    assert (outcome.measure("upper_limit").value, outcome.measure("lower_limit").value) == (54.5, 45.5)
    assert outcome.measure("sigma").label == "Sigma within, by σ given"


def test_the_overall_sigma_is_called_so() -> None:
    outcome = study(table(FLOW), estimator="overall")
    assert outcome.measure("sigma").label.startswith("Sigma overall")
    assert any("hides them" in note for note in outcome.notes)


def test_machines_that_differ_are_named() -> None:
    values = SHAFTS + 0.03 * (np.arange(60) % 2)
    outcome = study(table(values, stream=np.array(["M1", "M2"] * 30, dtype=object)))
    assert any(note.startswith("M2 runs 0.0") and "above M1 on average" in note for note in outcome.notes)
    assert [row[:2] for row in next(t for t in outcome.tables if t.name == "streams").rows] == [("M1", 30), ("M2", 30)]
    same = study(table(SHAFTS, stream=np.array(["M1", "M2"] * 30, dtype=object)))
    assert not any("above M1" in note for note in same.notes)


def test_moments_of_a_file_that_knows_them_name_the_points() -> None:
    moments = np.datetime64("2026-11-02T06:00") + np.arange(10) * np.timedelta64(30, "m")
    columns = (
        TableColumn("measure", np.array(FLOW[::-1])),
        TableColumn("order", moments[::-1].astype("datetime64[us]")),
    )
    outcome = study(Table(columns))
    assert outcome.chart("location").x_names[1] == "2026-11-02 06:30:00"
    assert outcome.chart("location").series[0].y == tuple(FLOW)


def test_all_points_can_be_taken_elsewhere() -> None:
    values = SHAFTS.copy()
    values[20], values[40] = 8.2, 8.1
    taken = STUDY.points(table(values), STUDY.Settings.read({"exclude": "21: slip", "phases": "31: new tool"}))
    assert taken is not None
    assert [c.name for c in taken.columns][:7] == ["point", "row", "phase", "x", "x center", "x lower", "x upper"]
    assert taken.column("left out").values[20] == "slip"
    assert "x: 1 point beyond a control limit" in taken.column("signals").values[40]
    assert taken.column("phase").values[[29, 30]].tolist() == ["1", "new tool"]


def test_the_files_own_specification_is_proposed() -> None:
    column = TableColumn("measure", SHAFTS, specification=Specification(7.95, 8.05))
    assert STUDY.propose(Table((column,))) == {"lower_spec": 7.95, "upper_spec": 8.05}


def test_drawing_many_points_with_phases_hides_no_extreme_and_no_border() -> None:
    values = np.random.default_rng(7).normal(8.0, 0.001, 100_000)
    values[[123, 45_678, 77_777]] = 8.05, 7.95, 8.06
    outcome = study(table(values), phases="50001: new tool", exclude="78: slip", rules="limits_only")
    drawn = outcome.chart("location").series[0]
    assert {124.0, 45_679.0, 77_778.0, 50_000.0, 50_001.0, 78.0} <= set(drawn.x)
    assert len(drawn.x) < 700
