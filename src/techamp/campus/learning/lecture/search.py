"""Find words in a lecture."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from techamp.campus.learning.lecture.blocks import Lecture, Segment
from techamp.campus.learning.lecture.sentences import Sentence

MOST = 50


@dataclass(frozen=True)
class Hit:
    """A sentence that holds all the words, and where it stands."""

    segment: Segment
    sentence: Sentence


def find(lecture: Lecture, asked: str) -> list[Hit]:
    """Sentences that hold every word of ``asked``, whatever the capitals and accents; at most 50."""
    words = _folded(asked).split()
    if not words:
        return []
    hits = (Hit(g, s) for g, s in lecture.sentences if all(word in _folded(s.text) for word in words))
    return [hit for hit, _n in zip(hits, range(MOST), strict=False)]


def _folded(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))
