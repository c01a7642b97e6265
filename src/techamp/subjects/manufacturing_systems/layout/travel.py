"""Distance in a layout: how many go from where to where, times how far it is."""

from __future__ import annotations

from collections.abc import Mapping

from techamp.subjects.manufacturing_systems.faults import Faults

Point = tuple[float, float]


def along_aisles(a: Point, b: Point) -> float:
    """Return the way between two points where aisles run at right angles: |Δx| + |Δy|.

    >>> along_aisles((0, 0), (6, 3))
    9
    """
    return abs(a[0] - b[0]) + abs(a[1] - b[1])


def travel(flows: Mapping[tuple[str, str], float], places: Mapping[str, Point]) -> float:
    """Return Σ flow · distance: the meters that everything travels in the period of the flows, along aisles.

    ``flows`` says how many trips go from one place to another in a period (a from-to chart), ``places`` where each
    place is, in meters. Raises InvalidInput for a flow below zero, or from or to a place that is not there.
    Reference: Muther (1973), Systematic Layout Planning. Example: 100 parts over 3 m, and 40 back over 3 m.

    >>> travel({("saw", "lathe"): 100, ("lathe", "saw"): 40}, {"saw": (0, 0), "lathe": (3, 0)})
    420
    """
    faults = Faults()
    for (start, end), count in flows.items():
        for name in (start, end):
            faults.require(name in places, "flows", "must join places of the layout", name, "Give the place its point.")
        faults.require(count >= 0, f"flow {start} to {end}", "must not be below 0", count, "Turn the flow around.")
    faults.stop()
    return sum(count * along_aisles(places[start], places[end]) for (start, end), count in flows.items())
