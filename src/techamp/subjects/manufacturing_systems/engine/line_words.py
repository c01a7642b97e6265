"""Where each number lies in the memory of the recursion: a header, and a record for each station."""

from __future__ import annotations

# Header words of this kernel. TIMES and SCALES: a word for each station; RECORDS: a record for each station.
(
    ENTRIES, ENTRY_MASK, RECORDS, TIMES, SCALES, ENDLESS, ARRIVALS, LAST_ARRIVAL, KINDS, CALENDAR,
    KEY_ARRIVAL, KEY_PROCESS, LAST_FLOW, FLOWS, FLOW_TOTAL, FLOW_SQUARE, LEAST, MOST,
) = range(16, 34)  # fmt: skip
HEADER = 40
ALL_EXPONENTIAL, ALL_CONSTANT, MIXED = range(3)

# A station's record: model, then state, then sums.
(
    BEHIND, NEXT_RING, NEXT_MASK, RING, MASK, BY_CALENDAR, DIST_PROCESS, DIST_UP, DIST_DOWN, KEY_UP, KEY_DOWN, MACHINE,
    LAST, FINISH, CLOCK, BEGUN, FAILURES, HIT, HIT_LOADED, HIT_CLOCK, HIT_FAILURES,
    SUM_STARVED, SUM_BLOCKED, SUM_QUEUE, SUM_DOWN, SUM_IDLE_DOWN, SUM_HELD_DOWN,
) = range(27)  # fmt: skip
RECORD = 28
STATE_FROM = LAST
"""From here on a record is state, before it model."""
NEVER = 1e300
"""BEHIND is the buffer in front of the next station plus one; part k leaves when part k − BEHIND has left there. Rings
begin with zeros, so the first parts find room; where nothing blocks, NEXT_RING is a word that stays zero."""
