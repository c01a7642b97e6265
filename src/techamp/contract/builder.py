"""A builder is where somebody makes a model of her own: a document that she changes piece by piece and runs at once.

The document is plain values, as she has it so far: perhaps with faults, which stand at the boxes they are about. The
same document is a form, a table, a picture and a text; each changes the others. Campus keeps it and shows it, and
knows nothing of what is modeled.
"""

from __future__ import annotations

import inspect
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from pydantic import Field

from techamp.contract.errors import Fault
from techamp.contract.outcome import DataTable, Outcome, _Plain

Document = dict[str, Any]
Watch = Callable[[float, float], bool]
"""Called with how much of a run is done and how much is expected (0 while nobody can tell). False ends it."""
WHOLE = "whole"
"""The place of what concerns the whole model, and no row of a list."""


@dataclass(frozen=True)
class Template:
    """A document to begin with."""

    name: str
    title: str
    summary: str
    document: Document


@dataclass(frozen=True)
class Box:
    """One box of the form: ``name`` is unique in the document. ``short`` heads a column of a table.

    ``idle``: another box makes this one mean nothing. ``folded``: of use to few, so that it may be out of the way.
    ``pictures``: an SVG drawing for each option of a choice, to choose by.
    """

    name: str
    label: str
    value: str = ""
    kind: str = "text"  # text, number, choice
    unit: str = ""
    help: str = ""
    options: tuple[tuple[str, str], ...] = ()
    short: str = ""
    idle: bool = False
    folded: bool = False
    faults: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()

    @property
    def pictured(self) -> tuple[tuple[str, str, str], ...]:
        """Value, label and drawing of each option that has one."""
        return tuple((value, label, svg) for (value, label), svg in zip(self.options, self.pictures, strict=False))


@dataclass(frozen=True)
class Row:
    """One thing in a list, or the whole. ``besides``: what its text says and no box shows; ``sketch``: an SVG drawing
    with the words ``sketched``."""

    place: str
    title: str
    words: str
    boxes: tuple[Box, ...]
    besides: tuple[str, ...] = ()
    sketch: str = ""
    sketched: str = ""

    @property
    def has_folded(self) -> bool:
        """Whether some of its boxes are out of the way, and mean something."""
        return any(box.folded and not box.idle and not box.faults for box in self.boxes)

    @property
    def is_bad(self) -> bool:
        """Whether one of its boxes has a fault."""
        return any(box.faults for box in self.boxes)


@dataclass(frozen=True)
class Listing:
    """A list of the document: ``one`` is what each of its rows is called. ``most`` rows can be drawn here."""

    name: str
    title: str
    one: str
    rows: tuple[Row, ...]
    most: int
    help: str = ""


@dataclass(frozen=True)
class Board:
    """The document as a form. ``faults`` with the box that each is about ("" where there is none)."""

    title: str
    whole: Row
    listings: tuple[Listing, ...]
    faults: tuple[tuple[Fault, str], ...] = ()
    warnings: tuple[str, ...] = ()

    def row(self, place: str) -> Row:
        """The row at a place; the whole where there is none."""
        return next((row for listing in self.listings for row in listing.rows if row.place == place), self.whole)

    def listing_of(self, place: str) -> Listing | None:
        """The list that a place is in."""
        return next((listing for listing in self.listings if any(r.place == place for r in listing.rows)), None)


class Drawing(_Plain):
    """A drawing that no chart can be: SVG for a phone and for a desk, with its words and its table."""

    name: str
    title: str
    words: str
    narrow: str
    wide: str
    table: DataTable | None = None


class Finding(_Plain):
    """What a run of a document says. ``marks``: what the picture of the document shows of it, plain JSON."""

    outcome: Outcome
    drawings: tuple[Drawing, ...] = ()
    marks: dict[str, Any] = Field(default_factory=dict)


class Builder(ABC):
    """Base of all builders. A subclass lives in ``subjects/<subject>/builders/<name>/builder.py``.

    Beside it lies ``model.md`` (assumptions, what is left out, sources) and may lie ``editor.js`` (what a finger can do
    to the picture), ``scene.js`` (replays a run's trace on the picture) and ``scene.css``. Functions on documents are
    pure: they return another document and change none.
    """

    id: ClassVar[str]
    version: ClassVar[int]
    title: ClassVar[str]
    question: ClassVar[str]
    summary: ClassVar[str]
    longest: ClassVar[int] = 100_000  # characters of a document as text

    @abstractmethod
    def templates(self, plant: Mapping[str, Any] | None) -> tuple[Template, ...]:
        """Documents to begin with; the first is the plainest. ``plant``: the model plant as she has it, if there is
        one."""

    @abstractmethod
    def read(self, text: str) -> Document:
        """A document from text. Raises InvalidInput where it is none at all; lesser faults stand on its board."""

    @abstractmethod
    def write(self, document: Document) -> str:
        """The document as text that ``read`` takes."""

    @abstractmethod
    def board(self, document: Document) -> Board:
        """The document as a form, with all its faults."""

    @abstractmethod
    def typed(self, document: Document, values: Mapping[str, str]) -> Document:
        """The document with what was typed into boxes; values of other names are passed over."""

    @abstractmethod
    def edited(self, document: Document, verb: str, at: str) -> tuple[Document, str]:
        """The document after "add", "copy", "remove", "earlier", "later" or "to 3" at a place, and the place to look
        at next."""

    @abstractmethod
    def pasted(self, document: Document, text: str) -> Document:
        """The document with a table from a spreadsheet in it. Raises InvalidInput with all that is wrong with it."""

    @abstractmethod
    def picture(self, document: Document, width: int, at: str, marks: Mapping[str, Any]) -> str:
        """An SVG drawing laid out for a width in px; each row is a link to ``?at=<place>``."""

    @abstractmethod
    def run(self, document: Document, watch: Watch) -> Finding | None:
        """Run it; the same document gives the same finding. Raises InvalidInput with all that is wrong with it.

        None where ``watch`` ended it before there was anything to say.
        """

    @abstractmethod
    def compare(self, first: Document, second: Document, watch: Watch) -> Finding | None:
        """Both under the same luck, and what is certain about their difference."""

    def warm_up(self) -> None:
        """Compile what needs compiling, so that nobody waits for it."""
        self.run(self.templates(None)[0].document, lambda _done, _expected: True)

    @classmethod
    def folder(cls) -> Path:
        """Where the builder's own files lie."""
        return Path(inspect.getfile(cls)).parent
