"""Lost hours: the cell against formulas, its log read as a learner's would be, and what improvements bring."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from techamp.contract import Table, TableColumn, registry
from techamp.subjects.manufacturing_systems.simulations.lost_hours import gains
from techamp.subjects.manufacturing_systems.simulations.lost_hours.cell import (
    IDEAL,
    LOT,
    MTTF,
    SLOW,
    STOP,
    TODAY,
    CellRun,
    good_parts,
    run_cell,
)
from techamp.subjects.manufacturing_systems.simulations.lost_hours.inputs import MACHINES, LostHoursInputs
from techamp.subjects.manufacturing_systems.simulations.lost_hours.losses import counted, loss_tree, ranked
from techamp.subjects.manufacturing_systems.simulations.lost_hours.plan import BY_NAME, GOALS, hours_of
from techamp.subjects.manufacturing_systems.studies.event_log.settings import EventLogSettings
from techamp.subjects.manufacturing_systems.studies.event_log.study import EventLogStudy

HOURS = registry.simulation("manufacturing_systems.lost_hours")
LONG = 400 * 450.0


def goals(**changes: float) -> tuple[tuple[str, float], ...]:
    return tuple((dict(TODAY) | changes).items())


@pytest.fixture(scope="module")
def long() -> CellRun:
    return run_cell(TODAY, LONG, 7)


def per_part() -> dict[str, float]:
    """Minutes of the lathe for one shaft by formula: at work, and lost to each kind of stop."""
    at = dict(TODAY)
    slow = at["lathe_slow"] / 100 * (SLOW - 1) * IDEAL["lathe"]
    work = IDEAL["lathe"] + slow
    return {
        "slow": slow,
        "breakdowns": work * at["lathe_mttr"] / MTTF["lathe"],
        "short": work * at["lathe_stops"] / 60 * STOP["lathe"],
        "setups": at["lathe_setup"] / LOT,
        "ideal": IDEAL["lathe"],
    }


def test_the_lathe_loses_what_its_numbers_say(long: CellRun) -> None:
    minutes = per_part()
    whole = sum(minutes.values())
    tree = loss_tree(long, "lathe", 5.0)
    assert tree.breakdowns + tree.short_stops == pytest.approx(
        (minutes["breakdowns"] + minutes["short"]) / whole, rel=0.05
    )
    assert tree.setups == pytest.approx(minutes["setups"] / whole, rel=0.06)
    assert tree.slow == pytest.approx(minutes["slow"] / whole, rel=0.05)
    assert tree.quality == pytest.approx(1 - BY_NAME["lathe_scrap"].today / 100, abs=0.002)
    assert tree.oee == pytest.approx(IDEAL["lathe"] / whole * tree.quality, rel=0.01)
    assert tree.no_parts == pytest.approx(0.0, abs=1e-9)


def test_planned_time_adds_up_and_oee_is_the_product(long: CellRun) -> None:
    for name in MACHINES:
        for choices in ({}, {"setups": "planned"}, {"waiting": "outside"}, {"standard": "usual", "short_stop": 0}):
            inputs = LostHoursInputs.read({"machine": name, **choices})
            tree = counted(loss_tree(long, name, inputs.short_stop), inputs)
            assert sum(share for _, share in tree.leaves) == pytest.approx(1.0)
            assert tree.oee == pytest.approx(tree.availability * tree.performance * tree.quality)


def test_the_event_log_study_reads_the_same_oee_from_the_table() -> None:
    run = run_cell(TODAY, 4500.0, 3)
    log = run.log
    mine = log.machine == 0
    texts = {
        "machine": [log.machines[0]] * int(mine.sum()),
        "case": [log.cases[c] if c >= 0 else "" for c in log.case[mine].tolist()],
        "state": [("work", "setup", "down", "off", "idle")[s] for s in log.state[mine].tolist()],
        "result": ["scrap" if bad else "good" for bad in (log.bad[mine] if log.bad is not None else [])],
    }
    columns = [TableColumn(name, np.array(values, dtype=object)) for name, values in texts.items()]
    columns += [TableColumn("start", log.start[mine]), TableColumn("end", log.end[mine])]
    found = EventLogStudy().run(Table(tuple(columns)), EventLogSettings(ideal=IDEAL["lathe"], short_stop=5.0))
    told = next(table for table in found.tables if table.name == "machines").rows[0][6:10]
    inputs = LostHoursInputs.read({})
    values = {m.name: m.value for m in HOURS.run(inputs, 3).measures}
    assert told == tuple(round(values[name] or 0.0, 1) for name in ("availability", "performance", "quality", "oee"))


def test_good_parts_in_the_log_are_those_the_engine_counts() -> None:
    for seed in (1, 2, 3):
        run = run_cell(TODAY, 4500.0, seed)
        assert len(run.out) == good_parts(TODAY, 4500.0, seed)
        made = int(run.log.in_state("work").sum())
        assert made > 3 * len(run.out)


def test_run_and_measures_give_the_same_numbers() -> None:
    for choices in ({}, {"machine": "cell", "lathe_stops": 2, "waiting": "outside", "setups": "planned"}):
        inputs = LostHoursInputs.read(choices)
        many = HOURS.measures(inputs, [4, 5])
        for i, seed in enumerate((4, 5)):
            assert {m.name: m.value for m in HOURS.run(inputs, seed).measures} == {k: v[i] for k, v in many.items()}


def test_what_is_counted_otherwise_makes_no_part() -> None:
    plain = HOURS.measures(LostHoursInputs.read({}), [1, 2])
    pretty = LostHoursInputs.read({"setups": "planned", "waiting": "outside", "standard": "usual", "short_stop": 0})
    changed = HOURS.measures(pretty, [1, 2])
    assert changed["output"] == plain["output"]
    assert all(a > b + 5 for a, b in zip(changed["oee"], plain["oee"], strict=True))
    text = " ".join(HOURS.run(pretty, 1).notes)
    assert "made no part more" in text


@pytest.mark.parametrize(
    ("name", "value", "least"),
    [("lathe_mttr", 10, 2.5), ("lathe_stops", 2, 4.0), ("lathe_slow", 0, 5.5), ("lathe_setup", 6, 2.2)],
)
def test_the_bottleneck_pays_for_an_improvement(name: str, value: float, least: float) -> None:
    gain, error = gains.mean_gain(goals(**{name: value}))
    assert gain > least > 2 * error


@pytest.mark.parametrize(("name", "value"), [("press_mttr", 3), ("cell_stops", 0.5)])
def test_a_machine_that_waits_does_not(name: str, value: float) -> None:
    gain, _ = gains.mean_gain(goals(**{name: value}))
    assert abs(gain) < 0.25
    text = " ".join(HOURS.run(LostHoursInputs.read({name: value}), 1).notes)
    assert "of these hours brought nothing" in text


def test_short_stops_are_many_and_told_from_breakdowns_by_their_length(long: CellRun) -> None:
    trees = [loss_tree(long, "lathe", limit) for limit in (0.0, 2.0, 5.0, 1000.0)]
    short = [tree.short_stops for tree in trees]
    assert short == sorted(short)
    assert short[0] == 0.0
    assert trees[-1].breakdowns == pytest.approx(0.0, abs=1e-12)
    assert all(tree.oee == pytest.approx(trees[0].oee) for tree in trees)


def test_hours_are_paid_step_by_step_and_worse_is_free() -> None:
    today = {goal.name: goal.today for goal in GOALS}
    assert hours_of(today) == 0.0
    assert hours_of(today | {"lathe_slow": 0.0, "lathe_stops": 2.4}) == 40.0
    assert hours_of(today | {"lathe_scrap": 0.9, "lathe_stops": 1.2}) == 40.0
    assert hours_of(today | {"lathe_mttr": 45.0}) == 0.0


def test_the_press_has_the_lowest_oee_and_the_lathe_sets_the_pace(long: CellRun) -> None:
    trees = {name: loss_tree(long, name, 5.0) for name in MACHINES}
    assert min(trees, key=lambda name: trees[name].oee) == "press"
    active = {name: 1 - tree.no_parts - tree.no_place for name, tree in trees.items()}
    assert max(active, key=lambda name: active[name]) == "lathe"
    assert ranked(trees["press"])[0][0] == "no parts"


def test_the_replay_is_the_run() -> None:
    found: dict[str, Any] = HOURS.run(LostHoursInputs.read({}), 11).model_dump()["trace"]
    columns = found["columns"]
    rows = list(zip(found["t"], columns["machine"], columns["state"], columns["to"], columns["made"], strict=True))
    run = run_cell(TODAY, 4500.0, 11)
    good = sum(row[4] == 1 for row in rows if row[1] == 2)
    assert good == int((run.out <= 900).sum())
    for place in range(3):
        mine = sorted((row[0], row[3]) for row in rows if row[1] == place and row[3] > row[0])
        assert all(b <= c + 2e-3 for (_, b), (c, _) in pairwise(mine))
    assert all(0 <= row[0] <= row[3] <= 900 for row in rows)
