"""Tags of the data pages: cells as people read them, and queries that travel in a hidden field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from techamp.campus.data import hanging
from techamp.campus.data.models import Dataset
from techamp.contract import Specification

register = template.Library()


@register.simple_tag
def querystring_of(query: Mapping[str, str]) -> str:
    """``a=1&b=2``."""
    return urlencode(query)


@register.simple_tag
def hanging_on(dataset: Dataset) -> list[str]:
    """What goes, or loses its data, with a dataset: a sentence each."""
    return hanging.hanging_on(dataset)


@register.filter
def capital(sentence: Any) -> str:
    """A fault's sentence with its first letter large."""
    text = str(sentence)
    return text[:1].upper() + text[1:]


MEANINGS = {
    "measure": gettext_lazy("a measure"), "subgroup": gettext_lazy("a subgroup"), "time": gettext_lazy("a time"),
    "machine": gettext_lazy("a machine"), "operator": gettext_lazy("an operator"), "part": gettext_lazy("a part"),
    "trial": gettext_lazy("a trial"), "standard": gettext_lazy("a reference value"),
    "size": gettext_lazy("parts checked"),
    "defects": gettext_lazy("defects"), "defectives": gettext_lazy("defective parts"), "note": gettext_lazy("a remark"),
    "lower_spec": gettext_lazy("lower limit"), "upper_spec": gettext_lazy("upper limit"),
    "target": gettext_lazy("a target"), "counter": gettext_lazy("counts the rows"),
}  # fmt: skip


@register.filter
def meant(meaning: str) -> str:
    """What a column seems to be, in words."""
    return str(MEANINGS.get(meaning, meaning))


@register.filter
def limits(specification: Specification) -> str:
    """The limits that a file says: ``7.95 to 8.05``."""
    low, high = specification.lower, specification.upper
    if low is not None and high is not None:
        return _("limits %(low)s to %(high)s") % {"low": f"{low:.10g}", "high": f"{high:.10g}"}
    if low is None and high is None:
        return _("target %(value)s") % {"value": f"{specification.target:.10g}"}
    return (
        _("at most %(value)s") % {"value": f"{high:.10g}"}
        if low is None
        else _("at least %(value)s") % {"value": f"{low:.10g}"}
    )


@register.filter
def is_text(value: Any) -> bool:
    """Whether a cell of an outcome's table is text."""
    return isinstance(value, str)


@register.filter
def cell(value: Any) -> str:
    """A cell of an outcome's table: numbers with a true minus sign, an en dash for nothing."""
    if value is None or value != value:
        return "–"
    return value if isinstance(value, str) else f"{value:.10g}".replace("-", "\u2212")
