"""What a fraction cannot tell apart, in letters and in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from techamp.subjects.process_control.experiments.design import LETTERS, Design
from techamp.subjects.process_control.experiments.factorials import split_generator

_ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


@dataclass(frozen=True)
class AliasStructure:
    """``relation``: words that equal I; ``resolution`` the shortest length (None for a full factorial).

    ``chains``: sets of effects that a plan sees as one, such as ("AB", "CE"), with "-" before those of other sign;
    ``lost`` are effects that go with the blocks.
    """

    relation: tuple[str, ...]
    resolution: int | None
    chains: tuple[tuple[str, ...], ...]
    lost: tuple[str, ...]
    factors: tuple[str, ...]

    def sentences(self) -> tuple[str, ...]:
        """The structure in words, with the names of the factors."""
        said = [_resolution_words(self.resolution)]
        for chain in self.chains:
            if len(chain) > 1:
                said.append(
                    f"{self._named(chain[0])} cannot be told from {_listed([self._named(w) for w in chain[1:]])}."
                )
        if self.lost:
            said.append(f"Lost to the differences between blocks: {_listed([self._named(w) for w in self.lost])}.")
        return tuple(said)

    def _named(self, word: str) -> str:
        sign = "minus " if word.startswith("-") else ""
        return sign + "·".join(self.factors[LETTERS.index(letter)] for letter in word.lstrip("-"))


def alias_structure(design: Design, order: int = 2) -> AliasStructure:
    """Return the aliases of effects up to ``order`` factors of a factorial from generators.

    The defining relation holds all products of the generators' words; an effect's aliases are its products with them
    (Box & Hunter 1961). Example: "E=ABC", "F=BCD": I = ABCE = BCDF = ADEF, and AB = CE (Montgomery, table 8.11).
    """
    relation = _relation(design.generators)
    seen: set[int] = set()
    chains = []
    for size in range(1, order + 1):
        for letters in combinations(range(len(design.factors)), size):
            mask = sum(1 << j for j in letters)
            if mask not in seen:
                aliases = [(mask ^ word, sign) for word, sign in relation.items()]
                shown = sorted((a for a in aliases if 0 < a[0].bit_count() <= order), key=lambda a: _order(a[0]))
                seen.update(word for word, _ in shown)
                chains.append((_word(mask), *(("-" if sign < 0 else "") + _word(word) for word, sign in shown)))
                seen.add(mask)
    words = sorted(relation, key=_order)
    text = tuple(("-" if relation[word] < 0 else "") + _word(word) for word in words)
    return AliasStructure(
        relation=text,
        resolution=min((word.bit_count() for word in words), default=None),
        chains=tuple(chains),
        lost=_block_words(design.block_generators),
        factors=design.factors,
    )


def word_lengths(factors: int, generators: Sequence[str]) -> tuple[int, ...]:
    """How many words of each length, 1 to ``factors``, the defining relation has: smaller first is better."""
    counts = [0] * factors
    for word in _relation(generators):
        counts[word.bit_count() - 1] += 1
    return tuple(counts)


def _relation(generators: Sequence[str]) -> dict[int, float]:
    """All words that equal I, as bit masks, with their signs."""
    found: dict[int, float] = {0: 1.0}
    for generator in generators:
        letter, word, sign = split_generator(generator)
        mask = sum(1 << LETTERS.index(c) for c in letter + word)
        found |= {other ^ mask: other_sign * sign for other, other_sign in found.items()}
    del found[0]
    return found


def _block_words(words: Sequence[str]) -> tuple[str, ...]:
    masks = {0}
    for word in words:
        masks |= {other ^ sum(1 << LETTERS.index(c) for c in word) for other in masks}
    return tuple(_word(mask) for mask in sorted(masks - {0}, key=_order))


def _order(mask: int) -> tuple[int, str]:
    return mask.bit_count(), _word(mask)


def _word(mask: int) -> str:
    return "".join(letter for j, letter in enumerate(LETTERS) if mask >> j & 1)


def _resolution_words(resolution: int | None) -> str:
    if resolution is None:
        return "A full factorial: every effect can be told from every other."
    name = _ROMAN[resolution] if resolution < len(_ROMAN) else str(resolution)
    if resolution <= 3:
        return f"Resolution {name}: main effects are mixed with interactions of two factors. Good for screening only."
    if resolution == 4:
        return f"Resolution {name}: main effects are clear of two-factor interactions, which are mixed with each other."
    return f"Resolution {name}: main effects and interactions of two factors are clear of each other."


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"
