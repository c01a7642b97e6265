"""The company's page and the office's page: sums for all, names only where the learner agreed."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from techamp.campus.learning.progress import plan_of, progress_of_many
from techamp.campus.partners.access import looked_at, organization_as, standing
from techamp.campus.partners.models import Cohort, Enrollment, Role
from techamp.campus.program.curriculum import curriculum

SMALLEST = 5  # sums over fewer people than this are not shown: a sum of one is a name


def landing(request: HttpRequest) -> HttpResponse:
    """Where somebody who is no learner goes: the page of the first role, or how to join."""
    pages = {
        Role.Kind.INSTRUCTOR: "teaching:home",
        Role.Kind.COORDINATOR: "labs:home",
        Role.Kind.MENTOR: "capstone:home",
        Role.Kind.COMPANY: "partners:company",
        Role.Kind.OFFICE: "partners:office",
    }
    kinds = standing(request).role_kinds
    return redirect(pages[kinds[0]] if kinds else "people:join")  # type: ignore[index]


@login_required
def company(request: HttpRequest) -> HttpResponse:
    """A company's people: who agreed to be seen with skills, the others as a number."""
    own = organization_as(request, Role.Kind.COMPANY)
    sponsored = list(Enrollment.objects.filter(company=own).select_related("person__key", "cohort__institution"))
    shown = [e for e in sponsored if e.shows_company]
    progress = progress_of_many([e.person.key for e in shown])
    lessons = curriculum()
    people = []
    for enrollment in shown:
        looked_at(request, enrollment.person.key)
        levels = progress[enrollment.person.key.pk].levels
        people.append((enrollment, [(lessons.skills[s], level) for s, level in levels.items() if s in lessons.skills]))
    context = {
        "title": own.name,
        "company": own,
        "people": people,
        "count": len(sponsored),
        "hidden": len(sponsored) - len(shown),
    }
    return render(request, "partners/company.html", context)


@login_required
def office(request: HttpRequest) -> HttpResponse:
    """Every cohort at a glance, as sums: learners, late, modules done, skills by level. No names."""
    organization_as(request, Role.Kind.OFFICE)
    today = timezone.localdate()
    rows = [_cohort_row(c, today) for c in Cohort.objects.select_related("institution").order_by("starts", "name")]
    return render(request, "partners/office.html", {"title": _("Program"), "rows": rows, "smallest": SMALLEST})


def shown_count(count: int, of: int) -> int | None:
    """How many of so many people, or None where that, or what is left over, would be a few who can be guessed."""
    return None if 0 < count < SMALLEST or 0 < of - count < SMALLEST else count


def _many(count: int) -> int | None:
    """A count of skills, or None where it is so small that it points to one person."""
    return None if 0 < count < SMALLEST else count


def _cohort_row(cohort: Cohort, today: object) -> dict[str, object]:
    enrollments = list(cohort.enrollments.select_related("person__key", "cohort").prefetch_related("extensions"))
    progress = progress_of_many([e.person.key for e in enrollments])
    plans = [plan_of(e, progress[e.person.key.pk], today) for e in enrollments]  # type: ignore[arg-type]
    levels: dict[str, int] = {}
    for one in progress.values():
        for level in one.levels.values():
            levels[level] = levels.get(level, 0) + 1
    return {
        "cohort": cohort,
        "count": len(enrollments),
        "few": len(enrollments) < SMALLEST,
        "late": shown_count(sum(1 for p in plans if p.late), len(plans)),
        "done": sum(1 for p in plans for d in p.modules if d.state == "done"),
        "levels": [(level, _many(levels.get(id, 0))) for id, level in curriculum().levels.items()],
    }
