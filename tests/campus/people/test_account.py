"""The account page, and the pages behind it."""

from __future__ import annotations

import re
from typing import Any
from unittest.mock import patch

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client

from techamp.campus.partners.models import Enrollment
from techamp.campus.people.models import Person

FORM = {"name": "Ana A. Alvarez", "industry": "food", "language": "es", "shows_company": "on"}


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_what_she_changes_is_kept(signed_in: Client, ana: Person) -> None:
    assert signed_in.post("/me/", FORM)["Location"] == "/me/"
    ana.refresh_from_db()
    assert (ana.name, ana.industry, ana.language) == ("Ana A. Alvarez", "food", "es")
    assert Enrollment.objects.get(person=ana).shows_company


def test_consent_is_taken_back_by_leaving_the_box_blank(signed_in: Client, ana: Person) -> None:
    signed_in.post("/me/", FORM)
    signed_in.post("/me/", {k: v for k, v in FORM.items() if k != "shows_company"})
    assert not Enrollment.objects.get(person=ana).shows_company


def test_a_blank_name_is_refused_on_top_and_at_the_field(signed_in: Client, ana: Person) -> None:
    page = text(signed_in.post("/me/", {**FORM, "name": " "}))
    assert page.count("Name: is blank. Type your name as it shall stand on your certificate.") == 2
    ana.refresh_from_db()
    assert (ana.name, ana.industry) == ("Ana Alvarez", "machining")


def test_choices_that_are_none_change_nothing(signed_in: Client, ana: Person) -> None:
    signed_in.post("/me/", {"name": "Ana", "industry": "space", "language": "tlh"})
    ana.refresh_from_db()
    assert (ana.industry, ana.language) == ("machining", "en")


def test_pages_are_in_her_language(signed_in: Client) -> None:
    assert '<html lang="en' in text(signed_in.get("/me/"))
    signed_in.post("/me/", FORM)
    assert '<html lang="es"' in text(signed_in.get("/me/", headers={"accept-language": "en"}))


def test_a_new_address_counts_once_it_is_confirmed(signed_in: Client, ana: Person) -> None:
    EmailAddress.objects.create(user=ana, email=ana.email, verified=True, primary=True)
    page = text(signed_in.post("/account/email/", {"email": "New@Example.org", "action_add": ""}, follow=True))
    assert "new@example.org waits to be confirmed" in page
    ana.refresh_from_db()
    assert ana.email == "ana@example.org"
    confirm = next(m for m in mail.outbox if m.to == ["new@example.org"])
    link = next(line for line in str(confirm.body).splitlines() if line.startswith("http"))
    signed_in.post(link)
    ana.refresh_from_db()
    assert ana.email == "new@example.org"
    assert any(m.subject == "Your email address was changed" and "ana@example.org" in m.to for m in mail.outbox)


def test_a_misspelled_address_can_be_mended_before_it_is_confirmed(college: Any, client: Client) -> None:
    client.get(f"/join/{college.invite().code}/")
    client.post("/account/signup/", {"name": "Nia", "email": "nia@exmaple.org", "password1": ""})
    client.post("/account/email/", {"email": "nia@example.org", "action_add": ""})
    right = next(m for m in mail.outbox if m.to == ["nia@example.org"])
    client.post(next(line for line in str(right.body).splitlines() if line.startswith("http")))
    assert Person.objects.get().email == "nia@example.org"


def test_who_has_no_password_can_choose_one(college: Any, client: Client) -> None:
    client.get(f"/join/{college.invite().code}/")
    client.post("/account/signup/", {"name": "Nia", "email": "nia@example.org", "password1": ""})
    assert 'href="/account/password/set/"' in text(client.get("/me/"))
    client.post("/account/password/set/", {"password1": "three old lathes"})
    assert Person.objects.get().check_password("three old lathes")


def test_a_changed_password_is_told_by_mail(signed_in: Client) -> None:
    signed_in.post("/account/password/change/", {"oldpassword": "three old lathes", "password1": "four new mills"})
    assert mail.outbox[-1].subject == "Your password was changed"


def _confirmed(ana: Person) -> None:
    EmailAddress.objects.create(user=ana, email=ana.email, verified=True, primary=True)


def test_ways_to_sign_in_are_changed_only_after_showing_who_it_is(signed_in: Client, ana: Person) -> None:
    _confirmed(ana)
    asked = signed_in.get("/account/2fa/totp/activate/")
    assert asked["Location"].startswith("/account/reauthenticate/?next=")
    assert "This is not your password." in text(signed_in.post(asked["Location"], {"password": "no"}))
    onward = signed_in.post(asked["Location"], {"password": "three old lathes"})
    assert onward["Location"] == "/account/2fa/totp/activate/"


def test_an_authenticator_app_is_set_up_asked_for_and_removed(signed_in: Client, ana: Person) -> None:
    _confirmed(ana)
    signed_in.post("/account/reauthenticate/", {"password": "three old lathes"})
    page = text(signed_in.get("/account/2fa/totp/activate/"))
    assert re.search(r'<p class="num">[A-Z2-7]{32}</p>', page)
    assert "This code is wrong or too old" in text(signed_in.post("/account/2fa/totp/activate/", {"code": "000000"}))
    with patch("allauth.mfa.totp.forms.auth.validate_totp_code", return_value=True):
        codes = text(signed_in.post("/account/2fa/totp/activate/", {"code": "123456"}, follow=True))
    found = re.findall(r"<li>(\d{8})</li>", codes)
    assert len(found) == 10, "recovery codes are shown"
    other = Client()
    step = other.post("/account/login/", {"login": ana.email, "password": "three old lathes"}, follow=True)
    assert "One more step" in text(step)
    assert other.get("/me/").status_code == 302
    other.post("/account/2fa/authenticate/", {"code": found[0]})
    assert other.get("/me/").status_code == 200
    signed_in.post("/account/2fa/totp/deactivate/")
    assert not Authenticator.objects.filter(user=ana, type="totp").exists()


def test_a_passkey_needs_a_confirmed_address(signed_in: Client) -> None:
    signed_in.get("/account/email/")
    page = text(signed_in.get("/account/2fa/webauthn/add/", follow=True))
    assert "First confirm your email address" in page


PAGES = [
    "/account/email/",
    "/account/password/change/",
    "/account/2fa/",
    "/account/2fa/webauthn/",
    "/account/2fa/webauthn/add/",
    "/account/2fa/totp/activate/",
    "/account/reauthenticate/",
    "/account/logout/",
]
OPEN_PAGES = [
    "/account/login/",
    "/account/signup/",
    "/account/password/reset/",
    "/account/password/reset/done/",
    "/account/password/reset/key/1-x/",
    "/account/password/reset/key/done/",
    "/account/confirm-email/",
    "/account/confirm-email/wrong/",
    "/account/inactive/",
    "/sign-in/link/",
    "/sign-in/link/sent/",
]


def _in_our_look(page: str) -> None:
    assert page.count("<h1") == 1
    assert '<main id="main"' in page
    assert page.split("<main")[1].count('class="btn go"') <= 1, "one orange thing"
    assert "style=" not in page
    title = re.search(r"<title>\s*(.*?)\s* · TechAMP</title>", page)
    assert title, "a page has a title"
    assert title[1]
    for kind, rest in re.findall(r'<input type="([a-z]+)"([^>]*)>', page.split("<main")[1]):
        name = re.search(r'id="([^"]+)"', rest)
        assert kind in {"hidden"} or "hidden" in rest or (name and f'for="{name[1]}"' in page), (kind, rest)


@pytest.mark.parametrize("path", PAGES)
def test_pages_behind_the_account_are_in_our_look(signed_in: Client, ana: Person, path: str) -> None:
    _confirmed(ana)
    if path != "/account/reauthenticate/":
        signed_in.post("/account/reauthenticate/", {"password": "three old lathes"})
    response = signed_in.get(path)
    assert response.status_code == 200
    _in_our_look(text(response))


@pytest.mark.parametrize("path", OPEN_PAGES)
def test_pages_before_the_account_are_in_our_look(db: None, client: Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 200
    _in_our_look(text(response))
    assert "<h1" in response.content.decode().partition('<main id="main"')[2]


def test_codes_are_no_second_way_to_sign_in(db: None, client: Client) -> None:
    assert client.get("/account/login/code/").status_code == 404
