"""A run can be stopped, gone on with, forked and changed; uncompiled Python says the same."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import numpy as np
import pytest
from tests.subjects.manufacturing_systems.engine.factories import reentrant_shop, unreliable_line
from tests.subjects.manufacturing_systems.engine.test_kernels import RICH

from techamp.subjects.manufacturing_systems.engine.simulating import simulate
from techamp.subjects.manufacturing_systems.engine.state import State
from techamp.subjects.manufacturing_systems.model import Model, constant, exponential, model_from
from techamp.subjects.manufacturing_systems.model.line import Line

MODELS = (unreliable_line(6, exponential), unreliable_line(6, constant, clock="calendar"), reentrant_shop(), RICH)


@pytest.mark.parametrize("model", MODELS)
def test_stopping_and_going_on_changes_nothing(model: Model) -> None:
    whole, parted = State(model, 5), State(model, 5)
    whole.step(until=800.0)
    for until in (1.0, 13.37, 400.0, 800.0):
        parted.step(until=until)
        parted.measures()
    a, b = whole.measures(), parted.measures()
    assert np.array_equal(a.stations, b.stations)
    assert np.array_equal(a.steps, b.steps)
    assert np.array_equal(a.products, b.products)


@pytest.mark.parametrize("model", MODELS)
def test_a_fork_has_the_same_luck_to_come(model: Model) -> None:
    state = State(model, 5)
    state.step(until=300.0)
    fork = state.fork()
    fork.step(until=500.0)
    assert state.now == 300.0
    state.step(until=500.0)
    assert np.array_equal(state.measures().products, fork.measures().products)


@pytest.mark.parametrize("kernel", ["line", "events"])
def test_a_changed_factory_goes_on_from_where_it_is(kernel: str) -> None:
    model = unreliable_line(3, exponential)
    state = State(model, 5, kernel)
    state.step(until=5000.0)
    same = state.fork()
    same.change(model)
    faster = state.fork()
    faster.change(model.with_station("s1", time=exponential(0.5), buffer=40))
    for run in (state, same, faster):
        run.step(until=20_000.0)
    assert same.finished == state.finished
    assert faster.finished > state.finished + 300


def test_both_kernels_change_alike() -> None:
    model = unreliable_line(3, exponential)
    runs = [State(model, 5, kernel) for kernel in ("line", "events")]
    for run in runs:
        run.step(until=1000.0)
        run.change(model.with_station("s0", time=exponential(0.7)))
        run.step(until=3000.0)
    outs = [run.measures().products[0, 1] for run in runs]
    assert abs(outs[0] - outs[1]) <= 2  # the recursion has drawn the times of parts in work a moment earlier


def test_other_stations_are_another_factory() -> None:
    state = State(unreliable_line(3, exponential), 5)
    with pytest.raises(ValueError, match="keeps its stations, machines"):
        state.change(unreliable_line(4, exponential))


UNCOMPILED = """
import json, warnings
warnings.simplefilter("ignore")
from tests.subjects.manufacturing_systems.engine.test_kernels import RICH
from tests.subjects.manufacturing_systems.engine.factories import unreliable_line
from techamp.subjects.manufacturing_systems.engine.state import State
from techamp.subjects.manufacturing_systems.model import exponential, lognormal
told = []
uneven = unreliable_line(3, lambda mean: lognormal(mean, cv=1.5), clock="calendar")
for model, until in ((unreliable_line(4, exponential), 60.0), (uneven, 40.0), (RICH, 40.0)):
    state = State(model, 3)
    state.step(until=until)
    state.measures()
    told.append(state.I[: 2000].tolist())
print(json.dumps(told))
"""


def test_uncompiled_python_gives_the_same_bits() -> None:
    def told(disable: str) -> object:
        env = os.environ | {"TECHAMP_UNCOMPILED": disable}
        done = subprocess.run([sys.executable, "-c", UNCOMPILED], env=env, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr[-2000:]
        return json.loads(done.stdout)

    assert told("1") == told("0")


def test_a_station_that_no_route_visits_is_idle_all_the_time() -> None:
    model = Line("cell").station("saw", time=2.0).station("spare", time=1.0).product("part", ["saw"]).model()
    run = simulate(model, 1, until=100.0)
    assert run.station("spare").share("starved") == 1.0
    assert run.station("saw").share("busy") == 1.0


@pytest.mark.parametrize("kernel", ["line", "events"])
@pytest.mark.parametrize("cv", [5e-324, 1e-300, 1e-12])
def test_a_gamma_time_that_hardly_varies_is_taken_as_constant(kernel: str, cv: float) -> None:
    line = {
        "name": "steady",
        "stations": [{"name": "a", "time": {"kind": "gamma", "mean": 2.0, "cv": cv}}, {"name": "b", "time": 1.0}],
    }
    run = simulate(model_from(line), 1, until=100.0, kernel=kernel)
    assert run.throughput == pytest.approx(0.5, rel=0.03)
