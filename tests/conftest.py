"""What all tests share: examples that are drawn the same way on every machine, and no clock on them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings
from tests.browser import chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser

settings.register_profile(
    "house", deadline=None, derandomize=True, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("house")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for a test process: Playwright can be started only once in it."""
    from playwright.sync_api import sync_playwright

    path = chromium.find()
    assert path, "There is no Chromium here. Install it (sudo apt install chromium), or name it: CHROMIUM=/path."
    # Playwright's synchronous side runs an event loop, in which Django would refuse to touch its database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as play:
        launched = play.chromium.launch(executable_path=path, args=chromium.FLAGS)
        yield launched
        launched.close()
