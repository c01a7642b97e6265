"""Every term of art in plain words."""

from __future__ import annotations

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.utils.translation import gettext as _

from techamp.campus.program.curriculum import curriculum
from techamp.campus.program.schema import Term


def glossary(request: HttpRequest) -> HttpResponse:
    """All terms by letter; ``?q=`` keeps those that hold the words."""
    asked = request.GET.get("q", "").strip()[:60]
    terms = sorted(curriculum().terms, key=lambda t: t.term.lower())
    found = [t for t in terms if _holds(t, asked.lower())]
    letters = [(k, [(slugify(t.term), t) for t in g]) for k, g in groupby(found, key=lambda t: t.term[0].upper())]
    return render(
        request, "learning/glossary.html", {"title": _("Glossary"), "letters": letters, "q": asked, "count": len(found)}
    )


def _holds(term: Term, words: str) -> bool:
    return all(word in f"{term.term} {' '.join(term.also)} {term.plain}".lower() for word in words.split())
