"""What docs/statistics.md shows is what the command and the library do."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from techamp.cli import main

PAGE = (Path(__file__).parents[2] / "docs" / "statistics.md").read_text(encoding="utf-8")
FLOW = "flow (g/min)\n49.6\n47.6\n49.9\n51.3\n47.8\n51.2\n52.6\n52.4\n53.6\n52.1\n"


@pytest.fixture
def flow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "flow.csv").write_text(FLOW, encoding="utf-8")
    monkeypatch.chdir(tmp_path)


def test_the_command_prints_what_the_page_shows(flow: None, capsys: pytest.CaptureFixture[str]) -> None:
    shown = re.search(r"\$ techamp chart flow\.csv\n(.*?)\n…", PAGE, re.DOTALL)
    assert shown
    assert main(["chart", "flow.csv"]) == 0
    assert capsys.readouterr().out.startswith(shown[1])


def test_the_cells_of_the_page_run(flow: None) -> None:
    names: dict[str, Any] = {}
    for cell in re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL):
        exec(cell, names)
    assert names["chart"].center == pytest.approx(50.81)
    assert names["study"].title == "Control chart"
