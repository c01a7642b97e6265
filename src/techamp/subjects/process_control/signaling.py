"""Which points of a chart a rule marks, and what to say about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from techamp.contract.errors import InvalidInput
from techamp.subjects.process_control.chart import ControlChart, Panel
from techamp.subjects.process_control.patterns import (
    ON_THE_LINE,
    Alternating,
    Beyond,
    BeyondLimits,
    Outside,
    Series,
    Trend,
    Within,
)
from techamp.subjects.process_control.readings import Array, Flags, as_readings
from techamp.subjects.process_control.rules import Rule, RuleChoice, choose_rules
from techamp.subjects.process_control.subgrouping import Integers

GAPS = ("break", "skip")


@dataclass(frozen=True)
class Signal:
    """A rule that a chart breaks.

    ``point`` completes the pattern, ``points`` are its whole window, ``counted`` those of them that make it (in
    "2 of 3" the two), all 0-based. ``direction``: 1 above or rising, -1 below or falling, 0 neither. ``panel``:
    "location" or "spread"; ``statistic`` its symbol.
    """

    rule: Rule
    point: int
    points: tuple[int, ...]
    counted: tuple[int, ...]
    direction: int
    panel: str = "location"
    statistic: str = "x"

    @property
    def sentence(self) -> str:
        """What was seen, in plain words; points are counted from 1."""
        return f"{_where(self.points)}: {_what(self)}"

    @property
    def causes(self) -> tuple[str, ...]:
        """What usually causes it, in plain words."""
        return self.rule.causes if self.panel == "location" else _SPREAD_CAUSES[self.direction]


_SPREAD_CAUSES = {
    1: ("parts within a subgroup differ more than before: loose clamping, worn bearings, mixed material",),
    -1: ("parts within a subgroup differ less than before: a real improvement, or a gauge that sticks or rounds",),
    0: ("the spread changes in a regular way: look for what changes with it",),
}


@dataclass(frozen=True, eq=False)
class Hits:
    """The points that complete one rule: ``points`` (0-based, ascending) and the ``direction`` of each."""

    rule: Rule
    points: Integers
    direction: Integers


def signal_points(z: ArrayLike, rules: RuleChoice, *, phases: ArrayLike | None = None, gaps: str = "break") -> Integers:
    """Return the points (0-based, ascending) of standardized values that complete any of the rules.

    ``z`` is (point - center)/standard error; not-a-number is a gap. Example (tests of the R package qcc):
    ``signal_points([0, 3.2, -3.5, 2.9], "WE1")`` is [1, 2].
    """
    values = as_readings(z, "z")
    present = ~np.isnan(values)
    where, link = _links(present, None if phases is None else np.asarray(phases), gaps)
    series = Series(values[_stretch(where)] if link is None else values[where], link)
    found = np.zeros(len(series.z), dtype=np.bool_)
    for rule in choose_rules(rules):
        up, down = rule.pattern.find(series)
        found |= up | down
    return np.asarray(where[found], dtype=np.int64)


def hits(
    chart: ControlChart, rules: RuleChoice = "western_electric", *, panel: str = "location", gaps: str = "break"
) -> tuple[Hits, ...]:
    """Return for each rule that is valid on the panel the points that complete it.

    Excluded points and gaps are not tested; with ``gaps`` "break" no pattern spans them, with "skip" the points on both
    sides count as neighbors. No pattern spans the start of a phase. On a range or standard deviation panel only rules
    without sigma zones apply (its distribution is skewed), on a moving range panel only rule 1 (neighboring ranges
    share a reading).
    """
    series, where = _series(chart, _panel(chart, panel), gaps)
    found = []
    for rule in choose_rules(rules):
        if not _valid(rule, _panel(chart, panel)):
            continue
        up, down = rule.pattern.find(series)
        ends = np.flatnonzero(up | down)
        direction = np.where(up[ends], 1, -1) if rule.pattern.sided else np.zeros(len(ends))
        found.append(Hits(rule, where[ends], direction.astype(np.int64)))
    return tuple(found)


def signals(
    chart: ControlChart, rules: RuleChoice = "western_electric", *, panel: str = "both", gaps: str = "break"
) -> tuple[Signal, ...]:
    """Return every signal of a chart, in the order of the completing point, then of the panel, then of the rules.

    See ``hits`` for what is tested where. ``panel``: "location", "spread" or "both".
    """
    names = ["location"] + (["spread"] if chart.spread is not None else []) if panel == "both" else [panel]
    found = [signal for name in names for signal in _signals(chart, choose_rules(rules), name, gaps)]
    return tuple(sorted(found, key=lambda signal: signal.point))


def episodes(found: Sequence[Signal]) -> tuple[Signal, ...]:
    """Return the signals with those joined that mark one and the same stretch, as one would speak of them.

    A run of twelve above the center line completes "8 in a row" five times: one episode of twelve points. Signals are
    joined when rule, panel and direction agree and their windows overlap; ``point`` becomes the last. Points beyond a
    limit stay single.
    """
    joined: list[Signal] = []
    latest: dict[tuple[str, str, int], int] = {}
    for signal in found:
        key = (signal.rule.id, signal.panel, signal.direction)
        at = latest.get(key)
        if at is None or signal.points[0] > joined[at].points[-1]:
            latest[key] = len(joined)
            joined.append(signal)
        else:
            before = joined[at]
            points = tuple(sorted({*before.points, *signal.points}))
            counted = tuple(sorted({*before.counted, *signal.counted}))
            joined[at] = replace(before, point=signal.point, points=points, counted=counted)
    return tuple(joined)


def _signals(chart: ControlChart, rules: tuple[Rule, ...], name: str, gaps: str) -> Iterator[Signal]:
    panel = _panel(chart, name)
    series, where = _series(chart, panel, gaps)
    for rule in rules:
        if not _valid(rule, panel):
            continue
        for up, found in zip((True, False), rule.pattern.find(series), strict=True):
            counted = rule.pattern.counted(series, up)
            for end in np.flatnonzero(found).tolist():
                window = _window(series, rule, end)
                points = tuple(where[window].tolist())
                makers = tuple(where[window][counted[window]].tolist())
                direction = (1 if up else -1) if rule.pattern.sided else 0
                yield Signal(rule, points[-1], points, makers, direction, name, panel.statistic)


def _window(series: Series, rule: Rule, end: int) -> slice:
    start = max(0, end - rule.pattern.length + 1)
    if series.link is not None:  # a pattern without full window may begin at the start of a stretch
        breaks = np.flatnonzero(~series.link[start + 1 : end + 1])
        start = start + 1 + int(breaks[-1]) if len(breaks) else start
    return slice(start, end + 1)


def _panel(chart: ControlChart, name: str) -> Panel:
    panel = {"location": chart.location, "spread": chart.spread}.get(name)
    if panel is None:
        raise InvalidInput("panel", "must be a panel of this chart", name, "Choose location, or spread if it has one.")
    return panel


def _valid(rule: Rule, panel: Panel) -> bool:
    if panel.tests == "all":
        return True
    return isinstance(rule.pattern, BeyondLimits) or (panel.tests == "runs" and not rule.pattern.uses_zones)


def _series(chart: ControlChart, panel: Panel, gaps: str) -> tuple[Series, Integers]:
    tested = ~np.isnan(panel.points)
    reach = chart.span if panel.statistic == "MR" else 1  # a moving range of an excluded reading means nothing
    for point in chart.excluded:
        tested[point : point + reach] = False
    phase = chart.phase if len(chart.phases) > 1 else None
    where, link = _links(tested, phase, gaps)
    pick: slice | Integers = _stretch(where) if link is None else where
    points, error = panel.points[pick], _level(panel.point_sigma[pick])
    z: Array = points - _level(panel.center[pick])
    z /= error
    edge = ON_THE_LINE * error
    over = points > _level(panel.upper[pick]) + edge
    return Series(z, link, over, points < _level(panel.lower[pick]) - edge), where


def _level(values: Array) -> Array:
    """One number where a line is level all along, so that sums with it take no room."""
    return values[:1] if values.strides == (0,) else values


def _links(
    tested: Flags, phase: np.ndarray[tuple[int], np.dtype[np.generic]] | None, gaps: str
) -> tuple[Integers, Flags | None]:
    """The tested points, and which of them follow the one before; None if they are one stretch without a break."""
    if gaps not in GAPS:
        raise InvalidInput("gaps", f"must be one of {', '.join(GAPS)}", gaps, "Choose one of these.")
    where = np.flatnonzero(tested)
    if phase is None and (not len(where) or len(where) == where[-1] - where[0] + 1):
        return where, None
    link = np.ones(len(where), dtype=np.bool_)
    link[:1] = False
    if gaps == "break":
        link[1:] &= np.diff(where) == 1
    if phase is not None:
        link[1:] &= phase[where[1:]] == phase[where[:-1]]
    return where, link


def _stretch(where: Integers) -> slice:
    """The slice, which copies nothing, of points that follow one another."""
    return slice(int(where[0]), int(where[-1]) + 1) if len(where) else slice(0, 0)


def _where(points: tuple[int, ...]) -> str:
    first, last = points[0] + 1, points[-1] + 1
    return f"Point {last}" if first == last else f"Points {first} to {last}"


def _what(signal: Signal) -> str:
    pattern, up = signal.rule.pattern, signal.direction > 0
    side, count = "above" if up else "below", len(signal.points)
    if isinstance(pattern, BeyondLimits):
        return f"beyond the {'upper' if up else 'lower'} control limit."
    if isinstance(pattern, Beyond) and pattern.k == pattern.of and pattern.sigmas == 0:
        return f"{count} in a row {side} the center line."
    if isinstance(pattern, Beyond):
        return f"{len(signal.counted)} of {count} more than {pattern.sigmas:g} sigma {side} the center line."
    if isinstance(pattern, Trend):
        return f"{count} in a row, each {'higher' if up else 'lower'} than the one before."
    if isinstance(pattern, Alternating):
        return f"{count} in a row that go up and down by turns."
    if isinstance(pattern, Within):
        return f"{count} in a row within {pattern.sigmas:g} sigma of the center line: calmer than chance allows."
    if isinstance(pattern, Outside):
        return f"{count} in a row more than {pattern.sigmas:g} sigma from the center line, and none near it."
    return f"{signal.rule.name}."
