"""A team of four, each in a browser of their own, runs the plant to its last day and reads the debrief."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect
from tests.browser.conftest import DESKTOP, PHONE

Open = Callable[..., Page]


def joined(page: Page, code: str, name: str) -> Page:
    """Somebody new, through an invitation's link."""
    page.goto(f"/join/{code}/")
    page.get_by_label("Your name").fill(name)
    page.get_by_label("Your email").fill(f"{name.split()[0].lower()}-{code.lower()}@four.example")
    page.get_by_label("Password, if you want one").fill("four at one plant")
    page.get_by_role("button", name="Join").click()
    return page


def decide(page: Page, title: str, label: str, value: str) -> None:
    """Open one decision and send it."""
    card = page.locator("details", has=page.locator("summary", has_text=title)).first
    card.locator("summary").click()
    if value.isdigit():
        card.get_by_role("spinbutton", name=label).fill(value)
    else:
        card.get_by_role("combobox", name=label).select_option(label=value)
    card.get_by_role("button", name=re.compile(f"^(Decide|{title})$")).click()


def test_four_browsers_play_one_plant_to_its_end(
    open_page: Open,
    sign_in: Callable[[Page, str], Page],
    axe: Callable[[Page], list[str]],
    fits: Callable[[Page], bool],
) -> None:
    teacher = sign_in(open_page(width=DESKTOP), "instructor")
    teacher.goto("/teaching/")
    newest = teacher.locator("main h2 a").first
    cohort = newest.inner_text()
    newest.click()
    teacher.get_by_label("How many people").fill("3")
    teacher.get_by_role("button", name="Make a code").click()
    code = re.search(r"[A-Z0-9]{4}-[A-Z0-9]{4}", teacher.locator("main").inner_text())
    assert code
    players = [sign_in(open_page(width=PHONE), "fresh")]
    players += [joined(open_page(width=w), code.group(), n) for w, n in ((PHONE, "Kim Day"), (DESKTOP, "Lee Orr"), (PHONE, "Max Poe"))]  # fmt: skip  # noqa: E501

    teacher.goto("/games/")
    teacher.get_by_label("Who plays").select_option(label=cohort)
    teacher.get_by_role("spinbutton", name="Growth of demand").fill("20")
    teacher.get_by_label("The motor supplier is late").check()
    teacher.get_by_role("button", name="Begin", exact=True).click()
    expect(teacher.get_by_role("link", name="Team 1")).to_be_visible()
    assert not axe(teacher)

    for page in players:
        page.goto("/games/")
        page.get_by_role("link", name="Run the plant").first.click()
        expect(page.locator("main")).to_contain_text("Morning of day 31")
        expect(page.locator("main")).not_to_contain_text("supplier is late")
    ben, kim, lee, max_ = players
    address = ben.url
    assert not axe(kim)
    assert fits(kim)

    decide(ben, "Promise to customers", "Days promised", "7")
    expect(ben.locator("main")).to_contain_text("Promised 7 days")
    decide(kim, "Lots and order of work", "Which lot is next", "Same length first")
    expect(kim.locator("main")).to_contain_text("same length first")
    decide(lee, "Buy a machine", "Station", "CNC lathe")
    expect(lee.locator("main")).to_contain_text("Bought a machine for CNC lathe")
    decide(max_, "Promise to customers", "Days promised", "12")
    expect(max_.locator("main")).to_contain_text("Ben has decided this since you opened the page")

    ben.reload()
    ben.get_by_role("button", name="20 days").click()
    expect(ben.locator("main")).to_contain_text("Morning of day 51")
    decide(kim, "Overtime", "Overtime each day", "60")
    expect(kim.locator("main")).to_contain_text("has gone on since you opened this page")
    kim.get_by_role("button", name="Decide").last.click()  # what she typed is still there, the picture is new
    for turn in range(13):
        page = players[turn % 4]
        page.goto(address)
        page.get_by_role("button", name="20 days").click()
    for page in players:
        page.goto(address)
        expect(page.locator("main")).to_contain_text("The game is over")
        page.get_by_role("link", name="Debrief").click()
        expect(page.locator("main")).to_contain_text("than careful planner")
    assert not axe(max_)
    assert fits(max_)
    teacher.reload()
    expect(teacher.locator("main")).to_contain_text("over")
