"""Our factory engine beside SimPy and plain C on the same factories, in one run; and beside itself in the browser."""

from __future__ import annotations

import ctypes
import importlib.util
import json
import math
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from tests.subjects.manufacturing_systems.engine.factories import reentrant_shop, unreliable_line

from bench.figures import Figure, keep, show
from techamp.subjects.manufacturing_systems.engine import native, webassembly, words
from techamp.subjects.manufacturing_systems.engine.simulating import replications, simulate
from techamp.subjects.manufacturing_systems.engine.state import State
from techamp.subjects.manufacturing_systems.model import Model, constant, exponential

TURNS = 7
PARTS = {"exponential": 300_000, "constant": 300_000, "shop": 30_000}
SIMPY_PARTS = {"exponential": 10_000, "constant": 10_000, "shop": 5_000}
PEERS = Path(__file__).parent / "peers"
NODE = Path(__file__).parent.parent / "tests/subjects/manufacturing_systems/engine/wasm_run.mjs"
TEXT = (
    "Ten unreliable stations (buffers of 10, MTTF 100, MTTR 10), times exponential or constant; a re-entrant shop with "
    "family setups, failures and 13 shared operators. Ours is `simulate(model, …)`, all measures included; the peers "
    "count only what they print. Rates are operations (one part at one station) per second; each ratio is the median "
    "of several turns taken by turns, so that other work on the machine hits both."
)
MODELS: dict[str, Callable[[], Model]] = {
    "exponential": lambda: unreliable_line(10, exponential),
    "constant": lambda: unreliable_line(10, constant),
    "shop": lambda: reentrant_shop(mttf=50.0, operators=13),
}
AGAINST_SIMPY = {"exponential": 450.0, "constant": 1100.0, "shop": 75.0}
AGAINST_C = {"exponential": 0.85, "constant": 0.6, "shop": 0.6}
IN_BROWSER = {"exponential": 0.6, "constant": 0.45, "shop": 0.8}
MOST_TRACE, LEAST_THREADS, MOST_WASM = 1.8, 1.7, 60.0


def timed(call: Callable[[], object]) -> tuple[object, float]:
    began = time.perf_counter()
    found = call()
    return found, time.perf_counter() - began


def ours(name: str) -> float:
    """Operations per second of a whole ``simulate``."""
    run, seconds = timed(lambda: simulate(MODELS[name](), 1, parts=PARTS[name]))
    return run.operations / seconds  # type: ignore[attr-defined]


def plain_c(folder: Path) -> Callable[[str], float] | None:
    """Operations per second in C, compiled here; None without a compiler."""
    if not shutil.which("gcc"):
        return None
    library = folder / "factories.so"
    flags = ["-O3", "-march=native", "-ffp-contract=off", "-shared", "-fPIC"]
    subprocess.run(["gcc", *flags, "-o", str(library), str(PEERS / "factories.c"), "-lm"], check=True)
    loaded = ctypes.CDLL(str(library))
    loaded.line.restype = loaded.shop.restype = ctypes.c_double
    d, n = ctypes.c_double, ctypes.c_long

    def rate(name: str) -> float:
        operations = n(10 * PARTS[name])
        if name == "shop":
            call = lambda: loaded.shop(n(PARTS[name]), 13, d(50.0), d(1.0), 1, ctypes.byref(operations))  # noqa: E731
        else:
            is_constant = name == "constant"
            call = lambda: loaded.line(10, 10, d(1.0), d(100.0), d(10.0), n(PARTS[name]), is_constant, 1)  # noqa: E731
        _found, seconds = timed(call)
        return operations.value / seconds

    return rate


def simpy_rate(name: str) -> float:
    command = [sys.executable, "-m", "bench.peers.simpy_factories", name, str(SIMPY_PARTS[name])]
    told = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    return float(told["operations"] / told["seconds"])


def paired(a: Callable[[], float], b: Callable[[], float], turns: int = TURNS) -> tuple[float, float, float]:
    """(median of a / b over turns, median a, median b)."""
    a(), b()
    found = [(a(), b()) for _turn in range(turns)]
    return (
        statistics.median(x / y for x, y in found),
        statistics.median(x for x, _y in found),
        statistics.median(y for _x, y in found),
    )


def wasm_against_native(name: str, folder: Path) -> float:
    """Speed of the WebAssembly module in node over the native kernel, both from the same state to the same state."""
    state = State(MODELS[name](), 7)
    state.step(until=300.0)
    begun = state.I.copy()
    (folder / "in").write_bytes(begun.tobytes())
    kernel = state.kernel
    call = native.line_kernel if kernel == "line" else native.event_kernel
    command = ["node", str(NODE), str(webassembly.HERE / f"{kernel}.wasm"), str(folder / "in"), str(folder / "out")]
    orders = json.dumps({"steps": [[native.STEP, None, PARTS[name]]], "times": 3})

    def browser() -> float:
        done = subprocess.run(command, input=orders, capture_output=True, text=True, check=True)
        return float(json.loads(done.stdout)["seconds"])

    def here() -> float:
        best = math.inf
        for _try in range(3):
            block = begun.copy()
            floats = block.view(np.float64)
            best = min(best, timed(lambda b=block, f=floats: call(native.STEP, math.inf, PARTS[name], b, f))[1])
        return best

    return paired(here, browser, 5)[0]


def threads() -> float:
    """64 replications by one thread over two."""
    model = MODELS["exponential"]()

    def seconds(count: int) -> float:
        return timed(lambda: sum(1 for _run in replications(model, range(64), parts=200_000, threads=count)))[1]

    return paired(lambda: seconds(1), lambda: seconds(2), 3)[0]


def traced(name: str) -> float:
    """Time with the trace on over time without."""
    model = MODELS[name]()

    def seconds(on: bool) -> float:
        return timed(lambda: simulate(model, 1, parts=PARTS[name] // 3, trace=on))[1]

    return paired(lambda: seconds(True), lambda: seconds(False))[0]


def growth() -> list[Figure]:
    """Nanoseconds for an operation from 10 to 10,000 stations; the memory is built before."""
    found = []
    for stations in (10, 100, 1000, 10_000):
        state, parts = State(unreliable_line(stations, exponential), 1), max(300, 3_000_000 // stations)
        _now, seconds = timed(lambda s=state, p=parts: s.step(parts=p))
        per = 1e9 * seconds / int(state.I[words.PROCESSED])
        found.append(show(Figure(f"Line of {stations} stations", per, "ns/operation")))
    return found


def measure() -> list[Figure]:
    """All of them."""
    native.compile_kernels()
    found = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        in_c = plain_c(folder)
        for case in MODELS:
            if importlib.util.find_spec("simpy"):
                value, mine, other = paired(lambda c=case: ours(c), lambda c=case: simpy_rate(c), 3)
                note = f"{mine / 1e6:.1f} M/s / {other / 1e3:.0f} k/s"
                found.append(show(Figure(f"{case} / SimPy", value, "×", least=AGAINST_SIMPY[case], note=note)))
            if in_c:
                value, mine, other = paired(lambda c=case: ours(c), lambda c=case: in_c(c))
                note = f"{mine / 1e6:.1f} M/s / {other / 1e6:.1f} M/s"
                found.append(show(Figure(f"{case} / C -O3", value, "×", least=AGAINST_C[case], note=note)))
            if shutil.which("node"):
                value = wasm_against_native(case, folder)
                found.append(show(Figure(f"{case}: WebAssembly / native", value, "×", least=IN_BROWSER[case])))
    found.append(show(Figure("Trace on / off: shop", traced("shop"), "×", most=MOST_TRACE)))
    found.append(show(Figure("Trace on / off: line", traced("exponential"), "×")))
    size = sum((webassembly.HERE / f"{kernel}.wasm").stat().st_size for kernel in webassembly.MODULES) / 1000
    found.append(show(Figure("Both kernels as WebAssembly", size, "kB", most=MOST_WASM)))
    found.append(show(Figure("64 replications: one thread / two", threads(), "×", least=LEAST_THREADS)))
    found += growth()
    if not importlib.util.find_spec("simpy"):
        print("SimPy is not installed (pip install simpy): no figures beside it.")
    keep("Manufacturing systems", TEXT, found)
    return found
