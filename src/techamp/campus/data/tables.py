"""A dataset as a table. The last few are kept in memory, so that a changed setting need not read the file again.

Of a Parquet file a page reads the first rows, and a study the columns that it uses.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from threading import Lock

from techamp.campus.data import files
from techamp.campus.data.models import Dataset
from techamp.contract.reading import Reading, ReadingRules, read_table

MOST_KEPT, MOST_CELLS = 4, 2_000_000
SAMPLE = 10_000
_Key = tuple[str, str, tuple[str, ...] | None, int | None]
_kept: OrderedDict[_Key, Reading] = OrderedDict()
_lock = Lock()


def reading_of(dataset: Dataset, columns: Iterable[str] | None = None) -> Reading:
    """The dataset, read by its rules. ``columns``: those that are needed; a format that allows it reads no others."""
    return _read(dataset, tuple(sorted(set(columns))) if columns is not None else None, None)


def sample_of(dataset: Dataset) -> Reading:
    """The dataset as pages show it: of a Parquet file the first rows, of all others everything."""
    return _read(dataset, None, SAMPLE)


def _read(dataset: Dataset, columns: tuple[str, ...] | None, most: int | None) -> Reading:
    rules = dataset.reading_rules
    key = _key(dataset.sha256, rules, columns, most)
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    reading = read_table(files.read(dataset.sha256), rules, columns, most)
    _remember(key, reading)
    return reading


def remember(sha256: str, reading: Reading) -> None:
    """Keep the reading that the pages will show for the next request."""
    _remember(_key(sha256, reading.rules, None, SAMPLE), reading)


def _key(sha256: str, rules: ReadingRules, columns: tuple[str, ...] | None, most: int | None) -> _Key:
    """Only Parquet is read in parts; of all others there is one reading."""
    parts = (columns, most) if rules.format == "parquet" else (None, None)
    return (sha256, rules.model_dump_json(), *parts)


def _remember(key: _Key, reading: Reading) -> None:
    """Drop the oldest ones beyond the limits; one that is beyond them alone is not kept."""
    with _lock:
        _kept[key] = reading
        while _kept and (len(_kept) > MOST_KEPT or sum(map(_cells, _kept.values())) > MOST_CELLS):
            _kept.popitem(last=False)


def forget(sha256: str) -> None:
    """Drop readings of bytes that were deleted."""
    with _lock:
        for key in [key for key in _kept if key[0] == sha256]:
            del _kept[key]


def _cells(reading: Reading) -> int:
    return len(reading.table) * len(reading.table.columns)
