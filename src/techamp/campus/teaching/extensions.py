"""Who asks for a week more: all asks of her institutions on one page, each answered with one tap."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from techamp.campus.learning.progress import dates_of
from techamp.campus.partners.access import asking, extension_to_answer, standing
from techamp.campus.partners.models import Extension, Organization, Role
from techamp.campus.people.models import Person
from techamp.campus.program.curriculum import curriculum

WEEK = 7
LONGEST = 300


@dataclass(frozen=True)
class Ask:
    """An extension with what its page says about it."""

    extension: Extension
    title: str
    due: date | None  # None when the module is not in the calendar any more
    new_due: date | None


def asks_of(institutions: list[Organization], today: date, *, is_open: bool = True) -> list[Ask]:
    """Asks that wait for an answer, oldest first; or those answered, newest first."""
    rows = Extension.objects.filter(enrollment__cohort__institution__in=institutions, granted__isnull=is_open)
    rows = rows.select_related("enrollment__person", "enrollment__cohort", "answered_by")
    ordered = rows.order_by("asked") if is_open else rows.order_by("-answered")[:50]
    return [_ask(e, today) for e in ordered.prefetch_related("enrollment__extensions")]


def _ask(extension: Extension, today: date) -> Ask:
    subject, _slash, id = extension.place.partition("/")
    module = curriculum().modules.get((subject, id))
    if module is None or curriculum().weeks(subject, id) is None:
        return Ask(extension, extension.place, None, None)
    due = dates_of(curriculum(), module, extension.enrollment)[1]
    return Ask(extension, module.title, due, due + timedelta(days=days_from(due, today)))


def days_from(due: date, today: date) -> int:
    """A week from the date, or from today when the date is past: a week more must leave her a week."""
    return WEEK + max(0, (today - due).days)


@transaction.atomic
def answer(extension: Extension, *, granted: bool, words: str, by: Person, now: datetime) -> Extension:
    """Grant or decline. The first answer stands."""
    locked = Extension.objects.select_for_update().get(pk=extension.pk)
    if locked.granted is not None:
        return locked
    ask = _ask(locked, timezone.localdate(now))
    locked.granted, locked.words, locked.answered, locked.answered_by = granted, words.strip()[:LONGEST], now, by
    if granted and ask.due and ask.new_due:
        locked.days = (ask.new_due - ask.due).days
    locked.save(update_fields=["granted", "words", "answered", "answered_by", "days"])
    return locked


@login_required
def extensions(request: HttpRequest) -> HttpResponse:
    """Open asks, then what was answered."""
    own = standing(request).organizations(Role.Kind.INSTRUCTOR)
    if not own:
        raise Http404("No cohorts here.")
    today = timezone.localdate()
    context = {
        "title": _("Asked for more time"),
        "asks": asks_of(own, today),
        "answered": asks_of(own, today, is_open=False),
        "crumbs": [(_("Cohorts"), reverse("teaching:home")), (_("Asked for more time"), "")],
    }
    return render(request, "teaching/extensions.html", context)


@require_POST
@login_required
def answer_extension(request: HttpRequest, id: UUID) -> HttpResponse:
    """Grant or decline one, with a word where she wants to say one."""
    found, do = extension_to_answer(request, id), request.POST.get("do")
    if do not in {"grant", "decline"}:
        raise Http404("No such form.")
    words, now = request.POST.get("words", ""), timezone.now()
    given = answer(found, granted=do == "grant", words=words, by=asking(request), now=now)
    name = found.enrollment.person.name
    if given.granted != (do == "grant"):
        messages.info(request, _("%(name)s had an answer already. It stands.") % {"name": name})
    else:
        said = _("Granted: %(name)s reads it at once.") if given.granted else _("Declined: %(name)s reads it at once.")
        messages.success(request, said % {"name": name})
    return redirect("teaching:extensions")
