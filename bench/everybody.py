"""The world of the access test in a served campus's database: every page × every person, as addresses and sessions."""

from __future__ import annotations

from django.urls import reverse
from tests.campus import test_access as access
from tests.campus.world import make_world

from bench.learners import signed_in


def made() -> list[dict[str, str]]:
    """Address and session of each visit."""
    world = make_world()
    world.things |= access._addresses(world)
    sessions = {"anonymous": "", **{who: signed_in(person) for who, person in world.people.items()}}
    return [
        {"url": reverse(name, args=[access._id(world.things[a]) for a in given.split()]), "session": sessions[who]}
        for name, (given, _letters) in access.TABLE.items()
        for who in access.WHO
    ]
