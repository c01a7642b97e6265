"""What every simulation must keep, whatever its subject. A new one is tested by being there."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from techamp.contract import Inputs, Outcome, registry

IDS = registry.simulation_ids()


def any_inputs(inputs: type[Inputs]) -> st.SearchStrategy[Inputs]:
    """All valid inputs of a declaration."""
    drawn: dict[str, st.SearchStrategy[Any]] = {}
    for field in inputs.fields():
        if field.kind == "choice":
            drawn[field.name] = st.sampled_from([key for key, _ in field.options])
        elif field.kind == "flag":
            drawn[field.name] = st.booleans()
        elif field.whole:
            drawn[field.name] = st.integers(int(field.low), int(field.high))
        else:
            drawn[field.name] = st.floats(field.low, field.high)
        if field.optional:
            drawn[field.name] = st.none() | drawn[field.name]
    return st.fixed_dictionaries(drawn).map(inputs.read)


def check(outcome: Outcome) -> None:
    """Finite, non-empty, consistent."""
    assert outcome.notes
    assert outcome.notes[0].strip()
    assert outcome.measures
    assert all(m.value is None or math.isfinite(m.value) for m in outcome.measures)
    assert len({m.name for m in outcome.measures}) == len(outcome.measures)
    for chart in outcome.charts:
        assert chart.words
        for series in chart.series:
            assert len(series.x) == len(series.y)
            assert all(math.isfinite(x) for x in series.x)
            assert all(y is None or math.isfinite(y) for y in series.y)
    trace = outcome.trace
    if trace is not None:
        assert list(trace.t) == sorted(trace.t)
        assert all(len(column) == len(trace.t) for column in trace.columns.values())


@pytest.mark.parametrize("id", IDS)
def test_a_default_run_says_something_finite(id: str) -> None:
    simulation = registry.simulation(id)
    check(simulation.run(simulation.Inputs.read({}), 42))


@pytest.mark.parametrize("id", IDS)
def test_the_same_inputs_and_seed_give_the_same_outcome(id: str) -> None:
    simulation = registry.simulation(id)
    inputs = simulation.Inputs.read({})
    first, again, other = (simulation.run(inputs, seed).model_dump_json() for seed in (7, 7, 8))
    assert first == again
    assert first != other


@pytest.mark.parametrize("id", IDS)
def test_many_seeds_give_what_single_runs_give(id: str) -> None:
    simulation = registry.simulation(id)
    inputs, seeds = simulation.Inputs.read({}), [1, 2, 3]
    together = simulation.measures(inputs, seeds)
    alone: dict[str, list[float]] = {}
    for seed in seeds:
        for measure in simulation.run(inputs, seed).measures:
            if measure.value is not None:
                alone.setdefault(measure.name, []).append(float(measure.value))
    assert together == alone


@pytest.mark.parametrize("id", IDS)
def test_an_outcome_survives_being_stored(id: str) -> None:
    simulation = registry.simulation(id)
    outcome = simulation.run(simulation.Inputs.read({}), 3)
    assert Outcome.model_validate_json(outcome.model_dump_json()) == outcome


@pytest.mark.parametrize("id", IDS)
def test_its_scene_and_its_model_page_are_there(id: str) -> None:
    folder = registry.simulation(id).folder()
    assert "export function mount(" in (folder / "scene.js").read_text(encoding="utf-8")
    model = (folder / "model.md").read_text(encoding="utf-8")
    sections = [line.removeprefix("## ") for line in model.splitlines() if line.startswith("## ")]
    assert sections == [
        "What it shows",
        "Assumptions",
        "What is left out",
        "Numbers and their sources",
        "Checked against",
        "References",
    ]


@pytest.mark.parametrize("id", IDS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(data=st.data(), seed=st.integers(0, 2**62))
def test_no_valid_inputs_make_it_fail(id: str, data: st.DataObject, seed: int) -> None:
    simulation = registry.simulation(id)
    check(simulation.run(data.draw(any_inputs(simulation.Inputs)), seed))
