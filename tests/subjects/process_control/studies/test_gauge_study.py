"""The gauge study of a table: what it finds, what it says, what it refuses."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from techamp.contract import InvalidInput, Outcome, Table, TableColumn, registry
from techamp.subjects.process_control import crossed_gauge_study, range_gauge_study, share_intervals

STUDY = registry.study("process_control.gauge_study")
REFERENCES = Path(__file__).parents[1] / "references" / "measurement.json"
CASES = {case["id"]: case for case in json.loads(REFERENCES.read_text(encoding="utf-8"))["cases"]}


def published(case: str, key: str = "y[part][operator][rep]") -> NDArray[np.float64]:
    return np.array(CASES[case]["inputs"][key])


AIAG, MONTGOMERY = published("grr-aiag"), published("grr-montgomery-13-1")


def table(cells: NDArray[np.float64], *, unit: str = "mm", keep: Any = None) -> Table:
    """One row for each reading, in a shuffled order; ``keep`` leaves rows out."""
    part, operator, trial = (index.ravel() for index in np.indices(cells.shape))
    order = np.random.default_rng(1).permutation(cells.size)
    order = order if keep is None else order[keep]
    names = np.array(["Ada", "Ben", "Cleo", "Dev"], dtype=object)
    columns = (
        TableColumn("measurement", cells.ravel()[order], unit),
        TableColumn("part", (part[order] + 1).astype(float)),
        TableColumn("operator", names[operator[order]]),
        TableColumn("trial", (trial[order] + 1).astype(float)),
    )
    return Table(columns)


def study(data: Table, **choices: object) -> Outcome:
    return STUDY.run(data, STUDY.Settings.read(choices))


def test_the_data_of_the_aiag_manual_give_its_numbers_in_any_order_of_rows() -> None:
    outcome = study(table(AIAG))
    assert outcome.measure("percent_study").value == pytest.approx(27.86, abs=0.01)
    assert outcome.measure("gauge").value == pytest.approx(0.30237, abs=1e-5)
    assert outcome.measure("categories").value == pytest.approx(4.86, abs=0.01)
    assert outcome.notes[0] == (
        "Good enough for some jobs: the gauge takes 27.9 % of the spread in this study. It tells 4 groups of "
        "these parts apart."
    )


def test_averages_and_ranges_give_the_other_numbers_of_the_manual() -> None:
    outcome = study(table(AIAG), method="ranges")
    for name, sd in (("repeatability", 0.2019), ("reproducibility", 0.2296), ("gauge", 0.3058), ("part", 1.1046)):
        assert outcome.measure(name).value == pytest.approx(sd, abs=2e-4)
    assert outcome.measure("percent_study").low is None


def test_montgomerys_study_against_its_limits() -> None:
    outcome = study(table(MONTGOMERY), lower_spec=5.0, upper_spec=60.0)
    found = crossed_gauge_study(MONTGOMERY, lower=5.0, upper=60.0)
    assert outcome.measure("percent_tolerance").value == pytest.approx(found.components["gauge"].tolerance)
    ends = [math.sqrt(end) * 600.0 / 55.0 for end in (found.components["gauge"].low, found.components["gauge"].high)]
    measure = outcome.measure("percent_tolerance")
    assert (measure.low, measure.high) == pytest.approx(ends)


def test_why_another_program_prints_something_else_gives_its_numbers() -> None:
    said = study(table(AIAG)).explanations[0].sentences
    by_ranges = range_gauge_study(AIAG)
    share, categories = by_ranges.components["gauge"].study, by_ranges.distinct_categories
    assert (
        f"Method: here ANOVA; elsewhere averages and ranges (X̄-R), which gives gauge {share:.1f} % of study, "
        f"{categories:.2f} categories."
    ) in said
    assert (
        "F of the parts: here against the interaction; elsewhere against repeatability, as AIAG prints, "
        "which gives F = 213.5."
    ) in said
    assert "Categories: here 4.86; elsewhere cut (AIAG), or rounded, which gives 4, or 5." in said


def test_the_formulas_carry_the_numbers_of_this_study() -> None:
    for method in ("anova", "ranges"):
        outcome = study(table(AIAG), method=method)
        rows = next(t for t in outcome.tables if t.name == "formulas").rows
        for symbol, _, numbers, value in rows:
            worked = eval(  # the study's own text, as a reader would type it into a calculator
                numbers.replace("√", "math.sqrt").replace("−", "-").replace("·", "*").replace("²", "**2"),
                {"math": math},
            )
            if "counted as 0" not in value:
                assert worked == pytest.approx(float(value), rel=2e-2), symbol


def test_gaps_are_left_out_and_taken_by_moments() -> None:
    cells = AIAG.copy()
    cells[0, 0, 0] = np.nan
    outcome = study(table(cells))
    assert "1 row lacks a part, an operator or a reading and was left out." in outcome.notes
    assert outcome.measure("percent_study").value == pytest.approx(27.9, abs=1.0)
    with pytest.raises(InvalidInput, match="must be equally many in each cell for averages and ranges"):
        study(table(cells), method="ranges")


def test_parts_that_nobody_shares_make_a_nested_study() -> None:
    rng = np.random.default_rng(3)
    operator = np.repeat(np.arange(3), 12)
    part = np.repeat(np.arange(12), 3)
    values = rng.normal(0, 2.0, 12)[part] + rng.normal(0, 0.5, 36)
    data = Table((
        TableColumn("measurement", values), TableColumn("part", np.array([f"P{p}" for p in part], dtype=object)),
        TableColumn("operator", np.array(list("ABC"), dtype=object)[operator]),
    ))  # fmt: skip
    outcome = study(data)
    assert "No part was measured by two operators, so this is a nested study." in outcome.notes
    assert outcome.measure("repeatability").value == pytest.approx(0.5, rel=0.3)


def test_an_operator_who_reads_high_and_one_who_scatters_are_named() -> None:
    rng = np.random.default_rng(5)
    cells = rng.normal(0.0, 2.0, 10)[:, None, None] + rng.normal(0.0, 0.3, (10, 3, 3))
    cells[:, 1] += 1.5
    cells[:, 2] += rng.normal(0.0, 1.5, (10, 3))
    said = " ".join(study(table(cells)).notes)
    assert "Ben reads" in said
    assert "The repeats of Cleo scatter" in said
    assert "cannot see bias" in said


def test_a_doubtful_verdict_sends_to_the_larger_source_and_a_clear_one_to_the_file() -> None:
    rng = np.random.default_rng(9)
    fine = rng.normal(0.0, 2.0, 10)[:, None, None] + rng.normal(0.0, 0.02, (10, 3, 3))
    assert any(note.startswith("Write the result down") for note in study(table(fine)).notes)
    assert any(note.startswith("Watch each operator") for note in study(table(AIAG)).notes)


def test_coarse_steps_are_said() -> None:
    rng = np.random.default_rng(6)
    cells = np.round(rng.normal(0.0, 1.2, 10)[:, None, None] + rng.normal(0.0, 0.2, (10, 3, 2)))
    assert any("come in steps of 1," in note for note in study(table(cells)).notes)


def test_generalized_intervals_cover_the_truth_as_often_as_they_say() -> None:
    rng, hit, tries = np.random.default_rng(8), 0, 400
    truth = 100.0 * math.sqrt(0.25 / 1.25)  # σ² operator 0.15, repeatability 0.10, part 1
    for _ in range(tries):
        cells = rng.normal(0, 1, (10, 1, 1)) + rng.normal(0, math.sqrt(0.15), (1, 3, 1))
        cells = cells + rng.normal(0, math.sqrt(0.10), (10, 3, 2))
        shares = share_intervals(crossed_gauge_study(cells, pool="never"), draws=1000)
        assert shares is not None
        low, high = shares.study["gauge"]
        hit += low <= truth <= high
    assert 0.92 <= hit / tries <= 0.99  # standard error 1.1 points


def test_a_gauge_without_error_has_no_ratio() -> None:
    cells = np.repeat(np.repeat(np.arange(6.0)[:, None, None], 2, axis=1), 2, axis=2)
    outcome = study(table(cells))
    assert outcome.measure("categories").value is None
    assert outcome.measure("percent_study").value == 0.0


@settings(max_examples=40, deadline=None, derandomize=True)
@given(
    scale=st.sampled_from([1e-6, 1.0, 1e6]),
    shift=st.sampled_from([0.0, 8.0, 1e6]),
    shape=st.tuples(st.integers(2, 5), st.integers(2, 4), st.integers(1, 3)),
    method=st.sampled_from(["anova", "ranges"]),
)
def test_units_and_origins_do_not_matter(scale: float, shift: float, shape: tuple[int, int, int], method: str) -> None:
    cells = np.random.default_rng(2).normal(0.0, 1.0, shape)
    if method == "ranges" and shape[2] == 1:
        with pytest.raises(InvalidInput):
            study(table(cells), method=method)
        return
    plain, moved = study(table(cells), method=method), study(table((cells + shift) * scale), method=method)
    for name in ("percent_study", "categories"):
        assert moved.measure(name).value == pytest.approx(plain.measure(name).value, rel=1e-5, abs=1e-6)


def test_headers_that_say_what_they_are_find_their_role() -> None:
    data = table(AIAG)
    names = {"part": "Shaft no.", "operator": "Inspector", "measurement": "Diameter (mm)", "trial": "Trial"}
    renamed = Table(tuple(TableColumn(names[c.name], c.values, c.unit) for c in data.columns))
    assert STUDY.suggest(renamed) == names


@pytest.mark.parametrize(
    ("values", "message"),
    [([1.0, 2.0, 3.0], "must hold at least four readings"), ([5.0] * 8, "must vary")],
)
def test_data_that_carry_no_study_are_told_why(values: list[float], message: str) -> None:
    n = len(values)
    data = Table((
        TableColumn("measurement", np.array(values)), TableColumn("part", np.arange(n) // 2 % 2 + 1.0),
        TableColumn("operator", np.array(["A", "B"] * n, dtype=object)[:n]),
    ))  # fmt: skip
    with pytest.raises(InvalidInput, match=message):
        study(data)
