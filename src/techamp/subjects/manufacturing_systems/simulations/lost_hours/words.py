"""What lost hours says after a run."""

from __future__ import annotations

from techamp.subjects.manufacturing_systems.explaining.losses import LossTree
from techamp.subjects.manufacturing_systems.simulations.lost_hours import gains
from techamp.subjects.manufacturing_systems.simulations.lost_hours.cell import SHIFT, CellRun, changed
from techamp.subjects.manufacturing_systems.simulations.lost_hours.inputs import MACHINES, LostHoursInputs
from techamp.subjects.manufacturing_systems.simulations.lost_hours.losses import ranked
from techamp.subjects.manufacturing_systems.simulations.lost_hours.pictures import LEAVES
from techamp.subjects.manufacturing_systems.simulations.lost_hours.plan import BY_NAME, hours_of

NOTHING = 0.25
"""Good parts a shift below which a gain is called nothing. Our choice."""


def notes(
    inputs: LostHoursInputs, run: CellRun, trees: dict[str, LossTree], active: dict[str, float], full: LossTree
) -> tuple[str, ...]:
    """OEE in one sentence, stops counted, who holds the cell back, the plan, and what was left out. ``full`` is the
    chosen machine's tree with nothing left out."""
    tree = trees[inputs.machine]
    said = [
        _oee(inputs, run, tree),
        _stops(inputs, run, tree),
        _bottleneck(active, trees),
        *_plan(inputs),
        *_left_out(inputs, tree, full),
    ]
    return tuple(text for text in said if text)


def _oee(inputs: LostHoursInputs, run: CellRun, tree: LossTree) -> str:
    lost = ranked(tree)
    name = LEAVES.get(lost[0][0], lost[0][0]).lower() if lost else ""
    worst = f" The largest loss is {name}, {lost[0][1] * SHIFT:.0f} minutes a shift." if lost else ""
    return (
        f"{run.a_shift:.1f} good parts a shift. {MACHINES[inputs.machine]}: OEE {100 * tree.oee:.0f} % = availability "
        f"{100 * tree.availability:.0f} % × performance {100 * tree.performance:.0f} % × quality "
        f"{100 * tree.quality:.0f} %.{worst}"
    )


def _stops(inputs: LostHoursInputs, run: CellRun, tree: LossTree) -> str:
    machine, start, end, is_setup = run.stops
    mine = (machine == list(MACHINES).index(inputs.machine)) & (is_setup == 0) & (end > 0) & (start < run.minutes)
    lengths = (end - start)[mine]
    short = int((lengths < inputs.short_stop).sum())
    long = int(mine.sum()) - short
    if not len(lengths):
        return "The machine never stood still."
    many = f"{short} short stop{'s' if short != 1 else ''} took {tree.short_stops * run.minutes:.0f} minutes in all"
    few = f"{long} breakdown{'s' if long != 1 else ''} took {tree.breakdowns * run.minutes:.0f}"
    return f"In {inputs.shifts} shifts, {many}, and {few}. A stop below {inputs.short_stop:g} minutes counts as short."


def _bottleneck(active: dict[str, float], trees: dict[str, LossTree]) -> str:
    at = max(active, key=lambda name: active[name])
    low = min(trees, key=lambda name: trees[name].oee)
    said = f"The {MACHINES[at].lower()} works, is set up or is down {100 * active[at]:.0f} % of the time"
    said += ", more than any other: it sets the pace of the cell."
    if low != at:
        said += f" The lowest OEE, {100 * trees[low].oee:.0f} %, belongs to the {MACHINES[low].lower()}, which waits."
    return said


def _plan(inputs: LostHoursInputs) -> list[str]:
    names = changed(inputs.goals)
    if not names:
        return []
    (gain, error), hours = gains.together(inputs.goals), hours_of(inputs.goals)
    sure = f"on average over {len(gains.SEEDS)} weeks with the same luck (±{2 * error:.1f})"
    said = f"The plan takes {hours:.0f} hours of work and brings {gain:+.1f} good parts a shift, {sure}."
    idle = [
        BY_NAME[name].label
        for name, (value, _) in gains.alone(inputs.goals).items()
        if abs(value) < NOTHING and BY_NAME[name].cost(inputs.goals[name]) > 0
    ]
    if idle:
        wasted = sum(BY_NAME[n].cost(inputs.goals[n]) for n in names if BY_NAME[n].label in idle)
        said += f" {wasted:.0f} of these hours brought nothing: {'; '.join(idle)}."
    return [said]


def _left_out(inputs: LostHoursInputs, tree: LossTree, full: LossTree) -> list[str]:
    """What counting otherwise did to OEE, and that it made no part."""
    if abs(tree.oee - full.oee) < 0.0005:
        return []
    return [
        f"With nothing left out and the data sheet’s time, OEE is {100 * full.oee:.0f} % and not "
        f"{100 * tree.oee:.0f} %. Counting otherwise made no part more."
    ]
