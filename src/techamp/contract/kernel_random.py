"""The same draws as ``random``, scalar, for kernels (see ``kernels``). Bit for bit equal; a test compares."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy import float64, int64, uint64

from techamp.contract import random as vector
from techamp.contract.kernels import part

PHI = np.uint64(0x9E3779B97F4A7C15)
M1, M2 = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
UNIT = 1.0 / 9007199254740992.0
_C_OVER, _C_UNDER = vector._CENTER
_N_OVER, _N_UNDER = vector._NEAR
_F_OVER, _F_UNDER = vector._FAR


@part
def mix(z: Any) -> Any:
    z = (z ^ (z >> uint64(30))) * M1
    z = (z ^ (z >> uint64(27))) * M2
    return z ^ (z >> uint64(31))


@part
def uniform(seed: Any, cause: Any, entity: Any, step: Any) -> Any:
    """Uniform on (0, 1), as ``techamp.contract.random.uniform``."""
    level = mix(uint64(seed) * PHI + uint64(1))
    level = mix(level + uint64(cause) * PHI)
    level = mix(level + uint64(entity) * PHI)
    return (float64(int64(mix(level + uint64(step) * PHI) >> uint64(11))) + 0.5) * UNIT


@part
def log(x: Any) -> Any:
    """Natural logarithm, as ``techamp.contract.random.log``."""
    moved = float64(x).view(np.uint64) + uint64(0x3FF0000000000000 - 0x3FE6A09E667F3BCD)
    exponent = int64(moved >> uint64(52)) - int64(0x3FF)
    mantissa = uint64((moved & uint64(0x000FFFFFFFFFFFFF)) + uint64(0x3FE6A09E667F3BCD)).view(np.float64)
    f = mantissa - 1.0
    s = f / (2.0 + f)
    z = s * s
    w = z * z
    half = 0.5 * f * f
    even = w * (0.3999999999940941908 + w * (0.2222219843214978396 + w * 0.1531383769920937332))
    odd = z * (
        0.6666666666666735130 + w * (0.2857142874366239149 + w * (0.1818357216161805012 + w * 0.1479819860511658591))
    )
    return exponent * 0.693147180559945286 - ((half - (s * (half + (odd + even)))) - f)


@part
def _polynomial(c: Any, r: Any) -> Any:
    """Eight coefficients, the highest power first. Written out: a counted index into a tuple may raise."""
    return ((((((c[0] * r + c[1]) * r + c[2]) * r + c[3]) * r + c[4]) * r + c[5]) * r + c[6]) * r + c[7]


@part
def _ratio(over: Any, under: Any, r: Any) -> Any:
    return _polynomial(over, r) / _polynomial(under, r)


@part
def normal(seed: Any, cause: Any, entity: Any, step: Any) -> Any:
    """Standard normal, as ``techamp.contract.random.normal``."""
    p = uniform(seed, cause, entity, step)
    q = p - 0.5
    if abs(q) <= 0.425:
        return q * _ratio(_C_OVER, _C_UNDER, 0.180625 - q * q)
    r = np.sqrt(-log(p if q < 0 else 1.0 - p))
    tail = _ratio(_N_OVER, _N_UNDER, r - 1.6) if r <= 5.0 else _ratio(_F_OVER, _F_UNDER, r - 5.0)
    return -tail if q < 0 else tail


@part
def exponential(seed: Any, cause: Any, entity: Any, step: Any) -> Any:
    """Exponential with mean 1, as ``techamp.contract.random.exponential``."""
    return -log(uniform(seed, cause, entity, step))
