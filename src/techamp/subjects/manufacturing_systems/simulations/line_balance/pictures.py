"""Charts, tables and the trace of line balance."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from techamp.contract import Chart, DataTable, Mark, RefLine, Series, Trace
from techamp.subjects.manufacturing_systems.simulations.line_balance.inputs import (
    DAY,
    MOST_STATIONS,
    TASKS,
    LineBalanceInputs,
)
from techamp.subjects.manufacturing_systems.simulations.line_balance.plan import (
    ARCS,
    LETTERS,
    Plan,
    fairest,
    plan_of,
    proven,
    tasks_of,
)
from techamp.subjects.manufacturing_systems.simulations.line_balance.shift import SHOWN, made, work
from techamp.subjects.manufacturing_systems.simulations.line_balance.words import name_of

if TYPE_CHECKING:
    from techamp.subjects.manufacturing_systems.simulations.the_line.line_run import Replay

DAYS = tuple(range(1, 11))
ROOMS = tuple(range(0, 11))
DEMANDS = tuple(range(150, 501, 10))


def charts(plan: Plan, inputs: LineBalanceInputs, output: float) -> tuple[Chart, ...]:
    """Loads against takt, output by places between stations, stations by demand."""
    room = [_room(plan, inputs, output)] if plan.runs and len(plan.numbers) > 1 else []
    return (_loads(plan, inputs), *room, _stations(plan, inputs))


def _loads(plan: Plan, inputs: LineBalanceInputs) -> Chart:
    loads, best = plan.balance.loads, fairest(tasks_of(inputs), len(plan.numbers))
    x = tuple(float(i) for i in range(len(loads)))
    most = max(range(len(loads)), key=lambda i: loads[i])
    return Chart(
        name="loads",
        title="Work at each station",
        x_label="Station",
        x_names=tuple(f"{n}" for n in plan.numbers),
        y_label="Seconds a part",
        y_unit="s",
        series=(
            Series(name="load", label="Your balance", x=x, y=loads, shape="bars"),
            Series(
                name="fairest",
                label="The fairest split",
                x=tuple(float(i) for i in range(len(best.loads))),
                y=best.loads,
                shape="points",
                role="aside",
            ),
        ),
        lines=(RefLine(label=f"Takt {inputs.takt:.0f} s", value=round(inputs.takt, 1), kind="limit"),),
        words=f"{name_of(plan, most)} has the most, {loads[most]:.0f} s, and takt is {inputs.takt:.0f} s. "
        f"The fairest split of as many stations has at most {best.cycle_time:.0f} s.",
        equation=f"takt = 54,000 s ÷ {inputs.demand} = {inputs.takt:.1f} s",
        zero=True,
    )  # fmt: skip


@lru_cache(maxsize=64)
def by_room(inputs: LineBalanceInputs) -> tuple[float, ...]:
    """Mean output of ten days for 0, 1, … 10 places between stations: the same days for everybody."""
    plan = plan_of(inputs)
    return tuple(float(np.mean([made(work(plan, inputs, day, room)) for day in DAYS])) for room in ROOMS)


def _room(plan: Plan, inputs: LineBalanceInputs, output: float) -> Chart:
    found = by_room(inputs.model_copy(update={"places": 0}))
    return Chart(
        name="room",
        title="What places between stations bring",
        x_label="Places between two stations",
        y_label="Actuators in a day",
        series=(
            Series(
                name="mean", label="Mean of ten days", x=tuple(float(r) for r in ROOMS), y=found, shape="line+points"
            ),
        ),
        lines=(RefLine(label=f"Demand {inputs.demand}", value=float(inputs.demand), kind="target"),),
        marks=(Mark(x=float(inputs.places), y=output, label="this day", kind="note"),),
        words=f"{found[0]:.0f} a day with no place between stations, {found[2]:.0f} with two, "
        f"{found[-1]:.0f} with ten. The longest station alone would allow {DAY / plan.longest:.0f}.",
        equation=f"54,000 s ÷ {plan.longest:.0f} s = {DAY / plan.longest:.0f} a day, if nothing varied",
    )


@lru_cache(maxsize=8)
def by_demand(driver: bool) -> tuple[tuple[float, float | None, float | None, float], ...]:
    """Demand, fewest stations, stations by positional weight, work content over takt."""
    found = []
    for demand in DEMANDS:
        at = LineBalanceInputs.read({"demand": demand, "driver": driver})
        both = proven(tasks_of(at), at.takt)
        best, quick = (None, None) if both is None else (float(len(both[0].stations)), float(len(both[1].stations)))
        found.append((float(demand), best, quick, round(sum(at.seconds) / at.takt, 3)))
    return tuple(found)


def _stations(plan: Plan, inputs: LineBalanceInputs) -> Chart:
    demand, best, quick, share = zip(*by_demand(inputs.driver), strict=True)
    least = proven(tasks_of(inputs), inputs.takt)
    here = "" if least is None else f"At {inputs.demand} a day, {len(least[0].stations)} can do. "
    return Chart(
        name="stations",
        title="Stations that a demand needs",
        x_label="Demand, parts a day",
        y_label="Stations",
        series=(
            Series(name="best", label="Fewest, proven", x=demand, y=best, shape="steps"),
            Series(name="weights", label="By positional weight", x=demand, y=quick, shape="points", role="aside"),
            Series(name="share", label="Work ÷ takt", x=demand, y=share, role="aside"),
        ),
        marks=(Mark(x=float(inputs.demand), y=float(len(plan.numbers)), label="yours", kind="note"),),
        words=f"{here}Whole tasks do not fill a takt to the last second, so the steps lie above the slanted line.",
        equation=f"{sum(inputs.seconds)} s ÷ {inputs.takt:.1f} s = {sum(inputs.seconds) / inputs.takt:.2f}",
        zero=True,
    )


def tables(plan: Plan, inputs: LineBalanceInputs) -> tuple[DataTable, ...]:
    """Station by station, and the tasks with their positional weights in the order in which the rule takes them."""
    balance = plan.balance
    rows = tuple(
        (number, _letters(station), int(load), round(inputs.takt - load, 1), f"{100 * load / inputs.takt:.0f} %")
        for number, station, load in zip(plan.numbers, balance.stations, balance.loads, strict=True)
    )
    tasks = tasks_of(inputs)
    weights = tasks.positional_weights()
    order = sorted(range(len(TASKS)), key=lambda j: (-weights[j], -tasks.times[j], j))
    ranked = tuple(
        (LETTERS[j], TASKS[j].name, inputs.seconds[j], " ".join(TASKS[j].after) or "–", int(weights[j])) for j in order
    )
    return (
        DataTable(
            name="balance", title="Your balance",
            columns=("Station", "Tasks", "Work, s", "Left of takt, s", "Of takt"), rows=rows,
        ),
        DataTable(
            name="weights", title="Tasks by positional weight: a task and all that follows it",
            columns=("Task", "What is done", "Time, s", "After", "Weight, s"), rows=ranked,
        ),
    )  # fmt: skip


def _letters(station: tuple[int, ...]) -> str:
    return " ".join(LETTERS[j] for j in station)


def trace(plan: Plan, inputs: LineBalanceInputs, hour: Replay | None, summary: str) -> Trace:
    """One row for each visit of a part to a station in the first hour; no row but the start for a line that cannot run.

    The last row is no visit: it ends the hour. ``summary`` is what the scene says at the end.
    """
    fixed: dict[str, Any] = {
        "letters": list(LETTERS),
        "names": [task.name for task in TASKS],
        "seconds": list(inputs.seconds),
        "arcs": [list(arc) for arc in ARCS],
        "chosen": list(inputs.chosen),
        "numbers": list(plan.numbers),
        "most": MOST_STATIONS,
        "takt": round(inputs.takt, 2),
        "broken": [list(pair) for pair in plan.broken],
        "summary": summary,
    }
    if hour is None:
        empty: dict[str, tuple[Any, ...]] = dict.fromkeys(("started", "ended", "left"), (0.0,))
        return Trace(t=(0.0,), unit="min", columns={"part": (-1,), "station": (0,), **empty}, fixed=fixed)
    t = np.clip(np.append(hour.left, SHOWN), 0.0, SHOWN)
    order = np.argsort(t, kind="stable")

    def column(values: Any, last: float) -> tuple[Any, ...]:
        whole = np.append(values, last)[order]
        return tuple(np.round(whole, 3).tolist() if whole.dtype.kind == "f" else whole.tolist())

    beyond = 2.0 * SHOWN
    return Trace(
        t=tuple(np.round(t[order], 3).tolist()),
        unit="min",
        columns={
            "part": column(hour.part, -1),
            "station": column(hour.station, 0),
            "started": column(hour.started, beyond),
            "ended": column(hour.ended, beyond),
            "left": column(hour.left, beyond),
        },
        fixed=fixed,
    )
