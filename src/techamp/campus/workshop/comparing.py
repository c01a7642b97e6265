"""Two models side by side, under the same luck."""

from __future__ import annotations

import time
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from techamp.campus.partners.access import asking
from techamp.campus.workshop import actions
from techamp.campus.workshop.access import own_draft
from techamp.campus.workshop.bench import files_of
from techamp.campus.workshop.models import Draft
from techamp.contract import Fault, Finding, InvalidInput, registry

SECONDS = 20.0
"""Longer than this a page does not wait; what is compared then is what there is."""


@login_required
def compare(request: HttpRequest, uid: UUID) -> HttpResponse:
    """This model beside another of hers: what differs, and how sure that is. Without another: make a copy to change."""
    first = own_draft(request, uid)
    builder = registry.builder(first.builder)
    faults: tuple[Fault, ...] = ()
    if request.method == "POST":
        try:
            copy = {**first.document, "name": _("%(name)s, B") % {"name": first.name[:70]}}
            made = actions.begin(asking(request), builder, copy)
            return redirect(f"{reverse('workshop:draft', args=[made.uid])}")
        except InvalidInput as error:
            faults = error.faults
    others = list(_others(request, first))
    second = next((other for other in others if str(other.uid) == request.GET.get("with", "")), None)
    finding, said = (None, ()) if second is None or faults else _found(first, second)
    context = {
        "title": _("Side by side"), "first": first, "second": second, "others": others, "builder": builder,
        "finding": finding, "faults": [(fault, "") for fault in (*faults, *said)], "said": {},
        "scene_css": files_of(builder)["scene_css"],
        "crumbs": [(builder.title, reverse("workshop:home")), (first.name, reverse("workshop:draft", args=[uid])),
                   (_("Side by side"), "")],
    }  # fmt: skip
    return render(request, "workshop/compare.html", context, status=422 if faults or said else 200)


def _others(request: HttpRequest, first: Draft) -> list[Draft]:
    mine = Draft.objects.filter(owner=asking(request), builder=first.builder).exclude(pk=first.pk)
    return list(mine.defer("past", "future", "finding").order_by("-changed")[:60])


def _found(first: Draft, second: Draft) -> tuple[Finding | None, tuple[Fault, ...]]:
    until = time.monotonic() + SECONDS
    try:
        found = registry.builder(first.builder).compare(
            first.document, second.document, lambda _done, _expected: time.monotonic() < until
        )
    except InvalidInput as error:
        return None, error.faults
    if found is None:
        remedy = _("Make the runs shorter, or the models smaller.")
        return None, (Fault(_("The comparison"), _("must be done in %d seconds") % SECONDS, "", remedy),)
    return found, ()
