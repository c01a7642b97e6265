"""Who looked at a record, in words: a line for each person, page and day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Max
from django.db.models.functions import TruncDate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from techamp.campus.people.models import LedgerKey

WORDS = {
    "capstone:project": _("your capstone project"),
    "data:dataset": _("a data set of yours"),
    "data:study": _("a study of your data"),
    "data:take": _("a study of your data"),
    "labs:sign": _("your sheet of a lab session"),
    "partners:company": _("your skills, on the company's page"),
    "practice:attempt": _("a practice answer of yours"),
    "teaching:attempt": _("something you worked on"),
    "teaching:learner": _("your page as instructors see it"),
}
"""What a view shows of a record, by the view's name; any other is a page about her."""


@dataclass(frozen=True)
class Look:
    """Somebody ("": who has left) looked at a page of hers on a day."""

    who: str
    page: str
    day: date


def looks(key: LedgerKey, most: int = 30) -> list[Look]:
    """The latest lines of the audit log, newest first; several looks at one page on one day are one line.

    Two pages with the same words are one page to who reads this, and two people of one name are two.
    """
    logged = key.looked_at.annotate(day=TruncDate("at")).values_list("viewer_id", "viewer__name", "page", "day")
    found: dict[tuple[int | None, str, date], Look] = {}
    for viewer, name, page, day, _last in logged.annotate(last=Max("at")).order_by("-last"):
        words = str(WORDS.get(page) or gettext("a page about you"))
        found.setdefault((viewer, words, day), Look(name or "", words, day))
        if len(found) == most:
            break
    return list(found.values())
