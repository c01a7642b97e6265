"""From all the time there is to the time that makes good parts: the loss tree of a station, and its OEE.

OEE = availability × performance × quality. Reference: Nakajima (1988), Introduction to TPM; ISO 22400-2 for the terms.
Waiting for parts and for places is listed by itself, as it is not the machine's fault.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from techamp.subjects.manufacturing_systems.engine.run import Run
from techamp.subjects.manufacturing_systems.explaining.states import StationStates, station_states


@dataclass(frozen=True)
class LossTree:
    """Shares of **all** machine time; ``availability``, ``performance``, ``quality`` and ``oee`` are ratios as
    usual.

    ``short_stops`` and ``slow`` are told apart only where somebody says what a short stop is and how long a part should
    take (event logs); ``slow`` is time at work beyond that, and negative where the work was quicker.
    """

    station: str
    off_shift: float
    breakdowns: float
    setups: float
    no_parts: float
    no_place: float
    no_people: float
    bad_parts: float
    good_parts: float
    short_stops: float = 0.0
    slow: float = 0.0

    @property
    def planned(self) -> float:
        return 1.0 - self.off_shift

    @property
    def availability(self) -> float:
        """Planned time without breakdowns and setups."""
        return (self.planned - self.breakdowns - self.setups) / self.planned if self.planned > 0 else 0.0

    @property
    def performance(self) -> float:
        """Working share of the available time: short stops, slow work and waiting (parts, places, people) are lost."""
        available = self.planned - self.breakdowns - self.setups
        return (self.good_parts + self.bad_parts) / available if available > 0 else 0.0

    @property
    def quality(self) -> float:
        """Good share of the working time: without passes that end in scrap or rework."""
        working = self.good_parts + self.bad_parts
        return self.good_parts / working if working > 0 else 1.0

    @property
    def oee(self) -> float:
        """Share of the planned time that makes good parts: the product of the three."""
        return self.good_parts / self.planned if self.planned > 0 else 0.0

    @property
    def leaves(self) -> tuple[tuple[str, float], ...]:
        """All losses and what is left, in order; they add up to 1."""
        told_apart = (("short stops", self.short_stops), ("slow cycles", self.slow))
        return (
            ("off shift", self.off_shift),
            ("breakdowns", self.breakdowns),
            ("setups", self.setups),
            *(leaf for leaf in told_apart if leaf[1]),
            ("no parts", self.no_parts),
            ("no place for parts", self.no_place),
            ("no people", self.no_people),
            ("bad parts", self.bad_parts),
            ("good parts", self.good_parts),
        )

    @property
    def words(self) -> str:
        """One sentence with the three factors."""
        a, p, q = (round(100 * x) for x in (self.availability, self.performance, self.quality))
        worst = max(self.leaves[1:-1], key=lambda leaf: leaf[1])
        loss = f" The greatest loss is {worst[0]} ({100 * worst[1]:.0f} %)." if worst[1] >= 0.01 else ""
        factors = f"availability {a} % × performance {p} % × quality {q} %"
        return f"{self.station}: OEE {100 * self.oee:.0f} % = {factors}.{loss}"


def loss_trees(runs: Sequence[Run]) -> tuple[LossTree, ...]:
    """One tree for each station, pooled over runs."""
    return tuple(_tree(states) for states in station_states(runs))


def _tree(states: StationStates) -> LossTree:
    shares = states.shares
    return LossTree(
        station=states.name,
        off_shift=shares["off_shift"],
        breakdowns=shares["down"] + shares["waiting_repair"],
        setups=shares["setup"],
        no_parts=shares["starved"],
        no_place=shares["blocked"],
        no_people=shares["waiting_operator"],
        bad_parts=shares["busy"] * (1.0 - states.good),
        good_parts=shares["busy"] * states.good,
    )
