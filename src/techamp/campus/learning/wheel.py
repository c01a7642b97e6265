"""The wheel: hub of four, six spokes. The program's emblem and its map; the same as the list beside it."""

from __future__ import annotations

import math
from dataclasses import dataclass

from django.urls import reverse

from techamp.campus.learning.progress import Progress
from techamp.campus.program.curriculum import curriculum

HUB_RADIUS, SPOKE_RADIUS, SPOKE_AT = 104, 36, 172


@dataclass(frozen=True)
class Part:
    """One subject on the wheel: where it is drawn and what is written on it."""

    id: str
    name: str
    url: str
    css: str
    state: str
    lines: tuple[tuple[str, float], ...]  # (text, y)
    x: float
    y: float
    path: str = ""  # hub quadrant
    spoke: str = ""  # the line from the hub
    note: str = ""

    @property
    def code(self) -> str:
        """Two letters for a drawing too small for names: PC, MS, Le …"""
        words = self.id.split("_")
        return (words[0][0] + words[1][0]).upper() if len(words) > 1 else self.id[:2].capitalize()

    @property
    def label(self) -> str:
        """What is read aloud: all that is written on it at any size, in order, so that speech finds it too."""
        drawn = " ".join(text for text, _y in self.lines)
        return f"{self.code} {drawn}, {self.note}" if self.note else f"{self.code} {drawn}"


def wheel_of(spokes: list[str], progress: Progress | None = None) -> dict[str, list[Part]]:
    """Hub and spokes with their states; ``spokes`` are the learner's own."""
    lessons = curriculum()
    hub = [_hub_part(i, name, progress) for i, name in enumerate(lessons.program.hub)]
    count = len(lessons.program.spokes)
    out = [_spoke_part(i, count, name, name in spokes, progress) for i, name in enumerate(lessons.program.spokes)]
    return {"hub": hub, "spokes": out}


def _state(subject: str, progress: Progress | None) -> str:
    if progress is None:
        return ""
    states = {progress.module_state(m) for m in curriculum().modules.values() if m.subject == subject}
    return "begun" if states & {"begun", "done"} else ""


def _hub_part(i: int, name: str, progress: Progress | None) -> Part:
    r, sx, sy = HUB_RADIUS, *((1, -1), (1, 1), (-1, 1), (-1, -1))[i]
    sweep = 1 if sx * sy < 0 else 0
    path = f"M0 0V{sy * r}A{r} {r} 0 0 {sweep} {sx * r} 0Z"
    x, y = sx * 51, sy * 42
    state = _state(name, progress)
    return Part(name, curriculum().subjects[name].name, _url(name), state, state, _lines(name, y, 2), x, y, path)


def _spoke_part(i: int, count: int, name: str, own: bool, progress: Progress | None) -> Part:
    angle = 2 * math.pi * i / count
    x, y = SPOKE_AT * math.sin(angle), -SPOKE_AT * math.cos(angle)
    ux, uy = math.sin(angle), -math.cos(angle)
    tip = SPOKE_AT - SPOKE_RADIUS
    line = f"M{HUB_RADIUS * ux:.1f} {HUB_RADIUS * uy:.1f}L{tip * ux:.1f} {tip * uy:.1f}"
    subject = curriculum().subjects[name]
    month = min((m.months[0] for m in subject.modules), default=0)
    state = _state(name, progress)
    label_y = y + SPOKE_RADIUS + 18 if y > 0 or abs(y) < 1 else y - SPOKE_RADIUS - 8
    css = " ".join(filter(None, [state, "yours" if own else ""]))
    return Part(
        name,
        subject.name,
        _url(name),
        css,
        state,
        _lines(name, label_y, 1),
        x,
        y,
        "",
        line,
        "yours" if own else f"month {month}",
    )


def _url(subject: str) -> str:
    return reverse("program:subject", args=[subject])


def _lines(name: str, y: float, most: int) -> tuple[tuple[str, float], ...]:
    """A short name in at most ``most`` lines, centered on y."""
    words = _short(name).split(" ")
    lines = [" ".join(words)] if most == 1 or len(words) == 1 else [words[0], " ".join(words[1:])]
    first = y - 8 * (len(lines) - 1) + 4
    return tuple((line, first + 16 * i) for i, line in enumerate(lines))


def _short(name: str) -> str:
    """The folder's name in words: short enough for the wheel, and the same everywhere."""
    return name.replace("_", " ").capitalize()
