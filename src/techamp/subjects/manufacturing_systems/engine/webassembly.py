"""The kernels for the browser: the same Python source, compiled by Numba, retargeted to WebAssembly by llvmlite.

    python -m techamp.subjects.manufacturing_systems.engine.webassembly          writes line.wasm and events.wasm
    python -m techamp.subjects.manufacturing_systems.engine.webassembly --check  says whether they are what it writes

Learners never run it: the ``.wasm`` files are package data. It needs the versions named in ``wasm.json`` and ziglang
(``pip install ziglang``), whose linker turns LLVM's object file into a module. A module exports ``memory`` and
``kernel(what, until, parts, I, F) → status`` and imports nothing. I and F are the same address, a multiple of 8 from
``__heap_base`` on, of a block of 64-bit words laid out as ``words`` says: a page gets a block from the server, changes
numbers in it and runs it on.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
RECORD = HERE / "wasm.json"
MODULES = {"line": "line_entry", "events": "event_entry"}
PINNED = ("numba", "llvmlite", "ziglang")
PAGE = 65536
_LAYOUT = "e-m:e-p:32:32-p10:8:8-p20:8:8-i64:64-i128:128-n32:64-S128-ni:1:10:20"
_TRIPLE = "wasm32-unknown-unknown"


def build(name: str) -> bytes:
    """The module of one kernel. Call it in a fresh process with NUMBA_CPU_NAME=generic (as ``main`` does), so that the
    machine at hand leaves no trace in it."""
    from numba import cfunc

    from techamp.subjects.manufacturing_systems.engine import native

    compiled = cfunc(native.SIGNATURE, error_model="numpy")(getattr(native, MODULES[name])(0))
    return _linked(_object_file(compiled), "kernel")


def _object_file(compiled: Any) -> bytes:
    """LLVM's IR of a compiled function as a WebAssembly object: everything but the entry is made internal and optimized
    once more, so that Numba's runtime falls away."""
    import llvmlite.binding as llvm

    text = compiled._library.get_llvm_str().replace(compiled._wrapper_name, "kernel")
    text = re.sub(r'target datalayout = ".*"', f'target datalayout = "{_LAYOUT}"', text)
    text = re.sub(r'target triple = ".*"', f'target triple = "{_TRIPLE}"', text)
    text = re.sub(r'"target-cpu"="[^"]*"|"target-features"="[^"]*"', "", text)
    text = re.sub(r"(?m)^declare i8 @llvm.x86.*$", "", text).replace(" common ", " internal ")
    text = re.sub(r"internal (local_)?unnamed_addr", "internal", text)
    llvm.initialize_all_targets()
    llvm.initialize_all_asmprinters()
    module = llvm.parse_assembly(text)
    for function in module.functions:
        if not function.is_declaration and function.name != "kernel":
            function.linkage = "internal"
    machine = llvm.Target.from_triple(_TRIPLE).create_target_machine(opt=3)
    options = llvm.create_pipeline_tuning_options(speed_level=3)
    builder = llvm.create_pass_builder(machine, options)
    builder.getModulePassManager().run(module, builder)
    emitted: bytes = machine.emit_object(module)
    return emitted


def _linked(compiled: bytes, entry: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "kernel.o", Path(folder) / "kernel.wasm"
        source.write_bytes(compiled)
        options = [
            "--no-entry",
            f"--export={entry}",
            "--export=__heap_base",
            "--gc-sections",
            "--strip-all",
            "--export-memory",
        ]
        options += [f"--initial-memory={2 * PAGE}", "-z", "stack-size=32768"]
        command = [sys.executable, "-m", "ziglang", "wasm-ld", str(source), "-o", str(target), *options]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"wasm-ld: {done.stderr.strip()}")
        return target.read_bytes()


def versions() -> dict[str, str]:
    """What a build is made with."""
    return {name: importlib.metadata.version(name) for name in PINNED}


def recorded() -> dict[str, Any]:
    """What the files at hand were made from: digest of the sources, versions, digest of each module."""
    found: dict[str, Any] = json.loads(RECORD.read_text("utf-8"))
    return found


def digest(module: bytes) -> str:
    return hashlib.sha256(module).hexdigest()


def main(arguments: list[str]) -> int:
    if os.environ.get("NUMBA_CPU_NAME") != "generic":  # Numba reads it when it is imported
        plain = {"NUMBA_CPU_NAME": "generic", "NUMBA_CPU_FEATURES": ""}
        return subprocess.call([sys.executable, "-m", __spec__.name, *arguments], env=os.environ | plain)
    from techamp.subjects.manufacturing_systems.engine import native

    modules = {name: build(name) for name in MODULES}
    made = {"sources": native.sources(), "versions": versions(), "modules": {n: digest(m) for n, m in modules.items()}}
    if "--check" in arguments:
        same = made == recorded() and all((HERE / f"{n}.wasm").read_bytes() == m for n, m in modules.items())
        print("The modules are what the sources give." if same else "The modules differ from the sources: build anew.")
        return 0 if same else 1
    for name, module in modules.items():
        (HERE / f"{name}.wasm").write_bytes(module)
        print(f"{name}.wasm: {len(module)} bytes")
    RECORD.write_text(json.dumps(made, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
