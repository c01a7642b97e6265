"""How a visitor joins the demo campus as a new learner: an open invitation, its code, and the mail that holds it."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import send_mail
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from techamp.campus.demo.cast import DOMAIN
from techamp.campus.partners.invitations import invite
from techamp.campus.partners.models import Cohort, Invitation, Organization
from techamp.campus.people.models import Person

ADDRESS = f"https://campus.{DOMAIN}"
"""Stands in the demo's own mails, written before anybody knows at which address the campus is served. The outbox page
shows them with the address at which it was asked."""
USES, DAYS = 1000, 3650


def write(cohort: Cohort, by: Person, company: Organization) -> Invitation:
    """Invite to a cohort, and mail the link."""
    made = invite(cohort.institution, by=by, cohort=cohort, company=company, uses=USES, days=DAYS)
    link = ADDRESS + reverse("people:join-code", args=[made.code])
    body = _(
        "Hello,\n\n"
        "%(company)s has a seat for you in the technologist program at %(college)s. Your cohort is %(cohort)s; "
        "its first week is that of %(day)s.\n\n"
        "Open this link on your phone or on a computer:\n%(link)s\n\n"
        "Or go to the campus, choose “Join” and type the code %(code)s.\n\n"
        "The first thing there is ten short questions. They find out what arithmetic to brush up, and nobody grades "
        "them.\n\n"
        "%(name)s\n%(college)s"
    ) % {
        "company": company.name, "college": cohort.institution.name, "cohort": cohort.name, "link": link,
        "day": f"{cohort.starts:%B} {cohort.starts.day}", "code": made.code, "name": by.name,
    }  # fmt: skip
    subject = _("Your seat at %(college)s") % {"college": cohort.institution.name}
    send_mail(subject, body, settings.DEFAULT_FROM_EMAIL, [f"new.learner@{DOMAIN}"])
    return made


def at_this_address(body: str, request: HttpRequest) -> str:
    """A mail's text with links that lead to the campus as the reader reached it."""
    return body.replace(ADDRESS, request.build_absolute_uri("/").rstrip("/"))


def open_code() -> str:
    """The code by which a visitor can join; "" when it is used up or there is no demo campus."""
    found = Invitation.objects.filter(role="", email="", uses_left__gt=0, cohort__isnull=False)
    made = found.filter(made_by__email__endswith=f"@{DOMAIN}").order_by("-expires", "-pk").first()
    return made.code if made else ""
