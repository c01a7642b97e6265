"""What holds for every page of somebody who is signed in."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from techamp.campus.people.adapter import known_language


class OwnPagesMiddleware:
    """Her language; and no copy of her pages stays behind on a shared shop-floor PC.

    ``no-store``: after she signs out, the Back button asks the server, which shows the sign-in page. While she is
    signed in, Back asks the server too and shows the page as it is now.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        has_session = settings.SESSION_COOKIE_NAME in request.COOKIES
        if has_session and request.user.is_authenticated:
            language = known_language(request.user.language)
            translation.activate(language)
            request.LANGUAGE_CODE = language
        response = self.get_response(request)
        if has_session and not response.has_header("Cache-Control"):
            response["Cache-Control"] = "private, no-store"
        return response
