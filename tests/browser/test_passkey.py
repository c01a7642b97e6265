"""A passkey in a real browser, with a device that Chromium plays: made, used to sign in, refused, removed."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from playwright.sync_api import CDPSession, Page, expect
from tests.serving import Campus


@pytest.fixture
def phone(open_page: Callable[..., Page], campus: Campus) -> tuple[Page, CDPSession, str]:
    """A page on localhost, where browsers allow passkeys without https, and the debugger that plays its device."""
    page = open_page(width=360)
    debugger = page.context.new_cdp_session(page)
    debugger.send("WebAuthn.enable")
    return page, debugger, campus.address.replace("127.0.0.1", "localhost")


def _device(debugger: CDPSession) -> str:
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    added: str = debugger.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]
    return added


def _join(page: Page, address: str, code: str) -> str:
    """Join without a password and confirm the address, as a passkey asks for that."""
    email = f"nia{time.time_ns()}@example.org"
    page.goto(f"{address}/join/{code}/")
    page.get_by_label("Your name").fill("Nia Novak")
    page.get_by_label("Your email").fill(email)
    page.get_by_role("button", name="Join").click()
    page.wait_for_url("**/week/")
    page.goto(f"{address}/demo/outbox/")
    page.get_by_role("article").filter(has_text=email).get_by_role("link").first.click()
    page.get_by_role("button", name="Yes, confirm it").click()
    page.wait_for_url("**/week/")
    return email


def _code(page: Page, address: str) -> str:
    """An instructor's code for a cohort."""
    page.goto(f"{address}/demo/")
    page.get_by_role("button", name="Ines Ito").click()
    page.locator("main a[href*='/teaching/cohort/']").first.click()
    page.get_by_role("button", name="Make a code").click()
    words = page.locator("[role=status]").inner_text()
    page.context.clear_cookies()
    return words.split("Code ")[1].split(",")[0].strip()


def test_she_adds_a_passkey_and_signs_in_with_it(phone: tuple[Page, CDPSession, str]) -> None:
    page, debugger, address = phone
    _device(debugger)
    email = _join(page, address, _code(page, address))
    page.goto(f"{address}/account/2fa/webauthn/add/")
    page.get_by_label("Name of this device").fill("Blue phone")
    page.get_by_role("button", name="Add the passkey").click()
    expect(page.get_by_text("Blue phone").first).to_be_visible()
    page.goto(f"{address}/account/logout/")
    page.get_by_role("button", name="Sign out").click()
    page.goto(f"{address}/account/login/")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**/week/")
    page.goto(f"{address}/me/")
    expect(page.get_by_text(email)).to_be_visible()


def test_a_device_without_a_passkey_is_told_so_on_the_page(phone: tuple[Page, CDPSession, str]) -> None:
    page, debugger, address = phone
    _device(debugger)
    page.goto(f"{address}/account/login/")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_text("The passkey was not used")).to_be_visible()
    assert page.url.endswith("/account/login/")


def test_without_scripts_no_passkey_is_offered(open_page: Callable[..., Page]) -> None:
    page = open_page(width=360, scripts=False)
    page.goto("/account/login/")
    expect(page.get_by_role("button", name="Mail me a sign-in link")).to_be_visible()
    expect(page.get_by_role("button", name="Use a passkey")).to_have_count(0)


def test_back_asks_the_server_and_shows_the_page(phone: tuple[Page, CDPSession, str]) -> None:
    page, _debugger, address = phone
    page.goto(f"{address}/demo/")
    page.get_by_role("button", name="Ana Alvarez").click()
    page.goto(f"{address}/me/")
    page.goto(f"{address}/account/2fa/")
    page.go_back()
    expect(page.get_by_role("heading", name="Your account")).to_be_visible()
    page.goto(f"{address}/account/logout/")
    page.get_by_role("button", name="Sign out").click()
    page.go_back()
    page.go_back()
    expect(page.get_by_role("heading", name="Your account")).to_have_count(0)
