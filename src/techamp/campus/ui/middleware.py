"""What every page needs: the width of the screen that it is drawn for."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

MARGINS = 68  # page gutters, the sheet's padding and its rule


class PageMiddleware:
    """``request.chart_width``: pixels that a chart may take, from the cookie that ui.js sets; 0 while unknown."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        shown = request.headers.get("X-Width") or request.COOKIES.get("w", "")
        screen = int(shown) if shown.isascii() and shown.isdigit() and len(shown) < 6 else 0
        request.chart_width = chart_width(screen)  # type: ignore[attr-defined]
        return self.get_response(request)


def chart_width(screen: int) -> int:
    """What a chart may take inside a sheet on a screen this wide; few widths, so that drawings are alike; 0 stays 0."""
    if not screen:
        return 0
    return next((w for w in (720, 600, 480, 380, 330, 292) if screen >= w + MARGINS), 256)
