"""Simulations and studies are found by their place, and named nowhere."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import techamp.subjects
from techamp.contract import Simulation, Study, registry

ROOT = Path(next(iter(techamp.subjects.__path__)))


def test_every_simulation_and_study_folder_is_found() -> None:
    simulations = {f"{path.parts[-4]}.{path.parts[-2]}" for path in ROOT.glob("*/simulations/*/simulation.py")}
    studies = {f"{path.parts[-4]}.{path.parts[-2]}" for path in ROOT.glob("*/studies/*/study.py")}
    assert (
        set(registry.simulation_ids()) >= simulations >= {"process_control.funnel", "process_control.watch_the_lathe"}
    )
    assert set(registry.study_ids()) >= studies >= {"process_control.control_chart"}


def test_what_is_found_is_what_it_says() -> None:
    for id in registry.simulation_ids():
        found = registry.simulation(id)
        assert isinstance(found, Simulation)
        assert found.id == id
        assert found is registry.simulation(id)
    for id in registry.study_ids():
        study = registry.study(id)
        assert isinstance(study, Study)
        assert study.id == id
        assert study.twin == "" or study.twin in registry.simulation_ids()


def test_an_unknown_id_is_told_what_there_is() -> None:
    with pytest.raises(LookupError, match=r"There is no simulation 'no\.such'; there are: .*process_control\.funnel"):
        registry.simulation("no.such")
    with pytest.raises(LookupError, match="There is no study"):
        registry.study("no.such")


def test_showing_titles_does_not_load_the_compiler() -> None:
    program = (
        "import sys; from techamp.contract import registry\n"
        "for id in registry.simulation_ids(): print(registry.simulation(id).title)\n"
        "for id in registry.study_ids(): print(registry.study(id).title)\n"
        "for id in registry.builder_ids(): print(registry.builder(id).title)\n"
        "sys.exit(bool({'numba', 'llvmlite', 'scipy'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
