"""The entry check and its bridge pages as they lie in the curriculum, and how a learner stands at each topic."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml
from django.http import Http404

from techamp.campus.learning.models import Attempt
from techamp.campus.learning.text import render_markdown
from techamp.campus.people.models import LedgerKey
from techamp.campus.practice.files import Source, from_values, load
from techamp.campus.practice.sets import KIND, ItemSet
from techamp.campus.program.curriculum import CurriculumError, curriculum, read_as
from techamp.campus.program.schema import Bridge, BridgeTopic

_FRONT = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_ANCHOR = re.compile(r"(?<=\S) *\{#[a-z0-9-]+\}(?=\s*$)", re.MULTILINE)
_QUESTION = re.compile(r"^```question\n(.*?)^```\s*$", re.DOTALL | re.MULTILINE)


def folder() -> Path:
    """Where the entry check and its pages lie."""
    return curriculum().root / "bridge"


def has_entry_check() -> bool:
    """Whether this curriculum has one."""
    return (folder() / "bridge.yaml").exists()


def bridge() -> Bridge:
    """bridge.yaml, or 404 for a curriculum without one."""
    path = folder() / "bridge.yaml"
    if not path.exists():
        raise Http404("This curriculum has no entry check.")
    return bridge_at(path)


def bridge_at(path: Path) -> Bridge:
    """A bridge.yaml; CurriculumError lists every fault."""
    return _bridge(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=8)
def _bridge(path: Path, stamp: int) -> Bridge:
    return read_as(Bridge, path)


def topic_of(id: str) -> BridgeTopic:
    """A topic by its id, or 404."""
    found = next((t for t in bridge().topics if t.id == id), None)
    if found is None:
        raise Http404("No such topic.")
    return found


def entry_set(topic: BridgeTopic) -> ItemSet:
    """The one item of the entry check on a topic."""
    home = folder()
    return ItemSet(f"bridge/entry/{topic.id}", (topic.item,), lambda id: load(home, id))


def title_at(place: str) -> str:
    """The topic whose question or page stands at a place of the ledger, by its title; "" for any other place."""
    kind, _slash, id = place.rpartition("/")
    if kind not in {"bridge/entry", "bridge/try"} or not has_entry_check():
        return ""
    return next((f"{bridge().title} · {t.title}" for t in bridge().topics if t.id == id), bridge().title)


@dataclass(frozen=True)
class TopicState:
    """How a topic stands: "ready", "brush" or "ahead" (not asked yet)."""

    topic: BridgeTopic
    word: str


def topic_states(key: LedgerKey) -> list[TopicState]:
    """How each topic stands: ready once its question, or one to try on its page, was right."""
    topics = bridge().topics
    asked = {f"bridge/entry/{t.id}": t.id for t in topics}
    tried = {f"bridge/try/{t.id}": t.id for t in topics}
    rows = Attempt.objects.filter(key=key, kind=KIND, place__in=[*asked, *tried]).exclude(finished=None)
    found = list(rows.values_list("place", "result"))
    seen = {asked[place] for place, _result in found if place in asked}
    right = {(asked | tried)[place] for place, result in found if result == "right"}
    return [TopicState(t, "ready" if t.id in right else "brush" if t.id in seen else "ahead") for t in topics]


@dataclass(frozen=True)
class BridgePage:
    """A bridge page: HTML before and after its questions to try."""

    before: str
    after: str
    tries: ItemSet


def page_of(topic: BridgeTopic) -> BridgePage:
    """The page of a topic; CurriculumError names the file where it cannot be read."""
    path = folder() / topic.page
    if not path.exists():
        raise CurriculumError(f"{path}: the file is missing. Add it, or take the topic out.")
    before, after, sources = _page(path, path.stat().st_mtime_ns)
    items = {source.item.id: source for source in sources}
    return BridgePage(before, after, ItemSet(f"bridge/try/{topic.id}", tuple(items), items.__getitem__))


@lru_cache(maxsize=64)
def _page(path: Path, stamp: int) -> tuple[str, str, tuple[Source, ...]]:
    texts, sources = parts_of(path)
    before, *after = (str(render_markdown(text, folder=path.parent)) for text in texts)
    return before, "".join(after), sources


def parts_of(path: Path) -> tuple[list[str], tuple[Source, ...]]:
    """The Markdown before, between and after a page's questions, and the questions."""
    pieces = _QUESTION.split(_ANCHOR.sub("", _FRONT.sub("", path.read_text(encoding="utf-8"))))
    try:
        asked = [{"title": "", **yaml.safe_load(fence)} for fence in pieces[1::2]]
    except (yaml.YAMLError, TypeError) as error:
        raise CurriculumError(f"{path}: a question is not YAML. {error}") from None
    return pieces[::2], tuple(from_values(values, path=path) for values in asked)
