"""What the frame of every page shows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from techamp.campus.ui.navigation import entries

STYLESHEETS = tuple(f"ui/{n}.css" for n in ("tokens", "base", "frame", "sheet", "form", "chart", "text", "wheel"))


def page(request: HttpRequest) -> dict[str, Any]:
    """Navigation for this person, the style sheets in order, and whether this is the demo."""
    return {
        "navigation": entries(request),
        "stylesheets": STYLESHEETS,
        "demo": settings.DEMO,
        "chart_width": getattr(request, "chart_width", 0),
    }
