"""Right, wrong or invalid, and what to say. Pure: a variant and what was given, nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from techamp.campus.practice.closeness import accepts, is_near, rounded_too_far
from techamp.campus.practice.quantities import read_number
from techamp.campus.practice.units import written
from techamp.campus.ui.numbers import exact_number
from techamp.contract.errors import InvalidInput

Verdict = Literal["right", "wrong", "invalid"]


@dataclass(frozen=True)
class Graded:
    """The verdict on one answer. ``parts`` has one for each number asked; ``faults`` a sentence for each invalid one.

    ``says``, ``next`` (HTML) and ``see`` come from the misconception or option that was found; blank where none was.
    A right answer has no ``next`` and nothing to ``see``: an option may be right in one variant and not in another.
    """

    verdict: Verdict
    misconception: str = ""
    says: str = ""
    next: str = ""
    see: str = ""
    parts: tuple[Verdict, ...] = ()
    faults: dict[str, str] = field(default_factory=dict)

    def as_plain(self) -> dict[str, Any]:
        """For the attempt's state."""
        return {**asdict(self), "parts": list(self.parts)}


def grade(realized: Mapping[str, Any], given: Sequence[str]) -> Graded:
    """Grade what was given: one text per number asked, or the key of an option, or the keys of an order."""
    if realized["kind"] == "choice":
        return _choice(realized, given)
    return _order(realized, given) if realized["kind"] == "order" else _numbers(realized, given)


def _choice(realized: Mapping[str, Any], given: Sequence[str]) -> Graded:
    chosen = next((o for o in realized["options"] if [o["key"]] == list(given)), None)
    if chosen is None:
        return Graded("invalid", faults={"0": _("Nothing is chosen yet. Choose one, then check.")})
    if chosen["right"]:
        return Graded("right", says=chosen["says"], parts=("right",))  # the next step is for who chose it wrongly
    return Graded("wrong", f"option-{chosen['key']}", chosen["says"], chosen["next"], chosen["see"], ("wrong",))


def _order(realized: Mapping[str, Any], given: Sequence[str]) -> Graded:
    wanted = [str(i) for i in range(len(realized["order"]))]
    if sorted(given) != sorted(wanted):
        return Graded("invalid", faults={"0": _("Two entries have the same place. Give each place once, then check.")})
    in_place = next((i for i, key in enumerate(given) if key != str(i)), len(wanted))
    if in_place == len(wanted):
        return Graded("right", parts=("right",))
    if not in_place:
        says = _("Another entry comes first.")
    else:
        says = ngettext(
            "The first entry is in its place. Look at what follows it.",
            "The first %(count)d entries are in their places. Look at what follows them.",
            in_place,
        ) % {"count": in_place}
    return Graded("wrong", says=says, parts=("wrong",))


def _numbers(realized: Mapping[str, Any], given: Sequence[str]) -> Graded:
    asks: Sequence[Mapping[str, Any]] = realized["asks"]
    texts = [*given, *[""] * (len(asks) - len(given))]
    read: list[float] = []
    faults: dict[str, str] = {}
    for index, (ask, text) in enumerate(zip(asks, texts, strict=False)):
        try:
            read.append(_read(realized, ask, text, ask["label"] or _field(index, len(asks))))
        except InvalidInput as error:
            faults[str(index)] = str(error)
    if faults:
        return Graded("invalid", faults=faults)
    parts: tuple[Verdict, ...] = tuple(
        "right" if accepts(ask, value) else "wrong" for ask, value in zip(asks, read, strict=True)
    )
    if "wrong" not in parts:
        return Graded("right", parts=parts)
    first = parts.index("wrong")
    caught = _mistake(realized, asks[first], read[first])
    if caught is None:
        return Graded("wrong", says=_slipped_unit(asks[first], read[first]), parts=parts)
    return Graded("wrong", caught["id"], caught["says"], caught["next"], caught["see"], parts)


def _read(realized: Mapping[str, Any], ask: Mapping[str, Any], text: str, field: str) -> float:
    """The number in the asked unit. The right one, rounded further than asked, is asked again, not marked wrong."""
    value, typed = read_number(text, ask["unit"], field)
    near = accepts(ask, value) or _mistake(realized, ask, value)
    if not near and rounded_too_far(value, typed, ask["value"], ask["decimals"]):
        rule = ngettext("must have %(count)d decimal", "must have %(count)d decimals", ask["decimals"])
        remedy = _("Round only the last result, and less.")
        raise InvalidInput(field, rule % {"count": ask["decimals"]}, text.strip(), remedy)
    return value


def _mistake(realized: Mapping[str, Any], ask: Mapping[str, Any], value: float) -> Mapping[str, Any] | None:
    """The known misconception that gives this number."""
    mistakes: Sequence[Mapping[str, Any]] = realized["mistakes"]
    for mistake in mistakes:
        if is_near(value, mistake["value"], ask["decimals"], ask["tolerance"]):
            return mistake
    return None


SLIPS = (*(10.0**n for n in range(-9, 10) if n), 60.0, 1 / 60, 3600.0, 1 / 3600, 25.4, 1 / 25.4)
"""What a number is off by when it is meant in another unit: powers of ten, minutes and hours, inches."""


def _slipped_unit(ask: Mapping[str, Any], value: float) -> str:
    """A sentence for a number that would be right in another unit; "" where that is not so, or could be luck."""
    if not ask["unit"] or not value or abs(ask["value"]) <= 5 * ask["tolerance"]:
        return ""
    if not any(is_near(value * slip, ask["value"], ask["decimals"], ask["tolerance"]) for slip in SLIPS):
        return ""
    said = _("What you wrote comes to %(number)s %(unit)s.") % {
        "number": exact_number(float(f"{value:.4g}")), "unit": written(ask["unit"])
    }  # fmt: skip
    return f"{said} " + _("It would fit in another unit, or with the decimal point elsewhere: check both.")


def _field(index: int, count: int) -> str:
    return _("Your answer") if count == 1 else _("Blank %(number)d") % {"number": index + 1}
