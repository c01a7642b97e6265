"""A small drawing of how a time varies: its density, with the mean as a line."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache

from techamp.subjects.manufacturing_systems.model.distributions import Distribution

WIDTH, HEIGHT, BASE = 264, 96, 74
SMALL, SMALL_HEIGHT = 124, 52
POINTS = 80


@lru_cache(maxsize=512)
def density_words(time: Distribution, unit: str) -> str:
    """What the drawing shows, in words."""
    mean, cv = time.mean, time.scv**0.5
    if cv < 0.0005:
        return f"Every part takes {mean:.4g} {unit}."
    low, high = span(time)
    steady = "steady" if cv < 0.25 else "uneven" if cv < 0.75 else "wild"
    return f"Mean {mean:.4g} {unit}, cv {cv:.2g} ({steady}): nearly all between {low:.3g} and {high:.3g} {unit}."


def span(time: Distribution) -> tuple[float, float]:
    """Where nearly all times lie."""
    p, mean, sd = time.parameters, time.mean, math.sqrt(time.variance)
    if time.kind in ("uniform", "triangular"):
        return p[0], p[-1]
    if time.kind == "empirical":
        return min(p), max(p)
    far = {"exponential": 4.0, "lognormal": 4.0, "gamma": 3.5, "erlang": 3.5}.get(time.kind, 3.0)
    return max(0.0, mean - 3.0 * sd), mean + far * sd


@lru_cache(maxsize=512)
def density_drawing(time: Distribution, unit: str) -> str:
    """The drawing as SVG; colors are classes."""
    low, high = _window(time)
    x = _scale(low, high, WIDTH)
    at = min(max(x(time.mean), 30.0), WIDTH - 30.0)
    drawn = [*_shape(time, x, low, high, WIDTH, BASE)]
    drawn.append(f'<text x="{at:.1f}" y="{BASE + 17}" class="mid">{time.mean:.4g} {unit}</text>')
    for value, css in ((low, ""), (high, ' class="end"')):
        if abs(x(value) - at) > 62:
            drawn.append(f'<text x="{x(value):.1f}" y="{BASE + 17}"{css}>{value:.3g}</text>')
    return _svg(WIDTH, HEIGHT, drawn)


@lru_cache(maxsize=512)
def shape_drawing(time: Distribution) -> str:
    """The shape alone, small, to choose by."""
    low, high = _window(time)
    return _svg(SMALL, SMALL_HEIGHT, _shape(time, _scale(low, high, SMALL), low, high, SMALL, SMALL_HEIGHT - 6))


def _window(time: Distribution) -> tuple[float, float]:
    """What the drawing shows of the axis of times: from 0 where the shape begins near it."""
    low, high = span(time)
    if time.scv < 1e-6 or high <= low:
        return 0.0, 2.0 * time.mean or 1.0
    return (min(low, 0.0) if low < 0.4 * high else low), high


def _scale(low: float, high: float, width: int) -> Callable[[float], float]:
    return lambda value: 12 + (width - 24) * (value - low) / (high - low)


def _shape(
    time: Distribution, x: Callable[[float], float], low: float, high: float, width: int, base: int
) -> list[str]:
    """Axis, curve or sticks, and the mean as a line."""
    sticks = time.kind in ("constant", "empirical") or time.mean <= 0
    drawn = [f'<path class="c-axis" d="M12 {base}H{width - 12}"/>']
    drawn += _sticks(time, x, base) if sticks else [_curve(time, low, high, x, base)]
    return [*drawn, f'<path class="c-center" d="M{x(time.mean):.1f} 8V{base}"/>']


def _svg(width: int, height: int, drawn: list[str]) -> str:
    head = f'<svg class="density" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    return f'{head} aria-hidden="true" focusable="false">{"".join(drawn)}</svg>'


def _sticks(time: Distribution, x: Callable[[float], float], base: int) -> list[str]:
    values = sorted(time.parameters)[:200]
    return [f'<path class="c-now" d="M{x(value):.1f} {base // 3}V{base}"/>' for value in dict.fromkeys(values)]


def _curve(time: Distribution, low: float, high: float, x: Callable[[float], float], base: int) -> str:
    values = [low + (high - low) * (i + 0.5) / POINTS for i in range(POINTS)]
    heights = [_density(time, value) for value in values]
    top = max(h for h in heights if math.isfinite(h)) or 1.0
    tops = [base - (base - 12) * min(1.0, h / top) for h in heights]
    points = " ".join(f"{x(value):.1f},{y:.1f}" for value, y in zip(values, tops, strict=True))
    ends = f"{x(values[0]):.1f},{base} {points} {x(values[-1]):.1f},{base}"
    return f'<polygon class="c-band" points="{ends}"/><polyline class="c-now" points="{points}"/>'


def _density(time: Distribution, t: float) -> float:
    """The density at t > 0, up to a factor."""
    p = time.parameters
    match time.kind:
        case "exponential":
            return math.exp(-t / p[0])
        case "uniform":
            return 1.0 if p[0] <= t <= p[1] else 0.0
        case "triangular":
            low, mode, high = p
            rising = (t - low) / (mode - low) if mode > low else 1.0
            falling = (high - t) / (high - mode) if high > mode else 1.0
            return max(0.0, rising if t < mode else falling)
        case "normal":
            return math.exp(-(((t - p[0]) / p[1]) ** 2) / 2)
        case "lognormal":
            variance = math.log(1 + (p[1] / p[0]) ** 2)
            center = math.log(p[0]) - variance / 2
            return math.exp(-((math.log(t) - center) ** 2) / (2 * variance)) / t if t > 0 else 0.0
        case "weibull":
            return (t / p[1]) ** (p[0] - 1) * math.exp(-((t / p[1]) ** p[0])) if t > 0 else 0.0
        case _:  # gamma, erlang
            shape = p[1] if time.kind == "erlang" else (p[0] / p[1]) ** 2
            scale = p[0] / shape
            return math.exp((shape - 1) * math.log(t / scale) - t / scale - math.lgamma(shape)) if t > 0 else 0.0
