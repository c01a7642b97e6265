"""What a lecture consists of."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar

from django.utils.safestring import SafeString
from pydantic import Field

from techamp.campus.learning.lecture.sentences import Sentence
from techamp.campus.practice.files import Source
from techamp.campus.practice.variants import realize
from techamp.campus.program.schema import Declared

WORDS_PER_MINUTE = 140  # spoken at an easy pace; our choice
MINUTES_PER_QUESTION, MINUTES_PER_SIMULATION = 0.75, 1.0  # to read it, think, and read what is said to it; our choice


class FrontMatter(Declared):
    """Above the text."""

    title: str
    sources: list[str] = []


class SimulationDeclared(Declared):
    """What stands in a ``simulation`` fence."""

    simulation: str
    inputs: dict[str, Any] = {}
    free: list[str] = Field(min_length=1)
    chart: str
    ask: str
    seed: int = Field(1, ge=1, le=1_000_000)


@dataclass(frozen=True)
class Prose:
    """Text: safe HTML with a span around each sentence, and the sentences."""

    html: SafeString
    sentences: tuple[Sentence, ...]
    template: ClassVar[str] = "learning/lecture_prose.html"


@dataclass(frozen=True)
class Question:
    """A question at its point of the text: a practice item without variants, not counted and never in the way."""

    source: Source
    line: int
    template: ClassVar[str] = "learning/lecture_question.html"

    @property
    def id(self) -> str:
        """Its stable name."""
        return self.source.item.id

    @cached_property
    def realized(self) -> dict[str, Any]:
        """As it is put to her. The seed mixes the options: the same for everyone, another for each question."""
        return realize(self.source, zlib.crc32(self.id.encode()))


@dataclass(frozen=True)
class LiveSimulation:
    """A chart of a simulation with a few inputs to change. ``id`` is its place on the page."""

    id: str
    declared: SimulationDeclared
    line: int
    template: ClassVar[str] = "learning/lecture_simulation.html"


@dataclass(frozen=True)
class Slide:
    """What is shown while something is said."""

    parts: tuple[Prose | Question | LiveSimulation, ...]
    template: ClassVar[str] = "learning/lecture_slide.html"


Block = Prose | Question | LiveSimulation | Slide


@dataclass(frozen=True)
class Segment:
    """About three minutes on one thing."""

    id: str
    title: str
    blocks: tuple[Block, ...]
    line: int

    @property
    def narration(self) -> list[Sentence]:
        """The sentences that are said, in order; not those on slides."""
        return [s for block in self.blocks if isinstance(block, Prose) for s in block.sentences]

    @property
    def minutes(self) -> float:
        """Minutes to read or hear it with its slides, answer its questions and try its simulations."""
        parts = list(self.parts())
        words = sum(len(s.text.split()) for part in parts if isinstance(part, Prose) for s in part.sentences)
        questions = sum(isinstance(p, Question) for p in parts)
        simulations = sum(isinstance(p, LiveSimulation) for p in parts)
        return words / WORDS_PER_MINUTE + questions * MINUTES_PER_QUESTION + simulations * MINUTES_PER_SIMULATION

    def parts(self) -> Iterator[Prose | Question | LiveSimulation]:
        """Blocks, and what is inside slides."""
        for block in self.blocks:
            yield from block.parts if isinstance(block, Slide) else (block,)


@dataclass(frozen=True)
class Lecture:
    """One lecture file. ``hash`` says which content an attempt saw."""

    file: Path
    title: str
    sources: tuple[str, ...]
    segments: tuple[Segment, ...]
    hash: str

    @property
    def words(self) -> int:
        """Words that are said."""
        return sum(len(s.text.split()) for segment in self.segments for s in segment.narration)

    @property
    def minutes(self) -> int:
        """Minutes in all, at least 1."""
        return max(1, round(sum(segment.minutes for segment in self.segments)))

    @property
    def questions(self) -> dict[str, Question]:
        """By id."""
        return {part.id: part for s in self.segments for part in s.parts() if isinstance(part, Question)}

    @property
    def simulations(self) -> dict[str, LiveSimulation]:
        """By id."""
        return {part.id: part for s in self.segments for part in s.parts() if isinstance(part, LiveSimulation)}

    @property
    def sentences(self) -> list[tuple[Segment, Sentence]]:
        """Everything that can be found, slides too, in order."""
        return [(s, x) for s in self.segments for part in s.parts() if isinstance(part, Prose) for x in part.sentences]

    def segment_of(self, sentence: str) -> Segment | None:
        """The segment in which a sentence of this id stands."""
        return next((segment for segment, own in self.sentences if own.id == sentence), None)
