"""Inviting and joining."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from techamp.campus.partners.models import Cohort, Enrollment, Invitation, Organization, Role
from techamp.campus.people.models import Person


def normal(code: str) -> str:
    """A code as people type it → as it is stored: ``k7qx 2mpd`` → ``K7QX-2MPD``."""
    letters = "".join(c for c in code.upper() if c.isalnum())[:12]
    return f"{letters[:4]}-{letters[4:]}" if len(letters) == 8 else letters


def open_invitation(code: str) -> Invitation | None:
    """The invitation of that code, if it still can be used."""
    found = Invitation.objects.filter(code=normal(code), uses_left__gt=0, expires__gt=timezone.now())
    return found.select_related("organization", "cohort__institution", "company").first()


def is_for(invitation: Invitation, email: str) -> bool:
    """Whether that address may use it: an invitation may be bound to one."""
    return not invitation.email or invitation.email == email.lower()


def invite(
    organization: Organization,
    *,
    by: Person | None,
    cohort: Cohort | None = None,
    role: str = "",
    company: Organization | None = None,
    email: str = "",
    uses: int = 1,
    days: int = 30,
) -> Invitation:
    """Make an invitation: to a cohort as a learner, or to a role that fits the organization's kind."""
    if role and role not in Role.FITS[organization.kind]:
        raise ValueError(f"An organization of kind {organization.kind} has no role {role!r}.")
    if not role and (cohort is None or cohort.institution_id != organization.pk):
        raise ValueError("An invitation for a learner needs a cohort of that institution.")
    return Invitation.objects.create(
        organization=organization, cohort=cohort, role=role, company=company, email=email.lower(), uses_left=uses,
        expires=timezone.now() + timedelta(days=days), made_by=by,
    )  # fmt: skip


def withdraw(cohort: Cohort, code: str) -> bool:
    """Close an invitation to that cohort, so that nobody joins with it any more; whether it was open until now.

    The count goes to zero instead of the day to today: ``use`` looks at the count again when it takes a place.
    """
    found = cohort.invitations.filter(code=normal(code), uses_left__gt=0, expires__gt=timezone.now())
    return bool(found.update(uses_left=0))


@transaction.atomic
def use(code: str, person: Person) -> Invitation | None:
    """Place a person where the invitation says. None if it cannot be used any more, or is for another address.

    Using it twice places her once. Of two who take the last use at the same time one is placed: the count goes down in
    the database and only while it is above zero.
    """
    invitation = open_invitation(code)
    if invitation is None or not is_for(invitation, person.email):
        return None
    if invitation.role:
        _role, fresh = Role.objects.get_or_create(
            person=person, organization=invitation.organization, kind=invitation.role
        )
    else:
        _enrollment, fresh = Enrollment.objects.get_or_create(
            person=person, cohort=invitation.cohort, defaults={"company": invitation.company}
        )
    if fresh:
        taken = Invitation.objects.filter(pk=invitation.pk, uses_left__gt=0).update(uses_left=F("uses_left") - 1)
        if not taken:
            transaction.set_rollback(True)
            return None
    person.__dict__.pop("_standing", None)
    return invitation
