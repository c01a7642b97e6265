"""Charts of a report as SVG text, drawn for the width that they get. Colors are classes; words stand beside them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from html import escape

import numpy as np
from numpy.typing import NDArray

NARROW, WIDE = 330, 720
ROW, BAR, LETTER = 34, 20, 7.4


def both(draw: object, *arguments: object) -> str:
    """A chart for a phone and one for a desk; the style sheet shows the one that fits."""
    made = [(name, draw(*arguments, width)) for name, width in (("narrow", NARROW), ("wide", WIDE))]  # type: ignore[operator]
    return "".join(f'<div class="{name}">{svg}</div>' for name, svg in made)


def share_bars(rows: Sequence[tuple[str, Mapping[str, float]]], kinds: Mapping[str, str], width: int) -> str:
    """Stacked bars, one row each: parts of 1 by kind. ``kinds``: kind → word, in the order of drawing."""
    used = [kind for kind in kinds if any(shares.get(kind, 0.0) > 0 for _name, shares in rows)]
    left = min(0.38 * width, 12 + LETTER * max((len(name) for name, _ in rows), default=4))
    room = width - left - 8
    most = int((left - 8) / LETTER)
    keys, key_height = _legend([(kind, kinds[kind]) for kind in used], width)
    height = key_height + ROW * len(rows) + 30
    drawn = [keys]
    bottom = key_height + ROW * len(rows) + 2
    for tick in (0, 25, 50, 75, 100):
        x, where = left + room * tick / 100, {0: "", 100: " end"}.get(tick, " mid")
        drawn.append(f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{key_height}" y2="{bottom}" class="grid"/>')
        drawn.append(
            f'<text x="{x:.1f}" y="{bottom + 16}" class="soft{where}">{tick}{" %" if tick == 100 else ""}</text>'
        )
    for i, (name, shares) in enumerate(rows):
        y, x = key_height + ROW * i + 6, left
        shown = name if len(name) <= most else name[: most - 1] + "…"
        drawn.append(f'<text x="{left - 8:.0f}" y="{y + 15}" class="end">{escape(shown)}</text>')
        for kind in used:
            wide = shares.get(kind, 0.0) * room
            if wide <= 0:
                continue
            told = f"{name}: {kinds[kind]} {100 * shares[kind]:.1f} %"
            drawn.append(
                f'<rect x="{x:.2f}" y="{y}" width="{wide:.2f}" height="{BAR}" class="k-{kind}">'
                f"<title>{escape(told)}</title></rect>"
            )
            if wide > 34:
                drawn.append(
                    f'<text x="{x + wide / 2:.1f}" y="{y + 15}" class="in mid">{100 * shares[kind]:.0f}</text>'
                )
            x += wide
    return _svg(width, height, drawn, "Shares of time by station")


def over_time(
    time: NDArray[np.float64], rows: NDArray[np.float64], labels: tuple[str, str], cut: float, width: int
) -> str:
    """The mean of several runs over time with its 95 % interval as a band; the time left out is shaded."""
    height, left, top, bottom = 240, 52, 26, 40
    mean = rows.mean(axis=0)
    half = 2.776 * rows.std(axis=0, ddof=1) / math.sqrt(len(rows)) if len(rows) == 5 else np.zeros_like(mean)
    mean, half, time = _thinned(mean, half, time, width // 4)
    low, high = np.maximum(0.0, mean - half), mean + half
    ticks = nice_ticks(0.0, float(high.max()) or 1.0)
    end = float(time[-1])
    xs = left + (width - left - 10) * time / end

    def ys(values: NDArray[np.float64] | float) -> NDArray[np.float64]:
        return np.asarray(height - bottom - (height - bottom - top) * np.asarray(values) / ticks[-1])

    drawn = []
    if cut > 0:
        x = left + (width - left - 10) * cut / end
        drawn.append(
            f'<rect x="{left}" y="{top}" width="{x - left:.1f}" height="{height - top - bottom}" class="cut"/>'
        )
        drawn.append(f'<text x="{left + 4}" y="{top - 8}" class="soft">left out up to {cut:.4g}</text>')
    for tick in ticks:
        y = float(ys(tick))
        drawn.append(f'<line x1="{left}" x2="{width - 10}" y1="{y:.1f}" y2="{y:.1f}" class="grid"/>')
        drawn.append(f'<text x="{left - 6}" y="{y + 4:.1f}" class="soft end">{tick:g}</text>')
    for tick in [t for t in nice_ticks(0.0, end, 3 if width < 500 else 6) if t <= end]:
        x = left + (width - left - 10) * tick / end
        drawn.append(f'<text x="{x:.1f}" y="{height - bottom + 18}" class="soft mid">{tick:g}</text>')
    band = _points([*zip(xs, ys(high), strict=True), *reversed([*zip(xs, ys(low), strict=True)])])
    drawn.append(f'<polygon points="{band}" class="band"/>')
    drawn.append(f'<polyline points="{_points(zip(xs, ys(mean), strict=True))}" class="line"/>')
    drawn.append(f'<text x="{width - 10}" y="{height - 4}" class="soft end">{escape(labels[1])}</text>')
    return _svg(width, height, drawn, labels[0])


def nice_ticks(low: float, high: float, about: int = 5) -> list[float]:
    """Round numbers from low to just above high.

    >>> nice_ticks(0.0, 23.0), nice_ticks(0.0, 0.7)
    ([0.0, 5.0, 10.0, 15.0, 20.0, 25.0], [0.0, 0.2, 0.4, 0.6, 0.8])
    """
    raw = (high - low) / about
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(m * power for m in (1, 2, 5, 10) if m * power >= raw * 0.999)
    count = math.ceil((high - low) / step - 1e-9)
    return [round(low + i * step, 12) for i in range(count + 1)]


def _thinned(
    mean: NDArray[np.float64], half: NDArray[np.float64], time: NDArray[np.float64], most: int
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Averages of neighbors, so that no more points are drawn than can be seen."""
    each = max(1, math.ceil(len(mean) / most))
    keep = len(mean) // each * each

    def cut(values: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.asarray(values[:keep].reshape(-1, each).mean(axis=1))

    return cut(mean), cut(half), cut(time)


def _legend(kinds: Sequence[tuple[str, str]], width: int) -> tuple[str, int]:
    x, y, drawn = 0.0, 4, []
    for kind, word in kinds:
        wide = 20 + LETTER * len(word) + 14
        if x and x + wide > width:
            x, y = 0.0, y + 24
        drawn.append(f'<rect x="{x:.0f}" y="{y}" width="14" height="14" class="k-{kind}"/>')
        drawn.append(f'<text x="{x + 20:.0f}" y="{y + 12}">{escape(word)}</text>')
        x += wide
    return "".join(drawn), y + 26


def _points(pairs: Iterable[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in pairs)


def _svg(width: int, height: float, drawn: Sequence[str], title: str) -> str:
    head = f'<svg viewBox="0 0 {width} {height:.0f}" width="{width}" height="{height:.0f}" role="img"'
    return f'{head} aria-label="{escape(title, quote=True)}">{"".join(drawn)}</svg>'
