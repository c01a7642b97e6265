"""Value-stream metrics: how much of the lead time is work. Reference: Rother & Shook (1999), Learning to See."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from techamp.subjects.manufacturing_systems.faults import Faults


@dataclass(frozen=True)
class Step:
    """One box of the map: what it takes to process a part, and the parts that lie before it.

    ``process_time`` and ``value_added_time`` (all of it unless told) in one time unit; ``uptime`` is the share of time
    """

    name: str
    process_time: float
    inventory_before: float = 0.0
    value_added_time: float | None = None
    uptime: float = 1.0


@dataclass(frozen=True)
class ValueStream:
    """Times in the unit of the steps. ``ladder`` holds (waiting, processing) of each step, as the map draws it.

    ``efficiency`` is process-cycle efficiency, value-added time over lead time. ``slower_than_takt`` names the steps
    that cannot keep the pace of demand.
    """

    lead_time: float
    process_time: float
    value_added_time: float
    efficiency: float
    takt: float
    ladder: tuple[tuple[float, float], ...]
    slower_than_takt: tuple[str, ...]


def value_stream(steps: Sequence[Step], demand_rate: float, finished_goods: float = 0.0) -> ValueStream:
    """Return lead time, process time and process-cycle efficiency of a value stream.

    Parts lying somewhere wait inventory / demand rate (Little's law); so ``demand_rate`` is in parts per time unit of
    the steps. ``finished_goods`` wait for shipping. Example (Rother & Shook's Acme plant, in days of 920 parts: stock
    for 5, 7.6, 1.8, 2.7, 2 and 4.5 days, 188 s of work): 23.6 days.

    >>> day = 55_200  # seconds
    >>> acme = [Step("stamp", 1, 4600), Step("weld 1", 39, 7000), Step("weld 2", 46, 1700),
    ...         Step("assemble 1", 62, 2450), Step("assemble 2", 40, 1840)]
    >>> found = value_stream(acme, demand_rate=920 / day, finished_goods=4140)
    >>> round(found.lead_time / day, 1), found.process_time, found.slower_than_takt
    (23.6, 188.0, ('assemble 1',))
    """
    _check(steps, demand_rate, finished_goods)
    takt = 1.0 / demand_rate
    ladder = [(step.inventory_before / demand_rate, float(step.process_time)) for step in steps]
    if finished_goods:
        ladder.append((finished_goods / demand_rate, 0.0))
    work = sum(process for _, process in ladder)
    lead = sum(wait for wait, _ in ladder) + work
    value = sum(step.process_time if step.value_added_time is None else step.value_added_time for step in steps)
    slow = tuple(step.name for step in steps if step.process_time / step.uptime > takt * (1.0 + 1e-12))
    return ValueStream(lead, work, value, value / lead, takt, tuple(ladder), slow)


def _check(steps: Sequence[Step], demand_rate: float, finished_goods: float) -> None:
    faults = Faults()
    faults.require(len(steps) > 0, "steps", "must have a step or more", list(steps), "Add the first process.")
    faults.positive("demand rate", demand_rate, "Enter the parts wanted per time unit.")
    faults.not_negative("finished goods", finished_goods, "Enter the parts that wait for shipping.")
    for step in steps:
        faults.positive(f"{step.name}, process time", step.process_time, "Enter the time per part.")
        faults.not_negative(f"{step.name}, inventory", step.inventory_before, "Count the parts before the step.")
        faults.chance(f"{step.name}, uptime", step.uptime, "Enter a share such as 0.85.")
        if step.value_added_time is not None:
            name = f"{step.name}, value-added time"
            remedy = "Enter the part of the process time that the customer pays for."
            if faults.not_negative(name, step.value_added_time, remedy):
                holds = step.value_added_time <= step.process_time
                faults.require(holds, name, "must be at most the process time", step.value_added_time, remedy)
    faults.stop()
