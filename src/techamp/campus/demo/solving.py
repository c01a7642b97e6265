"""What a demo learner hands in: an author's own answer, settings that miss, ways through a conversation."""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Iterable, Iterator
from math import log
from typing import Any

from techamp.campus.demo.luck import Luck
from techamp.campus.learning import plant
from techamp.campus.play import challenges
from techamp.campus.program import schema
from techamp.contract import InputField, Inputs, InvalidInput, registry

CLEAR = 1.5  # half-widths of the interval between the mean and the target: no luck changes the verdict
SEVERAL = 3  # misses of one challenge: nobody hands in more of them

Asked = dict[str, str]


def answer(challenge: schema.Challenge) -> Asked:
    """What its author says passes; the curriculum's check has tried it."""
    return {name: _text(value) for name, value in challenge.answer.items()}


def first_try(activity: schema.Play, name: str, luck: Luck) -> Asked:
    """Before she has thought about it: where she starts, or with one input changed; it clearly misses."""
    challenge = challenges.load(activity, name)
    ahead = [{}, *_one_right(challenge)]
    first = int(luck.uniform() * len(ahead))
    return next(_clear_ones(challenge, [*ahead[first:], *ahead[:first]]), {})


def misses(activity: schema.Play, name: str) -> tuple[Asked, ...]:
    """Up to three settings that clearly miss: where she starts, then with one input changed."""
    challenge = challenges.load(activity, name)
    ahead = itertools.chain([{}], _one_right(challenge), _one_other(challenge))
    return tuple(itertools.islice(_clear_ones(challenge, ahead), SEVERAL))


def _clear_ones(challenge: schema.Challenge, ahead: Iterable[Asked]) -> Iterator[Asked]:
    start, _came = plant.resolve(challenge.inputs, None)
    return (asked for asked in ahead if _clear(challenge, start, asked))


def _one_right(challenge: schema.Challenge) -> list[Asked]:
    """One input as in the answer, of several."""
    return [{name: text} for name, text in answer(challenge).items()] if len(challenge.answer) > 1 else []


def _one_other(challenge: schema.Challenge) -> Iterator[Asked]:
    """One input at another choice or at an end of its range."""
    fields = {f.name: f for f in type(registry.simulation(challenge.simulation)).Inputs.fields()}
    for name in challenge.free:
        yield from ({name: text} for text in _others(fields[name]))


def _others(field: InputField) -> list[str]:
    if field.kind == "choice":
        return [value for value, _label in field.options]
    return ["on", "off"] if field.kind == "flag" else [f"{end:.{field.decimals}f}" for end in (field.high, field.low)]


def _clear(challenge: schema.Challenge, start: dict[str, Any], asked: Asked) -> bool:
    """Whether a target is missed by so much that no other runs would meet it."""
    try:
        inputs: Inputs = type(registry.simulation(challenge.simulation)).Inputs.read({**start, **asked})
    except InvalidInput:
        return False
    verdicts = challenges.grade(challenge, inputs, list(range(1, challenge.seeds + 1)))
    return any(_missed(v, t) for v, t in zip(verdicts, challenge.targets, strict=True))


def _missed(verdict: challenges.Verdict, target: schema.Target) -> bool:
    if verdict.mean is None or verdict.high is None:
        return True
    off = verdict.mean - target.at_most if target.at_most is not None else float(target.at_least or 0) - verdict.mean
    return off > 0 and off >= CLEAR * (verdict.high - verdict.mean)


def _text(value: Any) -> str:
    """As a form sends it."""
    return ("on" if value else "off") if isinstance(value, bool) else str(value)


def way_to(talk: schema.Talk, *, good: bool) -> list[int] | None:
    """The fewest choices that lead to a good ending (or to one that is not); None when there is no such ending."""
    ahead: deque[tuple[str, list[int]]] = deque([(talk.start, [])])
    seen = {talk.start}
    while ahead:
        at, path = ahead.popleft()
        for picked, choice in enumerate(talk.nodes[at].choices):
            ending = talk.endings.get(choice.goes)
            if ending and ending.good is good:
                return [*path, picked]
            if not ending and choice.goes not in seen:
                seen.add(choice.goes)
                ahead.append((choice.goes, [*path, picked]))
    return None


def plausible(value: Any, luck: Luck) -> str:
    """A guess near a number, as people guess: two digits."""
    if not isinstance(value, int | float) or value == 0:
        return "1"
    guess = value * luck.between(0.5, 1.6)
    digits = max(0, 1 - int(log(abs(guess), 10) // 1)) if guess else 0
    return f"{guess:.{digits}f}"
