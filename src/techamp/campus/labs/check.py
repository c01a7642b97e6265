"""Reads every lab sheet before a learner stands at the bench: the study that its readings go to takes its settings."""

from __future__ import annotations

from pathlib import Path

from techamp.campus.labs.sheet import sheet_of
from techamp.campus.program import schema
from techamp.campus.program.curriculum import CurriculumError
from techamp.campus.program.problems import Problem
from techamp.campus.program.study_check import study_faults


def check_lab(activity: schema.Lab) -> list[Problem]:
    """Problems of one lab sheet."""
    file = activity.folder / activity.file
    try:
        data = sheet_of(activity).lab.data
    except FileNotFoundError:
        return [Problem(file, 0, "The lab sheet is missing.", "Add it, or name another file in module.yaml.")]
    except CurriculumError as error:
        return [Problem(file, 0, str(error).removeprefix(f"{file}: "), "")]
    found = study_faults(data.study, data.settings) if data else ()
    return [Problem(file, _line(file, key), what, mend) for key, what, mend in found]


def _line(file: Path, key: str) -> int:
    """The line on which the front matter begins to say it; 0, the whole file, when it shares a line with others."""
    lines = file.read_text(encoding="utf-8").splitlines()
    return next((n for n, line in enumerate(lines, start=1) if line.strip().startswith(f"{key}:")), 0)
