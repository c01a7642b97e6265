"""Tags of the data pages: cells as people read them, and queries that travel in a hidden field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django import template

from techamp.campus.data import hanging
from techamp.campus.data.models import Dataset

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
