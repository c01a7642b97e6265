"""Inputs for a challenge and ways through a conversation, found by search: what a demo learner hands in is hers."""

from __future__ import annotations

from collections import deque
from functools import cache
from math import inf, isfinite, log
from typing import Any

from techamp.campus.demo.luck import Luck
from techamp.campus.learning import plant
from techamp.campus.play import challenges
from techamp.campus.play.bench import mean_interval
from techamp.campus.program import schema
from techamp.campus.program.curriculum import curriculum
from techamp.contract import InputField, registry

DRAWS, CLIMBS, FEW, MANY = 100, 3, 6, 40  # candidates, rounds of improving, runs to sort them by, runs to be sure by
SEVERAL = 6  # candidates that miss, of which some stay when they are run often
ENOUGH = 2.5  # half-widths: such inputs pass, whatever the runs
CLEAR = 4.0  # half-widths of the interval between the mean and the target: no luck changes the verdict

Asked = dict[str, str]


def solutions(activity: schema.Play, name: str) -> tuple[Asked, tuple[Asked, ...]]:
    """(inputs that pass with the most room, inputs that clearly miss, the nearest misses first)."""
    return _solutions(curriculum().hash, activity.place, name)


@cache
def _solutions(content: str, place: str, name: str) -> tuple[Asked, tuple[Asked, ...]]:
    activity = curriculum().activities[place]
    assert isinstance(activity, schema.Play)
    search = _Search(activity, name)
    return search.best(), search.misses()


class _Search:
    """Candidates for one challenge with their room: how far the mean is on the right side of its nearest target."""

    def __init__(self, activity: schema.Play, name: str) -> None:
        self.challenge = challenges.load(activity, name)
        self.simulation = registry.simulation(self.challenge.simulation)
        self.start, _came = plant.resolve(self.challenge.inputs, None)
        fields = {f.name: f for f in type(self.simulation).Inputs.fields()}
        self.free = [fields[name] for name in self.challenge.free]
        self.luck = Luck(1_000_000 + sum(map(ord, f"{activity.place}/{name}")))
        self.room: dict[tuple[str, ...], float] = {}
        self.sure: dict[tuple[str, ...], float] = {}
        for _draw in range(DRAWS):
            if not self._is_found():
                self._judge(tuple(_drawn(f, self.luck) for f in self.free))
        if not self._passes():
            self.sure |= {values: self._room(values, MANY) for values in self._nearest()[:6] if values not in self.sure}
        for _round in range(CLIMBS):
            if not self._passes():
                self._climb()

    def _judge(self, values: tuple[str, ...]) -> None:
        """By a few runs, and by many if it looks good and no other surely passes."""
        if values not in self.room:
            self.room[values] = self._room(values, FEW)
            if self.room[values] > ENOUGH and not self._passes():
                self.sure[values] = self._room(values, MANY)

    def _passes(self) -> bool:
        return any(room >= ENOUGH for room in self.sure.values())

    def _is_found(self) -> bool:
        """One that surely passes, and a few that clearly miss."""
        return self._passes() and sum(room < -CLEAR for room in self.room.values()) >= SEVERAL

    def _nearest(self) -> list[tuple[str, ...]]:
        return sorted(self.room, key=lambda v: -self.room[v])

    def _climb(self) -> None:
        """Change one input at a time of the best so far."""
        best = max(self.sure, key=lambda v: self.sure[v])
        for at, field in enumerate(self.free):
            for text in _beside(field, best[at]):
                values = (*best[:at], text, *best[at + 1 :])
                if values not in self.sure:
                    self.sure[values] = self._room(values, MANY)

    def _room(self, values: tuple[str, ...], runs: int) -> float:
        asked = dict(zip(self.challenge.free, values, strict=True))
        inputs = type(self.simulation).Inputs.read({**self.start, **asked})
        found = self.simulation.measures(inputs, list(range(1, runs + 1)))
        return min(_room(target, found.get(target.measure, []), runs) for target in self.challenge.targets)

    def best(self) -> Asked:
        return self._asked(max(self.sure, key=lambda v: self.sure[v]))

    def misses(self) -> tuple[Asked, ...]:
        clear = [v for v in self._nearest() if self.room[v] < -CLEAR]
        return tuple(self._asked(v) for v in clear[:SEVERAL] if self._room(v, MANY) < -CLEAR)

    def _asked(self, values: tuple[str, ...]) -> Asked:
        return dict(zip(self.challenge.free, values, strict=True))


def _room(target: schema.Target, values: list[float], runs: int) -> float:
    if len(values) < runs or not all(map(isfinite, values)):
        return -inf
    mean, low, high = mean_interval(values)
    off = target.at_most - mean if target.at_most is not None else mean - float(target.at_least or 0.0)
    return off / max((high - low) / 2, 1e-12)


def _drawn(field: InputField, luck: Luck) -> str:
    if field.kind == "choice":
        return luck.one_of(field.options)[0]
    if field.kind == "flag":
        return luck.one_of(["true", "false"])
    low, high, u = field.low, field.high, luck.uniform()
    if low > 0 and high / low > 20:  # a wide range: as many small values as large ones
        return _text(field, low * (high / low) ** u)
    if low == 0 and field.whole and high > 20:
        return _text(field, (high + 1) ** u - 1)
    return _text(field, low + (high - low) * u)


def _beside(field: InputField, text: str) -> list[str]:
    if field.kind == "choice":
        return [value for value, _label in field.options]
    if field.kind == "flag":
        return ["true", "false"]
    value, span = float(text), field.high - field.low
    near = [value + sign * span * share for sign in (-1, 1) for share in (0.15, 0.05, 0.015)]
    return [_text(field, v) for v in near if field.low <= v <= field.high]


def _text(field: InputField, value: float) -> str:
    steps = round((value - field.low) / field.step)
    return f"{min(field.low + steps * field.step, field.high):.{field.decimals}f}"


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
