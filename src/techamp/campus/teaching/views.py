"""The instructor's view: where each learner stands, who is stuck and why, the exact attempt, overrides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from techamp.campus.capstone.actions import change_mentor
from techamp.campus.learning import ledger
from techamp.campus.learning.home import url_of
from techamp.campus.learning.models import Attempt, Evidence
from techamp.campus.learning.text import render_markdown
from techamp.campus.partners.access import asking, cohort_to_teach, learner_to_teach, looked_at, standing
from techamp.campus.partners.invitations import invite, withdraw
from techamp.campus.partners.models import Cohort, Enrollment, Organization, Role
from techamp.campus.people.models import Person
from techamp.campus.play.bench import pairs
from techamp.campus.play.conversation import scene
from techamp.campus.play.views import verdicts_of
from techamp.campus.program.curriculum import curriculum
from techamp.campus.program.schema import Talk
from techamp.campus.teaching.extensions import asks_of
from techamp.campus.teaching.naming import name_of, place_name
from techamp.campus.teaching.position import positions
from techamp.campus.ui.numbers import typed_whole
from techamp.contract import InputField, registry

MOST_USES = 200  # people who may join with one code


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """The cohorts of her institutions, and who needs help in each."""
    own = standing(request).organizations(Role.Kind.INSTRUCTOR)
    if not own:
        raise Http404("No cohorts here.")
    today, rows = timezone.localdate(), []
    for cohort in Cohort.objects.filter(institution__in=own).select_related("institution").order_by("-starts"):
        people = positions(_enrollments(cohort), today)
        rows.append((cohort, (today - cohort.starts).days // 7 + 1, len(people), [p for p in people if p.stuck]))
    context = {"title": _("Cohorts"), "rows": rows, "asks": asks_of(own, today)}
    return render(request, "teaching/home.html", context)


def _enrollments(cohort: Cohort) -> list[Enrollment]:
    return list(cohort.enrollments.select_related("person__key", "cohort__institution", "company"))


@login_required
def cohort(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Everybody's position against the calendar; who is stuck stands first, with why."""
    return _cohort_page(request, cohort_to_teach(request, uid))


def _cohort_page(request: HttpRequest, found: Cohort, faults: Sequence[str] = ()) -> HttpResponse:
    """The page; with faults, 422 and what was typed for the code."""
    rows = positions(_enrollments(found), timezone.localdate())
    context = {
        "title": found.name,
        "cohort": found,
        "rows": rows,
        "week": (timezone.localdate() - found.starts).days // 7 + 1,
        "stuck": [r for r in rows if r.stuck],
        "companies": Organization.objects.filter(kind=Organization.Kind.COMPANY).order_by("name"),
        "invitations": found.invitations.filter(uses_left__gt=0, expires__gt=timezone.now()).order_by("-pk"),
        "this_year": f"{timezone.localdate():%Y}",
        "faults": faults,
        "typed": request.POST.dict() if faults else {"uses": "1"},
        "most": MOST_USES,
        "crumbs": [(_("Cohorts"), reverse("teaching:home")), (found.name, "")],
    }
    return render(request, "teaching/cohort.html", context, status=422 if faults else 200)


@require_POST
@login_required
def invitation(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Make a code for this cohort, or withdraw one."""
    found = cohort_to_teach(request, uid)
    if "withdraw" in request.POST:
        _withdraw(request, found)
        return redirect("teaching:cohort", uid)
    typed = request.POST.get("uses", "").strip()
    count = typed_whole(typed)
    if count is None or not 1 <= count <= MOST_USES:
        return _cohort_page(request, found, [_uses_fault(typed)])
    company = Organization.objects.filter(kind="company", slug=request.POST.get("company", "")).first()
    made = invite(found.institution, by=asking(request), cohort=found, company=company, uses=count)
    link = request.build_absolute_uri(reverse("people:join-code", args=[made.code]))
    messages.success(request, _("Code %(code)s, link %(link)s") % {"code": made.code, "link": link})
    return redirect("teaching:cohort", uid)


def _withdraw(request: HttpRequest, cohort: Cohort) -> None:
    code = request.POST["withdraw"]
    if withdraw(cohort, code):
        messages.success(request, _("Code %(code)s is withdrawn. Nobody can join with it any more.") % {"code": code})
    else:
        messages.warning(request, _("This code is not open any more; nothing was changed. Open codes stand below."))


def _uses_fault(typed: str) -> str:
    if not typed:
        return _(
            "How many people: must be a whole number from 1 to %(most)d; it is empty. "
            "Type how many people may join with the code, for example 12."
        ) % {"most": MOST_USES}
    return _(
        "How many people: must be a whole number from 1 to %(most)d; you typed “%(typed)s”. "
        "Type how many people may join with the code, for example 12."
    ) % {"most": MOST_USES, "typed": Truncator(typed).chars(40)}


@login_required
def learner(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One learner: position, reasons, attempts, skills; override a skill, name a mentor."""
    enrollment = learner_to_teach(request, uid)
    faults: list[str] = []
    if request.method == "POST":
        faults = _change(request, enrollment)
        if not faults:
            messages.success(request, _("Saved."))
            return redirect("teaching:learner", uid)
    return render(
        request,
        "teaching/learner.html",
        _learner_context(enrollment) | {"faults": faults, "typed": request.POST.dict()},
        status=422 if faults else 200,
    )


def _change(request: HttpRequest, enrollment: Enrollment) -> list[str]:
    post, lessons = request.POST, curriculum()
    if post.get("do") == "mentor":
        mentors = _mentors(enrollment)
        change_mentor(enrollment, next((m for m in mentors if str(m.uid) == post.get("mentor")), None))
        return []
    faults = []
    if post.get("skill") not in lessons.skills:
        faults.append(_("Skill: must be one of the program's skills. Choose one from the list."))
    if post.get("level") not in lessons.levels:
        faults.append(_("Level: must be one of the levels. Choose one from the list."))
    if not post.get("reason", "").strip():
        faults.append(_("Reason: must be filled. The learner reads it; one sentence is enough."))
    if not faults:
        ledger.override(
            enrollment.person.key, post["skill"], post["level"], by=asking(request),
            organization=enrollment.cohort.institution, reason=post["reason"],
        )  # fmt: skip
    return faults


def _mentors(enrollment: Enrollment) -> list[Person]:
    places = [enrollment.cohort.institution_id, enrollment.company_id]
    found = Person.objects.filter(roles__kind=Role.Kind.MENTOR, roles__organization__in=places).distinct()
    return list(found.exclude(pk=enrollment.person_id).order_by("name"))


def _learner_context(enrollment: Enrollment) -> dict[str, Any]:
    lessons, key = curriculum(), enrollment.person.key
    row = positions([enrollment], timezone.localdate())[0]
    attempts = Attempt.objects.filter(key=key).exclude(kind="question").order_by("-touched")[:25]
    levels = row.progress.levels
    written = Attempt.objects.filter(key=key, kind="explanation").exclude(state__text="").order_by("-started")[:10]
    return {
        "title": enrollment.person.name, "enrollment": enrollment, "learner": enrollment.person, "row": row,
        "attempts": [(a, name_of(a), attempt_url(a)) for a in attempts],
        "written": [(a, place_name(a.place)) for a in written],
        "skills": [(lessons.skills[s], level) for s, level in levels.items() if s in lessons.skills],
        "all_skills": lessons.skills.values(), "levels": lessons.levels.values(), "mentors": _mentors(enrollment),
        "lessons": lessons,
        "overrides": Evidence.objects.filter(key=key, kind="override").select_related("by").order_by("-at")[:10],
        "crumbs": [(_("Cohorts"), reverse("teaching:home")),
                   (enrollment.cohort.name, reverse("teaching:cohort", args=[enrollment.cohort.uid])),
                   (enrollment.person.name, "")],
    }  # fmt: skip


def attempt_url(attempt: Attempt) -> str:
    """Where an attempt is shown as she saw it."""
    return reverse("practice:attempt" if attempt.kind == "practice" else "teaching:attempt", args=[attempt.pk])


SHOWN = {
    "capstone",
    "challenge",
    "conversation",
    "explanation",
    "game",
    "lab",
    "lecture",
    "prediction",
    "question",
    "simulation",
    "study",
}


@login_required
def attempt(request: HttpRequest, id: UUID) -> HttpResponse:
    """An attempt as it was: what was asked, what she did, what came out. Practice has a page of its own."""
    own = standing(request).organizations(Role.Kind.INSTRUCTOR)
    found = Attempt.objects.filter(pk=id).select_related("key__person").first()
    person = found.key.person if found else None
    taught = person and Enrollment.objects.filter(person=person, cohort__institution__in=own).exists()
    if found is None or not (taught or (person and person.pk == request.user.pk)):
        raise Http404("No such attempt.")
    if found.kind == "practice":
        return redirect("practice:attempt", id)
    looked_at(request, found.key)
    kind = found.kind if found.kind in SHOWN else "other"
    context = {
        "shown_by": f"teaching/attempt_{kind}.html",
        "title": place_name(found.place),
        "attempt": found,
        "learner": person,
        **_shown(found),
    }
    return render(request, "teaching/attempt.html", context)


def _shown(attempt: Attempt) -> dict[str, Any]:
    """What the template needs for this kind of attempt."""
    if attempt.kind == "conversation":
        return {"talk": scene(Talk.model_validate(attempt.realized), attempt.state.get("path", []))}
    if attempt.kind in {"explanation", "prediction"}:
        options = attempt.realized.get("options") or []
        picked = attempt.state.get("choice", attempt.state.get("guess"))
        return {"options": [(o, i == picked) for i, o in enumerate(options)]}
    if attempt.kind == "challenge":
        free = {n: v for n, v in attempt.state.get("inputs", {}).items() if n in attempt.realized["free"]}
        says = render_markdown(attempt.realized["says"])
        return {"verdicts": verdicts_of(attempt), "says": says, "inputs": settings_of(attempt.engine, free)}
    if attempt.kind == "simulation":
        found = curriculum().activities.get(attempt.place)
        address = f"{url_of(found)}?step=run&" if found else ""
        runs = [(settings_of(attempt.engine, pairs(q)), f"{address}{q}") for q in attempt.state.get("runs", [])]
        return {"runs": [(settings, url if address else "") for settings, url in runs]}
    if attempt.kind == "question":
        given = attempt.state.get("given", [])
        return {"options": [(o, o["key"] in given) for o in attempt.realized.get("options", [])], "given": given}
    return {}


def settings_of(engine: str, values: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(label, value with unit) of stored inputs; by their names where the simulation is gone or has changed."""
    id = engine.split(" ")[0]
    model = type(registry.simulation(id)).Inputs if id in registry.simulation_ids() else None
    fields = {f.name: f for f in model.fields()} if model else {}
    return [_setting(fields.get(name), name, value) for name, value in values.items()]


def _setting(field: InputField | None, name: str, value: Any) -> tuple[str, str]:
    if field is None:
        return name, str(value)
    return field.label, f"{dict(field.options).get(value, value)} {field.unit}".strip()
