"""The numbers of MIL-STD-105E (1989; a public document of the US government), as the diagonals its tables are made of.

In each master table the plans of one acceptance number lie on a diagonal: letter number + AQL number is the same.
Tables II-A, II-B, II-C hold single plans for normal, tightened and reduced inspection, III-A to III-C double, IV-A to
IV-C multiple plans.
"""

from __future__ import annotations

from dataclasses import dataclass

LETTERS = "ABCDEFGHJKLMNPQRS"
SIZES = (2, 3, 5, 8, 13, 20, 32, 50, 80, 125, 200, 315, 500, 800, 1250, 2000, 3150)
REDUCED_SIZES = (2, 2, *SIZES[:14])
LOT_ENDS = (8, 15, 25, 50, 90, 150, 280, 500, 1200, 3200, 10_000, 35_000, 150_000, 500_000)
LEVELS = {
    "S-1": "AAAABBBBCCCCDDD",
    "S-2": "AAABBBCCCDDDEEE",
    "S-3": "AABBCCDDEEFFGGH",
    "S-4": "AABCCDEEFGGHJJK",
    "I": "AABCCDEFGHJKLMN",
    "II": "ABCDEFGHJKLMNPQ",
    "III": "BCDEFGHJKLMNPQR",
}
_DECADE = (1.0, 1.5, 2.5, 4.0, 6.5)
AQLS = (*(float(f"{first * 10.0**power:.2g}") for power in (-2, -1, 0, 1, 2) for first in _DECADE), 1000.0)


@dataclass(frozen=True)
class Master:
    """One kind of inspection: where the diagonals lie, and what stands on them.

    ``zero`` is the diagonal of acceptance number 0, ``one`` that of the first number above; between them entries are
    arrows, ``upward`` of which (next to ``zero``) point up. ``long`` and ``short``: how many diagonals from ``one`` on
    hold plans for letters A to E and from F on; beyond them arrows point up.
    """

    zero: int
    one: int
    upward: int
    first_zero_letter: int
    long: int
    short: int
    last: int
    sizes: tuple[int, ...]
    single: tuple[tuple[int, int], ...]
    double: tuple[tuple[tuple[int, int], ...], ...]
    multiple: tuple[tuple[tuple[int | None, int], ...], ...]
    double_from: int
    multiple_from: int


def _pairs(text: str) -> tuple[tuple[int, int], ...]:
    """'0/2 1/2' → ((0, 2), (1, 2))."""
    return tuple((int(a), int(b)) for a, b in (entry.split("/") for entry in text.split()))


def _rows(text: str) -> tuple[tuple[tuple[int, int], ...], ...]:
    return tuple(_pairs(line) for line in text.strip().splitlines())


def _staged(text: str) -> tuple[tuple[tuple[int | None, int], ...], ...]:
    """As ``_rows``; # stands for a stage at which no lot is accepted."""
    lines = [[entry.split("/") for entry in line.split()] for line in text.strip().splitlines()]
    return tuple(tuple((None if a == "#" else int(a), int(b)) for a, b in line) for line in lines)


NORMAL = Master(
    zero=14,
    one=17,
    upward=1,
    first_zero_letter=0,
    long=10,
    short=8,
    last=15,
    sizes=SIZES,
    single=_pairs("1/2 2/3 3/4 5/6 7/8 10/11 14/15 21/22 30/31 44/45"),
    double=_rows("""
        0/2 1/2
        0/3 3/4
        1/4 4/5
        2/5 6/7
        3/7 8/9
        5/9 12/13
        7/11 18/19
        11/16 26/27
        17/22 37/38
        25/31 56/57
    """),
    multiple=_staged("""
        #/2 #/2 0/2 0/3 1/3 1/3 2/3
        #/2 0/3 0/3 1/4 2/4 3/5 4/5
        #/3 0/3 1/4 2/5 3/6 4/6 6/7
        #/4 1/5 2/6 3/7 5/8 7/9 9/10
        0/4 1/6 3/8 5/10 7/11 10/12 13/14
        0/5 3/8 6/10 8/13 11/15 14/17 18/19
        1/7 4/10 8/13 12/17 17/20 21/23 25/26
        2/9 7/14 13/19 19/25 25/29 31/33 37/38
        4/12 11/19 19/27 27/34 36/40 45/47 53/54
        6/16 17/27 29/39 40/49 53/58 65/68 77/78
    """),
    double_from=1,
    multiple_from=3,
)
TIGHTENED = Master(
    zero=15,
    one=18,
    upward=0,
    first_zero_letter=1,
    long=9,
    short=7,
    last=16,
    sizes=SIZES,
    single=_pairs("1/2 2/3 3/4 5/6 8/9 12/13 18/19 27/28 41/42"),
    double=_rows("""
        0/2 1/2
        0/3 3/4
        1/4 4/5
        2/5 6/7
        3/7 11/12
        6/10 15/16
        9/14 23/24
        15/20 34/35
        23/29 52/53
    """),
    multiple=_staged("""
        #/2 #/2 0/2 0/3 1/3 1/3 2/3
        #/2 0/3 0/3 1/4 2/4 3/5 4/5
        #/3 0/3 1/4 2/5 3/6 4/6 6/7
        #/4 1/5 2/6 3/7 5/8 7/9 9/10
        0/4 2/7 4/9 6/11 9/12 12/14 14/15
        0/6 3/9 7/12 10/15 14/17 18/20 21/22
        1/8 6/12 11/17 16/22 22/25 27/29 32/33
        3/10 10/17 17/24 24/31 32/37 40/43 48/49
        6/15 16/25 26/36 37/46 49/55 61/64 72/73
    """),
    double_from=1,
    multiple_from=3,
)
REDUCED = Master(
    zero=14,
    one=17,
    upward=1,
    first_zero_letter=0,
    long=10,
    short=8,
    last=15,
    sizes=REDUCED_SIZES,
    single=_pairs("0/2 1/3 1/4 2/5 3/6 5/8 7/10 10/13 14/17 21/24"),
    double=_rows("""
        0/2 0/2
        0/3 0/4
        0/4 1/5
        0/4 3/6
        1/5 4/7
        2/7 6/9
        3/8 8/12
        5/10 12/16
        7/12 18/22
        11/17 26/30
    """),
    multiple=_staged("""
        #/2 #/2 0/2 0/3 0/3 0/3 1/3
        #/2 #/3 0/3 0/4 0/4 1/5 1/5
        #/3 #/3 0/4 0/5 1/6 1/6 2/7
        #/3 0/4 0/5 1/6 2/7 3/7 4/8
        #/4 0/5 1/6 2/7 3/8 4/9 6/10
        0/4 1/6 2/8 3/10 5/11 7/12 9/14
        0/5 1/7 3/9 5/12 7/13 10/15 13/17
        0/6 3/9 6/12 8/15 11/17 14/20 18/22
    """),
    double_from=3,
    multiple_from=5,
)
MASTERS = {"normal": NORMAL, "tightened": TIGHTENED, "reduced": REDUCED}

# Reduced inspection, letters A and B: both samples are of 2, and the gap between the numbers is closing.
REDUCED_SMALL = {
    0: _pairs("1/2 2/3 3/4 5/6 7/8 10/11 14/15 21/22 30/31"),
    1: _pairs("0/2 1/3 2/4 3/5 5/6 7/8 10/11 14/15 21/22 30/31"),
}
