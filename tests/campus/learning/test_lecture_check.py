"""What the check says about a lecture."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.campus.learning.lecture_sample import LECTURE, PLACE, SHAFTS, write_curriculum

from techamp.campus.learning.lecture.check import check_lecture
from techamp.campus.program.curriculum import curriculum
from techamp.campus.program.problems import Problem

FOLDER = "hub/process_control/02-charts"


@pytest.fixture
def checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    def check(text: str = LECTURE, svg: str = SHAFTS) -> list[Problem]:
        root = tmp_path / f"curriculum-{len(list(tmp_path.iterdir()))}"
        write_curriculum(root, {f"{FOLDER}/lecture.md": text, f"{FOLDER}/shafts.svg": svg})
        monkeypatch.setenv("TECHAMP_CURRICULUM", str(root))
        activity: Any = curriculum().activities[PLACE]
        return check_lecture(activity)

    return check


def test_a_sound_lecture_has_nothing_but_its_length_against_it(checked: Any) -> None:
    (problem,) = checked()
    assert problem.warning
    assert problem.what == "The lecture has 3 segments."


def test_a_missing_file_is_one_problem(checked: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = write_curriculum(tmp_path / "bare")
    (root / FOLDER / "lecture.md").unlink()
    monkeypatch.setenv("TECHAMP_CURRICULUM", str(root))
    activity: Any = curriculum().activities[PLACE]
    (problem,) = check_lecture(activity)
    assert str(problem).endswith("lecture.md: The file is missing. Add it, or take its activity out of module.yaml.")


@pytest.mark.parametrize(
    ("old", "new", "what", "warning"),
    [
        ("text: Common,", "text: Common, right: true,", "Question which-cause, options: 2 of the options", False),
        ("right: true,", "", "Question which-cause, options: 0 of the options", False),
        (", next: Ask what changed at 10:40.", "", "Question which-cause: a wrong answer has no next step.", True),
        ("is: 2 * 4", "is: 2 * four", "Question twice, answer.0: '2 * four': name 'four' is not defined.", False),
        ("is: 4, says", "is: 8, says", "Question twice: the misconception 'same' gives a right answer", False),
        ("process_control.funnel", "process_control.tunnel", "There is no simulation 'process_control.tunnel'", False),
        ("rule: leave", "rule: let_go", "must be one of leave", False),
        ("drops: 50", "drops: $plant.lathe.rate", "plant.yaml has no 'lathe.rate'", False),
        ("free: [rule, drops]", "free: [rules]", "rules", False),
        ("chart: target", "chart: pie", "No chart 'pie'", False),
        ("sources:\n  - Shewhart", "sources: []\nx: Shewhart", "x is not known here.", False),
        ("Turn the rule. Watch the target.\n", "", "The segment 'Try it' says nothing.", False),
        (
            "Turn the rule. Watch the target.",
            "Systematically investigating organizational variability necessitates considerable analytical experience.",
            "The segment 'Try it' reads at grade",
            True,
        ),
        ("Turn the rule.", "Turn it. " * 430, "The segment 'Try it' takes about 7 minutes.", True),
        ("Turn the rule.", "Turn it. " * 215, "module.yaml says 3 minutes; the lecture takes about 6.", True),
    ],
)
def test_a_fault_is_named(old: str, new: str, what: str, warning: bool, checked: Any) -> None:
    assert LECTURE.count(old) == 1
    found = [problem for problem in checked(LECTURE.replace(old, new)) if what in problem.what]
    assert [problem.warning for problem in found] == [warning]
    assert found[0].line > 0


def test_faults_of_pictures_stand_after_those_of_the_text(checked: Any) -> None:
    found = checked(LECTURE.replace("[[common", "[[uncommon"), SHAFTS.replace('font-size="12"', 'font-size="9"'))
    assert [problem.file.name for problem in found] == ["lecture.md", "lecture.md", "shafts.svg"]


def test_an_input_may_come_from_the_plant(checked: Any) -> None:
    assert not [p for p in checked(LECTURE.replace("drops: 50", "drops: $plant.lathe.drops")) if not p.warning]
