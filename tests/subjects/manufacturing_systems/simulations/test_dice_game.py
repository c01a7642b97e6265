"""The dice game against exact Markov chains, known means, conservation and the same luck under other rules."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from techamp.contract import registry
from techamp.subjects.manufacturing_systems.simulations.dice_game import rounds
from techamp.subjects.manufacturing_systems.simulations.dice_game.inputs import FACES, LIMITS, ORDERS, DiceGameInputs
from techamp.subjects.manufacturing_systems.simulations.dice_game.theory import dice_spread, expected_out

GAME = registry.simulation("manufacturing_systems.dice_game")
BOOK: dict[str, Any] = {"rounds": 10, "start_wip": 0, "order": "in_turn"}


def played(games: int = 400, **choices: Any) -> tuple[DiceGameInputs, rounds.Games]:
    inputs = DiceGameInputs.read(choices)
    return inputs, rounds.play(inputs, list(range(games)))


def outputs(games: int = 2000, **choices: Any) -> Any:
    return played(games, **choices)[1].out.sum(axis=1)


@pytest.mark.parametrize(("bowls", "mean"), [(2, 30.1), (3, 27.2), (5, 23.3), (7, 20.8), (10, 18.2)])
def test_ten_rounds_with_empty_bowls_give_the_known_means(bowls: int, mean: float) -> None:
    found = outputs(4000, stations=bowls, **BOOK)
    assert found.mean() == pytest.approx(mean, abs=4.5 * found.std() / 4000**0.5 + 0.05)


def test_the_book_game_spreads_as_known() -> None:
    found = outputs(4000, stations=5, **BOOK)
    assert found.std() == pytest.approx(3.5, abs=0.15)
    assert np.quantile(found, [0.05, 0.95]).tolist() == [18.0, 29.0]


def test_twenty_rounds_from_four_give_55_of_70() -> None:
    assert outputs().mean() == pytest.approx(55.0, abs=0.5)


@pytest.mark.parametrize("limit", sorted(LIMITS))
@pytest.mark.parametrize("order", sorted(ORDERS))
@pytest.mark.parametrize("dice", ["1-6", "3-4"])
def test_two_stations_follow_the_markov_chain_round_by_round(limit: str, order: str, dice: str) -> None:
    choices = {"stations": 2, "limit": limit, "order": order, "dice": dice, "cap": 5, "total": 6, "strong": "last"}
    inputs, games = played(4000, rounds=30, **choices)
    exact = expected_out(inputs)
    assert exact is not None
    error = games.out.std(axis=0) / 4000**0.5
    assert np.all(np.abs(games.out.mean(axis=0) - exact) <= 4.5 * error + 1e-9)


def test_two_stations_by_hand() -> None:
    # Round 1 from one waiting penny: always one out. Round 2 from a first roll r of 3 or 4: min(3 or 4, r).
    inputs = DiceGameInputs.read({"stations": 2, "dice": "3-4", "start_wip": 1, "rounds": 10})
    exact = expected_out(inputs)
    assert exact is not None
    assert exact[:2].tolist() == pytest.approx([1.0, (3 + 3 + 3 + 4) / 4])


def test_one_station_gives_the_sum_of_its_rolls() -> None:
    inputs, games = played(stations=1, strong="first", extra=2)
    assert np.array_equal(games.out, games.rolls[:, :, 0])
    exact = expected_out(inputs)
    assert exact is not None
    assert exact.tolist() == [5.5] * 20
    assert outputs(4000, stations=1).mean() == pytest.approx(70.0, abs=0.6)
    assert expected_out(DiceGameInputs.read({"stations": 3})) is None


@pytest.mark.parametrize(("dice", "spread"), [("1-6", 1.708), ("2-5", 1.118), ("3-4", 0.5), ("1or6", 2.5)])
def test_all_dice_have_one_mean_and_their_own_spread(dice: str, spread: float) -> None:
    rolls = rounds.roll(list(range(500)), 20, 5, dice)
    assert set(np.unique(rolls).tolist()) == set(FACES[dice])
    assert rolls.mean() == pytest.approx(3.5, abs=0.05)
    assert dice_spread(dice) == pytest.approx(spread, abs=5e-4)
    assert rolls.std() == pytest.approx(spread, abs=0.02)


@pytest.mark.parametrize("order", sorted(ORDERS))
@pytest.mark.parametrize("limit", sorted(LIMITS))
def test_pennies_and_rolls_are_conserved(limit: str, order: str) -> None:
    inputs, games = played(100, limit=limit, order=order, cap=6, total=15, strong="second", rounds=50)
    came = games.moved[:, :, 0].sum(axis=1)
    assert np.array_equal(came + 4 * inputs.start_wip, games.waiting[:, -1].sum(axis=1) + games.out.sum(axis=1))
    assert np.array_equal(games.rolls, games.moved + games.starved + games.blocked)
    assert games.waiting.min() >= 0
    assert games.moved.min() >= 0


def test_limits_hold() -> None:
    _, kanban = played(limit="kanban", cap=6, start_wip=3, rounds=50, order="in_turn")
    assert kanban.waiting.max() == 5  # at the end of a round: a station with a full pile has moved at least one
    _, at_once = played(limit="kanban", cap=6, start_wip=3, rounds=50)
    assert at_once.waiting.max() == 5
    _, conwip = played(limit="conwip", total=18, rounds=50)
    assert conwip.wip.max() <= 18
    _, above = played(limit="kanban", cap=2, start_wip=9, rounds=50)
    assert above.waiting[:, 0].max() <= 9
    assert above.waiting[:, -1].max() <= 2


@pytest.mark.parametrize("order", sorted(ORDERS))
def test_more_room_never_gives_less_with_the_same_rolls(order: str) -> None:
    outs = [outputs(300, limit="kanban", cap=cap, order=order, rounds=60) for cap in (4, 6, 9, 14, 40)]
    outs.append(outputs(300, order=order, rounds=60))
    assert all(np.all(more >= less) for less, more in pairwise(outs))


def test_steadier_dice_and_shorter_lines_give_more() -> None:
    by_dice = [outputs(500, dice=dice, rounds=60).mean() for dice in ("1or6", "1-6", "2-5", "3-4")]
    by_length = [outputs(500, stations=n, rounds=60).mean() for n in (10, 5, 2)]
    assert by_dice == sorted(by_dice)
    assert by_length == sorted(by_length)


def test_a_stronger_station_helps_most_in_the_middle() -> None:
    places = ("first", "second", "middle", "next_to_last", "last")
    gains = [np.mean(GAME.measures(bowl(place), list(range(400)))["gain"]) for place in places]
    assert max(gains) == gains[2]
    assert gains[1] > 1.5 * gains[0]
    assert gains[3] > 1.5 * gains[4]


def bowl(place: str) -> Any:
    return GAME.Inputs.read({"rounds": 200, "limit": "kanban", "cap": 8, "strong": place})


def test_differences_are_taken_on_the_same_luck() -> None:
    choices = {"limit": "kanban", "cap": 6, "strong": "middle", "rounds": 60}
    found = GAME.measures(GAME.Inputs.read(choices), [1, 2, 3])
    pushed = GAME.measures(GAME.Inputs.read({**choices, "limit": "push"}), [1, 2, 3])
    plain = GAME.measures(GAME.Inputs.read({**choices, "strong": "none"}), [1, 2, 3])
    assert found["against_push"] == [a - b for a, b in zip(found["output"], pushed["output"], strict=True)]
    assert found["gain"] == [a - b for a, b in zip(found["output"], plain["output"], strict=True)]
    assert "against_push" not in pushed  # it would be a difference to itself


@pytest.mark.parametrize(
    "choices",
    [{}, {"stations": 1}, {"stations": 2, "limit": "conwip"}, {"stations": 10, "limit": "kanban", "strong": "last"}],
)
def test_a_run_and_its_measures_agree_and_the_trace_is_whole(choices: dict[str, Any]) -> None:
    inputs = GAME.Inputs.read(choices)
    outcome, again = GAME.run(inputs, 7), GAME.run(inputs, 7)
    assert outcome == again
    found = GAME.measures(inputs, [7])
    assert all(found[m.name] == [m.value] for m in outcome.measures)
    trace = outcome.trace
    assert trace is not None
    assert len(trace.t) == inputs.rounds
    assert sum(row[-1] for row in trace.columns["moved"]) == outcome.measure("output").value
    assert {len(row) for row in trace.columns["waiting"]} == {inputs.stations - 1}


def test_little_law_gives_the_time_in_the_line() -> None:
    outcome = GAME.run(GAME.Inputs.read({"rounds": 100}), 3)
    value = {m.name: float(m.value or 0.0) for m in outcome.measures}
    assert value["time_in_line"] == pytest.approx(value["wip"] / (value["output"] / 100))
    assert f"{value['time_in_line']:.1f} rounds" in " ".join(outcome.notes)


def test_a_number_out_of_range_is_refused_with_its_remedy() -> None:
    with pytest.raises(ValueError, match="Enter a whole number from 1 to 10 stations"):
        GAME.Inputs.read({"stations": 11})
