"""A simulation activity, challenge or conversation that cannot work is found before a learner meets it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
import yaml

from techamp.campus.play import challenges
from techamp.campus.play.check import check_challenge, check_conversation, check_play
from techamp.campus.program import schema
from techamp.campus.program.curriculum import Curriculum, curriculum
from techamp.contract import registry


@pytest.fixture
def activity(tmp_path: Path) -> schema.Play:
    """A simulation activity with challenges, in a folder of its own."""
    found = next(a for a in curriculum().activities.values() if isinstance(a, schema.Play) and a.challenges)
    shutil.copytree(found.folder, tmp_path / "module", ignore=shutil.ignore_patterns("practice", "*.svg"))
    copied = found.model_copy()
    copied._place, copied._folder = found.place, tmp_path / "module"
    return copied


def lessons() -> Curriculum:
    return curriculum()


def rewrite(activity: schema.Play, **changes: object) -> Path:
    """Change the activity's first challenge file."""
    file = activity.folder / f"{activity.challenges[0]}.yaml"
    file.write_text(yaml.safe_dump({**yaml.safe_load(file.read_text(encoding="utf-8")), **changes}), encoding="utf-8")
    return file


def first_fault(activity: schema.Play) -> str:
    return check_challenge(activity, activity.challenges[0], lessons())[0].what


def test_our_own_activities_are_sound() -> None:
    plays = [a for a in lessons().activities.values() if isinstance(a, schema.Play)]
    assert plays
    assert [problem for play in plays for problem in check_play(play, lessons())] == []


def test_a_simulation_that_is_not_there(activity: schema.Play) -> None:
    file = rewrite(activity, simulation="nobody.nothing")
    problem = check_challenge(activity, activity.challenges[0], lessons())[0]
    assert problem.what == "There is no simulation 'nobody.nothing'."
    assert problem.mend == f"There are: {', '.join(registry.simulation_ids())}."
    assert file.read_text(encoding="utf-8").splitlines()[problem.line - 1] == "simulation: nobody.nothing"


def test_a_free_input_that_the_simulation_does_not_have(activity: schema.Play) -> None:
    rewrite(activity, free=["warp_speed"])
    assert first_fault(activity) == f"{activity.simulation} has no input 'warp_speed'."


def test_a_measure_that_does_not_come_out(activity: schema.Play) -> None:
    rewrite(activity, targets=[{"measure": "happiness", "at_least": 1.0}])
    assert first_fault(activity) == f"{activity.simulation} gives no measure 'happiness'."


def test_a_target_without_a_limit(activity: schema.Play) -> None:
    rewrite(activity, targets=[{"measure": "anything"}])
    assert first_fault(activity) == "A target has one limit."


def test_an_input_taken_from_a_place_that_the_plant_does_not_have(activity: schema.Play) -> None:
    name = registry.simulation(activity.simulation).Inputs.fields()[0].name
    rewrite(activity, inputs={name: "$plant.lathe.warp"})
    assert first_fault(activity) == "plant.yaml has no 'lathe.warp' (looked for 'warp')."


def test_a_challenge_without_an_answer(activity: schema.Play) -> None:
    rewrite(activity, answer={})
    assert first_fault(activity) == "No answer says that it can be passed."


def test_an_answer_that_does_not_pass_is_told_with_target_and_value(activity: schema.Play) -> None:
    """The first challenge asks for drops at most 1.01 times as far as with a funnel that nobody moves."""
    file = rewrite(activity, answer={"share": 1.0, "dead_band": 0})
    (problem,) = check_challenge(activity, activity.challenges[0], lessons())
    said = re.fullmatch(
        r"The answer does not pass: Against leaving it alone: missed by (.+) × on the mean of 30 runs. "
        r"Asked for is at most 1.01 ×. It gives (.+) ×.",
        problem.what,
    )
    assert said is not None, problem.what
    assert float(said[2]) - 1.01 == pytest.approx(float(said[1]), abs=0.01)
    assert problem.mend == "Give another answer, or an easier target."
    assert "answer" in file.read_text(encoding="utf-8").splitlines()[problem.line - 1]


def test_an_answer_may_name_only_what_is_free_and_what_the_simulation_takes(activity: schema.Play) -> None:
    rewrite(activity, answer={"drops": 5})
    assert first_fault(activity) == "'drops' is not free."
    rewrite(activity, answer={"share": 7})
    assert "must be a number from 0.05 to 1" in first_fault(activity)


def test_a_challenge_that_passes_untouched(activity: schema.Play) -> None:
    answer = challenges.load(activity, activity.challenges[0]).answer
    rewrite(activity, inputs={**challenges.load(activity, activity.challenges[0]).inputs, **answer})
    assert first_fault(activity) == "It passes as it stands, before anything is changed."


def test_a_study_is_there_and_takes_the_settings_beside_it(activity: schema.Play) -> None:
    study = schema.YourPlant(id="process_control.control_chart", text="Chart it.", settings={"chart": "imr"})
    assert check_play(activity.model_copy(update={"study": study}), lessons()) == []
    off = study.model_copy(update={"settings": {"chart": "pie", "color": "red"}})
    found = [problem.what for problem in check_play(activity.model_copy(update={"study": off}), lessons())]
    assert found[0] == "process_control.control_chart has no setting 'color'."
    assert "got 'pie'" in found[1]
    gone = study.model_copy(update={"id": "nobody.nothing"})
    found = [problem.what for problem in check_play(activity.model_copy(update={"study": gone}), lessons())]
    assert found == ["There is no study 'nobody.nothing'."]


TALK = {
    "title": "At the line",
    "scene": "The line stands.",
    "meters": {"trust": "Trust"},
    "start": "first",
    "nodes": {
        "first": {
            "who": "Operator",
            "says": "It stopped again.",
            "choices": [{"text": "Ask why", "goes": "good", "effects": {"trust": 1}}],
        }
    },
    "endings": {"good": {"says": "You found it.", "good": True, "lesson": "Ask first."}},
}


def conversation(folder: Path, **changes: object) -> schema.Conversation:
    (folder / "talk.yaml").write_text(yaml.safe_dump({**TALK, **changes}), encoding="utf-8")
    made = schema.Conversation(id="talk", title="Talk", minutes=5, kind="conversation", file="talk.yaml")
    made._folder = folder
    return made


def test_a_conversation_that_holds_together(tmp_path: Path) -> None:
    assert check_conversation(conversation(tmp_path), lessons()) == []


def test_an_ending_that_nobody_reaches(tmp_path: Path) -> None:
    endings = {**TALK["endings"], "lost": {"says": "Nothing.", "good": False, "lesson": "None."}}  # type: ignore[dict-item]
    (problem,) = check_conversation(conversation(tmp_path, endings=endings), lessons())
    assert (problem.what, problem.mend) == ("Nobody gets to 'lost'.", "Let a choice go there, or take it out.")


def test_a_choice_that_leads_nowhere_and_moves_a_meter_that_is_not_there(tmp_path: Path) -> None:
    choices = [{"text": "Leave", "goes": "away", "effects": {"mood": 1}}]
    nodes = {"first": {"who": "Operator", "says": "It stopped.", "choices": choices}}
    found = [problem.what for problem in check_conversation(conversation(tmp_path, nodes=nodes), lessons())]
    assert found == ["It goes to 'away', which is not there.", "There is no meter 'mood'.", "Nobody gets to 'good'."]
