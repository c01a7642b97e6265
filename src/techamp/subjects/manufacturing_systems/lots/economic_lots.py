"""Economic lot sizes for steady demand: EOQ, EPQ, and a common cycle for several products on one machine.

Reference: Harris (1913); Taft (1918); Snyder & Shen, Fundamentals of Supply Chain Theory, chapter 3; Hanssmann
(1962) for the common cycle.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from techamp.contract.errors import InvalidInput
from techamp.subjects.manufacturing_systems.faults import Faults


@dataclass(frozen=True)
class LotSize:
    """``quantity`` per lot, ``cost`` of setups and stock per time unit, ``cycle`` time between lots, largest stock."""

    quantity: float
    cost: float
    cycle: float
    peak_stock: float


def economic_order_quantity(setup_cost: float, holding_cost: float, demand_rate: float) -> LotSize:
    """Return the EOQ: Q = √(2Kλ/h), cost √(2Kλh).

    ``setup_cost`` K per order, ``holding_cost`` h per unit and time unit, ``demand_rate`` λ per time unit, constant;
    deliveries at once. Example (Snyder & Shen 3.1: K = 8, h = 0.225, λ = 1300): 304.05 at a cost of 68.41.

    >>> found = economic_order_quantity(8, 0.225, 1300)
    >>> round(found.quantity, 2), round(found.cost, 2)
    (304.05, 68.41)
    """
    return economic_production_quantity(setup_cost, holding_cost, demand_rate, math.inf)


def economic_production_quantity(
    setup_cost: float, holding_cost: float, demand_rate: float, production_rate: float
) -> LotSize:
    """Return the EPQ: the EOQ where parts arrive at a ``production_rate`` p while they are used up.

    Q = √(2Kλ / (h(1 - λ/p))); the stock rises to Q(1 - λ/p). Raises InvalidInput where λ ≥ p. Example (K = 8, h =
    0.225, λ = 1300, p = 2600): √2 times the EOQ, 429.99.

    >>> round(economic_production_quantity(8, 0.225, 1300, 2600).quantity, 2)
    429.99
    """
    idle = _idle_share(setup_cost, holding_cost, demand_rate, production_rate)
    quantity = math.sqrt(2.0 * setup_cost * demand_rate / (holding_cost * idle))
    return _lot(quantity, setup_cost, holding_cost, demand_rate, idle)


def lot_cost(
    quantity: float, setup_cost: float, holding_cost: float, demand_rate: float, production_rate: float = math.inf
) -> LotSize:
    """Return what a lot of another ``quantity`` costs: Kλ/Q + hQ(1 - λ/p)/2. The optimum is flat: twice or half the EOQ
    costs a quarter more.

    >>> round(lot_cost(250, 8, 0.225, 1300).cost, 3)
    69.725
    """
    faults = Faults()
    faults.positive("quantity", quantity, "Enter the units per lot.")
    faults.stop()
    idle = _idle_share(setup_cost, holding_cost, demand_rate, production_rate)
    return _lot(quantity, setup_cost, holding_cost, demand_rate, idle)


@dataclass(frozen=True)
class Product:
    """``demand_rate`` and ``production_rate`` in units per time unit; ``setup_time`` and ``setup_cost`` for each
    lot.
    """

    name: str
    demand_rate: float
    production_rate: float
    setup_time: float
    setup_cost: float
    holding_cost: float


@dataclass(frozen=True)
class CommonCycle:
    """One lot of each product per ``cycle``. ``least_cycle`` is the shortest that leaves time for the setups.

    ``utilization`` counts processing and setups; ``cost`` per time unit.
    """

    cycle: float
    least_cycle: float
    lots: tuple[LotSize, ...]
    cost: float
    utilization: float


def common_cycle(products: Sequence[Product]) -> CommonCycle:
    """Return the best cycle in which one machine makes one lot of each product.

    T = √(2ΣK / Σhλ(1 - λ/p)), but at least Σ(setup times) / (1 - Σλ/p). Raises InvalidInput where processing alone
    fills the machine. Example (two products of λ = 10, p = 40, K = 50, h = 1, setups of 0.5): a cycle of 3.651.

    >>> twins = [Product(name, 10, 40, 0.5, 50, 1) for name in "AB"]
    >>> found = common_cycle(twins)
    >>> round(found.cycle, 3), found.least_cycle, round(found.utilization, 3)
    (3.651, 2.0, 0.774)
    """
    _check_products(products)
    load = sum(one.demand_rate / one.production_rate for one in products)
    if load >= 1.0:
        rule = "must leave time for setups, demand over production rate must sum to less than 1"
        raise InvalidInput("products", rule, round(load, 6), "Take products off the machine, or make it faster.")
    rising = [one.holding_cost * one.demand_rate * (1 - one.demand_rate / one.production_rate) for one in products]
    setup_time = sum(one.setup_time for one in products)
    least = setup_time / (1.0 - load)
    cycle = max(least, math.sqrt(2.0 * sum(one.setup_cost for one in products) / sum(rising)))
    if cycle <= 0.0:
        raise InvalidInput("products", "must have a setup time or cost", 0, "Enter what a setup takes or costs.")
    lots = tuple(
        _lot(
            one.demand_rate * cycle,
            one.setup_cost,
            one.holding_cost,
            one.demand_rate,
            1 - one.demand_rate / one.production_rate,
        )
        for one in products
    )
    return CommonCycle(cycle, least, lots, sum(lot.cost for lot in lots), load + setup_time / cycle)


def _lot(quantity: float, K: float, h: float, rate: float, idle: float) -> LotSize:
    peak = quantity * idle
    return LotSize(quantity, K * rate / quantity + h * peak / 2.0, quantity / rate, peak)


def _idle_share(K: float, h: float, rate: float, production_rate: float) -> float:
    """1 - λ/p, after a look at all inputs."""
    faults = Faults()
    faults.positive("setup cost", K, "Enter the cost of an order or a setup.")
    faults.positive("holding cost", h, "Enter the cost of holding one unit for one time unit.")
    demand = faults.positive("demand rate", rate, "Enter the units used per time unit.")
    at_once = production_rate == math.inf
    if (
        at_once or faults.positive("production rate", production_rate, "Enter the units made per time unit.")
    ) and demand:
        rule = f"must be above the demand rate, {rate:g}"
        remedy = "Add capacity: no lot size can meet this demand."
        faults.require(production_rate > rate, "production rate", rule, production_rate, remedy)
    faults.stop()
    return 1.0 - rate / production_rate


def _check_products(products: Sequence[Product]) -> None:
    faults = Faults()
    faults.require(len(products) > 0, "products", "must have one or more", list(products), "Add a product.")
    for one in products:
        faults.positive(f"{one.name}, demand rate", one.demand_rate, "Enter the units used per time unit.")
        faults.positive(f"{one.name}, production rate", one.production_rate, "Enter the units made per time unit.")
        faults.positive(f"{one.name}, holding cost", one.holding_cost, "Enter the cost of holding one unit.")
        faults.not_negative(f"{one.name}, setup time", one.setup_time, "Enter the time of a setup.")
        faults.not_negative(f"{one.name}, setup cost", one.setup_cost, "Enter the cost of a setup.")
    faults.stop()
