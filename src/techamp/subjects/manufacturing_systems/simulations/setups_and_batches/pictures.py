"""Charts, tables and the trace of setups and batches."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any

import numpy as np

from techamp.contract import Chart, DataTable, Mark, Series, Trace
from techamp.subjects.manufacturing_systems.lots.batching import least_batch
from techamp.subjects.manufacturing_systems.simulations.setups_and_batches import changeover
from techamp.subjects.manufacturing_systems.simulations.setups_and_batches.inputs import SetupsAndBatchesInputs
from techamp.subjects.manufacturing_systems.simulations.setups_and_batches.lathe_run import (
    WARM_UP,
    LatheRun,
    Shafts,
    run_lathe,
)
from techamp.subjects.manufacturing_systems.simulations.setups_and_batches.words import shortest_interval

LOTS = (2, 4, 6, 7, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30, 34, 40, 50, 60, 80, 100, 120, 160)
INTERVALS = (0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 7.5, 10.0, 12.5, 15.0, 20.0, 25.0)
SHOWN = 1800.0
"""Minutes that the scene plays: two days of production. Our choice."""
FULL = 0.9985
"""Busy share from which a point of the curve is left out: its queue would grow for weeks."""
MOST_DAYS = 40
"""Days counted at each point of the curve, at most: a page waits for all of them. Our choice."""
PARTS = ("gather", "queue", "work", "lot")


def lead_parts(lathe: LatheRun) -> dict[str, float]:
    """Mean hours of a shaft: gathering, waiting for the lathe, on the lathe, waiting for the rest of its lot."""
    spent = dict.fromkeys(PARTS, 0.0)
    for step in lathe.run.steps:
        times = step.times
        if step.station == "desk":
            spent["gather"] += sum(times.values())
        else:
            spent["queue"] += times["queue"]
            spent["work"] += times["setup"] + times["process"] + times["stopped"]
            spent["lot"] += times["blocked"]
    return {name: value / max(1, lathe.run.finished) / 60.0 for name, value in spent.items()}


def charts(inputs: SetupsAndBatchesInputs, lathe: LatheRun, lead: float, parts: dict[str, float]) -> tuple[Chart, ...]:
    """Lead time by lot size or interval, the lathe's time, where the lead time goes, and each length."""
    if lathe.run.finished == 0:
        return (_time(lathe),)
    return _curve(inputs, lead, lathe.run.seed), _time(lathe), _parts(inputs, parts), _lengths(inputs, lathe)


@lru_cache(maxsize=512)
def _lead_at(inputs: SetupsAndBatchesInputs, seed: int) -> float | None:
    """Hours; None where the queue grew without end. (In rounds a late lathe makes larger lots, and keeps up.)"""
    if inputs.load >= FULL:
        return None
    run = run_lathe(inputs, seed, trace=False)
    full = inputs.plan == "lot" and 1.0 - run.station("lathe").share("starved") >= FULL
    return None if full or not math.isfinite(run.flow_time) else round(run.flow_time / 60.0, 3)


def _curve(inputs: SetupsAndBatchesInputs, lead: float, seed: int) -> Chart:
    lots = inputs.plan == "lot"
    name, here = ("batch", float(inputs.batch)) if lots else ("interval", inputs.interval)
    x = tuple(float(value) for value in sorted({*(LOTS if lots else INTERVALS), here}))

    def leads(setup: float) -> tuple[float | None, ...]:
        def at(value: float) -> SetupsAndBatchesInputs:
            days = min(inputs.days, MOST_DAYS)
            return inputs.model_copy(update={name: int(value) if lots else value, "setup": setup, "days": days})

        return tuple(_lead_at(at(value), seed) for value in x)

    own = leads(inputs.setup)
    now = tuple(round(lead, 3) if value == here and y is not None else y for value, y in zip(x, own, strict=True))
    kept_up = now[x.index(here)] is not None
    series = [Series(name="lead", label=f"Changeover of {inputs.setup:g} min", x=x, y=now, shape="line+points")]
    if inputs.setup != changeover.TODAY:
        label = f"Changeover of {changeover.TODAY:g} min"
        series.append(Series(name="today", label=label, x=x, y=leads(changeover.TODAY), role="aside"))
    return Chart(
        name="curve",
        title="Lead time by lot size" if lots else "Lead time by interval",
        x_label="Shafts in a lot" if lots else "Interval",
        x_unit="" if lots else "h",
        y_label="Lead time",
        y_unit="h",
        series=tuple(series),
        marks=(Mark(x=here, y=round(lead, 3), label="here", kind="note"),) if kept_up else (),
        words=_curve_words(lots, x, now),
        equation=_equation(inputs),
        zero=True,
    )


def _curve_words(lots: bool, x: tuple[float, ...], y: tuple[float | None, ...]) -> str:
    if not lots:
        return _interval_words(x, y)
    there = [(value, lead) for value, lead in zip(x, y, strict=True) if lead is not None]
    if not there:
        return "The lathe cannot keep up with any of these."
    best, least = min(there, key=lambda one: one[1])
    return (
        f"With the same luck everywhere, lots of {best:.0f} give the shortest lead time, {least:.1f} h. Smaller ones "
        f"drown in changeovers; larger ones wait for themselves: {there[-1][1]:.1f} h at lots of {there[-1][0]:.0f}."
    )


def _interval_words(x: tuple[float, ...], y: tuple[float | None, ...]) -> str:
    if y[0] is None or y[-1] is None:
        return "The lathe cannot keep up with any of these."
    return (
        f"From {y[0]:.1f} h with a release every {x[0]:g} h to {y[-1]:.1f} h with one every {x[-1]:g} h. Below the "
        "shortest interval the lathe no longer turns every length in every round."
    )


def _equation(inputs: SetupsAndBatchesInputs) -> str:
    if inputs.load >= 1.0:
        return ""
    if inputs.plan == "lot":
        least = least_batch(inputs.rate, inputs.setup, inputs.turning)
        return (
            f"smallest lot = demand × changeover/(1 − load) = {inputs.rate:.3g} × {inputs.setup:g}/"
            f"(1 − {inputs.load:.3f}) = {least:.1f} shafts"
        )
    return (
        f"shortest interval = lengths × changeover/(1 − load) = {len(inputs.names)} × {inputs.setup:g}/"
        f"(1 − {inputs.load:.3f}) = {60 * shortest_interval(inputs):.0f} min = {shortest_interval(inputs):.1f} h"
    )


def _time(lathe: LatheRun) -> Chart:
    station = lathe.run.station("lathe")
    shares = tuple(round(100.0 * station.share(state), 2) for state in ("busy", "setup", "down", "starved"))
    return Chart(
        name="time",
        title="What the lathe does with its time",
        x_label="State",
        x_names=("Turning", "Changeover", "Broken", "Free"),
        y_label="Share of time",
        y_unit="%",
        series=(Series(name="share", label="This run", x=(0.0, 1.0, 2.0, 3.0), y=shares, shape="bars"),),
        words=(
            f"Turning {shares[0]:.1f} %, changeover {shares[1]:.1f} %, broken {shares[2]:.1f} %, "
            f"and {shares[3]:.1f} % free."
        ),
        zero=True,
    )


def _parts(inputs: SetupsAndBatchesInputs, parts: dict[str, float]) -> Chart:
    values = tuple(round(parts[name], 3) for name in PARTS)
    names = ("Lot fills" if inputs.plan == "lot" else "Release", "Queue", "Lathe", "Rest of lot")
    return Chart(
        name="parts",
        title="Where the hours of a shaft go",
        x_label="Waiting for",
        x_names=names,
        y_label="Mean time",
        y_unit="h",
        series=(Series(name="part", label="This run", x=(0.0, 1.0, 2.0, 3.0), y=values, shape="bars"),),
        words=(
            f"{values[0]:.1f} h until its lot is released, {values[1]:.1f} h in the queue, {values[2]:.2f} h on the "
            f"lathe, {values[3]:.1f} h until the rest of its lot is done."
        ),
        zero=True,
    )


def by_length(lathe: LatheRun, lengths: int) -> list[tuple[float, float]]:
    """(mean, 95 of 100 within) hours of each length; NaN where none moved on."""
    times, length = lathe.lead_times / 60.0, lathe.shafts.length[lathe.done]
    found = []
    for k in range(lengths):
        mine = times[length == k]
        found.append((float(mine.mean()), float(np.quantile(mine, 0.95))) if len(mine) else (math.nan, math.nan))
    return found


def _lengths(inputs: SetupsAndBatchesInputs, lathe: LatheRun) -> Chart:
    found = by_length(lathe, len(inputs.names))
    x = tuple(float(k) for k in range(len(found)))
    means, late = (tuple(None if math.isnan(v[i]) else round(v[i], 3) for v in found) for i in (0, 1))
    shares = ", ".join(
        f"{name} ({100 * share:.0f} %) {mean:.1f} h"
        for name, share, (mean, _) in zip(inputs.names, inputs.shares, found, strict=True)
    )
    return Chart(
        name="lengths",
        title="Lead time of each length",
        x_label="Length",
        x_names=inputs.names,
        y_label="Lead time",
        y_unit="h",
        series=(
            Series(name="mean", label="Mean", x=x, y=means, shape="bars"),
            Series(name="late", label="95 of 100 are ready by", x=x, y=late, shape="points", role="aside"),
        ),
        words=f"Mean lead times: {shares}. A length that is ordered seldom waits longest for its lot to fill.",
        zero=True,
    )


def tables(inputs: SetupsAndBatchesInputs, lathe: LatheRun) -> tuple[DataTable, ...]:
    """The changeover sheet, and each length."""
    after = changeover.minutes_after(inputs.setup)
    sheet = DataTable(
        name="sheet",
        title=f"The changeover sheet at {inputs.setup:g} min",
        columns=("Step", "Today, min", "At the standing lathe now, min", "What can be done", "Costs, $"),
        rows=tuple(
            (
                step.name,
                f"{step.today:.1f}",
                f"{minutes:.1f}",
                changeover.IMPROVEMENTS[step.improvement].name,
                f"{changeover.IMPROVEMENTS[step.improvement].cost:,.0f}",
            )
            for step, minutes in zip(changeover.STEPS, after, strict=True)
        ),
    )
    setups = [step for step in lathe.run.steps if step.station == "lathe"]
    each = DataTable(
        name="lengths",
        title="Each length",
        columns=("Length", "Share, %", "Turned a day", "Mean lead time, h", "95 of 100 within, h"),
        rows=tuple(
            (name, f"{100 * share:.0f}", f"{step.parts_out / inputs.days:.1f}", _hours(mean), _hours(late))
            for name, share, step, (mean, late) in zip(
                inputs.names, inputs.shares, setups, by_length(lathe, len(inputs.names)), strict=True
            )
        ),
    )
    return sheet, each


def _hours(value: float) -> str:
    return "–" if math.isnan(value) else f"{value:.1f}"


def trace(inputs: SetupsAndBatchesInputs, lathe: LatheRun) -> Trace:
    """One row for each shaft that was turned, in the order of ``ended``; ``fixed.spells`` are [kind, length, from, to],
    1 broken and 2 changeover; ``fixed.waiting`` are [length, ordered, released] of shafts that were not begun."""
    shafts = lathe.shafts
    shown = (shafts.ended > WARM_UP) & (shafts.started < WARM_UP + SHOWN)
    ended = np.minimum(shafts.ended[shown] - WARM_UP, SHOWN)
    order = np.argsort(ended, kind="stable")

    def column(values: Any, after: float) -> tuple[Any, ...]:
        found = np.append(np.where(np.isfinite(values[shown]), values[shown] - WARM_UP, 9.0 * SHOWN)[order], after)
        return tuple(np.round(found, 2).tolist())

    beyond = 9.0 * SHOWN
    # The last row is no shaft but the end of what is shown.
    return Trace(
        t=(*np.round(ended[order], 2).tolist(), SHOWN),
        unit="min",
        columns={
            "length": (*shafts.length[shown][order].tolist(), -1),
            "ordered": column(shafts.ordered, beyond),
            "released": column(shafts.released, beyond),
            "started": column(shafts.started, beyond),
            "ended": column(shafts.ended, beyond),
            "left": column(shafts.left, beyond),
        },
        fixed={
            "names": list(inputs.names),
            "lot": inputs.batch if inputs.plan == "lot" else 0,
            "whole": inputs.plan == "lot" and inputs.move == "whole",
            "interval": 0.0 if inputs.plan == "lot" else 60.0 * inputs.interval,
            "begin": (-WARM_UP) % (60.0 * inputs.interval) if inputs.plan == "wheel" else 0.0,
            "setup": inputs.setup,
            "spells": [
                [kind, length, round(begin - WARM_UP, 2), round(end - WARM_UP, 2)]
                for kind, length, begin, end in lathe.spells
                if end > WARM_UP and begin < WARM_UP + SHOWN
            ],
            "waiting": _waiting(shafts),
        },
    )


def _waiting(shafts: Shafts) -> list[list[float]]:
    """[length, ordered, released, left] of shafts that are seen waiting before or after the rows of the trace."""
    begin, end = WARM_UP, WARM_UP + SHOWN
    later = (shafts.started >= end) & (shafts.ordered < end)
    earlier = (shafts.ended <= begin) & (shafts.left > begin)
    found = []
    for i in np.flatnonzero(later | earlier).tolist():
        moments = (shafts.ordered[i], shafts.released[i], shafts.started[i], shafts.ended[i], shafts.left[i])
        found.append([int(shafts.length[i]), *(round(min(float(m) - WARM_UP, 9.0 * SHOWN), 2) for m in moments)])
    return found
