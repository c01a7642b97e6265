"""Calls arranged as parts by inspectors by trials, and what they agree on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from techamp.contract import InvalidInput, Table, TableColumn
from techamp.subjects.process_control.measurement.attribute_agreement import (
    Agreement,
    Kappa,
    agreement,
    category_kappas,
    cohen_kappa,
    fleiss_kappa,
)

Calls = NDArray[np.object_]
MOST_PARTS, MOST_INSPECTORS, MOST_GRADES = 5000, 30, 20


@dataclass(frozen=True, eq=False)
class Analysis:
    """``calls``: (parts, inspectors, trials). Kappas are None where only one grade is in use: chance explains all then.

    ``within``, ``against``: agreement of each inspector with herself and with the standard; ``among`` of all calls;
    ``all_against`` of all calls with the standard; ``pairs``: Cohen's kappa for two inspectors on their first calls;
    ``misses``: for each inspector, (standard, call, how often) where they differ.
    """

    parts: tuple[str, ...]
    inspectors: tuple[str, ...]
    grades: tuple[str, ...]
    calls: Calls
    standard: Calls | None
    within: tuple[Agreement, ...]
    among: Agreement
    against: tuple[Agreement, ...]
    all_against: Agreement | None
    between: Kappa | None
    by_grade: dict[str, Kappa]
    pairs: tuple[tuple[str, str, Kappa | None], ...]
    with_standard: tuple[Kappa | None, ...]
    misses: tuple[tuple[str, str, str, int], ...]
    said: tuple[str, ...]


def analyze(table: Table) -> Analysis:
    """Arrange and compare; raises InvalidInput where parts were not called equally often."""
    parts, inspectors, calls, standard, said = _arranged(table)
    everybody = calls.reshape(len(parts), -1)
    trials = calls.shape[2]
    grades = tuple(sorted({*everybody.ravel().tolist(), *([] if standard is None else standard.tolist())}))
    names = range(len(inspectors))
    against = () if standard is None else tuple(
        agreement(calls[:, i], standard, what=inspectors[i]) for i in names
    )  # fmt: skip
    return Analysis(
        parts=parts,
        inspectors=inspectors,
        grades=grades,
        calls=calls,
        standard=standard,
        within=tuple(agreement(calls[:, i], what=inspectors[i]) for i in names) if trials > 1 else (),
        among=agreement(everybody, what="all inspectors"),
        against=against,
        all_against=None if standard is None else agreement(everybody, standard, what="all against the standard"),
        between=fleiss_kappa(everybody) if _varies(everybody) and everybody.shape[1] > 1 else None,
        by_grade=category_kappas(everybody) if _varies(everybody) and everybody.shape[1] > 1 else {},
        pairs=tuple(
            (inspectors[i], inspectors[j], _cohen(calls[:, i, 0], calls[:, j, 0]))
            for i in names for j in names if i < j
        ),
        with_standard=() if standard is None else tuple(
            _cohen(calls[:, i].ravel(), np.repeat(standard, trials)) for i in names
        ),
        misses=() if standard is None else tuple(_misses(inspectors, calls, standard)),
        said=said,
    )  # fmt: skip


def _varies(calls: Calls) -> bool:
    return len(set(calls.ravel().tolist())) > 1


def _cohen(first: Calls, second: Calls) -> Kappa | None:
    return cohen_kappa(first, second) if _varies(np.concatenate([first, second])) else None


def _misses(inspectors: tuple[str, ...], calls: Calls, standard: Calls) -> list[tuple[str, str, str, int]]:
    found = []
    for i, name in enumerate(inspectors):
        pairs = [(str(s), str(c)) for s, row in zip(standard, calls[:, i], strict=True) for c in row if c != s]
        found += [(name, *pair, pairs.count(pair)) for pair in sorted(set(pairs))]
    return found


def _arranged(table: Table) -> tuple[tuple[str, ...], tuple[str, ...], Calls, Calls | None, tuple[str, ...]]:
    part, inspector, call = (_texts(table.column(name)) for name in ("part", "inspector", "call"))
    known = _texts(table.column("standard")) if "standard" in table else None
    complete = (part != "") & (inspector != "") & (call != "")
    lost = int((~complete).sum())
    said = (f"{lost:,} {'row lacks' if lost == 1 else 'rows lack'} a part, an inspector or a call.",) if lost else ()
    part, inspector, call = part[complete], inspector[complete], call[complete]
    parts, p = _numbered("part", part, MOST_PARTS)
    inspectors, i = _numbered("inspector", inspector, MOST_INSPECTORS)
    _numbered("call", call, MOST_GRADES, least=1)
    counts = np.bincount(p * len(inspectors) + i, minlength=len(parts) * len(inspectors))
    if counts.min() != counts.max():
        rule = "must be called equally often by every inspector"
        remedy = "Add the missing calls, or leave those parts out."
        raise InvalidInput("part", rule, f"from {counts.min()} to {counts.max()} calls", remedy)
    order = np.lexsort((i, p))
    calls = call[order].reshape(len(parts), len(inspectors), -1)
    return parts, inspectors, calls, None if known is None else _standard(known[complete], p, parts), said


def _standard(known: Calls, p: NDArray[np.int64], parts: tuple[str, ...]) -> Calls:
    found = []
    for number, name in enumerate(parts):
        given = {text for text in known[p == number].tolist() if text}
        if len(given) != 1:
            value = "none" if not given else " and ".join(sorted(given))
            raise InvalidInput(f"standard of part {name}", "must be one grade", value, "Give each part one true grade.")
        found.append(given.pop())
    return np.array(found, dtype=object)


def _texts(column: TableColumn) -> Calls:
    if column.is_number:
        return np.array([f"{value:.10g}" if value == value else "" for value in column.values.tolist()], dtype=object)
    return np.array([str(value).strip() for value in column.values.tolist()], dtype=object)


def _numbered(name: str, texts: Calls, most: int, least: int = 2) -> tuple[tuple[str, ...], NDArray[np.int64]]:
    names: dict[Any, int] = {}
    for text in texts.tolist():
        names.setdefault(text, len(names))
    if not least <= len(names) <= most:
        rule = f"must name from {least} to {most:,}"
        raise InvalidInput(name, rule, len(names), "Choose another column, or add what is missing.")
    return tuple(names), np.array([names[text] for text in texts.tolist()], dtype=np.int64)
