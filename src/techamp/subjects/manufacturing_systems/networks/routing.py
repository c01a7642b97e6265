"""Routes of jobs between stations: how much work each station gets."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from techamp.subjects.manufacturing_systems.faults import Faults, is_number

Floats = NDArray[np.float64]
ROUNDING = 1e-9


def traffic(external: Sequence[float], routing: Sequence[Sequence[float]]) -> Floats:
    """Return the arrival rate of each station, by the traffic equations λ_j = γ_j + Σ λ_i p_ij.

    ``external``: jobs per time unit that enter at each station; ``routing[i][j]``: the share of jobs that go from i to
    j; the rest of a row leaves. Raises InvalidInput where jobs enter a circle of stations that none ever leaves.
    Example (Jackson network with feedback): 4/3 visits where a quarter of the jobs come back.

    >>> [round(float(rate), 4) for rate in traffic([1.0], [[0.25]])]
    [1.3333]
    """
    _check(external, routing)
    gamma, shares = np.asarray(external, dtype=float), np.asarray(routing, dtype=float)
    leaves = 1.0 - shares.sum(axis=1) > ROUNDING
    entered = _reach(gamma > 0.0, shares > 0.0)
    ends = _reach(leaves, (shares > 0.0).T)
    trapped = [int(i) + 1 for i in np.flatnonzero(entered & ~ends)]
    faults = Faults()
    remedy = "Let a share of the jobs leave from one of them."
    faults.require(not trapped, "routing", "must let every job leave in the end", f"no way out of {trapped}", remedy)
    faults.stop()
    used = np.flatnonzero(entered)
    rates = np.zeros(len(gamma))
    rates[used] = np.linalg.solve(np.eye(len(used)) - shares[np.ix_(used, used)].T, gamma[used])
    return rates


def _reach(start: NDArray[np.bool_], linked: NDArray[np.bool_]) -> NDArray[np.bool_]:
    found = start.copy()
    while True:
        more = found | linked[found].any(axis=0)
        if (more == found).all():
            return found
        found = more


def _check(external: Sequence[float], routing: Sequence[Sequence[float]]) -> None:
    faults = Faults()
    count = len(external)
    faults.require(
        0 < count <= 2000, "external", "must have 1 to 2,000 stations", count, "Give each station's arrivals."
    )
    faults.every_not_negative("external rate of station", external, "Enter the jobs that enter there per time unit.")
    some = any(is_number(rate) and rate > 0 for rate in external)
    faults.require(some, "external", "must let jobs enter somewhere", list(external), "Enter a rate above 0.")
    faults.same_length("routing", routing, count, "stations")
    for i, row in enumerate(routing, 1):
        faults.same_length(f"routing from {i}", row, count, "stations")
        good = [is_number(share) and share >= 0 for share in row]
        if faults.require(all(good), f"routing from {i}", "must be shares of 0 or more", list(row), "Correct the row."):
            holds = sum(row) <= 1.0 + ROUNDING
            faults.require(
                holds, f"routing from {i}", "must sum to at most 1", sum(row), "The rest leaves the network."
            )
    faults.stop()
