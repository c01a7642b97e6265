"""Run rules: what they mark, what they say, and that the fast search is the literal reading."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.subjects.process_control.literal_rules import literal_points
from tests.subjects.process_control.strategies import SEEDS, normal_readings, with_gaps

from techamp.contract.errors import InvalidInput
from techamp.subjects.process_control import (
    AIAG,
    NELSON,
    WESTERN_ELECTRIC,
    Rule,
    choose_rules,
    episodes,
    hits,
    individuals_chart,
    signal_points,
    signals,
    x_bar_r_chart,
)
from techamp.subjects.process_control.patterns import Alternating, Beyond, Outside, Trend, Within

OWN = (
    Rule("two of three, early", "", Beyond(2, 3, 2.0, full_window=False)),
    Rule("four of five, early", "", Beyond(4, 5, 0.5, full_window=False)),
    Rule("three of seven", "", Beyond(3, 7, 1.5)),
    Rule("short trend", "", Trend(3)),
    Rule("short alternation", "", Alternating(4)),
    Rule("calm", "", Within(4, 1.5)),
    Rule("wild", "", Outside(3, 0.5, both_sides=False)),
    Rule("wild, both sides", "", Outside(3, 0.5)),
)


def test_a_run_says_its_points_its_rule_and_its_causes() -> None:
    readings = [0.1, -0.2, 0.3, -0.1] * 3 + [0.5, 0.6, 0.4, 0.7, 0.5, 0.6, 0.8, 0.5]
    chart = individuals_chart(readings, center=0.0, sigma=1.0)

    found = list(signals(chart, "WE4"))

    assert [signal.point for signal in found] == [19]
    assert found[0].points == tuple(range(12, 20))
    assert found[0].sentence == "Points 13 to 20: 8 in a row above the center line."
    assert "new level" in found[0].causes[0]
    assert found[0].direction == 1


def test_a_long_run_is_one_episode() -> None:
    readings = [-0.5, *[0.5, 0.7] * 6, -0.5, 3.5, 3.6]
    found = episodes(signals(individuals_chart(readings, center=0.0, sigma=1.0), ["WE1", "WE4"], panel="location"))
    assert [signal.sentence for signal in found] == [
        "Points 2 to 13: 12 in a row above the center line.",
        "Point 15: beyond the upper control limit.",
        "Point 16: beyond the upper control limit.",
    ]


def test_two_of_three_counts_only_the_points_that_make_it() -> None:
    found = signals(individuals_chart([0, 2.5, 1.0, 2.6, 0], center=0.0, sigma=1.0), "WE2")

    assert [(signal.points, signal.counted) for signal in found] == [((1, 2, 3), (1, 3))]
    assert found[0].sentence == "Points 2 to 4: 2 of 3 more than 2 sigma above the center line."


@settings(max_examples=30)
@given(SEEDS, st.sampled_from([None, 0, 1]), st.floats(0.3, 2.0), st.sampled_from([0.0, 0.02, 0.2]))
def test_the_fast_search_is_the_literal_reading(seed: int, decimals: int | None, scale: float, gaps: float) -> None:
    z = with_gaps(np.round(scale * normal_readings(seed, 120), 10 if decimals is None else decimals), seed, gaps)
    phases = np.repeat([0, 1, 2], [50, 3, 67])
    for rule in (*WESTERN_ELECTRIC, *NELSON, *AIAG, *OWN):
        for labels in (None, phases):
            fast = signal_points(z, rule, phases=labels).tolist()
            assert fast == literal_points(z.tolist(), rule.pattern, None if labels is None else labels.tolist()), (
                rule.id
            )


@settings(max_examples=30)
@given(SEEDS)
def test_skipping_gaps_is_the_same_as_leaving_them_out(seed: int) -> None:
    z = with_gaps(1.5 * normal_readings(seed, 80), seed, 0.2)
    present = np.flatnonzero(~np.isnan(z))
    for rule in NELSON:
        assert signal_points(z, rule, gaps="skip").tolist() == present[signal_points(z[present], rule)].tolist()


@settings(max_examples=30)
@given(SEEDS)
def test_signals_and_hits_mark_the_same_points(seed: int) -> None:
    chart = individuals_chart(with_gaps(normal_readings(seed, 90), seed, 0.05), phases=np.repeat([1, 2], 45))
    rules = (*NELSON, *OWN)
    by_rule = {hit.rule.id: hit.points.tolist() for hit in hits(chart, rules)}
    for rule in rules:
        assert sorted(signal.point for signal in signals(chart, rule, panel="location")) == by_rule[rule.id]


def test_a_point_on_the_limit_is_not_beyond_it() -> None:
    chart = individuals_chart([0.1 + 3 * 0.1, 0.1, -0.2, 0.41], center=0.1, sigma=0.1)
    assert [signal.point for signal in signals(chart, "WE1", panel="location")] == [3]


def test_limits_at_another_distance_move_rule_one_with_them() -> None:
    chart = individuals_chart([0.0, 2.4, 2.6, 0.0], center=0.0, sigma=1.0, k=2.5)
    assert [signal.point for signal in signals(chart, "WE1", panel="location")] == [2]


def test_an_excluded_point_is_not_tested_and_breaks_a_run() -> None:
    readings = [1.0, 2.0] + [2.5] * 4 + [9.0] + [2.5] * 4
    chart = individuals_chart(readings, center=2.0, sigma=1.0, exclude={6: "loose clamp"})
    assert signals(chart, "western_electric", panel="location") == ()
    assert [signal.point for signal in signals(chart, "WE4", gaps="skip", panel="location")] == [10]


def test_moving_ranges_of_an_excluded_reading_are_not_tested() -> None:
    readings = [0.1, -0.3, 12.0, 0.2, -0.1]
    assert signals(individuals_chart(readings, center=0.0, sigma=1.0, exclude={2: "dropped part"}), "WE1") == ()


def test_no_run_reaches_into_the_phase_before() -> None:
    readings = [0.5] * 6 + [0.5] * 6
    chart = individuals_chart(readings, center=0.0, sigma=1.0, phases=["old"] * 6 + ["new"] * 6)
    assert signals(chart, "WE4", panel="location") == ()


def test_varying_limits_are_tested_in_standard_errors() -> None:
    nan = np.nan
    table = [[0.0, 0.0, 0.0, 0.0], [1.6, 1.6, 1.6, 1.6], [1.6, nan, nan, nan]]
    chart = x_bar_r_chart(table, center=0.0, sigma=1.0)
    assert [signal.point for signal in signals(chart, "WE1", panel="location")] == [1]


def test_a_moving_range_panel_gets_rule_one_alone_and_a_range_panel_no_zones() -> None:
    steady = individuals_chart(normal_readings(1, 60))
    assert [hit.rule.id for hit in hits(steady, "nelson", panel="spread")] == ["NEL1"]
    ranges = x_bar_r_chart(normal_readings(2, 60).reshape(20, 3))
    assert [hit.rule.id for hit in hits(ranges, "nelson", panel="spread")] == ["NEL1", "NEL2", "NEL3", "NEL4"]


def test_a_jump_shows_on_the_moving_range_panel_too() -> None:
    chart = individuals_chart([0.0, 0.5, -0.5, 6.0, 0.2], center=0.0, sigma=1.0)
    spread = [signal for signal in signals(chart, "WE1") if signal.panel == "spread"]
    assert [(signal.point, signal.statistic) for signal in spread] == [(3, "MR"), (4, "MR")]


def test_rules_are_chosen_by_set_by_id_and_mixed_without_doubles() -> None:
    assert choose_rules("nelson") == NELSON
    assert [rule.id for rule in choose_rules(["WE1", "western_electric", "NEL3"])] == [
        "WE1",
        "WE2",
        "WE3",
        "WE4",
        "NEL3",
    ]


def test_an_unknown_rule_is_refused_with_the_known_ones() -> None:
    with pytest.raises(InvalidInput, match=r"rules: must be one of limits_only, western_electric, .* got 'WE9'\."):
        choose_rules("WE9")


def test_a_rule_that_asks_for_more_points_than_it_looks_at_is_refused() -> None:
    with pytest.raises(InvalidInput, match="1 ≤ k ≤ of"):
        Beyond(4, 3, 1.0)
