"""Inviting and joining."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.utils import timezone

from techamp.campus.partners import invitations
from techamp.campus.partners.invitations import invite, is_for, normal, open_invitation, use
from techamp.campus.partners.models import ALPHABET, Enrollment, Invitation, Organization, Role
from techamp.campus.partners.standing import standing_of
from techamp.campus.people.models import Person


@pytest.fixture
def nia(db: None) -> Person:
    return Person.objects.create_user("nia@example.org", name="Nia")


def test_using_an_invitation_enrolls_her_with_her_sponsor(college: Any, nia: Person) -> None:
    made = college.invite(company=college.company, uses=3)
    assert use(made.code, nia) == made
    enrollment = Enrollment.objects.get()
    assert (enrollment.person, enrollment.cohort, enrollment.company) == (nia, college.cohort, college.company)
    made.refresh_from_db()
    assert made.uses_left == 2


def test_an_invitation_may_give_a_role(college: Any, nia: Person) -> None:
    use(invite(college.place, by=None, role="instructor").code, nia)
    role = Role.objects.get()
    assert (role.person, role.organization, role.kind) == (nia, college.place, "instructor")
    assert not Enrollment.objects.exists()


def test_using_it_twice_places_her_once_and_counts_once(college: Any, nia: Person) -> None:
    made = college.invite(uses=3)
    use(made.code, nia)
    assert use(made.code, nia) == made
    made.refresh_from_db()
    assert (Enrollment.objects.count(), made.uses_left) == (1, 2)


def test_one_use_is_for_one_person(college: Any, nia: Person) -> None:
    code = college.invite().code
    use(code, nia)
    assert use(code, Person.objects.create_user("ivo@example.org", name="Ivo")) is None
    assert Enrollment.objects.get().person == nia


def test_of_two_who_take_the_last_use_at_once_one_is_placed(college: Any, nia: Person) -> None:
    made = college.invite()
    stale = open_invitation(made.code)  # what the second one read before the first one wrote
    use(made.code, Person.objects.create_user("ivo@example.org", name="Ivo"))
    with patch.object(invitations, "open_invitation", return_value=stale):
        assert use(made.code, nia) is None
    assert Enrollment.objects.get().person.name == "Ivo"
    made.refresh_from_db()
    assert made.uses_left == 0


@pytest.mark.parametrize("change", [{"uses_left": 0}, {"expires": timezone.now() - timedelta(seconds=1)}])
def test_what_is_used_up_or_too_old_places_nobody(college: Any, nia: Person, change: dict[str, Any]) -> None:
    code = college.invite().code
    Invitation.objects.update(**change)
    assert open_invitation(code) is None
    assert use(code, nia) is None
    assert not Enrollment.objects.exists()


def test_a_bound_invitation_is_for_one_address_however_it_is_written(college: Any, nia: Person) -> None:
    made = college.invite(email="NIA@Example.org")
    assert is_for(made, "Nia@example.ORG")
    assert not is_for(made, "ivo@example.org")
    assert use(made.code, Person.objects.create_user("ivo@example.org", name="Ivo")) is None
    assert use(made.code, nia) == made


def test_she_stands_at_once_where_she_was_placed(college: Any, nia: Person) -> None:
    assert not standing_of(nia).is_learner
    use(college.invite().code, nia)
    assert standing_of(nia).is_learner


@pytest.mark.parametrize("typed", ["k7qx2mpd", "K7QX-2MPD", " k7qx 2mpd ", "K7QX–2MPD", "k7qx_2mpd"])
def test_codes_are_read_as_people_type_them(typed: str) -> None:
    assert normal(typed) == "K7QX-2MPD"


@pytest.mark.parametrize("typed", ["", "-", "K7QX", "K7QX-2MPD-9", "’; DROP TABLE", "\x00", "ß" * 9, "K" * 9999])
def test_what_is_no_code_finds_nothing(college: Any, typed: str) -> None:
    college.invite()
    assert open_invitation(typed) is None


def test_codes_have_no_letters_that_look_alike(college: Any) -> None:
    assert not set("01OIL") & set(ALPHABET)
    made = college.invite().code
    assert set(made.replace("-", "")) <= set(ALPHABET)
    assert normal(made) == made


@pytest.mark.parametrize(
    ("kind", "role"),
    [("institution", "office"), ("company", "instructor"), ("office", "mentor"), ("company", "office")],
)
def test_a_role_must_fit_the_organization(db: None, kind: str, role: str) -> None:
    place = Organization.objects.create(slug="p", name="Place", kind=kind)
    with pytest.raises(ValueError, match=f"An organization of kind {kind} has no role '{role}'."):
        invite(place, by=None, role=role)


def test_a_learner_is_invited_to_a_cohort_of_that_institution(college: Any) -> None:
    far = Organization.objects.create(slug="far", name="Far", kind="institution")
    for arguments in ({}, {"cohort": college.cohort}):
        with pytest.raises(ValueError, match="needs a cohort of that institution"):
            invite(far, by=None, **arguments)
