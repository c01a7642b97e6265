"""The entry check and its bridge pages."""

from __future__ import annotations

import shutil
from pathlib import Path

from django.test import Client
from tests.campus.practice.conftest import CURRICULUM, newest, right_answer

from techamp.campus.learning.models import Attempt, Evidence
from techamp.campus.people.models import Person
from techamp.campus.practice.bridge_check import check_bridge
from techamp.campus.program.curriculum import Curriculum

ENTRY = "/practice/entry/"


def page(browser: Client, url: str = ENTRY) -> str:
    """A page as text."""
    response = browser.get(url)
    assert response.status_code == 200
    return response.content.decode()


def asked(browser: Client, learner: Person, topic: str, **given: str) -> None:
    """Answer a topic's question."""
    attempt = newest(learner, f"bridge/entry/{topic}")
    posted = {"topic": topic, "attempt": str(attempt.pk), "do": "check", **(given or right_answer(attempt))}
    assert browser.post(ENTRY, posted).status_code == 302


def test_one_question_after_another_then_what_to_brush_up(browser: Client, learner: Person) -> None:
    assert "Start" in page(browser)
    assert not Attempt.objects.exists()
    browser.post(ENTRY, {"do": "start"})
    assert "Question 1 of 2" in page(browser)
    asked(browser, learner, "halves", **{"answer-0": "999"})
    second = page(browser)
    assert "Question 2 of 2" in second
    assert "Not yet" not in second  # no verdict in between
    asked(browser, learner, "thirds")
    results = page(browser)
    assert results.count("</span>brush up</span>") == 1
    assert results.count("</span>ready</span>") == 1
    assert "Begin with: Halves" in results
    assert not Evidence.objects.exists()


def test_a_question_may_be_left(browser: Client, learner: Person) -> None:
    browser.post(ENTRY, {"do": "start"})
    attempt = newest(learner, "bridge/entry/halves")
    browser.post(ENTRY, {"topic": "halves", "attempt": str(attempt.pk), "do": "leave"})
    attempt.refresh_from_db()
    assert (attempt.result, attempt.state["left"]) == ("wrong", True)
    assert "Question 2 of 2" in page(browser)


def test_an_invalid_answer_is_asked_again(browser: Client, learner: Person) -> None:
    browser.post(ENTRY, {"do": "start"})
    page(browser)
    asked(browser, learner, "halves", **{"answer-0": "many"})
    again = page(browser)
    assert "Question 1 of 2" in again
    assert "must be a number" in again


def test_a_bridge_page_explains_and_has_one_to_try(browser: Client, learner: Person) -> None:
    browser.post(ENTRY, {"do": "start"})
    asked(browser, learner, "halves", **{"answer-0": "999"})
    url = "/practice/bridge/halves/"
    first = page(browser, url)
    assert "How it goes" in first
    assert "{#how}" not in first
    assert "brush up" in first
    attempt = newest(learner, "bridge/try/halves")
    browser.post(url, {"attempt": str(attempt.pk), "do": "check", "answer-0": "7/4 in"})
    assert "Half is smaller." in page(browser, url)
    browser.post(url, {"attempt": str(attempt.pk), "do": "next"})
    attempt = newest(learner, "bridge/try/halves")
    browser.post(url, {"attempt": str(attempt.pk), "do": "check", "answer-0": "7/16"})
    assert "ready" in page(browser, url)


def test_a_topic_that_is_not_there_answers_404(browser: Client, learner: Person) -> None:
    assert browser.get("/practice/bridge/alchemy/").status_code == 404
    assert browser.post(ENTRY, {"topic": "alchemy", "do": "check"}).status_code == 404


def test_the_check_finds_what_is_wrong_with_a_bridge_page(tmp_path: Path) -> None:
    copy = tmp_path / "curriculum"
    shutil.copytree(CURRICULUM, copy)
    assert check_bridge(Curriculum(copy), seeds=5) == []
    page = copy / "bridge" / "halves.md"
    page.write_text(page.read_text().replace("[[shim]]", "[[gizmo]]").replace("is: 7/4", "is: 7/16"))
    (copy / "bridge" / "thirds.md").unlink()
    found = [str(p).replace(f"{copy}/", "") for p in check_bridge(Curriculum(copy), seeds=5)]
    assert [line.split(": ")[0] for line in found] == ["bridge/halves.md:7", "bridge/halves.md:10", "bridge/thirds.md"]
    assert "no term 'gizmo'" in found[0]
    assert "The wrong answer 'doubled' is right" in found[1]


def test_an_answer_to_the_check_names_its_topic_and_no_address_of_the_ledger(browser: Client, learner: Person) -> None:
    browser.post(ENTRY, {"do": "start"})
    asked(browser, learner, "halves", **{"answer-0": "999"})
    body = page(browser, f"/practice/attempt/{newest(learner, 'bridge/entry/halves').pk}/")
    assert "Two questions before you start · Halves" in body
    assert "bridge/entry" not in body
