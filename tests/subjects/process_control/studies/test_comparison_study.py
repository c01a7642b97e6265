"""The comparison study: two answers name the test, and the numbers are the library's."""

from __future__ import annotations

import numpy as np
import pytest

from techamp.contract import InvalidInput, Outcome, Table, TableColumn, registry
from techamp.subjects.process_control import f_test, mann_whitney, paired_t, two_proportions, two_sample_t

STUDY = registry.study("process_control.comparison")
RNG = np.random.default_rng(1)
ONE, TWO = RNG.normal(8.0, 0.01, 30), RNG.normal(8.02, 0.03, 30)


def column(name: str, values: object, header: str = "") -> TableColumn:
    array = np.asarray(values)
    return TableColumn(name, array.astype(float) if array.dtype.kind in "if" else array.astype(object), "mm", header)


def groups(*values: np.ndarray) -> Table:
    names = np.repeat([f"M{i + 1}" for i in range(len(values))], [len(own) for own in values])
    return Table((column("measure", np.concatenate(values)), column("group", names)))


def study(data: Table, **choices: object) -> Outcome:
    return STUDY.run(data, STUDY.Settings.read(choices))


@pytest.mark.parametrize(
    ("choices", "expected"),
    [
        ({}, two_sample_t(ONE, TWO)),
        ({"what": "spread"}, f_test(ONE, TWO)),
        ({"ranks": "true"}, mann_whitney(ONE, TWO)),
        ({"confidence": "0.99"}, two_sample_t(ONE, TWO, confidence=0.99)),
    ],
)
def test_two_groups_are_compared_by_the_librarys_test(choices: dict[str, object], expected: object) -> None:
    outcome = study(groups(ONE, TWO), **choices)
    estimate = outcome.measure("estimate")
    assert (estimate.value, estimate.low, estimate.high) == (expected.estimate, expected.low, expected.high)
    assert outcome.measure("p").value == expected.p
    assert "between M1 and M2 by more than chance explains" in outcome.notes[0]
    assert any(f"calls for the {expected.test} test" in note for note in outcome.notes)


def test_two_readings_of_the_same_parts_are_pairs() -> None:
    later = ONE + 0.002 + RNG.normal(0, 0.001, 30)
    data = Table((column("measure", ONE, "before"), column("second", later, "after")))
    outcome = study(data)
    assert outcome.measure("estimate").value == paired_t(ONE, later).estimate
    assert "before and after" in outcome.notes[0]


def test_many_groups_are_compared_pair_by_pair() -> None:
    outcome = study(groups(ONE, ONE + 0.0001, TWO))
    assert any("Welch's analysis of variance" in note for note in outcome.notes)
    pairs = next(t for t in outcome.tables if t.name == "pairs")
    assert [row[0] for row in pairs.rows] == ["M1 − M2", "M1 − M3", "M2 − M3"]
    assert study(groups(ONE, ONE + 0.0001, TWO), what="spread").measure("p").value < 0.05


def test_shares_come_from_zeros_and_ones() -> None:
    first, second = np.repeat([0.0, 1.0], [90, 10]), np.repeat([0.0, 1.0], [70, 30])
    outcome = study(groups(first, second), what="share")
    assert outcome.measure("estimate").value == two_proportions(10, 100, 30, 100).estimate
    with pytest.raises(InvalidInput, match="must be 0 and 1 to compare shares"):
        study(groups(ONE, TWO), what="share")


def test_one_group_is_compared_with_a_number() -> None:
    data = Table((column("measure", ONE, "diameter"),))
    assert "may well be 8," in study(data, target="8").notes[0]
    assert "differs from 8.1" in study(data, target="8.1").notes[0]
    with pytest.raises(InvalidInput, match="The number to compare with: must be known for a single group"):
        study(data)


def test_no_difference_is_not_called_proof_of_none() -> None:
    outcome = study(groups(ONE, ONE[::-1]))
    assert "may well be the same for M1 and M2" in outcome.notes[0]
    assert any("That does not show" in note for note in outcome.notes)


def test_groups_that_are_no_groups_are_refused() -> None:
    data = Table((column("measure", ONE), column("group", np.arange(30.0))))
    with pytest.raises(InvalidInput, match="Group: must name 2 to 20 groups, but got 0"):
        study(data)
