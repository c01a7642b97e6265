"""A whole set of practice to mastery with nothing but a keyboard, on a phone's screen."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from typing import Any

from playwright.sync_api import Page
from tests.serving import Campus

SET = "/learn/process_control/01-variation/middle-and-spread/"
MOST_STOPS = 90


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the focus is there."""
    for _stop in range(MOST_STOPS):
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} cannot be reached with Tab on {page.url}.")


def realized(campus: Campus, page: Page) -> dict[str, Any]:
    """The item on the page as the server put it; it knows what is right."""
    attempt = page.locator('input[name="attempt"]').first.get_attribute("value") or ""
    with closing(sqlite3.connect(campus.home / "data" / "campus.sqlite3")) as database:
        row = database.execute("SELECT realized FROM learning_attempt WHERE id = ?", [attempt.replace("-", "")])
        found: dict[str, Any] = json.loads(row.fetchone()[0])
    return found


def answer(page: Page, item: dict[str, Any]) -> None:
    """Answer the item rightly, by keyboard."""
    if item["kind"] == "choice":
        right = next(n for n, option in enumerate(item["options"]) if option["right"])
        key = item["options"][right]["key"]
        tab_to(page, 'input[name="option"]')
        for _option in item["options"]:
            page.keyboard.press("ArrowDown")
            if page.evaluate("document.activeElement.value") == key:
                break
    else:
        for number, ask in enumerate(item["asks"]):
            tab_to(page, f'[name="answer-{number}"]')
            page.keyboard.type(f"{ask['value']:.10g} {ask['unit']}".strip())
    tab_to(page, 'button[value="check"]')
    press_and_wait(page, "Enter")


def press_and_wait(page: Page, key: str) -> None:
    with page.expect_navigation():
        page.keyboard.press(key)


def test_a_set_is_mastered_without_a_mouse(
    open_page: Callable[..., Page], sign_in: Callable[[Page, str], Page], campus: Campus
) -> None:
    page = sign_in(open_page(width=360), "fresh")
    page.goto(SET)
    for _step in range(30):
        if page.get_by_text("Mastered. On to").count():
            return
        if page.locator('button[value="check"]').count():
            answer(page, realized(campus, page))
            assert page.locator(".chip.good").count(), page.locator("main").inner_text()
        else:
            tab_to(page, 'button[value="next"]')
            press_and_wait(page, "Enter")
    raise AssertionError("The set was not mastered in 30 steps.")
