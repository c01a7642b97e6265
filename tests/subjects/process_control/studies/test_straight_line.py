"""A straight line: what it says of good pairs, and of those that no line fits."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from techamp.contract import InvalidInput, Outcome, Table, TableColumn, registry

STUDY = registry.study("process_control.straight_line")
X = np.linspace(18.0, 32.0, 15)


def pairs(x: Any, y: Any, **more: Any) -> Table:
    columns = [
        TableColumn("x", np.asarray(x, dtype=np.float64), "°C", "Temperature"),
        TableColumn("y", np.asarray(y, dtype=np.float64), "mm", "Diameter"),
    ]
    return Table((*columns, *(TableColumn(name, values) for name, values in more.items())))


def run(table: Table, **settings: Any) -> Outcome:
    return STUDY.run(table, STUDY.Settings.read(settings))


def noise(seed: int, n: int = 15) -> Any:
    return np.random.default_rng(seed).normal(size=n)


def test_a_good_line_gives_slope_prediction_and_no_doubt() -> None:
    found = run(pairs(X, 8 + 0.001 * (X - 20) + 0.001 * noise(5)), at="30")
    assert found.notes[0].startswith("Diameter rises by 0.00")
    assert "mm for each 1 °C (95 % interval" in found.notes[0]
    assert found.notes[1].startswith("At Temperature 30.00 °C expect 8.010")
    assert "Nothing in the readings speaks against a straight line." in found.notes
    slope, reading = found.measure("slope"), found.measure("prediction")
    assert slope.low is not None
    assert slope.high is not None
    assert slope.low < 0.001 < slope.high
    assert reading.low is not None
    assert reading.high is not None
    assert reading.low < 8.01 < reading.high


def test_numbers_are_those_of_scipy_and_of_the_textbook_interval() -> None:
    from scipy import stats

    y = 3.0 + 0.5 * X + noise(6)
    found, known = run(pairs(X, y), at="25"), stats.linregress(X, y)
    assert found.measure("slope").value == pytest.approx(known.slope, rel=1e-12)
    assert found.measure("intercept").value == pytest.approx(known.intercept, rel=1e-11)
    assert found.measure("p").value == pytest.approx(known.pvalue, rel=1e-8)
    assert found.measure("r_squared").value == pytest.approx(100 * known.rvalue**2, rel=1e-10)
    s = np.sqrt(np.sum((y - known.intercept - known.slope * X) ** 2) / 13)
    half = stats.t.ppf(0.975, 13) * s * np.sqrt(1 + 1 / 15 + (25 - X.mean()) ** 2 / np.sum((X - X.mean()) ** 2))
    assert found.measure("prediction").high == pytest.approx(known.intercept + 25 * known.slope + half, rel=1e-12)


def test_a_tiny_p_is_never_printed_as_zero() -> None:
    found = run(pairs(X, X + 0.01 * noise(7)))
    assert found.measure("p").shown == "< 0.001"


def test_a_bend_among_fifteen_readings_is_told() -> None:
    found = run(pairs(X, 8 + 0.0003 * (X - 25) ** 2 + 0.001 * noise(8)))
    assert any(note.startswith("The points bend (p below 0.001)") for note in found.notes)
    assert any("use the line for nothing there" in note for note in found.notes)


def test_a_reading_that_pulls_the_line_is_named_by_its_row_with_the_slope_without_it() -> None:
    x, y = np.append(X, 60.0), np.append(0.5 * X + 0.1 * noise(9), 0.0)
    found = run(pairs(x, y))
    assert any(note.startswith("Row 16 pulls the whole fit") for note in found.notes)
    assert any(note.startswith("Without row 16 the slope would be 0.5") for note in found.notes)
    assert found.tables[2].rows[0][0] == 16
    assert not any("bend" in note.split(".")[0] for note in found.notes[2:4])


def test_what_carries_over_in_time_is_told_in_the_order_of_the_order_column() -> None:
    n = 60
    carried = np.convolve(noise(10, n + 1), [1.0, 0.9])[1 : n + 1]
    x = np.random.default_rng(11).permutation(np.linspace(0, 1, n))
    shuffle = np.random.default_rng(12).permutation(n)
    inorder = run(pairs(x[shuffle], (5 * x + carried)[shuffle], order=np.arange(n)[shuffle].astype(float)))
    assert any("Neighboring residuals are correlated" in note for note in inorder.notes)


def test_no_slope_says_what_could_still_hide() -> None:
    found = run(pairs(X, noise(19)))
    assert found.notes[0].startswith("No slope that chance could not give")
    assert any("could still move by up to" in note for note in found.notes)


def test_a_prediction_outside_of_the_readings_is_warned_of() -> None:
    found = run(pairs(X, X + noise(14)), at="50")
    assert any("nobody has seen whether the line goes on there" in note for note in found.notes)


def test_through_zero_there_is_no_intercept() -> None:
    found = run(pairs(X, 2 * X + 0.1 * noise(15)), through_zero=True)
    assert [m.name for m in found.measures][:2] == ["slope", "prediction"]
    assert any("Through zero, R² is measured from zero" in said for said in found.explanations[0].sentences)


def test_shifting_and_scaling_y_shifts_and_scales_the_line() -> None:
    y = noise(16)
    plain, moved = run(pairs(X, y)), run(pairs(X, 1e6 + 10.0 * y))
    one, other = plain.measure("slope").value, moved.measure("slope").value
    assert one is not None
    assert other == pytest.approx(10 * one, rel=1e-7)


@pytest.mark.parametrize(
    ("x", "y", "message"),
    [
        ([1.0, 2.0, 3.0], [1.0, 2.0, 3.0], "must have 4 pairs or more, but got 3"),
        ([5.0] * 6, [1.0, 2.0, 3.0, 4.0, 5.0, 6.0], "must have columns that are no mix of each other"),
        ([1.0, np.nan, 3.0, 4.0], [1.0, 2.0, np.nan, 4.0], "must have 4 pairs or more, but got 2"),
    ],
)
def test_pairs_that_carry_no_line_are_refused(x: list[float], y: list[float], message: str) -> None:
    with pytest.raises(InvalidInput, match=message):
        run(pairs(x, y))


def test_many_pairs_are_thinned_and_no_extreme_is_lost() -> None:
    x = np.random.default_rng(17).uniform(size=20_000)
    y = x + 0.1 * noise(18, 20_000)
    y[777] = 9.0
    drawn = run(pairs(x, y)).chart("line").series[0]
    assert len(drawn.x) < 2000
    assert max(v for v in drawn.y if v is not None) == 9.0
    assert (min(drawn.x), max(drawn.x)) == (x.min(), x.max())
