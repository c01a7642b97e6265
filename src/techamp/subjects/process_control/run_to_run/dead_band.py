"""A controller that moves only when its estimate leaves a dead band: how often it moves, and what that costs."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from techamp.contract.errors import InvalidInput
from techamp.subjects.process_control.run_to_run.controllers import check_weight

NODES = 80


@dataclass(frozen=True)
class BoundedAdjustment:
    """``interval``: runs from change to change on average; ``mean_square`` of the error over that of the shocks."""

    interval: float
    mean_square: float


def bounded_adjustment(weight: float, dead_band: float, *, shock: float = 1.0) -> BoundedAdjustment:
    """Return how an EWMA controller with a dead band does on a process whose best forecast it is.

    The process wanders as an IMA(1,1) with θ = 1 - weight and shocks of standard deviation ``shock``; the gain is
    known. Between changes the estimate is a random walk with steps weight·shock until it leaves ±dead_band. With
    m = dead_band/(weight·shock) and φ the normal density, interval h(0) and sum of squares g(0) solve
    h(x) = 1 + ∫φ(y - x)h(y)dy and g(x) = x² + ∫φ(y - x)g(y)dy over ±m, by Gauss-Legendre points (Nyström);
    mean square = shock²·(1 + weight²·g(0)/h(0)). Source: Box & Jenkins (1963); Crowder (1992); Box & Luceño (1997),
    chapter 9. Example: weight 0.4, no dead band: a change after every run, mean square 1.
    Raises InvalidInput for a weight outside 0 to 1, or a dead band or shock below 0.
    """
    check_weight(weight)
    if weight == 0.0 or shock <= 0.0 or dead_band < 0.0:
        rule = "must be 0 or more, with a weight and a shock above 0"
        raise InvalidInput("dead_band", rule, (dead_band, weight, shock), "For example 1, 0.3 and 1.")
    m = dead_band / (weight * shock)
    if m == 0.0:
        return BoundedAdjustment(1.0, shock**2)
    points, weights = np.polynomial.legendre.leggauss(NODES + 2 * math.ceil(m))
    x, w = m * points, m * weights
    kernel = np.exp(-0.5 * (x[None, :] - x[:, None]) ** 2) / math.sqrt(2.0 * math.pi) * w
    right = np.column_stack([np.ones_like(x), x * x])
    inner = np.linalg.solve(np.eye(len(x)) - kernel, right)
    start = np.exp(-0.5 * x**2) / math.sqrt(2.0 * math.pi) * w
    interval, squares = (np.array([1.0, 0.0]) + start @ inner).tolist()
    return BoundedAdjustment(interval, shock**2 * (1.0 + weight**2 * squares / interval))
