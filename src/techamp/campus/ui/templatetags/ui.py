"""Tags that every template has: charts, levels, numbers."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from techamp.campus.program.curriculum import curriculum
from techamp.campus.ui import chart as drawing
from techamp.campus.ui.numbers import exact_number, plain_number
from techamp.contract import Chart

register = template.Library()


@register.simple_tag(takes_context=True)
def chart(context: dict[str, Any], chart: Chart, ghost: Chart | None = None, guess: Any = None) -> SafeString:
    """A drawing laid out for the width at hand; where that is unknown, one for a phone and one for a desk."""
    return drawing.figure(chart, context.get("chart_width", 0), ghost=ghost, guess=guess)


@register.simple_tag
def depth(level: str) -> SafeString:
    """A skill's level as shapes and words: five circles, filled up to the level, and its name."""
    levels = list(curriculum().levels.values())
    rank = curriculum().rank(level)
    name = levels[rank - 1].name if rank else _("Not yet met")
    dots = format_html_join("", '<i class="{}"></i>', (("on" if i < rank else "",) for i in range(len(levels))))
    label = _("%(rank)d of %(all)d: %(name)s") % {"rank": rank, "all": len(levels), "name": name}
    shapes = format_html('<span class="depth" role="img" aria-label="{}">{}</span>', label, dots)
    return format_html('<span class="level">{}<span class="label" aria-hidden="true">{}</span></span>', shapes, name)


@register.filter
def number(value: Any, decimals: int = 1) -> str:
    """A number as people read it: fixed decimals, a true minus sign, a thin space between thousands."""
    return plain_number(value, decimals)


@register.filter
def exact(value: Any) -> str:
    """A number with the decimals that it has, and no more."""
    return exact_number(value) if isinstance(value, int | float) else plain_number(None)


@register.filter
def at_key(mapping: dict[Any, Any], key: Any) -> Any:
    """``mapping[key]``, or None."""
    return mapping.get(key)
