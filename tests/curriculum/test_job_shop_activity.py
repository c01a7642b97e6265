"""The job shop of the value-stream module: its question is true, and each challenge rewards what it teaches."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from techamp.campus.play.challenges import grade
from techamp.campus.program.schema import Challenge
from techamp.contract import registry

MODULE = Path(__file__).parents[2] / "curriculum" / "hub" / "manufacturing_systems" / "08-value-stream"
SHOP = registry.simulation("manufacturing_systems.job_shop")


def activity() -> dict[str, Any]:
    read = yaml.safe_load((MODULE / "module.yaml").read_text(encoding="utf-8"))
    found: dict[str, Any] = next(one for one in read["activities"] if one["id"] == "job-shop")
    return found


def met(name: str, **choices: Any) -> list[bool]:
    """Which targets are met by these choices."""
    raw = yaml.safe_load((MODULE / f"{name}.yaml").read_text(encoding="utf-8"))
    challenge = Challenge.model_validate(raw)
    inputs = SHOP.Inputs.read({**challenge.inputs, **choices})
    return [verdict.met for verdict in grade(challenge, inputs, list(range(7000, 7030)))]


def test_shortest_first_does_what_the_question_says() -> None:
    def mean(measure: str, rule: str) -> float:
        inputs = SHOP.Inputs.read({**activity()["inputs"], "rule": rule})
        return float(np.mean(SHOP.measures(inputs, list(range(60)))[measure]))

    assert mean("lead_time", "fifo") == pytest.approx(1.3, abs=0.15)
    assert mean("lead_time", "spt") == pytest.approx(0.8, abs=0.06)
    assert mean("worst", "spt") > 3.0 * mean("worst", "fifo")


def test_dates_are_kept_by_a_rule_that_sees_them_and_a_quote_by_the_work() -> None:
    assert met("challenge-keep-the-date", rule="edd", quoting="work") == [True, True, True]
    assert met("challenge-keep-the-date", rule="edd")[0] is False
    assert met("challenge-keep-the-date", rule="spt", quoting="work")[1] is False
    assert met("challenge-keep-the-date", quoting="work")[:2] == [False, False]


def test_red_tags_work_while_there_are_few() -> None:
    assert met("challenge-red-tags", rule="red", rush=20) == [True, True, True]
    assert met("challenge-red-tags", rule="red")[2] is False
    for rule in ("fifo", "edd"):
        assert met("challenge-red-tags", rule=rule, rush=20)[1] is False
