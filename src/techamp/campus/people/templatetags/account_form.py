"""Fields of a Django form in our look."""

from __future__ import annotations

from django import template
from django.forms import BoundField
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def bare(field: BoundField) -> SafeString:
    """The input alone, without the placeholder: it repeats the label and goes when she types."""
    return field.as_widget(attrs={"placeholder": False, "autofocus": False})


@register.filter
def is_box(field: BoundField) -> bool:
    """Whether it is a check box, which stands before its label."""
    return getattr(field.field.widget, "input_type", "") == "checkbox"
