"""The example files: read as they come, the studies find what was put into them."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from techamp.contract import InvalidInput, Outcome, registry
from techamp.contract.example_file import example_file, example_files
from techamp.contract.reading import guess_rules, read_table

SCRIPT = Path(__file__).parents[3] / "scripts/example_files.py"


def study(id: str, name: str, **settings: Any) -> Outcome:
    """A study of an example as a newcomer runs it: nothing but guesses, and what is set here."""
    content, found = example_file(name).content, registry.study(id)
    table = read_table(content, guess_rules(content)).require()
    roles = table.assign(found.suggest(table))
    return found.run(roles, found.Settings.read(found.propose(roles) | settings))


def chart(**settings: Any) -> Outcome:
    return study("process_control.control_chart", "two-lathes.csv", **settings)


@pytest.fixture(scope="module")
def made() -> ModuleType:
    spec = importlib.util.spec_from_file_location("example_files_script", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_files_are_those_that_the_script_writes(made: ModuleType, tmp_path: Path) -> None:
    made.FOLDER = tmp_path
    made.main()
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {f.name: f.content for f in example_files()}


def test_two_lathes_are_told_apart_before_anything_else() -> None:
    found = chart()
    assert found.notes[1].startswith("Lathe 1 runs 0.0025")
    assert "Only this machine, operator or cavity" in found.notes[1]
    assert any("each machine’s readings form their own subgroup" in note for note in found.notes)


def test_the_shift_is_found_at_the_sample_where_it_was_made(made: ModuleType) -> None:
    found = chart(only="Lathe 1")
    assert found.notes[0].startswith("Not stable")
    assert f"The level seems to jump near subgroup {made.SHIFT_AT} (row 165 of the file)" in found.notes[1]


def test_with_its_own_limits_from_there_on_the_lathe_is_stable_and_the_step_is_told(made: ModuleType) -> None:
    found = chart(only="Lathe 1", phases="165: new insert lot")
    assert found.notes[0] == "No signal: within each phase the process looks stable."
    assert "it moved 0.00152 mm up to 7.99712 mm with “new insert lot”" in found.notes[1]
    assert pytest.approx(0.00152, abs=3 * made.WITHIN_SD * (1 / 80 + 1 / 70) ** 0.5) == made.SHIFT


def test_the_other_lathe_is_stable() -> None:
    assert chart(only="Lathe 2").notes[0].startswith("No signal")


def test_a_machine_that_is_not_there_is_told_which_are() -> None:
    with pytest.raises(InvalidInput, match=r"must be a name in its column, but got 'Lathe 3'.*Lathe 1, Lathe 2"):
        chart(only="Lathe 3")


def test_the_micrometer_is_not_good_enough_because_of_the_people(made: ModuleType) -> None:
    found = study("process_control.gauge_study", "gauge-study.csv")
    assert found.notes[0].startswith("Not good enough: the gauge takes 45.2 % of the tolerance.")
    assert any(note.startswith("Ben reads 0.000667 mm above") for note in found.notes)
    assert any("look at the operators first" in note for note in found.notes)
    repeat = found.measure("repeatability")
    assert repeat.low is not None
    assert repeat.high is not None
    assert repeat.low < made.REPEAT_SD < repeat.high
