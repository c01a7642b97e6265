"""Joining by invitation, the account page, and the demo's sign-ins and outbox."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from techamp.campus.partners.access import standing
from techamp.campus.partners.invitations import open_invitation, use
from techamp.campus.people.models import OutboxMail, Person

DEMO_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def join(request: HttpRequest, code: str = "") -> HttpResponse:
    """Type a code, or arrive by a link with one. Signed in: placed at once. Otherwise on to making an account."""
    typed = request.POST.get("code", "") if request.method == "POST" else code
    invitation = open_invitation(typed) if typed else None
    context = {
        "title": _("Join"),
        "typed": typed,
        "invitation": invitation,
        "unknown": bool(typed) and invitation is None,
    }
    if invitation is None or request.method != "POST":
        return render(request, "people/join.html", context, status=404 if context["unknown"] else 200)
    if not request.user.is_authenticated:
        request.session["invitation"] = invitation.code
        return redirect("account_signup")
    if use(invitation.code, request.user) is None:
        return render(request, "people/join.html", {**context, "not_yours": True}, status=403)
    messages.success(request, _("Welcome to %(place)s.") % {"place": invitation.cohort or invitation.organization})
    return redirect("learning:home")


@login_required
def account(request: HttpRequest) -> HttpResponse:
    """Name, industry, what the company may see, ways to sign in, sign out."""
    person: Person = request.user  # type: ignore[assignment]
    own = standing(request)
    if request.method == "POST":
        name = request.POST.get("name", "").strip()[:120]
        person.name = name or person.name
        industry = request.POST.get("industry", person.industry)
        person.industry = industry if industry in INDUSTRIES else person.industry
        person.save(update_fields=["name", "industry"])
        if own.enrollment and own.enrollment.company_id:
            own.enrollment.shows_company = "shows_company" in request.POST
            own.enrollment.save(update_fields=["shows_company"])
        messages.success(request, _("Saved."))
        return redirect("people:account")
    context = {"title": _("Your account"), "standing": own, "industries": INDUSTRIES.items()}
    return render(request, "people/account.html", context)


INDUSTRIES = {
    "machining": _("Machining"),
    "electronics": _("Electronics"),
    "food": _("Food"),
    "biomanufacturing": _("Biomanufacturing"),
}


def demo(request: HttpRequest) -> HttpResponse:
    """One-click sign-ins of the demo campus. Not there on a real campus."""
    if not settings.DEMO:
        raise Http404("This is no demo campus.")
    from techamp.campus.demo.people import SIGN_INS

    if request.method == "POST":
        person = Person.objects.filter(
            email=request.POST.get("email", ""), email__in=[s.email for s in SIGN_INS]
        ).first()
        if person is None:
            raise Http404("No such demo person.")
        login(request, person, backend=DEMO_BACKEND)
        return redirect("learning:home")
    return render(request, "people/demo.html", {"title": _("Demo campus"), "sign_ins": SIGN_INS})


def outbox(request: HttpRequest) -> HttpResponse:
    """The demo's mails, newest first. Not there on a real campus."""
    if not settings.DEMO:
        raise Http404("This is no demo campus.")
    mails = OutboxMail.objects.order_by("-at")[:50]
    return render(request, "people/outbox.html", {"title": _("Outbox"), "mails": mails})
