"""``techamp curriculum check``: everything that an author can get wrong, with file, line and how to mend it."""

from __future__ import annotations

from collections.abc import Iterator

from techamp.campus.games.check import check_game
from techamp.campus.labs.check import check_lab
from techamp.campus.learning.lecture.check import check_lecture
from techamp.campus.play.check import check_conversation, check_play
from techamp.campus.practice.bridge_check import check_bridge
from techamp.campus.practice.check import check_practice
from techamp.campus.practice.files import line_of
from techamp.campus.program import schema
from techamp.campus.program.curriculum import Curriculum
from techamp.campus.program.problems import Problem


def check(curriculum: Curriculum) -> list[Problem]:
    """All problems of a curriculum that could be read, file by file."""
    problems = check_links(curriculum) + check_bridge(curriculum)
    for activity in curriculum.activities.values():
        problems += check_activity(activity, curriculum)
    return sorted(dict.fromkeys(problems), key=lambda problem: (str(problem.file), problem.line))


def check_links(curriculum: Curriculum) -> list[Problem]:
    """Names that lead nowhere. Quick: a campus does it whenever it starts."""
    return [*_calendar(curriculum), *_skills(curriculum), *_modules(curriculum)]


def check_activity(activity: schema.Activity, curriculum: Curriculum) -> list[Problem]:
    """Each kind is checked in its own room."""
    match activity:
        case schema.Lecture():
            return check_lecture(activity)
        case schema.Practice():
            return check_practice(activity, curriculum)
        case schema.Play():
            return check_play(activity, curriculum)
        case schema.Conversation():
            return check_conversation(activity, curriculum)
        case schema.Lab():
            return check_lab(activity)
        case schema.Played():
            return check_game(activity, curriculum)


def _calendar(curriculum: Curriculum) -> Iterator[Problem]:
    """Every module of the calendar is planned, and opens before it is due."""
    file = curriculum.root / "program.yaml"
    for number, entry in enumerate(curriculum.program.calendar):
        line = line_of(file, f"calendar.{number}")
        subject = curriculum.subjects.get(entry.subject)
        if subject is None or entry.module not in {planned.id for planned in subject.modules}:
            what = f"The calendar has {entry.subject}/{entry.module}, which no subject plans."
            yield Problem(file, line, what, "Name a module of that subject's subject.yaml.")
        if entry.due < entry.opens:
            what = f"{entry.subject}/{entry.module} is due in week {entry.due}, before it opens in {entry.opens}."
            yield Problem(file, line, what, "Let it open first.")


def _skills(curriculum: Curriculum) -> Iterator[Problem]:
    """Every skill belongs to a subject, and needs skills that are there."""
    file = curriculum.root / "skills.yaml"
    for number, skill in enumerate(curriculum.skills.values()):
        line = line_of(file, f"skills.{number}")
        if skill.subject not in curriculum.subjects:
            mend = f"Use: {', '.join(curriculum.subjects)}."
            yield Problem(file, line, f"{skill.id} belongs to {skill.subject!r}, which is no subject.", mend)
        for needed in skill.needs:
            if needed not in curriculum.skills:
                yield Problem(
                    file, line, f"{skill.id} needs {needed!r}, which is no skill.", "Name a skill of this file."
                )


def _modules(curriculum: Curriculum) -> Iterator[Problem]:
    """Every skill that a module or an activity names is there."""
    for module in curriculum.modules.values():
        file = module.folder / "module.yaml"
        named = [("skills", skill) for skill in module.skills]
        for number, activity in enumerate(module.activities):
            named += [(f"activities.{number}", skill) for skill in activity.skills]
        for where, skill in named:
            if skill not in curriculum.skills:
                yield Problem(file, line_of(file, where), f"skills.yaml has no {skill!r}.", "Name a skill that it has.")
