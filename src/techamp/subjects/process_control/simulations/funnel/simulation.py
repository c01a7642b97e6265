"""Deming's funnel: drop a ball at a target, and adjust the funnel, or leave it alone."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from techamp.contract import Chart, Inputs, Measure, Outcome, Series, Simulation, Trace, choice, quantity
from techamp.subjects.process_control.simulations.funnel import drops as model
from techamp.subjects.process_control.simulations.funnel.words import RULE_NAMES, chart_words, equation, notes


class FunnelInputs(Inputs):
    """What the player sets."""

    rule: str = choice(
        "leave", RULE_NAMES, label="What you do after each drop", help="The rule is followed for every drop of the run."
    )
    drops: int = quantity(50, "drops", range=(10, 500), step=10, label="Drops", help="Balls dropped in one run.")
    share: float = quantity(
        0.3,
        "",
        range=(0.05, 1.0),
        step=0.05,
        label="Share of the error to take back",
        help="Only for “Take back a share of the error”: 0.3 moves the funnel by three tenths of the last error.",
    )
    dead_band: float = quantity(
        0.0,
        "mm",
        range=(0.0, 60.0),
        step=1.0,
        label="Leave errors alone up to",
        help="Only for “Take back a share of the error”: a drop this near to the target moves nothing.",
    )
    spread: float = quantity(
        10.0,
        "mm",
        range=(1.0, 30.0),
        step=0.5,
        label="Scatter of one drop",
        help=(
            "Standard deviation in each direction when nothing is moved. It is the funnel’s own; no rule can shrink it."
        ),
    )
    drift: float = quantity(
        0.0,
        "mm/drop",
        range=(0.0, 5.0),
        step=0.1,
        label="Steady drift",
        help="How far the stand creeps to the right between two drops, like a tool that wears.",
    )
    wander: float = quantity(
        0.0,
        "mm",
        range=(0.0, 20.0),
        step=0.5,
        label="Wandering",
        help=(
            "Standard deviation of a random step of the stand between two drops, like a temperature that "
            "comes and goes."
        ),
    )
    tolerance: float = quantity(
        25.0, "mm", range=(5.0, 100.0), step=1.0, label="Radius of the circle", help="A drop inside the circle is good."
    )


class Funnel(Simulation[FunnelInputs]):
    """Deming's four rules, and a fifth that takes back a share of the error."""

    id: ClassVar[str] = "process_control.funnel"
    version: ClassVar[int] = 1
    title: ClassVar[str] = "The funnel"
    summary: ClassVar[str] = "Drop balls at a target. Find out when adjusting helps and when it makes things worse."
    Inputs: ClassVar[type[Inputs]] = FunnelInputs

    def run(self, inputs: FunnelInputs, seed: int) -> Outcome:
        """One run of all drops."""
        luck = _luck(inputs, [seed])
        fell, funnel = model.drop(luck, inputs.rule, inputs.share, inputs.dead_band)
        pointed = funnel[0] + model.creep(seed, inputs.drops, inputs.drift, inputs.wander)
        values = {name: float(column[0]) for name, column in _values(inputs, luck, fell).items()}
        x, y = _mm(fell[0, :, 0]), _mm(fell[0, :, 1])
        return Outcome(
            measures=_measures(values),
            charts=(_from_above(inputs, x, y), _by_drop(inputs, fell[0]), _sideways(inputs, x)),
            trace=Trace(
                t=tuple(float(t) for t in range(1, inputs.drops + 1)),
                unit="drops",
                columns={"x": x, "y": y, "fx": _mm(pointed[:, 0]), "fy": _mm(pointed[:, 1])},
                fixed={"rule": inputs.rule, "rule_name": RULE_NAMES[inputs.rule], "tolerance": inputs.tolerance},
            ),
            notes=notes(inputs, values),
        )

    def measures(self, inputs: FunnelInputs, seeds: list[int]) -> dict[str, list[float]]:
        """All seeds at once, without charts; the same numbers as ``run``."""
        luck = _luck(inputs, seeds)
        fell, _ = model.drop(luck, inputs.rule, inputs.share, inputs.dead_band)
        return {name: column.tolist() for name, column in _values(inputs, luck, fell).items()}


def _luck(inputs: FunnelInputs, seeds: list[int]) -> model.Floats:
    return np.stack([model.luck(seed, inputs.drops, inputs.spread, inputs.drift, inputs.wander) for seed in seeds])


def _rms(fell: model.Floats) -> model.Floats:
    mean_square: model.Floats = np.mean(model.distance(fell) ** 2, axis=-1)
    return np.sqrt(mean_square)


def _values(inputs: FunnelInputs, luck: model.Floats, fell: model.Floats) -> dict[str, model.Floats]:
    away = model.distance(fell)
    best = model.best_share(inputs.spread, inputs.drift, inputs.wander)
    helped = _rms(model.drop(luck, "share", best)[0]) if best > 0.0 else _rms(luck)
    spread = _rms(fell)
    return {
        "spread": spread,
        "within": 100.0 * np.mean(away <= inputs.tolerance, axis=-1),
        "farthest": np.max(away, axis=-1),
        "against_leave": spread / _rms(luck),
        "best_spread": helped,
    }


def _measures(values: dict[str, float]) -> tuple[Measure, ...]:
    return (
        Measure(
            name="spread",
            label="Typical distance from the target",
            value=values["spread"],
            unit="mm",
            better="lower",
            help="Root mean square of the distances: square them, average, take the root.",
        ),
        Measure(
            name="within",
            label="Drops inside the circle",
            value=values["within"],
            unit="%",
            better="higher",
            decimals=0,
        ),
        Measure(name="farthest", label="Farthest drop", value=values["farthest"], unit="mm", better="lower"),
        Measure(
            name="against_leave",
            label="Against leaving it alone",
            value=values["against_leave"],
            unit="×",
            better="lower",
            decimals=2,
            help="Typical distance, divided by that of a funnel that nobody moves, with the very same luck.",
        ),
        Measure(
            name="best_spread",
            label="Possible with the same luck",
            value=values["best_spread"],
            unit="mm",
            better="lower",
            help="Typical distance with the share that theory finds best for this scatter, drift and wandering.",
        ),
    )


def _mm(values: model.Floats) -> tuple[float, ...]:
    return tuple(np.round(values, 2).tolist())


def _circle(radius: float) -> Series:
    angle = np.linspace(0.0, 2.0 * np.pi, 73)
    return Series(
        name="circle",
        label=f"Circle, {radius:g} mm",
        x=_mm(radius * np.cos(angle)),
        y=_mm(radius * np.sin(angle)),
        role="aside",
    )


def _from_above(inputs: FunnelInputs, x: tuple[float, ...], y: tuple[float, ...]) -> Chart:
    return Chart(
        name="target",
        title="The target from above",
        x_label="Left to right",
        x_unit="mm",
        y_label="Front to back",
        y_unit="mm",
        series=(Series(name="drops", label="Drops", x=x, y=y, shape="points"), _circle(inputs.tolerance)),
        words=chart_words(inputs, "target"),
        equal_axes=True,
        zero=True,
    )


def _by_drop(inputs: FunnelInputs, fell: model.Floats) -> Chart:
    number = tuple(float(n) for n in range(1, inputs.drops + 1))
    series = [
        Series(name="distance", label="This run", x=number, y=_mm(model.distance(fell)), shape="line+points"),
    ]
    if inputs.rule != "share" or inputs.dead_band == 0.0:
        rms = model.theory_rms(inputs.drops, inputs.rule, inputs.share, inputs.spread, inputs.drift, inputs.wander)
        series.append(Series(name="theory", label="Typical, by theory", x=number, y=_mm(rms), role="aside"))
    return Chart(
        name="distance",
        title="Distance from the target, drop by drop",
        x_label="Drop",
        y_label="Distance",
        y_unit="mm",
        series=tuple(series),
        words=chart_words(inputs, "distance"),
        equation=equation(inputs),
        zero=True,
    )


def _sideways(inputs: FunnelInputs, x: tuple[float, ...]) -> Chart:
    number = tuple(float(n) for n in range(1, inputs.drops + 1))
    return Chart(
        name="sideways",
        title="Left and right of the target",
        x_label="Drop",
        y_label="Right of the target",
        y_unit="mm",
        series=(Series(name="x", label="This run", x=number, y=x, shape="line+points"),),
        words=chart_words(inputs, "sideways"),
        zero=True,
    )
