"""Numbers with units as people type them: ``12.5 mm``, ``0.0125 m``, ``1 1/2 in``, ``12,5 mm``, ``5 %``.

Nothing here runs what was typed: a number is matched by patterns, a unit is looked up in a list.
"""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass

from django.utils.translation import gettext as _

from techamp.campus.practice.units import convert, is_asked, is_unit, written
from techamp.contract.errors import InvalidInput

LONGEST = 60
CONVERTED = 9  # decimals of a number that was a fraction, a power of ten, or in another unit
_MINUS = str.maketrans("−–‒﹣－", "-----")
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
_RAISED_RUN = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺]+")
_ALIKE = {"\u2044": "/", "″": '"', "′": "'", "”": '"', "’": "'"}
_FRACTION = re.compile(r"([+-]?)\s*(?:([0-9]{1,9})(?:\s+|-))?([0-9]{1,9})\s*/\s*([0-9]{1,9})(?![0-9.,])")
_DECIMAL = re.compile(
    r"""([+-]?)\s*
    ([0-9][0-9.,]*(?:\ [0-9]{3}(?![0-9]))*(?:[.,][0-9]+)? | [.,][0-9]+)
    (?:\s*(?:[eE]|[x×*·]\s*10\s*(?:\^|\*\*)?\s*)([+-]?\s?[0-9]{1,2})(?![0-9]))?""",
    re.VERBOSE,
)
_MORE_NUMBERS = re.compile(r"(?!1\s*/\s*[A-Za-z])[0-9.,+-]|/\s*[0-9]")
_UNIT = re.compile(r"(?:1?\s*/\s*)?[A-Za-zµμΩ°%$€'\"(][A-Za-zµμΩ°%$€'\"/*^·()23. -]{0,23}")


@dataclass(frozen=True)
class Typed:
    """What was typed: the number, the decimals it was typed with, the unit ("" when left out)."""

    number: float
    decimals: int
    unit: str


def read_number(text: str, unit: str, field: str) -> tuple[float, int]:
    """(the number in ``unit``, decimals typed, or CONVERTED). InvalidInput says what to do."""
    typed = parse(text, unit, field)
    if not typed.unit or is_asked(typed.unit, unit):
        return typed.number, typed.decimals
    value = convert(typed.number, typed.unit, unit)
    if value is None:
        raise _invalid(field, _wrong_kind(unit) if is_unit(typed.unit) else _("must have a unit we know"), text, unit)
    return value, CONVERTED


def parse(text: str, unit: str, field: str) -> Typed:
    """Number and unit as typed; ``unit`` (the asked one) only words the remedy."""
    if len(text) > LONGEST:
        rule = _("must be at most %(longest)d characters") % {"longest": LONGEST}
        raise _invalid(field, rule, text[:20] + "…", unit)
    clean = _cleaned(text)
    if not clean:
        raise _invalid(field, _("nothing is written yet"), "", unit)
    money, clean = ("$", clean[1:].lstrip()) if clean.startswith("$") else ("", clean)
    number, decimals, rest = _number(clean, text, unit, field)
    rest = rest.strip()
    if _MORE_NUMBERS.match(rest):
        raise _invalid(field, _("must be one number"), text, unit)
    if rest and not _UNIT.fullmatch(rest):
        raise _invalid(field, _("must be a number and its unit, and nothing else"), text, unit)
    return Typed(number, decimals, rest or money)


def _cleaned(text: str) -> str:
    """Plain spaces, ASCII minus, fractions as n/d, powers as ^n; what cannot be seen is dropped."""
    plain = "".join(_plain(char) for char in text).translate(_MINUS)
    plain = _RAISED_RUN.sub(lambda run: "^" + run[0].translate(_RAISED), plain)
    return re.sub(r" +", " ", plain).strip().removeprefix("=").lstrip()


def _plain(char: str) -> str:
    if char.isspace():
        return " "
    kind = unicodedata.decomposition(char).partition(" ")[0]
    if kind == "<fraction>":
        return " " + unicodedata.normalize("NFKC", char).replace("\u2044", "/")
    if kind in {"<wide>", "<narrow>"}:
        return unicodedata.normalize("NFKC", char)
    return "" if unicodedata.category(char) in {"Cf", "Cc"} else _ALIKE.get(char, char)


def _number(clean: str, text: str, unit: str, field: str) -> tuple[float, int, str]:
    """(number, decimals, the rest of the text)."""
    if fraction := _FRACTION.match(clean):
        sign, whole, over, under = fraction.groups()
        if int(under) == 0:
            raise _invalid(field, _("must not divide by zero"), text, unit)
        value = int(whole or 0) + int(over) / int(under)
        return (-value if sign == "-" else value), CONVERTED, clean[fraction.end() :]
    found = _DECIMAL.match(clean)
    if not found:
        raise _invalid(field, _("must be a number"), text, unit)
    sign, digits, power = found.groups()
    plain = _decimal_point(digits.replace(" ", ""), text, unit, field)
    value = float(f"{sign}{plain}e{(power or '0').replace(' ', '')}")
    if not math.isfinite(value):
        raise _invalid(field, _("must be a number"), text, unit)
    return value, (CONVERTED if power else len(plain.partition(".")[2])), clean[found.end() :]


def _decimal_point(digits: str, text: str, unit: str, field: str) -> str:
    """``12,5`` → 12.5; ``1,234.5`` and ``1.234,5`` → 1234.5; ``12,500`` could be either, so it is asked again."""
    last = max(".,", key=digits.rfind)
    whole, _mark, part = digits.rpartition(last)
    if "." in digits and "," in digits:
        other = "," if last == "." else "."
        if last in whole or not _is_grouped(whole, other):
            raise _invalid(field, _("must have one decimal point"), text, unit)
        return f"{whole.replace(other, '')}.{part}"
    if digits.count(last) > 1:
        if not _is_grouped(digits, last):
            raise _invalid(field, _("must have one decimal point"), text, unit)
        return digits.replace(last, "")
    if last == "," and re.fullmatch(r"[1-9][0-9]{0,2},[0-9]{3}", digits):
        choices = {"thousands": whole + part, "decimal": f"{float(f'{whole}.{part}'):g}"}
        remedy = _("Write %(thousands)s or %(decimal)s.") % choices
        raise InvalidInput(field, _("can be read in two ways"), text.strip(), remedy)
    return digits.replace(",", ".")


def _is_grouped(digits: str, mark: str) -> bool:
    return re.fullmatch(rf"[0-9]{{1,3}}(?:{re.escape(mark)}[0-9]{{3}})+", digits) is not None


def _invalid(field: str, rule: str, text: str, unit: str) -> InvalidInput:
    if not unit:
        return InvalidInput(field, rule, text.strip(), _("Write a number such as 12.5, 0.8 or 3/4."))
    remedy = _("Write a number with its unit, such as 12.5 %(unit)s. Without a unit it is read as %(unit)s.")
    return InvalidInput(field, rule, text.strip(), remedy % {"unit": written(unit)})


def _wrong_kind(unit: str) -> str:
    if not unit:
        return _("must be a number without a unit")
    return _("must have the unit %(unit)s or another of its kind") % {"unit": written(unit)}
