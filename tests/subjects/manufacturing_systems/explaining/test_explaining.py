"""Explanations of lines whose bottleneck and losses are known beforehand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from techamp.subjects.manufacturing_systems import mg1
from techamp.subjects.manufacturing_systems.engine.run import ProductRun, Run, StationRun
from techamp.subjects.manufacturing_systems.engine.simulating import simulate
from techamp.subjects.manufacturing_systems.engine.words import STATES
from techamp.subjects.manufacturing_systems.explaining.active_periods import (
    Period,
    active_periods,
    momentary_bottleneck,
)
from techamp.subjects.manufacturing_systems.explaining.bottleneck import turning_point
from techamp.subjects.manufacturing_systems.explaining.explanation import Explanation, explain
from techamp.subjects.manufacturing_systems.explaining.losses import loss_trees
from techamp.subjects.manufacturing_systems.explaining.states import StationStates, station_states
from techamp.subjects.manufacturing_systems.explaining.vut_terms import vut_terms
from techamp.subjects.manufacturing_systems.model import Line, Model
from techamp.subjects.manufacturing_systems.output_analysis.checks import broken_laws, littles_law_of


def line(times: list[float], buffer: int = 5, **fields: object) -> Model:
    made = Line("line")
    for i, time in enumerate(times):
        made = made.buffer(buffer).station(f"s{i}", time=f"gamma({time} min, cv 0.4)", **fields)
    return made.model()


def explained(model: Model, until: float = 20_000.0) -> Explanation:
    return explain(model, [simulate(model, 1, until=until, warm_up=500.0, trace=True)])


@pytest.mark.parametrize("place", range(5))
def test_the_slow_station_is_named_wherever_it_stands_and_all_signs_agree(place: int) -> None:
    times = [1.0] * 5
    times[place] = 1.5
    said = explained(line(times))
    assert said.bottleneck.station == f"s{place}"
    assert set(said.bottleneck.signs.values()) == {f"s{place}"}
    assert said.words[0].startswith(f"s{place} is the bottleneck")


def test_a_station_that_breaks_down_is_named_with_what_to_mend() -> None:
    broken = Line("line").station("s0", time=1).buffer(5)
    broken = broken.station("s1", time=1, mttf=50, mttr=25).buffer(5).station("s2", time=1)
    said = explained(broken.model())
    assert said.bottleneck.station == "s1"
    assert any("time in repair" in words for words in said.words)


def test_a_line_that_waits_for_orders_has_no_bottleneck() -> None:
    waits = Line("quiet").station("a", time=2).station("b", time=3).product("part", arrivals="exponential(10 min)")
    said = explained(waits.model())
    assert not said.bottleneck.limited
    assert said.words[0].startswith("No station holds the line back: even b, the busiest,")


def test_a_part_s_time_is_explained_to_the_last_minute() -> None:
    model = line([1.0, 1.5, 1.0])
    run = simulate(model, 4, until=20_000.0)
    lead = explain(model, [run]).lead_time
    assert lead is not None
    assert lead.total == pytest.approx(run.wip / run.throughput)
    assert sum(lead.parts.values()) == pytest.approx(sum(sum(s.values()) for s in lead.stations.values()))
    assert lead.parts["process"] == pytest.approx(3.5, rel=0.02)


def test_losses_add_up_and_oee_is_the_product_of_its_factors() -> None:
    model = line([1.0, 1.5, 1.0], mttf=100, mttr=20)
    for tree in loss_trees([simulate(model, 2, until=5_000.0)]):
        assert sum(share for _name, share in tree.leaves) == pytest.approx(1.0)
        assert tree.oee == pytest.approx(tree.availability * tree.performance * tree.quality)


def test_scrap_and_rework_are_quality_losses() -> None:
    times = dict.fromkeys(STATES, 0.0) | {"busy": 60.0, "setup": 10.0, "down": 5.0, "off_shift": 20.0, "starved": 5.0}
    run = made_run(StationRun("mill", 1, times, 100, 90, 6, 4, 1, 5))
    tree = loss_trees([run])[0]
    assert (tree.availability, tree.performance, tree.quality) == pytest.approx((65 / 80, 60 / 65, 0.9))
    assert tree.words == (
        "mill: OEE 68 % = availability 81 % × performance 92 % × quality 90 %. The greatest loss is setups (10 %)."
    )


def made_run(*stations: StationRun) -> Run:
    product = ProductRun("P", 0, 0, 0, 0, 0.0, 0.0, 0.0, 0.0, 0, 0, 0.0, 0.0, 0.0, 0.0, 0, 0, 0, 0, 0.0, 0.0)
    return Run(1, "events", 0.0, 100.0, stations, (), (product,), 0, 0)


def test_the_measured_terms_of_a_queue_predict_its_wait() -> None:
    queue = Line("queue").station("mill", time="gamma(1 min, cv 0.5)").product("part", arrivals="exponential(1.25 min)")
    run = simulate(queue.model(), 3, until=200_000.0, warm_up=2_000.0, trace=True)
    terms = vut_terms(run)[0]
    exact = mg1(0.8, 1.0, 0.25).Wq
    assert terms.ca2 == pytest.approx(1.0, rel=0.05)
    assert terms.ce2 == pytest.approx(0.25, rel=0.05)
    assert terms.predicted == pytest.approx(exact, rel=0.06)
    assert terms.simulated == pytest.approx(exact, rel=0.06)


def test_terms_need_a_trace() -> None:
    with pytest.raises(ValueError, match="trace=True"):
        vut_terms(simulate(line([1.0]), 1, until=100.0))


def shares(blocked: float, starved: float) -> dict[str, float]:
    return dict.fromkeys(STATES, 0.0) | {"busy": 1 - blocked - starved, "blocked": blocked, "starved": starved}


@pytest.mark.parametrize(
    ("waits", "named"),
    [
        ([(0.3, 0.0), (0.02, 0.03), (0.0, 0.4)], "b"),
        ([(0.0, 0.1), (0.0, 0.4), (0.0, 0.5)], "a"),
        ([(0.3, 0.0), (0.4, 0.0), (0.1, 0.0)], "c"),
        ([(0.3, 0.0), (0.0, 0.2), (0.3, 0.0)], ""),
    ],
)
def test_the_turning_point_lies_where_blocking_becomes_starving(waits: list[tuple[float, float]], named: str) -> None:
    states = [StationStates(name, 1, shares(*w), 1.0, 1.0) for name, w in zip("abc", waits, strict=True)]
    assert turning_point(states, ("a", "b", "c")) == named


def test_intervals_that_touch_are_one_active_period() -> None:
    periods = active_periods(np.array([0, 0, 1, 0]), np.array([0.0, 2.0, 1.0, 7.0]), np.array([2.0, 5.0, 4.0, 8.0]))
    assert periods == [Period(0, 0.0, 5.0), Period(0, 7.0, 8.0), Period(1, 1.0, 4.0)]


@settings(max_examples=40, derandomize=True, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3), st.floats(0, 90), st.floats(0.5, 10)), min_size=1, max_size=25))
def test_shares_of_the_momentary_bottleneck_never_exceed_the_time_that_something_was_active(
    drawn: list[tuple[int, float, float]],
) -> None:
    machine, start, length = (np.array(column) for column in zip(*drawn, strict=True))
    periods = active_periods(machine, start, start + length)
    found = momentary_bottleneck(periods, 100.0)
    assert all(share >= 0 for share in (*found.sole.values(), *found.shifting.values()))
    busy = active_periods(np.zeros_like(machine), start, start + length)
    assert sum(found.sole.values()) <= sum(p.length for p in busy) / 100.0 + 1e-9


def test_a_sound_run_breaks_no_law_and_keeps_littles() -> None:
    run = simulate(line([1.0, 1.3, 1.0], mttf=80, mttr=9), 5, until=10_000.0, warm_up=200.0)
    assert broken_laws(run) == []
    assert littles_law_of(run).gap < 0.01


def test_a_run_that_lost_a_part_or_an_hour_is_told() -> None:
    times = dict.fromkeys(STATES, 0.0) | {"busy": 99.0}
    product = ProductRun("P", 9, 7, 1, 0, 70.0, 800.0, 5.0, 20.0, 0, 0, 0.0, 0.0, 0.0, 80.0, 2, 0, 0, 0, 0.0, 0.0)
    run = Run(1, "events", 0.0, 100.0, (StationRun("mill", 1, times, 9, 8, 1, 0, 0, 0),), (), (product,), 0, 0)
    said = broken_laws(run)
    assert any("states add up to 99.0" in words for words in said)
    assert any("9 came in, 7 went out, 1 were scrapped and 2 are there" in words for words in said)
    assert any("area under WIP" in words for words in said)


def test_pooled_states_weigh_runs_by_their_time() -> None:
    one = made_run(StationRun("mill", 1, dict.fromkeys(STATES, 0.0) | {"busy": 100.0}, 0, 0, 0, 0, 0, 0))
    other = made_run(StationRun("mill", 1, dict.fromkeys(STATES, 0.0) | {"starved": 300.0}, 0, 0, 0, 0, 0, 0))
    assert station_states([one, other])[0].shares["busy"] == pytest.approx(0.25)
