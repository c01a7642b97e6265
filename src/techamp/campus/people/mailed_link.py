"""Signing in by a mailed link: one time, 15 minutes, and nothing happens before a click on the page it opens.

Mail scanners open links; they do not press buttons. django-sesame signs the token over the last sign-in, so any sign-in
makes older links useless.
"""

from __future__ import annotations

from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from sesame.utils import get_token, get_user

from techamp.campus.people.adapter import person_of
from techamp.campus.people.models import Person

SCOPE = "sign-in"
MINUTES = 15


def send_link(request: HttpRequest, email: str, onward: str = "") -> None:
    """Mail a link; to an address that has no account, a mail that says so. Who asks sees no difference."""
    person = person_of(email)
    if person is None:
        get_adapter().send_mail("account/email/unknown_account", email, {"join_url": _absolute(request, "people:join")})
        return
    url = _absolute(request, "people:mailed-link", get_token(person, scope=SCOPE))
    if onward:
        url += "?" + urlencode({"next": onward})
    get_adapter().send_mail("people/email/sign_in_link", person.email, {"url": url, "minutes": MINUTES, "user": person})


def _absolute(request: HttpRequest, name: str, *arguments: str) -> str:
    return request.build_absolute_uri(reverse(name, args=arguments))


def holder(token: str) -> Person | None:
    """Whose link it is, while it can be used. Looking does not use it up."""
    person: Person | None = get_user(token, scope=SCOPE, max_age=MINUTES * 60, update_last_login=False)
    return person


@transaction.atomic
def redeem(token: str) -> Person | None:
    """Use the link up. Of two who press the button at once, one gets in. Her address is confirmed by it."""
    person = holder(token)
    if person is None:
        return None
    now = timezone.now()
    if not Person.objects.filter(pk=person.pk, last_login=person.last_login).update(last_login=now):
        return None
    person.last_login = now
    EmailAddress.objects.update_or_create(user=person, email=person.email, defaults={"verified": True, "primary": True})
    return person
