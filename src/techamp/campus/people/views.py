"""Joining by invitation, and the account page."""

from __future__ import annotations

from typing import cast

from allauth.account.models import EmailAddress
from allauth.core import ratelimit
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from allauth.mfa.webauthn.views import AddWebAuthnView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from techamp.campus.partners.access import standing
from techamp.campus.partners.invitations import is_for, normal, open_invitation, use
from techamp.campus.partners.models import Invitation
from techamp.campus.people.adapter import known_language
from techamp.campus.people.models import Person

INDUSTRIES = {
    "machining": gettext_lazy("Machining"),
    "electronics": gettext_lazy("Electronics"),
    "food": gettext_lazy("Food"),
    "biomanufacturing": gettext_lazy("Biomanufacturing"),
}


def join(request: HttpRequest) -> HttpResponse:
    """Type a code. A good one leads to where its link leads."""
    typed = request.POST.get("code", "").strip()
    if request.method != "POST":
        return render(request, "people/join.html", {"title": _("Join with your code")})
    if not typed:
        return _asked_again(request, typed, _("Type the code that you were given."))
    if open_invitation(typed) is None:
        return _unknown(request, typed)
    return redirect("people:join-code", normal(typed))


def _asked_again(request: HttpRequest, typed: str, fault: str, status: int = 200) -> HttpResponse:
    context = {"title": _("Join with your code"), "typed": typed[:40], "fault": fault}
    return render(request, "people/join.html", context, status=status)


def _unknown(request: HttpRequest, typed: str) -> HttpResponse:
    """Why a code does not work, as far as we may say. Guessing is limited; a class that joins at once is not."""
    if refused := ratelimit.consume_or_429(request, action="wrong_code"):
        return refused
    known = Invitation.objects.filter(code=normal(typed)).first()
    if known is None:
        fault = _("We have no invitation with this code. Check each letter: codes have no O, 0, I, 1 or L.")
    elif known.uses_left == 0:
        fault = _("Everybody this code was for has used it. Ask who gave it to you for a new one.")
    else:
        fault = _("This code is too old. Ask who gave it to you for a new one.")
    return _asked_again(request, typed, fault, status=404)


def invited(request: HttpRequest, code: str) -> HttpResponse:
    """Where an invitation's link leads. New here: straight to the form. Signed in: asked, then placed."""
    invitation = open_invitation(code)
    if invitation is None:
        return _unknown(request, code)
    if not request.user.is_authenticated:
        request.session["invitation"] = invitation.code
        return redirect("account_signup")
    person = request.user
    mine = is_for(invitation, person.email)
    if request.method == "POST" and mine:
        if use(invitation.code, person) is None:
            return _unknown(request, code)
        place = invitation.cohort or invitation.organization
        messages.success(request, _("You have joined %(place)s.") % {"place": place})
        return redirect("learning:home")
    context = {"title": _("You are invited"), "invitation": invitation, "mine": mine}
    return render(request, "people/invited.html", context, status=200 if mine else 403)


@login_required
def account(request: HttpRequest) -> HttpResponse:
    """Name, industry, language, what the company may see, ways to sign in, own data, sign out."""
    person, own = cast(Person, request.user), standing(request)
    fault = ""
    if request.method == "POST":
        name = request.POST.get("name", "").strip()[:120]
        fault = "" if name else _("Name: is blank. Type your name as it shall stand on your certificate.")
        if not fault:
            _save(request, person, name)
            messages.success(request, _("Saved."))
            return redirect("people:account")
    context = {
        "title": _("Your account"),
        "standing": own,
        "industries": INDUSTRIES.items(),
        "languages": settings.LANGUAGES,
        "fault": fault,
        "confirmed": EmailAddress.objects.filter(user=person, email=person.email, verified=True).exists(),
        "passkeys": Authenticator.objects.filter(user=person, type=Authenticator.Type.WEBAUTHN).count(),
        "second_step": is_mfa_enabled(person),
    }
    return render(request, "people/account.html", context)


def _save(request: HttpRequest, person: Person, name: str) -> None:
    """Write what the form sent; a value that is none of the choices changes nothing."""
    person.name = name
    industry = request.POST.get("industry", "")
    person.industry = industry if industry in INDUSTRIES else person.industry
    person.language = known_language(request.POST.get("language", person.language))
    person.save(update_fields=["name", "industry", "language"])
    enrollment = standing(request).enrollment
    if enrollment and enrollment.company_id:
        enrollment.shows_company = "shows_company" in request.POST
        enrollment.save(update_fields=["shows_company"])


class AddPasskey(AddWebAuthnView):
    """allauth's page, but without recovery codes: they are for who is asked for a second step."""

    def form_valid(self, form: object) -> HttpResponse:
        """Keep the passkey; back to the list of them."""
        response: HttpResponse = super().form_valid(form)
        person = cast(Person, self.request.user)
        if is_mfa_enabled(person):
            return response
        Authenticator.objects.filter(user=person, type=Authenticator.Type.RECOVERY_CODES).delete()
        return redirect("mfa_list_webauthn")
