"""``kill -9`` in the middle of answers loses none that was acknowledged: one short round of what the bench does."""

from __future__ import annotations

import random

import pytest
from bench.campus import campus_on
from bench.kill import one_round

ANSWERS, LEARNERS = 60, 4


@pytest.mark.wheel  # it serves a campus of its own, as the tests of the wheel do
def test_every_acknowledged_answer_is_there_after_kill_9() -> None:
    with campus_on("SQLite") as campus:
        learners = campus.run("learners", str(LEARNERS))
        lost, acknowledged = one_round(campus, learners, ANSWERS, random.Random(7))
    assert acknowledged >= ANSWERS // 4
    assert lost == []
