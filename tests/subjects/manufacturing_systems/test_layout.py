"""Distances, rounds, time study and lots in boxes: by hand, against each other, and refused politely."""

from __future__ import annotations

from typing import Any

import pytest

from techamp.contract import InvalidInput
from techamp.subjects.manufacturing_systems import (
    cycles_to_time,
    lot_lead_time,
    smallest_crew,
    standard_time,
    travel,
    work_combination,
)


def test_travel_adds_trips_times_meters() -> None:
    flows = {("a", "b"): 50.0, ("b", "c"): 20.0, ("c", "a"): 10.0}
    assert travel(flows, {"a": (0, 0), "b": (4, 0), "c": (4, 3)}) == 50 * 4 + 20 * 3 + 10 * 7


def test_turned_and_shifted_floors_have_the_same_travel() -> None:
    flows = {("a", "b"): 50.0, ("b", "c"): 20.0, ("a", "c"): 10.0}
    places = {"a": (0.0, 0.0), "b": (4.0, 0.0), "c": (4.0, 3.0)}
    turned = {name: (7.0 - y, x + 2.0) for name, (x, y) in places.items()}
    assert travel(flows, turned) == travel(flows, places)


@pytest.mark.parametrize(("walk", "cycle"), [(0, 70), (12, 70), (45, 75)])
def test_the_slower_of_person_and_machine_sets_the_cycle(walk: float, cycle: float) -> None:
    found = work_combination([10, 15, 5], [60, 40, 0], walk)
    assert found.cycle == cycle
    assert found.waiting == cycle - 30 - walk


def test_a_crew_that_fits_exactly_is_not_rounded_up() -> None:
    assert [smallest_crew(work, 0.1) for work in (0.3, 0.30001, 0.1)] == [3, 4, 1]


def test_standard_time_is_mean_times_rating_times_one_and_allowance() -> None:
    assert standard_time(52.0, 0.9, 0.12) == pytest.approx(52.0 * 0.9 * 1.12)
    assert standard_time(52.0) == 52.0


def test_half_the_error_takes_four_times_the_cycles() -> None:
    assert cycles_to_time(0.2, 0.025) == pytest.approx(4 * cycles_to_time(0.2, 0.05), abs=4)


@pytest.mark.parametrize("box", [1, 7, 10, 60])
def test_a_lot_keeps_its_recursion(box: int) -> None:
    times, lot, carry = [2.0, 3.0, 1.0, 2.5], 60, 0.5
    here = [0.0] * lot
    for i, time in enumerate(times):
        free, done = 0.0, []
        for n in range(lot):
            free = max(free, here[n] + (carry if i else 0.0)) + time
            done.append(free)
        here = [done[min((n // box + 1) * box, lot) - 1] for n in range(lot)]
    assert lot_lead_time(times, lot, box, carry) == pytest.approx(here[-1])


@pytest.mark.parametrize(
    ("call", "args", "words"),
    [
        (travel, ({("a", "b"): 3}, {"a": (0, 0)}), "Give the place its point"),
        (travel, ({("a", "a"): -3}, {"a": (0, 0)}), "Turn the flow around"),
        (work_combination, ([], [], 0), "machine or more"),
        (work_combination, ([1, 2], [1], 0), "alone"),
        (work_combination, ([1], [float("nan")], 0), "Enter the measured time"),
        (smallest_crew, (5, 0), "working time over demand"),
        (standard_time, (5, 1, -0.1), "0.15 for 15 %"),
        (cycles_to_time, (0.2, 0), "0.05"),
        (lot_lead_time, ([2, 3], 0, 1), "how many parts the lot has"),
    ],
)
def test_bad_input_is_refused_with_a_remedy(call: Any, args: tuple[Any, ...], words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        call(*args)
