"""The demo's one-click sign-ins and its outbox."""

from __future__ import annotations

import pytest
from django.core.mail import send_mail
from django.test import Client, override_settings

from techamp.campus.people.models import OutboxMail, Person

ANA = "ana@demo.techamp.example"


@pytest.fixture
def demo_ana(db: None) -> Person:
    return Person.objects.create_user(ANA, None, name="Ana Alvarez")


@override_settings(DEMO=True)
def test_one_click_signs_in(demo_ana: Person, client: Client) -> None:
    assert b"Ana Alvarez" in client.get("/demo/").content
    assert client.post("/demo/", {"email": ANA})["Location"] == "/week/"
    assert client.session["_auth_user_id"] == str(demo_ana.pk)


@override_settings(DEMO=True)
def test_nobody_else_is_signed_in_that_way(demo_ana: Person, client: Client) -> None:
    Person.objects.create_user("real@example.org", "a long password", name="Real")
    for email in ("real@example.org", "", "ben@demo.techamp.example"):
        assert client.post("/demo/", {"email": email}).status_code == 404
    assert "_auth_user_id" not in client.session


@override_settings(DEMO=True)
def test_a_form_from_another_site_signs_nobody_in(demo_ana: Person) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post("/demo/", {"email": ANA}).status_code == 403


@override_settings(DEMO=True)
def test_who_deleted_the_account_is_not_offered(demo_ana: Person, client: Client) -> None:
    demo_ana.delete()
    assert b"Ana Alvarez" not in client.get("/demo/").content


@pytest.mark.parametrize("path", ["/demo/", "/demo/outbox/"])
def test_a_real_campus_has_neither(demo_ana: Person, client: Client, path: str) -> None:
    assert client.get(path).status_code == 404
    assert client.post(path, {"email": ANA}).status_code == 404
    assert "_auth_user_id" not in client.session


@override_settings(DEMO=True, EMAIL_BACKEND="techamp.campus.people.outbox.OutboxBackend")
def test_mails_land_in_the_outbox(db: None, client: Client) -> None:
    send_mail("Your sign-in link", "open http://testserver/sign-in/link/abc/\n<b>", None, ["nia@example.org"])
    page = client.get("/demo/outbox/").content.decode()
    assert "To nia@example.org" in page
    assert '<a href="http://testserver/sign-in/link/abc/"' in page
    assert "<b>\n" not in page, "a mail is text"
    assert OutboxMail.objects.count() == 1
