"""The package as a library: cheap to import, its examples true."""

from __future__ import annotations

import doctest
import importlib
import subprocess
import sys

import techamp.subjects.process_control as process_control


def test_every_name_is_there() -> None:
    assert all(getattr(process_control, name) is not None for name in process_control.__all__)


def test_importing_it_loads_no_mathematics_and_a_first_chart_no_scipy() -> None:
    code = (
        "import sys, techamp.subjects.process_control as pc; assert 'numpy' not in sys.modules; "
        "chart = pc.x_bar_r_chart([[1.0, 2.0], [2.0, 4.0]]); pc.signals(chart); "
        "assert not any(name.startswith('scipy') for name in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_examples_in_docstrings_are_true() -> None:
    for name in ("", ".constants", ".run_length", ".signaling"):
        module = importlib.import_module(process_control.__name__ + name)
        assert doctest.testmod(module).failed == 0


def test_a_list_of_studies_and_planners_loads_no_mathematics() -> None:
    code = (
        "import sys; from techamp.contract import registry\n"
        "for id in registry.study_ids(): registry.study(id)\n"
        "for id in registry.planner_ids(): registry.planner(id)\n"
        "heavy = ('scipy', 'numba', 'techamp.subjects.process_control.experiments.linear_model',\n"
        "         'techamp.subjects.process_control.comparing', 'techamp.subjects.process_control.signaling')\n"
        "print([name for name in heavy if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
