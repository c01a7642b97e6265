"""What holds the door: limits, sessions, redirects, what is said to strangers, cookies, copies left behind."""

from __future__ import annotations

import importlib
import os
from typing import Any
from unittest.mock import patch

import pytest
from django.core import mail
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from techamp.campus.people.models import Person

PASSWORD = "three old lathes"


def sign_in(client: Client, email: str, password: str = PASSWORD, **more: str) -> Any:
    return client.post("/account/login/", {"login": email, "password": password, **more})


def test_email_and_password_sign_in(ana: Person, client: Client) -> None:
    assert sign_in(client, "Ana@Example.org")["Location"] == "/week/"
    assert client.session["_auth_user_id"] == str(ana.pk)


def test_a_wrong_password_and_an_unknown_address_are_answered_the_same(ana: Person) -> None:
    pages = []
    for email in (ana.email, "nobody@example.org"):
        page = sign_in(Client(), email, "not the password").content.decode()
        pages.append(page.replace(email, "…").split("<main")[1].split("csrfmiddlewaretoken")[0])
        assert "Email or password is wrong. Check both, or have a sign-in link mailed to you." in page
    assert pages[0] == pages[1]


def test_a_reset_is_answered_the_same_for_an_unknown_address(ana: Person) -> None:
    answers = []
    for email in (ana.email, "nobody@example.org"):
        client = Client()
        response = client.post("/account/password/reset/", {"email": email})
        answers.append((response.status_code, response["Location"], client.get(response["Location"]).content))
    assert answers[0] == answers[1]
    assert [m.subject for m in mail.outbox] == ["Choose a new password", "There is no account with this address"]


def test_guessing_a_password_is_stopped_after_five(ana: Person) -> None:
    for _guess in range(5):
        assert b"Email or password is wrong" in sign_in(Client(), ana.email, "guess guess guess").content
    right = Client()
    assert b"That was wrong too often" in sign_in(right, ana.email).content
    assert "_auth_user_id" not in right.session


def test_asking_for_resets_is_limited(ana: Person) -> None:
    seen = [Client().post("/account/password/reset/", {"email": ana.email}).status_code for _n in range(4)]
    assert seen == [302, 302, 302, 429]


def test_what_one_process_counted_another_one_knows(ana: Person) -> None:
    for _n in range(4):
        Client().post("/account/password/reset/", {"email": ana.email})
    with connection.cursor() as cursor:  # where every process looks
        cursor.execute("SELECT COUNT(*) FROM techamp_limits")
        assert cursor.fetchone()[0] > 0


def test_a_page_of_who_is_signed_in_counts_nothing(signed_in: Client) -> None:
    with CaptureQueriesContext(connection) as asked:
        assert signed_in.get("/week/").status_code == 200
    assert asked.captured_queries
    assert not any("techamp_limits" in query["sql"] for query in asked.captured_queries)


def test_the_limit_has_a_page_that_says_what_to_do(ana: Person) -> None:
    for _n in range(3):
        Client().post("/account/password/reset/", {"email": ana.email})
    page = Client().post("/account/password/reset/", {"email": ana.email})
    assert b"Wait a minute, then try again." in page.content


def test_signing_in_gives_a_new_session(ana: Person, client: Client, college: Any) -> None:
    client.get(f"/join/{college.invite().code}/")  # a session that somebody else may have planted
    planted = client.cookies["sessionid"].value
    sign_in(client, ana.email)
    assert client.cookies["sessionid"].value != planted
    thief = Client()
    thief.cookies["sessionid"] = planted
    assert thief.get("/week/").status_code == 302


def test_a_session_that_was_ended_stays_ended(signed_in: Client) -> None:
    kept = signed_in.cookies["sessionid"].value
    signed_in.post("/account/logout/")
    copy = Client()
    copy.cookies["sessionid"] = kept
    assert copy.get("/me/")["Location"].startswith("/account/login/")


def test_a_changed_password_ends_her_other_sessions(signed_in: Client, ana: Person) -> None:
    other = Client()
    sign_in(other, ana.email)
    signed_in.post("/account/password/change/", {"oldpassword": PASSWORD, "password1": "four new mills here"})
    assert signed_in.get("/me/").status_code == 200
    assert other.get("/me/").status_code == 302


@pytest.mark.parametrize("away", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example"])
@pytest.mark.parametrize("page", ["/account/login/", "/account/logout/", "/account/signup/"])
def test_next_leads_to_no_other_site(ana: Person, college: Any, away: str, page: str) -> None:
    client = Client()
    form = {"login": ana.email, "password": PASSWORD, "next": away}
    if page == "/account/signup/":
        client.get(f"/join/{college.invite().code}/")
        form |= {"name": "Nia", "email": "nia@example.org", "password1": ""}
    response = client.post(f"{page}?next={away}", form)
    assert response.status_code == 302
    assert response["Location"] in {"/week/", "/"}


def test_next_leads_on_inside(ana: Person, client: Client) -> None:
    assert sign_in(client, ana.email, next="/me/")["Location"] == "/me/"


@pytest.mark.parametrize(
    "page",
    ["/account/login/", "/sign-in/link/", "/join/", "/me/", "/me/delete/", "/me/everything/", "/account/logout/"],
)
def test_forms_from_other_sites_are_refused(ana: Person, page: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(ana)
    assert client.post(page, {"sure": "on"}).status_code == 403
    assert Person.objects.filter(pk=ana.pk).exists()


def test_cookies_are_closed_to_scripts_and_other_sites(ana: Person, client: Client) -> None:
    client.get("/account/login/")
    sign_in(client, ana.email)
    session = client.cookies["sessionid"]
    assert (session["httponly"], session["samesite"], session["path"]) == (True, "Lax", "/")
    assert client.cookies["csrftoken"]["samesite"] == "Lax"


def test_behind_https_cookies_never_travel_in_the_clear() -> None:
    from techamp.campus import settings

    with patch.dict(os.environ, {"TECHAMP_HTTPS": "1", "TECHAMP_PROXIES": "1"}):
        fresh = importlib.reload(settings)
        seen = (fresh.SESSION_COOKIE_SECURE, fresh.CSRF_COOKIE_SECURE, fresh.SECURE_HSTS_SECONDS > 0)
        proxied = (fresh.SECURE_PROXY_SSL_HEADER, fresh.ALLAUTH_TRUSTED_PROXY_COUNT)
    plain = importlib.reload(settings)
    assert seen == (True, True, True)
    assert proxied == (("HTTP_X_FORWARDED_PROTO", "https"), 1)
    assert (plain.SESSION_COOKIE_SECURE, plain.SECURE_PROXY_SSL_HEADER) == (False, None)


@override_settings(SESSION_COOKIE_SECURE=True)
def test_the_session_cookie_is_marked_secure(ana: Person, client: Client) -> None:
    sign_in(client, ana.email)
    assert client.cookies["sessionid"]["secure"] is True


@pytest.mark.parametrize("page", ["/week/", "/me/", "/learn/record/", "/account/email/", "/me/everything/"])
def test_no_copy_of_her_pages_is_kept(signed_in: Client, page: str) -> None:
    response = signed_in.get(page, follow=True)
    kept = {part.strip() for part in response["Cache-Control"].split(",")}
    assert {"private", "no-store"} <= kept


def test_pages_for_everybody_may_be_kept(db: None, client: Client) -> None:
    assert "no-store" not in client.get("/about/").get("Cache-Control", "")


def test_a_reset_link_works_once(ana: Person, client: Client) -> None:
    client.post("/account/password/reset/", {"email": ana.email})
    link = next(line for line in str(mail.outbox[-1].body).splitlines() if line.startswith("http"))
    form = client.get(link, follow=True)
    assert b"Choose a new password" in form.content
    client.post(form.redirect_chain[-1][0], {"password1": "four new mills here"})
    ana.refresh_from_db()
    assert ana.check_password("four new mills here")
    assert b"This link does not work any more" in Client().get(link, follow=True).content


def test_a_host_that_is_not_ours_is_refused(db: None, client: Client) -> None:
    with override_settings(ALLOWED_HOSTS=["campus.example"]):
        assert (
            client.post("/sign-in/link/", {"email": "a@b.example"}, headers={"host": "evil.example"}).status_code == 400
        )
