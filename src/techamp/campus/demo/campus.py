"""The demo campus: organizations, people and a cohort, made once through the application's own services."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from techamp.campus.demo.people import SIGN_INS
from techamp.campus.partners.invitations import invite, use
from techamp.campus.partners.models import Cohort, Enrollment, Organization
from techamp.campus.people.models import Person
from techamp.campus.program.curriculum import curriculum

ROLES = {"ines": "instructor", "carl": "coordinator", "mia": "mentor", "dora": "company", "omar": "office"}


def exists() -> bool:
    """Whether the demo campus was made before."""
    return Organization.objects.filter(slug="merrimack").exists()


@transaction.atomic
def make(today: date | None = None) -> None:
    """Make it. ``today`` is the day on which everything is laid out."""
    today = today or timezone.localdate()
    college, company, office, elsewhere = _organizations()
    people = {s.email.split("@")[0]: Person.objects.create_user(s.email, None, name=s.name) for s in SIGN_INS}
    for who, role in ROLES.items():
        place = {"mentor": company, "company": company, "office": office}.get(role, college)
        use(invite(place, by=None, role=role).code, people[who])
    _cohorts(college, elsewhere, company, people, today)


def _organizations() -> tuple[Organization, Organization, Organization, Organization]:
    make = Organization.objects.create
    return (
        make(slug="merrimack", name="Merrimack Community College", kind="institution", place="Lowell, Massachusetts"),
        make(slug="pawtucket-motion", name="Pawtucket Motion", kind="company", place="Pawtucket, Rhode Island"),
        make(slug="office", name="TechAMP program office", kind="office"),
        make(slug="scioto", name="Scioto Technical College", kind="institution", place="Columbus, Ohio"),
    )


def _cohorts(
    college: Organization, elsewhere: Organization, company: Organization, people: dict[str, Person], today: date
) -> None:
    monday = today - timedelta(days=today.weekday())
    middle = Cohort.objects.create(institution=college, name="Lowell, fall", starts=monday - timedelta(weeks=2))
    fresh = Cohort.objects.create(institution=college, name="Lowell, next", starts=monday)
    Cohort.objects.create(institution=elsewhere, name="Columbus, fall", starts=monday - timedelta(weeks=2))
    for who, cohort in (("ana", middle), ("ben", fresh)):
        use(invite(college, by=people["ines"], cohort=cohort, company=company).code, people[who])
    program = curriculum().program
    Enrollment.objects.filter(person=people["ana"]).update(
        spokes=program.spokes[: program.spokes_to_choose], mentor=people["mia"], shows_company=True
    )
