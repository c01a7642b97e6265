"""Tables of the job shop: each rule, each station, each kind of order, and who pays for rush orders."""

from __future__ import annotations

import numpy as np

from techamp.contract import DataTable
from techamp.subjects.manufacturing_systems.simulations.job_shop.figures import figures, without_tags
from techamp.subjects.manufacturing_systems.simulations.job_shop.inputs import DAY, KINDS, RULES, JobShopInputs
from techamp.subjects.manufacturing_systems.simulations.job_shop.shop_run import ShopRun


def tables(inputs: JobShopInputs, shop: ShopRun, rules: dict[str, ShopRun]) -> tuple[DataTable, ...]:
    """All of them; the one about rush orders only where some came."""
    found = (_rules(inputs, rules), _stations(shop), _kinds(inputs, shop))
    return (*found, _rush(inputs, shop)) if (shop.done & shop.orders.rush).any() else found


_COLUMNS = (
    ("lead_time", "Mean lead time, days", 2),
    ("long_lead", "Tenth with most work, days", 2),
    ("late", "Late, %", 1),
    ("tardiness", "Mean tardiness, h", 2),
    ("worst", "Worst, days late", 1),
    ("wip", "Orders inside", 1),
    ("changeovers", "Changeovers a day", 1),
)


def _rules(inputs: JobShopInputs, rules: dict[str, ShopRun]) -> DataTable:
    rows = []
    for rule, shop in rules.items():
        found = figures(inputs.model_copy(update={"rule": rule}), shop)
        numbers = (f"{found[name]:.{digits}f}" if name in found else "–" for name, _, digits in _COLUMNS)
        rows.append((RULES[rule], *numbers))
    return DataTable(
        name="rules",
        title="Each rule on the same orders",
        columns=("Rule", *(label for _, label, _ in _COLUMNS)),
        rows=tuple(rows),
    )


def _stations(shop: ShopRun) -> DataTable:
    rows = []
    for station in shop.run.stations:
        steps = [step for step in shop.run.steps if step.station == station.name]
        waited, came = sum(step.times["queue"] for step in steps), sum(step.parts_in for step in steps)
        rows.append(
            (
                station.name.capitalize(),
                f"{100 * station.share('busy'):.1f}",
                f"{100 * station.share('setup'):.1f}",
                f"{waited / shop.run.duration:.2f}",
                f"{waited / max(1, came) / 60:.2f}",
            )
        )
    columns = ("Station", "Working, %", "Changeover, %", "Orders waiting", "Mean wait of a visit, h")
    return DataTable(name="stations", title="Each station", columns=columns, rows=tuple(rows))


def _kinds(inputs: JobShopInputs, shop: ShopRun) -> DataTable:
    orders, done = shop.orders, shop.done
    times, late = (orders.finished - orders.arrived) / DAY, orders.finished > orders.due
    rows = []
    for k, kind in enumerate(KINDS):
        mine = done & (orders.kind == k)
        rows.append(
            (
                kind.name,
                ", ".join(station for station, _ in kind.route),
                f"{100 * kind.share:.0f}",
                f"{kind.work / 60:.1f}",
                f"{inputs.quoted(k, False) / DAY:.1f}",
                f"{times[mine].mean():.2f}" if mine.any() else "–",
                f"{100 * late[mine].mean():.1f}" if mine.any() else "–",
            )
        )
    columns = ("Kind", "Route", "Share, %", "Work, h", "Quoted, days", "Mean lead time, days", "Late, %")
    return DataTable(name="kinds", title="Each kind of order", columns=columns, rows=tuple(rows))


def _rush(inputs: JobShopInputs, shop: ShopRun) -> DataTable:
    plain = without_tags(inputs, shop)
    rows = []
    for name, rush in (("Rush orders", True), ("All others", False)):
        means = []
        for one in (shop, plain):
            times = one.lead_times[one.orders.rush[one.done] == rush]
            means.append(float(times.mean()) / 60.0 if len(times) else np.nan)
        count = int((shop.orders.rush[shop.done] == rush).sum())
        cells = (f"{value:.1f}" if np.isfinite(value) else "–" for value in (*means, means[0] - means[1]))
        rows.append((name, str(count), *cells))
    columns = ("Orders", "Finished", "In the shop, h", "If nobody knew of the rush, h", "Difference, h")
    return DataTable(name="rush", title="Who pays for rush orders", columns=columns, rows=tuple(rows))
