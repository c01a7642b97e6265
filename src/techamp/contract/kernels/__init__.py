"""Kernels: number-crunching functions in plain Python that run as machine code, with no compiler in the process.

A kernel's functions are written once, in the part of Python that Numba understands: numbers and flat arrays, no
objects, no exceptions, no allocation (``@part`` marks them). Called from Python they are plain Python, slow and exact:
the oracle of the tests. On the way to machine code they pass three stations, each in a process of its own:

1. ``portable`` (Numba, 15 s, by whoever changes a kernel): Python → LLVM's intermediate code for no processor in
   particular. It lies beside the kernel as ``<name>.ir`` and goes with the package, like the ``.wasm`` made from it.
2. ``compiling`` (LLVM, 1–3 s, once on each computer): ``.ir`` → an image for this very processor, in the user's cache.
   If the sources are newer than the ``.ir``, station 1 comes first.
3. ``Kernel`` (2 ms, in every process that calls): the image is read into memory and called through ctypes, which lets
   other threads run meanwhile. Neither Numba (90 MB) nor LLVM (45 MB) is loaded.

The cache's files are named by what they depend on: sources, tool versions, processor. They are written under another
name and moved into place, and carry a digest: two processes may write at once, and a cut file is compiled anew.
"""

from __future__ import annotations

from techamp.contract.kernels.kernel import Function as Function
from techamp.contract.kernels.kernel import Kernel as Kernel
from techamp.contract.kernels.parts import part as part
