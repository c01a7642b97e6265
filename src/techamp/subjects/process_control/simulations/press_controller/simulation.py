"""Press controller: a press that drifts, and a controller that you tune until it helps, or until it swings."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from techamp.contract import Inputs, Measure, Outcome, Simulation, Trace, choice, quantity
from techamp.subjects.process_control.run_to_run.closed_loop import best_weight
from techamp.subjects.process_control.simulations.press_controller import loop
from techamp.subjects.process_control.simulations.press_controller.loop import Floats, Played, Press, Tuning


class PressInputs(Inputs):
    """The controller, and the press."""

    control: str = choice(
        "ewma",
        {
            "leave": "Leave the stop alone",
            "ewma": "Take back a share of each error",
            "double": "Follow level and trend (double EWMA)",
        },
        label="What the controller does",
    )
    weight: float = quantity(
        0.3, "", range=(0.05, 1.0), step=0.05, label="Weight", help="Share of the last known error that is taken back."
    )
    trend_weight: float = quantity(
        0.05,
        "",
        range=(0.0, 1.0),
        step=0.05,
        label="Weight of the trend",
        help="Only for “Follow level and trend”: how fast it learns a steady drift.",
    )
    dead_band: float = quantity(
        0.0,
        "µm",
        range=(0.0, 60.0),
        step=1.0,
        label="Dead band",
        help="Only for “Take back a share”: while the estimate is this near to the target the stop stays where it is.",
    )
    delay: int = quantity(
        0,
        "presses",
        range=(0, 12),
        label="The measurement comes late by",
        help="0: the depth is known before the next press. More when it is measured further down the line.",
    )
    ratio: float = quantity(
        1.0,
        "×",
        range=(0.2, 3.0),
        step=0.1,
        label="True gain over assumed gain",
        help="1: the depth moves as far as the controller believes. 2: twice as far.",
    )
    drift: float = quantity(
        0.4, "µm/press", range=(0.0, 3.0), step=0.05, label="Drift", help="The punch wears; the depth creeps."
    )
    batch: float = quantity(
        20.0,
        "µm",
        range=(0.0, 60.0),
        step=1.0,
        label="Jump from batch to batch",
        help="Standard deviation of the jump when a new batch of bearings comes on.",
    )
    batch_size: int = quantity(60, "presses", range=(10, 300), step=10, label="Presses in a batch")
    scatter: float = quantity(
        12.0, "µm", range=(1.0, 30.0), step=1.0, label="Scatter from press to press", help="Standard deviation."
    )
    gauge: float = quantity(4.0, "µm", range=(0.0, 20.0), step=1.0, label="Spread of the depth gauge")
    tolerance: float = quantity(
        50.0, "µm", range=(10.0, 200.0), step=5.0, label="Tolerance, either way", help="Beyond it the part is scrap."
    )
    presses: int = quantity(
        225, "presses", range=(50, 600), step=25, label="Presses", help="225 are one day of the LA-20 plant."
    )


class PressController(Simulation[PressInputs]):
    """The bearing press of the LA-20 line, with a stop that a controller moves from press to press."""

    id: ClassVar[str] = "process_control.press_controller"
    version: ClassVar[int] = 1
    title: ClassVar[str] = "Press controller"
    summary: ClassVar[str] = (
        "A press drifts. Tune the controller that corrects it, and find out when correcting swings."
    )
    Inputs: ClassVar[type[Inputs]] = PressInputs

    def run(self, inputs: PressInputs, seed: int) -> Outcome:
        """One day at the press."""
        from techamp.subjects.process_control.simulations.press_controller.pictures import charts
        from techamp.subjects.process_control.simulations.press_controller.words import notes

        played = loop.play(press_of(inputs), tuning_of(inputs), [seed])
        found = {name: float(column[0]) for name, column in values(inputs, played, [seed]).items()}
        return Outcome(
            measures=_measures(found),
            charts=charts(inputs, played),
            trace=_trace(inputs, played),
            notes=notes(inputs, found),
        )

    def measures(self, inputs: PressInputs, seeds: list[int]) -> dict[str, list[float]]:
        """All seeds at once, without charts; the same numbers as ``run``."""
        played = loop.play(press_of(inputs), tuning_of(inputs), seeds)
        return {name: column.tolist() for name, column in values(inputs, played, seeds).items()}


def press_of(inputs: PressInputs) -> Press:
    """The press of these inputs."""
    return Press(
        presses=inputs.presses,
        scatter=inputs.scatter,
        gauge=inputs.gauge,
        drift=inputs.drift,
        batch=inputs.batch,
        batch_size=inputs.batch_size,
        ratio=inputs.ratio,
        delay=inputs.delay,
    )


def tuning_of(inputs: PressInputs) -> Tuning:
    """The controller of these inputs; inputs of other controllers do nothing."""
    if inputs.control == "leave":
        return Tuning(0.0, 0.0, 0.0)
    if inputs.control == "double":
        return Tuning(inputs.weight, inputs.trend_weight, 0.0)
    return Tuning(inputs.weight, 0.0, inputs.dead_band)


def theory_weight(inputs: PressInputs) -> float:
    """The weight with the least mean square error in the long run, jumps spread evenly over the presses of a batch."""
    return best_weight(
        ratio=inputs.ratio,
        delay=inputs.delay,
        noise=float(np.hypot(inputs.scatter, inputs.gauge)),
        walk=inputs.batch / float(np.sqrt(inputs.batch_size)),
        drift=inputs.drift,
    )


def values(inputs: PressInputs, played: Played, seeds: list[int]) -> dict[str, Floats]:
    """The measures, one column entry for each run."""
    press = press_of(inputs)
    left = loop.play(press, Tuning(0.0, 0.0, 0.0), seeds).error
    best = loop.play(press, Tuning(theory_weight(inputs), 0.0, 0.0), seeds).error
    return {
        "rms": _rms(played.error),
        "scrap": 100.0 * np.mean(np.abs(played.error) > inputs.tolerance, axis=1),
        "worst": np.max(np.abs(played.error), axis=1),
        "moves": 100.0 * played.moves / inputs.presses,
        "left_alone": _rms(left),
        "best_rms": _rms(best),
    }


def _rms(error: Floats) -> Floats:
    return np.asarray(np.sqrt(np.mean(error**2, axis=1)), dtype=np.float64)


def _measures(found: dict[str, float]) -> tuple[Measure, ...]:
    rows: tuple[tuple[str, str, str, str, int, str], ...] = (
        ("rms", "Typical miss of the depth", "µm", "lower", 1, "Root mean square of the errors."),
        ("scrap", "Beyond the tolerance", "%", "lower", 1, ""),
        ("worst", "Worst miss", "µm", "lower", 0, ""),
        ("moves", "Presses after which the stop moved", "%", "lower", 0, ""),
        ("left_alone", "With the stop left alone", "µm", "lower", 1, "Typical miss with the same luck."),
        ("best_rms", "With the weight that theory finds best", "µm", "lower", 1, "Same luck, same delay and gain."),
    )
    return tuple(
        Measure.model_validate(
            {"name": n, "label": label, "value": found[n], "unit": unit, "better": better, "decimals": d, "help": text}
        )
        for n, label, unit, better, d, text in rows
    )


def _trace(inputs: PressInputs, played: Played) -> Trace:
    from techamp.subjects.process_control.simulations.press_controller.words import loop_of

    number = range(inputs.presses)
    return Trace(
        t=tuple(float(t + 1) for t in number),
        unit="presses",
        columns={
            "e": tuple(np.round(played.error[0], 2).tolist()),
            "u": tuple(np.round(played.stop[0], 2).tolist()),
            "s": tuple(np.round(played.off[0], 2).tolist()),
            "b": tuple(t // inputs.batch_size for t in number),
        },
        fixed={
            "tolerance": inputs.tolerance,
            "control": inputs.control,
            "radius": round(loop_of(inputs).radius, 4),
            "delay": inputs.delay,
            "ratio": inputs.ratio,
            "travel": loop.TRAVEL,
        },
    )
