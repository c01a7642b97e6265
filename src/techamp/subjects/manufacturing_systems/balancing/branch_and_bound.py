"""The fewest stations, proven: branch and bound over whole station loads, with memory.

Stations are filled one after another, each with a load to which no further task can be added (Jackson 1956). A branch
ends where the idle time so far exceeds what the number of stations allows, where a task passes its latest station, or
where the same tasks were done before with as few stations. In the manner of Sewell & Jacobson (2012), INFORMS Journal
on Computing 24(3); both directions of the line are tried, as one is often far easier.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from techamp.subjects.manufacturing_systems.balancing.balance import (
    ROUNDING,
    RULES,
    Balance,
    balance_by_rule,
    balance_of,
    check_cycle_time,
    fewest_stations,
    up,
)
from techamp.subjects.manufacturing_systems.balancing.precedence import Precedence, members
from techamp.subjects.manufacturing_systems.faults import Faults

_FIRST_TRY = 2_000  # nodes for each direction before the budget grows fourfold


def best_balance(tasks: Precedence, cycle_time: float, *, node_budget: int = 400_000) -> Balance:
    """Return a balance with the fewest stations, proven (``optimal``), or the best found and the bound ``least``.

    Starts from the priority rules; then asks for each number of stations from the lower bound upward whether it can do.
    ``node_budget`` counts steps of the search, so that the answer is the same on every machine (about a second for
    400,000). Example (Jackson 1956, 11 tasks, cycle time 7): 8 stations, although the total time asks for 7.

    >>> best_balance(Precedence((5, 4, 3, 4), ((0, 1), (0, 2))), 8).stations
    ((0, 2), (1, 3))
    """
    check_cycle_time(tasks, cycle_time)
    faults = Faults()
    faults.whole("node budget", node_budget, 0, 10**12, "Enter how many steps the search may take.")
    faults.stop()
    best = _by_rules(tasks, cycle_time)
    budget = int(node_budget)
    for stations in range(best.least, len(best.stations)):
        answer, load, budget = _decide(tasks, cycle_time, stations, budget)
        if answer is None:
            return balance_of(tasks, cycle_time, best.stations, stations)
        if answer:
            return balance_of(tasks, cycle_time, load, stations)
    return balance_of(tasks, cycle_time, best.stations, len(best.stations))


def _by_rules(tasks: Precedence, cycle_time: float) -> Balance:
    """The best of the priority rules, forward and backward."""
    found = [balance_by_rule(tasks, cycle_time, rule) for rule in RULES]
    least = fewest_stations(tasks, cycle_time)
    for rule in RULES:
        back = balance_by_rule(tasks.reversed, cycle_time, rule)
        found.append(balance_of(tasks, cycle_time, [station[::-1] for station in back.stations[::-1]], least))
    return min(found, key=lambda balance: len(balance.stations))


def _decide(
    tasks: Precedence, cycle_time: float, stations: int, budget: int
) -> tuple[bool | None, list[list[int]], int]:
    """Whether ``stations`` can do: yes with their loads, no, or None where the budget (returned) ran out."""
    nodes = _FIRST_TRY
    while budget > 0:
        for backward in (False, True):
            search = _Search(tasks.reversed if backward else tasks, cycle_time, stations, min(nodes, budget))
            answer = search.run()
            budget -= search.nodes
            if answer is not None:
                loads = [station[::-1] for station in search.loads[::-1]] if backward else search.loads
                return answer, loads, budget
            if budget <= 0:
                break
        nodes *= 4
    return None, [], 0


class _OutOfNodes(Exception):
    pass


@dataclass
class _Search:
    """Depth first over station loads, in one direction. Tasks are renumbered by falling positional weight."""

    tasks: Precedence
    cycle_time: float
    stations: int
    budget: int
    nodes: int = 0
    loads: list[list[int]] = field(default_factory=list)

    def run(self) -> bool | None:
        weights = self.tasks.positional_weights()
        self.order = sorted(range(len(weights)), key=lambda j: -weights[j])
        place = {j: k for k, j in enumerate(self.order)}
        self.times = [self.tasks.times[j] for j in self.order]
        self.before = [sum(1 << place[i] for i in members(self.tasks.before[j])) for j in self.order]
        self.after = [[place[i] for i in members(self.tasks.after[j])] for j in self.order]
        latest = [self.stations + 1 - up(weights[j] / self.cycle_time) for j in self.order]
        if min(latest) < 1:
            return False
        self.due = [sum(1 << k for k, last in enumerate(latest) if last <= s) for s in range(self.stations + 1)]
        self.everything = (1 << len(weights)) - 1
        self.reached: dict[int, int] = {}
        self.room = self.cycle_time * (1.0 + ROUNDING)
        slack = self.stations * self.room - sum(self.times)
        try:
            return slack >= 0 and self._station(0, 1, slack)
        except _OutOfNodes:
            return None

    def _station(self, done: int, station: int, slack: float) -> bool:
        """Whether the tasks left can be done from ``station`` on with at most ``slack`` idle time."""
        if done == self.everything:
            return True
        if station > self.stations or self.reached.get(done, self.stations + 1) <= station:
            return False
        self.reached[done] = station
        must = self.due[station] & ~done
        full = [(time, load) for load, time in self._full_loads(done, self.room - slack).items() if not must & ~load]
        for time, load in sorted(full, key=lambda one: (-one[0], one[1])):
            if self._station(done | load, station + 1, slack - (self.room - time)):
                self.loads.insert(0, self._sequence(load, done))
                return True
        return False

    def _full_loads(self, done: int, least: float) -> dict[int, float]:
        """Loads of at least ``least`` time to which no open task can be added, with their times."""
        found: dict[int, float] = {}
        times, before, after = self.times, self.before, self.after

        def extend(open_tasks: list[int], load: int, room: float, passed: list[int]) -> None:
            self.nodes += 1
            if self.nodes > self.budget:
                raise _OutOfNodes
            full = True
            for i, k in enumerate(open_tasks):
                if times[k] <= room:
                    full = False
                    now = done | load | 1 << k
                    freed = [j for j in after[k] if not before[j] & ~now]
                    extend(open_tasks[i + 1 :] + freed, load | 1 << k, room - times[k], passed + open_tasks[:i])
            if full and self.room - room >= least and all(times[k] > room for k in passed):
                found[load] = self.room - room

        extend([k for k in range(len(times)) if not done >> k & 1 and not before[k] & ~done], 0, self.room, [])
        return found

    def _sequence(self, load: int, done: int) -> list[int]:
        """The tasks of a load in an order that respects precedence, by their own numbers."""
        left, found = members(load), []
        while left:
            k = next(k for k in left if not self.before[k] & ~done)
            left.remove(k)
            done |= 1 << k
            found.append(self.order[k])
        return found
