"""A learner works a set: nothing is lost, nothing counts twice."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client
from tests.campus.practice.conftest import CURRICULUM, STACK, STEPS, WORDS, newest, right_answer

from techamp.campus.learning.models import Attempt, Evidence
from techamp.campus.people.models import Person


def text(response: HttpResponse) -> str:
    """The page."""
    assert response.status_code == 200
    return response.content.decode()


def do(browser: Client, url: str, attempt: Attempt, what: str, **given: str) -> str:
    """Press a button; the page that follows the redirect."""
    response = browser.post(url, {"attempt": str(attempt.pk), "do": what, **given})
    assert response.status_code == 302
    return text(browser.get(response["Location"]))


def solve(browser: Client, someone: Person, url: str = STACK) -> Attempt:
    """Do what is on the page rightly, and go on; returns the attempt that was done."""
    browser.get(url)
    place = url.removeprefix("/learn/").rstrip("/")
    attempt = newest(someone, place)
    if attempt.realized["stage"] != "worked":
        do(browser, url, attempt, "check", **right_answer(attempt))
    do(browser, url, attempt, "next")
    attempt.refresh_from_db()
    return attempt


def to_alone(browser: Client, someone: Person) -> Attempt:
    """Through the worked and the faded item to the first alone."""
    solve(browser, someone)
    solve(browser, someone)
    browser.get(STACK)
    return newest(someone)


def wrong_number(attempt: Attempt) -> dict[str, str]:
    """Numbers that no misconception has."""
    return {f"answer-{i}": "999.25" for i in range(len(attempt.realized["asks"]))}


def test_from_worked_example_to_mastery(browser: Client, learner: Person) -> None:
    done = [solve(browser, learner) for _i in range(6)]
    assert [a.realized["stage"] for a in done] == ["worked", "faded", "alone", "alone", "alone", "alone"]
    assert [a.item for a in done[2:]] == ["stack-alone", "stack-chart"] * 2
    assert [a.result for a in done] == ["done", "right", "right", "right", "right", "right"]
    evidence = Evidence.objects.order_by("at").values_list("kind", "skill", "level", "place")
    place = "shop/01-lengths/stack"
    assert list(evidence) == [
        ("practice", "shop.lengths", "practiced", place),
        ("mastery", "shop.lengths", "mastered", place),
    ]
    assert Evidence.objects.get(kind="practice").attempt == done[2]
    assert Evidence.objects.get(kind="mastery").attempt == done[5]
    assert Evidence.objects.get(kind="mastery").organization.slug == "north"
    assert "mastered" in text(browser.get(STACK))


def test_the_page_says_tolerance_and_unit_before_she_answers(browser: Client, learner: Person) -> None:
    attempt = to_alone(browser, learner)
    page = text(browser.get(STACK))
    assert attempt.item == "stack-alone"
    assert "2 decimals; ±0.01\u00a0mm is accepted. You may write m or in instead." in page
    assert "Without a unit it is read as mm." in page
    assert page.count('class="btn go"') == 1
    assert "How it is worked" not in page


def test_a_known_mistake_gets_its_own_next_step(browser: Client, learner: Person) -> None:
    attempt = to_alone(browser, learner)
    mistake = attempt.realized["mistakes"][0]
    page = do(browser, STACK, attempt, "check", **{"answer-0": str(mistake["value"])})
    assert "Not yet." in page
    assert "You added the count to the height." in page
    assert "Multiply them." in page
    assert '<a href="/learn/shop/01-lengths/words/#top">Words</a>' in page
    assert newest(learner).state["answers"][0]["misconception"] == "added"
    fresh = do(browser, STACK, attempt, "next")
    after = newest(learner)
    assert (after.item, after.seed != attempt.seed, after.finished) == (attempt.item, True, None)
    assert "Not yet." not in fresh


def test_an_unknown_wrong_answer_gets_the_hint_and_the_worked_solution(browser: Client, learner: Person) -> None:
    attempt = to_alone(browser, learner)
    page = do(browser, STACK, attempt, "check", **wrong_number(attempt))
    assert "Each shim has the same height." in page
    assert '<details class="worked-out" open>' in page
    worked = page.partition('class="worked-out"')[2]
    assert "<li>The answer: " in worked
    assert "Your answer" not in worked


def test_an_invalid_answer_costs_nothing_and_stays_in_the_box(browser: Client, learner: Person) -> None:
    attempt = to_alone(browser, learner)
    page = do(browser, STACK, attempt, "check", **{"answer-0": "3 kg"})
    assert "must have the unit mm or another of its kind" in page
    assert 'value="3 kg"' in page
    assert 'aria-invalid="true"' in page
    do(browser, STACK, attempt, "check", **right_answer(attempt))
    attempt.refresh_from_db()
    assert [a["verdict"] for a in attempt.state["answers"]] == ["invalid", "right"]
    assert attempt.result == "right"


def test_an_answer_counts_once_whatever_is_clicked(browser: Client, learner: Person) -> None:
    attempt = to_alone(browser, learner)
    do(browser, STACK, attempt, "check", **wrong_number(attempt))
    page = do(browser, STACK, attempt, "check", **right_answer(attempt))  # another tab, or the back button
    attempt.refresh_from_db()
    assert attempt.result == "wrong"
    assert len(attempt.state["answers"]) == 1
    assert "Your first answer stands." in page
    assert not Evidence.objects.exists()


def test_next_makes_one_attempt_however_often_it_is_pressed(browser: Client, learner: Person) -> None:
    attempt = to_alone(browser, learner)
    do(browser, STACK, attempt, "check", **right_answer(attempt))
    for _click in range(3):
        do(browser, STACK, attempt, "next")
    assert Attempt.objects.filter(place="shop/01-lengths/stack").count() == 4


def test_next_does_not_skip_an_open_item(browser: Client, learner: Person) -> None:
    attempt = to_alone(browser, learner)
    do(browser, STACK, attempt, "next")
    assert newest(learner) == attempt


def test_a_reload_shows_the_same_item(browser: Client, learner: Person) -> None:
    attempt = to_alone(browser, learner)
    pages = {text(browser.get(STACK)).split("csrfmiddlewaretoken")[0] for _i in range(3)}
    assert len(pages) == 1
    assert newest(learner) == attempt


def test_the_hint_costs_nothing_and_keeps_what_was_typed(browser: Client, learner: Person) -> None:
    attempt = to_alone(browser, learner)
    page = do(browser, STACK, attempt, "hint", **{"answer-0": "4.2"})
    assert "Each shim has the same height." in page
    assert 'value="4.2"' in page
    do(browser, STACK, attempt, "check", **right_answer(attempt))
    attempt.refresh_from_db()
    assert (attempt.state["hints"], attempt.result) == (1, "right")


def test_choices_alone_never_master(browser: Client, learner: Person) -> None:
    for _i in range(7):
        solve(browser, learner, WORDS)
    assert list(Evidence.objects.values_list("kind", flat=True)) == ["practice"]
    assert "working: 5 of the last 5" in text(browser.get(WORDS))


def test_an_older_right_answer_that_kept_a_next_step_shows_none(browser: Client, learner: Person) -> None:
    browser.get(WORDS)
    attempt = newest(learner, "shop/01-lengths/words")
    do(browser, WORDS, attempt, "check", **right_answer(attempt))
    attempt.refresh_from_db()
    attempt.state["answers"][-1] |= {"next": "Ask the setter.", "see": "stack"}
    attempt.save()
    page = text(browser.get(WORDS))
    assert "Right." in page
    assert "Ask the setter." not in page
    assert "See it again" not in page


def test_an_order_is_given_by_places(browser: Client, learner: Person) -> None:
    browser.get(STEPS)
    attempt = newest(learner, "shop/01-lengths/steps")
    page = do(browser, STEPS, attempt, "check", **dict.fromkeys(right_answer(attempt), "1"))
    assert "Two entries have the same place." in page
    do(browser, STEPS, attempt, "check", **right_answer(attempt))
    attempt.refresh_from_db()
    assert attempt.result == "right"


def test_the_names_of_an_orders_entries_tell_nothing_and_differ_between_attempts(
    browser: Client, learner: Person
) -> None:
    seen = []
    for _turn in range(2):
        page = text(browser.get(STEPS))
        attempt = newest(learner, "shop/01-lengths/steps")
        names = re.findall(r'name="place-(\w+)"', page)
        assert len(set(names)) == 4
        assert not set(names) & {str(n) for n in range(5)}
        seen.append(set(names))
        do(browser, STEPS, attempt, "check", **right_answer(attempt))
        do(browser, STEPS, attempt, "next")
    assert not seen[0] & seen[1]


def test_nothing_chosen_is_said_and_costs_nothing(browser: Client, learner: Person) -> None:
    browser.get(WORDS)
    attempt = newest(learner, "shop/01-lengths/words")
    assert "Nothing is chosen yet." in do(browser, WORDS, attempt, "check")
    assert newest(learner, "shop/01-lengths/words").finished is None


def test_an_item_that_is_gone_breaks_nobodys_page(
    browser: Client, learner: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered = to_alone(browser, learner)
    do(browser, STACK, answered, "check", **wrong_number(answered))
    do(browser, STACK, answered, "next")
    open_one = newest(learner)
    copy = tmp_path / "curriculum"
    shutil.copytree(CURRICULUM, copy)
    folder = copy / "hub" / "shop" / "01-lengths"
    (folder / "practice" / "stack-alone.yaml").unlink()
    module = folder / "module.yaml"
    module.write_text(module.read_text().replace("stack-alone, ", ""))
    monkeypatch.setenv("TECHAMP_CURRICULUM", str(copy))
    assert "shims of" in text(browser.get(f"/practice/attempt/{answered.pk}/"))
    assert str(open_one.pk) in text(browser.get(STACK))
    do(browser, STACK, open_one, "check", **right_answer(open_one))
    do(browser, STACK, open_one, "next")
    assert newest(learner).item == "stack-chart"


def test_an_item_that_cannot_be_drawn_is_passed_over(
    browser: Client, learner: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "curriculum"
    shutil.copytree(CURRICULUM, copy)
    item = copy / "hub" / "shop" / "01-lengths" / "practice" / "stack-worked.yaml"
    item.write_text(item.read_text().replace("{{a}} mm lies", "{{oops}} mm lies"))
    monkeypatch.setenv("TECHAMP_CURRICULUM", str(copy))
    text(browser.get(STACK))
    assert newest(learner).item == "stack-faded"


def test_home_says_how_each_set_stands(browser: Client, learner: Person) -> None:
    to_alone(browser, learner)
    page = text(browser.get("/practice/"))
    assert "working: warming up" in page
    assert page.count("not started") == 2
    assert page.count('class="btn go"') == 1


def test_a_form_that_does_not_exist_answers_404(browser: Client, learner: Person) -> None:
    attempt = to_alone(browser, learner)
    for posted in ({"attempt": str(attempt.pk), "do": "cheat"}, {"attempt": "x", "do": "check"}, {}):
        assert browser.post(STACK, posted).status_code == 404


def test_questions_do_not_grow_with_answers(
    browser: Client, learner: Person, django_assert_max_num_queries: object
) -> None:
    for _i in range(8):
        solve(browser, learner)
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        browser.get(STACK)
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        browser.get("/practice/")
