"""The balance that was chosen, held against its rules, the ranked positional weight method and the proven best."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from techamp.subjects.manufacturing_systems.balancing.balance import Balance, balance_by_rule, balance_of
from techamp.subjects.manufacturing_systems.balancing.branch_and_bound import best_balance
from techamp.subjects.manufacturing_systems.balancing.precedence import Precedence
from techamp.subjects.manufacturing_systems.balancing.shortest_cycle import shortest_cycle
from techamp.subjects.manufacturing_systems.simulations.line_balance.inputs import TASKS, LineBalanceInputs

LETTERS = tuple(task.letter for task in TASKS)
ARCS = tuple((LETTERS.index(before), j) for j, task in enumerate(TASKS) for before in task.after)


@dataclass(frozen=True)
class Plan:
    """``balance`` holds her stations as they run: empty ones are passed over. ``numbers`` are the names she gave them.

    ``broken``: pairs (before, after) of tasks whose order the stations turn around. A line with such a pair cannot run.
    """

    balance: Balance
    numbers: tuple[int, ...]
    broken: tuple[tuple[int, int], ...]

    @property
    def runs(self) -> bool:
        return not self.broken

    @property
    def longest(self) -> float:
        """Seconds of the most loaded station."""
        return max(self.balance.loads)


def tasks_of(inputs: LineBalanceInputs) -> Precedence:
    """The eleven tasks with their times, in seconds."""
    return Precedence(tuple(float(s) for s in inputs.seconds), ARCS)


def plan_of(inputs: LineBalanceInputs) -> Plan:
    """Her balance. Within a station tasks are done in the order of their letters, which respects every arrow."""
    chosen = inputs.chosen
    numbers = tuple(sorted(set(chosen)))
    stations = [tuple(j for j, s in enumerate(chosen) if s == number) for number in numbers]
    broken = tuple((a, b) for a, b in ARCS if chosen[a] > chosen[b])
    return Plan(balance_of(tasks_of(inputs), inputs.takt, stations, 0), numbers, broken)


@lru_cache(maxsize=256)
def proven(tasks: Precedence, takt: float) -> tuple[Balance, Balance] | None:
    """The best balance for a takt, and the one by ranked positional weights; None where one task alone is longer."""
    if max(tasks.times) > takt:
        return None
    return best_balance(tasks, takt), balance_by_rule(tasks, takt)


@lru_cache(maxsize=64)
def fairest(tasks: Precedence, stations: int) -> Balance:
    """The balance of so many stations whose longest one is as short as can be."""
    return shortest_cycle(tasks, stations)
