"""An item, a set or a skill that is renamed or removed breaks nobody's page: not hers, not her instructor's."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from tests.campus.practice.conftest import CURRICULUM, STACK, instructor_of, newest, right_answer, signed_in
from tests.campus.practice.test_pages import do, solve, text, to_alone, wrong_number

from techamp.campus.learning.models import Attempt
from techamp.campus.partners.models import Organization
from techamp.campus.people.models import Person
from techamp.campus.practice.redo import queue_of
from techamp.campus.program import curriculum as reading

Change = Callable[[Path], None]


def _delete_file(module: Path) -> None:
    """The file is gone, its name still stands in module.yaml."""
    (module / "practice" / "stack-alone.yaml").unlink()


def _delete_item(module: Path) -> None:
    """The item is gone, and its name too."""
    _delete_file(module)
    _replace(module / "module.yaml", "stack-alone, ", "")


def _rename_item(module: Path) -> None:
    """The item has another id."""
    path = module / "practice" / "stack-alone.yaml"
    _replace(path, "id: stack-alone", "id: pile-alone")
    path.rename(path.with_name("pile-alone.yaml"))
    _replace(module / "module.yaml", "stack-alone, ", "pile-alone, ")


def _break_item(module: Path) -> None:
    """The file is no item any more."""
    (module / "practice" / "stack-alone.yaml").write_text("id: [")


def _make_worked(module: Path) -> None:
    """The item is a worked example now."""
    worked = (module / "practice" / "stack-worked.yaml").read_text()
    (module / "practice" / "stack-alone.yaml").write_text(worked.replace("id: stack-worked", "id: stack-alone"))


def _rename_set(module: Path) -> None:
    """The set has another id."""
    _replace(module / "module.yaml", "id: stack\n", "id: piles\n")


def _rename_skill(module: Path) -> None:
    """The skill has another id, everywhere."""
    root = module.parents[2]
    for path in [root / "skills.yaml", *module.rglob("*.yaml")]:
        path.write_text(path.read_text().replace("shop.lengths", "shop.adding"))


def _replace(path: Path, old: str, new: str) -> None:
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))


CHANGES = [_delete_file, _delete_item, _rename_item, _break_item, _make_worked, _rename_set, _rename_skill]


@pytest.fixture
def change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Change], None]:
    """Teach from a copy of the curriculum in which something was changed."""

    def taught(how: Change) -> None:
        copy = tmp_path / "curriculum"
        shutil.copytree(CURRICULUM, copy)
        how(copy / "hub" / "shop" / "01-lengths")
        monkeypatch.setenv("TECHAMP_CURRICULUM", str(copy))
        reading._cached.cache_clear()

    return taught


@pytest.mark.parametrize("how", CHANGES)
def test_every_page_that_names_it_still_opens(
    how: Change, change: Callable[[Change], None], browser: Client, learner: Person, college: Organization
) -> None:
    answered = to_alone(browser, learner)
    do(browser, STACK, answered, "check", **wrong_number(answered))
    Attempt.objects.filter(pk=answered.pk).update(finished=answered.started - timedelta(days=3))
    do(browser, STACK, answered, "next")
    text(browser.get("/practice/redo/"))
    redone, open_one = Attempt.objects.get(state__redo=True), newest(learner)
    change(how)
    teacher = signed_in(instructor_of(college, "Ines"))
    for url in (
        "/week/",
        "/week/shorter/",
        "/practice/",
        "/practice/redo/",
        "/record/",
        "/map/",
        "/learn/shop/01-lengths/",
    ):
        text(browser.get(url))
    for attempt in (answered, open_one, redone):
        assert "shims of" in text(browser.get(f"/practice/attempt/{attempt.pk}/"))
        assert "shims of" in text(teacher.get(f"/practice/attempt/{attempt.pk}/"))
    assert "shims of" in text(browser.get(f"/practice/redo/?attempt={redone.pk}"))
    text(teacher.get("/teaching/"))
    text(teacher.get(f"/teaching/cohort/{learner.enrollments.get().cohort.uid}/"))
    assert "A stack" in text(teacher.get(f"/teaching/learner/{learner.uid}/"))


@pytest.mark.parametrize("how", CHANGES)
def test_what_was_put_can_still_be_answered(
    how: Change, change: Callable[[Change], None], browser: Client, learner: Person
) -> None:
    open_one = to_alone(browser, learner)
    change(how)
    url = STACK.replace("/stack/", "/piles/") if how is _rename_set else STACK
    text(browser.get(url))
    if how is _rename_set:
        return  # the new set begins anew; the old attempt stays in her record
    assert "Right." in do(browser, url, open_one, "check", **right_answer(open_one))
    do(browser, url, open_one, "next")
    assert newest(learner) != open_one
    solve(browser, learner)


@pytest.mark.parametrize("how", CHANGES)
def test_the_redo_queue_counts_only_what_it_can_put(
    how: Change, change: Callable[[Change], None], browser: Client, learner: Person
) -> None:
    answered = to_alone(browser, learner)
    do(browser, STACK, answered, "check", **wrong_number(answered))
    today = answered.started.date() + timedelta(days=3)
    assert [m.item for m in queue_of(learner.key, today).due] == ["stack-alone"]
    change(how)
    assert len(queue_of(learner.key, today).due) == (how is _rename_skill)


@pytest.mark.parametrize("how", CHANGES)
def test_a_begun_redo_can_be_finished(
    how: Change, change: Callable[[Change], None], browser: Client, learner: Person
) -> None:
    answered = to_alone(browser, learner)
    do(browser, STACK, answered, "check", **wrong_number(answered))
    Attempt.objects.filter(pk=answered.pk).update(finished=answered.started - timedelta(days=3))
    text(browser.get("/practice/redo/"))
    begun = Attempt.objects.get(state__redo=True)
    change(how)
    page = do(browser, "/practice/redo/", begun, "check", **right_answer(begun))
    assert "Right." in page
    assert "It comes back in 3 days." in page
