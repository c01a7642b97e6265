"""Lots for demand that changes from period to period, at least cost. Reference: Wagner & Whitin (1958), Management
Science 5(1); with the planning horizon theorem.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from techamp.subjects.manufacturing_systems.faults import Faults

MOST_PERIODS = 5_000


@dataclass(frozen=True)
class LotPlan:
    """``lots[t]`` is made at the begin of period t; ``stock[t]`` is left at its end; ``cost`` in all."""

    lots: tuple[float, ...]
    stock: tuple[float, ...]
    cost: float


def wagner_whitin(
    demand: Sequence[float],
    setup_cost: float | Sequence[float],
    holding_cost: float | Sequence[float],
    unit_cost: float | Sequence[float] = 0.0,
) -> LotPlan:
    """Return the plan of least cost that meets each period's ``demand`` on time. O(T²) at worst.

    ``holding_cost`` per unit held at the end of a period; costs may be one for all periods or one per period. Starts
    and ends without stock; no capacity limit. Some optimum makes a lot only when nothing is left, for whole periods.
    Example (Snyder & Shen 3.9: demand 90, 120, 80, 70; K = 500, h = 2): lots 210, 0, 150, 0 at a cost of 1380.

    >>> wagner_whitin([90, 120, 80, 70], 500, 2)
    LotPlan(lots=(210.0, 0.0, 150.0, 0.0), stock=(120.0, 0.0, 70.0, 0.0), cost=1380.0)
    """
    periods = len(demand)
    faults = Faults()
    rule = f"must have 1 to {MOST_PERIODS:,} periods"
    faults.require(1 <= periods <= MOST_PERIODS, "demand", rule, periods, "Enter the demand of each period.")
    faults.every_not_negative("demand of period", demand, "Enter the units wanted in the period.")
    setup = _each_period(faults, "setup cost", setup_cost, periods)
    holding = _each_period(faults, "holding cost", holding_cost, periods)
    unit = _each_period(faults, "unit cost", unit_cost, periods)
    faults.stop()
    best, source = _least_costs(demand, setup, holding, unit)
    lots = [0.0] * periods
    end = periods
    while end > 0:
        begin = source[end]
        lots[begin] = float(sum(demand[begin:end]))
        end = begin
    stock, left = [], 0.0
    for lot, wanted in zip(lots, demand, strict=True):
        left += lot - wanted
        stock.append(max(0.0, left))
    return LotPlan(tuple(lots), tuple(stock), best[periods])


def _least_costs(
    demand: Sequence[float], setup: Sequence[float], holding: Sequence[float], unit: Sequence[float]
) -> tuple[list[float], list[int]]:
    """Least cost of the first t periods, and when the last lot for them begins."""
    periods = len(demand)
    best, source = [0.0] * (periods + 1), [0] * (periods + 1)
    for t in range(1, periods + 1):
        if not demand[t - 1]:
            best[t], source[t] = best[t - 1], t - 1  # no demand: an empty lot, no setup
            continue
        cheapest, carried, units = float("inf"), 0.0, 0.0
        for begin in range(t - 1, -1, -1):
            carried += holding[begin] * units
            units += demand[begin]
            cost = best[begin] + (setup[begin] if units else 0.0) + unit[begin] * units + carried
            if cost < cheapest:
                cheapest, source[t] = cost, begin
            if carried >= cheapest:
                break  # no earlier lot can pay for holding so long
        best[t] = cheapest
    return best, source


def _each_period(faults: Faults, name: str, cost: float | Sequence[float], periods: int) -> Sequence[float]:
    if isinstance(cost, Sequence):
        faults.same_length(name, cost, periods, "periods")
        faults.every_not_negative(f"{name} of period", cost, "Enter the cost.")
        return cost
    faults.not_negative(name, cost, "Enter the cost.")
    return [cost] * periods
