"""Run lengths of trend and alternation rules: closed forms, more points, and simulated charts."""

from __future__ import annotations

import math

import numpy as np
import pytest

from techamp.subjects.process_control import average_run_length, run_length_distribution, signal_points
from techamp.subjects.process_control.neighbor_run_length import neighbor_system
from techamp.subjects.process_control.patterns import Alternating, Trend
from techamp.subjects.process_control.rules import Rule, RuleChoice, choose_rules
from techamp.subjects.process_control.run_length import _neighbor_chain, _zone_chances


def rule(pattern: Trend | Alternating) -> Rule:
    return Rule("own", "own", pattern)


def test_three_points_in_a_row_have_closed_forms() -> None:
    assert average_run_length(rule(Trend(3))) == pytest.approx(2 / math.cos(1) + 2 * math.tan(1) - 2, rel=1e-13)
    assert average_run_length(rule(Alternating(3))) == pytest.approx(2 * math.e - 2, rel=1e-13)
    assert average_run_length(rule(Trend(2))) == pytest.approx(2.0, rel=1e-13)


def test_survivors_are_alternating_permutations() -> None:
    zigzag = [1, 1, 1, 2, 5, 16, 61, 272, 1385]  # Euler's numbers: permutations that go up and down by turns
    run = run_length_distribution(rule(Trend(3)), points=8)
    expected = [1.0, 1.0, *(2 * zigzag[n] / math.factorial(n) for n in range(2, 9))]
    assert run.survival.tolist() == pytest.approx(expected, abs=1e-14)


@pytest.mark.parametrize("name", ["NEL3", "NEL4"])
def test_neither_shift_nor_spread_matter_to_a_rule_without_zones(name: str) -> None:
    assert average_run_length(name, 1.5, scale=2.0) == pytest.approx(average_run_length(name), rel=1e-12)


@pytest.mark.parametrize("rules", ["NEL3", "NEL4", ["NEL1", "NEL3", "NEL4"], ["western_electric", "NEL3"]])
def test_more_points_in_a_zone_change_no_digit_of_ten(rules: RuleChoice) -> None:
    chain = _neighbor_chain(tuple(one.pattern for one in choose_rules(rules)), 3.0, False)
    finer = neighbor_system(chain, _zone_chances(chain.edges, 0.5, 1.0), nodes=18)
    assert average_run_length(rules, 0.5) == pytest.approx(finer.mean(), rel=1e-10)


def test_all_eight_nelson_tests() -> None:
    """The value of six points in a zone; with 3, 4, 5 and 8 it is the same to 6, 11, 12 and 12 digits."""
    assert average_run_length("nelson") == pytest.approx(73.4799515862, abs=1e-8)


@pytest.mark.parametrize(("rules", "shift"), [("NEL3", 0.0), ("NEL4", 0.0), (["NEL1", "NEL3"], 1.0)])
def test_the_chart_itself_signals_as_often(rules: RuleChoice, shift: float) -> None:
    rng, lengths = np.random.default_rng(11), []
    for _ in range(1200):
        found = signal_points(rng.normal(shift, 1.0, size=6000), rules)
        lengths.append(int(found[0]) + 1 if len(found) else 6000)
    run = run_length_distribution(rules, shift, points=10)
    error = run.sd / math.sqrt(len(lengths))
    assert np.mean(lengths) == pytest.approx(run.mean, abs=4 * error)
    assert np.std(lengths) == pytest.approx(run.sd, rel=0.15)


def test_a_zone_rule_alone_has_the_same_run_length_either_way() -> None:
    both = average_run_length(["NEL1", rule(Trend(40))])  # a trend of 40 never comes
    assert both == pytest.approx(average_run_length("NEL1"), rel=1e-9)
