"""From an item and a seed to what a learner sees: plain data with prompt, accepted answers, tolerance and feedback.

It is stored with the attempt, so that the attempt can be shown again exactly as it was, whatever becomes of the item.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from techamp.campus.practice.closeness import accepts, is_near, rounded
from techamp.campus.practice.draw import Draw, decimals_of, drawn
from techamp.campus.practice.expressions import ItemError, evaluate, is_finite, number, plain, subject
from techamp.campus.practice.figures import chart_of
from techamp.campus.practice.files import Source, generated
from techamp.campus.practice.schema import Ask, Percent
from techamp.campus.practice.wording import Words

REDRAWS = 40  # a variant in which a known wrong answer happens to be right is drawn again, this often at most
FORM = 1  # of the stored data; raise it when the meaning of a key changes


def realize(source: Source, seed: int) -> dict[str, Any]:
    """The variant of an item for a seed. ItemError says what in the item keeps it from being put to a learner."""
    variant = _Variant(source, seed, 0)
    for again in range(1, REDRAWS):
        if not variant.clashes or not _varies(source):
            break
        variant = _Variant(source, seed, again)
    return variant.realized()


def realize_with(source: Source, seed: int, again: int, values: Mapping[str, Any]) -> dict[str, Any]:
    """The variant of an item, perhaps mended since, for values that were drawn once; ItemError if one was not drawn."""
    return _Variant(source, seed, again, values).realized()


def _varies(source: Source) -> bool:
    return bool(source.item.vary or source.generate)


class _Variant:
    """One draw of an item's values; ``held`` ones are taken instead of drawn."""

    def __init__(self, source: Source, seed: int, again: int, held: Mapping[str, Any] | None = None) -> None:
        self.source, self.item, self.seed, self.again, self.held = source, source.item, seed, again, held
        self.decimals: dict[str, int] = {}
        self.values = self._drawn()
        self.names = {**{name: subject(name) for name in self.item.use}, **self.values}
        self._derive()
        self.asks = [self._ask(ask, f"answer.{i}") for i, ask in enumerate(self.item.asks)]
        self.mistakes = self._mistakes()
        self.clashes = clashing(self.asks, self.mistakes)

    def _drawn(self) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for name, declared in self.item.vary.items():
            values[name], self.decimals[name] = drawn(name, declared, self.seed, self.again)
            if self.held is not None:
                values[name] = self._held(name)
        if self.source.generate:
            made = plain_values(generated(self.source, Draw(self.seed, "generate", self.again)))
            values.update(made)
            self.decimals.update({name: _own_decimals(v) for name, v in made.items() if isinstance(v, float | list)})
        return values

    def _held(self, name: str) -> Any:
        if self.held is None or name not in self.held:
            raise ItemError(f"vary.{name}", "is new; it was not drawn when the item was put.", "")
        return self.held[name]

    def _derive(self) -> None:
        for name, derived in self.item.derive.items():
            where = f"derive.{name}"
            value = evaluate(derived.expression, self.names, where)
            if not is_finite(value):
                raise ItemError(where, f"{derived.expression!r} gives {value}.", "Narrow the values it follows from.")
            if derived.decimals is not None:
                value, self.decimals[name] = _rounded(value, derived.decimals), derived.decimals
            self.names[name] = value
            if _is_plain(value):
                self.values[name] = value
        for ask in [*self.item.asks, *([self.item.answer] if self.item.answer else [])]:
            self.decimals.setdefault(ask.expression.strip(), ask.decimals)

    def _ask(self, ask: Ask, where: str) -> dict[str, Any]:
        value = number(ask.expression, self.names, where)
        percent = ask.tolerance.percent if isinstance(ask.tolerance, Percent) else 0.0
        tolerance = abs(value) * percent / 100 if isinstance(ask.tolerance, Percent) else ask.tolerance
        return {
            "value": value, "unit": ask.unit, "decimals": ask.decimals, "tolerance": tolerance, "percent": percent,
            "label": ask.label,
        }  # fmt: skip

    def _mistakes(self) -> list[dict[str, Any]]:
        """The known wrong numbers that this variant has."""
        found = []
        for index, m in enumerate(self.item.misconceptions if self.asks else []):
            where = f"misconceptions.{index}.is"
            if evaluate(m.expression, self.names, where) is not None:
                found.append({"id": m.id, "value": float(number(m.expression, self.names, where)), "index": index})
        return found

    def realized(self) -> dict[str, Any]:
        """Plain data. What clashes even after all redraws is left out, and named, so that the check finds it."""
        item, words = self.item, Words(self.names, self.decimals)
        return {
            "form": FORM, "item": item.id, "title": item.title, "skill": item.skill, "stage": item.stage,
            "kind": item.kind, "seed": self.seed, "again": self.again, "content": self.source.content,
            "values": self.values,
            "prompt": words.block(item.prompt, "prompt"),
            "figure": chart_of(item.figure, self.names, words).model_dump(mode="json") if item.figure else None,
            "steps": self._steps(words),
            "asks": self.asks,
            "options": self._options(words),
            "order": self._order(words),
            "mistakes": [self._told(m, words) for m in self.mistakes if m["id"] not in self.clashes],
            "dropped": sorted(self.clashes),
            "hint": words.block(item.hint, "hint"),
            "solution": words.block(item.solution, "solution"),
        }  # fmt: skip

    def _told(self, mistake: dict[str, Any], words: Words) -> dict[str, Any]:
        m, where = self.item.misconceptions[mistake["index"]], f"misconceptions.{mistake['index']}"
        says, then = words.line(m.says, f"{where}.says"), words.line(m.next, f"{where}.next")
        return {"id": m.id, "value": mistake["value"], "says": says, "next": then, "see": m.see}

    def _steps(self, words: Words) -> list[dict[str, Any]]:
        """Text and, where a step has a number, the number; a blank one points to its ask."""
        steps, blank = [], 0
        for index, step in enumerate(self.item.steps):
            where = f"steps.{index}"
            made: dict[str, Any] = {"text": words.block(step.text, f"{where}.text"), "ask": None, "number": None}
            if step.blank and self.item.stage == "faded":
                made["ask"], blank = blank, blank + 1
            elif step.ask:
                made["number"] = self._ask(step.ask, f"{where}.ask")
            steps.append(made)
        return steps

    def _options(self, words: Words) -> list[dict[str, Any]]:
        offered: list[dict[str, Any]] = []
        for index, o in enumerate(self.item.options):
            where = f"options.{index}"
            if evaluate(o.when, self.names, f"{where}.when"):
                right = bool(evaluate(o.right, self.names, f"{where}.right"))
                texts = {"text": o.text, "says": o.says, "next": o.next}
                told = {name: words.line(text, f"{where}.{name}") for name, text in texts.items()}
                offered.append({"index": index, "right": right, **told, "see": o.see})
        if offered and sum(o["right"] for o in offered) != 1:
            count = sum(o["right"] for o in offered)
            raise ItemError("options", f"{count} of the options offered are right.", "Make exactly one right.")
        # The key is the place on the page: the author's order would tell the right one to who reads the page's source.
        shown = Draw(self.seed, "options", self.again).shuffled(offered)
        return [{"key": str(place), **option} for place, option in enumerate(shown)]

    def _order(self, words: Words) -> list[dict[str, Any]]:
        """The entries as shown; ``key`` is the place where an entry belongs, from 0."""
        keys = list(range(len(self.item.order)))
        rng = Draw(self.seed, "order", self.again)
        mixed = next((m for m in (rng.shuffled(keys) for _try in range(50)) if m != keys), keys[::-1])
        return [{"key": str(k), "text": words.line(self.item.order[k], f"order.{k}")} for k in mixed] if keys else []


def clashing(asks: Sequence[dict[str, Any]], mistakes: Sequence[dict[str, Any]]) -> set[str]:
    """Ids of known wrong numbers that would be graded right, or taken for another one that stands before them."""
    if not asks:
        return set()
    last, found = asks[-1], set[str]()
    for index, mistake in enumerate(mistakes):
        forms = (mistake["value"], rounded(mistake["value"], last["decimals"]))
        if any(accepts(last, form) for form in forms):
            found.add(mistake["id"])
        for other in mistakes[:index]:
            if any(is_near(form, other["value"], last["decimals"], last["tolerance"]) for form in forms):
                found.add(mistake["id"])
    return found


def plain_values(values: dict[str, Any]) -> dict[str, Any]:
    """A generator's values as JSON can hold them; ItemError for what it cannot."""
    made = {name: plain(value) for name, value in values.items()}
    for name, value in made.items():
        if not _is_plain(value) or not is_finite(value):
            raise ItemError("generate", f"gives {name} = {value!r}.", "Give finite numbers, words, or lists of them.")
    return made


def _is_plain(value: Any) -> bool:
    if isinstance(value, list):
        return all(_is_plain(v) for v in value)
    if isinstance(value, dict):
        return all(isinstance(k, str) and _is_plain(v) for k, v in value.items())
    return value is None or isinstance(value, str | int | float | bool)


def _own_decimals(value: Any) -> int:
    return decimals_of(*value) if isinstance(value, list) else decimals_of(value)


def _rounded(value: Any, decimals: int) -> Any:
    """A number, or each number of a list, as shown."""
    if isinstance(value, list):
        return [_rounded(v, decimals) for v in value]
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    return rounded(float(value), decimals) if decimals else int(rounded(float(value), 0))
