"""A slider of a live simulation, by keyboard: numbers come without the server, and its run has the same bits."""

from __future__ import annotations

import json
from collections.abc import Callable

from playwright.sync_api import Page, Route

LINE = "/play/manufacturing_systems.the_line/?seed=11"
RUN = "**/play/manufacturing_systems.the_line/?*"
SLIDER = ".ctl:has([name=places]) input[type=range]"
LISTEN = """() => { window.known = new Promise(
    resolve => addEventListener("live", event => { if (event.detail.runs > 1) resolve(event.detail) })) }"""
EXACT = """() => Object.fromEntries([...document.querySelectorAll("[data-measure]")].map(
    box => [box.dataset.measure, Number(box.querySelector("output").dataset.exact)]))"""


def test_numbers_follow_the_slider_without_the_server_and_are_its_own(
    open_page: Callable[..., Page], sign_in: Callable[[Page, str], Page], fits: Callable[[Page], bool]
) -> None:
    page = sign_in(open_page(width=1280), "learner")
    page.goto(LINE, wait_until="networkidle")
    before = page.evaluate(EXACT)
    held: list[Route] = []  # the server answers when we let it
    page.route(RUN, lambda route: held.append(route))  # noqa: PLW0108 (a built-in method carries no mark)
    page.evaluate(LISTEN)
    page.locator(SLIDER).focus()
    with page.expect_request(RUN):
        page.keyboard.press("ArrowLeft")
    live = page.evaluate("window.known")["values"]
    shown = page.evaluate(EXACT)
    assert live["throughput"] != before["throughput"]
    assert {name: shown[name] for name in live} == live
    assert page.locator("[data-live-note]").is_visible()
    assert fits(page)
    for route in held:
        route.continue_()
    page.locator(".bench:not(.is-live)").wait_for()
    served = page.evaluate(EXACT)
    assert {name: served[name] for name in live} == live, json.dumps([live, served])
