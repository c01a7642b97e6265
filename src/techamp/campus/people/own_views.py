"""Everything about me, as a file; and delete me."""

from __future__ import annotations

from typing import cast

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from techamp.campus.people.export import export
from techamp.campus.people.forget import forget
from techamp.campus.people.models import Person


@login_required
@reauthentication_required(allow_get=True)
def everything(request: HttpRequest) -> HttpResponseBase:
    """What the file holds; the button downloads it."""
    if request.method != "POST":
        return render(request, "people/everything.html", {"title": _("Everything about you")})
    now = timezone.now()
    name = f"techamp-{now:%Y-%m-%d}.zip"
    return FileResponse(export(cast(Person, request.user), now), as_attachment=True, filename=name)


@login_required
@reauthentication_required(allow_get=True)
def delete(request: HttpRequest) -> HttpResponse:
    """What goes and what stays; the box must be ticked."""
    if request.method == "POST" and "sure" in request.POST:
        person = cast(Person, request.user)
        person = Person.objects.get(pk=person.pk)
        logout(request)
        forget(person)
        messages.success(request, _("Your account and what belonged to it are deleted."))
        return redirect("front")
    context = {"title": _("Delete my account"), "unsure": request.method == "POST"}
    return render(request, "people/delete.html", context)
