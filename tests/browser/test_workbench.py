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
    expect(page.locator(".now")).to_contain_text("Not good enough: the gauge takes 43.5 % of the tolerance.")
    assert fits(page)
    assert take_pdf(page, tmp_path / "gauge.pdf").startswith(b"%PDF-")
