"""Charts and tables of the lots."""

from __future__ import annotations

from itertools import islice

import numpy as np

from techamp.contract import Chart, DataTable, RefLine, Series
from techamp.subjects.process_control.sampling.attribute_plans import acceptance
from techamp.subjects.process_control.simulations.lot_inspector.inputs import LotInputs, prices
from techamp.subjects.process_control.simulations.lot_inspector.receiving import REJECTED, Lots, Policy, expected_cost
from techamp.subjects.process_control.simulations.lot_inspector.words import INSPECTION_NAMES, VERDICTS, plan_words

POINTS = 61
FIRST_LOTS = 20  # in the table: as many as one reads
BILL = ("Inspecting", "Rejecting", "Escapes")


def charts(inputs: LotInputs, policy: Policy, lots: Lots) -> tuple[Chart, ...]:
    """Lots in order, operating characteristic, expected cost, and the bill."""
    found = [_lots(inputs, lots), _costs(inputs, policy), _bill(inputs, lots)]
    return (found[0], _characteristic(inputs, policy), *found[1:]) if policy.plans else tuple(found)


def _shares(inputs: LotInputs) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    top = max(0.08, 1.5 * inputs.bad_share / 100.0)
    return np.linspace(0.0, min(0.3, top), POINTS)


def _percent(values: np.ndarray[tuple[int], np.dtype[np.float64]]) -> tuple[float, ...]:
    return tuple(np.round(100.0 * values, 3).tolist())


def _lots(inputs: LotInputs, lots: Lots) -> Chart:
    number = [float(k + 1) for k in range(len(lots.bad))]
    share = [round(100.0 * bad / inputs.lot_size, 2) for bad in lots.bad]
    process = tuple(inputs.bad_share if spell else inputs.good_share for spell in lots.spell)
    series = [Series(name="process", label="Supplier's share", x=tuple(number), y=process, shape="steps", role="aside")]
    for name, label, wanted in (("passed", "Passed", False), ("rejected", "Rejected", True)):
        rows = [k for k, verdict in enumerate(lots.verdict) if (verdict == REJECTED) is wanted]
        if rows:
            series.append(
                Series(
                    name=name,
                    label=label,
                    x=tuple(number[k] for k in rows),
                    y=tuple(share[k] for k in rows),
                    shape="points",
                    role="aside" if wanted else "now",
                )
            )
    return Chart(
        name="lots",
        title="What came in",
        x_label="Lot",
        y_label="Bad motors in the lot",
        y_unit="%",
        series=tuple(series),
        words="The true share of bad motors in each lot, which only a simulation shows, and the supplier's own share.",
        zero=True,
    )


def _characteristic(inputs: LotInputs, policy: Policy) -> Chart:
    p = _shares(inputs)
    series = tuple(
        Series(
            name=name,
            label=name.capitalize() if policy.kind == "standard" else "My plan",
            x=_percent(p),
            y=tuple(round(100.0 * acceptance(plan, share), 2) for share in p.tolist()),
            role="now" if name == "normal" else "aside",
        )
        for name, plan in policy.plans.items()
    )
    normal = policy.plans["normal"]
    passed = [100.0 * acceptance(normal, share / 100.0) for share in (inputs.good_share, inputs.bad_share)]
    return Chart(
        name="oc",
        title="How often a lot is accepted",
        x_label="Share of bad motors",
        x_unit="%",
        y_label="Lots accepted",
        y_unit="%",
        series=series,
        lines=(
            RefLine(label="Good times", value=inputs.good_share, axis="x", kind="target"),
            RefLine(label="Bad times", value=inputs.bad_share, axis="x", kind="spec"),
        ),
        words=(
            f"Normal: {plan_words(normal)}. Lots from good times pass with {passed[0]:.0f} %, from bad times with "
            f"{passed[1]:.0f} %."
        ),
        equation="P(accept) = P(bad motors in the sample ≤ acceptance number), binomial",
        zero=True,
    )


def _costs(inputs: LotInputs, policy: Policy) -> Chart:
    p, price = _shares(inputs), prices(inputs)
    size, x = inputs.lot_size, _percent(_shares(inputs))
    series = []
    if policy.plans:
        give_back, plan = policy.give_back, policy.plans["normal"]
        cost = [expected_cost(plan, share, size, price, give_back=give_back) for share in p.tolist()]
        series.append(Series(name="plan", label="Your plan", x=x, y=tuple(round(c, 2) for c in cost)))
    none, every = price.escape * size * p, np.full(POINTS, price.inspect * size)
    for name, label, values in (("none", "Let through", none), ("all", "Inspect all", every)):
        series.append(Series(name=name, label=label, x=x, y=tuple(np.round(values, 2).tolist()), role="aside"))
    return Chart(
        name="costs",
        title="What a lot costs by theory",
        x_label="Share of bad motors",
        x_unit="%",
        y_label="Cost of a lot",
        y_unit="USD",
        series=tuple(series),
        words=(
            "Expected cost of a lot under normal inspection, against letting every lot through (rising line) and "
            "inspecting every motor (level line)."
        ),
        zero=True,
    )


def bill(inputs: LotInputs, lots: Lots) -> tuple[float, float, float]:
    """USD for inspecting, rejecting, escapes."""
    rejected = sum(verdict == REJECTED for verdict in lots.verdict)
    return (
        sum(lots.inspected) * inputs.inspect_cost,
        rejected * inputs.reject_cost,
        sum(lots.escaped) * inputs.escape_cost,
    )


def _bill(inputs: LotInputs, lots: Lots) -> Chart:
    parts = bill(inputs, lots)
    return Chart(
        name="bill",
        title="Where the money went",
        x_label="",
        y_label="Cost",
        y_unit="USD",
        series=(
            Series(
                name="cost", label="Cost", x=(0.0, 1.0, 2.0), y=tuple(round(part, 2) for part in parts), shape="bars"
            ),
        ),
        x_names=BILL,
        words="; ".join(f"{name} ${part:,.0f}" for name, part in zip(BILL, parts, strict=True)) + ".",
        zero=True,
    )


def tables(policy: Policy, lots: Lots) -> tuple[DataTable, ...]:
    """The plans, and the first lots one by one; the chart of the lots has a table of them all."""
    rows = zip(lots.inspection, lots.sampled, lots.found, lots.verdict, lots.bad, lots.escaped, strict=True)
    return (
        DataTable(
            name="lots",
            title=f"The first {FIRST_LOTS} lots",
            columns=("Lot", "Inspection", "Sample", "Found bad", "Verdict", "Bad in the lot", "Bad on the line"),
            rows=tuple(
                (k + 1, INSPECTION_NAMES[i], n, found, VERDICTS[verdict], bad, escaped)
                for k, (i, n, found, verdict, bad, escaped) in enumerate(islice(rows, FIRST_LOTS))
            ),
        ),
        DataTable(
            name="plans",
            title="The plans",
            columns=("Inspection", "Plan"),
            rows=tuple((name.capitalize(), plan_words(plan)) for name, plan in policy.plans.items()),
        ),
    )
