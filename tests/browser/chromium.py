"""Where Chromium is on this machine."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MACOS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)

FLAGS = [
    "--no-sandbox",  # the tests may run as root, and open nothing but our own pages
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def find() -> str | None:
    """The browser that ``CHROMIUM`` names, an installed one, or Playwright's own download."""
    if named := os.environ.get("CHROMIUM"):
        return named
    installed = next((path for name in NAMES if (path := shutil.which(name))), None)
    return installed or next((path for path in (*MACOS, _downloaded()) if path and Path(path).exists()), None)


def _downloaded() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        return play.chromium.executable_path
