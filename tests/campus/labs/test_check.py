"""A lab sheet whose readings could not be charted is found before anybody measures."""

from __future__ import annotations

from pathlib import Path

import pytest

from techamp.campus.labs.check import check_lab
from techamp.campus.program import schema

SHEET = """---
title: Measure
minutes: 30
gear: [micrometer]
safety: [Wear glasses.]
rubric: [{{id: zero, text: Zeroes it, must: true}}]
data:
  columns: [{{name: diameter, label: Diameter, unit: mm}}]
  rows: 25
  study: {study}
  settings: {settings}
---
1. Measure.
"""


def lab(folder: Path, study: str = "process_control.control_chart", settings: str = "{chart: imr}") -> schema.Lab:
    (folder / "lab.md").write_text(SHEET.format(study=study, settings=settings), encoding="utf-8")
    made = schema.Lab(id="lab", title="Lab", minutes=30, kind="lab")
    made._folder = folder
    return made


def test_a_sheet_whose_study_takes_its_settings(tmp_path: Path) -> None:
    assert check_lab(lab(tmp_path)) == []


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ("{color: red}", "process_control.control_chart has no setting 'color'."),
        ("{chart: pie}", "got 'pie'"),
        ("{chart: xbar_r, subgroup_size: 500}", "got 500"),
    ],
)
def test_a_setting_that_the_study_does_not_have_or_take(tmp_path: Path, settings: str, said: str) -> None:
    (problem,) = check_lab(lab(tmp_path, settings=settings))
    assert said in problem.what
    assert problem.line == 11


def test_a_study_that_is_not_there(tmp_path: Path) -> None:
    (problem,) = check_lab(lab(tmp_path, study="nobody.nothing"))
    assert (problem.line, problem.what) == (10, "There is no study 'nobody.nothing'.")


def test_a_sheet_that_cannot_be_read(tmp_path: Path) -> None:
    found = lab(tmp_path)
    (tmp_path / "lab.md").write_text("Steps only.", encoding="utf-8")
    assert "front matter" in check_lab(found)[0].what
    (tmp_path / "lab.md").unlink()
    assert check_lab(found)[0].what == "The lab sheet is missing."
