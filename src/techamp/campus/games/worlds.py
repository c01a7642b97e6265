"""The world of a team now: replayed from its moves. A world already worked out is gone on with, and never changed."""

from __future__ import annotations

import pickle
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Any

from techamp.campus.games.models import GO_ON, TAKE_BACK, Move, Session, Team
from techamp.contract import Decision, Game, InvalidInput, registry
from techamp.contract.game import play_rival, replay

KEPT = 24
"""Worlds kept ready in a process; one is some 200 kB."""


class OtherVersion(LookupError):
    """The session was played with another version of the game, which is no longer here."""


@dataclass(frozen=True)
class Snapshot:
    """A team's world and what led to it: ``moves`` of them, and the period.

    ``missed`` are planned decisions that could not be carried out, ``planned`` those still ahead.
    """

    world: Any
    moves: int
    period: int
    missed: tuple[tuple[Decision, str], ...] = ()
    planned: tuple[Move, ...] = ()


def game_of(session: Session) -> Game[Any, Any]:
    """The game of a session; OtherVersion where its decisions would give another world now."""
    game = registry.game(session.game)
    if game.version != session.version:
        raise OtherVersion(f"{game.title} has changed since this session was played (version {session.version}).")
    return game


def first_world(session: Session) -> Any:
    """The world with which every team of the session begins."""
    key = ("first", session.uid)
    kept = _worlds.get(key)
    if kept is None:
        game = game_of(session)
        kept = _worlds.keep(key, game.start(type(game).Scenario.read(session.scenario), session.seed))
    return pickle.loads(kept)


def now_of(team: Team, at: datetime, moves: list[Move] | None = None) -> int:
    """The period in which the team is: by the clock where the session has a pace, else where it went."""
    session = team.session
    game, first = game_of(session), game_of(session).now(first_world(session))
    last = game.last(first_world(session))
    if session.pace is None or session.starts is None:
        went = moves if moves is not None else list(team.moves.all())
        return max((int(move.values["to"]) for move in went if move.kind == GO_ON), default=first)
    days = max(0.0, (at - session.starts).total_seconds() / 86_400)
    return min(last, first + int(days * session.pace))


def snapshot(team: Team, at: datetime) -> Snapshot:
    """The team's world at that moment. It may be changed by who gets it: it is a copy."""
    moves = list(team.moves.order_by("number"))
    period = now_of(team, at, moves)
    key = ("team", team.uid)
    ready: tuple[int, int, bytes] | None = _worlds.get(key)
    if ready and ready[0] <= len(moves) and ready[1] <= period and all(m.period >= ready[1] for m in moves[ready[0] :]):
        done, begun = ready[:2]
        world, missed = pickle.loads(ready[2])
    else:
        done, begun, world, missed = 0, 0, first_world(team.session), []
    back = {move.values["number"] for move in moves if move.kind == TAKE_BACK}
    own = [m for m in moves if m.kind not in (GO_ON, TAKE_BACK) and m.number not in back]
    left = [m for m in own if m.period > begun or m.number > done]  # the others are in the world already
    failed: list[tuple[Decision, InvalidInput]] = []
    replay(game_of(team.session), world, [Decision(m.period, m.kind, m.values) for m in left], period, failed)
    missed = [*missed, *((decision, str(error)) for decision, error in failed)]
    if not (ready and ready[:2] == (len(moves), period)):
        _worlds.keep(key, (len(moves), period, pickle.dumps((world, missed))), plain=True)
    return Snapshot(world, len(moves), period, tuple(missed), tuple(m for m in own if m.period > period))


def rivals(session: Session, period: int) -> dict[str, Any]:
    """What each rival makes of the session's setting and luck up to that period: name → world."""
    game = game_of(session)
    found = {}
    for name in game.rivals:
        key = ("rival", session.uid, name, period)
        kept = _worlds.get(key)
        if kept is None:
            kept = _worlds.keep(key, play_rival(game, first_world(session), name, period))
        found[name] = pickle.loads(kept)
    return found


class _Kept:
    """The newest few, pickled. Threads of a server share it."""

    def __init__(self) -> None:
        self._all: OrderedDict[tuple[Any, ...], Any] = OrderedDict()
        self._lock = Lock()

    def get(self, key: tuple[Any, ...]) -> Any:
        with self._lock:
            if key in self._all:
                self._all.move_to_end(key)
            return self._all.get(key)

    def keep(self, key: tuple[Any, ...], world: Any, *, plain: bool = False) -> Any:
        kept = world if plain else pickle.dumps(world)
        with self._lock:
            self._all[key] = kept
            self._all.move_to_end(key)
            while len(self._all) > KEPT:
                self._all.popitem(last=False)
        return kept

    def clear(self) -> None:
        with self._lock:
            self._all.clear()


_worlds = _Kept()


def forget() -> None:
    """Forget all kept worlds: as after a restart."""
    _worlds.clear()
