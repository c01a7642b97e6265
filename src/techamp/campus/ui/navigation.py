"""The main navigation: what this person's roles make of it."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from techamp.campus.partners.standing import standing_of


@dataclass(frozen=True)
class Entry:
    """One link."""

    url: str
    label: str | Promise
    current: bool


_LEARNER = (("learning:home", _("This week")), ("learning:map", _("Map")), ("practice:home", _("Practice")),
            ("labs:home", _("Labs")), ("data:home", _("Data")), ("capstone:home", _("Capstone")),
            ("games:home", _("Games")), ("learning:record", _("My record")))  # fmt: skip
_BY_ROLE = {
    "instructor": (("teaching:home", _("Cohorts")), ("games:home", _("Games"))),
    "coordinator": (("labs:home", _("Labs")),),
    "mentor": (("capstone:home", _("Capstone")),),
    "company": (("partners:company", _("Our people")),),
    "office": (("partners:office", _("Program")),),
}


def entries(request: HttpRequest) -> list[Entry]:
    """Links in order, without doubles."""
    person = getattr(request, "user", None)
    if person is None or not person.is_authenticated:
        return []
    standing = standing_of(person)
    names = list(_LEARNER) if standing.is_learner else []
    for role in standing.role_kinds:
        names += [n for n in _BY_ROLE.get(role, ()) if n not in names]
    if not standing.is_learner:
        names.append(("learning:map", _("Map")))
    here = request.path
    urls = [(reverse(name), label) for name, label in names]
    best = max((u for u, _l in urls if here.startswith(u)), key=len, default="")
    return [Entry(url, label, url == best) for url, label in urls]
