"""Run the plant: the same decisions give the same plant, nothing is lost, the floor obeys arithmetic."""

from __future__ import annotations

import pickle
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from techamp.contract import Decision, InvalidInput, registry
from techamp.contract.game import play_rival, replay
from techamp.subjects.manufacturing_systems.games.run_the_plant import figures
from techamp.subjects.manufacturing_systems.games.run_the_plant.numbers import (
    DEMAND,
    KINDS,
    LATHE,
    MILL,
    MOTOR_QUANTITY,
    MOTORS_AT_FIRST,
    NAMES,
    ORDER,
    PRESS,
    SHARES,
    WEAR,
    price,
)
from techamp.subjects.manufacturing_systems.games.run_the_plant.world import World

GAME = registry.game("manufacturing_systems.run_the_plant")


def begin(seed: int = 1, **scenario: Any) -> World:
    return GAME.start(GAME.Scenario.read(scenario), seed)


def decide(world: World, kind: str, **values: Any) -> str:
    return GAME.decide(world, kind, GAME.move(kind).Inputs.read(values))


DECISIONS = [
    Decision(31, "floor", {"lot": 25, "rule": "same"}),
    Decision(31, "buy", {"station": "lathe"}),
    Decision(60, "hours", {"overtime": 90}),
    Decision(60, "promise", {"days": 6}),
    Decision(120, "motors", {"point": 7000, "quantity": 1500}),
    Decision(180, "sell", {"station": "motor"}),
]


def test_the_same_decisions_give_the_same_plant_in_one_go_and_day_by_day() -> None:
    at_once = replay(GAME, begin(), DECISIONS, 220)
    by_day = begin()
    for day in range(32, 221):
        replay(GAME, by_day, [d for d in DECISIONS if d.period == day - 1], day)
    assert at_once.days == by_day.days
    assert at_once.book == by_day.book


def test_a_plant_put_away_and_taken_up_again_goes_on_alike() -> None:
    world = replay(GAME, begin(), DECISIONS, 100)
    again = pickle.loads(pickle.dumps(world))
    GAME.advance(world, 150)
    GAME.advance(again, 150)
    assert world.days == again.days


def test_every_team_meets_the_same_customers_whatever_it_does() -> None:
    teams = [play_rival(GAME, begin(3), name, 200) for name in GAME.rivals]
    assert [d.ordered for d in teams[0].days] == [d.ordered for d in teams[1].days]


def test_demand_is_what_the_scenario_says() -> None:
    days = [d.ordered for seed in range(6) for d in replay(GAME, begin(seed, demand="steady"), [], 301).days]
    half_width = 1.96 * np.std(days) / np.sqrt(len(days))
    assert abs(np.mean(days) - DEMAND) < 1.5 * half_width
    assert np.var(days) == pytest.approx(DEMAND * ORDER, rel=0.1)  # Poisson orders of 25


@settings(max_examples=6, deadline=None)
@given(
    seed=st.integers(0, 10**9),
    lot=st.sampled_from([10, 35, 50, 200]),
    rule=st.sampled_from(["fifo", "edd", "same"]),
    cap=st.sampled_from([None, 200, 1000]),
    overtime=st.sampled_from([0, 180]),
    growth=st.sampled_from([0, 80]),
)
def test_nothing_is_lost(seed: int, lot: int, rule: str, cap: int | None, overtime: int, growth: int) -> None:
    world = begin(seed, growth=growth, demand="grow")
    decide(world, "floor", lot=lot, rule=rule, cap=cap)
    decide(world, "hours", overtime=overtime)
    GAME.advance(world, 110)
    ordered, shipped = (sum(getattr(d, what) for d in world.days) for what in ("ordered", "shipped"))
    last = world.days[-1]
    assert ordered == shipped + last.floor + last.waiting
    assert sum(order.left for order in world.open_orders.values()) == ordered - shipped
    assert world.cash == pytest.approx(250_000 + sum(world.book.values()))
    came = MOTORS_AT_FIRST + MOTOR_QUANTITY * round((-world.book["Motors"]) / (MOTOR_QUANTITY * 41.0 + 85.0))
    before_motors = sum(lot.size for lot in world.queues[NAMES.index("motor")])
    assert 0 <= world.motors <= came - shipped
    assert world.motors >= came - ordered + before_motors
    for d in world.days:
        for s, kind in enumerate(KINDS):
            assert d.busy[s] >= 0.0, kind.name


def test_little_s_law_holds() -> None:
    world = play_rival(GAME, begin(5, demand="steady"), "hands off", 301)
    days = world.days[40:]
    waiting = np.mean([d.floor + d.waiting for d in days])
    rate = figures.per_day(days, "shipped")
    assert figures.lead_time(days) == pytest.approx(waiting / rate, rel=0.06)


@pytest.mark.parametrize("station", [LATHE, MILL, PRESS])
def test_the_load_of_a_station_is_what_can_be_worked_out(station: int) -> None:
    """Minutes a part: cycle ÷ (1 − scrap), a setup for each change of length, and repairs for the running time."""
    worlds = [begin(seed, demand="steady") for seed in range(3)]
    for world in worlds:
        decide(world, "floor", lot=25)
        decide(world, "hours", overtime=120)  # so that no queue grows without end
        decide(world, "maintenance", every=10)
        GAME.advance(world, 301)
    days = [d for world in worlds for d in world.days[40:]]
    shipped = sum(d.shipped for d in days)
    kind = KINDS[station]
    work = kind.cycle / (1.0 - kind.scrap)
    setup = kind.setup * (1.0 - sum(p * p for p in SHARES)) / ORDER
    rate = np.mean([1.0 + WEAR * age for age in range(10)]) / kind.mttf
    down = work * rate * kind.mttr
    found = [sum(getattr(d, what)[station] for d in days) / shipped for what in ("busy", "setup", "down")]
    service = 45.0 * kind.machines * len(days) / 10 / shipped
    assert found[0] == pytest.approx(work, rel=0.01)
    assert found[1] == pytest.approx(setup, rel=0.06, abs=1e-9)
    assert found[2] == pytest.approx(down + service, rel=0.12)


def test_a_shorter_promise_earns_more_and_a_late_order_loses_a_tenth_a_day() -> None:
    assert price(10) == 229.0
    assert price(5) == pytest.approx(229.0 * 1.075)
    world = begin()
    decide(world, "promise", days=2)
    decide(world, "floor", lot=200)
    GAME.advance(world, 90)
    assert world.book["Lost to late orders"] < 0.0
    assert figures.late_share(world.days[-20:]) == pytest.approx(100.0, abs=30.0)


def test_a_machine_that_cannot_be_paid_is_refused_in_words() -> None:
    world = begin(cash=0)
    with pytest.raises(InvalidInput, match="costs 190,000 USD"):
        decide(world, "buy", station="cell")
    assert not world.ordered_machines


def test_the_last_machine_of_a_station_is_not_sold() -> None:
    with pytest.raises(InvalidInput, match="must keep one machine"):
        decide(begin(), "sell", station="lathe")


def test_a_bought_machine_works_after_ten_days_and_a_sold_one_leaves() -> None:
    world = begin()
    decide(world, "buy", station="lathe")
    GAME.advance(world, 41)
    assert world.days[-1].machines[LATHE] == 1
    GAME.advance(world, 43)
    assert world.days[-1].machines[LATHE] == 2
    decide(world, "sell", station="lathe")
    GAME.advance(world, 46)
    assert world.days[-1].machines[LATHE] == 1
    assert figures.worth(world) == pytest.approx(world.cash + 0.5 * 41.0 * world.motors)


def test_more_machines_never_make_orders_later() -> None:
    """Under the same luck, a second lathe for the fullest station."""
    one, two = begin(7, growth=30), begin(7, growth=30, cash=1_000_000)
    decide(two, "buy", station="lathe")
    GAME.advance(one, 150)
    GAME.advance(two, 150)
    assert figures.lead_time(two.days[100:]) < figures.lead_time(one.days[100:])  # type: ignore[operator]


@pytest.mark.parametrize("disturbance", ["lathe_down", "supplier_late", "scrap_up"])
def test_a_disturbance_costs_money_and_shows_only_when_it_happens(disturbance: str) -> None:
    calm, hit = begin(2, demand="steady"), begin(2, demand="steady", **{disturbance: True})
    GAME.advance(calm, 89)
    GAME.advance(hit, 89)
    assert GAME.view(calm) == GAME.view(hit)
    for world in (calm, hit):
        decide(world, "promise", days=4)  # a long promise takes up three lost days without a cent lost
        GAME.advance(world, 250)
    assert figures.worth(hit) < figures.worth(calm)


def test_the_careful_planner_beats_hands_off_when_demand_grows() -> None:
    for seed in range(2):
        careful, off = (play_rival(GAME, begin(seed), name, 301) for name in ("careful planner", "hands off"))
        assert figures.worth(careful) > figures.worth(off) + 500_000


def test_the_view_says_what_is_going_on() -> None:
    world = play_rival(GAME, begin(), "hands off", 160)
    outcome = GAME.view(world)
    assert outcome.notes[0] == "Morning of day 160; 141 days are left."
    assert any("lots queue there" in note for note in outcome.notes)
    assert outcome.measure("late").value > 50  # type: ignore[operator]


def test_the_debrief_names_where_the_money_went() -> None:
    world = play_rival(GAME, begin(), "hands off", 301)
    rivals = {"careful planner": play_rival(GAME, begin(), "careful planner", 301)}
    outcome = GAME.debrief(world, rivals)
    assert "less than careful planner" in outcome.notes[0]
    assert any(note.endswith("before the queue grows.") for note in outcome.notes)
    money = outcome.tables[0]
    assert money.rows[-1][1] == round(figures.worth(world))


def test_after_the_last_day_nothing_can_be_decided() -> None:
    world = replay(GAME, begin(), [], 400)
    assert GAME.now(world) == GAME.last(world) == 301
    with pytest.raises(InvalidInput, match="game is over"):
        decide(world, "hours", overtime=30)
