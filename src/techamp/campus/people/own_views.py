"""Everything about me, as a file; and delete me."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from allauth.account.decorators import reauthentication_required
from allauth.core.exceptions import ReauthenticationRequired
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from techamp.campus.people.export import export
from techamp.campus.people.forget import forget
from techamp.campus.people.models import Person


@login_required
@reauthentication_required(enabled=lambda request: "ready" in request.GET)
def everything(request: HttpRequest) -> HttpResponse:
    """What the file holds. Once she has shown that it is her: the download begins, and the page says so."""
    name, ready = _file_name(timezone.now()), "ready" in request.GET
    return render(request, "people/everything.html", {"title": _("Everything about you"), "ready": ready, "name": name})


@login_required
def everything_file(request: HttpRequest) -> HttpResponseBase:
    """The file. It is never what follows "Is it you?": a browser would save it and stay there."""
    try:
        return _download(request)
    except ReauthenticationRequired:
        return redirect(f"{reverse('people:everything')}?ready=1")


@reauthentication_required
def _download(request: HttpRequest) -> HttpResponseBase:
    now = timezone.now()
    return FileResponse(export(cast(Person, request.user), now), as_attachment=True, filename=_file_name(now))


def _file_name(now: datetime) -> str:
    return f"techamp-{timezone.localdate(now):%Y-%m-%d}.zip"


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
