"""How allauth fits the campus: nobody signs up without an invitation; a passkey is a way in, not a second step."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from techamp.campus.partners.invitations import is_for, open_invitation, use
from techamp.campus.people.models import LedgerKey, Person

WRONG = _("Email or password is wrong. Check both, or have a sign-in link mailed to you.")


class InvitationGone(Exception):
    """Somebody else took the last place of this invitation between the form and its sending."""


class JoinByInvitation(DefaultAccountAdapter):
    """An account is made with an invitation and placed where the invitation says."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "invalid_login": WRONG,
        "email_password_mismatch": WRONG,
        "email_taken": _("There is an account with this address already. Sign in with it, and you join with that one."),
        "same_as_current": _("This is the address that you have now. Type the new one."),
        "duplicate_email": _("This is the address that you have now. Type the new one."),
        "enter_current_password": _("This is not your password of today. Check it, or have a reset mailed to you."),
        "incorrect_password": _("This is not your password. Check it, or choose another way."),
        "incorrect_code": _("This code is wrong or too old. Type the one that the app shows now."),
        "too_many_login_attempts": _("That was wrong too often. Wait five minutes, or use another way to sign in."),
        "rate_limited": _("That was too often in a short time. Wait a few minutes, then try again."),
        "account_inactive": _("This account is closed. Ask the program office."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Only with an open invitation in the session."""
        return open_invitation(request.session.get("invitation", "")) is not None

    def save_user(self, request: HttpRequest, user: Any, form: Any, commit: bool = True) -> Any:
        """Name and ledger key, then the place that the invitation gives; InvitationGone when there is none left."""
        user = super().save_user(request, user, form, commit=False)
        user.email = user.email.lower()
        user.name = form.cleaned_data["name"]
        user.language = known_language(get_language())
        user.save()
        LedgerKey.objects.get_or_create(person=user)
        if use(request.session.get("invitation", ""), user) is None:
            raise InvitationGone
        return user

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to the account page, where all ways to sign in stand."""
        return reverse("people:account")


class PasskeyIsAWayIn(DefaultMFAAdapter):
    """Who has an authenticator app is asked for it after a password or a link. Who has a passkey is not.

    allauth asks for a passkey after every password. A passkey lives on a phone, and the shop-floor PC has none.
    """

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This code is wrong or too old. Type the one that the app shows now."),
        "unverified_email": _("First confirm your email address: open the link that we mailed to you."),
        "cannot_generate_recovery_codes": _("Recovery codes are for who uses an authenticator app. Set that up first."),
    }

    def is_mfa_enabled(self, user: Any, types: Any = None) -> bool:
        """Whether a second step is asked; with one type, whether the person has that type."""
        asked = {Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN}
        if types is None or asked <= set(types):
            types = [Authenticator.Type.TOTP]
        return super().is_mfa_enabled(user, types=types)

    def get_totp_issuer(self) -> str:
        """The name that the app shows."""
        return "TechAMP"

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        """A name to start from: people know their devices, not their keys."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return gettext("My phone") if number == 0 else gettext("Device %(n)d") % {"n": number + 1}


def known_language(code: str | None) -> str:
    """One of the languages of the campus."""
    short = (code or "").split("-")[0]
    return short if short in dict(settings.LANGUAGES) else "en"


def fits_invitation(email: str, code: str) -> str:
    """The address, unless the invitation was made for another one."""
    invitation = open_invitation(code)
    if invitation is not None and not is_for(invitation, email):
        raise ValidationError(
            gettext("This invitation was made for another email address. Use that one, or ask for a new invitation.")
        )
    return email


def person_of(email: str) -> Person | None:
    """Who signs in with that address."""
    return Person.objects.filter(email=email.strip().lower(), is_active=True).first()
