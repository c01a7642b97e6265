"""The bench of a simulation on a phone: a step fills the screen, inputs come before charts, folds stay as they are."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from tests.browser.conftest import PHONE

LINE = "/play/manufacturing_systems.the_line/?seed=11"
RUN = "**/play/manufacturing_systems.the_line/?*"
HEIGHT = 740  # of the phone in conftest
STOPS = """() => [...document.querySelectorAll("main :is(a[href], button, input, select, summary, [tabindex='0'])")]
    .filter(one => one.checkVisibility() && !one.disabled)
    .map(one => one.closest(".controls") ? "input" : one.closest(".more") ? "result" : "picture")"""


@pytest.fixture
def line(open_page: Callable[..., Page], sign_in: Callable[[Page, str], Page]) -> Page:
    page = sign_in(open_page(width=PHONE), "learner")
    page.goto(LINE, wait_until="networkidle")
    return page


def height(page: Page, selector: str) -> float:
    box = page.locator(selector).bounding_box()
    assert box
    return box["height"]


def test_the_picture_and_the_inputs_fit_one_screen(line: Page) -> None:
    assert height(line, ".scene") <= 0.45 * HEIGHT
    line.locator(".controls .fold > summary").click()
    assert line.locator("#in-seed").is_visible()
    assert height(line, ".controls") <= 0.35 * HEIGHT + 1


def test_the_inputs_are_at_hand_wherever_she_reads(line: Page) -> None:
    for place in (".steps, h1", ".more", ".foot"):
        line.locator(place).first.scroll_into_view_if_needed()
        box = line.locator(".controls").bounding_box()
        assert box
        assert abs(box["y"] + box["height"] - HEIGHT) < 2


def test_tab_reaches_the_inputs_before_the_charts(line: Page) -> None:
    stops = line.evaluate(STOPS)
    assert {"input", "result"} <= set(stops)
    assert stops == sorted(stops, key=["picture", "input", "result"].index)


def test_one_chart_is_open_and_what_she_opens_stays_open_over_a_run(line: Page) -> None:
    opened = "() => [...document.querySelectorAll('.more [data-fold^=chart]')].map(one => one.open)"
    assert line.evaluate(opened) == [True, False, False]
    line.locator(".more [data-fold^=chart] > summary").nth(2).click()
    line.locator(".more [data-fold^=chart] > summary").nth(0).click()
    before = line.locator("#more output").first.get_attribute("data-exact")
    with line.expect_response(RUN):
        line.locator(".acts button").first.press("Enter")
    with line.expect_response(RUN):
        line.evaluate("document.querySelector('[data-new-luck]').click()")
    line.wait_for_function("was => document.querySelector('#more output').dataset.exact !== was", arg=before)
    assert line.evaluate(opened) == [False, False, True]
