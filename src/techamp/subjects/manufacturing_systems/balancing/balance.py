"""A line balance, and quick ways to one: tasks to stations by a priority rule; bounds on how few stations can do.

Reference: Helgeson & Birnie (1961), Journal of Industrial Engineering 12; Scholl (1999), Balancing and Sequencing of
Assembly Lines.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from techamp.subjects.manufacturing_systems.balancing.precedence import Precedence, members
from techamp.subjects.manufacturing_systems.faults import Faults

ROUNDING = 1e-12


@dataclass(frozen=True)
class Balance:
    """``stations`` hold tasks (from 0) in an order that can be done; ``least`` is a proven lower bound on their number.

    ``loads`` is each station's time. ``efficiency`` = Σ times / (stations · cycle time); ``balance_delay`` the rest;
    ``smoothness`` √Σ(longest load - load)².
    """

    stations: tuple[tuple[int, ...], ...]
    cycle_time: float
    loads: tuple[float, ...]
    least: int

    @property
    def optimal(self) -> bool:
        return len(self.stations) == self.least

    @property
    def efficiency(self) -> float:
        return sum(self.loads) / (len(self.stations) * self.cycle_time)

    @property
    def balance_delay(self) -> float:
        return 1.0 - self.efficiency

    @property
    def smoothness(self) -> float:
        longest = max(self.loads)
        return math.sqrt(sum((longest - load) ** 2 for load in self.loads))


RULES = ("positional_weight", "longest_time", "most_followers", "most_direct_followers")


def balance_by_rule(tasks: Precedence, cycle_time: float, rule: str = "positional_weight") -> Balance:
    """Return a balance made station by station: of the tasks that may come next and still fit, take the first by rule.

    ``rule`` is one of RULES; "positional_weight" is the ranked positional weight method. Ties go to the longer task,
    then to the lower number. Times and ``cycle_time`` in one unit. Raises InvalidInput where a task alone exceeds
    the cycle time. Example:

    >>> balance_by_rule(Precedence((5, 4, 3), ((0, 1), (0, 2))), 8).stations
    ((0, 2), (1,))
    """
    check_cycle_time(tasks, cycle_time)
    faults = Faults()
    faults.require(rule in RULES, "rule", f"must be one of {', '.join(RULES)}", rule, "Choose one of them.")
    faults.stop()
    priority = _priorities(tasks)[rule]
    order = sorted(range(len(tasks)), key=lambda j: (-priority[j], -tasks.times[j], j))
    stations: list[list[int]] = [[]]
    done, room = 0, cycle_time * (1.0 + ROUNDING)
    while done != (1 << len(tasks)) - 1:
        open_tasks = (j for j in order if not done >> j & 1 and not tasks.before[j] & ~done)
        fits = next((j for j in open_tasks if tasks.times[j] <= room), None)
        if fits is None:
            stations.append([])
            room = cycle_time * (1.0 + ROUNDING)
            continue
        stations[-1].append(fits)
        done |= 1 << fits
        room -= tasks.times[fits]
    return balance_of(tasks, cycle_time, stations, fewest_stations(tasks, cycle_time))


def fewest_stations(tasks: Precedence, cycle_time: float) -> int:
    """Return a lower bound on the stations: no balance can do with fewer. The largest of four.

    LB1 total time over cycle time; LB2 tasks above half a cycle, one station each, half a station for those of half;
    LB3 the same by thirds; and for each task the stations that it, all before it and all after it need.

    >>> fewest_stations(Precedence((6, 6, 5), ()), 10)
    3
    """
    check_cycle_time(tasks, cycle_time)
    total = up(sum(tasks.times) / cycle_time)
    shares = [time / cycle_time for time in tasks.times]
    halves = up(sum(_weight(share, (0.5,)) for share in shares))
    thirds = up(sum(_weight(share, (1 / 3, 2 / 3)) for share in shares))
    heads, tails = _work(tasks, tasks.all_before), _work(tasks, tasks.all_after)
    chained = max(
        up((head + time) / cycle_time) + up((tail + time) / cycle_time) - 1
        for head, time, tail in zip(heads, tasks.times, tails, strict=True)
    )
    return max(total, halves, thirds, chained)


def balance_of(tasks: Precedence, cycle_time: float, stations: Sequence[Sequence[int]], least: int) -> Balance:
    """A balance from its stations; ``least`` as proven so far."""
    loads = tuple(sum(tasks.times[j] for j in station) for station in stations)
    return Balance(tuple(tuple(station) for station in stations), cycle_time, loads, least)


def balance_faults(tasks: Precedence, balance: Balance) -> list[str]:
    """Return what is wrong with a balance as sentences: missing tasks, overfull stations, broken precedence.

    >>> two = Precedence((5, 4), ((0, 1),))
    >>> balance_faults(two, balance_of(two, 8, [[1], [0]], 2))
    ['Task 0 must come before task 1, but stands at station 2, task 1 at station 1.']
    """
    place = {j: (s, i) for s, station in enumerate(balance.stations, 1) for i, j in enumerate(station)}
    found = [f"Task {j} is at no station." for j in range(len(tasks)) if j not in place]
    if sum(map(len, balance.stations)) > len(place):
        found.append("A task is at two stations.")
    for s, load in enumerate(balance.loads, 1):
        if load > balance.cycle_time * (1.0 + ROUNDING):
            found.append(f"Station {s} takes {load:g}, more than the cycle time {balance.cycle_time:g}.")
    for a, b in tasks.arcs:
        if a in place and b in place and place[a] > place[b]:
            where = f"stands at station {place[a][0]}, task {b} at station {place[b][0]}"
            found.append(f"Task {a} must come before task {b}, but {where}.")
    return found


def check_cycle_time(tasks: Precedence, cycle_time: float) -> None:
    """Raise InvalidInput unless each task fits into a cycle."""
    faults = Faults()
    if faults.positive("cycle time", cycle_time, "Enter the time that each station has per part."):
        long = [j for j, time in enumerate(tasks.times) if time > cycle_time * (1.0 + ROUNDING)]
        rule = f"must be at least the longest task, {max(tasks.times):g}"
        remedy = f"Lengthen it, split tasks {long}, or use parallel stations."
        faults.require(not long, "cycle time", rule, cycle_time, remedy)
    faults.stop()


def up(value: float) -> int:
    """The next whole number, forgiving rounding."""
    return math.ceil(value * (1.0 - ROUNDING) - ROUNDING)


def _weight(share: float, marks: tuple[float, ...]) -> float:
    """A task's claim on stations: an open step at each mark, half a step on it."""
    step = 1.0 / len(marks) if len(marks) == 1 else 0.5
    claim = 0.0
    for mark in marks:
        if abs(share - mark) <= ROUNDING:
            return claim + (step / 2.0 if len(marks) == 1 else (1 / 3 if mark < 0.5 else 1 / 6))
        if share > mark:
            claim += step
    return claim


def _work(tasks: Precedence, of: Sequence[int]) -> list[float]:
    return [sum(tasks.times[k] for k in members(bits)) for bits in of]


def _priorities(tasks: Precedence) -> dict[str, Sequence[float]]:
    return {
        "positional_weight": tasks.positional_weights(),
        "longest_time": tasks.times,
        "most_followers": [bits.bit_count() for bits in tasks.all_after],
        "most_direct_followers": [bits.bit_count() for bits in tasks.after],
    }
