"""Figures over days that players, rivals and the debrief read: all from what was written down at night."""

from __future__ import annotations

from collections.abc import Sequence

from techamp.subjects.manufacturing_systems.games.run_the_plant.numbers import KINDS, MOTOR_PRICE, MOTOR_RESALE, RESALE
from techamp.subjects.manufacturing_systems.games.run_the_plant.world import Day, World

LOOK_BACK = 10
"""Days over which a figure is averaged."""


def money(amount: float) -> str:
    """USD in words: whole, thousands apart, a true minus sign."""
    return f"{amount:,.0f} USD".replace("-", "−")


def load(days: Sequence[Day], station: int) -> float:
    """Share of the machines' minutes in which they worked, changed over or stood broken (0 to about 1)."""
    used = sum(d.busy[station] + d.setup[station] + d.down[station] for d in days)
    had = sum(d.minutes * d.machines[station] for d in days)
    return used / had if had else 0.0


def loads(days: Sequence[Day]) -> list[float]:
    """The load of each station."""
    return [load(days, station) for station in range(len(KINDS))]


def lead_time(days: Sequence[Day]) -> float | None:
    """Mean lead time of the actuators shipped, in days; None where nothing was shipped."""
    shipped = sum(d.shipped for d in days)
    return sum(d.lead_sum for d in days) / shipped if shipped else None


def late_share(days: Sequence[Day]) -> float | None:
    """Share of shipped actuators that were late, in %."""
    shipped = sum(d.shipped for d in days)
    return 100.0 * sum(d.late for d in days) / shipped if shipped else None


def per_day(days: Sequence[Day], what: str) -> float:
    """Mean of a figure a day: "ordered", "shipped"."""
    return sum(getattr(d, what) for d in days) / len(days) if days else 0.0


def worth(world: World) -> float:
    """Cash, with what machines bought and motors in stock would bring if they were sold today, in USD."""
    machines = sum(KINDS[m.station].price for line in world.machines for m in line if m.bought and not m.leaves)
    coming = sum(KINDS[station].price for _, station in world.ordered_machines)
    return world.cash + RESALE * (machines + coming) + MOTOR_RESALE * MOTOR_PRICE * world.motors


def statement(world: World, since: int = 0, until: int | None = None) -> dict[str, float]:
    """What came in and went out (USD) on the days after ``since``, to ``until`` (None: now), by kind."""
    after = world.book if until is None else world.books[until - 1]
    before = world.books[since - 1] if since else {}
    return {what: amount - before.get(what, 0.0) for what, amount in after.items()}
