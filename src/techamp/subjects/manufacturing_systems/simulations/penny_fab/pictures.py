"""Charts and tables of the penny fab."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from techamp.contract import Chart, DataTable, Mark, Series
from techamp.subjects.manufacturing_systems.flow.benchmarks import (
    LineLimits,
    best_case,
    practical_worst_case,
    worst_case,
)
from techamp.subjects.manufacturing_systems.simulations.penny_fab.fab import Count
from techamp.subjects.manufacturing_systems.simulations.penny_fab.words import equation

if TYPE_CHECKING:
    from techamp.subjects.manufacturing_systems.simulations.penny_fab.simulation import PennyFabInputs

_CASES = {"best": "Best case", "practical": "Practical worst case", "worst": "Worst case"}


def charts(inputs: PennyFabInputs, limits: LineLimits, here: Count, curve: Sequence[Count]) -> tuple[Chart, ...]:
    """Throughput and time from door to door against WIP, and the times one penny after another."""
    return (
        _against_wip(limits, here, curve, "throughput"),
        _against_wip(limits, here, curve, "cycle_time"),
        _stopwatch(here),
    )


def _against_wip(limits: LineLimits, here: Count, curve: Sequence[Count], what: str) -> Chart:
    x = tuple(float(count.wip) for count in curve)
    now = tuple(round(float(getattr(count, what)), 5) for count in curve)
    cases = {"best": best_case, "practical": practical_worst_case, "worst": worst_case}
    fine = tuple(sorted({*x, *((limits.critical_wip,) if x[0] < limits.critical_wip < x[-1] else ())}))
    aside = [
        Series(
            name=name,
            label=_CASES[name],
            x=fine,
            y=tuple(round(float(getattr(case(limits, w), what)), 5) for w in fine),
            role="aside",
        )
        for name, case in cases.items()
    ]
    rate = what == "throughput"
    return Chart(
        name=what,
        title="Throughput against pennies in the fab" if rate else "Lead time against pennies in the fab",
        x_label="Pennies in the fab (WIP)",
        x_unit="pennies",
        y_label="Throughput" if rate else "Lead time",
        y_unit="pennies/h" if rate else "h",
        series=(Series(name="fab", label="This fab", x=x, y=now, shape="line+points"), *aside),
        marks=(Mark(x=float(here.wip), y=round(float(getattr(here, what)), 5), label="you", kind="note"),),
        words=_words(limits, here, rate),
        equation=equation(limits, here.wip, what),
        zero=True,
    )


def _words(limits: LineLimits, here: Count, rate: bool) -> str:
    if rate:
        return (
            f"Throughput of this fab, with the same luck, at each number of pennies; yours is {here.throughput:.3f} "
            f"per hour at {here.wip}. The best case rises to {limits.bottleneck_rate:.3f} at {limits.critical_wip:g} "
            f"pennies and stays there; the practical worst case nears it slowly; the worst case stays at "
            f"{1 / limits.raw_process_time:.3f}."
        )
    return (
        f"Lead time at each number of pennies; yours is {here.cycle_time:.1f} hours at {here.wip}. The "
        f"best case stays at {limits.raw_process_time:g} hours up to {limits.critical_wip:g} pennies and then rises; "
        "the practical worst case rises from the second penny on; the worst case is far above both."
    )


def _stopwatch(here: Count) -> Chart:
    return Chart(
        name="stopwatch",
        title="Lead time of each penny, in the order they left",
        x_label="Penny",
        y_label="Lead time",
        y_unit="h",
        series=(
            Series(
                name="times",
                label="This run",
                x=tuple(float(i) for i in range(1, here.pennies + 1)),
                y=tuple(round(v, 3) for v in here.flow.tolist()),
                shape="points",
            ),
        ),
        words=(
            f"Lead times of the {here.pennies} counted pennies: from {here.flow.min():.1f} to "
            f"{here.flow.max():.1f} hours, on average {here.cycle_time:.1f}."
        ),
        zero=True,
    )


def tables(here: Count) -> tuple[DataTable, ...]:
    """Little's law with the numbers of this run, and the penny-hours that make it exact."""
    law = DataTable(
        name="little",
        title="Little’s law with your numbers",
        columns=("What", "How it was found", "Value"),
        rows=(
            ("Throughput", f"{here.pennies} pennies left in {here.hours:.2f} h", f"{here.throughput:.4f} per h"),
            ("Lead time", f"mean of {here.pennies} stopwatch times", f"{here.cycle_time:.4f} h"),
            ("Throughput × lead time", "the product of the two", f"{here.throughput * here.cycle_time:.4f} pennies"),
            ("WIP", "counted at any moment", f"{here.wip} pennies"),
        ),
    )
    ledger = DataTable(
        name="penny_hours",
        title="Why the product is not quite the WIP: the penny-hours of the count",
        columns=("Penny-hours", "h"),
        rows=(
            (f"The {here.pennies} pennies that left, door to door", f"{float(here.flow.sum()):.2f}"),
            ("less what they and others had spent inside before you began", f"−{here.before:.2f}"),
            ("plus what those still inside have spent so far", f"+{here.inside:.2f}"),
            ("spent inside while you counted", f"{here.penny_hours:.2f}"),
            (f"{here.wip} pennies for {here.hours:.2f} h", f"{here.wip * here.hours:.2f}"),
        ),
    )
    return law, ledger
