"""Average run lengths of the charts that remember: CUSUM and EWMA, by solving their integral equations.

Gauss-Legendre nodes make the equation a small linear system (Nyström); the kernel is smooth, so that a few dozen nodes
give nine digits or more.
"""

from __future__ import annotations

import math
from functools import cache

import numpy as np

from techamp.contract.errors import InvalidInput
from techamp.subjects.process_control.readings import Array, finite


def cusum_run_length(
    shift: float = 0.0,
    *,
    reference: float = 0.5,
    decision: float = 5.0,
    head_start: float = 0.0,
    two_sided: bool = True,
) -> float:
    """Return the average run length of a tabular CUSUM when the mean is off by ``shift`` standard errors.

    ``head_start``: first value as a share of ``decision``. Two-sided: L = (a·d + c·b - b·d)/(b + d), where a and c are
    the run lengths of the upper and the lower sum with head start, b and d without (Lucas & Crosier 1982).
    Example (Montgomery, table 9.3): reference 0.5, decision 4: 168 without shift, 8.38 at one standard error.
    Raises InvalidInput for a negative reference, a decision not above zero, a head start outside 0 to 1.
    """
    if finite(reference, "reference", "Use 0.5.") < 0:
        raise InvalidInput("reference", "must be at least 0", reference, "Use half the shift to find: 0.5.")
    finite(decision, "decision", "Use 4 or 5.", above=0.0)
    finite(shift, "shift", "Use a shift of 0 to 4.")
    if not 0.0 <= head_start < 1.0:
        raise InvalidInput("head_start", "must be from 0 to below 1", head_start, "Use 0, or 0.5 for a fast start.")
    start = head_start * decision
    with_up, from_zero_up = _one_sided(shift, reference, decision, start)
    if not two_sided:
        return with_up
    with_down, from_zero_down = _one_sided(-shift, reference, decision, start)
    both = with_up * from_zero_down + with_down * from_zero_up - from_zero_up * from_zero_down
    return both / (from_zero_up + from_zero_down)


def ewma_run_length(shift: float = 0.0, *, weight: float = 0.2, k: float = 3.0) -> float:
    """Return the average run length of a two-sided EWMA chart with steady limits, starting at the center.

    Source: Crowder, Technometrics 29(4) 1987. Example: weight 0.1, k 2.7: about 369 without shift.
    Raises InvalidInput for a weight outside 0 to 1.
    """
    if not 0.0 < weight <= 1.0:
        raise InvalidInput("weight", "must be above 0 and at most 1", weight, "Use 0.2, or less for smaller shifts.")
    finite(k, "k", "Use 2.7 to 3.", above=0.0)
    finite(shift, "shift", "Use a shift of 0 to 4.")
    half = k * math.sqrt(weight / (2.0 - weight))
    nodes, weights = _nodes(-half, half, weight)

    def kernel(start: Array) -> Array:
        return weights * _density((nodes - (1.0 - weight) * start[:, None]) / weight - shift) / weight

    run = np.linalg.solve(np.eye(len(nodes)) - kernel(nodes), np.ones(len(nodes)))
    return float(1.0 + (kernel(np.zeros(1)) @ run)[0])


def _one_sided(shift: float, reference: float, decision: float, start: float) -> tuple[float, float]:
    """Run length of the upper sum from ``start`` and from zero."""
    nodes, weights = _nodes(0.0, decision, 1.0)
    states = np.concatenate([[0.0], nodes])
    step = reference - shift
    to_zero = np.array([0.5 * math.erfc((state - step) / math.sqrt(2.0)) for state in states.tolist()])
    moves = weights * _density(nodes[None, :] - states[:, None] + step)
    matrix = np.column_stack([to_zero, moves])
    run = np.linalg.solve(np.eye(len(states)) - matrix, np.ones(len(states)))
    back = 0.5 * math.erfc((start - step) / math.sqrt(2.0))
    first = 1.0 + back * run[0] + float(np.sum(weights * _density(nodes - start + step) * run[1:]))
    return float(first), float(run[0])


def _nodes(low: float, high: float, width: float) -> tuple[Array, Array]:
    """Nodes dense enough for a normal kernel of this width."""
    count = min(800, 40 + math.ceil(8.0 * (high - low) / width))
    node, weight = _legendre(count)
    half = 0.5 * (high - low)
    return low + half * (node + 1.0), half * weight


@cache
def _legendre(count: int) -> tuple[Array, Array]:
    """Nodes and weights on -1 to 1; finding them takes longer than solving the equation."""
    node, weight = np.polynomial.legendre.leggauss(count)
    return node, weight


def _density(z: Array) -> Array:
    return np.exp(-0.5 * z * z) / math.sqrt(2.0 * math.pi)
