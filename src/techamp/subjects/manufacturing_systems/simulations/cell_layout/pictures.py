"""Charts, tables and the trace of a cell."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np

from techamp.contract import Chart, DataTable, Mark, RefLine, Series, Trace
from techamp.subjects.manufacturing_systems.layout.travel import along_aisles
from techamp.subjects.manufacturing_systems.simulations.cell_layout.floor import (
    crossings,
    least_part_meters,
    point_of,
)
from techamp.subjects.manufacturing_systems.simulations.cell_layout.inputs import (
    DOORS,
    FLOORS,
    FLOWS,
    MACHINES,
    SHAFT,
    CellLayoutInputs,
)
from techamp.subjects.manufacturing_systems.simulations.cell_layout.lot import LotRun, carried, follow
from techamp.subjects.manufacturing_systems.simulations.cell_layout.people import SPEED, Crew, best_crew
from techamp.subjects.manufacturing_systems.simulations.cell_layout.words import TAKT, end_of

BOXES = (1, 2, 3, 5, 6, 10, 15, 20, 30, 60)


def charts(inputs: CellLayoutInputs, spots: tuple[int, ...], crew: Crew, seed: int) -> tuple[Chart, ...]:
    """What each way costs, how boxes trade lead time against walking, and the people against takt."""
    return (_ways(inputs, spots), _lead(inputs, spots, seed), _walk(inputs, spots), _hands(crew))


def _cost(floor: str, spots: tuple[int, ...]) -> list[tuple[float, str, int, float]]:
    """Kilometers a day, name, parts and meters of each way, the dearest first."""
    found = []
    for a, b, n in FLOWS:
        far = along_aisles(point_of(floor, spots, a), point_of(floor, spots, b))
        found.append((n * far / 1000.0, f"{end_of(a)} → {end_of(b)}", n, far))
    return sorted(found, reverse=True)


def _ways(inputs: CellLayoutInputs, spots: tuple[int, ...]) -> Chart:
    cost = _cost(inputs.floor, spots)
    least = least_part_meters(inputs.floor, inputs.drain == "drain")[1]
    best = {name: km for km, name, _n, _far in _cost(inputs.floor, least)}
    x = tuple(float(i) for i in range(len(cost)))
    return Chart(
        name="ways",
        title="Where the distance is",
        x_label="Way",
        x_names=tuple(_short(name) for _km, name, _n, _far in cost),
        y_label="Parts carried",
        y_unit="km/day",
        series=(
            Series(name="cost", label="Your placing", x=x, y=tuple(round(row[0], 3) for row in cost), shape="bars"),
            Series(
                name="best", label="The best placing", x=x, y=tuple(round(best[row[1]], 3) for row in cost),
                shape="points", role="aside",
            ),
        ),
        words=f"{cost[0][1]} costs most: {cost[0][2]} parts a day over {cost[0][3]:.0f} m, {cost[0][0]:.2f} km.",
        equation=f"{cost[0][2]} × {cost[0][3]:.0f} m = {cost[0][0]:.2f} km a day",
        zero=True,
    )  # fmt: skip


def _short(name: str) -> str:
    """ "Saw → Lathe" as "Sa–La"; doors are In and Out."""
    ends = [end.replace("Door in", "In").replace("Door out", "Out") for end in name.split(" → ")]
    return "–".join(end if end in ("In", "Out") else end[:2] for end in ends)


def _lead(inputs: CellLayoutInputs, spots: tuple[int, ...], seed: int) -> Chart:
    sizes = [n for n in BOXES if n <= inputs.lot]
    found = [follow(inputs.model_copy(update={"box": n}), spots, seed).lead_time / 60.0 for n in sizes]
    here = follow(inputs, spots, seed).lead_time / 60.0
    return Chart(
        name="lead",
        title="Lead time by the size of a box",
        x_label="Parts in a box",
        y_label="Lead time of the lot",
        y_unit="min",
        series=(
            Series(
                name="lead", label="The same lot, the same luck", x=tuple(float(n) for n in sizes),
                y=tuple(round(v, 2) for v in found), shape="line+points",
            ),
        ),
        marks=(Mark(x=float(inputs.box), y=round(here, 2), label="yours", kind="note"),),
        words=f"{found[0]:.0f} min with boxes of one, {found[-1]:.0f} min with boxes of {sizes[-1]}.",
        equation=f"{inputs.lot} shafts, boxes of {inputs.box}: {here:.0f} min",
        zero=True,
    )  # fmt: skip


@lru_cache(maxsize=256)
def walk_by_box(floor: str, spots: tuple[int, ...], people: int) -> tuple[float, ...]:
    """Seconds for a set of the slowest person, for each size of BOXES."""
    return tuple(round(max(best_crew(floor, spots, people, n).seconds), 2) for n in BOXES)


def _walk(inputs: CellLayoutInputs, spots: tuple[int, ...]) -> Chart:
    found = walk_by_box(inputs.floor, spots, inputs.people)
    ok = next((n for n, seconds in zip(BOXES, found, strict=True) if seconds <= TAKT), None)
    says = "No box keeps takt." if ok is None else f"Boxes of {ok} or more keep takt."
    return Chart(
        name="walk",
        title="A person’s time for a set by the size of a box",
        x_label="Parts in a box",
        y_label="Hands and walking",
        y_unit="s",
        series=(
            Series(
                name="seconds", label=f"Slowest of {inputs.people}", x=tuple(float(n) for n in BOXES), y=found,
                shape="line+points",
            ),
        ),
        lines=(RefLine(label="Takt 240 s", value=TAKT, kind="limit"),),
        words=f"{found[0]:.0f} s a set with boxes of one, {found[-1]:.0f} s with boxes of {BOXES[-1]}. {says}",
        zero=True,
    )  # fmt: skip


def _hands(crew: Crew) -> Chart:
    x = tuple(float(i) for i in range(len(crew.rounds)))
    hands = tuple(float(sum(MACHINES[m].hands for m in one)) for one in crew.rounds)
    most = max(range(len(x)), key=lambda i: crew.seconds[i])
    return Chart(
        name="people",
        title="People against takt",
        x_label="Person",
        x_names=tuple(f"{i + 1}" for i in range(len(x))),
        y_label="Seconds a set",
        y_unit="s",
        series=(
            Series(
                name="total", label="Hands and walking", x=x, y=tuple(round(s, 1) for s in crew.seconds), shape="bars"
            ),
            Series(name="hands", label="Hands alone", x=x, y=hands, shape="points", role="aside"),
        ),
        lines=(RefLine(label="Takt 240 s", value=TAKT, kind="limit"),),
        words=f"Person {most + 1} has the most: {hands[most]:.0f} s of handwork and "
        f"{crew.meters[most] / SPEED:.0f} s of walking.",
        zero=True,
    )  # fmt: skip


def tables(inputs: CellLayoutInputs, spots: tuple[int, ...], crew: Crew) -> tuple[DataTable, ...]:
    """The from-to chart as a list, and each person's round."""
    ways = tuple((name, n, round(far, 1), round(km, 3)) for km, name, n, far in _cost(inputs.floor, spots))
    rounds = tuple(
        (i + 1, ", ".join(end_of(m) for m in one), round(far * inputs.box, 1), round(far, 1), round(seconds, 1))
        for i, (one, far, seconds) in enumerate(zip(crew.rounds, crew.meters, crew.seconds, strict=True))
    )
    return (
        DataTable(
            name="ways", title="From where to where", columns=("Way", "Parts a day", "Meters", "km a day"), rows=ways
        ),
        DataTable(
            name="rounds", title="Each person’s round",
            columns=("Person", "Machines", "Round, m", "Walk for a set, m", "Time for a set, s"), rows=rounds,
        ),
    )  # fmt: skip


def trace(inputs: CellLayoutInputs, spots: tuple[int, ...], crew: Crew, lot: LotRun, summary: str) -> Trace:
    """One row for each box that leaves a machine: its parts, the machine, when it left and when it is at the next.

    Minutes. The last row is the end: the last box is out, and the scene says ``summary``.
    """
    rows: list[tuple[float, int, int, int, float]] = []
    size, count = inputs.box, inputs.lot
    for i in range(len(SHAFT)):
        for first in range(0, count, size):
            parts, left = min(size, count - first), float(lot.sent[i, first])
            rows.append((left / 60.0, i, parts, first, (left + carried(lot.moves[i + 1])) / 60.0))
    rows.append((lot.lead_time / 60.0, -1, 0, 0, lot.lead_time / 60.0))
    rows.sort()
    columns: dict[str, tuple[Any, ...]] = {
        "step": tuple(row[1] for row in rows),
        "parts": tuple(row[2] for row in rows),
        "first": tuple(row[3] for row in rows),
        "there": tuple(round(row[4], 4) for row in rows),
    }
    return Trace(
        t=tuple(round(row[0], 4) for row in rows),
        unit="min",
        columns=columns,
        fixed={
            "floor": inputs.floor,
            "spots": [list(point) for point in FLOORS[inputs.floor]],
            "doors": [list(point) for point in DOORS[inputs.floor]],
            "names": [machine.name for machine in MACHINES],
            "keys": [machine.key for machine in MACHINES],
            "at": list(spots),
            "drain": inputs.drain == "drain",
            "flows": [list(flow) for flow in FLOWS],
            "crossed": sorted({i for pair in crossings(inputs.floor, spots) for i in pair}),
            "crossings": len(crossings(inputs.floor, spots)),
            "route": list(SHAFT),
            "rounds": [list(one) for one in crew.rounds],
            "hands": [machine.hands for machine in MACHINES],
            "box": inputs.box,
            "lot": inputs.lot,
            "summary": summary,
            "speed": SPEED,
            "arrive": round(carried(lot.moves[0]) / 60.0, 4),
            "ended": [np.round(row / 60.0, 3).tolist() for row in lot.ended],
        },
    )
