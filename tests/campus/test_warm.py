"""A fresh process warms up: everything runs, and what fails stops nobody."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import Any

import pytest
from django.core.wsgi import get_wsgi_application

from techamp.campus.learning.lecture import parsing
from techamp.campus.program.curriculum import curriculum
from techamp.campus.warm import get, warm_up, warm_up_beside


@pytest.mark.django_db
def test_the_front_page_and_all_that_first_requests_need_are_there() -> None:
    application = get_wsgi_application()
    assert get(application, "/") == "200 OK"
    assert warm_up(application) > 0
    lectures = {a.place for a in curriculum().activities.values() if a.kind == "lecture"}
    assert len(parsing._known[curriculum()]) >= len(lectures)


def test_a_failure_is_told_and_stops_nobody(caplog: pytest.LogCaptureFixture) -> None:
    def broken(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        raise RuntimeError("No database yet.")

    with caplog.at_level(logging.ERROR):
        warm_up_beside(broken).join()
    assert "Could not warm up" in caplog.text
