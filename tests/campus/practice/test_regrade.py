"""A mended item: preview whom it changes, apply, take back. Nothing is lost, nothing counts twice."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests.campus.practice.conftest import (
    CURRICULUM,
    STACK,
    STEPS,
    WORDS,
    instructor_of,
    newest,
    person,
    right_answer,
    signed_in,
)
from tests.campus.practice.test_pages import do, solve, text, to_alone, wrong_number

from techamp.campus.learning import ledger
from techamp.campus.learning.models import Attempt, Evidence
from techamp.campus.learning.progress import progress_of
from techamp.campus.partners.models import Enrollment, Organization
from techamp.campus.people.models import Person
from techamp.campus.practice import regrade
from techamp.campus.practice.models import Regrade
from techamp.campus.practice.places import code_of
from techamp.campus.practice.regrade import CannotRegrade
from techamp.campus.practice.regrade_command import run
from techamp.campus.practice.sets import state_of

PLACE, ITEM = "shop/01-lengths/stack", "stack-alone"
Mend = Callable[..., None]


@pytest.fixture
def mend(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Mend:
    """Change words of a file of the set's module, in a copy of the curriculum."""
    copy = tmp_path / "curriculum"
    shutil.copytree(CURRICULUM, copy)
    monkeypatch.setenv("TECHAMP_CURRICULUM", str(copy))

    def change(old: str, new: str, file: str = f"practice/{ITEM}.yaml") -> None:
        path = copy / "hub" / "shop" / "01-lengths" / file
        assert old in path.read_text()
        path.write_text(path.read_text().replace(old, new))

    return change


def give(browser: Client, someone: Person, number: float, url: str = STACK) -> Attempt:
    """Answer the item on the page with a number and go on."""
    attempt = newest(someone)
    do(browser, url, attempt, "check", **{"answer-0": f"{number:.2f}"})
    do(browser, url, attempt, "next")
    attempt.refresh_from_db()
    return attempt


def value(attempt: Attempt, name: str) -> Any:
    """A value as it was put to her."""
    return attempt.realized["values"][name]


def applied(**given: Any) -> Regrade | None:
    """Apply with a reason."""
    return regrade.apply(PLACE, ITEM, reason="The key was wrong.", by=None, now=timezone.now(), **given)


def standing(someone: Person) -> tuple[Any, ...]:
    """What counts: levels, states and results."""
    results = list(Attempt.objects.filter(key=someone.key).order_by("started").values_list("pk", "result", "state"))
    return progress_of(someone.key).facts, state_of(someone.key, PLACE).word, results


@pytest.fixture
def counted_wrong(browser: Client, learner: Person, mend: Mend) -> Attempt:
    """The item's key says (n − 1) shims by mistake; her true answer was graded wrong."""
    mend("all: n * a}", "all: (n - 1) * a}")
    mend("  - {id: one-short, is: (n - 1) * a, says: That is one shim short., next: Count them again.}\n", "")
    attempt = to_alone(browser, learner)
    given = give(browser, learner, value(attempt, "n") * value(attempt, "a"))
    assert given.result == "wrong"
    mend("all: (n - 1) * a}", "all: n * a}")
    return given


def test_preview_says_whom_it_changes_and_changes_nothing(counted_wrong: Attempt, learner: Person) -> None:
    before = standing(learner)
    found = regrade.preview(PLACE, ITEM)
    assert [(c.attempt, c.was, c.now) for c in found.changes] == [(counted_wrong, "wrong", "right")]
    assert (found.counted, found.still_open, found.kept, found.uncertain) == (1, 1, (), ())
    assert list(found.effects[0].added) == [("practice", "shop.lengths")]
    assert standing(learner) == before


def test_apply_corrects_the_result_and_the_evidence(counted_wrong: Attempt, learner: Person, browser: Client) -> None:
    touched = counted_wrong.touched
    batch = applied()
    counted_wrong.refresh_from_db()
    assert counted_wrong.result == "right"
    assert counted_wrong.touched == touched
    assert counted_wrong.state["answers"][0]["verdict"] == "wrong"
    evidence = Evidence.objects.get()
    assert (evidence.kind, evidence.level, evidence.attempt) == ("practice", "practiced", counted_wrong)
    assert (evidence.reason, evidence.organization.slug) == ("The key was wrong.", "north")
    assert batch is not None
    assert batch.changes == [{"attempt": str(counted_wrong.pk), "was": "wrong", "now": "right"}]
    page = text(browser.get(f"/practice/attempt/{counted_wrong.pk}/"))
    assert "This question was mended." in page
    assert "“The key was wrong.”" in page
    assert "Right." in page


def test_a_second_time_does_nothing(counted_wrong: Attempt, learner: Person) -> None:
    applied()
    before = standing(learner)
    assert applied() is None
    assert standing(learner) == before
    assert Regrade.objects.count() == 1


def test_take_back_restores_exactly(counted_wrong: Attempt, learner: Person) -> None:
    before = standing(learner)
    batch = applied()
    assert batch is not None
    assert standing(learner) != before
    for _twice in range(2):
        regrade.take_back(batch.pk, by=None, now=timezone.now())
        assert standing(learner) == before
    assert Evidence.objects.count() == 2  # the ledger keeps both lines


def test_taken_back_it_can_be_applied_again(counted_wrong: Attempt, learner: Person) -> None:
    first = applied()
    after = progress_of(learner.key).facts
    assert first is not None
    regrade.take_back(first.pk, by=None, now=timezone.now())
    assert applied() is not None
    assert progress_of(learner.key).facts == after


def test_what_she_earned_meanwhile_stays_when_a_batch_is_taken_back(
    counted_wrong: Attempt, learner: Person, browser: Client
) -> None:
    batch = applied()
    solve(browser, learner)
    assert Evidence.objects.filter(kind="practice").count() == 1
    assert batch is not None
    regrade.take_back(batch.pk, by=None, now=timezone.now())
    assert [f.kind for f in progress_of(learner.key).facts] == ["practice"]


def test_a_right_answer_that_was_missed_can_master_the_set(learner: Person, browser: Client, mend: Mend) -> None:
    mend("all: n * a}", "all: (n - 1) * a}")
    mend("  - {id: one-short, is: (n - 1) * a, says: That is one shim short., next: Count them again.}\n", "")
    attempt = to_alone(browser, learner)
    give(browser, learner, value(attempt, "n") * value(attempt, "a"))
    mend("all: (n - 1) * a}", "all: n * a}")
    open_one = newest(learner)
    give(browser, learner, value(open_one, "n") * value(open_one, "a"))  # drawn before the item was mended
    for _i in range(3):
        solve(browser, learner)
    assert state_of(learner.key, PLACE).word == "working"
    batch = applied()
    assert batch is not None
    assert state_of(learner.key, PLACE).word == "mastered"
    assert {f.kind for f in progress_of(learner.key).facts} == {"practice", "mastery"}
    regrade.take_back(batch.pk, by=None, now=timezone.now())
    assert state_of(learner.key, PLACE).word == "working"


@pytest.fixture
def counted_right(browser: Client, learner: Person, mend: Mend) -> Attempt:
    """The key said n + a + 100 by mistake; she was graded right for it, and mastered the set."""
    mend("all: n * a}", "all: n + a + 100}")
    mend(
        "  - {id: added, is: n + a, says: You added the count to the height., next: Multiply them., see: words#top}\n",
        "",
    )
    for _i in range(6):
        solve(browser, learner)
    assert state_of(learner.key, PLACE).word == "mastered"
    mend("all: n + a + 100}", "all: n * a}")
    return Attempt.objects.filter(item=ITEM, result="right").earliest("started")


def test_by_default_nothing_is_taken_away(counted_right: Attempt, learner: Person) -> None:
    before = standing(learner)
    found = regrade.preview(PLACE, ITEM)
    assert (len(found.changes), len(found.kept), found.effects) == (0, 2, ())
    assert applied() is None
    assert standing(learner) == before


def test_strict_takes_away_and_withdraws_evidence_and_take_back_restores_it(
    counted_right: Attempt, learner: Person
) -> None:
    before = standing(learner)
    assert [list(e.withdrawn) for e in regrade.preview(PLACE, ITEM, strict=True).effects] == [
        [("mastery", "shop.lengths")]
    ]
    batch = applied(strict=True)
    assert batch is not None
    counted_right.refresh_from_db()
    assert counted_right.result == "wrong"
    assert state_of(learner.key, PLACE).word == "working"
    assert [f.kind for f in progress_of(learner.key).facts] == ["practice"]
    correction = Evidence.objects.get(kind="regrade")
    assert (correction.level, correction.replaces.kind) == ("", "mastery")
    assert applied(strict=True) is None
    regrade.take_back(batch.pk, by=None, now=timezone.now())
    facts, *rest = standing(learner)
    assert rest == list(before[1:])
    assert sorted(map(str, facts)) == sorted(map(str, before[0]))


def test_an_instructor_s_judgment_stands(counted_wrong: Attempt, learner: Person, college: Organization) -> None:
    batch = applied()
    ines = instructor_of(college, "Ines")
    ledger.correct(Evidence.objects.get(), by=ines, level="", reason="Copied.")
    assert batch is not None
    regrade.take_back(batch.pk, by=None, now=timezone.now())
    applied()
    assert progress_of(learner.key).facts == ()


def test_a_wider_tolerance_counts_and_a_smaller_one_takes_nothing(browser: Client, learner: Person, mend: Mend) -> None:
    attempt = to_alone(browser, learner)
    give(browser, learner, value(attempt, "n") * value(attempt, "a") + 0.03)
    mend("tolerance: 0.01", "tolerance: 0.05")
    assert len(regrade.preview(PLACE, ITEM).changes) == 1
    applied()
    mend("tolerance: 0.05", "tolerance: 0.01")
    found = regrade.preview(PLACE, ITEM)
    assert (len(found.changes), len(found.kept)) == (0, 1)


def test_a_changed_grid_keeps_her_numbers(browser: Client, learner: Person, mend: Mend, counted_wrong: Attempt) -> None:
    mend("n: {among: [2, 3, 4]}", "n: {among: [7, 8, 9]}")
    assert len(regrade.preview(PLACE, ITEM).changes) == 1


def test_an_answer_to_another_question_is_left_alone_and_says_why(
    browser: Client, learner: Person, mend: Mend, counted_wrong: Attempt
) -> None:
    mend("  n: {among: [2, 3, 4]}", "  n: {among: [2, 3, 4]}\n  m: {among: [5]}")
    mend('"{{n}} shims', '"{{n}} of {{m}} shims')
    found = regrade.preview(PLACE, ITEM)
    assert found.changes == ()
    assert "vary.m: is new" in found.uncertain[0][1]


def test_an_answer_that_follows_from_another_number_shown_is_left_alone(
    browser: Client, learner: Person, mend: Mend
) -> None:
    mend("derive: {all: n * a}", "derive: {extra: 2 * n, all: n * a + extra}")
    mend("How high is the stack?", "Add {{extra}}. How high is the stack?")
    attempt = to_alone(browser, learner)
    give(browser, learner, 999.25)
    mend("extra: 2 * n", "extra: 3 * n")
    why = regrade.preview(PLACE, ITEM).uncertain[0][1]
    assert (
        why
        == f"She was shown another number: extra was {2 * value(attempt, 'n')} and is {3 * value(attempt, 'n')} now."
    )


def test_a_number_keeps_the_unit_that_was_meant(browser: Client, learner: Person, mend: Mend) -> None:
    mend("answer: {is: all, unit: mm", "answer: {is: all + 1, unit: mm")
    attempt = to_alone(browser, learner)
    assert give(browser, learner, value(attempt, "n") * value(attempt, "a")).result == "wrong"
    mend(
        "answer: {is: all + 1, unit: mm, decimals: 2, tolerance: 0.01}",
        "answer: {is: all / 10, unit: cm, decimals: 3, tolerance: 0.001}",
    )
    assert [c.now for c in regrade.preview(PLACE, ITEM).changes] == ["right"]


def test_a_choice_is_found_again_by_its_words(browser: Client, learner: Person, mend: Mend) -> None:
    file = "practice/which-tool.yaml"
    mend("right: t < 0.1", "right: t > 0.1", file)
    mend("A steel rule, right: t > 0.1", "A steel rule, right: t < 0.1", file)
    text(browser.get(WORDS))
    attempt = newest(learner, "shop/01-lengths/words")
    true = "A micrometer" if value(attempt, "t") < 0.1 else "A steel rule"
    key = next(o["key"] for o in attempt.realized["options"] if o["text"] == true)
    do(browser, WORDS, attempt, "check", option=key)
    mend("options:\n", "options:\n  - {text: A caliper, says: Nearly.}\n", file)
    mend("right: t > 0.1, says: Look at the tolerance.}", "right: t < 0.1, says: Look at the tolerance.}", file)
    mend("A steel rule, right: t < 0.1", "A steel rule, right: t > 0.1", file)
    found = regrade.preview("shop/01-lengths/words", "which-tool")
    assert [(c.was, c.now) for c in found.changes] == [("wrong", "right")]


def test_an_order_is_found_again_by_its_words(browser: Client, learner: Person, mend: Mend) -> None:
    file = "practice/warm-up.yaml"
    true = "[Wipe the anvils, Close the micrometer, Read the zero, Measure the shaft]"
    mend(true, "[Close the micrometer, Wipe the anvils, Read the zero, Measure the shaft]", file)
    text(browser.get(STEPS))
    attempt = newest(learner, "shop/01-lengths/steps")
    places = {"Wipe the anvils": "1", "Close the micrometer": "2", "Read the zero": "3", "Measure the shaft": "4"}
    given = {f"place-{code_of(attempt.pk, o['key'])}": places[o["text"]] for o in attempt.realized["order"]}
    do(browser, STEPS, attempt, "check", **given)
    assert newest(learner, "shop/01-lengths/steps").result == "wrong"
    mend("[Close the micrometer, Wipe the anvils, Read the zero, Measure the shaft]", true, file)
    assert [c.now for c in regrade.preview("shop/01-lengths/steps", "warm-up").changes] == ["right"]


def test_an_unchanged_item_changes_nobody(browser: Client, learner: Person) -> None:
    attempt = to_alone(browser, learner)
    do(browser, STACK, attempt, "check", **wrong_number(attempt))
    do(browser, STACK, attempt, "next")
    do(browser, STACK, newest(learner), "check", **right_answer(newest(learner)))
    found = regrade.preview(PLACE, ITEM, strict=True)
    assert (found.counted, found.changes, found.kept, found.uncertain) == (2, (), (), ())


def test_batches_are_taken_back_in_turn(counted_wrong: Attempt, mend: Mend) -> None:
    first = applied()
    mend("all: n * a}", "all: n * a + 50}")
    second = applied(strict=True)
    assert first is not None
    assert second is not None
    with pytest.raises(CannotRegrade, match=f"Take back {second.pk} first"):
        regrade.take_back(first.pk, by=None, now=timezone.now())
    regrade.take_back(second.pk, by=None, now=timezone.now())
    regrade.take_back(first.pk, by=None, now=timezone.now())
    counted_wrong.refresh_from_db()
    assert (counted_wrong.result, "regrades" in counted_wrong.state) == ("wrong", False)


def test_a_batch_can_be_taken_back_when_its_set_is_gone(counted_wrong: Attempt, learner: Person, mend: Mend) -> None:
    before = standing(learner)
    batch = applied()
    mend("id: stack\n", "id: piles\n", "module.yaml")
    from techamp.campus.program import curriculum as reading

    reading._cached.cache_clear()
    assert batch is not None
    regrade.take_back(batch.pk, by=None, now=timezone.now())
    assert (progress_of(learner.key).facts, Attempt.objects.get(pk=counted_wrong.pk).result) == (before[0], "wrong")


def test_several_learners_are_regraded_in_one_batch(
    counted_wrong: Attempt, college: Organization, learner: Person
) -> None:
    bea = person("Bea")
    Enrollment.objects.create(person=bea, cohort=Enrollment.objects.get(person=learner).cohort)
    copy = Attempt.objects.get(pk=counted_wrong.pk)
    copy.pk, copy.key = uuid.uuid4(), bea.key
    copy.save(force_insert=True)
    batch = applied()
    assert batch is not None
    assert len(batch.changes) == 2
    assert {e.key for e in Evidence.objects.all()} == {learner.key, bea.key}


def test_the_command_previews_applies_and_takes_back(
    counted_wrong: Attempt, college: Organization, capsys: pytest.CaptureFixture[str]
) -> None:
    ask: dict[str, Any] = {"apply": False, "strict": False, "reason": "", "by": "", "take_back": ""}
    assert run(PLACE, ITEM, **ask) == 0
    said = capsys.readouterr().out
    assert "would become right: 1\n  Ana, " in said
    assert "evidence + Ana: practice, shop.lengths" in said
    assert "1 open attempts hold the item as it was." in said
    assert not Regrade.objects.exists()
    assert run(PLACE, ITEM, **ask | {"apply": True}) == 2
    assert "reason: must be filled" in capsys.readouterr().err
    instructor_of(college, "Ines")
    assert run(PLACE, ITEM, **ask | {"apply": True, "reason": "Key.", "by": "ana@example.org"}) == 2
    assert "ana@example.org is no instructor" in capsys.readouterr().err
    assert run(PLACE, ITEM, **ask | {"apply": True, "reason": "Key.", "by": "ines@example.org"}) == 0
    batch = Regrade.objects.get()
    assert f"--take-back {batch.pk}" in capsys.readouterr().out
    assert Evidence.objects.get().by.name == "Ines"
    assert run("", "", **ask | {"take_back": str(batch.pk)}) == 0
    assert "1 answers of shop/01-lengths/stack stack-alone are as they were." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("place", "item", "take_back", "why"),
    [
        ("", "", "", "name both"),
        ("shop/01-lengths/nothing", ITEM, "", "has no practice set 'shop/01-lengths/nothing'"),
        (PLACE, "nothing", "", "has no item 'nothing'; it has stack-worked"),
        ("", "", "x", "'x' is no batch's id."),
        ("", "", "00000000-0000-4000-8000-000000000000", "there is no batch"),
    ],
)
def test_the_command_says_what_it_cannot_do(
    db: None, place: str, item: str, take_back: str, why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(place, item, apply=False, strict=False, reason="", by="", take_back=take_back) == 2
    assert why in capsys.readouterr().err


def test_a_set_shows_the_mended_verdict(counted_wrong: Attempt, learner: Person) -> None:
    applied()
    Attempt.objects.filter(finished=None).delete()
    page = text(signed_in(learner).get(STACK))
    assert "This question was mended." in page
    assert "You added" not in page
