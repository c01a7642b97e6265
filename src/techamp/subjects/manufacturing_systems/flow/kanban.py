"""How many cards a kanban loop needs. Reference: Monden, Toyota Production System; Krajewski & Ritzman, Operations
Management, on lean systems.
"""

from __future__ import annotations

import math

from techamp.subjects.manufacturing_systems.faults import Faults


def kanban_cards(demand_rate: float, replenishment_time: float, container: float, safety: float = 0.0) -> int:
    """Return the number of cards, one for each container: demand · time · (1 + safety) / container, rounded up.

    ``demand_rate`` parts per time unit; ``replenishment_time`` in that unit, from the moment a container is begun until
    a full one stands there again (card on its way, waiting, setup, work, transport); ``container`` parts in each;
    ``safety`` a share on top for what varies. Valid for steady demand. Example (Krajewski & Ritzman: 2,000 a day, 0.08
    days of waiting and 0.02 of work, 22 in a container, 10 % on top): 10 cards.

    >>> kanban_cards(2000, 0.10, 22, 0.10)
    10
    """
    faults = Faults()
    faults.positive("demand rate", demand_rate, "Enter the parts used per time unit.")
    faults.positive("replenishment time", replenishment_time, "Enter the time until a full container is back.")
    faults.positive("container", container, "Enter the parts in a container.")
    faults.not_negative("safety", safety, "Enter a share such as 0.2 for 20 % more.")
    faults.stop()
    # A hair below a whole number is that number: 2000 × 0.1 × 1.1/22 must not become 11 by rounding in binary.
    return max(1, math.ceil(demand_rate * replenishment_time * (1.0 + safety) / container - 1e-9))
