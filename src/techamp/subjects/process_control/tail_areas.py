"""Areas and quantiles of t, F, chi-square, normal and binomial, as floats. SciPy is loaded when first needed."""

from __future__ import annotations

import math
from functools import lru_cache
from statistics import NormalDist

from techamp.contract.errors import InvalidInput

_NORMAL = NormalDist()


def confidence_level(confidence: float) -> float:
    """Return ``confidence``, or raise InvalidInput unless it is from 0.5 to below 1."""
    if not 0.5 <= confidence < 1.0:
        raise InvalidInput("confidence", "must be from 0.5 to below 1", confidence, "Use 0.95.")
    return float(confidence)


def normal_quantile(probability: float) -> float:
    return _NORMAL.inv_cdf(probability)


def normal_upper(z: float) -> float:
    """P(Z > z), accurate far out."""
    return 0.5 * math.erfc(z / math.sqrt(2.0))


def t_upper(t: float, df: float) -> float:
    """P(T > t)."""
    from scipy.special import stdtr

    return float(stdtr(df, -t))


@lru_cache(maxsize=4096)
def t_quantile(probability: float, df: float) -> float:
    from scipy.special import stdtrit

    return float(stdtrit(df, probability))


def f_upper(f: float, df1: float, df2: float) -> float:
    """P(F > f)."""
    from scipy.special import fdtrc

    return float(fdtrc(df1, df2, f))


@lru_cache(maxsize=4096)
def f_quantile(probability: float, df1: float, df2: float) -> float:
    from scipy.special import fdtri

    return float(fdtri(df1, df2, probability))


def chi_square_upper(x: float, df: float) -> float:
    """P(χ² > x)."""
    from scipy.special import chdtrc

    return float(chdtrc(df, x))


@lru_cache(maxsize=4096)
def chi_square_quantile(probability: float, df: float) -> float:
    from scipy.special import chdtri

    return float(chdtri(df, 1.0 - probability))


def binomial_interval(count: int, n: int, confidence: float = 0.95) -> tuple[float, float]:
    """Return the exact interval of a proportion (Clopper & Pearson 1934): tail areas of the binomial turned round.

    Example: 0 of 10 at 95 %: 0 to 0.308.
    """
    from scipy.special import betaincinv

    tail = 0.5 * (1.0 - confidence_level(confidence))
    low = 0.0 if count == 0 else float(betaincinv(count, n - count + 1, tail))
    high = 1.0 if count == n else float(betaincinv(count + 1, n - count, 1.0 - tail))
    return low, high
