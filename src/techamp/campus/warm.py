"""What a fresh process does before anybody asks, so that nobody's first page waits for it.

Reading the curriculum, parsing lectures, importing numbers, units and charts, loading compiled kernels and compiling
templates take a process some seconds, once. The server does it in a thread as it starts: the port is open meanwhile.
"""

from __future__ import annotations

import gc
import logging
import sys
import time
from collections.abc import Callable, Iterable
from io import BytesIO
from pathlib import Path
from threading import Thread
from typing import Any

log = logging.getLogger(__name__)
Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def warm_up_beside(application: Application) -> Thread:
    """Warm up in a thread of its own. What fails there fails again, and is told, where a person asks for it."""

    def run() -> None:
        try:
            warm_up(application)
        except Exception:
            log.exception("Could not warm up; the first pages will take longer.")

    thread = Thread(target=run, name="warm-up", daemon=True)
    thread.start()
    return thread


def warm_up(application: Application) -> float:
    """Everything that first requests need, the front page first; returns the seconds that it took."""
    began = time.perf_counter()
    get(application, "/")
    _load_engines()
    _read_lessons()
    _compile_templates()
    _set_aside_what_stays()
    return time.perf_counter() - began


def _set_aside_what_stays() -> None:
    """Curriculum, templates and engines are here for good: the garbage collector need not walk through them again.

    A page makes some ten thousand objects and drops them by itself; so cycles are looked for after more of them.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def get(application: Application, path: str) -> str:
    """Fetch a page as a visitor on this machine would; returns its status line."""
    from django.conf import settings

    host = next((h for h in settings.ALLOWED_HOSTS if not h.startswith((".", "*"))), "localhost")
    statuses: list[str] = []
    environ = {
        "REQUEST_METHOD": "GET", "SCRIPT_NAME": "", "PATH_INFO": path, "QUERY_STRING": "", "HTTP_HOST": host,
        "SERVER_NAME": host, "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "127.0.0.1",
        "wsgi.version": (1, 0), "wsgi.url_scheme": "http", "wsgi.input": BytesIO(), "wsgi.errors": sys.stderr,
        "wsgi.multithread": True, "wsgi.multiprocess": True, "wsgi.run_once": False,
    }  # fmt: skip
    answer = application(environ, lambda status, headers, error=None: statuses.append(status))
    for _part in answer:
        pass
    if close := getattr(answer, "close", None):
        close()
    return statuses[0]


def _read_lessons() -> None:
    """Lectures, practice items and one variant of each set, as a learner's pages take them."""
    from techamp.campus.learning.lecture.parsing import lecture_of
    from techamp.campus.practice.grading import grade
    from techamp.campus.practice.sets import set_of
    from techamp.campus.practice.variants import realize
    from techamp.campus.program import schema
    from techamp.campus.program.curriculum import curriculum

    lessons = curriculum()
    _known = lessons.hash, lessons.glossary
    for activity in lessons.activities.values():
        if isinstance(activity, schema.Lecture):
            lecture_of(activity)
        elif isinstance(activity, schema.Practice):
            item_set = set_of(activity)
            item_set.entries()
            realized = realize(item_set.source(item_set.items[-1]), 1)
            grade(realized, ["1 mm"])


def _load_engines() -> None:
    """One run of each simulation that is taught, with its kernels from the cache, and one chart of it."""
    from techamp.campus.learning import plant
    from techamp.campus.play.bench import bench_of
    from techamp.campus.program import schema
    from techamp.campus.program.curriculum import curriculum
    from techamp.contract import registry

    for activity in curriculum().activities.values():
        if isinstance(activity, schema.Play):
            start, _came = plant.resolve(activity.inputs, None)
            bench_of(activity.simulation, start, activity.free, {}, many=True)
    registry.warm_up()
    for id in registry.study_ids():
        registry.study(id)


def _compile_templates() -> None:
    """All templates of our own, into the loader's cache."""
    from django.apps import apps
    from django.template.loader import get_template

    for app in apps.get_app_configs():
        folder = Path(app.path) / "templates"
        if app.name.startswith("techamp."):
            for path in sorted(folder.rglob("*.html")):
                get_template(str(path.relative_to(folder)))
