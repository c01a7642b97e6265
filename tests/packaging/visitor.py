"""A person with a browser that knows only links and forms: plain HTTP, cookies, no JavaScript."""

from __future__ import annotations

import urllib.request
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookiejar import CookieJar
from urllib.parse import urlencode, urljoin, urlsplit


@dataclass
class Form:
    """A form as it came: its fields with their values, and its buttons as (name, value)."""

    method: str = "get"
    fields: dict[str, str] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)


class _Reader(HTMLParser):
    """Links, forms and what a page loads."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.forms: list[Form] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        if tag == "a":
            self.links.append(given.get("href", ""))
        elif tag == "link" and given.get("rel") == "stylesheet":
            self.loads.append(given["href"])
        elif tag == "script" and "src" in given:
            self.loads.append(given["src"])
        elif tag == "form":
            self.forms.append(Form(given.get("method", "get")))
        elif tag == "input" and "name" in given and self.forms:
            self.forms[-1].fields.setdefault(given["name"], given.get("value", ""))
        elif tag == "button" and "name" in given and self.forms:
            self.forms[-1].buttons.append((given["name"], given.get("value", "")))


class Visitor:
    """Where somebody is on the campus, and what she sees there."""

    def __init__(self, address: str) -> None:
        self._open = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar())).open
        self.url, self.text, self.page = address, "", _Reader()

    def visit(self, path: str) -> None:
        self._take(urllib.request.Request(urljoin(self.url, path)))

    def send(self, form: Form, **values: str) -> None:
        body = urlencode({**form.fields, **values}).encode()
        self._take(urllib.request.Request(self.url, body, {"Referer": self.url}))

    def fetch(self, path: str) -> bytes:
        with self._open(urljoin(self.url, path), timeout=60) as answer:
            return bytes(answer.read())

    def form_with(self, name: str) -> Form | None:
        """The first form to send in that has such a field or button."""
        posts = [form for form in self.page.forms if form.method == "post"]
        return next((f for f in posts if name in f.fields or name in dict(f.buttons)), None)

    def links_under(self, path: str) -> list[str]:
        return [link for link in dict.fromkeys(self.page.links) if link.startswith(path) and link != path]

    @property
    def path(self) -> str:
        return urlsplit(self.url).path

    def _take(self, request: urllib.request.Request) -> None:
        with self._open(request, timeout=60) as answer:
            self.url, self.text = answer.geturl(), answer.read().decode()
        self.page = _Reader()
        self.page.feed(self.text)
