"""The comparison study: two answers name the test, and the numbers are the library's."""

from __future__ import annotations

import numpy as np
import pytest

from techamp.contract import InvalidInput, Outcome, Table, TableColumn, registry
from techamp.subjects.process_control import (
    f_test,
    mann_whitney,
    one_proportion,
    one_sample_sd,
    one_sample_t,
    paired_t,
    proportion_sample_size,
    signed_rank,
    t_sample_size,
    two_proportions,
    two_sample_t,
    welch_anova,
)

STUDY = registry.study("process_control.comparison")
RNG = np.random.default_rng(1)
ONE, TWO = RNG.normal(8.0, 0.01, 30), RNG.normal(8.02, 0.03, 30)
LATER = ONE + 0.002 + RNG.normal(0, 0.001, 30)


def column(name: str, values: object, header: str = "") -> TableColumn:
    array = np.asarray(values)
    return TableColumn(name, array.astype(float) if array.dtype.kind in "if" else array.astype(object), "mm", header)


def groups(*values: np.ndarray, pair: np.ndarray | None = None) -> Table:
    names = np.repeat([f"M{i + 1}" for i in range(len(values))], [len(own) for own in values])
    columns = [column("measure", np.concatenate(values)), column("group", names)]
    return Table((*columns, *([] if pair is None else [column("pair", pair)])))


def study(data: Table, **choices: object) -> Outcome:
    return STUDY.run(data, STUDY.Settings.read(choices))


def value(outcome: Outcome) -> tuple[object, object, object]:
    found = outcome.measure("difference")
    return found.value, found.low, found.high


@pytest.mark.parametrize(
    ("choices", "expected", "named"),
    [
        ({}, two_sample_t(TWO, ONE), "Welch’s t test"),
        ({"question": "spreads"}, f_test(TWO, ONE), "F of two variances"),
        ({"shape": "ranks"}, mann_whitney(TWO, ONE), "Mann-Whitney"),
        ({"confidence": "0.99"}, two_sample_t(TWO, ONE, confidence=0.99), "Welch’s t test"),
    ],
)
def test_two_groups_are_compared_by_the_librarys_test(choices: dict[str, str], expected: object, named: str) -> None:
    outcome = study(groups(ONE, TWO), **choices)
    assert value(outcome) == (expected.estimate, expected.low, expected.high)
    assert outcome.measure("p").value == expected.p
    assert "lies outside: chance alone does not explain it." in outcome.notes[0]
    assert outcome.notes[1].startswith(f"Test: {named}, since")


def test_two_readings_of_the_same_parts_are_pairs() -> None:
    data = Table((column("measure", ONE, "before"), column("second", LATER, "after")))
    outcome, expected = study(data), paired_t(LATER, ONE)
    assert value(outcome) == (expected.estimate, expected.low, expected.high)
    assert outcome.notes[0].startswith("after less before is 0.00")
    assert study(data, paired="no").measure("p").value == two_sample_t(LATER, ONE).p
    ranked = study(data, shape="ranks").measure("difference").value
    assert ranked == signed_rank(LATER - ONE).estimate


def test_pairs_are_found_by_their_name_in_any_order_and_half_pairs_are_left_out() -> None:
    order = RNG.permutation(30)
    data = groups(ONE, LATER[order], pair=np.concatenate([np.arange(30.0), np.arange(30.0)[order]]))
    outcome = study(data)
    assert outcome.measure("difference").value == pytest.approx(paired_t(LATER, ONE).estimate, rel=1e-12)
    short = Table(tuple(column(c.name, c.values[1:]) for c in data.columns))
    assert "1 row lacks a value or a partner." in study(short).notes
    assert study(short).measure("difference").value == pytest.approx(paired_t(LATER[1:], ONE[1:]).estimate, rel=1e-12)


def test_a_margin_tells_alike_and_how_many_parts() -> None:
    data = Table((column("measure", ONE, "before"), column("second", LATER, "after")))
    wide = study(data, margin="0.01")
    assert any(note.startswith("Shown to be alike:") for note in wide.notes)
    narrow = study(data, margin="0.0005")
    assert any(note.startswith("Not shown to be alike:") for note in narrow.notes)
    sd = float(np.std(LATER - ONE, ddof=1))
    assert narrow.measure("wanted").value == t_sample_size(0.0005, sd, power=0.9, kind="paired")


def test_many_groups_are_compared_all_at_once_and_then_in_pairs() -> None:
    data = groups(ONE, ONE + 0.0001, TWO)
    outcome = study(data)
    assert outcome.measure("p").value == welch_anova([ONE, ONE + 0.0001, TWO]).p
    pairs = next(t for t in outcome.tables if t.name == "pairs")
    assert [row[0] for row in pairs.rows] == ["M1 − M2", "M1 − M3", "M2 − M3"]
    assert outcome.notes[2].startswith("Shown to differ: M1 and M3")
    assert study(data, question="spreads").measure("p").value < 0.05
    assert study(data, shape="ranks").measure("p").value < 0.05


@pytest.mark.parametrize("words", [("pass", "fail"), ("0", "1"), ("tight", "leak")])
def test_shares_come_from_calls_and_count_what_is_bad(words: tuple[str, str]) -> None:
    calls = np.array([words[0]] * 90 + [words[1]] * 10 + [words[0]] * 70 + [words[1]] * 30, dtype=object)
    names = np.repeat(["old", "new"], 100)
    data = Table((column("measure", calls), column("group", names)))
    outcome, expected = study(data, question="shares", margin="10"), two_proportions(30, 100, 10, 100)
    assert value(outcome) == (100 * expected.estimate, 100 * expected.low, 100 * expected.high)
    assert outcome.measure("wanted").value == proportion_sample_size(0.1, 0.2, power=0.9)
    assert f"“{words[1]}” is counted" in outcome.notes[1]


def test_one_group_is_compared_with_a_number() -> None:
    data = Table((column("measure", ONE, "diameter"),))
    near, far = study(data, target="8"), study(data, target="8.1")
    assert "It may well be 8.000" in near.notes[0]
    assert "It differs from 8.1" in far.notes[0]
    assert near.measure("p").value == one_sample_t(ONE, 8.0).p
    assert study(data, question="spreads", target="0.01").measure("p").value == one_sample_sd(ONE, 0.01).p
    calls = Table((column("measure", np.repeat([0.0, 1.0], [80, 20])),))
    assert study(calls, question="shares", target="10").measure("p").value == one_proportion(20, 100, 0.1).p
    with pytest.raises(InvalidInput, match="The number to compare with: must be known for a single group"):
        study(data)


def test_no_difference_is_not_called_proof_of_none() -> None:
    outcome = study(groups(ONE, ONE[::-1]))
    assert "no difference is shown, and none is ruled out" in outcome.notes[0]


def test_a_wild_reading_is_said() -> None:
    wild = np.concatenate([ONE, [8.3]])
    assert any(note.startswith("Not normal: M2") for note in study(groups(ONE, wild)).notes)


def test_another_programs_numbers_are_told() -> None:
    pooled = two_sample_t(TWO, ONE, pooled=True)
    told = " ".join(study(groups(ONE, TWO)).explanations[0].sentences)
    assert f"t {pooled.statistic:.3f}, df 58" in told


@pytest.mark.parametrize(
    ("data", "choices", "rule"),
    [
        (Table((column("measure", ONE), column("group", np.arange(30.0)))), {}, "Group: must name from 2 to 12 groups"),
        (groups(ONE, TWO), {"question": "shares"}, "measure: must hold two values for shares"),
        (groups(ONE, TWO), {"paired": "yes"}, "Pair: must be assigned"),
        (groups(ONE, TWO[:1]), {}, "M2: must hold two readings at least"),
        (groups(ONE, TWO, TWO, pair=np.arange(90.0)), {}, "Group: must name two groups for pairs"),
    ],
)
def test_rows_that_cannot_answer_are_refused(data: Table, choices: dict[str, str], rule: str) -> None:
    with pytest.raises(InvalidInput, match=rule):
        study(data, **choices)
