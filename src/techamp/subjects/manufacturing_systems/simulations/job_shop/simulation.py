"""A job shop: which order is next, what to promise, and who waits for it."""

from __future__ import annotations

from typing import ClassVar

from techamp.contract import Inputs, Measure, Outcome, Simulation
from techamp.subjects.manufacturing_systems.simulations.job_shop.comparing import under_each_rule
from techamp.subjects.manufacturing_systems.simulations.job_shop.figures import figures
from techamp.subjects.manufacturing_systems.simulations.job_shop.inputs import JobShopInputs
from techamp.subjects.manufacturing_systems.simulations.job_shop.pictures import charts
from techamp.subjects.manufacturing_systems.simulations.job_shop.replay import trace
from techamp.subjects.manufacturing_systems.simulations.job_shop.sheets import tables
from techamp.subjects.manufacturing_systems.simulations.job_shop.shop_run import run_shop
from techamp.subjects.manufacturing_systems.simulations.job_shop.words import notes


class JobShop(Simulation[JobShopInputs]):
    """Orders of five kinds, each with its own route and due date, wait before five stations."""

    id: ClassVar[str] = "manufacturing_systems.job_shop"
    version: ClassVar[int] = 1
    title: ClassVar[str] = "Job shop"
    summary: ClassVar[str] = (
        "Orders with routes and due dates of their own wait before five stations. Choose which is next and what you "
        "promise, and see who waits for it."
    )
    Inputs: ClassVar[type[Inputs]] = JobShopInputs

    def run(self, inputs: JobShopInputs, seed: int) -> Outcome:
        """One run, and the same orders under the other rules, at other loads and with other quotes."""
        shop = run_shop(inputs, seed)
        found, rules = figures(inputs, shop), under_each_rule(inputs, shop)
        return Outcome(
            measures=_measures(found),
            charts=charts(inputs, shop, rules),
            tables=tables(inputs, shop, rules),
            trace=trace(shop),
            notes=notes(inputs, shop, found, rules),
        )

    def measures(self, inputs: JobShopInputs, seeds: list[int]) -> dict[str, list[float]]:
        """Without the comparisons; the same numbers as ``run``."""
        values: dict[str, list[float]] = {}
        for seed in seeds:
            for name, value in figures(inputs, run_shop(inputs, seed)).items():
                values.setdefault(name, []).append(value)
        return values


# name: label, unit, better, decimals, help
_SHOWN = {
    "lead_time": ("Lead time", "days", "lower", 2, "Mean time in the shop of the orders that were finished."),
    "long_lead": ("Lead time, most work", "days", "lower", 2, "Of the tenth of the orders that has most work in it."),
    "late": ("Late", "%", "lower", 1, "Orders that were finished after their due date."),
    "tardiness": ("Mean tardiness", "h", "lower", 2, "Hours after the due date, over all orders; 0 if on time."),
    "worst": ("Worst", "days late", "lower", 1, "Of all orders, those still in the shop at the end counted."),
    "wip": ("Orders inside", "orders", "lower", 1, "On average: waiting or on a machine."),
    "output": ("Orders a day", "orders", "higher", 2, "That were finished."),
    "busy": ("Busiest station", "%", "", 1, "Its work and its changeovers, as a share of its time."),
    "changeovers": ("Changeovers a day", "", "", 1, "At the lathe and the mill together."),
    "quoted": ("Quoted on average", "days", "lower", 2, "From order to due date, over all orders that come."),
    "rush_week": ("Rush orders a week", "orders", "", 1, "That were finished, in five days."),
    "rush_lead": ("Lead time, rush", "days", "lower", 2, "Mean time in the shop of rush orders."),
    "rush_late": ("Rush orders late", "%", "lower", 1, "Of the rush orders that were finished."),
    "rush_cost": (
        "Rush costs each other order",
        "h",
        "lower",
        2,
        "How much longer the others stay than if nobody knew which orders are rush. Same orders, same luck.",
    ),
}


def _measures(found: dict[str, float]) -> tuple[Measure, ...]:
    return tuple(
        Measure(
            name=name,
            label=_SHOWN[name][0],
            value=value,
            unit=_SHOWN[name][1],
            better=_SHOWN[name][2],
            decimals=_SHOWN[name][3],
            help=_SHOWN[name][4],
        )
        for name, value in found.items()
    )
