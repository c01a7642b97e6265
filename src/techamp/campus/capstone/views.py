"""The capstone: the learner's project page, which is also her mentor's."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from techamp.campus.capstone import actions
from techamp.campus.capstone.access import project_to_see
from techamp.campus.capstone.models import Project
from techamp.campus.capstone.saving import FIELDS, saving_of
from techamp.campus.data.models import Dataset
from techamp.campus.learning.progress import progress_of
from techamp.campus.partners.access import asking, own_key, standing
from techamp.campus.partners.models import Role
from techamp.campus.program.curriculum import curriculum
from techamp.contract import InvalidInput, registry


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """A learner's projects and the start of a new one; a mentor's projects."""
    own = standing(request)
    mentored = Project.objects.filter(mentor=asking(request)).select_related("owner", "company").order_by("-touched")
    if not own.is_learner and Role.Kind.MENTOR not in own.role_kinds:
        raise Http404("No capstone here.")
    context: dict[str, Any] = {
        "title": _("Capstone"),
        "mentored": mentored,
        "milestones": curriculum().program.capstone,
    }
    if own.enrollment:
        context |= {
            "projects": Project.objects.filter(owner=asking(request)).order_by("-touched"),
            "enrollment": own.enrollment,
        }
    if request.method == "POST" and own.enrollment:
        try:
            return redirect("capstone:project", actions.start(own.enrollment, request.POST).uid)
        except InvalidInput as error:
            context |= {"faults": error.faults, "form": request.POST.dict()}
            return render(request, "capstone/home.html", context, status=422)
    return render(request, "capstone/home.html", context)


@login_required
def project(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One project, from charter to signature. ``do`` says which form was sent."""
    found = project_to_see(request, uid)
    if request.method != "POST":
        return render(request, "capstone/project.html", _context(request, found))
    verbs = _OWNER if request.user.pk == found.owner_id else _MENTOR
    verb = verbs.get(request.POST.get("do", ""))
    if verb is None:
        raise Http404("No such step.")
    try:
        verb(request, found)
    except InvalidInput as error:
        context = _context(request, found)
        context |= {"faults": error.faults, "form": {**context["form"], **request.POST.dict()}}
        return render(request, "capstone/project.html", context, status=422)
    messages.success(request, _("Saved."))
    return redirect("capstone:project", uid)


def _own_dataset(request: HttpRequest, uid: str) -> Dataset:
    try:
        found = Dataset.objects.filter(owner=asking(request), uid=UUID(uid)).first()
    except ValueError:
        found = None
    if found is None:
        remedy = _("Choose one from the list, or upload it under Data.")
        raise InvalidInput(_("Dataset"), _("must be one of your own"), uid[:40], remedy)
    return found


def _add_study(request: HttpRequest, found: Project) -> None:
    post = request.POST
    dataset = _own_dataset(request, post.get("dataset", ""))
    actions.add_study(
        found,
        dataset=str(dataset.uid),
        study=post.get("study", ""),
        query=post.get("query", ""),
        found=post.get("found", ""),
    )


_OWNER = {
    "charter": lambda request, p: actions.rewrite(p, request.POST),
    "dataset": lambda request, p: actions.add_dataset(p, _own_dataset(request, request.POST.get("dataset", ""))),
    "drop": lambda request, p: actions.drop_dataset(p, _own_dataset(request, request.POST.get("dataset", ""))),
    "study": _add_study,
    "saving": lambda request, p: actions.state_saving(p, request.POST, request.POST.getlist("skills")),
}
_MENTOR = {
    "agree": lambda request, p: actions.agree(p),
    "reopen": lambda request, p: actions.reopen(p),
    "sign": lambda request, p: actions.sign(p, by=asking(request), note=request.POST.get("note", "")),
}


def _context(request: HttpRequest, found: Project) -> dict[str, Any]:
    lessons = curriculum()
    order = [m.id for m in lessons.program.capstone]
    here = order.index(found.step) if found.step in order else len(order)
    is_owner = request.user.pk == found.owner_id
    there = Dataset.objects.filter(uid__in=found.datasets)
    shown = there if is_owner else there.filter(shares__person=asking(request))  # she may take that back
    datasets = {str(d.uid): d for d in shown}
    studies = [(s, datasets.get(s["dataset"]), _study_url(s)) for s in found.studies]
    levels = progress_of(own_key(request)).levels if is_owner else {}
    return {
        "title": found.title, "project": found, "is_owner": is_owner,
        "milestones": [(m, i < here, i == here) for i, m in enumerate(lessons.program.capstone)],
        "datasets": datasets.values(), "withheld": there.count() - len(datasets), "studies": studies,
        "study_ids": [registry.study(i) for i in registry.study_ids()],
        "mine": Dataset.objects.filter(owner=asking(request)).exclude(uid__in=found.datasets) if is_owner else [],
        "saving": saving_of(found.saving), "form": {"title": found.title, **found.charter, **found.saving},
        "mentor_name": found.mentor.name if found.mentor else "–", "fields": FIELDS,
        "skills": [lessons.skills[s] for s in levels if s in lessons.skills],
        "used": [lessons.skills[s] for s in found.skills if s in lessons.skills],
        "crumbs": [(_("Capstone"), reverse("capstone:home")), (found.title, "")],
    }  # fmt: skip


def _study_url(row: dict[str, str]) -> str:
    if row["study"] not in registry.study_ids():
        return ""
    return f"{reverse('data:study', args=[row['dataset'], row['study']])}?{row['query']}"
