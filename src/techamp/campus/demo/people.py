"""Who can be signed in with one click on the demo campus."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class SignIn:
    """One demo person. ``role`` in ``organization`` (its slug); both blank for learners."""

    email: str
    name: str
    what: str | Promise
    role: str = ""
    organization: str = ""


SIGN_INS = (
    SignIn("ana@demo.techamp.example", "Ana Alvarez", _("Learner in the middle: week 4, on night shift")),
    SignIn("ben@demo.techamp.example", "Ben Boone", _("Learner, fresh: joined today")),
    SignIn("ines@demo.techamp.example", "Ines Ito", _("Instructor of their college"), "instructor", "merrimack"),
    SignIn("carl@demo.techamp.example", "Carl Cole", _("Lab coordinator of that college"), "coordinator", "merrimack"),
    SignIn("mia@demo.techamp.example", "Mia Moreau", _("Mentor in Ana's company"), "mentor", "pawtucket-motion"),
    SignIn("dora@demo.techamp.example", "Dora Dean", _("Contact of Ana's company"), "company", "pawtucket-motion"),
    SignIn("omar@demo.techamp.example", "Omar Odell", _("Program office"), "office", "office"),
    SignIn(
        "sam@demo.techamp.example", "Sam Sato", _("Instructor of another college: sees nobody of the above"),
        "instructor", "scioto",
    ),
)  # fmt: skip
