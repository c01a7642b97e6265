"""What is counted in one run of the shop: lead time, lateness, orders inside, and what rush orders cost the others."""

from __future__ import annotations

import numpy as np

from techamp.subjects.manufacturing_systems.simulations.job_shop.inputs import DAY, KINDS, JobShopInputs
from techamp.subjects.manufacturing_systems.simulations.job_shop.shop_run import ShopRun, run_shop

TAG_BLIND = ("fifo", "spt", "setup")
"""Rules that look neither at tags nor at due dates."""
WEEK = 5.0
"""Working days in a week of the model plant."""
LONGEST = 0.10
"""The share of orders that is called the longest: those with most work. Our choice."""


def figures(inputs: JobShopInputs, shop: ShopRun) -> dict[str, float]:
    """Every measure by name; those of orders are missing where none was finished, those of rush where none came."""
    run = shop.run
    return {
        **_of_orders(shop),
        "wip": run.wip,
        "output": run.throughput * DAY,
        "busy": max(100.0 * (station.share("busy") + station.share("setup")) for station in run.stations),
        "changeovers": sum(station.setups for station in run.stations) / inputs.days,
        "quoted": mean_quote(inputs),
        **_of_rush(inputs, shop),
    }


def mean_quote(inputs: JobShopInputs) -> float:
    """Days quoted, on average over all orders that come."""
    rush = inputs.rush / 100.0
    ordinary = sum(one.share * inputs.quoted(k, False) for k, one in enumerate(KINDS)) / DAY
    return (1.0 - rush) * ordinary + rush * inputs.rush_days


def _of_orders(shop: ShopRun) -> dict[str, float]:
    orders, done = shop.orders, shop.done
    if not done.any():
        return {}
    times, late = shop.lead_times, (orders.finished - orders.due)[done]
    return {
        "lead_time": float(times.mean()) / DAY,
        "long_lead": long_lead(shop),
        "late": 100.0 * float((late > 0.0).mean()),
        "tardiness": float(np.maximum(0.0, late).mean()) / 60.0,
        "worst": worst(shop),
    }


def long_lead(shop: ShopRun) -> float:
    """Mean days in the shop of the tenth of the orders that has most work."""
    work, times = shop.orders.work[shop.done], shop.lead_times
    most = np.argsort(-work, kind="stable")[: max(1, round(LONGEST * len(work)))]
    return float(times[most].mean()) / DAY


def worst(shop: ShopRun) -> float:
    """Most days past a due date: of the orders finished, and of those still in the shop at the end."""
    orders, until = shop.orders, shop.run.until
    seen = shop.done | (orders.finished > until)
    late = np.minimum(orders.finished, until)[seen] - orders.due[seen]
    return max(0.0, float(late.max())) / DAY


def _of_rush(inputs: JobShopInputs, shop: ShopRun) -> dict[str, float]:
    orders, done = shop.orders, shop.done
    rush, others = done & orders.rush, done & ~orders.rush
    if not rush.any() or not others.any():
        return {}
    times = orders.finished - orders.arrived
    return {
        "rush_week": WEEK * float(rush.sum()) / inputs.days,
        "rush_lead": float(times[rush].mean()) / DAY,
        "rush_late": 100.0 * float((orders.finished > orders.due)[rush].mean()),
        "rush_cost": rush_cost(inputs, shop),
    }


def without_tags(inputs: JobShopInputs, shop: ShopRun) -> ShopRun:
    """The same orders with the same luck, where nobody knows which of them are rush."""
    return shop if inputs.rule in TAG_BLIND else run_shop(inputs, shop.run.seed, tagged=False)


def rush_cost(inputs: JobShopInputs, shop: ShopRun) -> float:
    """Hours that an ordinary order stays longer because rush orders go ahead: with their tags less without them."""
    means = [float(one.lead_times[~one.orders.rush[one.done]].mean()) for one in (shop, without_tags(inputs, shop))]
    return (means[0] - means[1]) / 60.0
