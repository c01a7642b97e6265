"""A name of 120 letters without a space makes no page wider than the phone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse
from playwright.sync_api import Browser
from tests.browser.conftest import PHONE
from tests.campus.school import browser as client_of
from tests.campus.school import learner, staff, text

from techamp.campus.partners.models import Cohort
from techamp.campus.people.models import Person

LONG = "Wolfeschlegelstein" * 7
WIDTHS = "[document.documentElement.scrollWidth, document.querySelector('.top .who').getBoundingClientRect().right]"


def styled(body: str) -> str:
    """The page with its sheets inside, to be shown without a server."""
    sheets = re.findall(r'<link rel="stylesheet" href="/static/([^"]+)">', body)
    assert sheets
    found = [Path(str(finders.find(sheet))).read_text(encoding="utf-8") for sheet in sheets]
    return re.sub(r"<(link|script)[^>]*>", "", body).replace("</head>", f"<style>{''.join(found)}</style></head>")


@pytest.mark.django_db
def test_a_long_name_makes_no_page_wider_than_the_phone(browser: Browser) -> None:
    ana, ingrid = learner(), staff("Ingrid", "instructor")
    Person.objects.filter(pk__in=[ana.pk, ingrid.pk]).update(name=LONG[:120])
    Cohort.objects.update(name=LONG[:80])
    ana.refresh_from_db()
    client_of(ingrid).get(reverse("teaching:learner", args=[ana.uid]))
    teaching = [
        reverse("teaching:home"),
        reverse("teaching:cohort", args=[Cohort.objects.get().uid]),
        reverse("teaching:learner", args=[ana.uid]),
        reverse("people:account"),
    ]
    pages = {address: client_of(ingrid).get(address) for address in teaching}
    for name in ("learning:home", "learning:record", "people:account", "people:everything", "people:delete"):
        pages[name] = client_of(ana).get(reverse(name))
    page, found = browser.new_page(viewport={"width": PHONE, "height": 740}), {}
    for address, response in pages.items():
        page.set_content(styled(text(response)))
        found[address] = page.evaluate(WIDTHS)
    page.close()
    assert {address: widths for address, widths in found.items() if max(widths) > PHONE} == {}
