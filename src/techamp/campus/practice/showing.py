"""An attempt as a page shows it: the item as it was put, what was typed, the verdict, and what to do next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from techamp.campus.learning.models import Attempt
from techamp.campus.practice.closeness import rounded
from techamp.campus.practice.places import code_of
from techamp.campus.practice.units import kin, written
from techamp.campus.practice.wording import shown
from techamp.campus.program.curriculum import curriculum
from techamp.campus.program.schema import Activity
from techamp.campus.ui.numbers import plain_number
from techamp.contract import Chart


@dataclass(frozen=True)
class Box:
    """One box for a number; ``answer_label`` stands before the right one."""

    index: int
    label: str
    answer_label: str
    unit: str
    statement: str
    typed: str
    fault: str
    verdict: str
    right: str
    exact: str


@dataclass(frozen=True)
class Shown:
    """An attempt for the templates. HTML in it was made by our own Markdown, from the curriculum, when it was drawn."""

    attempt: Attempt

    @property
    def realized(self) -> dict[str, Any]:
        """The stored item."""
        return self.attempt.realized

    @property
    def stage(self) -> str:
        """worked, faded or alone."""
        return str(self.realized["stage"])

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer."""
        return self.attempt.finished is None and self.stage != "worked"

    @property
    def prompt(self) -> SafeString:
        """The prompt."""
        return _html(self.realized["prompt"])

    @property
    def chart(self) -> Chart | None:
        """The figure above the prompt."""
        return Chart.model_validate(self.realized["figure"]) if self.realized["figure"] else None

    @property
    def hint(self) -> SafeString:
        """The hint."""
        return _html(self.realized["hint"])

    @property
    def hint_read(self) -> bool:
        """Whether she asked for it."""
        return bool(self.attempt.state.get("hints"))

    @property
    def solution(self) -> SafeString:
        """How it is worked, with this variant's numbers."""
        return _html(self.realized["solution"])

    @property
    def answers(self) -> list[dict[str, Any]]:
        """All answers given, with when and verdict."""
        return list(self.attempt.state.get("answers", []))

    @cached_property
    def last(self) -> dict[str, Any]:
        """The last answer; empty when there is none."""
        return self.answers[-1] if self.answers else {}

    @cached_property
    def given(self) -> list[str]:
        """What stands in the boxes: a draft kept with the hint, else the last answer."""
        return list(self.attempt.state.get("draft") or self.last.get("text", []))

    @property
    def faults(self) -> dict[str, str]:
        """Sentences for what could not be read, while it waits for an answer."""
        return self.last.get("faults", {}) if self.is_open else {}

    @property
    def first_fault(self) -> str:
        """The fault of a choice or an order."""
        return self.faults.get("0", "")

    @property
    def verdict(self) -> str:
        """right or wrong once it counts, else ""."""
        return self.attempt.result if self.attempt.result in {"right", "wrong"} else ""

    @property
    def regraded(self) -> dict[str, Any]:
        """The newest note of a regrade: what it was, what it is, why, when; empty when there is none."""
        notes = self.attempt.state.get("regrades", [])
        return {**notes[-1], "at": datetime.fromisoformat(notes[-1]["at"])} if notes else {}

    @property
    def _told(self) -> dict[str, Any]:
        """What was said to the last answer; nothing where a regrade has overtaken it."""
        return {} if self.regraded else self.last

    @property
    def is_caught(self) -> bool:
        """Whether a known mistake was found, so that its own next step is shown instead of the hint."""
        return bool(self._told.get("misconception"))

    @property
    def says(self) -> SafeString:
        """What is said to this answer."""
        return _html(self._told.get("says", ""))

    @property
    def then(self) -> SafeString:
        """Its next step; none after a right answer, also where an older verdict kept one."""
        return _html("" if self.verdict == "right" else self._told.get("next", ""))

    @property
    def see(self) -> str:
        """The address of what to look at again, in the same module; "" where there is none (any more), or no need."""
        heading = str(self._told.get("see", "")).partition("#")[2]
        if self._see is None or self.verdict == "right":
            return ""
        return reverse("learning:activity", args=self._see.place.split("/")) + (f"#{heading}" if heading else "")

    @property
    def see_title(self) -> str:
        """The title of what to look at again."""
        return self._see.title if self._see else ""

    @cached_property
    def _see(self) -> Activity | None:
        module = self.attempt.place.rpartition("/")[0]
        return curriculum().activities.get(f"{module}/{str(self.last.get('see', '')).partition('#')[0]}")

    @property
    def variant(self) -> str:
        """The variant's number, short enough to read out over the phone."""
        return f"{self.attempt.seed:x}"[-6:].upper()

    @property
    def history(self) -> list[dict[str, Any]]:
        """Each answer as a line: what was typed or chosen, when, verdict, fault."""
        return [
            {
                "text": " · ".join(self._named(t) for t in a["text"]) or _("(empty)"),
                "at": datetime.fromisoformat(a["at"]),
                "verdict": a["verdict"],
                "misconception": a["misconception"],
                "fault": " ".join(a["faults"].values()),
            }
            for a in self.answers
        ]

    def _named(self, given: str) -> str:
        """A key of an option or an entry as its words; a number as typed."""
        known = {o["key"]: o["text"] for o in (*self.realized["options"], *self.realized["order"])}
        return strip_tags(known.get(given, given)) or _("(empty)")

    @property
    def boxes(self) -> list[Box]:
        """The boxes for numbers."""
        return [self._box(i, ask) for i, ask in enumerate(self.realized["asks"])]

    def _box(self, index: int, ask: dict[str, Any]) -> Box:
        parts, count = self.regraded.get("parts") or self.last.get("parts", []), len(self.realized["asks"])
        blank = ask["label"] or ("" if count == 1 else _("Blank %(number)d") % {"number": index + 1})
        right = _with_unit(plain_number(rounded(ask["value"], ask["decimals"]), ask["decimals"]), ask["unit"])
        typed = self.given[index] if index < len(self.given) else ""
        verdict = parts[index] if self.attempt.finished and index < len(parts) else ""
        is_exact = float(ask["value"]) == rounded(ask["value"], ask["decimals"])
        exact = "" if is_exact else _with_unit(shown(float(ask["value"])), ask["unit"])
        return Box(
            index, blank or _("Your answer"), blank or _("The answer"), written(ask["unit"]), statement(ask), typed,
            self.faults.get(str(index), ""), verdict, right, exact if exact != right else "",
        )  # fmt: skip

    @property
    def steps(self) -> list[dict[str, Any]]:
        """The steps, each with its number or its box."""
        boxes = self.boxes
        return [
            {
                "text": _html(s["text"]),
                "box": boxes[s["ask"]] if s["ask"] is not None else None,
                "number": _number_of(s["number"]) if s["number"] else "",
            }
            for s in self.realized["steps"]
        ]

    @property
    def loose_boxes(self) -> list[Box]:
        """Boxes that stand below the steps."""
        inside = {s["ask"] for s in self.realized["steps"]}
        return [box for box in self.boxes if box.index not in inside]

    @property
    def options(self) -> list[dict[str, Any]]:
        """The options as shuffled, with what was chosen and, once it counts, which one is right."""
        over = bool(self.attempt.finished)
        return [
            {
                "key": o["key"],
                "text": _html(o["text"]),
                "chosen": [o["key"]] == self.given,
                "right": over and o["right"],
            }
            for o in self.realized["options"]
        ]

    @property
    def order(self) -> list[dict[str, Any]]:
        """The entries: as arranged by her, else as shuffled; each with its place."""
        texts = {o["key"]: o["text"] for o in self.realized["order"]}
        keys = [o["key"] for o in self.realized["order"]]
        if sorted(self.given) == sorted(keys):
            keys = self.given
        over = bool(self.attempt.finished)
        return [
            {"code": code_of(self.attempt.pk, k), "text": _html(texts[k]), "place": i, "fits": over and k == str(i - 1)}
            for i, k in enumerate(keys, 1)
        ]

    @property
    def right_order(self) -> list[SafeString]:
        """The entries in the right order."""
        return [_html(o["text"]) for o in sorted(self.realized["order"], key=lambda o: int(o["key"]))]


def statement(ask: dict[str, Any]) -> str:
    """What will be accepted, said before she answers."""
    unit, decimals = ask["unit"], ask["decimals"]
    if decimals:
        form = ngettext("%(count)d decimal", "%(count)d decimals", decimals) % {"count": decimals}
    else:
        form = _("A whole number")
    if ask["percent"]:
        form += "; " + _("%(percent)s %% to either side is accepted") % {"percent": shown(ask["percent"])}
    elif ask["tolerance"]:
        form += "; " + _("±%(room)s is accepted") % {"room": _with_unit(shown(float(ask["tolerance"])), unit)}
    form += "."
    others = [u for u in kin(unit) if not u.startswith("deg")][:2] if unit else []
    if others:
        form += " " + _("You may write %(units)s instead.") % {"units": _(" or ").join(others)}
    if unit:
        form += " " + _("Without a unit it is read as %(unit)s.") % {"unit": written(unit)}
    return form


def _with_unit(number: str, unit: str) -> str:
    return f"{number}\u00a0{written(unit)}" if unit else number


def _number_of(ask: dict[str, Any]) -> str:
    return _with_unit(plain_number(rounded(ask["value"], ask["decimals"]), ask["decimals"]), ask["unit"])


def _html(text: str) -> SafeString:
    """HTML that was rendered and cleaned when the variant was drawn."""
    return mark_safe(text)
