"""Charts and tables of the cell: where the time went, OEE by machine, what each change brought, shift by shift."""

from __future__ import annotations

import numpy as np

from techamp.contract import Chart, DataTable, RefLine, Series
from techamp.subjects.manufacturing_systems.explaining.losses import LossTree
from techamp.subjects.manufacturing_systems.simulations.lost_hours import gains
from techamp.subjects.manufacturing_systems.simulations.lost_hours.cell import SHIFT, CellRun, changed
from techamp.subjects.manufacturing_systems.simulations.lost_hours.inputs import MACHINES, LostHoursInputs
from techamp.subjects.manufacturing_systems.simulations.lost_hours.losses import WHERE, ranked
from techamp.subjects.manufacturing_systems.simulations.lost_hours.plan import BY_NAME, GOALS

MOST_ROWS = 40
"""Stops listed in the table; of more, the first ones. Our choice."""
DEMAND = 112.5
"""Good parts that a shift must make: the plant's 225 a day in two shifts."""
SHORT = {
    "lathe_mttr": "Repair",
    "lathe_stops": "Short stops",
    "lathe_slow": "Slow",
    "lathe_setup": "Changeover",
    "lathe_scrap": "Scrap",
    "press_mttr": "Press repair",
    "cell_stops": "Cell stops",
}
LEAVES = {"no parts": "No parts", "no place for parts": "No room", "bad parts": "Bad parts", "setups": "Changeover"}


def charts(inputs: LostHoursInputs, run: CellRun, trees: dict[str, LossTree]) -> tuple[Chart, ...]:
    """``trees``: by machine, as the player counts."""
    made = [_losses(inputs, trees[inputs.machine]), _machines(trees), _shifts(inputs, run)]
    if changed(inputs.goals):
        made.insert(0, _gains(inputs))
    return tuple(made)


def _places(count: int) -> tuple[float, ...]:
    return tuple(float(i) for i in range(1, count + 1))


def _losses(inputs: LostHoursInputs, tree: LossTree) -> Chart:
    lost = [(LEAVES.get(name, name.capitalize()), share * SHIFT) for name, share in ranked(tree) if share > 0.0005]
    name = MACHINES[inputs.machine]
    worst = f"The largest is {lost[0][0].lower()}: {lost[0][1]:.0f} min." if lost else "There is none."
    return Chart(
        name="losses",
        title=f"{name}: minutes lost in a shift",
        x_label="Loss",
        y_label="Lost in a shift of 450 min",
        y_unit="min",
        series=(
            Series(
                name="lost",
                label="This run",
                x=_places(len(lost)),
                y=tuple(round(minutes, 1) for _, minutes in lost),
                shape="bars",
            ),
        ),
        x_names=tuple(label for label, _ in lost),
        words=f"Losses of the {name.lower()}, the largest first, on average in a shift. {worst}",
        equation=(
            f"OEE = availability · performance · quality = {tree.availability:.3f} · {tree.performance:.3f} · "
            f"{tree.quality:.3f} = {tree.oee:.3f}"
        ),
        zero=True,
    )


def _machines(trees: dict[str, LossTree]) -> Chart:
    oee = tuple(round(100 * tree.oee, 1) for tree in trees.values())
    low = min(trees, key=lambda name: trees[name].oee)
    return Chart(
        name="machines",
        title="OEE of each machine",
        x_label="Machine",
        y_label="OEE",
        y_unit="%",
        series=(Series(name="oee", label="This run", x=_places(len(oee)), y=oee, shape="bars"),),
        x_names=tuple(MACHINES[name] for name in trees),
        words=f"{MACHINES[low]} has the lowest OEE, {min(oee):.0f} %. The lowest is not always the one to improve.",
        zero=True,
    )


def _shifts(inputs: LostHoursInputs, run: CellRun) -> Chart:
    counts = np.histogram(run.out, bins=np.arange(inputs.shifts + 1) * SHIFT)[0]
    return Chart(
        name="shifts",
        title="Good parts, shift by shift",
        x_label="Shift",
        y_label="Good parts",
        series=(
            Series(
                name="good",
                label="This run",
                x=_places(len(counts)),
                y=tuple(float(n) for n in counts.tolist()),
                shape="line+points",
            ),
        ),
        lines=(RefLine(label=f"needed {DEMAND:g}", value=DEMAND, kind="target"),),
        words=(
            f"From {counts.min()} to {counts.max()} good parts a shift, {run.a_shift:.1f} on average. Customers need "
            f"{DEMAND:g}."
        ),
        zero=True,
    )


def _gains(inputs: LostHoursInputs) -> Chart:
    found, (all_gain, _) = gains.alone(inputs.goals), gains.together(inputs.goals)
    labels = [SHORT[name] for name in found] + (["All together"] if len(found) > 1 else [])
    values = [gain for gain, _ in found.values()] + ([all_gain] if len(found) > 1 else [])
    best = max(found, key=lambda name: found[name][0])
    return Chart(
        name="gains",
        title="What each change brings by itself",
        x_label="Change",
        y_label="Good parts a shift gained",
        series=(
            Series(
                name="gain",
                label=f"Mean of {len(gains.SEEDS)} weeks, same luck",
                x=_places(len(values)),
                y=tuple(round(value, 2) for value in values),
                shape="bars",
            ),
        ),
        x_names=tuple(labels),
        words=(
            f"{BY_NAME[best].label}: {found[best][0]:+.1f} good parts a shift, for {_hours(inputs, best):.0f} hours of "
            f"work. All changes together: {all_gain:+.1f}."
        ),
        zero=True,
    )


def _hours(inputs: LostHoursInputs, name: str) -> float:
    return BY_NAME[name].cost(inputs.goals[name])


def tables(inputs: LostHoursInputs, run: CellRun, trees: dict[str, LossTree]) -> tuple[DataTable, ...]:
    """The plan, the losses by machine, and the first stops of the chosen machine's log."""
    return (_plan(inputs), _tree(trees), _stops(inputs, run))


def _plan(inputs: LostHoursInputs) -> DataTable:
    rows = []
    for goal in GOALS:
        value = inputs.goals[goal.name]
        each = f"{goal.hours:g} h for {goal.step:g} {goal.unit} less"
        rows.append((f"{goal.label} ({goal.unit})", f"{goal.today:g}", f"{value:g}", each, round(goal.cost(value), 1)))
    heads = ("What", "Today", "Now", "Price", "Hours of work")
    return DataTable(name="plan", title="The plan and its price", columns=heads, rows=tuple(rows))


def _tree(trees: dict[str, LossTree]) -> DataTable:
    rows = []
    for machine, tree in trees.items():
        of = {"availability": tree.availability, "performance": tree.performance, "quality": tree.quality}
        for name, share in ranked(tree):
            factor = WHERE[name]
            rows.append(
                (MACHINES[machine], LEAVES.get(name, name.capitalize()), factor, f"{100 * of[factor]:.1f}",
                 f"{share * SHIFT:.1f}", f"{100 * share:.1f}")
            )  # fmt: skip
    heads = ("Machine", "Loss", "Factor of OEE", "The factor, %", "Minutes a shift", "% of the time")
    return DataTable(name="losses", title="Where the time went", columns=heads, rows=tuple(rows))


def _stops(inputs: LostHoursInputs, run: CellRun) -> DataTable:
    machine, start, end, is_setup = run.stops
    mine = (machine == list(MACHINES).index(inputs.machine)) & (end > 0.0) & (start < run.minutes)
    lines = sorted(zip(start[mine].tolist(), end[mine].tolist(), is_setup[mine].tolist(), strict=True))[:MOST_ROWS]
    name = MACHINES[inputs.machine]
    rows = tuple((name, f"{a:.2f}", f"{b:.2f}", "setup" if setup else "down", f"{b - a:.2f}") for a, b, setup in lines)
    heads = ("machine", "start (min)", "end (min)", "state", "minutes")
    return DataTable(name="log", title=f"The first stops in the log of the {name.lower()}", columns=heads, rows=rows)
