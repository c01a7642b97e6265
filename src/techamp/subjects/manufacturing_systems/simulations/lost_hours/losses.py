"""From the log to OEE: the event log study's reading of states, with what the player counts as a loss."""

from __future__ import annotations

from dataclasses import replace

from techamp.subjects.manufacturing_systems.explaining.losses import LossTree
from techamp.subjects.manufacturing_systems.simulations.lost_hours.cell import IDEAL, CellRun
from techamp.subjects.manufacturing_systems.simulations.lost_hours.inputs import MACHINES, LostHoursInputs
from techamp.subjects.manufacturing_systems.studies.event_log.analysis import machine_times

WHERE = {
    "breakdowns": "availability",
    "setups": "availability",
    "short stops": "performance",
    "slow cycles": "performance",
    "no parts": "performance",
    "no place for parts": "performance",
    "bad parts": "quality",
}
"""The factor of OEE that each loss belongs to."""


def loss_tree(run: CellRun, machine: str, short_stop: float) -> LossTree:
    """The losses of one machine with nothing left out, shares of the counted time."""
    place = list(MACHINES).index(machine)
    found = machine_times(run.log, place, IDEAL[machine], short_stop).tree
    blocked = min(found.no_parts, run.blocked(place) / run.minutes)
    return replace(found, no_place=blocked, no_parts=found.no_parts - blocked)


def counted(tree: LossTree, inputs: LostHoursInputs) -> LossTree:
    """The same tree as the player counts: what is left out is time that was not planned."""
    if inputs.standard == "usual":
        made = tree.good_parts + tree.bad_parts
        longer = (made + tree.slow) / made if made > 0 else 1.0
        tree = replace(tree, slow=0.0, good_parts=tree.good_parts * longer, bad_parts=tree.bad_parts * longer)
    if inputs.setups == "planned":
        tree = replace(tree, off_shift=tree.off_shift + tree.setups, setups=0.0)
    if inputs.waiting == "outside":
        waits = tree.no_parts + tree.no_place
        tree = replace(tree, off_shift=tree.off_shift + waits, no_parts=0.0, no_place=0.0)
    return tree


def ranked(tree: LossTree) -> list[tuple[str, float]]:
    """Losses and their shares of the counted time, the largest first."""
    return sorted(((name, share) for name, share in tree.leaves if name in WHERE and share), key=lambda leaf: -leaf[1])
