"""Tries what an author says about a challenge: the given answer passes, and where a learner starts does not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from techamp.campus.play import challenges
from techamp.campus.program import schema
from techamp.contract import Inputs, InvalidInput, registry

SECRET = b"techamp curriculum check"
"""Of the check's own runs: the same each time, so that a sound file stays sound."""

Finding = tuple[str, str, str]
"""(where in the file, what is wrong, how to mend it)."""


def answer_faults(challenge: schema.Challenge, start: Mapping[str, Any]) -> Iterator[Finding]:
    """Faults of the answer, graded as the campus grades; ``start`` holds the challenge's inputs with plant values."""
    if not challenge.answer:
        yield "free", "No answer says that it can be passed.", "Give free inputs that pass: answer: {…}."
        return
    if strange := [name for name in challenge.answer if name not in challenge.free]:
        yield "answer", f"{strange[0]!r} is not free.", f"Use: {', '.join(challenge.free)}."
        return
    model = type(registry.simulation(challenge.simulation)).Inputs
    try:
        answer, untouched = model.read({**start, **challenge.answer}), model.read(start)
    except InvalidInput as error:
        yield from (("answer", str(fault), "") for fault in error.faults)
        return
    yield from _does_not_pass(challenge, answer)
    if all(verdict.met for verdict in _graded(challenge, untouched)):
        what = "It passes as it stands, before anything is changed."
        yield "inputs", what, "Start elsewhere, or ask for more."


def _does_not_pass(challenge: schema.Challenge, answer: Inputs) -> Iterator[Finding]:
    for verdict in _graded(challenge, answer):
        if not verdict.met:
            got = f" It gives {verdict.mean:.4g} {verdict.unit}".rstrip() + "." if verdict.mean is not None else ""
            what = f"The answer does not pass: {verdict.says} Asked for is {verdict.wanted}.{got}"
            yield "answer", what, "Give another answer, or an easier target."


def _graded(challenge: schema.Challenge, inputs: Inputs) -> list[challenges.Verdict]:
    return challenges.until_clear(challenge, inputs, partial(challenges.seeds_from, SECRET, challenge.id))[0]
