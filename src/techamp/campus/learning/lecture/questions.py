"""Questions at marked points: graded as practice grades, stored as what happened, never in the way of reading on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils import timezone

from techamp.campus.learning.lecture.blocks import Lecture, Question
from techamp.campus.learning.models import Attempt
from techamp.campus.people.models import LedgerKey
from techamp.campus.practice.closeness import rounded
from techamp.campus.practice.expressions import ItemError
from techamp.campus.practice.grading import grade
from techamp.campus.program import schema
from techamp.campus.program.problems import Problem


@dataclass(frozen=True)
class Answered:
    """What she gave and what the page says to it. ``verdict`` is right, wrong or invalid."""

    given: tuple[str, ...]
    verdict: str
    says: str = ""
    next: str = ""
    see: str = ""
    faults: dict[str, str] = field(default_factory=dict)
    fresh: bool = False  # just given: the page moves the focus to it


def answer(question: Question, given: Sequence[str]) -> Answered:
    """Grade an answer; nothing is stored."""
    graded = grade(question.realized, list(given))
    return Answered(tuple(given), graded.verdict, graded.says, graded.next, graded.see, graded.faults, fresh=True)


def keep(
    key: LedgerKey, activity: schema.Lecture, lecture: Lecture, question: Question, answered: Answered
) -> Attempt | None:
    """Store an answer that is right or wrong; one that could not be read is nothing that happened."""
    if answered.verdict == "invalid":
        return None
    state = {"given": list(answered.given), "says": answered.says, "next": answered.next, "see": answered.see}
    return Attempt.objects.create(
        key=key, kind="question", place=activity.place, item=question.id, seed=question.realized["seed"],
        realized=question.realized, state=state, result=answered.verdict, content=lecture.hash, finished=timezone.now(),
    )  # fmt: skip


def answers(key: LedgerKey, activity: schema.Lecture) -> dict[str, Answered]:
    """Her last answer to each question."""
    rows = Attempt.objects.filter(key=key, kind="question", place=activity.place).order_by("started")
    found: dict[str, Answered] = {}
    for item, result, state in rows.values_list("item", "result", "state"):
        found[item] = Answered(
            tuple(state.get("given", ())), result, state.get("says", ""), state.get("next", ""), state.get("see", "")
        )
    return found


def question_problems(question: Question, file: Path) -> Iterator[Problem]:
    """What keeps a question from being put, and wrong answers that have no next step."""
    try:
        realized = question.realized
    except ItemError as error:
        yield Problem(file, question.line, f"Question {question.id}, {error.where}: {error.problem}", error.remedy)
        return
    for id in realized["dropped"]:
        what = f"Question {question.id}: the misconception {id!r} gives a right answer, or the same as another."
        yield Problem(file, question.line, what, "Change its expression, or take it out.")
    right = [f"{rounded(ask['value'], ask['decimals']):.{ask['decimals']}f}" for ask in realized["asks"]]
    if realized["asks"] and grade(realized, right).verdict != "right":
        what = f"Question {question.id}: {', '.join(right)} should be graded right and is not."
        yield Problem(file, question.line, what, "Look at the answer's decimals and tolerance.")
    wrong: list[dict[str, Any]] = [o for o in realized["options"] if not o["right"]] + realized["mistakes"]
    if any(not each["next"] for each in wrong):
        what = f"Question {question.id}: a wrong answer has no next step."
        yield Problem(file, question.line, what, "Say under next what to do or look at.", warning=True)
