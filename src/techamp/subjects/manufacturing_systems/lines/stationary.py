"""Long-run chances of a Markov chain from its sparse moves."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from techamp.contract.errors import InvalidInput

MOST_STATES = 40_000
Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


def refuse_too_many(states: int) -> None:
    """Raise InvalidInput for a chain that would take minutes or gigabytes to solve exactly."""
    if states > MOST_STATES:
        raise InvalidInput(
            "line",
            f"must have at most {MOST_STATES:,} states to be solved exactly",
            f"{states:,} states",
            "Take fewer machines or smaller buffers, or use decomposition or simulation.",
        )


def stationary(states: int, sources: Integers, targets: Integers, weights: Floats) -> Floats:
    """Return the chances π with π Q = 0 and Σπ = 1, where move i goes from ``sources[i]`` to ``targets[i]``.

    ``weights`` are rates (continuous time) or chances (discrete time): moves to itself cancel. The state with the most
    moves into it is set to 1 and its equation dropped, which keeps the matrix sparse; then all is scaled.
    """
    from scipy.sparse import csc_array
    from scipy.sparse.linalg import splu

    if states == 1:
        return np.ones(1)
    out = np.bincount(sources, weights, minlength=states)
    rows = np.concatenate([targets, np.arange(states)])
    columns = np.concatenate([sources, np.arange(states)])
    flow = csc_array((np.concatenate([weights, -out]), (rows, columns)), shape=(states, states))
    fixed = int(np.argmax(np.bincount(targets, minlength=states)))
    keep = np.flatnonzero(np.arange(states) != fixed)
    system: Any = flow[keep][:, keep].tocsc()
    right = -flow[:, [fixed]].toarray().ravel()[keep]
    chances = np.ones(states)
    chances[keep] = splu(system).solve(right)
    chances = np.maximum(chances, 0.0)
    return np.asarray(chances / chances.sum())
