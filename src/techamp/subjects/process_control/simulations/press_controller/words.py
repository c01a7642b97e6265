"""What the press controller says: notes, words for charts, equations."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from techamp.subjects.process_control.run_to_run.closed_loop import (
    ClosedLoop,
    double_ewma_loop,
    ewma_loop,
    spectral_radius,
    stability_limit,
)

if TYPE_CHECKING:
    from techamp.subjects.process_control.simulations.press_controller.simulation import PressInputs


def loop_of(inputs: PressInputs) -> ClosedLoop:
    """The loop in the long run; scatter is scatter and gauge together, a batch's jump is spread over its presses."""
    noise = float(np.hypot(inputs.scatter, inputs.gauge))
    walk = inputs.batch / float(np.sqrt(inputs.batch_size))
    if inputs.control == "leave":
        return ClosedLoop(1.0, noise**2, 0.0)
    if inputs.control == "ewma" or inputs.trend_weight == 0.0:
        return ewma_loop(
            inputs.weight, ratio=inputs.ratio, delay=inputs.delay, noise=noise, walk=walk, drift=inputs.drift
        )
    if inputs.delay == 0:
        return double_ewma_loop(
            inputs.weight, inputs.trend_weight, ratio=inputs.ratio, noise=noise, walk=walk, drift=inputs.drift
        )
    return ClosedLoop(late_double_radius(inputs.weight, inputs.trend_weight, inputs.ratio, inputs.delay), 0.0, 0.0)


def late_double_radius(level: float, trend: float, ratio: float, delay: int) -> float:
    """Radius of a double EWMA loop whose errors come late: state (s, trend, the last ``delay`` errors)."""
    size = delay + 2
    matrix = np.zeros((size, size))
    matrix[0, 0], matrix[1, 1] = 1.0, 1.0
    seen = 0 if delay == 0 else size - 1
    matrix[0, seen] -= ratio * (level + trend)
    matrix[0, 1] -= ratio * level
    matrix[1, seen] += trend
    if delay:
        matrix[2, 0] = 1.0
    for lag in range(3, size):
        matrix[lag, lag - 1] = 1.0
    return spectral_radius(matrix)


def notes(inputs: PressInputs, found: dict[str, float]) -> tuple[str, ...]:
    """What happened against leaving the stop alone, and what the loop is like."""
    first = (
        f"The {inputs.presses} presses missed the depth by {found['rms']:.1f} µm typically; {found['scrap']:.1f} % "
        f"were beyond ±{inputs.tolerance:g} µm."
    )
    return (first, _compared(inputs, found), *_stability(inputs), *_double_delay(inputs))


def _compared(inputs: PressInputs, found: dict[str, float]) -> str:
    if inputs.control == "leave":
        return f"Nobody corrected. The weight that theory finds best would have given {found['best_rms']:.1f} µm."
    change = found["rms"] / found["left_alone"]
    if change > 1.02:
        verdict = f"correcting made it {change:.1f} times as much"
    elif change < 0.98:
        verdict = f"correcting took away {100 * (1 - change):.0f} % of that"
    else:
        verdict = "correcting made next to no difference"
    return f"With the stop left alone it would have been {found['left_alone']:.1f} µm: {verdict}."


def _stability(inputs: PressInputs) -> tuple[str, ...]:
    if inputs.control == "leave":
        return ()
    loop = loop_of(inputs)
    if loop.radius >= 1.0:
        return ("The loop is unstable: each correction is larger than the one before, until the stop hits its end.",)
    if loop.radius > 0.9 and inputs.weight * inputs.ratio > 0.5 * stability_limit(inputs.delay):
        return ("The loop is stable, but barely: a jump makes it swing for a long time.",)
    if inputs.control == "ewma" and inputs.dead_band == 0.0 and inputs.drift > 0.0:
        return (
            f"The loop is stable. Under drift it stays {abs(loop.offset):.1f} µm behind: drift over weight times gain "
            "ratio.",
        )
    return ("The loop is stable.",)


def _double_delay(inputs: PressInputs) -> tuple[str, ...]:
    if inputs.control == "double" and inputs.delay > 0:
        return ("A trend that is learned from late errors is easily learned too strongly.",)
    return ()


def equation(inputs: PressInputs) -> str:
    """The control law and its long run, with this run's numbers."""
    if inputs.control == "leave":
        return "u(t+1) = u(t)"
    if inputs.control == "double":
        return (
            f"u(t+1) = u(t) − [{inputs.weight:g}·(e + D) + {inputs.trend_weight:g}·e], "
            f"D ← D + {inputs.trend_weight:g}·e, e = e(t − {inputs.delay})"
        )
    share, limit = inputs.weight * inputs.ratio, stability_limit(inputs.delay)
    return (
        f"u(t+1) = u(t) − λ·e(t − {inputs.delay}); λ·ξ = {inputs.weight:g} · {inputs.ratio:g} = {share:.3g}, "
        f"stable below {limit:.3g}"
    )
