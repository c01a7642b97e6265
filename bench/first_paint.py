"""What a browser must have before the first paint: style sheets, modules, fonts; as the server sends them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import urljoin

from bench.campus import campus_on
from bench.figures import Figure, keep, show
from bench.visits import Answer, get

MOST_PARTS, MOST_LECTURE = 120, 150
CODINGS = "gzip, deflate, br"
TEXT = (
    "Bytes over the wire of a first visit with an empty cache, bodies and headers of the replies, compressed as the "
    "server compresses them for a browser. Every style sheet and every JavaScript module of the page counts, with all "
    "that they import, and every font that the style sheets declare, except the one for formulas where there is none."
)
_SHEET = re.compile(r'<link rel="stylesheet" href="([^"]+)"')
_SCRIPT = re.compile(r'<script[^>]* src="([^"]+)"')
_IMPORT = re.compile(r'(?:from|import)\s*["\']([./][^"\']+)["\']')
_FONT = re.compile(r'url\(["\']?([^"\')]+\.woff2)["\']?\)')


@dataclass
class Visit:
    """One page with its parts, each fetched once."""

    port: int
    session: str
    fetched: dict[str, Answer] = field(default_factory=dict)

    def open(self, path: str) -> str:
        """Fetch a page and all that its first paint needs; returns its HTML."""
        html = self._get(path)
        for sheet in _SHEET.findall(html):
            for font in _FONT.findall(self._get(sheet)):
                if "math" not in font or "<math" in html:
                    self._get(urljoin(sheet, font))
        waiting = _SCRIPT.findall(html)
        while waiting:
            script = waiting.pop()
            if script not in self.fetched:
                waiting += [urljoin(script, name) for name in _IMPORT.findall(self._get(script))]
        return html

    def _get(self, path: str) -> str:
        if path not in self.fetched:
            answer = get(self.port, path, self.session, CODINGS)
            if answer.status != 200:
                raise RuntimeError(f"{path} answered {answer.status}.")
            self.fetched[path] = answer
        return self._text(self.fetched[path])

    def _text(self, answer: Answer) -> str:
        if answer.coding == "br":
            import brotli

            return str(brotli.decompress(answer.body).decode())
        if answer.coding == "gzip":
            import gzip

            return gzip.decompress(answer.body).decode()
        return answer.body.decode(errors="replace")

    def kilobytes(self, *endings: str) -> float:
        """kB of the parts with these endings; without endings of everything."""
        return sum(a.size for p, a in self.fetched.items() if not endings or p.endswith(endings)) / 1000


def measure() -> list[Figure]:
    found = []
    with campus_on("SQLite") as campus:
        learner = campus.run("learners", "1")[0]
        campus.start()
        for name, path, session in (("front page", "/", ""), ("home", "/week/", learner["session"]),
                                    ("lecture", learner["lecture"], learner["session"])):  # fmt: skip
            visit = Visit(campus.port, session)
            visit.open(path)
            parts = visit.kilobytes(".css", ".js", ".woff2")
            each = ", ".join(f"{end} {visit.kilobytes(end):.0f}" for end in (".css", ".js", ".woff2"))
            found.append(show(Figure(f"{name}: CSS, JavaScript, fonts", parts, "kB", most=MOST_PARTS, note=each)))
            found.append(show(Figure(f"{name}: all, with the page", visit.kilobytes(), "kB",
                                     most=MOST_LECTURE if name == "lecture" else None)))  # fmt: skip
    keep("First paint", TEXT, found)
    return found
