"""``techamp chart`` and ``techamp study`` as somebody types them."""

from __future__ import annotations

import io
import json
from pathlib import Path

import numpy as np
import pytest

from techamp.cli import main
from techamp.contract import registry
from techamp.contract.drawing.plain_letters import shown_width
from techamp.contract.reading import guess_rules, read_table

STEPS = [0.6, -0.4, 0.2, -0.9, 1.1, -0.3, 0.5, -1.2, 0.8, -0.1]


def readings(jump: float = 0.02) -> list[float]:
    """60 shaft diameters in mm; the last fifteen are larger by ``jump``."""
    return [8.0 + 0.004 * STEPS[i * 7 % 10] + (jump if i >= 45 else 0.0) for i in range(60)]


@pytest.fixture
def shafts(tmp_path: Path) -> Path:
    path = tmp_path / "shaft.csv"
    rows = "".join(f"{i + 1},{value:.4f}\n" for i, value in enumerate(readings()))
    path.write_text(f"shaft,diameter (mm)\n{rows}", encoding="utf-8")
    return path


def test_the_terminal_says_what_the_study_says(shafts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["chart", str(shafts), "--column", "diameter", "--subgroup", "5"]) == 0
    shown = capsys.readouterr().out
    content = shafts.read_bytes()
    study = registry.study("process_control.control_chart")
    table = read_table(content, guess_rules(content)).table.assign({"measure": "diameter"})
    outcome = study.run(table, study.Settings.read({"subgroup_size": 5}))
    flat = " ".join(shown.split())
    for note in outcome.notes:
        assert note in flat
    assert f"Center {outcome.measure('center').value:.4f}" in flat
    assert "The formula with your numbers" in shown
    assert "Why another program may print something else" in shown
    assert "◆" in shown
    assert max(map(shown_width, shown.splitlines())) <= 80


def test_ascii_is_ascii_and_fits(shafts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["chart", str(shafts), "--column", "diameter", "--subgroup", "5", "--ascii"]) == 0
    shown = capsys.readouterr().out
    assert shown.isascii()
    assert "Xbar-R" in shown
    assert max(map(len, shown.splitlines())) <= 80


def test_a_terminal_without_unicode_gets_ascii(shafts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(raw, encoding="latin-1", write_through=True))
    assert main(["chart", str(shafts)]) == 0
    assert raw.getvalue().isascii()


def test_the_report_is_one_file_that_needs_no_other(shafts: Path, tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    assert main(["chart", str(shafts), "--column", "diameter", "--html", str(page)]) == 0
    text = page.read_text(encoding="utf-8")
    assert text.count("<svg") == 6  # three charts, for a phone and for a desk
    assert "MR̄/d2" in text
    assert "techamp chart" in text
    assert not {"<script", "<link", "src=", "url("} & set(text.split())
    assert "http" not in text


def test_json_gives_columns_settings_and_outcome(shafts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    line = ["chart", str(shafts), "--column", "diameter", "--exclude", "47-61: new tool", "--upper-spec", "8.03"]
    assert main([*line, "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["columns"] == {"measure": "diameter"}
    assert said["settings"]["exclude"] == "47-61: new tool"
    assert said["settings"]["upper_spec"] == 8.03
    center = next(m["value"] for m in said["outcome"]["measures"] if m["name"] == "center")
    assert center == pytest.approx(np.mean(np.round(readings(), 4)[:45]), abs=1e-12)


@pytest.mark.parametrize("line", [["chart", "{}", "--study", "capability"], ["study", "capability", "{}"]])
def test_other_studies_bring_their_own_options(
    line: list[str], shafts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = [word.format(shafts) for word in line]
    assert main([*words, "--measure", "diameter", "--lower-spec", "7.95", "--upper-spec", "8.05"]) == 0
    assert "Ppk" in capsys.readouterr().out


def test_every_study_has_options_without_a_clash(capsys: pytest.CaptureFixture[str]) -> None:
    for id in registry.study_ids():
        with pytest.raises(SystemExit) as end:
            main(["study", id, "--help"])
        assert end.value.code == 0
        shown = capsys.readouterr().out
        for field in registry.study(id).Settings.fields():
            assert f"--{field.name.replace('_', '-')}" in shown


def test_the_list_names_every_study(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["study", "list"]) == 0
    shown = capsys.readouterr().out
    for id in registry.study_ids():
        assert id.rpartition(".")[2] in shown


def test_a_workbook_and_parquet_read_alike(shafts: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    other = tmp_path / "shaft.parquet"
    pq.write_table(pa.table({"diameter (mm)": np.round(readings(), 4)}), other)
    outcomes = []
    for path in (shafts, other):
        assert main(["chart", str(path), "--column", "diameter", "--json"]) == 0
        outcomes.append(json.loads(capsys.readouterr().out)["outcome"]["measures"])
    assert outcomes[0] == outcomes[1]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (
            ["--column", "diam"],
            "--measure: must be a column of the file, but got 'diam'. Choose one of: shaft, diameter.",
        ),
        (["--weight", "7"], "must be a number from 0.01 to 1, but got '7'"),
        (["--exclude", "3"], "must have a reason for each row, but got '3'"),
        (["--rules", "mine"], "(--rules)"),
    ],
)
def test_faults_are_sentences(options: list[str], said: str, shafts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["chart", str(shafts), *options]) == 2
    shown = capsys.readouterr()
    assert said in shown.err
    assert shown.out == ""


def test_a_file_that_is_not_there_is_said_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["chart", str(tmp_path / "none.csv")]) == 2
    assert "none.csv: No such file or directory" in capsys.readouterr().err


def test_text_without_numbers_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = tmp_path / "words.csv"
    words.write_text("tool,color\nA,red\nB,blue\n", encoding="utf-8")
    assert main(["chart", str(words)]) == 2
    assert "--measure: must be a column of the file. Name one of: tool, color." in capsys.readouterr().err


def test_an_unknown_study_names_those_there_are(shafts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["chart", str(shafts), "--study", "charts"])
    assert "must be one of" in capsys.readouterr().err
