"""What the penny fab says: names of its choices, and in words what happened, what it means and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from techamp.subjects.manufacturing_systems.flow.benchmarks import LineLimits, best_case, practical_worst_case
from techamp.subjects.manufacturing_systems.simulations.penny_fab.fab import STATIONS, Count

if TYPE_CHECKING:
    from techamp.subjects.manufacturing_systems.simulations.penny_fab.simulation import PennyFabInputs

FABS = {
    "one": "Penny Fab One: four machines, 2 hours each",
    "two": "Penny Fab Two: 1, 2, 6 and 2 machines of 2, 5, 10 and 3 hours",
    "own": "Your own times and machines",
}
MOVES = {"single": "Each penny moves on when it is done", "tray": "All pennies wait on a tray and move together"}
NEAR = 0.03
"""Closer than this to a curve counts as on it. Our choice; 200 pennies leave about that much chance."""


def notes(inputs: PennyFabInputs, limits: LineLimits, count: Count) -> tuple[str, ...]:
    """What happened, where it lies between the limits and why, Little's law, and what more pennies would do."""
    first = (
        f"With {_pennies(count.wip)} inside, {count.throughput:.3f} pennies leave per hour, "
        f"and a penny takes {count.cycle_time:.1f} hours from door to door."
    )
    return (first, _place(inputs, limits, count), _why(inputs), _little(count), _more(limits, count.wip))


def _pennies(n: int) -> str:
    return f"{n} penny" if n == 1 else f"{n} pennies"


def _place(inputs: PennyFabInputs, limits: LineLimits, count: Count) -> str:
    best = best_case(limits, count.wip).throughput
    practical = practical_worst_case(limits, count.wip).throughput
    if count.wip == 1:
        return "With a single penny nothing ever waits, and all the curves begin at the same point."
    if count.throughput >= best * (1.0 - NEAR):
        return f"That is the best case, {best:.3f} per hour: no fab with these stations and pennies makes more."
    share = f"{100 * count.throughput / best:.0f} % of the best case ({best:.3f} per hour)"
    if inputs.moves == "tray":
        return f"That is {share}. The worst case, {1 / limits.raw_process_time:.3f} per hour, is a tray and no chance."
    ratio = count.throughput / practical
    if abs(ratio - 1.0) <= NEAR:
        return f"That is {share}, and right on the practical worst case ({practical:.3f} per hour)."
    if ratio > 1.0:
        return f"That is {share}, and {ratio:.2f} times the practical worst case: a fab that uses its pennies well."
    return f"That is {share}, and only {ratio:.2f} times the practical worst case: something can be found here."


def _why(inputs: PennyFabInputs) -> str:
    if inputs.moves == "tray":
        return "On a tray every penny waits for all the others at each station, before its turn or after it."
    if inputs.cv == 0.0:
        return "All times are equal, so pennies keep their distance, and only the slowest station can make them wait."
    return (
        "Times vary, so pennies bunch up: some wait in line at one station while another station has nothing to do. "
        "An hour that a station stood idle does not come back."
    )


def _little(count: Count) -> str:
    product = count.throughput * count.cycle_time
    said = f"Little’s law: {count.throughput:.3f} per hour × {count.cycle_time:.1f} hours = {product:.2f} pennies"
    if abs(product - count.wip) < 0.005:
        return f"{said}, as many as were inside."
    return f"{said}, and {count.wip} were inside. The table of penny-hours shows where the difference comes from."


def _more(limits: LineLimits, wip: int) -> str:
    slowest = [name for name, rate in zip(STATIONS, limits.rates, strict=True) if rate == limits.bottleneck_rate]
    where = f"Station {slowest[0]} sets" if len(slowest) == 1 else f"Stations {' and '.join(_listed(slowest))} set"
    limit = f"{where} the limit: {limits.bottleneck_rate:.3f} pennies per hour, however many are inside."
    side = "below" if wip < limits.critical_wip else "at" if wip == limits.critical_wip else "above"
    return f"{limit} The critical WIP is {limits.critical_wip:g} pennies; you are {side} it."


def _listed(names: list[str]) -> list[str]:
    return [", ".join(names[:-1]), names[-1]]


def equation(limits: LineLimits, wip: int, of: str) -> str:
    """The three curves at this WIP, with numbers, as plain text."""
    rate, time, critical = limits.bottleneck_rate, limits.raw_process_time, limits.critical_wip
    best, practical = best_case(limits, wip), practical_worst_case(limits, wip)
    if of == "throughput":
        return (
            f"best = min(w/T0, rb) = min({wip}/{time:g}, {rate:.4g}) = {best.throughput:.4f}; "
            f"practical worst = w/(W0 + w − 1) · rb = {wip}/({critical:g} + {wip} − 1) · {rate:.4g} = "
            f"{practical.throughput:.4f}; worst = 1/T0 = {1 / time:.4f} pennies/h"
        )
    return (
        f"best = max(T0, w/rb) = max({time:g}, {wip}/{rate:.4g}) = {best.cycle_time:.4g}; "
        f"practical worst = T0 + (w − 1)/rb = {time:g} + {wip - 1}/{rate:.4g} = {practical.cycle_time:.4g}; "
        f"worst = w · T0 = {wip} · {time:g} = {wip * time:g} h"
    )
