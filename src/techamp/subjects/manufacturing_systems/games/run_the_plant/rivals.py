"""Policies that a team is measured against. They know what a player may know, and nothing of what is to come."""

from __future__ import annotations

import math
from typing import Any

from techamp.subjects.manufacturing_systems.games.run_the_plant.figures import LOOK_BACK, lead_time, load, per_day
from techamp.subjects.manufacturing_systems.games.run_the_plant.numbers import (
    DAYS_A_YEAR,
    KINDS,
    MOTOR_LEAD,
    MOTOR_LEAD_SD,
    MOTOR_ORDER_COST,
    MOTOR_PRICE,
)
from techamp.subjects.manufacturing_systems.games.run_the_plant.scenario import DAYS
from techamp.subjects.manufacturing_systems.games.run_the_plant.world import World

Wish = tuple[str, dict[str, Any]]
HOLDING = 0.22  # a year, of the value (model plant)
SEASON = 20  # days over which he averages orders and loads
FULL, EMPTY = 0.90, 0.65  # loads at which the careful planner buys and sells
PAYS_BACK = 60  # days: he buys nothing later than that before the end
CASH_KEPT = 60_000.0
BUSY, OVERTIME = 0.93, 120


def hands_off(world: World) -> list[Wish]:
    """Leaves everything as it found it."""
    return []


def careful_planner(world: World) -> list[Wish]:
    """Forecasts demand from the last days, buys ahead of the fullest station, and promises what he can keep."""
    recent, before = world.days[-SEASON:], world.days[-2 * SEASON : -SEASON]
    now = per_day(recent, "ordered")
    ahead = now + (0.5 * (now - per_day(before, "ordered")) if len(before) == SEASON else 0.0)
    wishes: list[Wish] = [("floor", {"lot": 50, "rule": "same", "cap": None}), ("maintenance", {"every": 7})]
    wishes += _motors(ahead, world)
    wishes += _machines(world, ahead / max(1.0, per_day(recent, "shipped")))
    wishes.append(("hours", {"overtime": OVERTIME if max(_load(world, s) for s in range(len(KINDS))) > BUSY else 0}))
    wishes.append(("promise", {"days": _promise(world)}))
    return wishes


def _load(world: World, station: int) -> float:
    return load(world.days[-SEASON:], station)


def _motors(daily: float, world: World) -> list[Wish]:
    """Reorder point from demand over the lead time; quantity by the economic order quantity."""
    left = DAYS - world.day
    sd = 75.0  # of a day's orders: √(9 orders) × 25
    point = daily * MOTOR_LEAD + 1.645 * math.sqrt(MOTOR_LEAD * sd**2 + (daily * MOTOR_LEAD_SD) ** 2)
    if left < MOTOR_LEAD + 3:
        point = 0.0
    amount = math.sqrt(2.0 * daily * DAYS_A_YEAR * MOTOR_ORDER_COST / (HOLDING * MOTOR_PRICE))
    return [("motors", {"point": 50 * round(point / 50), "quantity": max(50, 10 * round(amount / 10))})]


def _machines(world: World, growth: float) -> list[Wish]:
    """Buy where the load to come is too high and cash allows, the fullest first; sell what stands idle near the end."""
    wishes: list[Wish] = []
    cash, left = world.cash, DAYS - world.day
    fullest = sorted(range(len(KINDS)), key=lambda s: -_load(world, s))
    for station in fullest:
        kind, have = KINDS[station], len(world.machines[station])
        coming = sum(1 for _, s in world.ordered_machines if s == station)
        to_come = min(1.6, _load(world, station) * max(1.0, min(1.3, growth))) * have / (have + coming)
        if to_come > FULL and left > PAYS_BACK and cash - kind.price > CASH_KEPT:
            wishes.append(("buy", {"station": kind.name}))
            cash -= kind.price
        own = any(m.bought and not m.leaves for m in world.machines[station])
        spare = have > 1 and _load(world, station) * have / (have - 1) < EMPTY
        if own and spare and not coming and growth < 1.0:
            wishes.append(("sell", {"station": kind.name}))
    return wishes


def _promise(world: World) -> int:
    """What he can keep: the lead time of late, and that of the queue now, with two days to spare."""
    days = world.days[-LOOK_BACK:]
    recent = lead_time(days) or 10.0
    queue = (days[-1].floor + days[-1].waiting) / max(1.0, per_day(days, "shipped"))  # Little's law
    return int(min(25, max(3, math.ceil(1.3 * max(recent, queue) + 1.5))))
