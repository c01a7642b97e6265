"""Where things lie, and what says so when they do not."""

from __future__ import annotations

from pathlib import Path

import pytest

from techamp import paths


def test_checkout_uses_its_own_curriculum_and_vendored_files() -> None:
    assert (paths.curriculum_root() / "program.yaml").is_file()
    assert (paths.vendor_root() / "vendor.json").is_file()


def test_another_curriculum_is_named_by_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "program.yaml").touch()
    monkeypatch.setenv("TECHAMP_CURRICULUM", str(tmp_path))
    assert paths.curriculum_root() == tmp_path


def test_a_folder_without_a_program_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TECHAMP_CURRICULUM", str(tmp_path))
    with pytest.raises(FileNotFoundError) as refused:
        paths.curriculum_root()
    assert str(refused.value) == (
        f"TECHAMP_CURRICULUM must name a folder with program.yaml in it, but {tmp_path} has none. "
        "Correct the path, or unset TECHAMP_CURRICULUM to use the program's own curriculum."
    )


def test_data_lie_in_the_current_folder_unless_another_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("TECHAMP_HOME")
    assert paths.data_root() == tmp_path / ".techamp"
    monkeypatch.setenv("TECHAMP_HOME", "elsewhere")
    assert paths.data_root() == tmp_path / "elsewhere"
