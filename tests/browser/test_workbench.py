"""A newcomer at the workbench with two raw files: from upload to PDF, at both widths."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from techamp.contract.example_file import example_file

ONLY = "Only this machine, operator or cavity"


def bring(page: Page, name: str) -> None:
    """Upload a file as it is, and read it."""
    page.goto("/data/")
    page.locator("#file").set_input_files(example_file(name).folder / name)
    page.get_by_role("button", name="Read it").click()


def take_pdf(page: Page, to: Path) -> bytes:
    with page.expect_download() as download:
        page.get_by_role("link", name="A page, PDF").click()
    download.value.save_as(to)
    return to.read_bytes()


@pytest.mark.parametrize("width", [360, 1280])
def test_a_stability_problem_is_solved_from_a_raw_file(
    open_page: Callable[..., Page], sign_in: Callable[[Page, str], Page], fits: Callable[[Page], bool],
    axe: Callable[[Page], list[str]], tmp_path: Path, width: int,
) -> None:  # fmt: skip
    page = sign_in(open_page(width=width), "learner")
    bring(page, "two-lathes.csv")
    page.get_by_role("link", name="Control chart").click()
    now = page.locator(".now")
    expect(now).to_contain_text("Lathe 1 runs")
    expect(page.locator("[data-undo]")).to_be_visible()  # the page's modules are awake
    machine = page.get_by_label(ONLY)
    machine.focus()
    machine.select_option("Lathe 1")
    expect(now).to_contain_text("The level seems to jump near subgroup 17 (row 165 of the file)")
    expect(machine).to_be_focused()
    page.get_by_label("New limits from row").fill("165: new insert lot")
    page.keyboard.press("Tab")
    expect(now).to_contain_text("No signal: within each phase the process looks stable.")
    assert fits(page)
    assert axe(page) == []
    page.get_by_role("button", name="Undo").click()
    expect(now).to_contain_text("Not stable")
    expect(page.get_by_label(ONLY)).to_have_value("Lathe 1")
    assert take_pdf(page, tmp_path / "chart.pdf").startswith(b"%PDF-")


@pytest.mark.parametrize("width", [360, 1280])
def test_a_gauge_is_judged_from_a_raw_file(
    open_page: Callable[..., Page], sign_in: Callable[[Page, str], Page], fits: Callable[[Page], bool],
    tmp_path: Path, width: int,
) -> None:  # fmt: skip
    page = sign_in(open_page(width=width), "learner")
    bring(page, "gauge-study.csv")
    expect(page.locator("a.btn.go")).to_have_text("Gauge study")
    page.locator("a.btn.go").click()
    expect(page.locator(".now")).to_contain_text("Not good enough: the gauge takes 45.2 % of the tolerance.")
    assert fits(page)
    assert take_pdf(page, tmp_path / "gauge.pdf").startswith(b"%PDF-")


@pytest.mark.parametrize("width", [360, 1280])
def test_points_are_picked_on_the_chart_of_capability_by_keys_and_by_pointer(
    open_page: Callable[..., Page], sign_in: Callable[[Page, str], Page], axe: Callable[[Page], list[str]], width: int
) -> None:
    page = sign_in(open_page(width=width), "learner")
    bring(page, "two-lathes.csv")
    page.get_by_role("link", name="Capability").click()
    expect(page.locator("[data-undo]")).to_be_visible()
    page.get_by_label(ONLY).select_option("Lathe 2")
    expect(page.locator(".now")).not_to_contain_text("The process is not stable")
    assert axe(page) == []
    surface, said = page.locator("[data-pickable] .pickable:visible"), page.locator("[data-said]")
    surface.focus()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    expect(said).to_contain_text("subgroup 5")
    page.get_by_role("button", name="Leave out").click()
    expect(page.locator("#pick-fault")).to_have_text("Write the cause first: chipped tool.")
    page.locator("#pick-word").fill("coolant off")
    page.get_by_role("button", name="Leave out").click()
    expect(page.get_by_text("1 subgroup is left out of all numbers, each with its cause.")).to_be_visible()
    expect(page.locator("#exclude")).to_have_value("49: coolant off")
    surface.scroll_into_view_if_needed()
    box = surface.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 0.4 * box["width"], box["y"] + 0.5 * box["height"])
    page.mouse.down()
    page.mouse.move(box["x"] + 0.6 * box["width"], box["y"] + 0.5 * box["height"])
    page.mouse.up()
    expect(said).to_contain_text("–")
