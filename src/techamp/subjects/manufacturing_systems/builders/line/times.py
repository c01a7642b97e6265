"""Times as boxes: a kind of distribution and its few numbers, and the text that a file has for them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from techamp.contract import Box
from techamp.subjects.manufacturing_systems.builders.line.density import shape_drawing
from techamp.subjects.manufacturing_systems.builders.line.document import number_text, typed_number
from techamp.subjects.manufacturing_systems.model.distribution_text import parse_distribution
from techamp.subjects.manufacturing_systems.model.distributions import Distribution
from techamp.subjects.manufacturing_systems.model.time_units import bare, duration

KINDS = {
    "constant": "always the same",
    "normal": "bell-shaped",
    "gamma": "leaning, a tail of long times (gamma)",
    "lognormal": "leaning, a heavier tail (lognormal)",
    "exponential": "anything goes (exponential)",
    "triangular": "least, likely, most (triangular)",
    "uniform": "anywhere between two (uniform)",
    "weibull": "wearing out (Weibull)",
    "erlang": "several equal phases (Erlang)",
    "empirical": "my measured times",
}
BOXES = {
    "constant": ("mean",), "exponential": ("mean",), "normal": ("mean", "cv"), "gamma": ("mean", "cv"),
    "lognormal": ("mean", "cv"), "triangular": ("low", "mode", "high"), "uniform": ("low", "high"),
    "weibull": ("shape", "scale"), "erlang": ("mean", "phases"), "empirical": ("values",),
}  # fmt: skip
LABELS = {
    "mean": "Time per part", "cv": "Variation, cv", "low": "Least time", "mode": "Most likely time",
    "high": "Longest time", "shape": "Shape", "scale": "Scale", "phases": "Phases", "values": "Measured times",
}  # fmt: skip
HELPS = {
    "cv": "0.1 is steady, 1 is wild.",
    "shape": "Below 1 early, above 1 late; 2 is common.",
    "scale": "63 % of the times are shorter.",
    "values": "Separated by commas or spaces; each is as likely as the others.",
}
COUNTS = ("cv", "shape", "phases")
NEW_CV = 0.3
"""The variation of a time that had none before. Our choice."""


def parsed(raw: Any, unit: str) -> Distribution | None:
    """The distribution that a raw time means, if it is sound."""
    if raw is None:
        return None
    found = parse_distribution(raw, "time", unit)
    return found if isinstance(found, Distribution) else None


def boxed(raw: Any, unit: str) -> dict[str, str]:
    """``kind`` and the texts of its boxes, for a raw time of any form."""
    if isinstance(raw, Mapping) and raw.get("kind") in BOXES:
        kind = str(raw["kind"])
        texts = {name: _text_of(raw, name, unit) for name in BOXES[kind]}
        return {"kind": kind, **texts}
    found = parsed(raw, unit)
    if found is None:
        return {"kind": "constant", "mean": number_text(raw)}
    return {"kind": found.kind, **_numbers(found)}


def _text_of(raw: Mapping[str, Any], name: str, unit: str) -> str:
    if name == "values":
        return ", ".join(number_text(one) for one in raw.get("values") or [])
    if name == "mean" and raw["kind"] == "constant":
        return number_text(raw.get("value"))
    if name == "cv" and raw.get("cv") is None and raw.get("sd") is not None:
        found = parsed(raw, unit)
        return _short(found.parameters[1] / found.parameters[0]) if found and len(found.parameters) == 2 else ""
    return number_text(raw.get(name))


def _numbers(found: Distribution) -> dict[str, str]:
    """The boxes of a sound distribution; bare numbers in the document's unit."""
    p = found.parameters
    if found.kind == "empirical":
        return {"values": ", ".join(map(bare, p))}
    if "cv" in BOXES[found.kind]:
        return {"mean": bare(p[0]), "cv": _short(p[1] / p[0]) if p[0] else ""}
    return dict(zip(BOXES[found.kind], map(bare, p), strict=True))


def _short(number: float) -> str:
    return f"{number:.6g}"


def raw_time(kind: str, texts: Mapping[str, str]) -> Any:
    """What the document keeps of typed boxes: what was typed, so that a fault can be mended where it was made."""
    if kind == "constant":
        return typed_number(texts.get("mean", ""))
    if kind == "empirical":
        words = texts.get("values", "").replace(";", " ").replace(", ", " ").split()
        return {"kind": kind, "values": [typed_number(word.strip(",")) for word in words if word.strip(",")]}
    typed = {name: typed_number(texts.get(name, "")) for name in BOXES[kind]}
    return {"kind": kind, **{name: value for name, value in typed.items() if value is not None}}


def changed_kind(raw: Any, kind: str, unit: str) -> Any:
    """The time under another kind, with the same mean and, where it has any, the same variation."""
    found = parsed(raw, unit)
    if found is None or found.mean <= 0:
        return raw_time(kind, boxed(raw, unit))
    mean = found.mean
    cv = found.scv**0.5 or NEW_CV
    spread = min(0.9, cv * 3**0.5)  # a uniform of half-width √3·sd, cut so that no time is negative
    texts = {
        "mean": _short(mean), "cv": _short(min(cv, 0.6 if kind == "normal" else 10.0)),
        "low": _short(mean * (1 - spread)), "mode": _short(mean), "high": _short(mean * (1 + spread)),
        "shape": "2", "scale": _short(mean / 0.886226925), "phases": str(max(1, min(1000, round(1 / cv**2)))),
        "values": ", ".join(_short(mean * (1 + step * spread)) for step in (-1, -0.5, 0, 0.5, 1)),
    }  # fmt: skip
    return raw_time(kind, texts)


def typed_time(raw: Any, prefix: str, values: Mapping[str, str], unit: str) -> Any:
    """A raw time with what was typed into its boxes; a new kind keeps mean and variation."""
    before = boxed(raw, unit)
    kind = values.get(f"{prefix}-kind", before["kind"])
    if kind not in BOXES:
        kind = before["kind"]
    texts = {name: values.get(f"{prefix}-{name}", before.get(name, "")) for name in LABELS}
    same = kind == before["kind"]
    if all(texts[name] == before.get(name, "") for name in BOXES[before["kind"]]):
        return raw if same else changed_kind(raw, kind, unit)
    typed = raw_time(before["kind"], texts)
    return typed if same else changed_kind(typed, kind, unit)


def time_boxes(raw: Any, prefix: str, unit: str) -> list[Box]:
    """The kind, and every number that some kind has: those of other kinds are idle."""
    texts = boxed(raw, unit)
    used = BOXES[texts["kind"]]
    made = [
        Box(
            f"{prefix}-mean",
            LABELS["mean"],
            texts.get("mean", ""),
            "number",
            unit,
            short="Time",
            idle="mean" not in used,
        )
    ]
    for name in LABELS:
        if name != "mean":
            kind = "text" if name == "values" else "number"
            of = "" if name in COUNTS else unit
            made.append(
                Box(f"{prefix}-{name}", LABELS[name], texts.get(name, ""), kind, of, HELPS.get(name, ""),
                    short={"cv": "cv"}.get(name, ""), idle=name not in used)
            )  # fmt: skip
    kinds = tuple(KINDS.items())
    found = parsed(raw, unit)
    pictures = _pictures(found, unit) if found else ()
    kind_box = Box(
        f"{prefix}-kind", "How it varies", texts["kind"], "choice", options=kinds, short="Varies", pictures=pictures
    )
    return [*made, kind_box]


@lru_cache(maxsize=256)
def _pictures(time: Distribution, unit: str) -> tuple[str, ...]:
    """The shape of each kind with this time's mean and variation."""
    shapes = (parsed(changed_kind(time, kind, unit), unit) for kind in KINDS)
    return tuple(shape_drawing(shape) if shape else "" for shape in shapes)


def said(raw: Any, unit: str) -> str:
    """A time in a few words: ``4.2 min``, ``4.2 min ±30%``."""
    found = parsed(raw, unit)
    if found is None:
        return "no time yet" if raw is None else "time to mend"
    spread = found.scv**0.5
    return f"{found.mean:.4g} {unit}" + (f" ±{100 * spread:.0f}%" if spread >= 0.005 else "")


def mean_text(raw: Any, unit: str) -> str:
    """A mean that is written short where it is exponential, and as text where it is anything else."""
    if isinstance(raw, Mapping) and raw.get("kind") == "exponential":
        return number_text(raw.get("mean"))
    found = parsed(raw, unit) if isinstance(raw, str) and "(" in raw else None
    if found is not None and found.kind == "exponential":
        return bare(found.parameters[0])
    if isinstance(raw, Mapping):
        full = parsed(raw, unit)
        from techamp.subjects.manufacturing_systems.model.distribution_text import write_distribution

        return write_distribution(full, unit) if full else ""
    return number_text(raw)


def is_time(raw: Any, unit: str) -> bool:
    """Whether something typed is a bare time."""
    try:
        duration(raw, unit)
    except ValueError:
        return False
    return True
