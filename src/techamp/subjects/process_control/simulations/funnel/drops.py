"""The mathematics of the funnel: where drops fall under each rule, and what theory says about them.

In each of two directions, with the target at zero: drop t falls at ``y[t] = f[t] + d[t] + e[t]``, where ``f`` is
how far the rule has moved the funnel, ``e`` is normal with standard deviation ``spread``, and ``d`` is how far the
stand has crept by itself: ``drift`` with each drop in the x direction, and a random step of standard deviation
``wander`` in both. The funnel points at ``f + d``. The rule: ``f[t+1] = keep·f[t] + gain·y[t]``. See model.md for
sources.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from techamp.contract import random

Floats = NDArray[np.float64]

# rule → (keep, gain); "share" takes its gain from the input.
RULES = {"leave": (1.0, 0.0), "move_back": (1.0, -1.0), "reset_back": (0.0, -1.0), "over_last": (0.0, 1.0)}
_SCATTER_CAUSE, _WANDER_CAUSE = 1, 2


def linear_rule(rule: str, share: float) -> tuple[float, float]:
    """(keep, gain) of the rule; ``share`` is used by the rule of that name."""
    return (1.0, -share) if rule == "share" else RULES[rule]


def luck(seed: int, drops: int, spread: float, drift: float, wander: float) -> Floats:
    """e + d for each drop and direction, mm; shape (drops, 2). All rules with the same seed share it."""
    return spread * _normal(seed, _SCATTER_CAUSE, drops) + creep(seed, drops, drift, wander)


def creep(seed: int, drops: int, drift: float, wander: float) -> Floats:
    """d alone, mm; shape (drops, 2). The stand starts on target: at the first drop it is zero."""
    crept = np.zeros((drops, 2))
    if wander > 0.0:
        crept[1:] = np.cumsum(wander * _normal(seed, _WANDER_CAUSE, drops), axis=0)[:-1]
    crept[:, 0] += drift * np.arange(drops)
    return crept


def _normal(seed: int, cause: int, drops: int) -> Floats:
    return random.normal(seed, cause, np.array([[0, 1]]), np.arange(1, drops + 1)[:, None])


def drop(luck: Floats, rule: str, share: float = 0.0, dead_band: float = 0.0) -> tuple[Floats, Floats]:
    """Where the drops fall and where the funnel stood for each, mm; both shaped like ``luck``: (…, drops, 2).

    Leading axes are runs that are worked out together. ``dead_band`` (mm, rule "share" only): the funnel stays where
    it is while the last drop lies within this distance of the target.
    """
    keep, gain = linear_rule(rule, share)
    funnel = np.zeros_like(luck)
    fell = np.empty_like(luck)
    at = np.zeros_like(luck[..., 0, :])
    for t in range(luck.shape[-2]):
        funnel[..., t, :] = at
        y = fell[..., t, :] = at + luck[..., t, :]
        if rule == "share" and dead_band > 0.0:
            outside = np.sqrt((y * y).sum(axis=-1, keepdims=True)) > dead_band
            at = np.where(outside, at + gain * y, at)
        else:
            at = keep * at + gain * y
    return fell, funnel


def distance(fell: Floats) -> Floats:
    """Distance of each drop from the target, mm."""
    return np.sqrt(fell[..., 0] * fell[..., 0] + fell[..., 1] * fell[..., 1])


def theory_rms(drops: int, rule: str, share: float, spread: float, drift: float, wander: float) -> Floats:
    """Root mean square distance from the target at drop 1, 2, …, mm: what an endless number of runs would show.

    Exact for every linear rule (no dead band), by the recursion of the second moments of (f, d) in each direction.
    Without drift and wander the variance in each direction at drop n is spread² times 1 (leave), 2 from the second
    drop on (move_back), n (reset_back), n (over_last) and, in the long run, 2/(2 − share).

    >>> (theory_rms(4, "over_last", 0.0, 1.0, 0.0, 0.0) ** 2 / 2).round(9).tolist()
    [1.0, 2.0, 3.0, 4.0]
    """
    keep, gain = linear_rule(rule, share)
    total = np.zeros(drops)
    for slope in (drift, 0.0):
        mf = md = ff = fd = dd = 0.0  # E f, E d, E f², E fd, E d²
        for t in range(drops):
            yy = ff + 2.0 * fd + dd + spread * spread
            total[t] += yy
            a = keep + gain  # f' = a·f + gain·(d + e),  d' = d + slope + step
            mf_next = a * mf + gain * md
            fd_next = a * fd + gain * dd + slope * mf_next
            ff = a * a * ff + 2.0 * a * gain * fd + gain * gain * (dd + spread * spread)
            dd += 2.0 * slope * md + slope * slope + wander * wander
            mf, md, fd = mf_next, md + slope, fd_next
    return np.sqrt(total)


def long_run_square(share: float, spread: float, drift: float, wander: float) -> float:
    """Mean square distance from the target in the long run with rule "share", mm² (share above 0).

    In each direction ``2·spread²/(2 − λ) + wander²/(λ(2 − λ))``; along the drift besides ``(drift/λ)²``.
    """
    by_scatter = 2.0 * spread * spread / (2.0 - share)
    by_wander = wander * wander / (share * (2.0 - share))
    return 2.0 * (by_scatter + by_wander) + (drift / share) ** 2


def best_share(spread: float, drift: float, wander: float) -> float:
    """The share λ that makes the long-run spread least: 0 for a process that stands still.

    With wander alone the process is an IMA(1,1) with θ = 1 − λ, and the best share is ``(−r + √(r² + 4r))/2`` with
    ``r = wander²/spread²`` (Box & Luceño 1997); with drift it is found by halving the interval (the function has one
    minimum).

    >>> round(best_share(10.0, 0.0, 10.0), 6)   # r = 1: the golden ratio less one
    0.618034
    """
    if drift == 0.0:
        r = (wander / spread) ** 2
        return (math.sqrt(r * r + 4.0 * r) - r) / 2.0
    low, high = 1e-6, 1.0
    for _ in range(80):
        third = (high - low) / 3.0
        a, b = low + third, high - third
        if long_run_square(a, spread, drift, wander) < long_run_square(b, spread, drift, wander):
            high = b
        else:
            low = a
    return (low + high) / 2.0
