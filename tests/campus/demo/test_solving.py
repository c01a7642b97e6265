"""What demo learners hand in: the author's answer passes, and what they try before it clearly misses."""

from __future__ import annotations

import pytest

from techamp.campus.demo.luck import Luck
from techamp.campus.demo.solving import Asked, answer, first_try, misses
from techamp.campus.play import challenges
from techamp.campus.program import schema
from techamp.campus.program.curriculum import curriculum
from techamp.contract import registry

PLAY = next(a for a in curriculum().activities.values() if isinstance(a, schema.Play) and a.challenges)
SEEDS = [1000 + n for n in range(30)]


def passes(name: str, asked: Asked) -> bool:
    challenge = challenges.load(PLAY, name)
    inputs = type(registry.simulation(challenge.simulation)).Inputs.read({**challenge.inputs, **asked})
    return all(verdict.met for verdict in challenges.grade(challenge, inputs, SEEDS))


@pytest.mark.parametrize("name", PLAY.challenges)
def test_the_answer_passes_and_what_comes_before_it_does_not(name: str) -> None:
    assert passes(name, answer(challenges.load(PLAY, name)))
    tried = [first_try(PLAY, name, Luck(person)) for person in range(4)]
    assert not any(passes(name, asked) for asked in tried)
    assert tried == [first_try(PLAY, name, Luck(person)) for person in range(4)]


@pytest.mark.parametrize("name", PLAY.challenges)
def test_who_is_stuck_misses_in_different_ways(name: str) -> None:
    found = misses(PLAY, name)
    assert len(found) == 3
    assert len({tuple(sorted(asked.items())) for asked in found}) == 3
    assert not any(passes(name, asked) for asked in found)
