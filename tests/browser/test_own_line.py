"""A line of five stations is drawn by keyboard on a phone, its bottleneck found; by finger; and without any script."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect
from tests.browser.conftest import DESKTOP, PHONE

STATIONS = (("saw", "2"), ("lathe", "3"), ("mill", "4.5"), ("wash", "2.5"), ("pack", "3"))


def begin(page: Page, template: str) -> None:
    page.goto("/workshop/")
    page.locator(f"button[value={template}]").focus()
    page.keyboard.press("Enter")
    page.locator("#panel").wait_for()
    run_over(page)


def run_over(page: Page) -> None:
    """A machine that is busy elsewhere may take longer for the first run than the page waits."""
    for _look in range(60):
        if not page.locator("[data-going]").count():
            return
        page.wait_for_timeout(500)
        page.reload()


def settled(page: Page) -> None:
    page.locator("body:not(.is-busy)").wait_for()


def type_into(page: Page, box: str, text: str) -> None:
    page.locator(f"#{box}").focus()
    page.keyboard.press("Control+a")
    page.keyboard.type(text)
    page.keyboard.press("Tab")


def stations(page: Page) -> list[str]:
    return page.locator("[data-floor] .st-name:visible").all_text_contents()


def test_five_stations_by_keyboard_on_a_phone(
    open_page: Callable[..., Page],
    sign_in: Callable[[Page, str], Page],
    axe: Callable[[Page], list[str]],
    fits: Callable[[Page], bool],
) -> None:
    page = sign_in(open_page(width=PHONE), "learner")
    begin(page, "blank")
    for i, (name, time) in enumerate(STATIONS):
        if i:
            page.locator("button[name=do][value^='add:']").focus()
            page.keyboard.press("Enter")
            page.locator(f"#stations-{i}-name").wait_for()
            settled(page)
        type_into(page, f"stations-{i}-name", name)
        type_into(page, f"stations-{i}-time-mean", time)
        settled(page)
    expect(page.locator("[data-now]")).to_contain_text("mill is the bottleneck", timeout=30_000)
    assert stations(page) == [name for name, _time in STATIONS]
    expect(page.locator("[data-floor] .neck:visible .st-name")).to_have_text("mill")
    page.locator("[data-floor] [data-station='2']:visible").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#panel")).to_have_text("mill")
    page.get_by_text("Choose by picture").focus()
    page.keyboard.press("Enter")
    page.locator("button.shape[value=triangular]").focus()
    page.keyboard.press("Enter")
    settled(page)
    expect(page.locator("#stations-2-time-mode")).to_have_value("4.5")
    type_into(page, "stations-2-machines", "0")
    settled(page)
    expect(page.locator("#stations-2-machines-fault")).to_contain_text("whole number")
    assert not axe(page)
    page.get_by_role("button", name="Undo").focus()
    page.keyboard.press("Enter")
    settled(page)
    expect(page.locator("[data-now]")).to_contain_text("mill is the bottleneck")
    for view in ("table", "text"):
        page.goto(f"{page.url.split('?')[0]}?view={view}")
        assert not axe(page)
        assert fits(page), view


def test_a_run_is_replayed_step_by_step_in_words(
    open_page: Callable[..., Page], sign_in: Callable[[Page, str], Page]
) -> None:
    page = sign_in(open_page(width=DESKTOP, scheme="dark"), "learner")
    begin(page, "three")
    words = set()
    for _step in range(25):
        page.get_by_role("button", name="Step", exact=True).click()
        words.add(page.locator("[data-now]").inner_text())
    assert len(words) > 20
    assert any("drill works" in said for said in words)


def test_a_station_is_dragged_to_another_place(
    open_page: Callable[..., Page], sign_in: Callable[[Page, str], Page]
) -> None:
    page = sign_in(open_page(width=DESKTOP), "learner")
    begin(page, "three")
    assert stations(page) == ["cut", "drill", "pack"]
    start, end = (page.locator(f"[data-floor] [data-station='{i}']:visible .st-box").bounding_box() for i in (2, 0))
    assert start
    assert end
    page.mouse.move(start["x"] + 40, start["y"] + 20)
    page.mouse.down()
    page.mouse.move(end["x"] + 60, end["y"] + 30, steps=5)
    page.mouse.up()
    expect(page.locator("#panel")).to_have_text("pack")
    assert stations(page) == ["pack", "cut", "drill"]


def test_sharing_and_comparing_are_free_of_barriers(
    open_page: Callable[..., Page],
    sign_in: Callable[[Page, str], Page],
    axe: Callable[[Page], list[str]],
    fits: Callable[[Page], bool],
) -> None:
    page = sign_in(open_page(width=PHONE, scheme="dark"), "learner")
    begin(page, "three")
    here = page.url.split("?")[0]
    link = page.locator("#link").input_value()
    page.goto(link)
    assert not axe(page)
    assert fits(page)
    page.goto(f"{here}compare/")
    page.get_by_role("button", name="Make a copy to change").click()
    other = page.url.split("?")[0].rstrip("/").rsplit("/", 1)[1]
    page.goto(f"{here}compare/?with={other}")
    expect(page.locator("#verdict")).to_be_visible()
    expect(page.get_by_text("no difference at all").first).to_be_visible()
    assert not axe(page)
    assert fits(page)


def test_without_scripts_buttons_do_it_all(
    open_page: Callable[..., Page], sign_in: Callable[[Page, str], Page]
) -> None:
    page = sign_in(open_page(width=PHONE, scripts=False), "learner")
    begin(page, "three")
    page.locator("[data-floor] [data-station='1']:visible").click()
    page.locator("#stations-1-machines").fill("2")
    page.get_by_role("button", name="Keep and run").last.click()
    run_over(page)
    expect(page.locator("[data-now]")).not_to_contain_text("drill is the bottleneck")
    page.get_by_role("button", name="Move later").click()
    assert stations(page) == ["cut", "pack", "drill"]
