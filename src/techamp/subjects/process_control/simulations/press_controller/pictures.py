"""Charts of the press: depth, stop, and the map of weight and gain ratio."""

from __future__ import annotations

import numpy as np

from techamp.contract import Chart, Mark, RefLine, Series
from techamp.subjects.process_control.run_to_run.closed_loop import ewma_loop, stability_limit
from techamp.subjects.process_control.simulations.press_controller.loop import Floats, Played
from techamp.subjects.process_control.simulations.press_controller.simulation import PressInputs
from techamp.subjects.process_control.simulations.press_controller.words import equation

STEPS = 60
HIGHEST_RATIO = 3.0


def charts(inputs: PressInputs, played: Played) -> tuple[Chart, ...]:
    """Depth by press, the stop, the map, and the cost of every weight."""
    found = [_depth(inputs, played), _stop(played), _map(inputs)]
    return (*found, _by_weight(inputs))


def _micrometers(values: Floats) -> tuple[float, ...]:
    return tuple(np.round(values, 2).tolist())


def _numbers(values: Floats) -> tuple[float, ...]:
    return tuple(float(t + 1) for t in range(len(values)))


def _depth(inputs: PressInputs, played: Played) -> Chart:
    error = played.error[0]
    return Chart(
        name="depth",
        title="Depth, press by press",
        x_label="Press",
        y_label="Too deep or too shallow",
        y_unit="µm",
        series=(Series(name="error", label="This run", x=_numbers(error), y=_micrometers(error)),),
        lines=(
            RefLine(label="Upper tolerance", value=inputs.tolerance, kind="spec"),
            RefLine(label="Target", value=0.0, kind="target"),
            RefLine(label="Lower tolerance", value=-inputs.tolerance, kind="spec"),
        ),
        words="How far each press missed the target depth, in the order of the presses.",
        equation=equation(inputs),
        zero=True,
    )


def _stop(played: Played) -> Chart:
    number = _numbers(played.off[0])
    return Chart(
        name="stop",
        title="What the press did, and what the controller did",
        x_label="Press",
        y_label="Shift of the depth",
        y_unit="µm",
        series=(
            Series(name="stop", label="The stop", x=number, y=_micrometers(played.stop[0]), shape="steps"),
            Series(name="off", label="Wear and batches", x=number, y=_micrometers(played.off[0]), role="aside"),
        ),
        words=(
            "Wear makes the depth creep and each new batch of bearings makes it jump (soft line). A good controller "
            "moves the stop the other way by as much."
        ),
        zero=True,
    )


def _map(inputs: PressInputs) -> Chart:
    limit = stability_limit(inputs.delay)
    weights = np.linspace(0.05, 1.0, STEPS)
    edge = np.minimum(HIGHEST_RATIO, limit / weights)
    x = tuple(np.round(weights, 4).tolist())
    return Chart(
        name="map",
        title="Where the loop swings",
        x_label="Weight",
        y_label="True gain over assumed gain",
        y_unit="×",
        series=(
            Series(name="edge", label="Edge of stability", x=x, y=tuple(np.round(edge, 4).tolist())),
            Series(
                name="calm",
                label="No swinging",
                x=x,
                y=tuple(np.round(np.minimum(HIGHEST_RATIO, _smooth(inputs.delay) / weights), 4).tolist()),
                role="aside",
            ),
        ),
        marks=(Mark(x=inputs.weight, y=inputs.ratio, label="You are here", kind="note"),) if _on_map(inputs) else (),
        words=(
            f"Above the upper line errors grow: weight times gain ratio must stay below {limit:.2f} when the "
            f"measurement is {inputs.delay} presses late. Below the soft line a jump dies out without swinging. It is "
            "the map of taking back a share, without a trend."
        ),
        equation=f"λ·ξ < 2·sin(π/(4·delay + 2)) = {limit:.3g}",
        zero=True,
    )


def _on_map(inputs: PressInputs) -> bool:
    return inputs.control != "leave"


def _smooth(delay: int) -> float:
    """The largest λξ with real poles only: d^d/(d + 1)^(d + 1), 1 without delay."""
    return float(delay**delay / (delay + 1) ** (delay + 1)) if delay else 1.0


def _by_weight(inputs: PressInputs) -> Chart:
    noise, walk = float(np.hypot(inputs.scatter, inputs.gauge)), inputs.batch / float(np.sqrt(inputs.batch_size))
    weights = np.linspace(0.05, 1.0, STEPS)
    spread: list[float | None] = []
    for weight in weights.tolist():
        loop = ewma_loop(weight, ratio=inputs.ratio, delay=inputs.delay, noise=noise, walk=walk, drift=inputs.drift)
        shown = loop.mean_square - inputs.gauge**2
        spread.append(round(float(np.sqrt(shown)), 2) if loop.stable and shown < (8 * noise) ** 2 else None)
    return Chart(
        name="by_weight",
        title="Typical miss for each weight, by theory",
        x_label="Weight",
        y_label="Typical miss",
        y_unit="µm",
        series=(Series(name="rms", label="Long run", x=tuple(np.round(weights, 4).tolist()), y=tuple(spread)),),
        lines=(RefLine(label="Your weight", value=inputs.weight, axis="x", kind="target"),),
        words=(
            "Too small a weight lags behind, too large a one chases scatter, and beyond the edge the loop has "
            "no long run. For taking back a share, without a dead band."
        ),
        zero=True,
    )
