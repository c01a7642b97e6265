"""Before a study: plan what to measure, print the sheet or fill it in here, go on to the study."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from techamp.campus.data import sheets
from techamp.campus.data.workbench import query_of
from techamp.campus.partners.access import own_key
from techamp.contract import Fault, InvalidInput, Planner, registry


def _planner_of(id: str) -> Planner[Any]:
    try:
        return registry.planner(id)
    except LookupError:
        raise Http404("No such plan.") from None


@login_required
def plan(request: HttpRequest, planner: str) -> HttpResponse:
    """The form of the plan, and its sheet with what was filled in so far."""
    found = _planner_of(planner)
    if request.method == "POST":
        return _fill_in(request, found)
    return _plan(request, found, sheets.folded(found, request.GET.dict()))


def _plan(
    request: HttpRequest, found: Planner[Any], asked: dict[str, Any], faults: tuple[Fault, ...] = ()
) -> HttpResponse:
    filled = None
    try:
        filled = sheets.open_sheet(request, found, asked)
    except InvalidInput as error:
        faults = (*faults, *error.faults)
    context = {
        "title": found.title, "planner": found, "settings": sheets.setting_fields(found, asked, faults),
        "filled": filled, "faults": faults, "seed": sheets.seed_of(asked), "typed": request.POST,
        "query": urlencode(asked), "anchors": _anchors(found), "another": sheets.seed_of(asked) + 1,
        "crumbs": [(_("Your data"), reverse("data:home")), (found.title, "")],
    }  # fmt: skip
    return render(request, "data/plan.html", context, status=422 if faults else 200)


def _anchors(found: Planner[Any]) -> dict[str, str]:
    """What a fault names → the box to go to."""
    fields = found.Settings.fields()
    boxes = {f.name: f"{f.name}-0-0" if f.kind == "entries" else f.name for f in fields}
    lines = {f"{f.label}, line {n}": f"{f.name}-{n - 1}-0" for f in fields for n in range(1, f.most * bool(f.columns))}
    return {**{f.label: boxes[f.name] for f in fields}, **boxes, **lines}


def _fill_in(request: HttpRequest, found: Planner[Any]) -> HttpResponse:
    """Keep what was typed, complete or not; a full sheet goes on to its study."""
    asked = {name: str(value) for name, value in QueryDict(request.POST.get("query", "")).items()}
    try:
        filled = sheets.open_sheet(request, found, asked)
        dataset, left = sheets.keep_sheet(own_key(request), found, asked, filled, request.POST.dict())
    except InvalidInput as error:
        return _plan(request, found, asked, error.faults)
    if left:
        messages.success(request, _("Kept. %(left)d readings are still to come.") % {"left": left})
        again = urlencode({**asked, "dataset": str(dataset.uid)})
        return redirect(f"{reverse('data:plan', args=[found.id])}?{again}")
    query = urlencode(query_of(sheets.roles_of(filled.sheet, dataset), filled.sheet.settings))
    return redirect(f"{reverse('data:study', args=[dataset.uid, found.study])}?{query}")
