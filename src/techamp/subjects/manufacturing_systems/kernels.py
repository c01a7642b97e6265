"""What ``techamp kernels`` compiles of this subject beside its simulations."""

from __future__ import annotations


def compile_kernels() -> None:
    """Both kernels of the factory engine."""
    from techamp.subjects.manufacturing_systems.engine.native import compile_kernels

    compile_kernels()
