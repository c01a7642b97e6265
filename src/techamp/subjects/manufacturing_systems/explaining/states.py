"""How the machines of each station spend their time, pooled over runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from techamp.subjects.manufacturing_systems.engine.run import Run
from techamp.subjects.manufacturing_systems.engine.words import STATES

ACTIVE = ("busy", "setup", "down", "waiting_repair")
"""What holds parts back by the station's own doing. Waiting for parts, places or people is not."""
STATE_WORDS = {
    "busy": "working",
    "setup": "being set up",
    "blocked": "blocked",
    "starved": "without parts",
    "down": "in repair",
    "off_shift": "off shift",
    "waiting_operator": "waiting for people",
    "waiting_repair": "waiting for repair",
}


@dataclass(frozen=True)
class StationStates:
    """Shares of machine time in each state (they add up to 1), and what passed."""

    name: str
    machines: int
    shares: Mapping[str, float]
    processed: float  # passes per unit of time, those scrapped or reworked after it included
    good: float  # share of passes that were neither scrapped nor reworked

    @property
    def active(self) -> float:
        """Share of scheduled time in which the station itself was the reason: busy, setup, down."""
        scheduled = 1.0 - self.shares["off_shift"]
        return sum(self.shares[state] for state in ACTIVE) / scheduled if scheduled > 0 else 0.0


def station_states(runs: Sequence[Run]) -> tuple[StationStates, ...]:
    """Pooled over runs of one model. Raises ValueError without any."""
    if not runs:
        raise ValueError("states need at least one run")
    return tuple(_pooled(runs, i) for i in range(len(runs[0].stations)))


def _pooled(runs: Sequence[Run], place: int) -> StationStates:
    stations = [run.stations[place] for run in runs]
    total = sum(sum(station.times.values()) for station in stations)
    shares = {state: sum(s.times[state] for s in stations) / total if total else 0.0 for state in STATES}
    passed = sum(s.parts_out + s.scrapped + s.reworked for s in stations)
    time = sum(run.duration for run in runs)
    return StationStates(
        stations[0].name,
        stations[0].machines,
        shares,
        passed / time if time else 0.0,
        sum(s.parts_out for s in stations) / passed if passed else 1.0,
    )
