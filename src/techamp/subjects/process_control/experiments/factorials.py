"""Two-level plans: full and fractional factorials, blocks, fold-over, Plackett-Burman."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np

from techamp.contract.errors import InvalidInput
from techamp.subjects.process_control.experiments.design import LETTERS, Design, factor_names
from techamp.subjects.process_control.readings import Array

MOST_FACTORS = 16
# First rows of the cyclic plans of Plackett & Burman (1946).
_FIRST_ROWS = {
    12: "++-+++---+-",
    20: "++--++++-+-+----++-",
    24: "+++++-+-++--++--+-+----",
}


def full_factorial(factors: int | list[str] | tuple[str, ...], *, blocks: Sequence[str] = ()) -> Design:
    """Return all 2^k combinations in standard order: the first factor changes fastest.

    ``blocks``: words such as "ABC" whose sign tells the block; two words make four blocks. What they stand for is lost.
    Raises InvalidInput for more than 16 factors or a word of unknown letters.
    """
    return fractional_factorial(factors, (), blocks=blocks)


def fractional_factorial(
    factors: int | list[str] | tuple[str, ...], generators: Sequence[str], *, blocks: Sequence[str] = ()
) -> Design:
    """Return a 2^(k-p) fraction from p generators such as "E=ABC" or "E=-ABC" (Box & Hunter 1961).

    Letters stand for factors in order. The letters left of the signs must be the last p. ``blocks`` as
    ``full_factorial``. Example: six factors, "E=ABC" and "F=BCD": 16 runs, resolution IV (Montgomery, table 8.10).
    Raises InvalidInput for a generator that does not fit.
    """
    names = factor_names(factors)
    k, p = len(names), len(generators)
    if k > MOST_FACTORS or p >= k:
        rule = f"must be {MOST_FACTORS} at most, more than there are generators"
        raise InvalidInput("factors", rule, k, "Use fewer factors, or a Plackett-Burman plan.")
    base = k - p
    runs = np.arange(2**base)
    columns = [np.where(runs >> j & 1, 1.0, -1.0) for j in range(base)]
    for i, generator in enumerate(generators):
        letter, word, sign = split_generator(generator)
        if letter != LETTERS[base + i] or any(c not in LETTERS[:base] for c in word) or len(word) < 2:
            rule = f"must make {LETTERS[base + i]} from two or more of {LETTERS[:base]}"
            raise InvalidInput("generators", rule, generator, f"For example {LETTERS[base + i]}={LETTERS[:base]}.")
        columns.append(sign * _product(columns, word))
    coded = np.column_stack(columns)
    block = np.zeros(len(runs), dtype=np.int64)
    for word in blocks:
        if not word or any(c not in LETTERS[:k] for c in word):
            raise InvalidInput("blocks", f"must be words of {LETTERS[:k]}", word, "For example ABC.")
        block = 2 * block + (_product(list(coded.T), word) > 0)
    kind = f"2^{k} full factorial" if p == 0 else f"2^({k}-{p}) fractional factorial"
    return Design(kind, names, coded, block, tuple(generators), tuple(blocks))


def best_fraction(factors: int | list[str] | tuple[str, ...], runs: int) -> Design:
    """Return the fraction of highest resolution, and among those with the fewest shortest words (minimum aberration).

    Found by search over generators; ``runs`` a power of 2. Example: seven factors in 16 runs: resolution IV.
    Raises InvalidInput for runs that are no power of 2, too few for the factors, or more than a full factorial.
    """
    from techamp.subjects.process_control.experiments.aliases import word_lengths

    names = factor_names(factors, 2)
    k, base = len(names), int(runs).bit_length() - 1
    if runs != 2**base or base > k or k > 2**base - 1 or base > 6:
        rule = f"must be a power of 2 from {k + 1} to {2 ** min(k, 6)}"
        raise InvalidInput("runs", rule, runs, "Use 8, 16 or 32.")
    if base == k:
        return full_factorial(names)
    longest = sorted(
        (w for size in range(2, base + 1) for w in combinations(range(base), size)), key=lambda w: (-len(w), w)
    )
    best: tuple[tuple[int, ...], tuple[str, ...]] | None = None
    for tried, chosen in enumerate(combinations(longest, k - base)):
        words = tuple(f"{LETTERS[base + i]}={''.join(LETTERS[j] for j in w)}" for i, w in enumerate(chosen))
        lengths = word_lengths(k, words)
        if best is None or lengths < best[0]:
            best = (lengths, words)
        if tried > 20_000:
            break
    assert best is not None
    return fractional_factorial(names, best[1])


def fold_over(design: Design, *letters: str) -> Design:
    """Return the design and its mirror image: signs of the named factors (all, if none) turned, as block two.

    Folding all factors frees main effects from two-factor interactions; folding one frees it and its interactions.
    """
    chosen = [LETTERS.index(letter) for letter in letters] or list(range(len(design.factors)))
    mirror = design.coded.copy()
    mirror[:, chosen] *= -1.0
    block = np.concatenate([design.block, design.block + int(design.block.max()) + 1])
    return replace(
        design,
        kind=f"{design.kind}, folded over",
        coded=np.concatenate([design.coded, mirror]),
        block=block,
        generators=(),
    )


def plackett_burman(factors: int | list[str] | tuple[str, ...]) -> Design:
    """Return a screening plan in the smallest of 12, 20, 24 runs (or 8, 16, 32) with more runs than factors.

    Main effects are clear of each other; each two-factor interaction spreads over many of them, a third of its size at
    12 runs (Plackett & Burman 1946). Example: eleven factors in 12 runs. Raises InvalidInput for more than 31 factors.
    """
    names = factor_names(factors, 2)
    k = len(names)
    size = next((n for n in (8, 12, 16, 20, 24, 32) if n > k), None)
    if size is None:
        raise InvalidInput("factors", "must be 31 at most", k, "Split the study in two.")
    if size in _FIRST_ROWS:
        row = np.array([1.0 if sign == "+" else -1.0 for sign in _FIRST_ROWS[size]])
        matrix = np.array([np.roll(row, i) for i in range(size - 1)])
        matrix = np.concatenate([matrix, -np.ones((1, size - 1))])
    else:
        matrix = _hadamard(size)[:, 1:]
    return Design(f"Plackett-Burman, {size} runs", names, matrix[:, :k], np.zeros(size, dtype=np.int64))


def split_generator(generator: str) -> tuple[str, str, float]:
    """Return the letter, the word and the sign of "E=-ABC". Raises InvalidInput if it does not read so."""
    letter, equals, word = generator.replace(" ", "").upper().partition("=")
    sign = -1.0 if word.startswith("-") else 1.0
    word = word.lstrip("+-")
    if not equals or len(letter) != 1 or not word.isalpha() or len(set(word)) != len(word):
        raise InvalidInput("generators", "must read like E=ABC", generator, "Name each letter once.")
    return letter, word, sign


def _product(columns: list[Array], word: str) -> Array:
    product = np.ones_like(columns[0])
    for letter in word:
        product = product * columns[LETTERS.index(letter)]
    return product


def _hadamard(size: int) -> Array:
    matrix = np.ones((1, 1))
    while len(matrix) < size:
        matrix = np.block([[matrix, matrix], [matrix, -matrix]])
    return matrix
