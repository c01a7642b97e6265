"""Signing in by a mailed link."""

from __future__ import annotations

import time
from typing import Any
from unittest.mock import patch
from urllib.parse import urlsplit

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client

from techamp.campus.people.mailed_link import holder, redeem
from techamp.campus.people.models import Person


def ask(client: Client, email: str, **more: str) -> Any:
    return client.post("/sign-in/link/", {"email": email, **more})


def link() -> str:
    address = next(line for line in str(mail.outbox[-1].body).splitlines() if line.startswith("http"))
    parts = urlsplit(address)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def who(client: Client) -> str | None:
    found: str | None = client.session.get("_auth_user_id")
    return found


def test_asked_for_opened_and_pressed_it_signs_in(ana: Person, client: Client) -> None:
    assert ask(client, "ANA@example.org")["Location"] == "/sign-in/link/sent/"
    assert mail.outbox[-1].to == [ana.email]
    page = client.get(link())
    assert b"Hello Ana" in page.content
    assert client.post(link())["Location"] == "/week/"
    assert who(client) == str(ana.pk)


def test_opening_it_signs_nobody_in_and_does_not_use_it_up(ana: Person, client: Client) -> None:
    ask(client, ana.email)
    scanner = Client()
    for _look in range(3):
        assert scanner.get(link()).status_code == 200
    assert who(scanner) is None
    client.post(link())
    assert who(client) == str(ana.pk)


def test_it_works_once(ana: Person, client: Client) -> None:
    ask(client, ana.email)
    client.post(link())
    other = Client()
    assert other.post(link()).status_code == 404
    assert who(other) is None


def test_of_two_who_press_at_once_one_gets_in(ana: Person, client: Client) -> None:
    ask(client, ana.email)
    token = link().split("/")[-2]
    seen_before = holder(token)
    assert redeem(token) is not None
    with patch("techamp.campus.people.mailed_link.holder", return_value=seen_before):
        assert redeem(token) is None


def test_it_works_for_fifteen_minutes(ana: Person, client: Client) -> None:
    ask(client, ana.email)
    now = time.time()
    with patch("sesame.tokens_v2.time.time", return_value=now + 14 * 60):
        assert client.get(link()).status_code == 200
    with patch("sesame.tokens_v2.time.time", return_value=now + 15 * 60 + 2):
        page = client.post(link())
    assert page.status_code == 404
    assert b"This link does not work any more" in page.content
    assert who(client) is None


def test_any_other_sign_in_makes_it_useless(ana: Person, client: Client) -> None:
    ask(client, ana.email)
    Client().post("/account/login/", {"login": ana.email, "password": "three old lathes"})
    assert client.post(link()).status_code == 404


def test_a_new_address_makes_it_useless(ana: Person, client: Client) -> None:
    ask(client, ana.email)
    Person.objects.update(email="ana@elsewhere.example")
    assert client.post(link()).status_code == 404


def test_a_changed_link_is_no_link(ana: Person, client: Client) -> None:
    ask(client, ana.email)
    token = link().split("/")[-2]
    other = (
        token[:-4] + ("A" if token[-4] != "A" else "B") + token[-3:]
    )  # the very last letter has bits that say nothing
    assert client.post(f"/sign-in/link/{other}/").status_code == 404
    assert client.get("/sign-in/link/ä/").status_code == 404


def test_an_unknown_address_is_answered_the_same_and_told_by_mail(ana: Person) -> None:
    known, unknown = Client(), Client()
    first, second = ask(known, ana.email), ask(unknown, "nobody@example.org")
    assert (first.status_code, first["Location"]) == (second.status_code, second["Location"])
    assert known.get(first["Location"]).content == unknown.get(second["Location"]).content
    assert [m.to for m in mail.outbox] == [[ana.email], ["nobody@example.org"]], "one mail each: the same work"
    assert mail.outbox[1].subject == "There is no account with this address"


def test_who_was_closed_out_gets_no_link(ana: Person, client: Client) -> None:
    ask(client, ana.email)
    address = link()
    Person.objects.update(is_active=False)
    assert client.post(address).status_code == 404
    ask(Client(), ana.email)
    assert mail.outbox[-1].subject == "There is no account with this address"


def test_the_button_on_the_sign_in_page_needs_no_second_typing(ana: Person, client: Client) -> None:
    page = client.get("/account/login/").content.decode()
    assert 'formaction="/sign-in/link/"' in page
    client.post("/sign-in/link/", {"login": ana.email, "password": ""})
    assert mail.outbox[-1].to == [ana.email]


def test_a_fault_stands_on_top_and_at_the_field(db: None, client: Client) -> None:
    page = ask(client, "").content.decode()
    assert page.count("Type the email address of your account.") == 2
    assert not mail.outbox


def test_asking_is_limited_for_each_address_known_or_not(ana: Person) -> None:
    for email in (ana.email, "nobody@example.org"):
        assert [ask(Client(), email).status_code for _n in range(4)] == [302, 302, 302, 429]


def test_it_leads_on_to_the_page_that_was_wanted(ana: Person, client: Client) -> None:
    ask(client, ana.email, next="/me/")
    assert client.post(link())["Location"] == "/me/"


def test_it_leads_to_no_other_site(ana: Person, client: Client) -> None:
    ask(client, ana.email, next="https://evil.example/")
    assert "evil" not in link()
    bare = link().split("?")[0]
    assert client.post(f"{bare}?next=//evil.example")["Location"] == "/week/"


def test_it_confirms_the_address(ana: Person, client: Client) -> None:
    ask(client, ana.email)
    client.post(link())
    assert EmailAddress.objects.get(user=ana).verified


def test_a_second_step_is_asked_for_after_it_and_not_for_a_passkey(ana: Person, client: Client) -> None:
    Authenticator.objects.create(user=ana, type=Authenticator.Type.WEBAUTHN, data={})
    ask(client, ana.email)
    assert client.post(link())["Location"] == "/week/"
    client.logout()
    Authenticator.objects.create(user=ana, type=Authenticator.Type.TOTP, data={"secret": "JBSWY3DPEHPK3PXP"})
    ask(client, ana.email)
    assert client.post(link())["Location"].startswith("/account/2fa/authenticate/")
    assert who(client) is None


def test_the_pages_are_not_kept(ana: Person, client: Client) -> None:
    ask(client, ana.email)
    assert "no-store" in client.get(link())["Cache-Control"]
