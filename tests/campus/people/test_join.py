"""From an invitation to home."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from techamp.campus.partners.invitations import invite, use
from techamp.campus.partners.models import Cohort, Enrollment, Invitation, Role
from techamp.campus.people.models import LedgerKey, Person

NIA = {"name": "Nia Novak", "email": "Nia@Example.org", "password1": "three old lathes"}


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_a_link_leads_by_one_form_to_home(college: Any, client: Client) -> None:
    form = client.get(f"/join/{college.invite(company=college.company).code}/", follow=True)
    assert "Join Near College" in text(form)
    assert "Firm sponsors you" in text(form)
    home = client.post("/account/signup/", NIA, follow=True)
    assert home.redirect_chain == [("/week/", 302)]
    nia = Person.objects.get(email="nia@example.org")
    assert (nia.name, nia.check_password("three old lathes")) == ("Nia Novak", True)
    assert LedgerKey.objects.filter(person=nia).count() == 1
    enrollment = Enrollment.objects.get(person=nia)
    assert (enrollment.cohort, enrollment.company) == (college.cohort, college.company)


def test_a_typed_code_leads_there_too(college: Any, client: Client) -> None:
    code = college.invite().code
    form = client.post("/join/", {"code": code.lower().replace("-", " ")}, follow=True)
    assert form.redirect_chain[-1][0] == "/account/signup/"


def test_without_a_password_she_joins_and_has_none(college: Any, client: Client) -> None:
    client.get(f"/join/{college.invite().code}/")
    client.post("/account/signup/", {**NIA, "password1": ""})
    nia = Person.objects.get(email="nia@example.org")
    assert not nia.has_usable_password()
    assert client.session["_auth_user_id"] == str(nia.pk)


def test_her_address_is_asked_to_be_confirmed(college: Any, client: Client) -> None:
    client.get(f"/join/{college.invite().code}/")
    home = client.post("/account/signup/", NIA, follow=True)
    assert "We mailed a link to nia@example.org" in text(home)
    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == (["nia@example.org"], "Confirm your email address")
    link = next(line for line in str(sent.body).splitlines() if line.startswith("http"))
    assert "Is this your address?" in text(client.get(link))
    assert "nia@example.org is confirmed" in text(client.post(link, follow=True))
    assert "not confirmed" not in text(client.get("/me/"))


def test_signup_without_an_invitation_asks_for_a_code(db: None, client: Client) -> None:
    page = client.get("/account/signup/")
    assert "An account needs an invitation" in text(page)
    client.post("/account/signup/", NIA)
    assert not Person.objects.exists()


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"uses_left": 0}, "Everybody this code was for has used it"),
        ({"expires": timezone.now() - timedelta(minutes=1)}, "This code is too old"),
        ({"code": "ZZZZ-9999"}, "We have no invitation with this code"),
    ],
)
def test_a_code_that_does_not_work_says_why(college: Any, client: Client, change: dict[str, Any], why: str) -> None:
    code = college.invite().code
    Invitation.objects.filter(code=code).update(**change)
    for response in (client.get(f"/join/{code}/"), client.post("/join/", {"code": code})):
        assert response.status_code == 404
        assert text(response).count(why) == 2, "in the summary and at the field"


def test_a_blank_code_is_asked_again(db: None, client: Client) -> None:
    assert "Type the code that you were given." in text(client.post("/join/", {"code": " "}))


def test_faults_of_the_form_stand_on_top_and_at_the_field(college: Any, client: Client) -> None:
    client.get(f"/join/{college.invite().code}/")
    page = text(client.post("/account/signup/", {"name": "", "email": "nia", "password1": "short"}))
    assert "data-focus" in page
    assert page.count("Enter a valid email address.") == 2
    assert page.count("This field is required.") == 2
    assert page.count("This password is too short.") == 2
    assert not Person.objects.exists()


def test_an_invitation_bound_to_an_address_is_for_that_one(college: Any, client: Client) -> None:
    code = college.invite(email="ivo@example.org").code
    assert 'value="ivo@example.org"' in text(client.get(f"/join/{code}/", follow=True))
    assert "made for another email address" in text(client.post("/account/signup/", NIA))
    assert not Person.objects.exists()
    client.post("/account/signup/", {**NIA, "email": "IVO@example.org"})
    assert Enrollment.objects.get().person.email == "ivo@example.org"


def test_an_address_with_an_account_is_told_to_sign_in(college: Any, ana: Person, client: Client) -> None:
    code = college.invite().code
    client.get(f"/join/{code}/")
    page = text(client.post("/account/signup/", {**NIA, "email": ana.email}))
    assert "There is an account with this address already" in page
    assert f"/account/login/?next=/join/{code}/" in page


def test_of_two_who_want_the_last_place_one_gets_it_and_no_account_is_left_over(college: Any, client: Client) -> None:
    code = college.invite(uses=1).code
    client.get(f"/join/{code}/")
    other = Person.objects.create_user("other@example.org", name="Other")

    def meanwhile(*_arguments: object) -> None:
        use(code, other)

    with patch("techamp.campus.people.forms.fits_invitation", side_effect=lambda email, _c: meanwhile() or email):
        page = client.post("/account/signup/", NIA, follow=True)
    assert "Somebody else took the last place" in text(page)
    assert not Person.objects.filter(email="nia@example.org").exists()
    assert Enrollment.objects.get().person == other


def test_signed_in_she_is_asked_and_joins_a_second_cohort(college: Any, signed_in: Client, ana: Person) -> None:
    later = Cohort.objects.create(
        institution=college.place, name="Spring", starts=college.cohort.starts.replace(month=10)
    )
    code = invite(college.place, by=None, cohort=later).code
    page = signed_in.get(f"/join/{code}/")
    assert "Join as Ana Alvarez" in text(page)
    assert Enrollment.objects.filter(person=ana).count() == 1, "looking joins nobody"
    assert "You have joined Spring" in text(signed_in.post(f"/join/{code}/", follow=True))
    assert set(Enrollment.objects.filter(person=ana).values_list("cohort__name", flat=True)) == {"Fall", "Spring"}


def test_signed_in_an_invitation_for_another_address_places_nobody(
    college: Any, signed_in: Client, ana: Person
) -> None:
    code = invite(college.place, by=None, role="instructor", email="ines@example.org").code
    for response in (signed_in.get(f"/join/{code}/"), signed_in.post(f"/join/{code}/")):
        assert response.status_code == 403
        assert "made for another email address than ana@example.org" in text(response)
    assert not Role.objects.exists()


def test_guessing_codes_is_limited(db: None, client: Client) -> None:
    seen = [client.post("/join/", {"code": f"AAAA-{2222 + n}"}).status_code for n in range(31)]
    assert seen == [404] * 30 + [429]


def test_a_class_joins_at_the_same_minute_from_one_address(college: Any) -> None:
    code = college.invite(uses=40).code
    for n in range(40):
        one = Client()
        one.get(f"/join/{code}/")
        one.post("/account/signup/", {"name": f"Learner {n}", "email": f"l{n}@example.org", "password1": ""})
    assert Enrollment.objects.count() == 40
