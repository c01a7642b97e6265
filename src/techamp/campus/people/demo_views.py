"""The demo's one-click sign-ins and its outbox. A real campus answers 404."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from techamp.campus.people.models import OutboxMail, Person

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def demo_only(view: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """404 for whatever is asked, unless this is the demo campus."""

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        if not settings.DEMO:
            raise Http404("This is no demo campus.")
        return view(request)

    return guarded


@demo_only
def demo(request: HttpRequest) -> HttpResponse:
    """Look around as one of the made-up people; who was deleted is not offered any more."""
    from techamp.campus.demo.people import SIGN_INS
    from techamp.campus.demo.welcome import open_code

    there = set(Person.objects.filter(email__in=[s.email for s in SIGN_INS]).values_list("email", flat=True))
    if request.method == "POST":
        email = request.POST.get("email", "")
        if email not in there:
            raise Http404("No such demo person.")
        login(request, Person.objects.get(email=email), backend=BACKEND)
        return redirect("learning:home")
    offered = [s for s in SIGN_INS if s.email in there]
    context = {"title": _("Demo campus"), "sign_ins": offered, "code": open_code()}
    return render(request, "people/demo.html", context)


@demo_only
def outbox(request: HttpRequest) -> HttpResponse:
    """The demo's mails, newest first."""
    from techamp.campus.demo.welcome import at_this_address

    mails = OutboxMail.objects.order_by("-at", "-pk")[:50]
    for mail in mails:
        mail.body = at_this_address(mail.body, request)
    return render(request, "people/outbox.html", {"title": _("Outbox"), "mails": mails})
