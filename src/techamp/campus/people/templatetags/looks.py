"""Who looked at a record, for its page."""

from __future__ import annotations

from django import template

from techamp.campus.people.looks import Look, looks
from techamp.campus.people.models import LedgerKey

register = template.Library()


@register.simple_tag
def looks_at(key: LedgerKey) -> list[Look]:
    """``{% looks_at user.key as looked %}``."""
    return looks(key)
