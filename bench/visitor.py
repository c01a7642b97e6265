"""A learner's browser, as far as the server can tell: one connection, her cookies, her forms."""

from __future__ import annotations

import gzip
import http.client
import random
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

KINDS = {"home": 4, "lecture": 3, "practice": 5, "run": 4, "study": 1}
"""What she does, and how often in 17 times; "practice" is a page, an answer, and the page that follows it."""

_CSRF = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_ATTEMPT = re.compile(r'name="attempt" value="([^"]+)"')
_ANSWER = re.compile(r'name="(answer-\d+)"[^>]*?(readonly)?>')
_OPTION = re.compile(r'name="option" value="([^"]+)"')
_PLACE = re.compile(r'<select[^>]*name="(place-[^"]+)"')


@dataclass
class Page:
    """What came back, and after how long: from the first byte sent to the last byte read."""

    status: int
    seconds: float
    body: bytes
    headers: http.client.HTTPMessage

    @property
    def text(self) -> str:
        coded = self.headers.get("Content-Encoding", "")
        return (gzip.decompress(self.body) if coded == "gzip" else self.body).decode()


@dataclass
class Visitor:
    """One signed-in learner. ``note(kind, page)`` is told of every page."""

    port: int
    learner: dict[str, str]
    note: Callable[[str, Page], None]
    rng: random.Random
    cookies: dict[str, str] = field(default_factory=dict)
    connection: http.client.HTTPConnection | None = None

    def __post_init__(self) -> None:
        self.cookies["sessionid"] = self.learner["session"]

    def do_something(self, think: Callable[[], None]) -> None:
        """One thing that a learner does; ``think`` is called where she reads before she answers."""
        kind = self.rng.choices(list(KINDS), list(KINDS.values()))[0]
        if kind == "practice":
            self.practice(think)
        elif kind == "run":
            self.get("run", f"{self.learner['simulation']}?step=run&seed={self.rng.randrange(10**9)}", swap=True)
        elif kind == "home":
            self.get("home", "/week/")
        else:
            self.get(kind, self.learner[kind])

    def practice(self, think: Callable[[], None]) -> None:
        """Open the set, answer the item that is on, see the verdict, go on to the next."""
        form = self.form(self.get("practice", self.learner["practice"]))
        think()
        self.post("answer", self.learner["practice"], form)
        page = self.get("practice", self.learner["practice"])
        form = self.form(page)
        if form.get("do") == "next":
            self.post("next", self.learner["practice"], form)

    def form(self, page: Page) -> dict[str, str]:
        """The item's form, filled in by somebody who guesses."""
        text = page.text
        found = {"csrfmiddlewaretoken": _CSRF.findall(text)[-1], "attempt": _ATTEMPT.findall(text)[-1]}
        if 'value="check"' not in text:
            return {**found, "do": "next"}
        found["do"] = "check"
        if options := _OPTION.findall(text):
            found["option"] = self.rng.choice(options)
        places = _PLACE.findall(text)
        order = self.rng.sample(range(1, len(places) + 1), len(places))
        found.update({name: str(place) for name, place in zip(places, order, strict=True)})
        found.update({name: f"{self.rng.uniform(0, 20):.3f}" for name, still in _ANSWER.findall(text) if not still})
        return found

    def get(self, kind: str, path: str, *, swap: bool = False) -> Page:
        return self._ask(kind, "GET", path, "", {"HX-Request": "true"} if swap else {})

    def post(self, kind: str, path: str, form: dict[str, str]) -> Page:
        more = {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"http://127.0.0.1:{self.port}"}
        return self._ask(kind, "POST", path, urlencode(form), more)

    def _ask(self, kind: str, method: str, path: str, body: str, more: dict[str, str]) -> Page:
        headers = {
            "Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items()),
            "Accept-Encoding": "gzip",
            "Accept": "text/html",
            **more,
        }
        page = self._send(method, path, body, headers)
        for line in page.headers.get_all("Set-Cookie", []):
            name, value = line.split(";")[0].split("=", 1)
            self.cookies[name] = value
        location = page.headers.get("Location", "")
        if page.status >= 400 or urlsplit(location).path.startswith("/account/"):
            raise RuntimeError(f"{method} {path} answered {page.status} {location}")
        self.note(kind, page)
        return page

    def _send(self, method: str, path: str, body: str, headers: dict[str, str]) -> Page:
        if self.connection is None:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
            self.connection.connect()
        began = time.perf_counter()
        self.connection.request(method, path, body or None, headers)
        response = self.connection.getresponse()
        content = response.read()
        seconds = time.perf_counter() - began
        if response.will_close:
            self.connection.close()
            self.connection = None
        return Page(response.status, seconds, content, response.msg)
