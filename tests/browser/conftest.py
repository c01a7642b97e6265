"""A served demo campus, Chromium, and axe-core: what every browser test stands on.

- ``campus``: the demo campus, served once a session from an empty data folder; ``campus.url("/…")``
- ``open_page(width=…, scheme=…)``: a page in a browser context of its own; fails the test on a page error
- ``sign_in(page, role)``: the demo's one-click sign-in; roles are learner, fresh, instructor, coordinator, mentor,
  company, office
- ``axe(page)``: breaches of WCAG 2.2 A and AA, each readable; the test asserts that there are none
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page
from tests.serving import Campus, served_demo

HERE = Path(__file__).parent
AXE = HERE.parents[1] / "vendor/axe-core/axe.min.js"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PHONE, DESKTOP = 360, 1280
DEMO_PEOPLE = {
    "learner": "Ana Alvarez",
    "fresh": "Ben Boone",
    "instructor": "Ines Ito",
    "coordinator": "Carl Cole",
    "mentor": "Mia Moreau",
    "company": "Dora Dean",
    "office": "Omar Odell",
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def campus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Campus]:
    with served_demo([sys.executable, "-m", "techamp"], tmp_path_factory.mktemp("campus")) as served:
        yield served


@pytest.fixture
def open_page(browser: Browser, campus: Campus) -> Iterator[Callable[..., Page]]:
    """Opens pages; when the test is over, fails it if one of them met an error or a breach of the content policy."""
    contexts, faults = [], []

    def note(message: ConsoleMessage) -> None:
        if message.type == "error" and "422 (Unprocessable" not in message.text:  # a form sent back is no fault
            faults.append(f"{message.location.get('url', '')}: {message.text}")

    def open_one(*, width: int = DESKTOP, scheme: str = "light", scripts: bool = True) -> Page:
        height = 740 if width < 600 else 900
        context = browser.new_context(
            base_url=campus.address,
            viewport={"width": width, "height": height},
            color_scheme="dark" if scheme == "dark" else "light",
            java_script_enabled=scripts,
            reduced_motion="reduce",
            has_touch=width < 600,
            bypass_csp=False,
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.on("console", note)
        page.on("pageerror", lambda error: faults.append(str(error)))
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert not faults, "The browser met errors:\n" + "\n".join(faults)


@pytest.fixture
def sign_in() -> Callable[[Page, str], Page]:
    """``sign_in(page, "learner")``: the demo's one-click sign-in; the roles are those of DEMO_PEOPLE."""

    def sign_in_as(page: Page, role: str) -> Page:
        page.goto("/demo/")
        page.get_by_role("button", name=DEMO_PEOPLE[role]).click()
        page.wait_for_load_state()
        return page

    return sign_in_as


@pytest.fixture
def axe() -> Callable[[Page], list[str]]:
    """Breaches found by axe-core, one line for each element."""

    def breaches(page: Page) -> list[str]:
        # The page's policy refuses scripts that are not its own; through the debugger axe-core comes in all the same.
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found = page.evaluate(
            "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})", WCAG
        )
        return [
            f"{page.url} {rule['id']} ({rule['impact']}): {rule['help']}: {node['html'][:160]}"
            for rule in found["violations"]
            for node in rule["nodes"]
        ]

    return breaches


@pytest.fixture
def fits() -> Callable[[Page], bool]:
    """Whether the page as a whole can be read without sideways scrolling."""

    def no_sideways_scroll(page: Page) -> bool:
        return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))

    return no_sideways_scroll
