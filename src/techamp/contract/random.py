"""Random numbers as a function of (seed, cause, entity, step).

Counter-based: no state, no order of calls. Two scenarios that ask for the draw of the same cause, entity and step share
their luck, and every machine gives the same bits (integer mixing; logarithm, sine and cosine are our own, in plain IEEE
operations, as libm differs from machine to machine).

The mixer is SplitMix64's finalizer (Steele, Lea & Flood 2014, "Fast splittable pseudorandom number generators"),
applied once
for each level of the key so that neighboring seeds, causes and entities cannot collide by adding up.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

PHI = np.uint64(0x9E3779B97F4A7C15)
_M1, _M2 = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_S30, _S27, _S31, _S11 = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(11)
_UNIT = 1.0 / 9007199254740992.0  # 2^-53


def _mix(z: NDArray[np.uint64]) -> NDArray[np.uint64]:
    z = (z ^ (z >> _S30)) * _M1
    z = (z ^ (z >> _S27)) * _M2
    return z ^ (z >> _S31)


def _u64(value: ArrayLike) -> NDArray[np.uint64]:
    return np.atleast_1d(np.asarray(value, dtype=np.int64)).astype(np.uint64)


def bits(seed: int, cause: int, entity: ArrayLike, step: ArrayLike) -> NDArray[np.uint64]:
    """64 random bits for each (entity, step), broadcast against each other."""
    level = _mix(_u64(seed) * PHI + _u64(1))
    level = _mix(level + _u64(cause) * PHI)
    level = _mix(level + _u64(entity) * PHI)
    return _mix(level + _u64(step) * PHI)


def uniform(seed: int, cause: int, entity: ArrayLike, step: ArrayLike) -> NDArray[np.float64]:
    """Uniform on the open interval (0, 1); shape of ``entity`` and ``step`` broadcast."""
    return ((bits(seed, cause, entity, step) >> _S11).astype(np.float64) + 0.5) * _UNIT


def normal(seed: int, cause: int, entity: ArrayLike, step: ArrayLike) -> NDArray[np.float64]:
    """Standard normal by inversion (Wichura 1988, algorithm AS 241, PPND16: relative error about 1e-16).

    One draw, one number: common random numbers stay aligned, and the function is monotone in its uniform.
    """
    return normal_quantile(uniform(seed, cause, entity, step))


def exponential(seed: int, cause: int, entity: ArrayLike, step: ArrayLike) -> NDArray[np.float64]:
    """Exponential with mean 1, by inversion."""
    return -log(uniform(seed, cause, entity, step))


def log(x: ArrayLike) -> NDArray[np.float64]:
    """Natural logarithm of positive normal numbers in + − × ÷ only (the fdlibm series), so that all machines agree."""
    values = np.atleast_1d(np.asarray(x, dtype=np.float64))
    shift = np.uint64(0x3FF0000000000000 - 0x3FE6A09E667F3BCD)
    moved = values.view(np.uint64) + shift
    exponent = (moved >> np.uint64(52)).astype(np.int64) - 0x3FF
    mantissa = ((moved & np.uint64(0x000FFFFFFFFFFFFF)) + np.uint64(0x3FE6A09E667F3BCD)).view(np.float64)
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


# Wichura's coefficients: center (|p − ½| ≤ 0.425), then the near and the far tail in r = √(−log p). Highest power
# first.
_CENTER = (
    (2509.0809287301226727, 33430.575583588128105, 67265.770927008700853, 45921.953931549871457,
     13731.693765509461125, 1971.5909503065514427, 133.14166789178437745, 3.3871328727963666080),
    (5226.4952788528545610, 28729.085735721942674, 39307.895800092710610, 21213.794301586595867,
     5394.1960214247511077, 687.18700749205790830, 42.313330701600911252, 1.0),
)  # fmt: skip
_NEAR = (
    (7.74545014278341407640e-4, 2.27238449892691845833e-2, 2.41780725177450611770e-1, 1.27045825245236838258,
     3.64784832476320460504, 5.76949722146069140550, 4.63033784615654529590, 1.42343711074968357734),
    (1.05075007164441684324e-9, 5.47593808499534494600e-4, 1.51986665636164571966e-2, 1.48103976427480074590e-1,
     6.89767334985100004550e-1, 1.67638483018380384940, 2.05319162663775882187, 1.0),
)  # fmt: skip
_FAR = (
    (2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.24266094738807843860e-3, 2.65321895265761230930e-2,
     2.96560571828504891230e-1, 1.78482653991729133580, 5.46378491116411436990, 6.65790464350110377720),
    (2.04426310338993978564e-15, 1.42151175831644588870e-7, 1.84631831751005468180e-5, 7.86869131145613259100e-4,
     1.48753612908506148525e-2, 1.36929880922735805310e-1, 5.99832206555887937690e-1, 1.0),
)  # fmt: skip


def _ratio(table: tuple[tuple[float, ...], tuple[float, ...]], r: NDArray[np.float64]) -> NDArray[np.float64]:
    over, under = np.zeros_like(r), np.zeros_like(r)
    for a, b in zip(*table, strict=True):
        over, under = over * r + a, under * r + b
    return over / under


def normal_quantile(p: ArrayLike) -> NDArray[np.float64]:
    """The standard normal quantile of p in (0, 1). Wichura (1988), Applied Statistics 37, 477–484, algorithm AS 241."""
    p = np.atleast_1d(np.asarray(p, dtype=np.float64))
    q = p - 0.5
    center = q * _ratio(_CENTER, 0.180625 - q * q)
    r = np.sqrt(-log(np.where(q < 0, p, 1.0 - p)))
    tail = np.where(r <= 5.0, _ratio(_NEAR, r - 1.6), _ratio(_FAR, r - 5.0))
    return np.where(np.abs(q) <= 0.425, center, np.where(q < 0, -tail, tail))
