"""The computer at hand: what its machine code depends on, where that is kept, and how it gets into memory."""

from __future__ import annotations

import ctypes
import hashlib
import mmap
import os
import platform
import sys
from functools import cache
from pathlib import Path

FOLDER = "TECHAMP_KERNELS"
"""Environment variable that names another folder for compiled kernels."""


def folder() -> Path:
    """Where compiled kernels are kept: ``TECHAMP_KERNELS``, else the user's own cache."""
    if named := os.environ.get(FOLDER):
        return Path(named).expanduser().absolute()
    if sys.platform == "darwin":
        return Path.home() / "Library/Caches/techamp/kernels"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "techamp/kernels"


@cache
def processor() -> str:
    """A digest of the processor's kind and features: code made for one may not run on another."""
    told = f"{sys.platform} {platform.machine()} {_features()}"
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def _features() -> str:
    """What the system says of its first processor."""
    try:
        with open("/proc/cpuinfo", encoding="utf-8", errors="replace") as file:
            first = file.read(16_384).split("\n\n")[0]
    except OSError:
        return platform.processor() + _named_feature("machdep.cpu.brand_string")
    wanted = ("model", "flags", "Features", "CPU ", "vendor", "isa")
    return "\n".join(line for line in first.splitlines() if line.startswith(wanted) and "MHz" not in line)


def _named_feature(name: str) -> str:
    """A text that the macOS kernel knows; empty elsewhere."""
    try:
        size, text = ctypes.c_size_t(256), ctypes.create_string_buffer(256)
        ctypes.CDLL(None).sysctlbyname(name.encode(), text, ctypes.byref(size), None, 0)
    except (OSError, AttributeError):
        return ""
    return text.value.decode(errors="replace")


@cache
def versions() -> str:
    """Versions of the tools that make machine code, from the names of their folders: importing them takes a second."""
    found = []
    for tool in ("numba", "llvmlite"):
        for place in sys.path:
            found += [path.name for path in sorted(Path(place or ".").glob(f"{tool}-*.dist-info"))]
    return " ".join(found)


class Image:
    """Machine code in memory, kept as long as the process lives. ``address`` is where it begins.

    OSError where the system does not let a program run what it has read.
    """

    def __init__(self, code: bytes) -> None:
        self._memory = mmap.mmap(-1, len(code), flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
        self._memory.write(code)
        self.address = ctypes.addressof(ctypes.c_char.from_buffer(self._memory))
        system = ctypes.CDLL(None, use_errno=True)
        size = ctypes.c_size_t(len(self._memory))
        self._flush(size)
        if system.mprotect(ctypes.c_void_p(self.address), size, mmap.PROT_READ | mmap.PROT_EXEC):
            raise OSError(ctypes.get_errno(), "memory cannot be made executable")

    def _flush(self, size: ctypes.c_size_t) -> None:
        """Tell processors with separate caches for code that there is some (x86 needs no telling)."""
        if platform.machine() in ("x86_64", "AMD64"):
            return
        begin, end = ctypes.c_void_p(self.address), ctypes.c_void_p(self.address + size.value)
        if sys.platform == "darwin":
            ctypes.CDLL(None).sys_icache_invalidate(begin, size)
        else:
            ctypes.CDLL("libgcc_s.so.1").__clear_cache(begin, end)
