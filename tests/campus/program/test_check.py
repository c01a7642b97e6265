"""What an author gets wrong is found, with the line and how to mend it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from techamp.campus.program.check import check_links
from techamp.campus.program.curriculum import Curriculum
from techamp.paths import curriculum_root


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the curriculum, to break."""
    copied = tmp_path / "curriculum"
    shutil.copytree(curriculum_root(), copied, ignore=shutil.ignore_patterns("practice", "*.svg", "__pycache__"))
    return copied


def line_with(file: Path, text: str) -> int:
    return next(n for n, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1) if text in line)


def replace(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_our_own_curriculum_is_sound(folder: Path) -> None:
    assert check_links(Curriculum(folder)) == []


def test_a_module_with_an_unknown_skill(folder: Path) -> None:
    file = next(folder.glob("hub/*/01-*/module.yaml"))
    module = Curriculum(folder).modules[file.parts[-3], file.parts[-2]]
    replace(file, module.skills[0], "nobody.can_do")
    problem = check_links(Curriculum(folder))[0]
    assert (problem.file, problem.what) == (file, "skills.yaml has no 'nobody.can_do'.")
    assert problem.mend == "Name a skill that it has."
    assert abs(problem.line - line_with(file, "nobody.can_do")) <= 1


def test_a_skill_that_needs_one_that_is_not_there(folder: Path) -> None:
    skill = next(skill for skill in Curriculum(folder).skills.values() if skill.needs)
    replace(folder / "skills.yaml", f"needs: [{skill.needs[0]}", f"needs: [{skill.needs[0]}_gone")
    found = [problem.what for problem in check_links(Curriculum(folder))]
    assert found == [f"{skill.id} needs '{skill.needs[0]}_gone', which is no skill."]


def test_a_calendar_entry_that_no_subject_plans(folder: Path) -> None:
    entry = Curriculum(folder).program.calendar[0]
    file = folder / "program.yaml"
    text = file.read_text(encoding="utf-8")
    head, calendar = text.split("calendar:", 1)
    file.write_text(head + "calendar:" + calendar.replace(entry.module, "99-nothing", 1), encoding="utf-8")
    problem = check_links(Curriculum(folder))[0]
    assert problem.what == f"The calendar has {entry.subject}/99-nothing, which no subject plans."
    assert problem.line == line_with(file, "99-nothing")
