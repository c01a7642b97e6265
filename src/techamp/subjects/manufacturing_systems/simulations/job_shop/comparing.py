"""The same orders, with the same luck, under other rules, at other loads and with other quotes."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np

from techamp.subjects.manufacturing_systems.simulations.job_shop.figures import TAG_BLIND
from techamp.subjects.manufacturing_systems.simulations.job_shop.inputs import DAY, RULES, JobShopInputs
from techamp.subjects.manufacturing_systems.simulations.job_shop.shop_run import ShopRun, run_engine, run_shop

LOADS = (40.0, 55.0, 65.0, 72.0, 78.0, 84.0, 88.0, 92.0, 96.0)
QUOTES = (0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0, 12.0)
FULL = 0.995
"""Busy share from which a point of the curve is left out: its queue grows as long as one looks. Our choice."""


def under_each_rule(inputs: JobShopInputs, shop: ShopRun) -> dict[str, ShopRun]:
    """A run for each rule, the one at hand among them; red tags are left out where there are none."""
    return {
        rule: shop if rule == inputs.rule else run_shop(inputs.model_copy(update={"rule": rule}), shop.run.seed)
        for rule in RULES
        if rule != "red" or inputs.rush or inputs.rule == "red"
    }


@lru_cache(maxsize=2048)
def lead_at(inputs: JobShopInputs, seed: int) -> float | None:
    """Mean days in the shop; None where a station has no time left, or nothing was finished."""
    run = run_engine(inputs, seed)
    full = any(1.0 - station.share("starved") >= FULL for station in run.stations)
    return None if full or not math.isfinite(run.flow_time) else round(run.flow_time / DAY, 3)


def by_load(inputs: JobShopInputs, seed: int, rule: str) -> tuple[tuple[float, ...], tuple[float | None, ...]]:
    """(loads, mean days in the shop at each)."""
    loads = tuple(sorted({*LOADS, inputs.load}))
    return loads, tuple(lead_at(inputs.model_copy(update={"load": load, "rule": rule}), seed) for load in loads)


def by_quote(inputs: JobShopInputs, shop: ShopRun) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """(days quoted, percent late at each). Rules that look at due dates make another schedule for each quote."""
    quotes = tuple(sorted({*QUOTES, inputs.quote}))
    return quotes, tuple(round(_late_at(inputs.model_copy(update={"quote": quote}), shop), 2) for quote in quotes)


def _late_at(inputs: JobShopInputs, shop: ShopRun) -> float:
    if inputs.rule not in (*TAG_BLIND, "red"):
        run = run_engine(inputs, shop.run.seed)
        return 100.0 * sum(product.late for product in run.products) / max(1, run.finished)
    orders, done = shop.orders, shop.done
    quoted = np.array([inputs.quoted(kind, rush) for kind, rush in zip(orders.kind, orders.rush, strict=True)])
    return 100.0 * float((orders.finished - orders.arrived > quoted)[done].mean())
