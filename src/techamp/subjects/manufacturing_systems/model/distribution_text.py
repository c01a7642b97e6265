"""Distributions as people write them, and what is wrong with one.

``"4.2 min"`` is constant. ``"gamma(4.2 min, cv 0.5)"``, ``"triangular(1, 2, 4 min)"``, ``"weibull(shape 2, scale 30
min)"`` name a kind; parameters come in order or by name. ``{kind: gamma, mean: 4.2 min, cv: 0.5}`` says the same, and
``{kind: empirical, values: [1.2, 1.4, 1.1]}`` draws from measured times.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from techamp.contract.errors import Fault
from techamp.subjects.manufacturing_systems.faults import is_number
from techamp.subjects.manufacturing_systems.model.distributions import (
    COUNTS,
    KINDS,
    PARAMETERS,
    Distribution,
)
from techamp.subjects.manufacturing_systems.model.time_units import bare, duration, is_time_unit, write_duration

_CALL = re.compile(r"^\s*(?P<kind>[A-Za-z]+)\s*\((?P<inside>.*)\)\s*$", re.DOTALL)
_NAMED = re.compile(r"^\s*(?P<name>[A-Za-z]+)\s*[:=\s]\s*(?P<value>\S.*)$", re.DOTALL)
_SHORT = {"exp": "exponential", "const": "constant", "fixed": "constant", "tri": "triangular"}
MOST_VALUES = 10_000
EXAMPLES = 'Write "4.2 min", "exponential(4.2 min)", "gamma(4.2 min, cv 0.5)" or "triangular(3, 4, 7 min)".'


def parse_distribution(raw: object, path: str, unit: str) -> Distribution | list[Fault]:
    """What ``raw`` (text, number, mapping, or a distribution) means in ``unit``, or everything wrong with it."""
    if isinstance(raw, Distribution):
        return _checked(raw, path)
    if isinstance(raw, Mapping):
        return _from_mapping(raw, path, unit)
    if isinstance(raw, str) and (call := _CALL.match(raw)):
        return _from_call(call["kind"].lower(), call["inside"], raw, path, unit)
    try:
        time = duration(raw, unit)  # type: ignore[arg-type]
    except ValueError:
        return [Fault(path, "must be a time or a distribution of times", said(raw), EXAMPLES)]
    return _checked(Distribution("constant", (time,)), path)


def write_distribution(d: Distribution, unit: str) -> str:
    """The distribution as text; ``parse_distribution`` reads exactly the same numbers back.

    >>> write_distribution(Distribution("gamma", (4.2, 2.1)), "min")
    'gamma(mean 4.2 min, sd 2.1 min)'
    """
    if d.kind == "constant":
        return write_duration(d.parameters[0], unit)
    if d.kind == "empirical":
        return f"empirical({', '.join(map(bare, d.parameters))} {unit})"
    parts = [
        f"{name} {bare(p) if (d.kind, name) in COUNTS else write_duration(p, unit)}"
        for name, p in zip(PARAMETERS[d.kind], d.parameters, strict=True)
    ]
    return f"{d.kind}({', '.join(parts)})"


def said(raw: object) -> object:
    """A value as a fault may show it: never a whole tree."""
    if isinstance(raw, Mapping):
        return f"{len(raw)} fields"
    if isinstance(raw, (list, tuple)):
        return f"a list of {len(raw)}"
    return raw if not isinstance(raw, str) or len(raw) <= 60 else raw[:57] + "…"


def _from_mapping(raw: Mapping[Any, Any], path: str, unit: str) -> Distribution | list[Fault]:
    given = {str(name): value for name, value in raw.items()}
    kind = str(given.pop("kind", "")).lower()
    if kind == "empirical":
        values = given.pop("values", None)
        if given or not isinstance(values, (list, tuple)):
            return [Fault(path, "must have kind and values", said(raw), "Write {kind: empirical, values: [1.2, 1.4]}.")]
        return _from_values(list(values), path, unit)
    return _from_named(_SHORT.get(kind, kind), given, path, unit)


def _from_call(kind: str, inside: str, raw: str, path: str, unit: str) -> Distribution | list[Fault]:
    parts = [part.strip() for part in inside.split(",") if part.strip()]
    kind = _SHORT.get(kind, kind)
    if kind not in PARAMETERS:
        return [_unknown_kind(kind, path)]
    last_unit = parts[-1].split()[-1] if parts and is_time_unit(parts[-1].split()[-1]) else unit
    if kind == "empirical":
        return _from_values([*parts[:-1], *parts[-1:]], path, unit, last_unit)
    given: dict[str, Any] = {}
    for position, part in enumerate(parts):
        named = _NAMED.match(part) if part[0].isalpha() else None
        if not named and position >= len(PARAMETERS[kind]):
            rule = f"must have {len(PARAMETERS[kind])} parameters: {', '.join(PARAMETERS[kind])}"
            return [Fault(path, rule, said(raw), "Leave out what is too many.")]
        name = named["name"].lower() if named else PARAMETERS[kind][position]
        value = named["value"].strip() if named else part
        shared = name != "cv" and (kind, name) not in COUNTS and not value[-1:].isalpha()
        given[name] = f"{value} {last_unit}" if shared else value
    return _from_named(kind, given, path, unit)


def _from_values(values: list[Any], path: str, unit: str, last_unit: str = "") -> Distribution | list[Fault]:
    if not 1 <= len(values) <= MOST_VALUES:
        rule = f"must have from 1 to {MOST_VALUES:,} values"
        return [Fault(path, rule, len(values), "List measured times, or fit a distribution to them.")]
    times = []
    for value in values:
        text = f"{value} {last_unit}" if isinstance(value, str) and last_unit and not value[-1:].isalpha() else value
        try:
            times.append(duration(text, unit))
        except ValueError:
            return [Fault(path, "must list times", said(value), 'Write numbers, or times such as "1.2 min".')]
    return _checked(Distribution("empirical", tuple(times)), path)


def _unknown_kind(kind: str, path: str) -> Fault:
    return Fault(path, f"must be one of {', '.join(KINDS)}", kind, EXAMPLES)


def _from_named(kind: str, given: dict[str, Any], path: str, unit: str) -> Distribution | list[Fault]:
    if kind not in PARAMETERS:
        return [_unknown_kind(kind, path)]
    names = PARAMETERS[kind]
    numbers: dict[str, float] = {}
    faults: list[Fault] = []
    for name, value in given.items():
        pure = name == "cv" or (kind, name) in COUNTS
        if name not in names and not (name == "cv" and "sd" in names):
            known = ", ".join((*names, "cv") if "sd" in names else names)
            faults.append(Fault(f"{path}.{name}", f"is not a parameter of {kind}", said(value), f"Use {known}."))
            continue
        try:
            numbers[name] = float(value) if pure and not isinstance(value, bool) else duration(value, unit)
        except (ValueError, TypeError):
            what = "a number" if pure else "a time"
            faults.append(Fault(f"{path}.{name}", f"must be {what}", said(value), EXAMPLES))
    if not faults and "cv" in numbers and "sd" not in numbers:
        numbers["sd"] = numbers.pop("cv") * numbers.get("mean", 0.0)
    if not faults and (missing := [name for name in names if name not in numbers]):
        faults.append(Fault(path, f"{kind} needs {', '.join(names)}", f"no {', '.join(missing)}", EXAMPLES))
    if faults or set(numbers) != set(names):
        return faults or [Fault(path, "must have either sd or cv", "both", "Leave one out.")]
    if "sd" in numbers and numbers["sd"] == 0:
        return _checked(Distribution("constant", (numbers["mean"],)), path)
    return _checked(Distribution(kind, tuple(numbers[name] for name in names)), path)


def _checked(d: Distribution, path: str) -> Distribution | list[Fault]:
    return list(distribution_faults(d, path)) or d


def distribution_faults(d: Distribution, path: str) -> Iterator[Fault]:
    """Everything wrong with a distribution as one of times: not a number, possibly negative, out of order."""
    if d.kind not in PARAMETERS:
        yield _unknown_kind(d.kind, path)
        return
    names = PARAMETERS[d.kind] or tuple(f"value {i}" for i in range(1, len(d.parameters) + 1))
    if not names or len(names) != len(d.parameters):
        yield Fault(path, f"{d.kind} needs {', '.join(names) or 'values'}", len(d.parameters), EXAMPLES)
        return
    strict = {"sd", "shape", "scale", "phases"} | ({"mean"} if d.kind in ("lognormal", "gamma", "erlang") else set())
    for name, p in zip(names, d.parameters, strict=True):
        where = path if d.kind == "constant" else f"{path}, {d.kind} {name}"
        if not is_number(p):
            yield Fault(where, "must be a finite number", p, "Enter a number that a clock can count.")
        elif name == "phases" and not (p >= 1 and p == int(p) and p <= 1000):
            yield Fault(where, "must be a whole number from 1 to 1,000", p, "For many phases take a gamma by its cv.")
        elif name == "shape" and not 0.1 <= p <= 100:
            yield Fault(where, "must be from 0.1 to 100", p, "Shapes of real life times lie between 0.5 and 5.")
        elif p < 0 or (p == 0 and name in strict):
            rule = "must be above 0" if name in strict else "must not be negative"
            yield Fault(where, rule, bare(p), "No time is less than 0. Take times of 0 or more.")
    if all(is_number(p) for p in d.parameters):
        yield from _order_faults(d, path)


def _order_faults(d: Distribution, path: str) -> Iterator[Fault]:
    if d.kind in ("uniform", "triangular") and list(d.parameters) != sorted(d.parameters):
        rule = f"must have {' ≤ '.join(PARAMETERS[d.kind])}"
        yield Fault(path, rule, ", ".join(map(bare, d.parameters)), "Put them in order.")
    if d.kind in ("normal", "lognormal", "gamma") and d.parameters[1] > 10 * abs(d.parameters[0]) > 0:
        yield Fault(path, "must have a cv of at most 10", bare(d.parameters[1]), "Check the standard deviation.")
    if d.kind == "normal" and d.parameters[0] >= 0 and d.cut_away > 0.25:
        value = f"{100 * d.cut_away:.0f} % of it below 0"
        yield Fault(path, "must lie above 0 for the greater part", value, "Take a gamma or a lognormal by its cv.")
