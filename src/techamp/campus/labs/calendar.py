"""What is booked for a person."""

from __future__ import annotations

from datetime import datetime
from typing import Any


def booked(person: Any) -> list[tuple[str, str, datetime]]:
    """(title, address, time) of lab sessions ahead."""
    return []
