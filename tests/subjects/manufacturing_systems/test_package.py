"""The package as a library: cheap to import, its examples true."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
import subprocess
import sys

import pytest

import techamp.subjects.manufacturing_systems as manufacturing_systems

MODULES = [
    manufacturing_systems.__name__,
    *(
        found.name
        for found in pkgutil.walk_packages(manufacturing_systems.__path__, manufacturing_systems.__name__ + ".")
        if not {"simulations", "studies"} & set(found.name.split("."))
    ),
]


def test_every_name_is_there() -> None:
    assert all(getattr(manufacturing_systems, name) is not None for name in manufacturing_systems.__all__)


def test_importing_it_loads_no_mathematics_and_a_queue_no_scipy() -> None:
    code = (
        "import sys, techamp.subjects.manufacturing_systems as ms; assert 'numpy' not in sys.modules; "
        "ms.mm1(0.9, 1.0); assert not any(name.startswith('scipy') for name in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_in_docstrings_are_true(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0
