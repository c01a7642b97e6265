"""Who waits for whom when nothing can move."""

from __future__ import annotations

from techamp.subjects.manufacturing_systems.engine import event_words as e
from techamp.subjects.manufacturing_systems.engine import words as w
from techamp.subjects.manufacturing_systems.engine.state import State


def waiting_circle(state: State) -> tuple[str, ...]:
    """Names of stations, each full of parts for the next, the last for the first; empty if there is no such circle
    (then parts wait for components, people or orders that never come)."""
    if state.kernel == "line":
        return ()
    I, names = state.I, [station.name for station in state.model.stations]  # noqa: E741
    station = next((o for o in _stations(state) if int(I[o + e.NUMBER]) >> 32), 0)
    seen: list[int] = []
    while station and station not in seen:
        seen.append(station)
        part = int(I[int(I[station + e.MACHINES_AT]) + e.M_PART])
        target = int(I[part + e.J_TARGET]) if part else 0
        station = int(I[target + e.T_STATION]) if target else 0
    if not station:
        return ()
    return tuple(names[int(I[o + e.NUMBER]) & 0xFFFFFFFF] for o in seen[seen.index(station) :])


def _stations(state: State) -> list[int]:
    at = int(state.I[e.STATION_AT])
    return [at + i * e.STATION for i in range(int(state.I[w.STATIONS]))]
