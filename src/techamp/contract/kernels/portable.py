"""Python → LLVM's intermediate code for no processor in particular, by Numba. For whoever changes a kernel:

    python -m techamp.contract.kernels.portable          writes <name>.ir beside the module of each changed kernel
    python -m techamp.contract.kernels.portable --all    of each kernel: for when Numba or this module has changed
    python -m techamp.contract.kernels.portable --check  says whether they are what it writes

What Numba would add for a caller in Python is left out, and nothing is optimized here: that is for the computer that
runs it. A function that raises, allocates or calls the C library does not pass.
"""

from __future__ import annotations

import importlib.metadata
import os
import re
import subprocess
import sys
import zlib
from importlib import import_module
from typing import Any

from techamp.contract.kernels import compiling, parts, stored
from techamp.contract.kernels.kernel import Kernel
from techamp.contract.kernels.signature import ARRAYS, Signature

PINNED = ("numba", "llvmlite")
OPTIONS: dict[str, Any] = {"error_model": "numpy", "no_cpython_wrapper": True, "no_cfunc_wrapper": True, "_nrt": False}
TIDY = (
    "global_dead_code_eliminate", "sroa", "sccp", "simplify_cfg", "ipsccp", "dead_arg_elimination", "simplify_cfg",
    "global_dead_code_eliminate", "strip_dead_prototype", "strip_symbols",
)  # fmt: skip
"""LLVM's passes that find what can never happen and make the file smaller; they know of no processor."""
_IR = {"int": "i64", "float": "double", "bool": "i64"}


def portable(kernel: Kernel) -> bytes:
    """The bitcode of a kernel. For a fresh process with Numba's processor set to "generic" (as ``main`` does)."""
    import llvmlite.binding as llvm

    module = llvm.parse_assembly("")
    for name, function in kernel.functions.items():
        library, inner = _translated(kernel, name)
        module.link_in(llvm.parse_assembly(_unmarked(library.get_llvm_str())))
        module.link_in(llvm.parse_assembly(_entry(name, inner, function.signature)))
    _hide(module, set(kernel.functions))
    bitcode: bytes = module.as_bitcode()
    _require_calm(bitcode, kernel.name)
    return zlib.compress(bitcode, 9)


def _require_calm(bitcode: bytes, name: str) -> None:
    """Raise ValueError if the code may raise: LLVM must be able to show that it does not."""
    import llvmlite.binding as llvm

    llvm.initialize_native_target()
    module = llvm.parse_bitcode(bitcode)
    compiling.optimize(module, llvm.Target.from_default_triple().create_target_machine(opt=3))
    if re.search(r"call void @llvm.trap", str(module)):
        raise ValueError(f"The kernel {name} may raise an exception; nobody would hear of it.")


def _translated(kernel: Kernel, name: str) -> tuple[Any, str]:
    """(Numba's library, the name in it) of a function whose arrays come as address and length."""
    from numba import float64, int64, njit, types

    function, signature = getattr(import_module(kernel.module), name), kernel.functions[name].signature
    point: Any = types.CPointer
    numba_kinds: dict[str, Any] = {
        "int": int64, "float": float64, "bool": int64, "int*": point(int64), "float*": point(float64),
        "ints": point(int64), "floats": point(float64), "flags": point(types.boolean),
    }  # fmt: skip
    given: list[str] = []
    passed: list[str] = []
    kinds: list[Any] = []
    for i, kind in enumerate(signature.takes):
        kinds += [numba_kinds[kind], int64] if kind in ARRAYS else [numba_kinds[kind]]
        given += [f"a{i}", f"n{i}"] if kind in ARRAYS else [f"a{i}"]
        passed.append(f"view(a{i}, n{i})" if kind in ARRAYS else f"a{i} != 0" if kind == "bool" else f"a{i}")
    call = f"function({', '.join(passed)})"
    result = {"float": f"return float64({call})", "": call}.get(signature.gives, f"return int64({call})")
    scope: dict[str, Any] = {"function": function, "view": _view(), "int64": int64, "float64": float64}
    exec(f"def entry({', '.join(given)}):\n    {result}", scope)
    dispatcher: Any = njit(**OPTIONS)(scope["entry"])
    dispatcher.compile(tuple(kinds))
    compiled = dispatcher.overloads[tuple(kinds)]
    return compiled.library, compiled.fndesc.llvm_func_name


def _view() -> Any:
    """For Numba: an array on memory that is another's. Its own ``carray`` counts references, which takes a runtime."""
    from numba import types
    from numba.extending import intrinsic
    from numba.np import arrayobj

    make: Any = arrayobj.make_array
    populate: Any = arrayobj.populate_array

    def view(_context: Any, pointer: Any, count: Any) -> Any:
        array = types.Array(pointer.dtype, 1, "C")

        def build(context: Any, builder: Any, _signature: Any, given: Any) -> Any:
            made = make(array)(context, builder)
            size = context.get_constant(types.intp, context.get_abi_sizeof(context.get_data_type(pointer.dtype)))
            populate(made, data=given[0], shape=[given[1]], strides=[size], itemsize=size, meminfo=None)
            return made._getvalue()

        return array(pointer, count), build

    return intrinsic(view)


def _entry(name: str, inner: str, signature: Signature) -> str:
    """Numba's convention (results and faults by address, a status returned) behind a plain one."""
    kinds: list[str] = []
    for kind in signature.takes:
        kinds += ["ptr", "i64"] if kind in ARRAYS else [_IR.get(kind, "ptr")]
    given = ", ".join(f"{kind} %a{i}" for i, kind in enumerate(kinds))
    gives = _IR[signature.gives] if signature.gives else "void"
    place = gives if signature.gives else "ptr"
    back = f"%v = load {gives}, ptr %r\n  ret {gives} %v" if signature.gives else "ret void"
    return (
        f'declare i32 @"{inner}"(ptr, ptr, {", ".join(kinds)})\n'
        f'define {gives} @"{name}"({given}) {{\n  %r = alloca {place}\n  %e = alloca ptr\n'
        f'  %s = call i32 @"{inner}"(ptr %r, ptr %e, {given})\n  %well = icmp eq i32 %s, 0\n'
        f"  br i1 %well, label %done, label %raised\nraised:\n  call void @llvm.trap()\n  unreachable\n"
        f"done:\n  {back}\n}}\ndeclare void @llvm.trap()\n"
    )


def _unmarked(text: str) -> str:
    """Without what says for which computer it is, and without Numba's notes on what to raise."""
    text = re.sub(r"inttoptr \(i64 \d+ to ptr\)", "null", text)
    text = re.sub(r"(?m)^.*!numba_exception_output.*$", "", text)
    text = re.sub(r'"target-cpu"="[^"]*"|"target-features"="[^"]*"', "", text)
    text = re.sub(r"(?m)^target (datalayout|triple) = .*$", "", text)
    text = re.sub(r"(?m)^declare i8 @llvm.x86.*$", "", text).replace(" common ", " internal ")
    return re.sub(r"internal (local_)?unnamed_addr", "internal", text)


def _hide(module: Any, shown: set[str]) -> None:
    """Only the entries can be seen from outside; what they do not need goes, names of things inside too."""
    import llvmlite.binding as llvm

    for thing in [*module.functions, *module.global_variables]:
        if not thing.is_declaration and thing.name not in shown:
            thing.linkage = "internal"
    manager = llvm.create_new_module_pass_manager()
    for tidy in TIDY:
        getattr(manager, f"add_{tidy}_pass")()
    llvm.initialize_native_target()
    machine = llvm.Target.from_default_triple().create_target_machine()
    manager.run(module, llvm.create_pass_builder(machine, llvm.create_pipeline_tuning_options(speed_level=0)))


def versions() -> dict[str, str]:
    """What a translation is made with."""
    return {name: importlib.metadata.version(name) for name in PINNED}


def main(arguments: list[str]) -> int:
    if os.environ.get("NUMBA_CPU_NAME") != "generic":  # Numba reads these when it is imported
        plain = {"NUMBA_CPU_NAME": "generic", "NUMBA_CPU_FEATURES": "", "NUMBA_OPT": "0"}
        return subprocess.call([sys.executable, "-m", __spec__.name, *arguments], env=os.environ | plain)
    from numba import njit

    parts.translate_with(njit(**OPTIONS))
    if arguments[:1] == ["--print"]:
        kernel = Kernel.read(arguments[1])
        sys.stdout.buffer.write(stored.packed({"sources": kernel.sources}, portable(kernel)))
        return 0
    from techamp.contract.kernels.finding import kernels

    if "--check" in arguments:
        return 1 if sum([_differs(kernel) for kernel in kernels()]) else 0
    for kernel in kernels():
        found = stored.read(kernel.portable_file)
        if "--all" in arguments or found is None or found[0]["sources"] != kernel.sources:
            kernel.portable_file.write_bytes(_packed(kernel))
            print(f"{kernel.portable_file.name}: {kernel.portable_file.stat().st_size} bytes")
    return 0


def _packed(kernel: Kernel) -> bytes:
    return stored.packed({"sources": kernel.sources, "versions": versions()}, portable(kernel))


def _differs(kernel: Kernel) -> bool:
    """Say whether a kernel's file is what it should be; whether it is not."""
    same = kernel.portable_file.exists() and kernel.portable_file.read_bytes() == _packed(kernel)
    print(f"{kernel.portable_file.name} {'is' if same else 'is not'} what the sources give.")
    return not same


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
