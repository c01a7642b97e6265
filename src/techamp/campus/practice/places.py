"""The entries of an order under names that tell nobody where they belong: other ones in each attempt.

An entry's key is its right place. In a page it stands as a code made from the attempt and the server's secret, so that
the page's source gives nothing away.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.crypto import salted_hmac

PREFIX = "place-"
MOST = 20  # entries of an order


def code_of(attempt: object, key: str) -> str:
    """What an entry is called in the page of an attempt."""
    return salted_hmac("practice.order", f"{attempt} {key}", algorithm="sha256").hexdigest()[:10]


def keys_by_place(post: Mapping[str, str]) -> list[str] | None:
    """Keys in the order that a form gives them; empty where places are taken twice; None where it asks for no order."""
    places = {name.removeprefix(PREFIX): value for name, value in post.items() if name.startswith(PREFIX)}
    if not places:
        return None
    keys = {code_of(post.get("attempt", ""), str(n)): str(n) for n in range(MOST)}
    if sorted(places.values()) != sorted(str(n) for n in range(1, len(places) + 1)) or not places.keys() <= keys.keys():
        return []
    return [keys[code] for code in sorted(places, key=lambda code: int(places[code]))]
