"""Every page that a role can reach by links is free of barriers, fits a phone, and meets no error."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from urllib.parse import urldefrag, urlsplit

import pytest
from playwright.sync_api import Page
from tests.browser.conftest import DEMO_PEOPLE, DESKTOP, PHONE

Open = Callable[..., Page]
NOT_PAGES = ("/static/", "/account/logout", "/account/email", ".csv", ".json", ".zip")
THE_SAME_FOR_ALL = ("/program/", "/glossary/", "/about/", "/play/", "/account/")  # looked at as nobody and as learner
MOST = 30  # pages of one role, nearest first; a list of learners or items must not make the tests endless


def links(page: Page) -> list[str]:
    """Paths of our own pages that this page links to, without query and fragment."""
    found = page.eval_on_selector_all("a[href]", "all => all.map(a => new URL(a.getAttribute('href'), location).href)")
    here = urlsplit(page.url).netloc
    paths = [urlsplit(urldefrag(link).url).path for link in found if urlsplit(link).netloc == here]
    return [path for path in dict.fromkeys(paths) if not any(part in path for part in NOT_PAGES)]


def crawl(page: Page, start: str, visit: Callable[[str], None], passed_by: tuple[str, ...] = ()) -> None:
    """Visit every page within reach of start, nearest first."""
    queue, seen, visited = deque([start]), {start}, 0
    while queue and visited < MOST:
        path, visited = queue.popleft(), visited + 1
        answer = page.goto(path)
        assert answer
        assert answer.ok, f"{path} answers {answer.status}"
        if not answer.headers.get("content-type", "").startswith("text/html"):
            continue
        visit(path)
        for link in links(page):
            if link not in seen and not link.startswith(passed_by):
                seen.add(link)
                queue.append(link)


@pytest.mark.parametrize("role", ["nobody", *DEMO_PEOPLE])
def test_pages_on_a_phone(
    role: str,
    open_page: Open,
    sign_in: Callable[[Page, str], Page],
    axe: Callable[[Page], list[str]],
    fits: Callable[[Page], bool],
) -> None:
    page, found = open_page(width=PHONE), []
    passed_by = () if role in {"nobody", "learner"} else THE_SAME_FOR_ALL
    if role != "nobody":
        sign_in(page, role)

    def visit(path: str) -> None:
        found.extend(axe(page))
        if not fits(page):
            found.append(f"{path} scrolls sideways at {PHONE} px")

    crawl(page, urlsplit(page.url).path if role != "nobody" else "/", visit, passed_by)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("role", ["nobody", "learner", "instructor"])
def test_pages_in_the_dark_on_a_desktop(
    role: str, open_page: Open, sign_in: Callable[[Page, str], Page], axe: Callable[[Page], list[str]]
) -> None:
    page, found = open_page(width=DESKTOP, scheme="dark"), []
    if role != "nobody":
        sign_in(page, role)
    crawl(page, urlsplit(page.url).path if role != "nobody" else "/", lambda path: found.extend(axe(page)))
    assert not found, "\n".join(found)
