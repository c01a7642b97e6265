"""Two machines that pour into and out of a tank of finite size, and fail: the continuous line, exactly.

Good for fast machines with long stops, where single parts do not matter, and for machines of different speed. Times to
failure (in working time: a machine slowed to half its speed fails half as often) and repair are exponential. Reference:
Gershwin & Schick (1980); Gershwin (1994), section 3.4; solved by the modes of the density between its two edges.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from techamp.subjects.manufacturing_systems.faults import Faults
from techamp.subjects.manufacturing_systems.lines.line_flow import LineFlow
from techamp.subjects.manufacturing_systems.lines.stationary import Floats

# states: 0 both down, 1 only the first up, 2 only the second up, 3 both up
_BOTH_DOWN, _FIRST, _SECOND, _BOTH = range(4)


def continuous_line(speeds: Sequence[float], mttf: Sequence[float], mttr: Sequence[float], buffer: float) -> LineFlow:
    """Return throughput and mean buffer level of two machines with ``buffer`` between them (parts, may be fractional).

    ``speeds`` in parts per time unit, ``mttf`` and ``mttr`` in time units. Example: with equal machines of efficiency
    10/11 and hardly any buffer 0.8333 = 1/(1 + 0.1 + 0.1); with a vast one 10/11.

    >>> [round(continuous_line([1, 1], [100, 100], [10, 10], size).throughput, 4) for size in (1e-6, 20, 1e6)]
    [0.8333, 0.8714, 0.9091]
    """
    _check(speeds, mttf, mttr, buffer)
    u = np.asarray(speeds, dtype=float)
    p, r = 1.0 / np.asarray(mttf, dtype=float), 1.0 / np.asarray(mttr, dtype=float)
    full, empty, inside, content = _chances(u, p, r, float(buffer))
    total = full.sum() + empty.sum() + inside.sum()
    rate = u[1] * (inside[_SECOND] + inside[_BOTH] + full[_BOTH]) + u[0] * empty[_BOTH]
    starved = empty[_SECOND] + max(0.0, 1.0 - u[0] / u[1]) * empty[_BOTH]
    blocked = full[_FIRST] + max(0.0, 1.0 - u[1] / u[0]) * full[_BOTH]
    level = (buffer * full.sum() + content) / total
    return LineFlow(float(rate / total), (float(level),), (0.0, float(starved / total)), (float(blocked / total), 0.0))


def _chances(u: Floats, p: Floats, r: Floats, buffer: float) -> tuple[Floats, Floats, Floats, float]:
    """Unscaled chances of the four states with the tank full, empty and between; and the integral of the level.

    Between the edges the flux g_j = (drift of j) x (density of j) obeys g' = g·A; at the edges, what the flux brings in
    the moves of the stuck states take away.
    """
    drift = np.array([0.0, u[0], -u[1], u[0] - u[1]])
    modes, powers, density = _modes(_moves(p, r, 1.0, 1.0), drift)
    signs = np.where(powers > 0, 1.0, 0.0)  # growing modes are measured from the far edge, so that none overflows
    at_empty, at_full = np.exp(-signs * powers * buffer), np.exp((1.0 - signs) * powers * buffer)
    stuck_full = [_FIRST, *([_BOTH] if u[0] >= u[1] else [])]
    stuck_empty = [_SECOND, *([_BOTH] if u[1] >= u[0] else [])]
    when_full, when_empty = _moves(p, r, u[1] / u[0], 1.0), _moves(p, r, 1.0, u[0] / u[1])
    when_full[_FIRST] = _only(_BOTH, r[1], _FIRST)  # a blocked machine cannot fail
    when_empty[_SECOND] = _only(_BOTH, r[0], _SECOND)
    nothing = np.zeros((len(modes), 4))
    rows = [np.hstack([modes * at_full[:, None], -modes * at_empty[:, None]])]
    rows.append(np.hstack([when_full[stuck_full], nothing[:1].repeat(len(stuck_full), 0)]))
    rows.append(np.hstack([nothing[:1].repeat(len(stuck_empty), 0), when_empty[stuck_empty]]))
    weights = np.linalg.svd(np.vstack(rows).T)[2][-1]
    weights = weights * np.sign(weights[np.argmax(np.abs(weights))])
    of_modes, masses = weights[: len(modes)], weights[len(modes) :]
    full, empty = np.zeros(4), np.zeros(4)
    full[stuck_full], empty[stuck_empty] = masses[: len(stuck_full)], masses[len(stuck_full) :]
    sizes, means = np.array([_integrals(power, buffer) for power in powers]).T
    inside = (of_modes * sizes) @ density
    return full, empty, inside, float(((of_modes * means) @ density).sum())


def _modes(moves: Floats, drift: Floats) -> tuple[Floats, Floats, Floats]:
    """Fluxes g of the modes e^(λx) without net flux, their λ, and the densities of all four states."""
    moving = np.flatnonzero(drift != 0.0)
    still = np.flatnonzero(drift == 0.0)
    detour = -np.linalg.solve(moves[np.ix_(still, still)].T, moves[np.ix_(moving, still)].T).T
    matrix = (moves[np.ix_(moving, moving)] + detour @ moves[np.ix_(still, moving)]) / drift[moving][:, None]
    # what enters the tank leaves it: keep to fluxes that sum to 0, spanned by differences of neighbors
    basis = np.linalg.svd(np.ones((1, len(moving))))[2][1:]
    powers, vectors = np.linalg.eig((basis @ matrix @ basis.T).T)
    fluxes = (vectors.T @ basis).real
    modes, density = np.zeros((len(powers), 4)), np.zeros((len(powers), 4))
    modes[:, moving] = fluxes
    density[:, moving] = fluxes / drift[moving]
    density[:, still] = density[:, moving] @ detour
    return modes, np.asarray(powers.real), density


def _moves(p: Floats, r: Floats, first: float, second: float) -> Floats:
    """Rates between the four states, the machines working at a share ``first`` and ``second`` of their speed."""
    fail = p[0] * min(1.0, first), p[1] * min(1.0, second)
    found = np.zeros((4, 4))
    found[_BOTH_DOWN, [_FIRST, _SECOND]] = r
    found[_FIRST, [_BOTH_DOWN, _BOTH]] = fail[0], r[1]
    found[_SECOND, [_BOTH_DOWN, _BOTH]] = fail[1], r[0]
    found[_BOTH, [_SECOND, _FIRST]] = fail
    return found - np.diag(found.sum(axis=1))


def _only(target: int, rate: float, source: int) -> Floats:
    row = np.zeros(4)
    row[target], row[source] = rate, -rate
    return row


def _integrals(power: float, length: float) -> tuple[float, float]:
    """∫ w dx and ∫ x·w dx over the tank, w = e^(λx), or e^(λ(x - length)) where λ > 0."""
    z = abs(power) * length
    if z < 1e-3:
        size, mean = length * (1 - z / 2 + z * z / 6), length**2 * (0.5 - z / 3 + z * z / 8)
    else:
        size = -math.expm1(-z) / abs(power)
        mean = (1.0 - (1.0 + z) * math.exp(-z)) / power**2
    return (size, length * size - mean) if power > 0 else (size, mean)


def _check(speeds: Sequence[float], mttf: Sequence[float], mttr: Sequence[float], buffer: float) -> None:
    faults = Faults()
    for name, values in (("speeds", speeds), ("mttf", mttf), ("mttr", mttr)):
        faults.same_length(name, values, 2, "machines")
    faults.every_positive("speed", speeds, "Enter the parts per time unit of the machine.")
    faults.every_positive("mttf", mttf, "Enter the mean working time to failure.")
    faults.every_positive("mttr", mttr, "Enter the mean time to repair.")
    faults.positive("buffer", buffer, "Enter how many parts fit between the machines.")
    faults.stop()
