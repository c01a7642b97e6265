"""Everything that the page of a draft shows, worked out once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from pydantic import ValidationError

from techamp.campus.workshop.models import Draft, Going
from techamp.contract import Board, Builder, Finding, Listing, Row
from techamp.contract.drawing.svg import NARROW, WIDE

_LINK = re.compile(r' href="[^"]*"')


@dataclass(frozen=True)
class Bench:
    """A draft with its form, its picture and what its last run said. ``is_old``: that run was of an earlier revision.

    SVG comes from the builder, which escapes every name in it.
    """

    draft: Draft
    builder: Builder
    board: Board
    at: str
    finding: Finding | None
    is_old: bool
    going: Going | None

    @property
    def row(self) -> Row:
        """What the panel shows."""
        return self.board.row(self.at)

    @property
    def listing(self) -> Listing | None:
        """The list that the panel's row is in."""
        return self.board.listing_of(self.at)

    @property
    def position(self) -> int:
        """Which of its list the row is, from 1; 0 for the whole."""
        rows = self.listing.rows if self.listing else ()
        return next((i for i, row in enumerate(rows, 1) if row.place == self.at), 0)

    @property
    def before(self) -> Row | None:
        """The row before it in its list."""
        return self.listing.rows[self.position - 2] if self.listing and self.position > 1 else None

    @property
    def after(self) -> Row | None:
        """The row after it in its list."""
        rows = self.listing.rows if self.listing else ()
        return rows[self.position] if 0 < self.position < len(rows) else None

    @property
    def marks(self) -> Mapping[str, Any]:
        """What the picture shows of the last run."""
        return self.finding.marks if self.finding else {}

    def picture(self, width: int, still: bool = False) -> SafeString:
        """The picture at one width, or for a phone and for a desk where it is unknown. ``still``: without its links."""
        widths = ((width, ""),) if width else ((NARROW, " narrow"), (WIDE, " wide"))
        drawn = [
            (css, self.builder.picture(self.draft.document, w, "" if still else self.at, self.marks))
            for w, css in widths
        ]
        plain = [(css, _LINK.sub("", svg) if still else svg) for css, svg in drawn]
        return mark_safe("".join(f'<div class="drawing{css}">{svg}</div>' for css, svg in plain))


def bench_of(draft: Draft, builder: Builder, at: str, going: Going | None) -> Bench:
    """The bench of a draft at a place; at the first thing to mend where none is asked for."""
    board = builder.board(draft.document)
    places = [row.place for listing in board.listings for row in listing.rows]
    bad = [row.place for listing in board.listings for row in listing.rows if row.is_bad]
    if at not in (*places, board.whole.place):
        at = (bad or ([board.whole.place] if board.whole.is_bad else places) or [board.whole.place])[0]
    finding = finding_of(draft)
    return Bench(draft, builder, board, at, finding, draft.found_for != draft.revision, going)


def finding_of(draft: Draft) -> Finding | None:
    """What the last run said; None where there was none, or where it is of a form that is read no more."""
    try:
        return Finding.model_validate(draft.finding) if draft.finding else None
    except ValidationError:
        return None


def files_of(builder: Builder) -> dict[str, str]:
    """The builder's own files, as far as it has them: its style sheet, its editor, its scene."""
    names = {"scene": "scene.js", "scene_css": "scene.css", "editor": "editor.js"}
    folder, prefix = builder.folder(), f"scenes/{builder.id}"
    return {name: f"{prefix}/{file}" if (folder / file).exists() else "" for name, file in names.items()}


def trace_of(bench: Bench) -> str:
    """The trace of the run as JSON that is safe inside a script element; "" where there is none."""
    trace = bench.finding.outcome.trace if bench.finding and not bench.is_old else None
    return trace.model_dump_json().replace("<", "\\u003c").replace("&", "\\u0026") if trace else ""
