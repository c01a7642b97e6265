"""Finds the kernels of all subjects by their place in the house: ``<subject>/kernels.py`` names them in ``KERNELS``."""

from __future__ import annotations

from importlib import import_module

from techamp.contract import registry
from techamp.contract.kernels.kernel import Kernel


def kernels() -> list[Kernel]:
    """All of them. Importing their modules takes a second; nothing is compiled or loaded."""
    found: list[Kernel] = []
    for package, root in registry.roots():
        for path in sorted(root.glob("*/kernels.py")):
            found += import_module(f"{package}.{path.parent.name}.kernels").KERNELS
    return found
