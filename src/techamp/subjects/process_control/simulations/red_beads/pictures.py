"""Charts, tables and the trace of one run."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from techamp.contract import Chart, DataTable, Mark, RefLine, Series, Trace
from techamp.subjects.process_control.simulations.red_beads import judging
from techamp.subjects.process_control.simulations.red_beads.dipping import Dips
from techamp.subjects.process_control.simulations.red_beads.inputs import WORKERS, RedBeadsInputs, half_time
from techamp.subjects.process_control.simulations.red_beads.words import chart_words, limits_equation


def charts(inputs: RedBeadsInputs, dips: Dips) -> tuple[Chart, ...]:
    """The chart that judges the paddles, the one that judges the people, and today against tomorrow."""
    pictures = [_paddles(inputs, dips), _people(inputs, dips)]
    if inputs.days > 1:
        pictures.append(_next_day(inputs, dips))
    return tuple(pictures)


def _rounded(values: ArrayLike, decimals: int = 2) -> tuple[float, ...]:
    return tuple(np.round(np.asarray(values, dtype=np.float64), decimals).tolist())


def _lines(points: judging.Judged, scale: judging.Floats) -> tuple[RefLine, ...]:
    """Center and limits, each one number where all points share it."""
    found = []
    for label, values, kind in (("Center", points.center, "center"), ("Upper limit", points.upper, "limit"),
                                ("Lower limit", points.lower, "limit")):  # fmt: skip
        shown = _rounded(values / scale)
        found.append(RefLine(label=label, value=shown[0] if len(set(shown)) == 1 else shown, kind=kind))
    return tuple(found)


def _paddles(inputs: RedBeadsInputs, dips: Dips) -> Chart:
    points = judging.paddles(inputs, dips)
    number = tuple(float(n) for n in range(1, len(points.red) + 1))
    marks = tuple(
        Mark(x=number[i], y=float(points.red[i]), label=f"{WORKERS[points.worker[i]]}, day {dips.day[i] + 1}")
        for i in np.flatnonzero(points.out)[:40].tolist()
    )
    lines = _lines(points, np.ones(len(points.red)))
    if inputs.boss == "bowl" and inputs.days > 1:
        begins = float(np.flatnonzero(dips.day >= half_time(inputs))[0]) + 0.5
        lines = (*lines, RefLine(label="New beads", value=begins, kind="phase", axis="x"))
    return Chart(
        name="control_chart",
        title=f"Red beads in each paddle of {inputs.paddle} (np chart)",
        x_label="Paddle, in the order of time",
        y_label="Red beads",
        series=(Series(name="red", label="Paddles", x=number, y=_rounded(points.red), shape="line+points"),),
        lines=lines,
        marks=marks,
        words=chart_words(inputs, points, "control_chart"),
        equation=limits_equation(inputs, points),
        zero=True,
    )


def _people(inputs: RedBeadsInputs, dips: Dips) -> Chart:
    points = judging.people(inputs, dips)
    per_paddle = points.beads / inputs.paddle
    return Chart(
        name="people",
        title="All paddles of each person",
        x_label="",
        y_label="Red beads per paddle",
        series=(
            Series(
                name="mean",
                label="Red beads per paddle",
                x=tuple(float(n) for n in range(len(WORKERS))),
                y=_rounded(points.red / per_paddle),
                shape="bars",
            ),
        ),
        lines=_lines(points, per_paddle),
        x_names=WORKERS,
        words=chart_words(inputs, points, "people"),
        zero=True,
    )


def _next_day(inputs: RedBeadsInputs, dips: Dips) -> Chart:
    today, tomorrow = [], []
    for day in range(inputs.days - 1):
        now, after = dips.of_day(day), dips.of_day(day + 1)
        today += [now[who] for who in now if who in after]
        tomorrow += [after[who] for who in now if who in after]
    return Chart(
        name="next_day",
        title="A day’s count against the next day’s, same person",
        x_label="Red beads on a day",
        y_label="Red beads on the next day",
        series=(Series(name="pairs", label="One person, two days", x=tuple(today), y=tuple(tomorrow), shape="points"),),
        words=chart_words(inputs, judging.paddles(inputs, dips), "next_day"),
    )


def tables(inputs: RedBeadsInputs, dips: Dips) -> tuple[DataTable, ...]:
    """The foreman's book: a row for each worker, a column for each day."""
    days = [dips.of_day(day) for day in range(inputs.days)]
    rows = []
    for who, name in enumerate(WORKERS):
        counts = [f"{day[who]:g}" if who in day else "home" for day in days]
        mine = dips.worker == who
        rows.append((name, *counts, round(float(np.mean(dips.red[mine])), 2)))
    columns = ("Worker", *(f"Day {day + 1}" for day in range(inputs.days)), "Mean")
    return (DataTable(name="book", title="Red beads in a paddle", columns=columns, rows=tuple(rows)),)


def trace(inputs: RedBeadsInputs, dips: Dips) -> Trace:
    """One row for each paddle. ``beads`` is a text of 1 (red) and 0 (white), one for each bead of the paddle."""
    points = judging.paddles(inputs, dips)
    change = half_time(inputs)
    share = np.where((dips.day >= change) & (inputs.boss == "bowl"), inputs.new_share, inputs.share)
    return Trace(
        t=tuple(float(t) for t in range(1, len(dips.red) + 1)),
        unit="paddles",
        columns={
            "worker": tuple(dips.worker.tolist()),
            "day": tuple(dips.day.tolist()),
            "red": tuple(dips.red.tolist()),
            "out": tuple(points.out.astype(np.int64).tolist()),
            "beads": tuple("".join("1" if red else "0" for red in row) for row in dips.beads.tolist()),
            "share": tuple(share.tolist()),
        },
        fixed={
            "workers": list(WORKERS),
            "paddle": inputs.paddle,
            "foreman": inputs.boss,
            "change": change,
            "limits": {
                "center": round(float(points.center[0]), 2),
                "upper": round(float(points.upper[0]), 2),
                "lower": round(float(points.lower[0]), 2),
            },
        },
    )
