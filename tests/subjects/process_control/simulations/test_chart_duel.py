"""The duel against the library: run lengths from theory, limits that are fair, statistics point by point."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from techamp.contract import registry
from techamp.subjects.process_control import cusum_chart, ewma_chart, individuals_chart, signal_points
from techamp.subjects.process_control.simulations.chart_duel import fighting, kernel, theory
from techamp.subjects.process_control.simulations.chart_duel.inputs import KINDS, ChartDuelInputs
from techamp.subjects.process_control.simulations.chart_duel.pictures import limit_of

OWN = {"fair": False, "before": 0, "runs": 1000}


def duel(seed: int, **choices: Any) -> tuple[ChartDuelInputs, tuple[theory.Fighter, theory.Fighter], fighting.Duel]:
    inputs = ChartDuelInputs.read(choices)
    pair = theory.fighters(inputs)
    return inputs, pair, fighting.fight(inputs, pair, seed)


def mean_of(name: str, seeds: int = 10, **choices: Any) -> float:
    return float(np.mean([fighting.values(*duel(seed, **choices))[name] for seed in range(seeds)]))


@pytest.mark.parametrize("shift", [0.5, 1.0, 2.0])
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_runs_take_as_long_as_the_library_expects(kind: str, shift: float) -> None:
    inputs, pair, _ = duel(1, **OWN, a_chart=kind, shift=shift)
    # 10,000 runs: a standard error of at most 1 %
    seen = mean_of("delay_a", **OWN, a_chart=kind, shift=shift)
    assert seen == pytest.approx(theory.expected(pair[0], inputs), rel=0.035)


@pytest.mark.parametrize("kind", ["shewhart", "ewma", "cusum"])
def test_false_alarms_come_as_rarely_as_was_asked_for(kind: str) -> None:
    seen = mean_of("delay_a", 4, a_chart=kind, arl0=100.0, before=0, shift=0.0, runs=1000)
    assert seen == pytest.approx(100.0, rel=0.06)


@pytest.mark.parametrize(
    ("kind", "memory", "limit"), [("ewma", 0.1, 2.70), ("cusum", 0.5, 4.77), ("shewhart", 0.0, 3.0), ("ewma", 1.0, 3.0)]
)
def test_fair_limits_are_the_published_ones(kind: str, memory: float, limit: float) -> None:
    assert theory.fair_limit(kind, memory, 370.4) == pytest.approx(limit, abs=0.006)


@pytest.mark.parametrize("arl0", [50.0, 200.0, 250.0])
def test_four_rules_are_fair_up_to_what_eight_in_a_row_allow(arl0: float) -> None:
    fighter = theory.Fighter("western_electric", theory.fair_limit("western_electric", 0.0, arl0))
    assert theory.average(fighter, 0.0) == pytest.approx(arl0)
    stuck = theory.Fighter("western_electric", theory.fair_limit("western_electric", 0.0, 370.0))
    assert stuck.limit == 3.0
    assert 90.0 < theory.average(stuck, 0.0) < 93.0
    assert not theory.is_fair(ChartDuelInputs.read({}), stuck)


@pytest.mark.parametrize("own", [{"a_weight": 0.05}, {"a_weight": 0.4}])
@pytest.mark.parametrize("arl0", [50.0, 1000.0])
def test_any_rate_is_reached(own: dict[str, float], arl0: float) -> None:
    for more in ({"a_chart": "ewma", **own}, {"a_chart": "cusum", "a_reference": own["a_weight"] * 2}):
        pair = theory.fighters(ChartDuelInputs.read({**more, "arl0": arl0}))
        assert theory.average(pair[0], 0.0) == pytest.approx(arl0, rel=1e-6)


def test_run_lengths_of_a_shewhart_chart_are_geometric() -> None:
    _, pair, fought = duel(3, **OWN, b_chart="shewhart", shift=1.0)
    p = 1.0 / theory.average(pair[1], 1.0)
    for point in (5, 20, 60, 120):
        assert np.mean(fought.delays(1) <= point) == pytest.approx(1.0 - (1.0 - p) ** point, abs=0.045)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_statistics_are_those_of_the_library(seed: int) -> None:
    _, pair, fought = duel(seed, a_chart="ewma", b_chart="cusum", a_weight=0.1, before=0, shift=0.25)
    known = individuals_chart(fought.points, center=0.0, sigma=1.0)
    seen = [int(fought.runs[0, kernel.DELAY_A + side]) for side in (0, 1)]
    ewma = ewma_chart(known, weight=0.1, k=pair[0].limit, limits="steady")
    assert fought.rows[: seen[0], 0, kernel.UPPER] == pytest.approx(ewma.location.points[: seen[0]])
    cusum = cusum_chart(known, reference=0.5, decision=pair[1].limit)
    assert fought.rows[: seen[1], 1, kernel.UPPER] == pytest.approx(cusum.upper[: seen[1]])
    assert fought.rows[: seen[1], 1, kernel.LOWER] == pytest.approx(cusum.lower[: seen[1]])
    assert seen[1] == 1 + min(int(side[0]) for side in cusum.signals() if len(side))
    assert abs(ewma.location.points[seen[0] - 1]) > limit_of(pair[0])


def test_four_rules_signal_where_the_library_does() -> None:
    for seed in range(20):
        _, _, fought = duel(seed, a_chart="western_electric", fair=False, before=0, shift=0.5)
        first = int(signal_points(fought.points, "western_electric")[0])
        assert int(fought.runs[0, kernel.DELAY_A]) == first + 1


def test_both_charts_see_the_same_points_whatever_they_are() -> None:
    _, _, one = duel(9, a_chart="ewma", shift=0.5)
    _, _, other = duel(9, a_chart="cusum", b_chart="western_electric", shift=0.5)
    both = min(len(one.points), len(other.points))
    assert np.array_equal(one.points[:both], other.points[:both])
    _, _, alike = duel(9, a_chart="cusum", b_chart="cusum", shift=0.5)
    assert np.array_equal(alike.delays(0), alike.delays(1))
    assert mean_of("a_first", 1, a_chart="cusum", b_chart="cusum") == 50.0


def test_a_false_alarm_starts_the_chart_anew() -> None:
    _, _, fought = duel(5, **{**OWN, "before": 200}, a_chart="cusum", a_decision=1.0, shift=2.0)
    alarms = np.flatnonzero(fought.rows[:200, 0, kernel.SIGNALED])
    assert len(alarms) == int(fought.runs[0, kernel.FALSE_A]) > 3
    z = fought.points[alarms[0] + 1]
    assert fought.rows[alarms[0] + 1, 0, kernel.UPPER] == pytest.approx(max(0.0, z - 0.5))


def test_false_alarms_before_the_shift_are_counted() -> None:
    seen = mean_of("false_b", 10, b_chart="shewhart", fair=False, b_width=2.0, before=20, runs=1000)
    assert seen == pytest.approx(100.0 * (1.0 - (1.0 - 0.0455) ** 20), abs=2.0)


def test_an_unknown_shift_is_drawn_evenly_up_and_down() -> None:
    _, _, fought = duel(2, size="unknown", runs=1000)
    shift = fought.runs[:, kernel.SHIFT]
    assert np.mean(shift > 0.0) == pytest.approx(0.5, abs=0.05)
    assert (np.abs(shift).min(), np.abs(shift).max()) == pytest.approx((0.25, 2.5), abs=0.02)
    assert np.mean(np.abs(shift)) == pytest.approx(1.375, abs=0.06)
    inputs, pair, _ = duel(2, size="unknown", before=0)
    assert mean_of("delay_a", size="unknown", before=0, runs=1000) == pytest.approx(
        theory.expected(pair[0], inputs), rel=0.05
    )


def test_notes_say_when_the_duel_is_not_fair() -> None:
    found = registry.simulation("process_control.chart_duel")
    outcome = found.run(found.Inputs.read({"a_chart": "western_electric"}), 1)
    assert outcome.notes[-1].startswith("The four rules cannot get to this rate")
    assert not found.run(found.Inputs.read({}), 1).notes[-1].startswith("The four rules")


def test_the_kernel_is_its_own_twin_uncompiled() -> None:
    sizes = (True, 1.0, 0.5, 3.0)
    for number, kind in enumerate(KINDS):
        charts = np.array([number, 3.0, 0.3, kernel.SHEWHART, 2.5, 0.0])

        def numbers(name: str, *given: object, charts: np.ndarray = charts) -> list[np.ndarray]:
            scaled, rows, points = np.zeros(2 * (20 + kernel.LONGEST)), np.zeros(2400), np.zeros(400)
            run, pair = np.zeros(4 * kernel.RUN), np.zeros(2 * kernel.ROW)
            return [*given, charts, scaled] + (
                [400, rows, points, run, pair] if name == "duel" else [points, run, pair]
            )

        for name, given in (("duel", (7, 3, 20, 1.2)), ("duels", (7, 4, 20, *sizes))):
            ours, theirs = numbers(name, *given), numbers(name, *given)
            with np.errstate(over="ignore"):
                assert fighting.DUEL[name](*ours) == fighting.DUEL[name].plain(*theirs), kind
            for one, other in zip(ours, theirs, strict=True):
                assert np.array_equal(one, other), kind
