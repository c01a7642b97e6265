"""Intermediate code → machine code for this computer, by LLVM: ``python -m techamp.contract.kernels.compiling``.

A process of its own, started by ``Kernel``, so that neither LLVM nor Numba stays in the one that calls. It prints a
line for each stage: the share that is done, and what comes now.
"""

from __future__ import annotations

import platform
import subprocess
import sys
import zlib
from pathlib import Path
from typing import Any

from techamp.contract.kernels import stored
from techamp.contract.kernels.kernel import Kernel
from techamp.contract.kernels.linking import CannotLink, linked

LINKED = {"x86_64": "x86_64", "AMD64": "x86_64", "aarch64": "aarch64", "arm64": "aarch64"}
"""Machines whose objects ``linking`` understands, by their names in Python and in LLVM."""


def main(arguments: list[str]) -> int:
    kernel, target = Kernel.read(arguments[0]), Path(arguments[1])
    about, code = machine_code(portable_code(kernel), list(kernel.functions))
    stored.write(target, about, code)
    return 0


def portable_code(kernel: Kernel) -> bytes:
    """The intermediate code that goes with the package; translated anew if the sources have changed since."""
    found = stored.read(kernel.portable_file)
    if found is not None and found[0]["sources"] == kernel.sources:
        return found[1]
    _tell(0.0, "translating from Python")
    command = [sys.executable, "-m", "techamp.contract.kernels.portable", "--print", kernel.described()]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    fresh = stored.unpacked(done.stdout)
    if fresh is None:
        raise RuntimeError("the translation was cut short")
    return fresh[1]


def machine_code(portable: bytes, functions: list[str]) -> tuple[dict[str, Any], bytes]:
    """(what it is, an image; or the object where that cannot be linked)."""
    here = LINKED.get(platform.machine()) if sys.platform in ("linux", "darwin") else None
    if here is not None:
        try:
            image, offsets = linked(_object(portable, f"{here}-unknown-linux-gnu"))
            return {"form": "image", "functions": {name: offsets[name] for name in functions}}, image
        except CannotLink as reason:
            _tell(0.5, f"for LLVM to load ({reason})")
    return {"form": "object", "functions": dict.fromkeys(functions, 0)}, _object(portable, "")


def _object(portable: bytes, triple: str) -> bytes:
    """An object file for this processor. On Apple's, Linux's calling convention differs in one reserved register."""
    import llvmlite.binding as llvm

    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    features = llvm.get_host_cpu_features().flatten()
    if sys.platform == "darwin" and triple.startswith("aarch64"):
        features += ",+reserve-x18"
    target = llvm.Target.from_triple(triple or llvm.get_process_triple())
    model = "small" if triple else "jitdefault"
    machine = target.create_target_machine(llvm.get_host_cpu_name(), features, opt=3, reloc="pic", codemodel=model)
    _tell(0.1, "optimizing")
    module = llvm.parse_bitcode(zlib.decompress(portable))
    module.triple, module.data_layout = machine.triple, str(machine.target_data)
    optimize(module, machine)
    _tell(0.7, "writing machine code")
    emitted: bytes = machine.emit_object(module)
    return emitted


def optimize(module: Any, machine: Any) -> None:
    """LLVM's own third level, as clang asks for it: neighboring numbers side by side. No operation changes a bit."""
    import llvmlite.binding as llvm

    options = llvm.create_pipeline_tuning_options(speed_level=3)
    options.slp_vectorization = True
    builder = llvm.create_pass_builder(machine, options)
    builder.getModulePassManager().run(module, builder)


def loaded(code: bytes, functions: list[str]) -> tuple[dict[str, int], object]:
    """An object file in this process's memory, by LLVM: (address of each function, what must stay alive)."""
    import llvmlite.binding as llvm

    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    machine = llvm.Target.from_triple(llvm.get_process_triple()).create_target_machine(codemodel="jitdefault")
    engine = llvm.create_mcjit_compiler(llvm.parse_assembly(""), machine)
    engine.add_object_file(llvm.ObjectFileRef.from_data(code))
    engine.finalize_object()
    return {name: engine.get_function_address(name) for name in functions}, engine


def _tell(share: float, what: str) -> None:
    print(f"{share:.2f} {what}", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
