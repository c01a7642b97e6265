"""Inputs: declared once, with name, unit, range, default and help.

The form, the slider, the API schema, the validation error and the documentation all derive from the declaration::

    class FunnelInputs(Inputs):
        rule: str = choice("leave", {"leave": "Leave it alone", "adjust": "Adjust"}, label="Rule")
        drops: int = quantity(50, "drops", range=(10, 500), label="Drops")
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from techamp.contract.entry_lines import LONGEST, check_text, read_entries
from techamp.contract.errors import Fault, InvalidInput
from techamp.contract.row_notes import read_row_notes

When = tuple[str, tuple[str, ...]]
Kind = Literal["quantity", "choice", "flag", "rows", "text", "entries"]
TECHNICAL = 1e9  # a limit as far out as this is no rule of the field; it only keeps arithmetic safe
TINY = 1e-6  # a lower limit above 0 and as small as this means "above 0"


@dataclass(frozen=True)
class InputField:
    """What a form needs to know about one input."""

    name: str
    label: str
    help: str
    kind: Kind
    default: Any
    unit: str = ""
    low: float = 0.0
    high: float = 0.0
    step: float = 1.0
    whole: bool = False
    options: tuple[tuple[str, str], ...] = ()
    optional: bool = False  # may be left empty: the value is then None
    reasons: str = ""  # of rows: "", "optional" or "required"
    action: str = ""  # of rows: what is done with a picked point
    when: When | None = None  # (name of a choice, its values) for which this one matters
    of: str = ""  # of a text: the role of a study whose values it may take
    columns: tuple[str, ...] = ()  # of entries: what each cell of a line is
    least: int = 0  # of entries: lines
    most: int = 0  # of entries: lines; of a text: letters

    @property
    def decimals(self) -> int:
        """Decimals that the step needs: 0.05 → 2."""
        return 0 if self.whole else max(0, -math.floor(math.log10(self.step) + 1e-9))


def quantity(
    default: float | None,
    unit: str,
    *,
    range: tuple[float, float],
    label: str,
    help: str = "",
    step: float | None = None,
    optional: bool = False,
    when: When | None = None,
) -> Any:
    """A number with a unit ("" for a pure number) and an inclusive range.

    ``step`` is the slider's step; left out, it is 1 for an ``int`` and a hundredth of the range, rounded to 1, 2 or
    5, for a ``float``. An ``optional`` one (declared ``float | None``) may be left empty. ``when``: for which values of
    a choice this one matters; a form hides it for others.
    """
    low, high = range
    if default is None and not optional:
        raise ValueError("only an optional quantity may be without a default")
    if default is not None and not low <= default <= high:
        raise ValueError(f"default {default} is outside the range {low}–{high}")
    extra: dict[str, Any] = {"kind": "quantity", "unit": unit, "low": low, "high": high, "step": step, "label": label}
    extra |= {"optional": optional, "when": when}
    return Field(default, ge=low, le=high, description=help, json_schema_extra=extra, allow_inf_nan=False)


def choice(default: str, options: Mapping[str, str], *, label: str, help: str = "", when: When | None = None) -> Any:
    """One of named options: ``{"leave": "Leave it alone", …}`` (value → what the form shows)."""
    if default not in options:
        raise ValueError(f"default {default!r} is not one of {sorted(options)}")
    extra: dict[str, Any] = {"kind": "choice", "options": dict(options), "label": label, "when": when}
    return Field(default, description=help, json_schema_extra=extra)


def flag(default: bool, *, label: str, help: str = "", when: When | None = None) -> Any:
    """Yes or no."""
    extra: dict[str, Any] = {"kind": "flag", "label": label, "when": when}
    return Field(default, description=help, json_schema_extra=extra)


def rows(*, label: str, action: str, help: str = "", reasons: Literal["", "optional", "required"] = "") -> Any:
    """Rows of the table, picked on a chart or typed, each with a word or a reason (``row_notes``). Of studies only.

    ``action`` is what the button says beside a picked point: "Leave it out of the limits".
    """
    extra: dict[str, Any] = {"kind": "rows", "label": label, "reasons": reasons, "action": action}
    return Field("", description=help, max_length=8000, json_schema_extra=extra)


def text(
    default: str, *, label: str, help: str = "", most: int = LONGEST, when: When | None = None, of: str = ""
) -> Any:
    """One line of words: a name. Of planners and studies only; simulations replay numbers.

    ``of``: the role of a study whose column it names a value of; a form then offers those values.
    """
    extra: dict[str, Any] = {"kind": "text", "label": label, "most": most, "when": when, "of": of}
    return Field(default, description=help, json_schema_extra=extra)


def entries(
    default: str, *, columns: tuple[str, ...], label: str, help: str = "", least: int = 1, most: int = 8
) -> Any:
    """A few lines with the same cells in each, as one text (``read_entries``). Of planners only.

    ``columns`` name the cells; ``least`` and ``most`` say how many lines there may be.
    """
    extra: dict[str, Any] = {"kind": "entries", "label": label, "columns": list(columns), "least": least, "most": most}
    return Field(default, description=help, json_schema_extra=extra, max_length=most * len(columns) * (LONGEST + 1))


class Inputs(BaseModel):
    """Base of all inputs. Frozen, so that a run can be replayed; unknown names are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True)

    @classmethod
    def fields(cls) -> tuple[InputField, ...]:
        """The declared inputs in order."""
        return tuple(_field(name, cls) for name in cls.model_fields)

    @classmethod
    def read(cls, values: Mapping[str, Any]) -> Self:
        """Inputs from plain values (a form, a link, a YAML file); raises InvalidInput with *all* faults."""
        typed = _typed(cls, values)
        wrong: dict[str, list[Fault]] = {}
        inputs: Self | None = None
        try:
            inputs = cls.model_validate(typed)
        except ValidationError as error:
            for item in error.errors():
                wrong.setdefault(str(item["loc"][0]) if item["loc"] else "", []).append(_fault(cls, item))
        for field in cls.fields():
            if field.name not in wrong and (found := _kind_faults(field, typed.get(field.name, field.default))):
                wrong[field.name] = list(found)
        if inputs is None or wrong:
            order = {name: place for place, name in enumerate(cls.model_fields)}
            names = sorted(wrong, key=lambda name: order.get(name, len(order)))
            raise InvalidInput.many(fault for name in names for fault in wrong[name])
        return inputs


def _extra(cls: type[Inputs], name: str) -> dict[str, Any]:
    extra = cls.model_fields[name].json_schema_extra
    if not isinstance(extra, dict) or "kind" not in extra:
        raise TypeError(f"{cls.__name__}.{name} must be declared by a function of contract.inputs.")
    return dict(extra)


def _field(name: str, cls: type[Inputs]) -> InputField:
    info, extra = cls.model_fields[name], _extra(cls, name)
    kind, label, help_, when = extra["kind"], str(extra["label"]), info.description or "", extra.get("when")
    if kind == "choice":
        options = tuple(extra["options"].items())
        return InputField(name, label, help_, "choice", info.default, options=options, when=when)
    if kind == "flag":
        return InputField(name, label, help_, "flag", info.default, when=when)
    if kind == "rows":
        more = {"reasons": extra["reasons"], "action": extra["action"]}
        return InputField(name, label, help_, "rows", info.default, optional=True, **more)
    if kind == "text":
        return InputField(name, label, help_, "text", info.default, most=extra["most"], when=when, of=extra["of"])
    if kind == "entries":
        lines = {"columns": tuple(extra["columns"]), "least": extra["least"], "most": extra["most"]}
        return InputField(name, label, help_, "entries", info.default, **lines)
    whole, low, high = info.annotation in (int, int | None), float(extra["low"]), float(extra["high"])
    step = float(extra["step"] or (1 if whole else nice_step((high - low) / 100)))
    unit, optional = str(extra["unit"]), bool(extra["optional"])
    return InputField(
        name, label, help_, "quantity", info.default, unit, low, high, step, whole, optional=optional, when=when
    )


def nice_step(raw: float) -> float:
    """The largest of 1, 2, 5 × 10ᵏ that is not above ``raw``.

    >>> nice_step(0.034), nice_step(7.0)
    (0.02, 5.0)
    """
    power = 10.0 ** math.floor(math.log10(raw))
    return float(max(m * power for m in (1, 2, 5) if m * power <= raw * (1 + 1e-12)))


def _typed(cls: type[Inputs], values: Mapping[str, Any]) -> dict[str, Any]:
    """Form text to numbers and flags where that is what the field is; everything else as it came."""
    typed: dict[str, Any] = dict(values)
    for name, value in values.items():
        if name in cls.model_fields and isinstance(value, str) and _extra(cls, name)["kind"] == "flag":
            typed[name] = value.strip().lower() in {"1", "true", "on", "yes"}
        elif name in cls.model_fields and isinstance(value, str):
            text = value.strip().replace("−", "-")
            typed[name] = None if not text and _extra(cls, name).get("optional") else text
    return typed


def _fault(cls: type[Inputs], item: Any) -> Fault:
    name = str(item["loc"][0]) if item["loc"] else "inputs"
    value = item.get("input")
    if name not in cls.model_fields:
        known = ", ".join(cls.model_fields)
        return Fault(name, "is not an input of this model", value, f"Use one of: {known}.")
    field = _field(name, cls)
    if field.kind in ("text", "entries"):
        return Fault(field.label, "must be short words", type(value).__name__, "Use fewer or shorter names.")
    if field.kind == "rows":
        return Fault(field.label, "must be at most 8,000 letters", value, "Join neighbors: 60-62.")
    if field.kind != "quantity":
        return Fault(
            field.label, "must be one of the listed values", value, f"Choose again; the default is {field.default}."
        )
    whole = "a whole number" if field.whole else "a number"
    wanted = f"{whole} {_span(field, str(item['type']))}".rstrip()
    remedy = f"Enter {wanted}, or leave it empty." if field.optional else f"Enter {wanted}."
    return Fault(field.label, f"must be {wanted}", value, remedy)


def _span(field: InputField, broken: str) -> str:
    """The range in words; of limits that are only technical, none, unless a number went beyond them."""
    low, high, unit = field.low, field.high, f" {field.unit}".rstrip()
    is_beyond = broken == "less_than_equal" or (broken == "greater_than_equal" and low <= -TECHNICAL)
    if high < TECHNICAL or is_beyond:
        return f"from {_limit(low)} to {_limit(high)}{unit}"
    if low <= -TECHNICAL:
        return ""
    return "above 0" if 0 < low <= TINY else f"of {_limit(low)}{unit} or more"


def _limit(value: float) -> str:
    """A limit without powers of ten.

    >>> _limit(120.0), _limit(-1e9), _limit(1e-6)
    ('120', '−1,000,000,000', '0.000001')
    """
    text = f"{value:g}"
    if "e" not in text:
        return text
    return (f"{value:,.0f}" if abs(value) >= 1 else f"{value:.15f}".rstrip("0")).replace("-", "−")


def _kind_faults(field: InputField, value: Any) -> tuple[Fault, ...]:
    """What only the kind of a field can check."""
    if field.kind in ("quantity", "flag"):
        return ()
    if field.kind == "choice" and value not in (allowed := [key for key, _ in field.options]):
        rule = f"must be one of {', '.join(allowed)}"
        return (Fault(field.label, rule, value, "Choose one of the listed options."),)
    if field.kind == "text":
        fault = check_text(value, field.label, field.most)
        return (fault,) if fault else ()
    try:
        if field.kind == "rows":
            read_row_notes(value, field.label, reasons=field.reasons)
        if field.kind == "entries":
            read_entries(value, field.label, len(field.columns), least=field.least, most=field.most)
    except InvalidInput as error:
        return error.faults
    return ()
