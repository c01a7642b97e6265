"""The kernels for the browser: the same intermediate code that native code is made from, as WebAssembly by LLVM.

    python -m techamp.subjects.manufacturing_systems.engine.webassembly          writes line.wasm and events.wasm
    python -m techamp.subjects.manufacturing_systems.engine.webassembly --check  says whether they are what it writes

Learners never run it: the ``.wasm`` files are package data. It needs the versions named in ``wasm.json`` and ziglang
(``pip install ziglang``), whose linker turns LLVM's object file into a module; and ``.ir`` files that are up to date
(``contract.kernels.portable``). A module exports ``memory`` and
``kernel(what, until, parts, I, F) → status`` and imports nothing. I and F are the same address, a multiple of 8 from
``__heap_base`` on, of a block of 64-bit words laid out as ``words`` says: a page gets a block from the server, changes
numbers in it and runs it on.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path
from typing import Any

from techamp.contract.kernels import compiling, stored
from techamp.subjects.manufacturing_systems.engine import native

HERE = Path(__file__).resolve().parent
RECORD = HERE / "wasm.json"
MODULES = tuple(native.KERNELS)
PINNED = ("llvmlite", "ziglang")
PAGE = 65536
_TRIPLE = "wasm32-unknown-unknown"


def build(name: str) -> bytes:
    """The module of one kernel, from the intermediate code that goes with the package. ValueError if that is old."""
    kernel = native.KERNELS[name]
    found = stored.read(kernel.portable_file)
    if found is None or found[0]["sources"] != kernel.sources:
        raise ValueError(f"{name}.ir is older than its sources: python -m techamp.contract.kernels.portable")
    return _linked(_object_file(found[1], name), "kernel")


def _object_file(portable: bytes, entry: str) -> bytes:
    """Intermediate code as a WebAssembly object, its entry called ``kernel``."""
    import llvmlite.binding as llvm

    llvm.initialize_all_targets()
    llvm.initialize_all_asmprinters()
    machine = llvm.Target.from_triple(_TRIPLE).create_target_machine(opt=3)
    module = llvm.parse_bitcode(zlib.decompress(portable))
    module.triple, module.data_layout = _TRIPLE, str(machine.target_data)
    module.get_function(entry).name = "kernel"
    compiling.optimize(module, machine)
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


def sources() -> dict[str, str]:
    """Digests of what each kernel is made of."""
    return {name: kernel.sources for name, kernel in native.KERNELS.items()}


def recorded() -> dict[str, Any]:
    """What the files at hand were made from: digest of the sources, versions, digest of each module."""
    found: dict[str, Any] = json.loads(RECORD.read_text("utf-8"))
    return found


def digest(module: bytes) -> str:
    return hashlib.sha256(module).hexdigest()


def main(arguments: list[str]) -> int:
    modules = {name: build(name) for name in MODULES}
    made = {"sources": sources(), "versions": versions(), "modules": {n: digest(m) for n, m in modules.items()}}
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
