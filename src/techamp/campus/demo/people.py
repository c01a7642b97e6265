"""Who can be signed in with one click on the demo campus."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class SignIn:
    """One demo person."""

    email: str
    name: str
    what: str | Promise


SIGN_INS = (
    SignIn("ana@demo.techamp.example", "Ana Alvarez", _("Learner in the middle: nine weeks in, on night shift")),
    SignIn("ben@demo.techamp.example", "Ben Boone", _("Learner, fresh: joined today")),
    SignIn("ines@demo.techamp.example", "Ines Ito", _("Instructor at the college")),
    SignIn("carl@demo.techamp.example", "Carl Cole", _("Lab coordinator at the college")),
    SignIn("mia@demo.techamp.example", "Mia Moreau", _("Mentor in the company")),
    SignIn("dora@demo.techamp.example", "Dora Dean", _("Company contact")),
    SignIn("omar@demo.techamp.example", "Omar Odell", _("Program office")),
)
