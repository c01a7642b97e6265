"""The shortest cycle time that a number of stations can keep (SALBP-2), by asking for the fewest stations (SALBP-1).

Reference: Scholl (1999), Balancing and Sequencing of Assembly Lines, chapter 2: SALBP-2 by iterated SALBP-1.
"""

from __future__ import annotations

from techamp.subjects.manufacturing_systems.balancing.balance import Balance, up
from techamp.subjects.manufacturing_systems.balancing.branch_and_bound import best_balance
from techamp.subjects.manufacturing_systems.balancing.precedence import Precedence
from techamp.subjects.manufacturing_systems.faults import Faults


def shortest_cycle(tasks: Precedence, stations: int, *, node_budget: int = 400_000) -> Balance:
    """Return a balance of at most ``stations`` whose longest load no other balance can beat; ``cycle_time`` is that
    load.

    Times must be whole numbers of their unit: then so is every load, and halving the interval of possible cycle times
    ends at the shortest. Raises InvalidInput for other times, and where the search of a step ran out of its budget.

    >>> shortest_cycle(Precedence((5, 4, 3, 4), ((0, 1), (0, 2))), 2).cycle_time
    8.0
    """
    faults = Faults()
    faults.whole("stations", stations, 1, len(tasks), "Enter how many stations there are, at most one for each task.")
    broken = [time for time in tasks.times if time != int(time)]
    faults.require(not broken, "times", "must be whole numbers", broken, "Use a smaller unit, such as seconds.")
    faults.stop()
    low, high = max(up(sum(tasks.times) / stations), int(max(tasks.times))), int(sum(tasks.times))
    best = best_balance(tasks, high, node_budget=node_budget)
    while low < high:
        cycle = (low + high) // 2
        found = best_balance(tasks, cycle, node_budget=node_budget)
        if len(found.stations) <= stations:
            best, high = found, int(max(found.loads))
            continue
        faults.require(
            found.least > stations, "node budget", "is too small to decide", node_budget, "Enter a larger one."
        )
        faults.stop()
        low = cycle + 1
    return Balance(best.stations, float(max(best.loads)), best.loads, len(best.stations))
