"""The press controller against the theory of run-to-run control."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from techamp.contract import registry
from techamp.subjects.process_control import DoubleEwmaController, EwmaController, ewma_loop, stability_limit
from techamp.subjects.process_control.run_to_run.closed_loop import double_stability_map
from techamp.subjects.process_control.simulations.press_controller import loop
from techamp.subjects.process_control.simulations.press_controller.loop import Press, Tuning
from techamp.subjects.process_control.simulations.press_controller.simulation import PressInputs, press_of
from techamp.subjects.process_control.simulations.press_controller.words import late_double_radius

PRESS_CONTROLLER = registry.simulation("process_control.press_controller")
SEEDS = list(range(40))


def press(**given: Any) -> Press:
    return press_of(PressInputs.read(given))


@pytest.mark.parametrize(
    ("weight", "ratio", "delay"), [(0.3, 1.0, 0), (0.8, 1.5, 0), (0.3, 1.0, 1), (0.1, 1.5, 4), (0.05, 1.0, 12)]
)
def test_the_long_run_is_that_of_theory(weight: float, ratio: float, delay: int) -> None:
    given = {"ratio": ratio, "delay": delay, "presses": 600, "batch": 0, "gauge": 5, "drift": 0.5}
    played = loop.play(press(**given), Tuning(weight, 0.0, 0.0), SEEDS)
    late = played.error[:, 200:]
    theory = ewma_loop(weight, ratio=ratio, delay=delay, noise=13.0, drift=0.5)
    assert float(late.mean()) == pytest.approx(theory.offset, abs=0.5)
    assert float(late.var()) == pytest.approx(theory.variance - 25.0, rel=0.05)


def test_each_controller_is_the_librarys_step_by_step() -> None:
    machine = press(ratio=1.3, delay=2)
    controllers: list[tuple[Tuning, Any]] = [
        (Tuning(0.3, 0.0, 0.0), EwmaController(0.3, 1.0)),
        (Tuning(0.2, 0.0, 8.0), EwmaController(0.2, 1.0, 8.0)),
        (Tuning(0.2, 0.1, 0.0), DoubleEwmaController(0.2, 0.1, 1.0)),
    ]
    for tuning, controller in controllers:
        played, gauge = loop.play(machine, tuning, [7]), loop.scatter(machine, 7)[1]
        at = 0.0
        for t in range(machine.presses - 1):
            if t >= 2:
                controller, change = controller.after(played.error[0, t - 2] + gauge[t - 2])
                at += change
            assert played.stop[0, t + 1] == pytest.approx(at, abs=1e-9)


@pytest.mark.parametrize("delay", [0, 1, 3, 8])
def test_errors_grow_above_the_limit_and_fade_below(delay: int) -> None:
    quiet = Press(presses=600, scatter=0.0, gauge=0.0, drift=0.0, batch=0.001, batch_size=30, ratio=1.0, delay=delay)
    limit = stability_limit(delay)
    for factor, grows in ((0.9, False), (1.15, True)):
        played = loop.play(quiet, Tuning(factor * limit, 0.0, 0.0), [3]).error[0]
        assert (np.abs(played[-25:]).max() > 10 * np.abs(played[30:50]).max()) is np.bool_(grows)


def test_an_unstable_loop_runs_into_the_end_of_the_stop() -> None:
    played = loop.play(press(ratio=2.5), Tuning(1.0, 0.0, 0.0), [1])
    assert np.abs(played.stop).max() == loop.TRAVEL
    notes = PRESS_CONTROLLER.run(PressInputs.read({"ratio": 2.5, "weight": 1.0}), 1).notes
    assert any("unstable" in note for note in notes)


def test_a_dead_band_moves_seldom_and_costs_little() -> None:
    always = PRESS_CONTROLLER.measures(PressInputs.read({}), SEEDS)
    seldom = PRESS_CONTROLLER.measures(PressInputs.read({"dead_band": 10}), SEEDS)
    assert np.mean(seldom["moves"]) < 0.15 * np.mean(always["moves"])
    assert np.mean(seldom["rms"]) < 1.1 * np.mean(always["rms"])


def test_a_press_that_only_scatters_is_best_left_alone() -> None:
    given = {"drift": 0.0, "batch": 0.0}
    left, moved = (
        PRESS_CONTROLLER.measures(PressInputs.read(given | {"control": c}), SEEDS) for c in ("leave", "ewma")
    )
    assert np.mean(moved["rms"]) > np.mean(left["rms"])
    assert left["best_rms"] == pytest.approx(left["rms"])


def test_the_weight_of_theory_is_hardly_beaten() -> None:
    for given in ({}, {"delay": 4}, {"ratio": 2.0}):
        found = [
            np.mean(PRESS_CONTROLLER.measures(PressInputs.read({**given, "weight": w}), SEEDS)["rms"])
            for w in (0.05, 0.1, 0.2, 0.3, 0.5)
        ]
        best = np.mean(PRESS_CONTROLLER.measures(PressInputs.read(given), SEEDS)["best_rms"])
        assert best <= 1.02 * min(found)


def test_a_late_double_loop_has_the_radius_of_a_prompt_one_without_delay() -> None:
    prompt = double_stability_map([0.3], [0.1], 1.4)[0, 0]
    assert late_double_radius(0.3, 0.1, 1.4, 0) == pytest.approx(prompt)
    assert late_double_radius(0.3, 1e-12, 1.0, 2) == pytest.approx(1.0, abs=1e-6)  # the trend is never forgotten
    assert late_double_radius(0.9, 0.3, 1.0, 3) > 1.0


def test_measures_of_many_seeds_are_those_of_single_runs() -> None:
    inputs = PressInputs.read({"control": "double"})
    many = PRESS_CONTROLLER.measures(inputs, [1, 2])
    for k, seed in enumerate((1, 2)):
        outcome = PRESS_CONTROLLER.run(inputs, seed)
        assert {m.name: m.value for m in outcome.measures} == {name: column[k] for name, column in many.items()}


@pytest.mark.parametrize("control", ["leave", "ewma", "double"])
def test_a_run_says_what_happened(control: str) -> None:
    outcome = PRESS_CONTROLLER.run(PressInputs.read({"control": control, "delay": 3}), 2)
    assert outcome.trace is not None
    assert {len(column) for column in outcome.trace.columns.values()} == {225}
    assert "typically" in outcome.notes[0]
    rms = math.sqrt(sum(v * v for v in outcome.trace.columns["e"]) / 225)
    assert outcome.measure("rms").value == pytest.approx(rms, abs=0.01)
