"""Plans for curved surfaces: central composite and Box-Behnken."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import combinations

import numpy as np

from techamp.contract.errors import InvalidInput
from techamp.subjects.process_control.experiments.design import Design, factor_names
from techamp.subjects.process_control.experiments.factorials import fractional_factorial

# Which factors move together, for plans that are not all pairs: Box & Behnken (1960).
_TRIPLES: dict[int, list[tuple[int, ...]]] = {
    6: [(0, 1, 3), (1, 2, 4), (2, 3, 5), (0, 3, 4), (1, 4, 5), (0, 2, 5)],
    7: [(3, 4, 5), (0, 5, 6), (1, 4, 6), (0, 1, 3), (2, 3, 6), (0, 2, 4), (1, 2, 5)],
}


def central_composite(
    factors: int | list[str] | tuple[str, ...],
    *,
    alpha: str | float = "rotatable",
    center_points: int = 5,
    generators: Sequence[str] = (),
) -> Design:
    """Return corners, axial points at ± alpha, and center points (Box & Wilson 1951).

    ``alpha``: "rotatable" (corners^¼: equal precision at equal distance), "face" (1, three levels), "orthogonal"
    (curvatures estimated apart, √((√(F·N) - F)/2) with F corners and N runs), or a number. ``generators`` make the
    corners a fraction, of resolution V if you can. Corners are block 0, axial points block 1; center points are shared
    out.
    Example: two factors, five center points: alpha 1.414, 13 runs (Montgomery, table 11.6).
    Raises InvalidInput for fewer than two factors or an alpha that is none.
    """
    names = factor_names(factors, 2)
    if center_points != int(center_points) or center_points < 0:
        raise InvalidInput("center_points", "must be a whole number, 0 or more", center_points, "Use 3 to 6.")
    corners = fractional_factorial(names, generators).coded
    k, count = len(names), len(corners)
    reach = _alpha(alpha, count, count + 2 * k + center_points)
    axial = np.concatenate([sign * reach * np.eye(k)[j : j + 1] for j in range(k) for sign in (-1.0, 1.0)])
    coded = np.concatenate([corners, axial, np.zeros((center_points, k))])
    with_corners = center_points // 2 + center_points % 2
    block = np.repeat([0, 1, 0, 1], [count, 2 * k, with_corners, center_points - with_corners]).astype(np.int64)
    return Design(f"central composite, alpha {reach:.4g}", names, coded, block, tuple(generators))


def box_behnken(factors: int | list[str] | tuple[str, ...], *, center_points: int = 3) -> Design:
    """Return a plan of three levels without corners, for 3 to 7 factors (Box & Behnken 1960).

    Pairs (triples for 6 and 7) of factors run through all signs while the rest stay in the middle. Use it where all
    extremes at once would hurt. Example: three factors, three center points: 15 runs (NIST/SEMATECH e-Handbook
    5.3.3.6.2).
    Raises InvalidInput for another number of factors.
    """
    names = factor_names(factors)
    k = len(names)
    if not 3 <= k <= 7:
        raise InvalidInput("factors", "must be 3 to 7", k, "Use a central composite plan.")
    if center_points != int(center_points) or center_points < 1:
        raise InvalidInput("center_points", "must be a whole number of at least 1", center_points, "Use 3 to 6.")
    groups: list[tuple[int, ...]] = _TRIPLES[k] if k in _TRIPLES else list(combinations(range(k), 2))
    rows = []
    for group in groups:
        signs = fractional_factorial(len(group), ()).coded
        block = np.zeros((len(signs), k))
        block[:, list(group)] = signs
        rows.append(block)
    coded = np.concatenate([*rows, np.zeros((center_points, k))])
    return Design("Box-Behnken", names, coded, np.zeros(len(coded), dtype=np.int64))


def _alpha(alpha: str | float, corners: int, runs: int) -> float:
    if alpha == "rotatable":
        return math.sqrt(math.sqrt(corners))
    if alpha == "face":
        return 1.0
    if alpha == "orthogonal":
        return math.sqrt(0.5 * (math.sqrt(corners * runs) - corners))
    if isinstance(alpha, str) or not (math.isfinite(alpha) and alpha > 0.0):
        rule = "must be rotatable, face, orthogonal or a number above 0"
        raise InvalidInput("alpha", rule, alpha, "Use rotatable.")
    return float(alpha)
