"""The control chart study: what it finds in a table, what it says, and what it refuses."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from techamp.contract import InvalidInput, Outcome, Table, TableColumn, registry
from techamp.subjects.process_control import individuals_chart, signals
from techamp.subjects.process_control.studies.control_chart.level import level_change
from techamp.subjects.process_control.thinning import thin

STUDY = registry.study("process_control.control_chart")
FLOW = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]  # NIST/SEMATECH e-Handbook 6.3.2.2


def table(values: object, unit: str = "mm", rows: object = None, **others: object) -> Table:
    columns = [TableColumn("measure", np.asarray(values, dtype=float), unit)]
    for name, given_values in others.items():
        array = np.asarray(given_values)
        columns.append(TableColumn(name, array.astype(float) if array.dtype.kind in "if" else array.astype(object)))
    return Table(tuple(columns), np.asarray(rows, dtype=np.int64) if rows is not None else np.zeros(0, np.int64))


def study(data: Table, **choices: object) -> Outcome:
    return STUDY.run(data, STUDY.Settings.read(choices))


def line(outcome: Outcome, chart: str, label: str) -> float:
    value = next(line.value for line in outcome.chart(chart).lines if line.label == label)
    assert isinstance(value, float)
    return value


def test_nist_flow_rates_give_the_handbook_limits() -> None:
    outcome = study(table(FLOW, "l/min"))
    assert outcome.measure("center").value == pytest.approx(50.81)
    assert (outcome.measure("lower_limit").value, outcome.measure("upper_limit").value) == pytest.approx(
        (45.8145, 55.8055), abs=0.01
    )
    assert outcome.measure("signals").value == 0
    assert outcome.notes[0] == "No signal: the process looks stable. What you see is its everyday variation."
    assert "MR̄/d2" in outcome.measure("sigma").label


def test_drawn_limits_are_those_of_the_library() -> None:
    outcome, chart = study(table(FLOW)), individuals_chart(FLOW)
    assert line(outcome, "location", "Upper limit") == pytest.approx(chart.location.upper[0], abs=1e-3)
    assert line(outcome, "spread", "Upper limit") == pytest.approx(chart.spread.upper[-1], abs=1e-3)


def test_a_jump_is_a_signal_and_its_place_is_named() -> None:
    rng = np.random.default_rng(1)
    values = np.concatenate([rng.normal(8.0, 0.001, 60), rng.normal(8.003, 0.001, 60)])
    outcome = study(table(values, rows=np.arange(4, 124)))
    assert outcome.notes[0].startswith("Not stable: a signal at ")
    jump = next(note for note in outcome.notes if "seems to jump" in note)
    row = int(jump.split("row ")[1].split(":")[0])
    assert abs(row - 64) <= 2


def test_signals_are_the_librarys_and_carry_their_row() -> None:
    values = np.random.default_rng(2).normal(10.0, 1.0, 80)
    values[50] += 9.0
    outcome = study(table(values, rows=np.arange(3, 83)), rules="western_electric")
    expected = {s.point for s in signals(individuals_chart(values), "western_electric") if s.panel == "location"}
    assert {int(mark.x) - 1 for mark in outcome.chart("location").marks} == expected
    assert outcome.measure("signals").value == len(expected)
    rows = next(t for t in outcome.tables if t.name == "signals").rows
    assert any(row[1] == "53" and row[3] == "x: 1 point beyond a control limit" and row[4] for row in rows)


def test_subgroup_labels_make_an_average_and_range_chart() -> None:
    rng = np.random.default_rng(3)
    labels = np.repeat([f"h{k}" for k in range(25)], 5)
    outcome = study(table(rng.normal(74.0, 0.01, 125), subgroup=labels))
    assert outcome.chart("location").title == "Subgroup averages (X̄-R chart)"
    assert outcome.chart("location").x_names[3] == "subgroup h3"
    assert len(outcome.chart("location").series[0].x) == 25


def test_large_subgroups_get_standard_deviations() -> None:
    outcome = study(table(np.random.default_rng(3).normal(0.0, 1.0, 240)), subgroup_size=12)
    assert outcome.chart("spread").title == "Standard deviations (X̄-S chart)"


def test_unequal_subgroups_have_limits_that_follow_their_size() -> None:
    labels = np.repeat(np.arange(20), [5, 3] * 10)
    outcome = study(table(np.random.default_rng(3).normal(0.0, 1.0, 80), subgroup=labels))
    upper = next(line for line in outcome.chart("location").lines if line.label == "Upper limit")
    assert isinstance(upper.value, tuple)
    assert len(upper.value) == len(outcome.chart("location").series[0].x)
    assert len(set(upper.value)) == 2


def test_names_that_come_back_are_new_subgroups_when_their_rows_stand_together() -> None:
    labels = np.repeat(["early", "late"] * 10, 4)
    outcome = study(table(np.random.default_rng(3).normal(0.0, 1.0, 80), subgroup=labels))
    assert len(outcome.chart("location").series[0].x) == 20
    assert any("come back later" in note for note in outcome.notes)


def test_scattered_names_are_joined() -> None:
    labels = np.tile(np.arange(20), 4)
    outcome = study(table(np.random.default_rng(3).normal(0.0, 1.0, 80), subgroup=labels))
    assert len(outcome.chart("location").series[0].x) == 20
    assert any("were joined" in note for note in outcome.notes)


def test_an_order_column_puts_the_readings_in_the_order_of_time() -> None:
    values = np.arange(20.0)
    values[::2] += 0.5
    turned = study(table(values[::-1], order=np.arange(20)[::-1], rows=np.arange(2, 22)))
    straight = study(table(values))
    assert turned.chart("location").series[0].y == straight.chart("location").series[0].y
    assert any("sorted" in note for note in turned.notes)
    assert turned.chart("location").x_names[0] == "no. 0"
    values[4] = 900.0
    late = study(table(values[::-1], order=np.arange(20)[::-1], rows=np.arange(2, 22)))
    assert any("row 17 reads 900" in note.lower() for note in late.notes)
    days = [f"2026-03-{day:02d} 06:30" for day in range(20, 0, -1)]
    assert study(table(values[::-1], order=days)).chart("location").series[0].y == late.chart("location").series[0].y


def test_times_that_are_no_dates_leave_the_order_of_the_file() -> None:
    outcome = study(table(FLOW, order=["Mon early", "Mon late"] * 5))
    assert any("order of the file" in note for note in outcome.notes)
    assert outcome.chart("location").x_names[0] == "Mon early"


def test_blank_readings_are_gaps_and_blank_subgroups_are_left_out() -> None:
    values = [*FLOW, math.nan, *FLOW]
    outcome = study(table(values))
    assert outcome.chart("location").series[0].y[10] is None
    assert any("1 row has no reading" in note for note in outcome.notes)
    labels = np.array(["a", "a", "b", "b", "", "c", "c"], dtype=object)
    grouped = study(table([1.0, 2.0, 3.0, 2.0, 9.0, 1.0, 1.5], subgroup=labels))
    assert any("1 rows without a subgroup" in note for note in grouped.notes)


def test_specification_gives_capability_with_intervals_and_lines() -> None:
    values = np.random.default_rng(4).normal(8.0, 0.001, 200)
    outcome = study(table(values), lower_spec="7.996", upper_spec="8.004", target="8.0")
    cpk = outcome.measure("cpk")
    assert cpk.value == pytest.approx(4.0 / 3.0, rel=0.15)
    assert cpk.low is not None
    assert cpk.low < cpk.value < (cpk.high or 0.0)
    assert {line.kind for line in outcome.chart("histogram").lines} == {"spec", "target"}
    assert {line.axis for line in outcome.chart("histogram").lines} == {"x"}


def test_averages_are_never_drawn_against_the_specification() -> None:
    values = np.random.default_rng(4).normal(8.0, 0.001, 100)
    outcome = study(table(values), subgroup_size=5, lower_spec=7.996, upper_spec=8.004)
    assert not [line for line in outcome.chart("location").lines if line.kind in ("spec", "target")]


def test_without_a_specification_nothing_is_said_about_it() -> None:
    names = {measure.name for measure in study(table(FLOW)).measures}
    assert names == {"signals", "center", "sigma", "lower_limit", "upper_limit"}


def test_warnings_name_what_is_wrong_with_the_data() -> None:
    rng = np.random.default_rng(5)
    wander = np.empty(200)
    wander[0] = 0.0
    for k in range(1, 200):
        wander[k] = 0.7 * wander[k - 1] + rng.normal()
    assert any("resembles the one before" in note for note in study(table(wander)).notes)
    coarse = np.round(rng.normal(10.0, 0.04, 100), 1)
    assert any("steps of 0.1" in note for note in study(table(coarse)).notes)
    units = np.append(rng.normal(0.315, 0.001, 99), 0.315 * 25.4)
    assert any(
        "Row 100 reads 8.001" in note and "millimeters among inches" in note for note in study(table(units)).notes
    )
    assert any("trial limits" in note for note in study(table(FLOW)).notes)
    streams = np.tile([9.0, 11.0], 50) + rng.normal(0.0, 0.1, 100)
    grouped = study(table(streams), subgroup_size=4, rules="nelson")
    assert any("two streams" in note for note in grouped.notes)


def test_independent_readings_get_no_such_warning() -> None:
    notes = " ".join(study(table(np.random.default_rng(6).normal(10.0, 1.0, 200))).notes)
    assert not any(word in notes for word in ("resembles", "steps of", "far from", "two streams", "jump", "drifts"))


@pytest.mark.parametrize(
    ("data", "choices", "message"),
    [
        (table(FLOW), {"chart": "xbar_r"}, "Chart: needs subgroups of two readings or more"),
        (table(FLOW), {"estimator": "r_bar"}, "How sigma is estimated: must fit the I-MR chart"),
        (table(FLOW), {"subgroup_size": 2, "estimator": "moving_range"}, "must fit the X̄-R chart"),
        (table([5.0] * 20), {}, "must vary"),
        (table([math.nan, 1.0]), {}, "must hold at least two numbers"),
        (table(FLOW), {"lower_spec": 60.0, "upper_spec": 40.0}, "lower"),
    ],
)
def test_what_cannot_be_charted_is_refused_with_a_sentence(
    data: Table, choices: dict[str, object], message: str
) -> None:
    with pytest.raises(InvalidInput, match=message):
        study(data, **choices)


def test_a_column_of_text_is_refused() -> None:
    text = Table((TableColumn("measure", np.array(["a", "b"], dtype=object)),))
    with pytest.raises(InvalidInput, match="must be a column of numbers"):
        study(text)


def test_two_hundred_thousand_rows_make_a_small_outcome_that_hides_no_extreme() -> None:
    values = np.random.default_rng(7).normal(8.0, 0.001, 200_000)
    values[123_456], values[77_777] = 8.02, 7.97
    outcome = study(table(values))
    location = outcome.chart("location").series[0]
    assert len(location.x) <= 700
    assert {124, 123_457.0} & set(location.x)
    assert {max(location.y), min(location.y)} == {8.02, 7.97}
    assert len(outcome.model_dump_json()) < 150_000
    assert "Drawn are" in outcome.chart("location").words
    assert "more)" in next(t for t in outcome.tables if t.name == "signals").title
    assert "by chance with these rules" in outcome.notes[0]


def test_chance_rates_of_the_rules_are_what_random_points_show() -> None:
    from techamp.subjects.process_control import signal_points
    from techamp.subjects.process_control.studies.control_chart.words import CHANCE

    z = np.random.default_rng(8).standard_normal(400_000)
    for rules, rate in CHANCE.items():
        assert len(signal_points(z, rules)) / len(z) == pytest.approx(rate, rel=0.08)


def test_columns_are_suggested_from_their_headers() -> None:
    data = Table(
        (
            TableColumn("Date", np.array(["2026-01-01"] * 3, dtype=object)),
            TableColumn("Op", np.array([1.0, 2.0, 3.0])),
            TableColumn("Sample no", np.array([1.0, 1.0, 2.0])),
            TableColumn("Shaft diameter", np.array([8.0, 7.9, 8.1]), "mm"),
        )
    )
    assert STUDY.suggest(data) == {"measure": "Shaft diameter", "subgroup": "Sample no", "order": "Date"}


def test_a_drift_is_told_from_a_jump() -> None:
    noise = np.random.default_rng(9).standard_normal(100)
    drift, jump = (
        level_change(noise + np.linspace(0, 6, 100), 1.0),
        level_change(noise + 4.0 * (np.arange(100) > 69), 1.0),
    )
    assert drift is not None
    assert drift.kind == "drift"
    assert drift.after - drift.before == pytest.approx(6.0, abs=1.0)
    assert jump is not None
    assert (jump.kind, jump.at) == ("jump", 70)
    assert level_change(noise, 1.0) is None


def test_thinning_keeps_the_extremes_of_every_stretch() -> None:
    values = np.random.default_rng(10).standard_normal(10_000)
    values[5000:5100] = np.nan
    keep = thin(values, 200)
    assert len(keep) <= 200
    assert np.all(np.diff(keep) > 0)
    for start in range(0, 10_000, 100):
        stretch = values[start : start + 100]
        kept = values[keep[(keep >= start) & (keep < start + 100)]]
        assert len(kept) >= 1
        if not np.isnan(stretch).all():
            assert (np.nanmin(kept), np.nanmax(kept)) == (np.nanmin(stretch), np.nanmax(stretch))
    assert np.array_equal(thin(values, 20_000), np.arange(10_000))


READINGS = st.lists(st.one_of(st.floats(-1e6, 1e6), st.just(math.nan)), min_size=0, max_size=60)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(
    values=READINGS,
    chart=st.sampled_from(["auto", "imr", "xbar_r", "xbar_s"]),
    size=st.integers(1, 6),
    labels=st.none() | st.lists(st.sampled_from(["a", "b", "c", ""]), min_size=60, max_size=60),
)
def test_any_table_is_analyzed_or_refused(values: list[float], chart: str, size: int, labels: list[str] | None) -> None:
    others = {} if labels is None else {"subgroup": np.array(labels[: len(values)], dtype=object)}
    try:
        outcome = study(table(values, **others), chart=chart, subgroup_size=size)
    except InvalidInput:
        return
    assert outcome.notes
    assert all(m.value is not None and math.isfinite(m.value) for m in outcome.measures)


def test_a_few_signals_that_chance_could_give_are_called_doubtful() -> None:
    values = np.tile([-0.8, 0.9, -1.1, 0.7, 0.2, -0.4], 10)
    values[30:39], values[39] = 0.4, -0.9  # nine on one side, none of them far out
    outcome = study(table(values), rules="nelson")
    assert outcome.notes[0].startswith("Perhaps not stable: a signal at 3 points of the location chart.")
    assert any("be ready to find nothing" in note for note in outcome.notes)
    values[45] = 9.0
    assert study(table(values), rules="nelson").notes[0].startswith("Not stable:")
