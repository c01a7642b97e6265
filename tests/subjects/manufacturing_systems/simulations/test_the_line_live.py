"""The line as a page runs it: the numbers of ``run`` to the last bit, and in node the whole block's bits."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from techamp.contract import registry
from techamp.contract.live import Block, Live, Term, block_of, measures_of
from techamp.subjects.manufacturing_systems.engine import native
from techamp.subjects.manufacturing_systems.simulations.the_line.inputs import STATIONS, TheLineInputs

LINE = registry.simulation("manufacturing_systems.the_line")
RUNNER = Path(__file__).with_name("live_run.mjs")
KERNEL = Path(__file__).parents[4] / "src/techamp/campus/play/static/play/live_kernel.js"
SHORT = {"hours": 20}
CASES: list[dict[str, Any]] = [
    {},
    {"cv": 0.0, "places": 0},
    {"cv": 1.0, "lathe_mttr": 0.0, "press_places": 200},
    {"stations": "3", "cv": 1.35, "cell_time": 7.1, "places": 3},
    {"stations": "4", "cv": 0.0, "places": 85, "motor_time": 2.0, "hours": 20},  # all places full, machines held
]


def values_of(inputs: TheLineInputs, live: Live, seed: int) -> dict[str, float | None]:
    return {name: getattr(inputs, name) for name in live.follows} | {"seed": seed}


def run_native(live: Live, values: dict[str, float | None]) -> tuple[Block, list[Block]]:
    block = block_of(live, values)
    marks: list[Block] = []
    for call in live.calls:
        until = call.until.value(values) if isinstance(call.until, Term) else call.until
        assert native.line_kernel(call.what, until, call.parts, block, block.view(np.float64)) == 0
        marks += [block.copy()] if call.mark else []
    return block, marks


@st.composite
def lines(draw: st.DrawFn) -> dict[str, Any]:
    found: dict[str, Any] = {"stations": draw(st.sampled_from("3456")), "places": draw(st.integers(0, 100)), **SHORT}
    found["cv"] = draw(st.sampled_from([0.0, 1.0]) | st.floats(0.05, 2.0))
    for name in list(STATIONS)[: int(found["stations"])]:
        found[f"{name}_time"] = draw(st.floats(0.5, 10.0))
        found[f"{name}_mttf"] = draw(st.floats(20.0, 10_000.0))
        found[f"{name}_mttr"] = draw(st.just(0.0) | st.floats(0.5, 240.0))
        if name != "lathe":
            found[f"{name}_places"] = draw(st.none() | st.integers(0, 200))
    return found


@given(given_inputs=lines(), seed=st.integers(0, 10**12))
@settings(max_examples=40, deadline=None, derandomize=True)
def test_live_measures_are_those_of_a_run(given_inputs: dict[str, Any], seed: int) -> None:
    inputs = TheLineInputs.read({name: value for name, value in given_inputs.items() if value is not None})
    live = LINE.live(inputs)
    assert live is not None
    values = values_of(inputs, live, seed)
    found = measures_of(live, values, run_native(live, values)[1])
    wanted = {measure.name: measure.value for measure in LINE.run(inputs, seed).measures}
    for name, value in found.items():
        assert value == wanted[name] or (np.isnan(value) and wanted[name] is None), name


def test_every_number_of_the_line_may_change() -> None:
    inputs = TheLineInputs.read({})
    live = LINE.live(inputs)
    assert live is not None
    assert live.follows | set(live.rests_on) == {field.name for field in TheLineInputs.fields()}


@pytest.mark.skipif(shutil.which("node") is None, reason="needs node")
def test_the_page_fills_and_runs_the_same_bits(tmp_path: Path) -> None:
    asked, wanted = [], []
    module = ""
    for number, case in enumerate(CASES):
        inputs = TheLineInputs.read({**SHORT, **case})
        live = LINE.live(inputs)
        assert live is not None
        values = values_of(inputs, live, seed=10**11 + number)
        filled = block_of(live, values)
        block, marks = run_native(live, values)
        module = str(live.module)
        asked.append({"live": live.json, "values": values})
        wanted.append((filled, block, measures_of(live, values, marks)))
    command = ["node", str(RUNNER), str(KERNEL), module, str(tmp_path)]
    done = subprocess.run(command, input=json.dumps(asked), capture_output=True, text=True, check=True)
    for number, (measures, (filled, block, expected)) in enumerate(zip(json.loads(done.stdout), wanted, strict=True)):
        assert np.array_equal(np.fromfile(tmp_path / f"filled-{number}", np.int64), filled)
        assert np.array_equal(np.fromfile(tmp_path / f"run-{number}", np.int64), block)
        assert measures == expected
