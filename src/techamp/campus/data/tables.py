"""A dataset as a table. The last few are kept in memory, so that a changed setting need not read the file again."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

from techamp.campus.data import files
from techamp.campus.data.models import Dataset
from techamp.contract.reading import Reading, ReadingRules, read_table

MOST_KEPT, MOST_CELLS = 4, 2_000_000
_kept: OrderedDict[tuple[str, str], Reading] = OrderedDict()
_lock = Lock()


def reading_of(dataset: Dataset) -> Reading:
    """The dataset, read by its rules."""
    key = (dataset.sha256, dataset.reading_rules.model_dump_json())
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    reading = read_table(files.read(dataset.sha256), dataset.reading_rules)
    remember(dataset.sha256, dataset.reading_rules, reading)
    return reading


def remember(sha256: str, rules: ReadingRules, reading: Reading) -> None:
    """Keep a reading for the next request; drop the oldest ones beyond the limits."""
    with _lock:
        _kept[sha256, rules.model_dump_json()] = reading
        while len(_kept) > MOST_KEPT or (len(_kept) > 1 and sum(map(_cells, _kept.values())) > MOST_CELLS):
            _kept.popitem(last=False)


def forget(sha256: str) -> None:
    """Drop readings of bytes that were deleted."""
    with _lock:
        for key in [key for key in _kept if key[0] == sha256]:
            del _kept[key]


def _cells(reading: Reading) -> int:
    return len(reading.table) * len(reading.table.columns)
