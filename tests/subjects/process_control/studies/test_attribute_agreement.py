"""Attribute agreement of a table of calls."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from techamp.contract import InvalidInput, Outcome, Table, TableColumn, registry

STUDY = registry.study("process_control.attribute_agreement")
REFERENCES = Path(__file__).parents[1] / "references" / "measurement.json"
CASES = {case["id"]: case for case in json.loads(REFERENCES.read_text(encoding="utf-8"))["cases"]}


def study(calls: list[list[list[str]]], standard: list[str] | None = None) -> Outcome:
    """``calls``: parts, inspectors, trials."""
    rows = [
        (call, f"P{p}", "ABCDEFGHIJKLMNOP"[i], standard[p] if standard else "")
        for p, part in enumerate(calls)
        for i, own in enumerate(part)
        for call in own
    ]
    rows = [rows[k] for k in np.random.default_rng(1).permutation(len(rows))]
    names = ("call", "part", "inspector", *(("standard",) if standard else ()))
    columns = tuple(TableColumn(n, np.array([row[k] for row in rows], dtype=object)) for k, n in enumerate(names))
    return STUDY.run(Table(columns), STUDY.Settings.read({}))


def rows(outcome: Outcome, name: str) -> dict[tuple[object, ...], tuple[object, ...]]:
    return {row[:2]: row[2:] for row in next(t for t in outcome.tables if t.name == name).rows}


def test_fleiss_ten_subjects_and_cohens_fifty_grants_give_their_published_kappas() -> None:
    counts = CASES["kappa-fleiss"]["inputs"]["counts"]
    calls = [[[str(g)] for g, n in enumerate(row) for _ in range(n)] for row in counts]
    assert study(calls).measure("kappa").value == pytest.approx(0.210, abs=5e-4)
    (a, b), (c, d) = CASES["kappa-cohen"]["inputs"]["table"]
    pairs = [("y", "y")] * a + [("y", "n")] * b + [("n", "y")] * c + [("n", "n")] * d
    found = rows(study([[[first], [second]] for first, second in pairs]), "kappas")
    (pair,) = (value for (_, which), value in found.items() if which == "Cohen, first calls")
    assert pair[0] == "0.400"
    assert pair[2:4] == ("0.700", "0.500")


STANDARD = ["good"] * 30 + ["bad"] * 30
CALLS = [[[s, s], [s, s], [s, s]] for s in STANDARD]


def test_perfect_inspectors_agree_on_everything() -> None:
    outcome = study(CALLS, STANDARD)
    assert outcome.measure("kappa").value == pytest.approx(1.0)
    assert outcome.measure("all_right").value == 100.0


def test_who_misses_what_is_said() -> None:
    calls = [[list(own) for own in part] for part in CALLS]
    for p in range(30, 40):
        calls[p][1] = ["good", "good"]
    calls[3][2] = ["good", "bad"]
    outcome = study(calls, STANDARD)
    assert "B called “good” what is “bad” 20 times." in outcome.notes
    assert any(note.startswith("Least often the same call twice: C, 59 of 60") for note in outcome.notes)
    assert rows(outcome, "agreement")["B", "with the standard"][0] == "50 of 60"
    assert outcome.measure("all_right").value == pytest.approx(100 * 49 / 60)


def test_one_grade_alone_proves_nothing() -> None:
    outcome = study([[["ok"], ["ok"]] for _ in range(20)])
    assert "Only one grade is in use" in outcome.notes[0]
    assert [m.name for m in outcome.measures] == ["among"]


def test_without_a_standard_nobody_is_called_right() -> None:
    outcome = study(CALLS)
    assert any("agreement is not truth" in note for note in outcome.notes)
    assert "against" not in {chart.name for chart in outcome.charts}


def test_uneven_calls_and_two_standards_are_refused() -> None:
    uneven = [[["a"], ["b"]], [["a", "b"], ["b"]]]
    with pytest.raises(InvalidInput, match="must be called equally often by every inspector"):
        study(uneven)
    columns = [("call", ["a", "b"] * 2), ("part", ["1", "1", "2", "2"]), ("inspector", ["x", "y"] * 2),
               ("standard", ["a", "b", "a", "a"])]  # fmt: skip
    table = Table(tuple(TableColumn(name, np.array(values, dtype=object)) for name, values in columns))
    with pytest.raises(InvalidInput, match="standard of part 1: must be one grade, but got 'a and b'"):
        STUDY.run(table, STUDY.Settings.read({}))
