"""What all tests of the campus share: a small curriculum, and a browser that knows who asks."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def school(monkeypatch: pytest.MonkeyPatch) -> None:
    """A curriculum of one hub subject with every kind of activity, and one spoke; made for tests, changed by nobody."""
    monkeypatch.setenv("TECHAMP_CURRICULUM", str(Path(__file__).parent / "curriculum"))
