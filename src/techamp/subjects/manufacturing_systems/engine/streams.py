"""Draws for the kernels: random numbers by key, and times by distribution, in plain IEEE operations.

A draw is a function of (seed, cause, entity, step): every level of the key is one mix, as in ``contract.random``;
the bits are the same. A kernel keeps the mixed key of a level and passes on ``level + step·PHI``: one mix a draw.

``+ − × ÷ √`` and shifts are the same on every machine; ``log`` is the contract's, ``exp`` here is the fdlibm series.
Nothing comes from the C library, no operation is contracted or reordered, so that native code, uncompiled Python and
WebAssembly give the same bits.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy import float64, int64, uint64

from techamp.contract import kernel_random
from techamp.contract.kernel_random import PHI, UNIT, log, mix
from techamp.contract.kernels import part

# Causes of luck. The number is part of the key: a new one goes to the end.
ARRIVAL, PROCESS, SETUP, UP, DOWN, YIELD, ROUTE, MOVE, DUE, MIX, CUSTOMER, PATIENCE = range(1, 13)

# Kinds of distribution, as model.distributions numbers them.
(
    CONSTANT, EXPONENTIAL, UNIFORM, TRIANGULAR, NORMAL, LOGNORMAL, GAMMA, WEIBULL, ERLANG, EMPIRICAL,
) = range(10)  # fmt: skip
RECORD = 4
"""Words of a distribution in memory: its kind, then three numbers a, b, c (see ``draw``)."""

_LN2_HIGH, _LN2_LOW, _PER_LN2 = 6.93147180369123816490e-01, 1.90821492927058770002e-10, 1.44269504088896338700e00
_P1, _P2, _P3 = 1.66666666666666019037e-01, -2.77777777770155933842e-03, 6.61375632143793436117e-05
_P4, _P5 = -1.65339022054652515390e-06, 4.13813679705723846039e-08
_C_OVER, _C_UNDER = kernel_random._C_OVER, kernel_random._C_UNDER
_N_OVER, _N_UNDER = kernel_random._N_OVER, kernel_random._N_UNDER
_F_OVER, _F_UNDER = kernel_random._F_OVER, kernel_random._F_UNDER
_ratio = kernel_random._ratio


@part
def first(seed: Any, cause: Any) -> Any:
    """The key of a cause."""
    return mix(mix(uint64(seed) * PHI + uint64(1)) + uint64(cause) * PHI)


@part
def below(level: Any, entity: Any) -> Any:
    """The key one level down."""
    return mix(uint64(level) + uint64(entity) * PHI)


@part
def at(level: Any, step: Any) -> Any:
    """What ``unit`` and ``draw`` take for a step of this level."""
    return uint64(level) + uint64(step) * PHI


@part
def unit(z: Any) -> Any:
    """Uniform on (0, 1); of ``at(level, step)`` it is ``contract.random.uniform``."""
    return (float64(int64(mix(uint64(z)) >> uint64(11))) + 0.5) * UNIT


@part
def exp(x: Any) -> Any:
    """e^x (fdlibm's series, within 1 ulp); 0 below −708, infinite above 709."""
    if x < -708.0:
        return 0.0
    if x > 709.0:
        return np.inf
    n = np.floor(x * _PER_LN2 + 0.5)
    high, low = x - n * _LN2_HIGH, n * _LN2_LOW
    r = high - low
    t = r * r
    c = r - t * (_P1 + t * (_P2 + t * (_P3 + t * (_P4 + t * _P5))))
    y = 1.0 - ((low - (r * c) / (2.0 - c)) - high)
    return y * uint64((int64(n) + int64(1023)) << int64(52)).view(np.float64)


@part
def power(x: Any, y: Any) -> Any:
    """x^y for x > 0, as e^(y log x): relative error about |y log x| · 10⁻¹⁶."""
    return exp(y * log(x))


@part
def quantile(p: Any) -> Any:
    """The standard normal quantile, as ``contract.random.normal_quantile``."""
    q = p - 0.5
    if abs(q) <= 0.425:
        return q * _ratio(_C_OVER, _C_UNDER, 0.180625 - q * q)
    r = np.sqrt(-log(p if q < 0 else 1.0 - p))
    tail = _ratio(_N_OVER, _N_UNDER, r - 1.6) if r <= 5.0 else _ratio(_F_OVER, _F_UNDER, r - 5.0)
    return -tail if q < 0 else tail


@part
def gamma(shape: Any, z: Any) -> Any:
    """Gamma with scale 1 (Marsaglia & Tsang 2000, "A simple method for generating gamma variables").

    Tries are steps of a level of their own, so that a rejection moves no other draw. Below shape 1 by their boost:
    G(shape) = G(shape + 1) · u^(1/shape).
    """
    level = mix(uint64(z))
    d = (shape if shape >= 1.0 else shape + 1.0) - 1.0 / 3.0
    c = 1.0 / np.sqrt(9.0 * d)
    step = 2
    while True:
        x = quantile(unit(at(level, step)))
        v = 1.0 + c * x
        if v > 0.0:
            v = v * v * v
            if log(unit(at(level, step + 1))) < 0.5 * x * x + d - d * v + d * log(v):
                break
        step += 2
    if shape < 1.0:
        return d * v * power(unit(at(level, 1)), 1.0 / shape)
    return d * v


@part
def unusual(I: Any, F: Any, d: Any, z: Any) -> Any:  # noqa: E741
    """The kinds that are drawn less often: see ``draw``. (No ``in``: it counts through a tuple, and might raise.)"""
    kind, a, b, c = I[d], F[d + 1], F[d + 2], F[d + 3]
    if kind == GAMMA or kind == ERLANG:  # noqa: SIM109
        return b * gamma(a, z)
    u = unit(z)
    if kind == TRIANGULAR:  # a = low, b = mode, c = high
        share = (b - a) / (c - a)
        if u < share:
            return a + np.sqrt(u * (c - a) * (b - a))
        return c - np.sqrt((1.0 - u) * (c - a) * (c - b))
    if kind == NORMAL:  # a = mean, b = sd, c = the share below 0, which is cut away
        return max(0.0, a + b * quantile(c + (1.0 - c) * u))
    if kind == LOGNORMAL:  # a = μ, b = σ
        return exp(a + b * quantile(u))
    if kind == WEIBULL:  # a = 1/shape, b = scale
        return b * power(-log(u), a)
    return F[int64(a) + int64(u * b)]  # EMPIRICAL: a = where the values begin, b = how many


@part
def draw(I: Any, F: Any, d: Any, z: Any) -> Any:  # noqa: E741
    """A time from the distribution in the RECORD words at ``d``; ``z`` is ``at(level, step)``.

    CONSTANT a · EXPONENTIAL a = mean · UNIFORM a = low, b = high − low · GAMMA, ERLANG a = shape, b = scale.
    """
    kind = I[d]
    if kind == CONSTANT:
        return F[d + 1]
    if kind == EXPONENTIAL:
        return -F[d + 1] * log(unit(z))
    if kind == UNIFORM:
        return F[d + 1] + F[d + 2] * unit(z)
    return unusual(I, F, d, z)
