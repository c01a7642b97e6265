"""Every activity of the curriculum passes the check that its author can run: ``techamp curriculum check``."""

from __future__ import annotations

import pytest

from techamp.campus.practice.check import check_item
from techamp.campus.program.check import check_activity, check_links
from techamp.campus.program.curriculum import curriculum
from techamp.campus.program.problems import Problem

BRIDGE = sorted(path.stem for path in (curriculum().root / "bridge").glob("practice/*.yaml"))


def faults(problems: list[Problem]) -> list[str]:
    return [str(problem) for problem in problems if not problem.warning]


def test_every_name_leads_somewhere() -> None:
    assert faults(check_links(curriculum())) == []


@pytest.mark.parametrize("place", sorted(curriculum().activities))
def test_activity_is_sound(place: str) -> None:
    assert faults(check_activity(curriculum().activities[place], curriculum())) == []


@pytest.mark.parametrize("item", BRIDGE)
def test_item_of_the_entry_check_is_sound(item: str) -> None:
    assert faults(check_item(curriculum().root / "bridge/practice" / f"{item}.yaml")) == []
