"""Flow: Little's law, takt, effective process times, the Penny Fab, the value stream."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from techamp.contract.errors import InvalidInput
from techamp.subjects.manufacturing_systems import (
    ProcessTime,
    Step,
    best_case,
    line_capacity,
    line_limits,
    littles_law,
    practical_worst_case,
    takt_time,
    value_stream,
    with_failures,
    with_rework,
    with_setups,
    worst_case,
)

POSITIVE = st.floats(0.01, 1000.0)


def test_any_two_give_the_third() -> None:
    assert littles_law(wip=12, throughput=3).cycle_time == 4.0
    assert littles_law(wip=12, cycle_time=4).throughput == 3.0
    assert littles_law(throughput=3, cycle_time=4).wip == 12.0


@pytest.mark.parametrize("given_", [{}, {"wip": 3}, {"wip": 1, "throughput": 1, "cycle_time": 1}])
def test_littles_law_wants_two(given_: dict[str, float]) -> None:
    with pytest.raises(InvalidInput, match="must be two of wip, throughput and cycle time"):
        littles_law(**given_)


def test_scrap_late_in_the_line_loads_all_stations_before_it() -> None:
    found = line_capacity([1.0, 1.0], [1, 1], demand_rate=0.4, yields=[1.0, 0.5])
    assert [station.input_rate for station in found.stations] == [0.8, 0.8]
    assert found.rate == 0.5


def test_the_bottleneck_is_the_busiest_not_the_slowest() -> None:
    assert line_capacity([2, 5, 10, 3], [1, 2, 6, 2], 0.3).bottleneck == 1


def test_long_rare_stops_vary_more_than_short_frequent_ones() -> None:
    """Hopp & Spearman's Hare and Tortoise: the same availability, SCV 6.25 against 1.0."""
    natural = ProcessTime(15.0, 0.05)
    hare, tortoise = with_failures(natural, 744, 248), with_failures(natural, 114, 38)
    assert hare.mean == pytest.approx(20.0)
    assert tortoise.mean == pytest.approx(20.0)
    assert hare.scv == pytest.approx(6.25)
    assert tortoise.scv == pytest.approx(1.0)
    assert (hare.variability, tortoise.variability, natural.variability) == ("high", "moderate", "low")


@given(POSITIVE, st.floats(0.0, 5.0), st.floats(1.0, 500.0), POSITIVE, st.floats(0.0, 4.0))
def test_detractors_only_lengthen(mean: float, scv: float, between: float, setup: float, setup_scv: float) -> None:
    natural = ProcessTime(mean, scv)
    for found in (with_failures(natural, between, setup), with_setups(natural, between, ProcessTime(setup, setup_scv))):
        assert found.mean > natural.mean
        assert found.variance >= natural.variance * (1 - 1e-9)


def test_rework_of_exponential_work_stays_exponential() -> None:
    assert with_rework(ProcessTime(3.0, 1.0), 0.4) == ProcessTime(pytest.approx(5.0), 1.0)


@given(st.lists(POSITIVE, min_size=1, max_size=8), st.integers(1, 200))
def test_the_three_cases_stand_in_order_and_keep_littles_law(times: list[float], wip: int) -> None:
    limits = line_limits(times)
    flows = [case(limits, wip) for case in (worst_case, practical_worst_case, best_case)]
    rates = [flow.throughput for flow in flows]
    assert rates[0] <= rates[1] * (1 + 1e-12)
    assert rates[1] <= rates[2] * (1 + 1e-12)
    assert all(flow.wip == pytest.approx(flow.throughput * flow.cycle_time) for flow in flows)


def test_at_critical_wip_the_best_line_has_full_rate_and_no_waiting() -> None:
    fab = line_limits([2, 5, 10, 3], [1, 2, 6, 2])
    flow = best_case(fab, fab.critical_wip)
    assert (flow.throughput, flow.cycle_time) == (0.4, 20.0)


def test_takt() -> None:
    assert takt_time(27_600, 460) == 60.0


def test_value_stream_counts_waiting_by_littles_law() -> None:
    steps = [Step("saw", 2.0, 30), Step("turn", 5.0, 12, value_added_time=4.0, uptime=0.8)]
    found = value_stream(steps, demand_rate=0.2, finished_goods=8)
    assert found.lead_time == pytest.approx(150 + 60 + 40 + 7)
    assert found.ladder == ((150.0, 2.0), (60.0, 5.0), (40.0, 0.0))
    assert found.efficiency == pytest.approx(6 / 257)
    assert found.slower_than_takt == ("turn",)


def test_each_fault_of_a_map_is_named() -> None:
    with pytest.raises(InvalidInput) as refused:
        value_stream([Step("saw", 0.0, -3), Step("turn", 5.0, 0, value_added_time=6.0, uptime=1.2)], demand_rate=0.0)
    assert [fault.field for fault in refused.value.faults] == [
        "demand rate",
        "saw, process time",
        "saw, inventory",
        "turn, uptime",
        "turn, value-added time",
    ]
