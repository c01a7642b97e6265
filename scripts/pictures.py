"""Take the screenshots of docs/pictures from the demo campus: ``python scripts/pictures.py http://127.0.0.1:8000``."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

FOLDER = Path(__file__).parent.parent / "docs" / "pictures"
WIDTHS = {360: 780, 1280: 860}
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
PAGES = {  # name: (who is signed in, address)
    "front": ("", "/"),
    "home": ("ana", "/week/"),
    "lecture": ("ana", "/learn/process_control/01-variation/lecture/#spread"),
    "practice": ("ana", "/learn/process_control/02-control-charts/signals/"),
    "simulation": ("ana", "/learn/process_control/02-control-charts/watch-the-lathe/?step=run"),
    "instructor": ("ines", "/teaching/"),
}


def main(base: str) -> None:
    """All pages, at both widths, light and dark."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        for scheme in ("light", "dark"):
            for width, height in WIDTHS.items():
                _take(browser, base, scheme, width, height)
        browser.close()


def _take(browser: Browser, base: str, scheme: str, width: int, height: int) -> None:
    for name, (who, address) in PAGES.items():
        context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)  # type: ignore[arg-type]
        page = context.new_page()
        if who:
            _sign_in(page, base, who)
        page.goto(base + address)
        page.wait_for_timeout(1500)
        page.screenshot(path=FOLDER / f"{name}-{width}-{scheme}.png")
        context.close()


def _sign_in(page: Page, base: str, who: str) -> None:
    page.goto(f"{base}/demo/")
    page.locator(f'form:has(input[value^="{who}@"]) button').click()


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/") if len(sys.argv) > 1 else "http://127.0.0.1:8000")
