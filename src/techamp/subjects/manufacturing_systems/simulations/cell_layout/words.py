"""What cell layout says: how far, who walks, how long, what crosses."""

from __future__ import annotations

from techamp.subjects.manufacturing_systems.simulations.cell_layout.inputs import MACHINES, OUT, CellLayoutInputs
from techamp.subjects.manufacturing_systems.simulations.cell_layout.people import Crew

TAKT = 240.0
FLOOR = {"u": "the U", "line": "the line", "shop": "the departments"}


def notes(inputs: CellLayoutInputs, spots: tuple[int, ...], crew: Crew, found: dict[str, float]) -> tuple[str, ...]:
    """Distances against the best, people, the lot, crossing ways, machines that found their spot taken."""
    said = (
        _far(inputs, found),
        _people(inputs, crew, found),
        _lot(inputs, found),
        _crossing(found),
        _moved(inputs, spots),
    )
    return tuple(text for text in said if text)


def _far(inputs: CellLayoutInputs, found: dict[str, float]) -> str:
    over = found["carried"] - found["least"]
    gap = (
        "No other placing on this floor is shorter."
        if over < 1e-9
        else f"The best placing on this floor has {found['least']:.2f} km."
    )
    return (
        f"In {FLOOR[inputs.floor]} a shaft travels {found['shaft']:.0f} m, and all parts of a day together "
        f"{found['carried']:.2f} km. {gap}"
    )


def _people(inputs: CellLayoutInputs, crew: Crew, found: dict[str, float]) -> str:
    slow = max(crew.seconds)
    who = (
        "One person tends all six machines"
        if len(crew.rounds) == 1
        else f"{len(crew.rounds)} people share the machines"
    )
    keeps = "within takt" if found["cycle"] <= TAKT else f"over takt by {found['cycle'] - TAKT:.0f} s"
    limit = "a person" if slow >= found["cycle"] - 1e-9 else "the lathe, which takes that long for a shaft"
    return (
        f"{who}: {slow:.0f} s for a set, {sum(crew.meters):.1f} m of walking in it. The cell makes a set each "
        f"{found['cycle']:.0f} s, {keeps}; what sets the pace is {limit}."
    )


def _lot(inputs: CellLayoutInputs, found: dict[str, float]) -> str:
    boxes = -(-inputs.lot // inputs.box)
    how = f"{boxes} boxes of up to {inputs.box}" if boxes > 1 else "a single box"
    return f"{inputs.lot} shafts in {how} took {found['lead']:.0f} min from door to door."


def _crossing(found: dict[str, float]) -> str:
    count = int(found["crossings"])
    if not count:
        return "No ways cross."
    return f"{count} {'pair' if count == 1 else 'pairs'} of ways cross: people and boxes meet there."


def _moved(inputs: CellLayoutInputs, spots: tuple[int, ...]) -> str:
    found = [
        f"The {MACHINES[m].name.lower()} stands at spot {spot + 1}, as spot {asked + 1} was taken."
        for m, (asked, spot) in enumerate(zip(inputs.asked, spots, strict=True))
        if asked != spot and not (MACHINES[m].key == "wash" and inputs.drain == "drain")
    ]
    return " ".join(found)


def end_of(machine: int) -> str:
    """The name of a machine or a door."""
    return MACHINES[machine].name if machine >= 0 else ("Door out" if machine == OUT else "Door in")
