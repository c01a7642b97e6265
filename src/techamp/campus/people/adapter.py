"""How allauth fits the campus: nobody signs up without an invitation."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from techamp.campus.partners.invitations import open_invitation, use
from techamp.campus.people.models import LedgerKey


class JoinByInvitation(DefaultAccountAdapter):
    """An account is made with an invitation and placed where the invitation says."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "invalid_login": _("Email or password is wrong. Check both, or have a sign-in mailed to you."),
        "email_password_mismatch": _("Email or password is wrong. Check both, or have a sign-in mailed to you."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Only with an open invitation in the session."""
        return open_invitation(request.session.get("invitation", "")) is not None

    def save_user(self, request: HttpRequest, user: Any, form: Any, commit: bool = True) -> Any:
        """Name and ledger key, then the place that the invitation gives."""
        user = super().save_user(request, user, form, commit=False)
        user.email = user.email.lower()
        user.name = form.cleaned_data.get("name", "").strip()
        user.save()
        LedgerKey.objects.get_or_create(person=user)
        use(request.session.pop("invitation", ""), user)
        return user
