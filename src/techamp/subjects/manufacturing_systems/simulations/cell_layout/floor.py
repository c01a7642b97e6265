"""The mathematics of a floor: who stands where, how far it is, which ways cross, and the best that can be done."""

from __future__ import annotations

from functools import lru_cache
from itertools import combinations, pairwise, permutations

import numpy as np
from numpy.typing import NDArray

from techamp.subjects.manufacturing_systems.layout.travel import Point, along_aisles
from techamp.subjects.manufacturing_systems.simulations.cell_layout.inputs import (
    DOORS,
    DRAIN,
    FLOORS,
    FLOWS,
    IN,
    MACHINES,
    SPOTS,
    CellLayoutInputs,
)

Floats = NDArray[np.float64]
_WASH = next(i for i, machine in enumerate(MACHINES) if machine.key == "wash")


def spots_of(inputs: CellLayoutInputs) -> tuple[int, ...]:
    """The spot of each machine, from 0. The wash over the drain comes first; who finds a spot taken gets a free one."""
    given: dict[int, int] = {_WASH: DRAIN - 1} if inputs.drain == "drain" else {}
    left = []
    for machine, spot in enumerate(inputs.asked):
        if machine in given:
            continue
        if spot in given.values():
            left.append(machine)
        else:
            given[machine] = spot
    free = [spot for spot in range(SPOTS) if spot not in given.values()]
    given.update(zip(left, free, strict=True))
    return tuple(given[machine] for machine in range(len(MACHINES)))


def point_of(floor: str, spots: tuple[int, ...], machine: int) -> Point:
    """Meters to the right and down of a machine or a door."""
    if machine < 0:
        return DOORS[floor][0 if machine == IN else 1]
    return FLOORS[floor][spots[machine]]


def way(floor: str, spots: tuple[int, ...], machines: tuple[int, ...]) -> list[float]:
    """Meters of each move along a route."""
    points = [point_of(floor, spots, machine) for machine in machines]
    return [along_aisles(a, b) for a, b in pairwise(points)]


def part_meters(floor: str, spots: tuple[int, ...]) -> float:
    """Meters that all parts of a day travel together: the sum of flow times distance."""
    return sum(n * along_aisles(point_of(floor, spots, a), point_of(floor, spots, b)) for a, b, n in FLOWS)


@lru_cache(maxsize=16)
def least_part_meters(floor: str, over_drain: bool) -> tuple[float, tuple[int, ...]]:
    """The least of all 720 ways to place six machines (120 with the wash over the drain), and the first that has it."""
    ways = [p for p in permutations(range(SPOTS)) if not over_drain or p[_WASH] == DRAIN - 1]
    found = [part_meters(floor, spots) for spots in ways]
    best = int(np.argmin(found))
    return found[best], ways[best]


def crossings(floor: str, spots: tuple[int, ...]) -> list[tuple[int, int]]:
    """Pairs of FLOWS whose lines cross as they are drawn: straight on a floor, in arches along a line.

    In a line, ways to the right arch above it and ways to the left below it; two arches of one side cross where one
    begins inside the other and ends outside.
    """
    ends = [(point_of(floor, spots, a), point_of(floor, spots, b)) for a, b, _n in FLOWS]
    test = _arches_cross if floor == "line" else _lines_cross
    return [(i, j) for i, j in combinations(range(len(FLOWS)), 2) if test(ends[i], ends[j])]


def _arches_cross(one: tuple[Point, Point], other: tuple[Point, Point]) -> bool:
    (a, _), (b, _) = one
    (c, _), (d, _) = other
    if (a < b) != (c < d):
        return False
    (low, high), (first, last) = sorted((a, b)), sorted((c, d))
    return low < first < high < last or first < low < last < high


def _lines_cross(one: tuple[Point, Point], other: tuple[Point, Point]) -> bool:
    """Whether two straight lines meet inside both; a shared end or a shared stretch is no crossing."""

    def side(p: Point, q: Point, r: Point) -> float:
        return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])

    (a, b), (c, d) = one, other
    return side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0
