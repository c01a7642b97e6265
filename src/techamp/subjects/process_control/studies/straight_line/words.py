"""What the study says, most important first."""

from __future__ import annotations

import numpy as np

from techamp.subjects.process_control.studies.p_values import p_text
from techamp.subjects.process_control.studies.straight_line.analysis import Found, without

FEW = 10
MOST_WITHOUT = 3


def notes(found: Found) -> tuple[str, ...]:
    """How much it follows, what to expect, what is wrong, what to do next, what weakens it."""
    return (
        _follows(found),
        _expect(found),
        *_wrong(found),
        *_without(found),
        _next(found),
        *_outside(found),
        *_few(found),
        "That two things move together does not say that one moves the other: a third may move both. Only a planned "
        "change of x, in random order, can show it.",
        *found.said,
    )


def per_x(found: Found) -> str:
    """The unit of the slope: mm for each °C."""
    x = f"1 {found.x_unit}" if found.x_unit else f"1 of {found.x_name}"
    return f"{found.y_unit} for each {x}".strip()


def _follows(found: Found) -> str:
    slope = found.slope
    span = f"{found.confidence} interval {found.of_slope(slope.low)} to {found.of_slope(slope.high)}"
    if not found.sloping:
        return (
            f"No slope that chance could not give: {found.y_name} moves {found.of_slope(slope.value)} {per_x(found)} "
            f"({span}, {p_text(slope.p)})."
        )
    way = "rises" if slope.value > 0.0 else "falls"
    size = found.of_slope(abs(slope.value))
    share = f"{100 * found.line.r_squared:.0f} %"
    return (
        f"{found.y_name} {way} by {size} {per_x(found)} ({span}). The line explains {share} of how much "
        f"{found.y_name} varies."
    )


def _expect(found: Found) -> str:
    value, mean_low, mean_high, low, high = found.line.predict(found.at)
    where = f"At {found.x_name} {found.of_x(found.at)}"
    return (
        f"{where} expect {found.of_y(value)}. The average there lies from {found.of_y(mean_low)} to "
        f"{found.of_y(mean_high)}, one new reading from {found.of_y(low)} to {found.of_y(high)} ({found.confidence} "
        "each)."
    )


def _wrong(found: Found) -> list[str]:
    if found.doubts.clean:
        return ["Nothing in the readings speaks against a straight line."]
    return list(found.doubts.sentences)


def _without(found: Found) -> list[str]:
    """What the slope would be without a reading that pulls the line."""
    pulling = np.flatnonzero(found.doubts.cook > 1.0)[:MOST_WITHOUT]
    if len(found.x) <= FEW // 2:
        return []
    return [
        f"Without row {int(found.rows[i])} the slope would be "
        f"{found.of_slope(without(found, int(i)).coefficients[-1].value)} instead of "
        f"{found.of_slope(found.slope.value)}."
        for i in pulling.tolist()
    ]


def _next(found: Found) -> str:
    if found.doubts.outliers or bool(np.any(found.doubts.cook > 1.0)):
        return (
            "Go to the readings named here before you use the line: a slip in writing, another part, another day? "
            "Leave "
            "one out only when you know its cause."
        )
    if found.doubts.bend < 0.01:
        return "Look at the first chart where the points leave the line, and use the line for nothing there."
    if not found.sloping:
        reach = max(abs(found.slope.low), abs(found.slope.high)) * float(np.ptp(found.x))
        return (
            f"Over the whole range of {found.x_name}, {found.y_name} could still move by up to {found.of_y(reach)}. If "
            "that "
            "would matter, measure more pairs, most of them at both ends."
        )
    return (
        "Use the band for one new reading when you judge single parts, and the narrow band for averages. Check the "
        "line "
        f"with a few new readings at both ends of {found.x_name}."
    )


def _outside(found: Found) -> list[str]:
    low, high = float(found.x.min()), float(found.x.max())
    if low <= found.at <= high:
        return []
    return [
        f"{found.of_x(found.at)} lies outside of what was measured ({found.of_x(low)} to {found.of_x(high)}): nobody "
        "has "
        "seen whether the line goes on there."
    ]


def _few(found: Found) -> list[str]:
    n = len(found.x)
    return [f"{n} pairs are few: a bend or a change of spread could hide in them."] if n < FEW else []
