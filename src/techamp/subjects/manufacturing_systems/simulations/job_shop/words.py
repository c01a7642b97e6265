"""What the job shop says: days and dates, what the rule does to short and long orders, load, rush and the quote."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from techamp.subjects.manufacturing_systems.simulations.job_shop.figures import TAG_BLIND, figures
from techamp.subjects.manufacturing_systems.simulations.job_shop.inputs import DAY, JobShopInputs
from techamp.subjects.manufacturing_systems.simulations.job_shop.shop_run import ShopRun

Found = Mapping[str, float]
NEAR, FULL = 90.0, 99.0
"""Percent of its time from which a station is said to be near its end, and to have none left. Our choice."""
SAME = 0.03
"""Difference of mean lead times, as a share, below which two rules are called alike. Our choice."""


def notes(inputs: JobShopInputs, shop: ShopRun, found: Found, rules: Mapping[str, ShopRun]) -> tuple[str, ...]:
    """The result, what the rule does, how full the shop is, rush orders, and what could be quoted."""
    if "late" not in found:
        return ("No order was finished in the counted time.",)
    first = figures(inputs.model_copy(update={"rule": "fifo"}), rules["fifo"])
    said = [_result(found), _rule(inputs, found, first), _load(shop, found), _rush(inputs, found), _quote(inputs, shop)]
    return tuple(text for text in said if text)


def _result(found: Found) -> str:
    worst = f", the worst by {found['worst']:.1f} days" if found["worst"] >= 0.05 else ""
    return (
        f"An order is in the shop for {found['lead_time']:.2f} days, and {found['wip']:.1f} orders are inside on "
        f"average. {found['late']:.1f} % are late{worst}."
    )


def _rule(inputs: JobShopInputs, found: Found, first: Found) -> str:
    if inputs.rule == "fifo":
        return "First come, first served looks at no date and at no length: all wait alike, short orders as long ones."
    if "lead_time" not in first:
        return ""
    change = found["lead_time"] / first["lead_time"] - 1.0
    told = (
        "about the same mean lead time"
        if abs(change) < SAME
        else f"a mean lead time of {found['lead_time']:.2f} days instead of {first['lead_time']:.2f}"
    )
    return (
        f"With the same orders, first come, first served has {first['late']:.1f} % late. This rule has "
        f"{found['late']:.1f} % and {told}. The tenth with most work stays {found['long_lead']:.2f} days instead of "
        f"{first['long_lead']:.2f}, and the worst is {found['worst']:.1f} days late instead of {first['worst']:.1f}."
    )


def _load(shop: ShopRun, found: Found) -> str:
    busiest = max(shop.run.stations, key=lambda station: station.share("busy") + station.share("setup"))
    told = f"The {busiest.name} works or is changed over {found['busy']:.1f} % of its time"
    if found["busy"] >= FULL:
        return (
            f"{told}. It cannot keep up: orders pile up as long as this goes on, so these numbers say only how long "
            f"you looked. At the end {_open_late(shop)} orders in the shop are past their date."
        )
    if found["busy"] >= NEAR:
        return (
            f"{told}. Above 90 % every wait grows fast. A rule chooses who waits; only less work or fewer changeovers "
            "make all wait less."
        )
    return f"{told}, more than any other station; most waiting is done there."


def _open_late(shop: ShopRun) -> int:
    orders, until = shop.orders, shop.run.until
    return int(((orders.finished > until) & (orders.due < until)).sum())


def _rush(inputs: JobShopInputs, found: Found) -> str:
    if "rush_lead" not in found:
        return ""
    told = (
        f"Rush orders take {found['rush_lead']:.2f} days, and {found['rush_late']:.0f} % of them miss their "
        f"{inputs.rush_days:g}."
    )
    if inputs.rule in TAG_BLIND:
        return f"{told} This rule does not see that they are rush."
    return f"{told} Their going ahead keeps each other order {found['rush_cost']:.1f} h longer in the shop."


def _quote(inputs: JobShopInputs, shop: ShopRun) -> str:
    """Days that 95 of 100 ordinary orders of this run would keep."""
    orders, done = shop.orders, shop.done & ~shop.orders.rush
    if not done.any():
        return ""
    parts = [orders.kind == k for k in range(int(orders.kind.max()) + 1)]
    share = np.zeros(len(orders.kind))
    for k, mine in enumerate(parts):
        share[mine] = inputs.quoted(k, False) / (DAY * inputs.quote)
    needed = float(np.quantile(((orders.finished - orders.arrived) / (DAY * share))[done], 0.95))
    return (
        f"In this run {needed:.1f} quoted days would have been kept by 95 of 100 ordinary orders. More days make fewer "
        "orders late and none faster; a customer may not wait that long."
    )
