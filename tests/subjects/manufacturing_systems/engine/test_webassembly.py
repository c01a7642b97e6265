"""The modules for the browser give the bits of the native kernels, over whole states."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.subjects.manufacturing_systems.engine.factories import reentrant_shop, unreliable_line
from tests.subjects.manufacturing_systems.engine.test_kernels import RICH

from techamp.subjects.manufacturing_systems.engine import native, webassembly, words
from techamp.subjects.manufacturing_systems.engine.state import State
from techamp.subjects.manufacturing_systems.model import Model, constant, exponential, gamma

RUNNER = Path(__file__).with_name("wasm_run.mjs")
MOST_BYTES = 60_000
needs_node = pytest.mark.skipif(shutil.which("node") is None, reason="needs node")


def in_node(kernel: str, block: np.ndarray, steps: list[list[Any]], folder: Path) -> tuple[list[int], np.ndarray]:
    (folder / "in").write_bytes(block.tobytes())
    module = webassembly.HERE / f"{kernel}.wasm"
    command = ["node", str(RUNNER), str(module), str(folder / "in"), str(folder / "out")]
    done = subprocess.run(
        command, input=json.dumps({"steps": steps, "times": 1}), capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)["statuses"], np.fromfile(folder / "out", np.int64)


@needs_node
@pytest.mark.parametrize(
    ("kernel", "model"),
    [
        ("line", unreliable_line(10, exponential)),
        ("line", unreliable_line(4, constant, clock="calendar")),
        ("line", unreliable_line(3, lambda mean: gamma(mean, cv=2.0))),
        ("events", reentrant_shop("spt", mttf=50.0, operators=13)),
        ("events", RICH),
    ],
)
def test_whole_states_are_equal(kernel: str, model: Model, tmp_path: Path) -> None:
    state = State(model, 11, kernel)
    state.step(until=400.0)  # by now there is room for what follows
    begun = state.I.copy()
    call = native.line_kernel if kernel == "line" else native.event_kernel
    steps: list[list[Any]] = [[native.STEP, 500.0, 1 << 50], [native.STEP, 700.0, 1 << 50], [native.MEASURE, 700.0, 0]]
    statuses = [call(what, until, parts, state.I, state.F) for what, until, parts in steps]
    found, block = in_node(kernel, begun, steps, tmp_path)
    assert found == statuses == [words.DONE, words.DONE, words.DONE]
    assert state.I[words.PROCESSED] > begun[words.PROCESSED]
    assert np.array_equal(block, state.I)


def test_the_modules_are_small_and_made_from_these_sources() -> None:
    recorded = webassembly.recorded()
    files = {name: (webassembly.HERE / f"{name}.wasm").read_bytes() for name in webassembly.MODULES}
    assert sum(map(len, files.values())) <= MOST_BYTES
    assert {name: webassembly.digest(file) for name, file in files.items()} == recorded["modules"]
    assert recorded["sources"] == webassembly.sources(), "kernels have changed: python -m …engine.webassembly"


@pytest.mark.skipif(importlib.util.find_spec("ziglang") is None, reason="needs ziglang, to link")
def test_a_new_build_gives_the_same_bytes() -> None:
    if webassembly.versions() != webassembly.recorded()["versions"]:
        pytest.skip("other versions of llvmlite or ziglang than the modules were built with")
    command = [sys.executable, "-m", webassembly.__name__, "--check"]
    assert subprocess.run(command, env=os.environ, check=False).returncode == 0
