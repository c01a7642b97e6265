"""A week more for a module: she asks with one tap, her instructor answers with one, she reads the answer at home."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from techamp.campus.learning.progress import Due, plan_of, progress_of
from techamp.campus.partners.access import learners_only, own_enrollment, own_key
from techamp.campus.partners.models import Enrollment, Extension

SOON, NEAR = 3, 7  # days before the date from which she is offered to ask: at home, on the module's page; our choice
READ = 7  # days for which an answer stays on her home page
LONGEST = 300


@dataclass(frozen=True)
class Tight:
    """A module whose date is near or past, or about whose date there is news."""

    due: Due
    is_late: bool
    extension: Extension | None

    @property
    def place(self) -> str:
        """ "<subject>/<module>"."""
        return f"{self.due.module.subject}/{self.due.module.id}"

    @property
    def word(self) -> str:
        """ "asked", "granted", "declined", or "" when nothing was asked."""
        if self.extension is None:
            return ""
        return {None: "asked", True: "granted", False: "declined"}[self.extension.granted]


def tight_ones(dues: Iterable[Due], enrollment: Enrollment, today: date, soon: int = SOON) -> list[Tight]:
    """Those of the modules whose dates are worth a line, in their order: late, due within ``soon`` days, or news."""
    found = (_tight(due, enrollment, today, soon) for due in dues if due.state != "done" and due.opens <= today)
    return [tight for tight in found if tight]


def _tight(due: Due, enrollment: Enrollment, today: date, soon: int) -> Tight | None:
    place = f"{due.module.subject}/{due.module.id}"
    newest = next((e for e in reversed(enrollment.asked_for) if e.place == place), None)
    is_news = newest and (newest.answered is None or (today - timezone.localdate(newest.answered)).days < READ)
    tight = Tight(due, due.is_late(today), newest if is_news else None)
    return tight if is_news or (due.due - today).days <= soon else None


@transaction.atomic
def ask(enrollment: Enrollment, place: str, reason: str, now: datetime) -> Extension:
    """Ask for a week more. While an earlier ask for the same module waits for its answer, that one stands."""
    Enrollment.objects.select_for_update().get(pk=enrollment.pk)
    defaults = {"reason": reason.strip()[:LONGEST], "asked": now}
    return Extension.objects.get_or_create(enrollment=enrollment, place=place, granted=None, defaults=defaults)[0]


@require_POST
@learners_only
def more_time(request: HttpRequest, subject: str, module: str) -> HttpResponse:
    """Ask for a week more for a module that is open and not done."""
    enrollment, today = own_enrollment(request), timezone.localdate()
    plan = plan_of(enrollment, progress_of(own_key(request)), today)
    due = next((d for d in plan.this_week if (d.module.subject, d.module.id) == (subject, module)), None)
    if due is None:
        raise Http404("No such module is open.")
    ask(enrollment, f"{subject}/{module}", request.POST.get("reason", ""), timezone.now())
    messages.success(request, _("Asked. The answer will stand here and on your page “This week”."))
    if request.POST.get("back") == "home":
        return redirect("learning:home")
    return redirect("learning:module", subject, module)
