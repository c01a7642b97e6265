"""The comparison with R: what it does without R, and that its data reach R without loss."""

from __future__ import annotations

import importlib.util
import math
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest


@pytest.fixture(scope="module")
def oracle() -> ModuleType:
    spec = importlib.util.spec_from_file_location("oracle_r", Path(__file__).parents[2] / "scripts" / "oracle_r.py")
    assert spec
    assert spec.loader
    import sys

    module = importlib.util.module_from_spec(spec)
    sys.modules["oracle_r"] = module
    spec.loader.exec_module(module)
    return module


def test_numbers_reach_r_without_loss(oracle: ModuleType) -> None:
    values = np.random.default_rng(1).normal(size=5)
    said = oracle.vector(values)
    assert [float(word) for word in said[2:-1].split(",")] == values.tolist()


def test_every_check_draws_finite_numbers_of_ours(oracle: ModuleType) -> None:
    for i, check in enumerate(oracle.CHECKS):
        expression, ours = check.draw(np.random.default_rng(i))
        assert expression
        assert all(math.isfinite(value) for value in ours), check.name


def test_without_r_it_says_how_to_get_it(
    oracle: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(oracle.shutil, "which", lambda _name: None)
    assert oracle.main([]) == 2
    assert "apt-get install r-cran-spc" in capsys.readouterr().err


def test_a_difference_is_found(oracle: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    check = oracle.Check("made up", "stats", 1e-9, lambda _rng: ("c(1, 2)", (1.0, 2.002)))
    monkeypatch.setattr(oracle, "in_r", lambda _lines: "1 2\n1 2\n")
    assert oracle.worst(check, 2, np.random.default_rng(0)) == pytest.approx(1e-3)
