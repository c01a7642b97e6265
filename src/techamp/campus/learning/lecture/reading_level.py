"""How hard a text is to read: the grade of Flesch and Kincaid.

Kincaid, J. P., Fishburne, R. P., Rogers, R. L., and Chissom, B. S. (1975). Derivation of new readability formulas for
Navy enlisted personnel. Naval Technical Training Command, Research Branch Report 8-75.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)?")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(r"(?:[^aeiouylrscghxz]es|[^aeiouyl]e|[^aeiouytd]ed)$")  # makes, plate, turned; not table, fitted
# Two vowels side by side that sound apart: variation, manual, quiet, science, idea, being, created.
_APART = re.compile(r"(?<![tscg])i[ao]|(?<![qg])u[ao]|iet|ien(?=c|t)|ea$|eas$|[eoy]ing|creat|react|eo(?!p)")


def syllables(word: str) -> int:
    """Syllables of an English word by its groups of vowels; empirical, right for about nine words in ten.

    >>> [syllables(word) for word in ("chart", "table", "turned", "variation", "the")]
    [1, 2, 1, 4, 1]
    """
    plain = word.lower()
    count = len(_VOWELS.findall(plain))
    count += len(_APART.findall(plain))
    return max(1, count - bool(_SILENT.search(plain) and count > 1))


def grade(sentences: Iterable[str], exempt: Iterable[str] = ()) -> float:
    """US school grade: 0.39 words/sentences + 11.8 syllables/words − 15.59; 0 for no words.

    Terms in ``exempt`` count as one word of one syllable: they are a tap away from their meaning.
    """
    phrases = sorted((re.escape(term) for term in exempt), key=len, reverse=True)
    known = re.compile(rf"\b(?:{'|'.join(phrases)})\b", re.IGNORECASE) if phrases else None
    count = words = sounds = 0
    for sentence in sentences:
        own = _WORD.findall(known.sub(" x ", sentence) if known else sentence)
        count, words = count + bool(own), words + len(own)
        sounds += sum(syllables(word) for word in own)
    return 0.39 * words / count + 11.8 * sounds / words - 15.59 if words else 0.0
