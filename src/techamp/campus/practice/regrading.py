"""One counted answer graded again by the item as it is now. Pure: nothing is read from or written to the database.

What decides is what she saw and what she gave:

- The values that were drawn for her are kept; answer, tolerance and known mistakes are worked out from them anew. What
  a generator makes is made again from the stored seed.
- Every value that the text shows must still be the one that she was shown. If one is another, her answer belongs to
  another question and cannot be compared.
- A number without a unit means the unit that stood beside the box then. She need not have typed more decimals than
  she was asked for then.
- A choice or an entry is found again by its words; one that was reworded where it stands, by its place.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from textwrap import shorten
from typing import Any

from techamp.campus.practice.expressions import ItemError
from techamp.campus.practice.files import Source
from techamp.campus.practice.grading import Graded, grade
from techamp.campus.practice.quantities import parse
from techamp.campus.practice.schema import Item
from techamp.campus.practice.variants import realize_with
from techamp.contract.errors import InvalidInput

_FIELD = re.compile(r"\{\{(.+?)\}\}")


class NotComparable(ValueError):
    """Her answer belongs to another question than the item now asks."""


@dataclass(frozen=True)
class Regraded:
    """What the mended item says to an answer."""

    verdict: str  # right or wrong
    parts: tuple[str, ...]


def regraded(source: Source, realized: Mapping[str, Any], given: Sequence[str]) -> Regraded:
    """Grade a stored answer to a stored variant by the item as it is now. NotComparable says why it cannot be."""
    try:
        now = realize_with(source, realized["seed"], realized["again"], realized["values"])
    except ItemError as error:
        raise NotComparable(str(error)) from None
    if now["kind"] != realized["kind"]:
        raise NotComparable(f"It is a {now['kind']} item now; it was a {realized['kind']} item.")
    _require_same_values(source.item, realized["values"], now["values"])
    graded = _graded(realized, now, given)
    if graded.verdict == "invalid":
        raise NotComparable(" ".join(graded.faults.values()))
    return Regraded(graded.verdict, tuple(graded.parts))


def _graded(then: Mapping[str, Any], now: dict[str, Any], given: Sequence[str]) -> Graded:
    if now["kind"] == "choice":
        return grade(now, [_moved(key, then["options"], now["options"]) for key in given])
    if now["kind"] == "order":
        return grade(now, [_moved(key, then["order"], now["order"]) for key in given])
    return _numbers(then, now, given)


def _numbers(then: Mapping[str, Any], now: dict[str, Any], given: Sequence[str]) -> Graded:
    asked, asks = then["asks"], now["asks"]
    if len(asked) != len(asks):
        raise NotComparable(f"It asks for {len(asks)} numbers now; it asked for {len(asked)}.")
    pairs = list(zip(asked, asks, strict=True))
    form = [{**new, "decimals": min(old["decimals"], new["decimals"])} for old, new in pairs]
    texts = [_with_unit(text, old["unit"], new["unit"]) for text, (old, new) in zip(given, pairs, strict=False)]
    return grade({**now, "asks": form}, texts)


def _with_unit(text: str, then: str, now: str) -> str:
    """A number with the unit that was meant, where another one stands beside the box now."""
    if then == now or not then:
        return text
    try:
        return text if parse(text, then, "").unit else f"{text} {then}"
    except InvalidInput:
        return text


def _moved(key: str, then: Sequence[Mapping[str, Any]], now: Sequence[Mapping[str, Any]]) -> str:
    """The key that an option or an entry has now."""
    text = next((o["text"] for o in then if o["key"] == key), None)
    same = [o["key"] for o in now if o["text"] == text]
    if len(same) == 1:
        return str(same[0])
    known = {o["text"] for o in then}
    if any(o["key"] == key and o["text"] not in known for o in now):
        return key
    raise NotComparable("What she chose is not offered any more.")


def _require_same_values(item: Item, then: Mapping[str, Any], now: Mapping[str, Any]) -> None:
    for name in sorted(_shown_names(item) & then.keys() & now.keys()):
        if then[name] != now[name]:
            was, is_ = (shorten(str(value), 40, placeholder=" …") for value in (then[name], now[name]))
            raise NotComparable(f"She was shown another number: {name} was {was} and is {is_} now.")


def _shown_names(item: Item) -> set[str]:
    """Names in what a learner reads before she answers."""
    texts = [item.prompt, *(s.text for s in item.steps), *(o.text for o in item.options), *item.order]
    read = [field for text in texts for field in _FIELD.findall(text)]
    if item.figure:
        drawn = [item.figure.y, item.figure.x, item.figure.x_names]
        read += [*drawn, *(line.value for line in item.figure.lines), *(mark.x for mark in item.figure.marks)]
    return {name for text in read for name in re.findall(r"[A-Za-z_][A-Za-z0-9_]*", text)}
