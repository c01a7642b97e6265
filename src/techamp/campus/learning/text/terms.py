"""``[[common cause]]`` and ``[[common cause|causes of the everyday kind]]``: words that open their meaning."""

from __future__ import annotations

import re
from html import escape

from django.urls import reverse
from django.utils.text import slugify
from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from techamp.campus.program.curriculum import curriculum
from techamp.campus.program.schema import Term

_TERM = re.compile(r"\[\[([^\[\]|\n]+)(?:\|([^\[\]\n]+))?\]\]")


def find_term(form: str) -> Term | None:
    """The term of which this is a form, whatever its capitals and spaces."""
    return curriculum().glossary.get(" ".join(form.split()).lower())


def anchor(term: Term) -> str:
    """The term's place on the glossary page."""
    return slugify(term.term)


def term_link(term: Term, text: str) -> str:
    """A link to the glossary page; with JavaScript it opens the meaning where it stands."""
    return (
        f'<a class="term" href="{reverse("glossary")}#{anchor(term)}" data-term="{escape(term.term)}" '
        f'data-plain="{escape(term.plain)}" data-example="{escape(term.example)}">{escape(text)}</a>'
    )


def terms_plugin(md: MarkdownIt) -> None:
    """Teach a parser the ``term`` token: ``content`` is the text to show, ``meta["form"]`` what to look up."""
    md.inline.ruler.before("link", "term", _read_term)


def _read_term(state: StateInline, silent: bool) -> bool:
    found = _TERM.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    if not silent:
        token = state.push("term", "", 0)
        token.content = (found[2] or found[1]).strip()
        token.meta = {"form": found[1].strip()}
    state.pos = found.end()
    return True
