"""The study of event logs: by hand, on our own traces, on a real recording."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from techamp.contract import InvalidInput, Outcome, Table, TableColumn
from techamp.contract.reading import guess_rules, read_table
from techamp.contract.registry import study
from techamp.subjects.manufacturing_systems.engine.simulating import simulate
from techamp.subjects.manufacturing_systems.model import Line
from techamp.subjects.manufacturing_systems.reporting.trace_file import write_trace
from techamp.subjects.manufacturing_systems.studies.event_log.settings import EventLogSettings
from techamp.subjects.manufacturing_systems.studies.event_log.shdr import execution_log
from techamp.subjects.manufacturing_systems.studies.event_log.study import EventLogStudy

RECORDING = Path(os.environ.get("TECHAMP_REFERENCE_DATA", Path(__file__).parents[5] / "shared" / "data"))

TWO_MACHINES = [
    # case, step, machine, start, end
    ("A", "cut", "saw", 0, 10),
    ("B", "cut", "saw", 10, 20),
    ("A", "mill", "mill", 15, 35),
    ("B", "mill", "mill", 35, 55),
]


def table(rows: list[tuple[object, ...]], names: str = "case step machine start end") -> Table:
    columns = []
    for name, values in zip(names.split(), zip(*rows, strict=True), strict=True):
        numbers = all(isinstance(value, (int, float)) for value in values)
        columns.append(TableColumn(name, np.array(values, dtype=np.float64 if numbers else object)))
    return Table(tuple(columns))


def run(rows: Table) -> Outcome:
    return EventLogStudy().run(rows, EventLogSettings())


def row(found: Outcome, table_name: str, first: str) -> tuple[object, ...]:
    rows = next(one for one in found.tables if one.name == table_name).rows
    return next(one for one in rows if one[0] == first)


def test_a_log_of_two_machines_by_hand() -> None:
    found = run(table(TWO_MACHINES))
    assert found.measure("lead_time").value == pytest.approx((35 + 45) / 2)
    assert found.measure("wip").value == pytest.approx((35 + 45) / 55)
    assert found.measure("worked_share").value == pytest.approx(100 * 30 / 40)
    assert row(found, "machines", "saw")[1] == pytest.approx(36.4)
    assert row(found, "machines", "mill")[1] == pytest.approx(72.7)
    assert row(found, "steps", "mill") == ("mill", 2, 10.0, 20.0)
    assert found.notes[0].startswith("mill is the bottleneck for 73 % of the time")


def test_oee_with_an_ideal_time_and_short_stops_by_hand() -> None:
    # 100 min: 10 of setup, a stop of 20 and two of 2 that touch no other, 56 at work on seven parts of 6 min, one bad.
    rows = [("", "lathe", "setup", "", 0, 10), ("", "lathe", "down", "", 18, 38)]
    rows += [("", "lathe", "down", "", 46, 48), ("", "lathe", "down", "", 64, 66)]
    starts = (10, 38, 48, 56, 66, 74, 92)
    rows += [(f"P{i}", "lathe", "work", "bad" if i == 3 else "good", at, at + 8) for i, at in enumerate(starts)]
    log = table(rows, "case machine state result start end")
    found = EventLogStudy().run(log, EventLogSettings(ideal=6.0, short_stop=5.0))
    a, p, q = (100 - 10 - 20) / 100, 7 * 6 / 70, 6 / 7
    assert row(found, "machines", "lathe")[6:10] == (round(100 * a, 1), round(100 * p, 1), round(100 * q, 1), 36.0)
    lost = [line[1:] for line in next(one for one in found.tables if one.name == "losses").rows]
    assert lost == [
        ("breakdowns", 20.0, 20.0), ("slow cycles", 14.0, 14.0), ("setups", 10.0, 10.0), ("idle", 10.0, 10.0),
        ("bad parts", 6.0, 6.0), ("short stops", 4.0, 4.0),
    ]  # fmt: skip
    plain = run(log)
    assert row(plain, "machines", "lathe")[6:10] == (66.0, 84.8, 85.7, 48.0)
    assert "log does not say how fast" in plain.explanations[0].sentences[0]
    assert "takes 6 min as the ideal time" in found.explanations[0].sentences[0]


def test_an_ideal_time_that_is_too_long_is_told() -> None:
    found = EventLogStudy().run(table(TWO_MACHINES), EventLogSettings(ideal=15.0))
    assert any(note.startswith("The ideal time is too long for saw: pieces took less.") for note in found.notes)
    fits = EventLogStudy().run(table(TWO_MACHINES), EventLogSettings(ideal=9.0))
    assert not any("too long" in note for note in fits.notes)


def test_it_is_found_by_its_place_and_guesses_its_columns() -> None:
    found = study("manufacturing_systems.event_log")
    guessed = found.suggest(table(TWO_MACHINES, "Order Operation Machine Started Finished"))
    assert guessed == {
        "machine": "Machine",
        "start": "Started",
        "end": "Finished",
        "case": "Order",
        "step": "Operation",
    }


def test_states_become_a_loss_tree() -> None:
    rows = [
        ("press", "work", 0, 50),
        ("press", "Setup", 50, 60),
        ("press", "Breakdown", 60, 80),
        ("press", "off shift", 90, 100),
    ]
    found = run(table(rows, "machine state start end"))
    _name, work, setup, down, idle, off, availability, performance, quality, oee, _share = row(
        found, "machines", "press"
    )
    assert (work, setup, down, idle, off) == (50.0, 10.0, 20.0, 10.0, 10.0)
    assert availability == pytest.approx(100 * 60 / 90, abs=0.1)
    assert performance == pytest.approx(100 * 50 / 60, abs=0.1)
    assert oee == pytest.approx(100 * 50 / 90, abs=0.1)
    assert quality == 100.0


def test_bad_parts_lower_quality_and_overlaps_count_once() -> None:
    rows = [("mill", "good", 0, 6), ("mill", "scrap", 4, 10)]
    found = run(table(rows, "machine result start end"))
    assert row(found, "machines", "mill")[1] == 100.0
    assert row(found, "machines", "mill")[8] == 50.0


@pytest.mark.parametrize(
    "written",
    [
        ("2026-03-02 06:00:00", "2026-03-02 06:30:00", "2026-03-02 07:00"),
        ("2026-03-02T06:00:00Z", "2026-03-02T06:30:00Z", "2026-03-02T07:00:00Z"),
        ("02.03.2026 06:00", "02.03.2026 06:30", "02.03.2026 07:00"),
        ("3/2/2026 6:00 AM", "3/2/2026 6:30 AM", "3/2/2026 7:00 AM"),
    ],
)
def test_dates_are_read_as_they_are_written(written: tuple[str, str, str]) -> None:
    a, b, c = written
    found = run(table([("A", "saw", a, b), ("A", "mill", b, c)], "case machine start end"))
    assert (found.measure("lead_time").value, found.measure("lead_time").unit) == (60.0, "min")


def test_a_trace_of_a_simulation_says_what_the_simulation_says(tmp_path: Path) -> None:
    line = Line("line").station("saw", time="exponential(1)").buffer(5)
    line = line.station("mill", time="exponential(1.5)").buffer(5).station("test", time="exponential(1)")
    model = line.model()
    traced = simulate(model, 3, until=2000.0, trace=True)
    write_trace(traced, model, tmp_path / "trace.csv")
    content = (tmp_path / "trace.csv").read_bytes()
    read = read_table(content, guess_rules(content)).table
    logged = EventLogStudy()
    roles = logged.suggest(read)
    found = logged.run(read.assign(roles), EventLogSettings())
    assert {"machine", "start", "end", "case", "step", "state"} <= set(roles)
    assert found.notes[0].startswith("mill 1 is the bottleneck")
    assert found.measure("wip").value == pytest.approx(traced.wip, rel=0.03)
    assert row(found, "machines", "mill 1")[1] == pytest.approx(100 * traced.station("mill").share("busy"), abs=0.5)


def test_littles_law_is_checked_where_it_can_fail() -> None:
    steady = [(f"c{i}", "saw", i * 2.0, i * 2.0 + 10.0) for i in range(200)]
    assert not any("differ by" in note for note in run(table(steady, "case machine start end")).notes)
    piling = [(f"c{i}", "saw", i * 2.0, i * 6.0 + 10.0) for i in range(200)]
    assert any("differ by" in note for note in run(table(piling, "case machine start end")).notes)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([("saw", 5, 3)], "row 1: must end after it starts"),
        ([("saw", "soon", "later")], "row 1, start: must be a date with a time, but got 'soon'"),
        ([("saw", float("nan"), 3.0)], "must hold at least one row with both"),
        ([("saw", "2026-03-02 06:00", 3.0)], "must be of one kind"),
    ],
)
def test_a_log_that_cannot_be_read_is_refused_with_its_row(rows: list[tuple[object, ...]], said: str) -> None:
    with pytest.raises(InvalidInput, match=said):
        run(table(rows, "machine start end"))


def test_rows_left_out_and_unknown_states_are_told() -> None:
    rows = [("saw", "work", 0.0, 5.0), ("saw", "dreaming", 5.0, 6.0), ("saw", "work", float("nan"), 9.0)]
    notes = run(table(rows, "machine state start end")).notes
    assert any("1 rows without machine, start or end" in note for note in notes)
    assert any("count as idle: dreaming" in note for note in notes)


def test_an_adapter_s_recording_becomes_states_and_gaps_end_them() -> None:
    lines = [
        "2022-08-08T10:00:00.0Z|pexecution|ACTIVE|X1load|3",
        "2022-08-08T10:02:00.0000001Z|X1load|4",
        "2022-08-08T10:03:00Z|pexecution|READY",
        "2022-08-08T12:00:00Z|pexecution|ACTIVE",
        "2022-08-08T12:01:00Z|X1load|1",
        "not a line",
    ]
    log = execution_log(lines, "lathe")
    assert log.column("state").values.tolist() == ["ACTIVE", "ACTIVE"]
    assert log.numbers("start").tolist() == [0.0, 7200.0]
    assert log.numbers("end").tolist() == [180.0, 7260.0]
    with pytest.raises(InvalidInput, match="must hold a key"):
        execution_log(["2022-08-08T10:00:00Z|X1load|3"])


@pytest.mark.skipif(not (RECORDING / "okuma_shdr.txt").exists(), reason="the recording is not here")
def test_a_real_lathe_s_recording_tells_how_long_it_ran() -> None:
    lines = (RECORDING / "okuma_shdr.txt").read_text(encoding="utf-8", errors="replace").splitlines()
    log = execution_log(lines, "MULTUS U3000")
    states = log.column("state").values.tolist()
    assert states.count("ACTIVE") == 4
    found = run(log)
    ran = sum(
        e - s for s, e, state in zip(log.numbers("start"), log.numbers("end"), states, strict=True) if state == "ACTIVE"
    )
    span = float(log.numbers("end").max() - log.numbers("start").min())
    assert row(found, "machines", "MULTUS U3000")[1] == pytest.approx(100 * ran / span, abs=0.2)
    assert ran == pytest.approx(187 + 605 + 549 + 17, abs=3)
