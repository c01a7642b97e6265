"""People who tend several machines: who takes which, how far a round is, and how long a set takes.

A person goes round the machines that are hers, and at each she loads a box of parts that the machine then works through
by itself. A set (a shaft and a housing) so takes the hands' seconds of her machines and a share of her round.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from techamp.subjects.manufacturing_systems.simulations.cell_layout.floor import way
from techamp.subjects.manufacturing_systems.simulations.cell_layout.inputs import MACHINES, ROUND

SPEED = 1.0
"""Meters a second, with parts in hand. Our choice, a little below the 1.3 m/s of a free walk."""


@dataclass(frozen=True)
class Crew:
    """``rounds``: each person's machines in the order of the visit. ``meters`` and ``seconds`` of each, for a set."""

    rounds: tuple[tuple[int, ...], ...]
    meters: tuple[float, ...]
    seconds: tuple[float, ...]

    @property
    def walk(self) -> float:
        """Meters that all of them walk for a set."""
        return sum(self.meters)

    @property
    def cycle(self) -> float:
        """Seconds from set to set: the slowest person, or the slowest machine if that is slower."""
        return max(*self.seconds, *(machine.hands + machine.alone for machine in MACHINES))


@lru_cache(maxsize=4096)
def best_crew(floor: str, spots: tuple[int, ...], people: int, box: int) -> Crew:
    """The split of machines among people with the shortest cycle, then the least walking. All splits are tried."""
    crews = [
        _crew(floor, spots, split, box) for split in product(range(people), repeat=len(ROUND)) if _first_come(split)
    ]
    return min(crews, key=lambda crew: (round(max(crew.seconds), 9), round(crew.walk, 9)))


def _first_come(split: tuple[int, ...]) -> bool:
    """Whether people are numbered in the order in which the round meets them, so that no split is tried twice."""
    seen = list(dict.fromkeys(split))
    return seen == list(range(len(seen)))


def _crew(floor: str, spots: tuple[int, ...], split: tuple[int, ...], box: int) -> Crew:
    rounds = tuple(
        tuple(machine for machine, who in zip(ROUND, split, strict=True) if who == person)
        for person in range(max(split) + 1)
    )
    walked = tuple(sum(way(floor, spots, (*one, one[0]))) / box for one in rounds)
    seconds = tuple(sum(MACHINES[m].hands for m in one) + far / SPEED for one, far in zip(rounds, walked, strict=True))
    return Crew(rounds, walked, seconds)
