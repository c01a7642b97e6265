"""Fields of a model: each declared once, with its reader, rule and help; reading and writing follow from it.

A reader turns a plain value (from JSON, YAML or a form) into the field's value. What it cannot read it notes as a fault
and goes on, so that one reading finds everything that is wrong.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, dataclass, field, fields
from typing import Any, Protocol, TypeVar

from techamp.contract.errors import Fault
from techamp.subjects.manufacturing_systems.faults import is_number
from techamp.subjects.manufacturing_systems.model.distribution_text import (
    parse_distribution,
    said,
    write_distribution,
)
from techamp.subjects.manufacturing_systems.model.distributions import Distribution
from techamp.subjects.manufacturing_systems.model.time_units import duration, write_duration

T = TypeVar("T")
UNREAD: Any = object()
"""What a reader returns after it noted a fault."""
MOST_NAMED_FAULTS = 200
LONGEST_NAME = 80


@dataclass
class Reading:
    """One pass over a file: the unit of time, and the faults so far."""

    unit: str
    faults: list[Fault]

    def fault(self, path: str, rule: str, value: object, remedy: str) -> Any:
        if len(self.faults) < MOST_NAMED_FAULTS:
            self.faults.append(Fault(path, rule, said(value), remedy))
        return UNREAD


class Form(Protocol):
    """How one kind of value is read and written."""

    def read(self, raw: Any, path: str, reading: Reading) -> Any: ...

    def write(self, value: Any, unit: str) -> Any: ...


@dataclass(frozen=True)
class Number:
    """A finite number from ``low`` to ``high``; ``whole`` for counts; ``none`` allows null, which means no limit."""

    low: float
    high: float
    whole: bool = False
    none: bool = False

    def read(self, raw: Any, path: str, reading: Reading) -> Any:
        if raw is None and self.none:
            return None
        value = _plain_number(raw)
        if value is None or not self.low <= value <= self.high or (self.whole and value != int(value)):
            kind = "a whole number" if self.whole else "a number"
            rule = f"must be {kind} from {self.low:,g} to {self.high:,.15g}" + (", or null for no limit" * self.none)
            return reading.fault(path, rule, raw, "Enter such a number.")
        return int(value) if self.whole else value

    def write(self, value: Any, unit: str) -> Any:
        return value


def _plain_number(raw: Any) -> float | None:
    """A number, or text that is one ("2 %" is 0.02); None for anything else, NaN and infinity included."""
    if isinstance(raw, str):
        text = raw.strip().replace("−", "-")
        percent = text.endswith("%")
        try:
            raw = float(text.rstrip("% ")) / (100 if percent else 1)
        except ValueError:
            return None
    return float(raw) if is_number(raw) else None


@dataclass(frozen=True)
class Time:
    """A duration of ``low`` or more; ``positive`` excludes 0; ``none`` allows null."""

    positive: bool = False
    none: bool = False

    def read(self, raw: Any, path: str, reading: Reading) -> Any:
        if raw is None and self.none:
            return None
        try:
            value = duration(raw, reading.unit)
        except ValueError:
            return reading.fault(path, "must be a time", raw, 'Write a number with its unit, such as "12 min".')
        if not is_number(value) or value < 0 or (self.positive and value == 0):
            rule = "must be a time above 0" if self.positive else "must be a time of 0 or more"
            return reading.fault(path, rule, raw, "No time is less than 0.")
        return value

    def write(self, value: Any, unit: str) -> Any:
        return None if value is None else write_duration(value, unit)


@dataclass(frozen=True)
class Times:
    """A distribution of times; ``none`` allows null."""

    none: bool = False

    def read(self, raw: Any, path: str, reading: Reading) -> Any:
        if raw is None and self.none:
            return None
        found = parse_distribution(raw, path, reading.unit)
        if isinstance(found, Distribution):
            return found
        for fault in found:
            reading.fault(fault.field, fault.rule, fault.value, fault.remedy)
        return UNREAD

    def write(self, value: Any, unit: str) -> Any:
        return None if value is None else write_distribution(value, unit)


@dataclass(frozen=True)
class Name:
    """The name of a thing, or of another thing that it points to."""

    none: bool = False

    def read(self, raw: Any, path: str, reading: Reading) -> Any:
        if raw is None and self.none:
            return None
        text = str(raw) if isinstance(raw, (int, float)) and not isinstance(raw, bool) else raw
        if not isinstance(text, str) or not text.strip() or len(text) > LONGEST_NAME or not text.isprintable():
            rule = f"must be a name of 1 to {LONGEST_NAME} characters"
            return reading.fault(path, rule, raw, "Enter a short name in one line.")
        return text.strip()

    def write(self, value: Any, unit: str) -> Any:
        return value


@dataclass(frozen=True)
class OneOf:
    """One of a few words."""

    words: tuple[str, ...]

    def read(self, raw: Any, path: str, reading: Reading) -> Any:
        if isinstance(raw, str) and raw.strip().lower() in self.words:
            return raw.strip().lower()
        close = difflib.get_close_matches(str(raw)[:40].lower(), self.words, 1)
        remedy = f"Did you mean {close[0]}?" if close else "Take one of these words."
        return reading.fault(path, f"must be one of {', '.join(self.words)}", raw, remedy)

    def write(self, value: Any, unit: str) -> Any:
        return value


@dataclass(frozen=True)
class Listed:
    """A list of ``item``, at most ``most`` long; a single value stands for a list of one. Held as a tuple."""

    item: Form
    most: int = 1000

    def read(self, raw: Any, path: str, reading: Reading) -> Any:
        if raw is None:
            return ()
        entries = raw if isinstance(raw, (list, tuple)) else [raw]
        if len(entries) > self.most:
            remedy = f"Model a part of it, or join what is alike; {self.most:,} are allowed."
            return reading.fault(path, f"must have at most {self.most:,} entries", f"{len(entries):,} entries", remedy)
        read = [self.item.read(entry, f"{path}[{_label(entry, i)}]", reading) for i, entry in enumerate(entries, 1)]
        return tuple(entry for entry in read if entry is not UNREAD)

    def write(self, value: Any, unit: str) -> Any:
        return [self.item.write(entry, unit) for entry in value]


def _label(entry: Any, position: int) -> str:
    """An entry is named by its name where it has one: stations[saw], stations[3]."""
    name = entry.get("name") if isinstance(entry, Mapping) else None
    return name if isinstance(name, str) and 0 < len(name) <= LONGEST_NAME else str(position)


@dataclass(frozen=True)
class Mapped:
    """A mapping from names to ``item``."""

    item: Form
    most: int = 1000

    def read(self, raw: Any, path: str, reading: Reading) -> Any:
        if raw is None:
            return {}
        if not isinstance(raw, Mapping) or len(raw) > self.most:
            rule = f"must map names to values, at most {self.most:,}"
            return reading.fault(path, rule, raw, "Write one line for each name: “name: value”.")
        keys = [(Name().read(key, f"{path}, a name in it", reading), value) for key, value in raw.items()]
        read = {key: self.item.read(value, f"{path}.{key}", reading) for key, value in keys if key is not UNREAD}
        return {key: value for key, value in read.items() if value is not UNREAD}

    def write(self, value: Any, unit: str) -> Any:
        return {key: self.item.write(entry, unit) for key, entry in value.items()}


@dataclass(frozen=True)
class Pair:
    """Two values in a list, such as the two ends of a shift."""

    item: Form

    def read(self, raw: Any, path: str, reading: Reading) -> Any:
        if isinstance(raw, str):
            raw = [end.strip() for end in raw.replace("–", "-").split("-")]
        if not isinstance(raw, (list, tuple)) or len(raw) != 2:
            return reading.fault(path, "must be a pair, from and to", raw, 'Write [6 h, 14 h] or "6:00-14:00".')
        ends = tuple(
            self.item.read(end, f"{path}, {which}", reading) for end, which in zip(raw, ("from", "to"), strict=True)
        )
        return UNREAD if UNREAD in ends else ends

    def write(self, value: Any, unit: str) -> Any:
        return [self.item.write(end, unit) for end in value]


@dataclass(frozen=True)
class Record:
    """A dataclass of this house. ``short``: the field that a bare value (not a mapping) stands for."""

    cls: type[Any]
    short: str = ""
    none: bool = False

    def read(self, raw: Any, path: str, reading: Reading) -> Any:
        if raw is None and self.none:
            return None
        if self.short and not isinstance(raw, Mapping):
            raw = {self.short: raw}
        return read_record(self.cls, raw, path, reading)

    def write(self, value: Any, unit: str) -> Any:
        if value is None:
            return None
        written = write_record(value, unit)
        return written[self.short] if self.short and set(written) == {self.short} else written


def kept(form: Form, help: str, default: Any = MISSING) -> Any:
    """A field of a record: its form, what it means, and its default (left out: it must be given)."""
    metadata = {"form": form, "help": help}
    if isinstance(default, dict):
        return field(default_factory=dict, metadata=metadata)
    return field(metadata=metadata) if default is MISSING else field(default=default, metadata=metadata)


def read_record(cls: type[T], raw: Any, path: str, reading: Reading) -> T | Any:
    """A record from a mapping; UNREAD if something that it must have is missing or wrong."""
    if not isinstance(raw, Mapping):
        names = ", ".join(f.name for f in _declared(cls))
        return reading.fault(path, "must be a mapping of fields", raw, f"Its fields are: {names}.")
    declared = {f.name: f for f in _declared(cls)}
    for name in raw:
        if name not in declared:
            reading.fault(_join(path, name), "is not a field here", raw[name], _did_you_mean(str(name), declared))
    values: dict[str, Any] = {}
    for name, one in declared.items():
        if name in raw:
            values[name] = one.metadata["form"].read(raw[name], _join(path, name), reading)
        elif one.default is MISSING and one.default_factory is MISSING:
            values[name] = reading.fault(_join(path, name), "must be given", None, str(one.metadata["help"]))
    lost = [name for name, value in values.items() if value is UNREAD]
    if any(declared[name].default is MISSING and declared[name].default_factory is MISSING for name in lost):
        return UNREAD
    return cls(**{name: value for name, value in values.items() if name not in lost})


def write_record(record: Any, unit: str) -> dict[str, Any]:
    """A record as plain data; fields at their default are left out."""
    written = {}
    for one in _declared(type(record)):
        value = getattr(record, one.name)
        default = one.default_factory() if one.default_factory is not MISSING else one.default
        if value != default:
            written[one.name] = one.metadata["form"].write(value, unit)
    return written


def field_help(cls: type[Any]) -> dict[str, str]:
    """What each field of a record means."""
    return {f.name: str(f.metadata["help"]) for f in _declared(cls)}


def _declared(cls: type[Any]) -> list[Field[Any]]:
    return [f for f in fields(cls) if "form" in f.metadata]


def _join(path: str, name: object) -> str:
    shown = str(name)[:LONGEST_NAME]
    return f"{path}.{shown}" if path else shown


def _did_you_mean(name: str, known: Mapping[str, Callable[..., Any] | Any]) -> str:
    close = difflib.get_close_matches(name[:40], known, 1)
    listed = f"The fields are: {', '.join(known)}."
    return f"Did you mean {close[0]}? {listed}" if close else listed
