"""A formula is set in the math font: brackets and roots grow with what they hold."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

FONT = Path(__file__).resolve().parents[2] / "vendor/fonts/noto-sans-math.woff2"
PAGE = """<!doctype html><style>
@font-face {{ font-family: M; src: url(data:font/woff2;base64,{font}) }}
math {{ font-family: M; font-size: 32px }}
</style>
<math display="block"><mrow><mo id="low">(</mo><mi>x</mi><mo>)</mo></mrow></math>
<math display="block"><mrow><mo id="high">(</mo><mfrac><mfrac><mi>a</mi><mi>b</mi></mfrac><mfrac><mi>c</mi><mi>d</mi>
</mfrac></mfrac><mo>)</mo></mrow></math>
<math display="block"><msqrt id="root"><mfrac id="under"><mi>a</mi><mi>b</mi></mfrac></msqrt></math>"""


@pytest.fixture
def formulas(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    page.set_content(PAGE.format(font=base64.b64encode(FONT.read_bytes()).decode()))
    assert page.evaluate("document.fonts.load('32px M').then(faces => faces.length)") == 1
    yield page
    page.close()


def size(page: Page, id: str) -> tuple[float, float]:
    """Width and height in px."""
    box = page.locator(f"#{id}").bounding_box()
    assert box
    return box["width"], box["height"]


def test_bracket_grows_with_a_fraction(formulas: Page) -> None:
    assert size(formulas, "high")[1] > 2 * size(formulas, "low")[1]


def test_root_stands_over_its_fraction(formulas: Page) -> None:
    (root_width, root_height), (width, height) = size(formulas, "root"), size(formulas, "under")
    assert root_width > width
    assert root_height > height
