"""Forms of accounts: our labels and help, one password box instead of two."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as allauth
from allauth.core import context
from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from techamp.campus.partners.invitations import open_invitation
from techamp.campus.people.adapter import InvitationGone, fits_invitation

PASSWORD_HELP = _("At least 10 characters. Three words that only you would put together are good.")


class JoinForm(allauth.SignupForm):
    """Name, email, and a password for those who want one."""

    field_order = ("name", "email", "password1")
    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        help_text=_("As it shall stand on your certificate."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.code = context.request.session.get("invitation", "")
        self.invitation = open_invitation(self.code)
        self.fields["email"].label = _("Your email")
        self.fields["email"].help_text = _("Better a private one: you keep it when you change jobs.")
        password = self.fields["password1"]
        password.label = _("Password, if you want one")
        password.help_text = _(
            "At least 10 characters. Leave it blank, and you sign in by a link that we mail to you each time."
        )
        if self.invitation and self.invitation.email:
            self.fields["email"].initial = self.invitation.email
            self.fields["email"].help_text = _("The invitation was made for this address.")

    def clean_email(self) -> str:
        """An invitation may be bound to an address."""
        return super().clean_email() if fits_invitation(self.cleaned_data["email"].lower(), self.code) else ""

    def try_save(self, request: HttpRequest) -> tuple[Any, Any]:
        """Person and place together or not at all: of two who send the form at once, one gets the last place."""
        try:
            with transaction.atomic():
                made = super().try_save(request)
        except InvitationGone:
            request.session.pop("invitation", None)
            messages.error(
                request, gettext("Somebody else took the last place of this invitation. Ask for a new code.")
            )
            return None, redirect("people:join")
        request.session.pop("invitation", None)
        return made


class LoginForm(allauth.LoginForm):
    """Email and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autocomplete"] = "username"
        self.fields["password"].help_text = ""  # the page has its own link to the reset


class ResetPasswordKeyForm(allauth.ResetPasswordKeyForm):
    """A new password after a mailed link."""

    password2 = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].label, self.fields["password1"].help_text = _("New password"), PASSWORD_HELP


class SetPasswordForm(allauth.SetPasswordForm):
    """A first password."""

    password2 = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].label, self.fields["password1"].help_text = _("Password"), PASSWORD_HELP


class ChangePasswordForm(allauth.ChangePasswordForm):
    """The old one and a new one."""

    password2 = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].label, self.fields["oldpassword"].help_text = _("Password of today"), ""
        self.fields["password1"].label, self.fields["password1"].help_text = _("New password"), PASSWORD_HELP


class NewEmailForm(allauth.AddEmailForm):
    """The address to change to."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("New email")
        self.fields["email"].help_text = _("We mail a link there. The old address stays until you open that link.")
