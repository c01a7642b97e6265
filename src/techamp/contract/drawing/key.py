"""Which line is which: a swatch and a name for each series, where a chart has more than one."""

from __future__ import annotations

from techamp.contract.outcome import Chart, Series

SWATCH_WIDTH, SWATCH_HEIGHT = 28, 12


def key(chart: Chart) -> list[tuple[str, str]]:
    """(swatch as SVG, name) of each named series; empty where there is only one."""
    named = [s for s in chart.series if s.label and s.x]
    return [(_swatch(s, chart), s.label) for s in named] if len(named) > 1 else []


def also(series: Series, chart: Chart) -> str:
    """A class that tells a further line of the same role from the first: "" or " also-1", " also-2"."""
    alike = [s for s in chart.series if s.role == series.role and s.shape != "band"]
    place = next((i for i, s in enumerate(alike) if s is series), 0)
    return f" also-{min(place, 3)}" if place else ""


def _swatch(series: Series, chart: Chart) -> str:
    middle, more = SWATCH_HEIGHT / 2, also(series, chart)
    if series.shape == "band":
        drawn = f'<rect class="c-band" width="{SWATCH_WIDTH}" height="{SWATCH_HEIGHT}"/>'
    elif series.shape == "bars":
        css = "c-bar" if series.role == "now" else "c-bar-aside"
        drawn = f'<rect class="{css}" x="8" y="1" width="12" height="{SWATCH_HEIGHT - 2}"/>'
    else:
        line = (
            "" if series.shape == "points" else f'<path class="c-{series.role}{more}" d="M0 {middle}H{SWATCH_WIDTH}"/>'
        )
        dot = f'<circle class="c-{series.role}-dot{more}" cx="{SWATCH_WIDTH / 2}" cy="{middle}" r="3.2"/>'
        drawn = line + (dot if "points" in series.shape else "")
    size = f'width="{SWATCH_WIDTH}" height="{SWATCH_HEIGHT}" viewBox="0 0 {SWATCH_WIDTH} {SWATCH_HEIGHT}"'
    return f'<svg {size} aria-hidden="true">{drawn}</svg>'
