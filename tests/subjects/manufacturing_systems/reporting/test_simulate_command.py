"""``techamp simulate``: what a person sees, with a good file and with a bad one."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest

from techamp.cli import main
from techamp.subjects.manufacturing_systems.engine.simulating import simulate
from techamp.subjects.manufacturing_systems.model import Line, read_model
from techamp.subjects.manufacturing_systems.output_analysis import experiment as experiments
from techamp.subjects.manufacturing_systems.output_analysis.experiment import experiment, horizon, paired
from techamp.subjects.manufacturing_systems.reporting.html_report import html_report
from techamp.subjects.manufacturing_systems.reporting.trace_file import write_trace

CELL = """
name: Housing <cell>
stations:
  - {name: saw, time: "gamma(2.4 min, cv 0.3)", failures: {mttf: 300 min, mttr: 12 min}}
  - {name: lathe, time: "gamma(3.2 min, cv 0.3)", buffer: 10, failures: {mttf: 200 min, mttr: 25 min}}
  - {name: mill, time: "gamma(2.9 min, cv 0.3)", buffer: 10}
plan: {precision: 2 %, until: 100 h}
"""


@pytest.fixture
def cell(tmp_path: Path) -> Path:
    path = tmp_path / "cell.yaml"
    path.write_text(CELL, encoding="utf-8")
    return path


def test_a_line_is_simulated_and_explained(cell: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["simulate", str(cell)]) == 0
    said = capsys.readouterr().out
    assert "Housing <cell>: 3 stations, 1 product" in said
    assert re.search(r"Throughput +\d+\.\d+ ± 0\.\d+ +parts/h", said)
    assert "lathe is the bottleneck" in said
    assert all(len(row) <= 80 for row in said.splitlines())


def test_the_same_command_says_the_same(cell: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = []
    for _time in range(2):
        main(["simulate", str(cell), "--seed", "7", "--replications", "5"])
        said.append(capsys.readouterr().out)
    assert said[0] == said[1]


def test_plain_data_hold_intervals_and_words(cell: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["simulate", str(cell), "--json", "--replications", "5"]) == 0
    plain = json.loads(capsys.readouterr().out)
    throughput = plain["measures"]["throughput"]
    assert throughput["low"] < throughput["mean"] < throughput["high"]
    assert plain["bottleneck"]["station"] == "lathe"
    assert plain["measures"]["on_time"]["mean"] is None
    assert plain["faults"] == []


def test_two_files_are_compared_under_the_same_luck(
    cell: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    faster = tmp_path / "faster.yaml"
    faster.write_text(CELL.replace("3.2 min", "3.1 min").replace("Housing <cell>", "Faster"), encoding="utf-8")
    page = tmp_path / "report.html"
    assert main(["simulate", str(cell), "--compare", str(faster), "--html", str(page)]) == 0
    said = capsys.readouterr().out
    assert "Throughput: B is better" in said
    assert "separate luck would take" in said
    assert "Two scenarios under the same luck" in page.read_text(encoding="utf-8")


def test_a_trace_lists_what_every_machine_did(cell: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "trace.csv"
    assert main(["simulate", str(cell), "--trace", str(path), "--replications", "2", "--until", "1000 min"]) == 0
    rows = [*csv.DictReader(path.open(encoding="utf-8"))]
    work = [row for row in rows if row["kind"] == "work"]
    assert {row["station"] for row in work} == {"saw", "lathe", "mill"}
    assert all(float(row["queued"]) <= float(row["start"]) <= float(row["end"]) <= float(row["left"]) for row in work)
    assert f"{len(rows):,} rows of trace" in capsys.readouterr().err


def test_a_bad_file_gets_every_fault_and_no_traceback(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text("stations: [{name: saw, time: -1}, {name: mill, tme: 2}]", encoding="utf-8")
    assert main(["simulate", str(path)]) == 2
    said = capsys.readouterr().err
    assert "2 things to mend" in said
    assert "stations[saw].time: must not be negative" in said
    assert "Did you mean time?" in said


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--until", "soon"], "--until: must be a time"),
        (["--precision", "80 %"], "--precision: must be from 0.01 % to 50 %"),
        (["--seed", "-4"], "--seed: must be a whole number from 0"),
        (["--warm-up", "200 h"], "--warm-up: must end before the run does, at 6000 min"),
        (["--replications", "1"], "--replications: must be a whole number from 2"),
    ],
)
def test_bad_options_are_refused(options: list[str], said: str, cell: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["simulate", str(cell), *options]) == 2
    assert said in capsys.readouterr().err


def test_a_report_that_cannot_be_written_is_told(cell: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["simulate", str(cell), "--replications", "2", "--html", str(cell / "x.html")]) == 2
    assert "Choose another place to write to" in capsys.readouterr().err


def test_an_interrupt_before_anything_is_done_says_so(
    cell: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*_arguments: object, **_options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(experiments, "simulate", interrupted)
    assert main(["simulate", str(cell)]) == 130
    assert "nothing to show" in capsys.readouterr().err


def test_an_experiment_that_is_stopped_midway_keeps_what_is_done_and_says_so() -> None:
    found = experiment(read_model(CELL), precision=0.001, watch=lambda done, _expected, _so_far: done < 12)
    assert 10 <= len(found.runs) < 100
    assert any(f"Stopped after {len(found.runs)} replications" in said for said in found.warnings)


def test_a_long_run_can_be_stopped_in_its_middle(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(experiments, "SLICED", 1)
    shares: list[float] = []

    def watch(done: float, _expected: int, _so_far: object) -> bool:
        shares.append(done)
        return done < 10.5

    found = experiment(read_model(CELL), replications=40, watch=watch, workers=1)
    assert len(found.runs) == 10
    assert any(share != int(share) for share in shares)


def test_an_overloaded_line_runs_but_claims_no_long_run_average() -> None:
    flooded = Line("flood").station("a", time="exponential(2)").station("b", time="exponential(3)").model()
    found = experiment(flooded, replications=3)
    assert not found.steady
    assert any("b is overloaded" in said for said in found.warnings)
    assert "no long-run average exists" in html_report(found)


def test_pairs_share_length_warm_up_and_seeds() -> None:
    one = read_model(CELL)
    two = one.with_station("mill", buffer=2)
    first, second = paired(one, two, replications=4)
    assert (first.until, first.warm_up, first.replications.seeds) == (
        second.until,
        second.warm_up,
        second.replications.seeds,
    )


def test_more_buffer_never_hurts_a_serial_line_under_common_luck() -> None:
    one = read_model(CELL)
    first, second = paired(one.with_station("mill", buffer=1), one, replications=6, warm_up=0.0)
    gain = second.replications.columns["throughput"] - first.replications.columns["throughput"]
    assert (gain >= -1e-12).all()
    assert gain.sum() > 0


def test_a_run_without_plan_is_long_enough_for_its_slowest_station() -> None:
    slow = Line("slow", time_unit="h").station("a", time=1).station("b", time=5, machines=2).model()
    assert horizon(slow) >= 2000 * 2.5


def test_a_report_is_one_page_without_script_network_or_raw_names(tmp_path: Path) -> None:
    page = html_report(experiment(read_model(CELL), replications=3))
    assert "Housing &lt;cell&gt;" in page
    assert "Housing <cell>" not in page
    assert not re.search(r"<script|https?://|style=|\bon\w+=", page)
    assert page.count("<svg") >= 6
    assert page.count("<h1") == 1


def test_a_trace_file_needs_a_trace(tmp_path: Path) -> None:
    model = read_model(CELL)
    with pytest.raises(ValueError, match="no trace"):
        write_trace(simulate(model, 1, until=10.0), model, tmp_path / "x.csv")
