"""Charts of the job shop: each rule on the same orders, lead time by load, late by quote, long and short orders."""

from __future__ import annotations

import numpy as np

from techamp.contract import Chart, Mark, Series
from techamp.subjects.manufacturing_systems.simulations.job_shop.comparing import by_load, by_quote
from techamp.subjects.manufacturing_systems.simulations.job_shop.figures import figures
from techamp.subjects.manufacturing_systems.simulations.job_shop.inputs import DAY, RULES, SHORT, SPOKEN, JobShopInputs
from techamp.subjects.manufacturing_systems.simulations.job_shop.shop_run import ShopRun

Rules = dict[str, ShopRun]
FIFTHS = ("Least work", "2", "3", "4", "Most work")


def charts(inputs: JobShopInputs, shop: ShopRun, rules: Rules) -> tuple[Chart, ...]:
    """All of them; none where no order was finished."""
    if not shop.done.any():
        return ()
    return (
        _leads(inputs, rules),
        _lates(inputs, rules),
        _work(inputs, rules),
        _quotes(inputs, shop),
        _loads(inputs, shop),
    )


def _by_rule(inputs: JobShopInputs, rules: Rules, measure: str) -> tuple[tuple[float, ...], tuple[float | None, ...]]:
    found = [figures(inputs.model_copy(update={"rule": rule}), shop).get(measure) for rule, shop in rules.items()]
    return tuple(float(k) for k in range(len(found))), tuple(None if v is None else round(v, 3) for v in found)


def _here(inputs: JobShopInputs, rules: Rules, y: tuple[float | None, ...]) -> tuple[Mark, ...]:
    k = list(rules).index(inputs.rule)
    return (Mark(x=float(k), y=y[k] or 0.0, label="this run", kind="note"),)


def _leads(inputs: JobShopInputs, rules: Rules) -> Chart:
    x, means = _by_rule(inputs, rules, "lead_time")
    _, longest = _by_rule(inputs, rules, "long_lead")
    told = ", ".join(f"{SPOKEN[rule]} {mean:.2f}" for rule, mean in zip(rules, means, strict=True) if mean)
    return Chart(
        name="leads",
        title="Lead time under each rule, with the same orders",
        x_label="Rule",
        x_names=tuple(SHORT[rule] for rule in rules),
        y_label="Time in the shop",
        y_unit="days",
        series=(
            Series(name="mean", label="Mean", x=x, y=means, shape="bars"),
            Series(name="long", label="The tenth with most work", x=x, y=longest, shape="points", role="aside"),
        ),
        marks=_here(inputs, rules, means),
        words=f"Mean days in the shop: {told}. The points are the tenth of the orders with most work.",
        zero=True,
    )


def _lates(inputs: JobShopInputs, rules: Rules) -> Chart:
    x, late = _by_rule(inputs, rules, "late")
    told = ", ".join(f"{SPOKEN[rule]} {share:.1f}" for rule, share in zip(rules, late, strict=True) if share)
    return Chart(
        name="lates",
        title="Late under each rule, with the same orders",
        x_label="Rule",
        x_names=tuple(SHORT[rule] for rule in rules),
        y_label="Late",
        y_unit="%",
        series=(Series(name="late", label="Orders finished after their date", x=x, y=late, shape="bars"),),
        marks=_here(inputs, rules, late),
        words=f"Percent late: {told}." if told else "No order is late under any rule.",
        zero=True,
    )


def fifths(shop: ShopRun) -> tuple[float | None, ...]:
    """Mean days in the shop of each fifth of the orders, from least to most work; None where there is no order."""
    times = shop.lead_times[np.argsort(shop.orders.work[shop.done], kind="stable")] / DAY
    return tuple(round(float(part.mean()), 3) if len(part) else None for part in np.array_split(times, len(FIFTHS)))


def _work(inputs: JobShopInputs, rules: Rules) -> Chart:
    x, mine, first = tuple(float(k) for k in range(len(FIFTHS))), fifths(rules[inputs.rule]), fifths(rules["fifo"])
    series = [Series(name="mine", label=RULES[inputs.rule], x=x, y=mine, shape="bars")]
    if inputs.rule != "fifo":
        series.append(Series(name="fifo", label=RULES["fifo"], x=x, y=first, shape="points", role="aside"))
    return Chart(
        name="work",
        title="Who waits: orders by the work in them",
        x_label="A fifth of the orders each",
        x_names=FIFTHS,
        y_label="Time in the shop",
        y_unit="days",
        series=tuple(series),
        words=(
            f"The fifth with least work stays {mine[0] or 0.0:.2f} days, the one with most {mine[-1] or 0.0:.2f}. "
            f"First come, first served: {first[0] or 0.0:.2f} and {first[-1] or 0.0:.2f}."
        ),
        zero=True,
    )


def _quotes(inputs: JobShopInputs, shop: ShopRun) -> Chart:
    x, late = by_quote(inputs, shop)
    here = late[x.index(inputs.quote)]
    few = next((quote for quote, share in zip(x, late, strict=True) if share <= 5.0), None)
    told = f"From {few:g} days on, 5 % or less are late." if few else "No quote here brings it to 5 % or less."
    return Chart(
        name="quotes",
        title="Late by the days quoted, under this rule",
        x_label="Days quoted",
        x_unit="days",
        y_label="Late",
        y_unit="%",
        series=(Series(name="late", label=RULES[inputs.rule], x=x, y=late, shape="line+points"),),
        marks=(Mark(x=inputs.quote, y=here, label="here", kind="note"),),
        words=f"With {inputs.quote:g} days quoted {here:.1f} % are late. {told} Rush orders keep their own quote.",
        zero=True,
    )


def _loads(inputs: JobShopInputs, shop: ShopRun) -> Chart:
    x, mine = by_load(inputs, shop.run.seed, inputs.rule)
    series = [Series(name="mine", label=RULES[inputs.rule], x=x, y=mine, shape="line+points")]
    if inputs.rule != "fifo":
        others = by_load(inputs, shop.run.seed, "fifo")[1]
        series.append(Series(name="fifo", label=RULES["fifo"], x=x, y=others, role="aside"))
    here = mine[x.index(inputs.load)]
    there = [(load, lead) for load, lead in zip(x, mine, strict=True) if lead is not None]
    told = (
        f"From {there[0][1]:.2f} days at a load of {there[0][0]:g} % to {there[-1][1]:.2f} at {there[-1][0]:g} %."
        if there
        else "The shop cannot keep up at any of these loads."
    )
    return Chart(
        name="loads",
        title="Lead time by load",
        x_label="Load of the lathe, work alone",
        x_unit="%",
        y_label="Mean time in the shop",
        y_unit="days",
        series=tuple(series),
        marks=() if here is None else (Mark(x=inputs.load, y=here, label="here", kind="note"),),
        words=f"{told} Where a station has no time left there is no point: the queue grows as long as one looks.",
        equation=_little(shop),
        zero=True,
    )


def _little(shop: ShopRun) -> str:
    rate, lead = shop.run.throughput * DAY, shop.run.flow_time / DAY
    return f"Little’s law: orders a day × days in the shop = {rate:.2f} × {lead:.2f} = {rate * lead:.1f} orders inside"
