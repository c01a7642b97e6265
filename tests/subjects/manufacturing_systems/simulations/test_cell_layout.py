"""Cell layout against distances, rounds and lots worked out by hand, and against its own recursion."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from techamp.contract import registry
from techamp.subjects.manufacturing_systems.simulations.cell_layout.floor import (
    crossings,
    least_part_meters,
    part_meters,
    spots_of,
)
from techamp.subjects.manufacturing_systems.simulations.cell_layout.inputs import (
    FLOORS,
    FLOWS,
    IN,
    MACHINES,
    OUT,
    CellLayoutInputs,
)
from techamp.subjects.manufacturing_systems.simulations.cell_layout.lot import carried, follow, times
from techamp.subjects.manufacturing_systems.simulations.cell_layout.people import best_crew

CELL = registry.simulation("manufacturing_systems.cell_layout")
IN_ORDER = {"saw": "1", "lathe": "2", "mill": "3", "gauge": "4", "wash": "5", "press": "6"}


def given(**choices: Any) -> CellLayoutInputs:
    return CellLayoutInputs.read({**IN_ORDER, **choices})


def test_part_meters_by_hand() -> None:
    # In a line, spot 3 m from spot: in→saw 3, saw→lathe 3, lathe→gauge 6, gauge→wash 3, saw→mill 6, mill→wash 6,
    # mill→lathe 3, lathe→wash 9, wash→press 3, wash→out 6, press→out 3.
    by_hand = 480 * 3 + 225 * (3 + 6 + 3) + 255 * 6 + 225 * 6 + 30 * 3 + 30 * 9 + 450 * 3 + 30 * 6 + 450 * 3
    assert part_meters("line", spots_of(given(floor="line"))) == by_hand


def test_what_comes_to_a_machine_leaves_it() -> None:
    for machine in range(len(MACHINES)):
        assert sum(n for a, _b, n in FLOWS if a == machine) == sum(n for _a, b, n in FLOWS if b == machine)
    assert sum(n for a, _b, n in FLOWS if a == IN) == sum(n for _a, b, n in FLOWS if b == OUT) == 480


@pytest.mark.parametrize("floor", sorted(FLOORS))
def test_no_placing_is_shorter_than_the_least(floor: str) -> None:
    least, spots = least_part_meters(floor, over_drain=False)
    assert part_meters(floor, spots) == least
    rng = np.random.default_rng(1)
    assert min(part_meters(floor, tuple(rng.permutation(6).tolist())) for _ in range(100)) >= least
    over_drain, tied = least_part_meters(floor, over_drain=True)
    assert over_drain >= least
    assert tied[4] == 3


def test_a_taken_spot_sends_the_later_machine_to_a_free_one() -> None:
    inputs = given(lathe="1", floor="u")
    assert spots_of(inputs) == (0, 1, 2, 3, 4, 5)
    assert "The lathe stands at spot 2, as spot 1 was taken." in CELL.run(inputs, 1).notes
    assert spots_of(given(drain="drain")) == (0, 1, 2, 4, 3, 5)  # the wash comes first, the gauge finds spot 4 taken


@pytest.mark.parametrize(
    ("floor", "spots", "count"),
    [("u", (0, 1, 2, 3, 4, 5), 1), ("line", (0, 1, 2, 3, 4, 5), 3), ("u", (0, 2, 1, 3, 4, 5), 0)],
)
def test_crossings_as_drawn_by_hand(floor: str, spots: tuple[int, ...], count: int) -> None:
    assert len(crossings(floor, spots)) == count


def test_one_person_walks_the_whole_round_and_shares_it_among_the_box() -> None:
    spots = spots_of(given(floor="line"))
    # saw 1, lathe 2, gauge 4, mill 3, wash 5, press 6 and back: 3 + 6 + 3 + 6 + 3 + 15 m
    one = best_crew("line", spots, 1, 1)
    assert one.meters == (36.0,)
    assert one.seconds == (164.0 + 36.0,)
    assert one.cycle == 200.0
    ten = best_crew("line", spots, 1, 10)
    assert ten.seconds == pytest.approx((164.0 + 3.6,))
    assert ten.cycle == 192.0  # the lathe


def test_more_people_never_make_a_longer_cycle_and_larger_boxes_never_a_longer_walk() -> None:
    for floor in FLOORS:
        spots = spots_of(given(floor=floor))
        crews = [best_crew(floor, spots, people, 1) for people in (1, 2, 3)]
        assert all(max(more.seconds) <= max(less.seconds) for less, more in pairwise(crews))
        walks = [best_crew(floor, spots, 1, box).walk for box in (1, 2, 10, 60)]
        assert walks == sorted(walks, reverse=True)


def test_a_lot_without_variation_takes_the_closed_form() -> None:
    inputs = given(floor="u", cv=0, box=10, lot=60)
    lot = follow(inputs, spots_of(inputs), 1)
    seconds = (60, 192, 48, 140, 132)
    # one box through all machines, then the other five behind it at the slowest one, the lathe
    expected = 10 * sum(seconds) + 5 * 10 * 192 + sum(carried(far) for far in lot.moves)
    assert lot.lead_time == pytest.approx(expected)


def test_a_lot_keeps_its_recursion_part_by_part() -> None:
    inputs = given(floor="shop", box=7, lot=48, cv=30)
    lot, work = follow(inputs, spots_of(inputs), 5), times(inputs, 5)
    here = [0.0] * 48
    for i in range(5):
        before = 0.0
        here = [moment + carried(lot.moves[i]) for moment in here]
        done = []
        for n in range(48):
            before = max(here[n], before) + float(work[i, n])
            done.append(before)
        assert lot.ended[i].tolist() == pytest.approx(done)
        here = [done[min((n // 7 + 1) * 7, 48) - 1] for n in range(48)]


def test_smaller_boxes_never_take_longer_under_the_same_luck_when_ways_are_short() -> None:
    by_box = [CELL.measures(given(floor="u", box=box), [3])["lead"][0] for box in (1, 5, 15, 60)]
    assert by_box == sorted(by_box)


@pytest.mark.parametrize("choices", [{}, {"floor": "u", "box": 1, "people": 3}, {"floor": "line", "drain": "drain"}])
def test_a_run_and_its_measures_agree_and_every_box_arrives(choices: dict[str, Any]) -> None:
    inputs = CellLayoutInputs.read(choices)
    outcome = CELL.run(inputs, 7)
    found = CELL.measures(inputs, [7])
    assert all(found[m.name] == [m.value] for m in outcome.measures)
    trace = outcome.trace
    assert trace is not None
    out = [p for p, s in zip(trace.columns["parts"], trace.columns["step"], strict=True) if s == 4]
    assert sum(out) == inputs.lot
    assert trace.t[-1] == pytest.approx(outcome.measure("lead").value, abs=1e-3)


def test_the_u_brings_what_the_departments_cannot() -> None:
    shop, u = (CELL.measures(given(floor=floor, box=1, mill="2", lathe="3"), [1]) for floor in ("shop", "u"))
    assert u["cycle"][0] == 192.0
    assert shop["cycle"][0] > 240.0  # over takt
    assert u["carried"][0] < shop["carried"][0] / 3
