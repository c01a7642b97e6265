"""What docs/workbench.md shows is what the commands print of the example files."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from techamp.cli import main

PAGE = (Path(__file__).parents[2] / "docs" / "workbench.md").read_text(encoding="utf-8")
SHOWN = re.findall(r"```\n\$ techamp ([^\n]+)\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.parametrize(("line", "printed"), SHOWN, ids=[line for line, _printed in SHOWN])
def test_the_commands_of_the_page_print_what_it_shows(
    line: str, printed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["examples", str(tmp_path)]) == 0
    monkeypatch.chdir(tmp_path)
    capsys.readouterr()
    assert main(shlex.split(line)) == 0
    found = capsys.readouterr().out
    for part in printed.split("…\n"):
        assert part in found


def test_there_are_commands_to_try() -> None:
    assert len(SHOWN) == 5


def test_examples_are_listed_and_never_written_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["examples"]) == 0
    assert "two-lathes.csv" in capsys.readouterr().out
    (tmp_path / "two-lathes.csv").write_text("mine")
    assert main(["examples", str(tmp_path)]) == 0
    assert (tmp_path / "two-lathes.csv").read_text() == "mine"
    assert (tmp_path / "gauge-study.csv").stat().st_size > 1000


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("")
    assert main(["examples", str(tmp_path / "file" / "inside")]) == 2
    assert capsys.readouterr().err.startswith("techamp: ")
