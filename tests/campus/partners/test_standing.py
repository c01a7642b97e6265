"""What a person is, from her enrollments and roles."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from techamp.campus.partners.models import Cohort, Enrollment, Organization, Role
from techamp.campus.partners.standing import cohort_week, standing_of
from techamp.campus.people.models import Person


def test_a_learner_stands_in_her_newest_cohort(college: Any, ana: Person) -> None:
    later = Cohort.objects.create(institution=college.place, name="Spring", starts=date(2027, 1, 11))
    Enrollment.objects.create(person=ana, cohort=later)
    standing = standing_of(Person.objects.get(pk=ana.pk))
    assert standing.is_learner
    assert standing.enrollment is not None
    assert standing.enrollment.cohort == later


def test_somebody_new_is_nothing_yet(db: None) -> None:
    standing = standing_of(Person.objects.create_user("new@example.org"))
    assert (standing.is_learner, standing.roles, standing.role_kinds) == (False, (), ())


def test_roles_hold_in_their_organization_only(college: Any, ana: Person) -> None:
    far = Organization.objects.create(slug="far", name="Far", kind="institution")
    Role.objects.create(person=ana, organization=college.place, kind="coordinator")
    Role.objects.create(person=ana, organization=college.place, kind="instructor")
    Role.objects.create(person=ana, organization=college.company, kind="mentor")
    standing = standing_of(Person.objects.get(pk=ana.pk))
    assert standing.role_kinds == ("instructor", "coordinator", "mentor"), "in the order of Role.Kind"
    assert standing.organizations("instructor") == [college.place]
    assert standing.organizations("instructor", "coordinator") == [college.place], "each once"
    assert standing.holds(college.place, "instructor")
    assert not standing.holds(far, "instructor")
    assert not standing.holds(college.company, "instructor")
    assert not standing.holds(None, "instructor")


def test_it_is_read_once_a_request(ana: Person, django_assert_num_queries: Any) -> None:
    fresh = Person.objects.get(pk=ana.pk)
    with django_assert_num_queries(2):
        first = standing_of(fresh)
    with django_assert_num_queries(0):
        assert standing_of(fresh) is first


@pytest.mark.parametrize(
    ("today", "week"),
    [
        (date(2026, 9, 7), 1),
        (date(2026, 9, 13), 1),
        (date(2026, 9, 14), 2),
        (date(2026, 9, 6), 0),
        (date(2027, 9, 5), 52),
    ],
)
def test_weeks_of_a_cohort_count_from_one_on_its_first_day(today: date, week: int) -> None:
    assert cohort_week(Cohort(starts=date(2026, 9, 7)), today) == week
