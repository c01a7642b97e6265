"""What every scene must keep, whatever its simulation: mounted in Chromium as a page would."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from techamp.contract import registry

pytestmark = pytest.mark.browser
IDS = registry.simulation_ids()

MOUNT = """
async ([source, trace, ghost, reduced]) => {
  const { mount } = await import(`data:text/javascript;base64,${source}`);
  window.scene = mount(document.querySelector("#host"), trace, { ghost, reduced, strings: {} });
}
"""
TEXTS = """
() => [...document.querySelectorAll("#host text")].filter((t) => t.textContent.trim()).map((t) => {
  const box = t.getBoundingClientRect(), host = document.querySelector("#host").getBoundingClientRect();
  return [t.textContent, parseFloat(getComputedStyle(t).fontSize), box.left - host.left, host.right - box.right];
})
"""


def mounted(browser: Browser, id: str, width: int, reduced: bool = False) -> tuple[Page, list[str], float]:
    """The page, what went wrong on it, and the last moment of the trace."""
    simulation = registry.simulation(id)
    inputs = simulation.Inputs.read({})
    trace, ghost = (json.loads(simulation.run(inputs, seed).trace.model_dump_json()) for seed in (42, 43))
    page = browser.new_page(viewport={"width": width, "height": 740})
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.set_content("<!doctype html><div id=host></div>")
    style = simulation.folder() / "scene.css"
    page.add_style_tag(content="body { margin: 0 }" + (style.read_text(encoding="utf-8") if style.exists() else ""))
    source = base64.b64encode((simulation.folder() / "scene.js").read_bytes()).decode()
    page.evaluate(MOUNT, [source, trace, ghost, reduced])
    return page, faults, trace["t"][-1]


def drawn(page: Page, t: float) -> Any:
    return page.evaluate("(t) => { scene.draw(t); return document.querySelector('#host').innerHTML }", t)


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("id", IDS)
def test_a_scene_fits_its_width_and_can_be_read(browser: Browser, id: str, width: int) -> None:
    page, faults, end = mounted(browser, id, width)
    for part in (0.0, 0.31, 0.5003, 0.77, 1.0):
        drawn(page, part * end)
        for text, size, left, right in page.evaluate(TEXTS):
            assert size >= 12.0, text
            assert left >= -1.0, text
            assert right >= -1.0, text
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("document.querySelector('#host').offsetHeight") <= (290 if width == 320 else 365)
    assert "style=" not in page.inner_html("#host")
    assert not faults
    page.close()


@pytest.mark.parametrize("id", IDS)
def test_a_moment_looks_the_same_whatever_was_shown_before(browser: Browser, id: str) -> None:
    page, faults, end = mounted(browser, id, 360)
    first = drawn(page, 0.4 * end)
    for part in (1.0, 0.0, 0.9, 0.1):
        assert drawn(page, part * end) != first
    assert drawn(page, 0.4 * end) == first
    page.set_viewport_size({"width": 900, "height": 740})
    page.evaluate("scene.resize()")
    page.set_viewport_size({"width": 360, "height": 740})
    page.evaluate("scene.resize()")
    assert page.inner_html("#host") == first
    page.evaluate("scene.destroy()")
    assert page.inner_html("#host") == ""
    assert not faults
    page.close()


@pytest.mark.parametrize("reduced", [False, True])
@pytest.mark.parametrize("id", IDS)
def test_every_moment_is_said_in_words(browser: Browser, id: str, reduced: bool) -> None:
    page, faults, end = mounted(browser, id, 360, reduced)
    moments = [end * k / 100 for k in range(101)]
    said = page.evaluate("(moments) => moments.map((t) => { scene.draw(t); return scene.describe(t) })", moments)
    assert all(sentence.endswith(".") and "undefined" not in sentence and "NaN" not in sentence for sentence in said)
    assert len(set(said)) > 20
    assert not faults
    page.close()
