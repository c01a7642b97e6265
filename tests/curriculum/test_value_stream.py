"""The value stream: the map is the plant's, and five orders and the next state are as the library has them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from techamp.subjects.manufacturing_systems import (
    JobShop,
    Step,
    availability,
    littles_law,
    semi_active,
    takt_time,
    value_stream,
)

MODULE = Path(__file__).parents[2] / "curriculum" / "hub" / "manufacturing_systems" / "08-value-stream"
LECTURE = " ".join((MODULE / "lecture.md").read_text(encoding="utf-8").split())
PLANT: dict[str, Any] = yaml.safe_load((MODULE.parents[2] / "plant.yaml").read_text(encoding="utf-8"))
WAY = ("saw", "lathe", "wash", "press", "cell", "motor", "test", "pack", "ship")
VALUE = ("lathe", "press", "cell", "motor")
TAKT = 4.0
NEXT = {"saw": 15, "lathe": 45, "wash": 96, "press": 0, "cell": 9, "motor": 9, "test": 9, "pack": 9, "ship": 48}
ORDERS = {"A": ("short", 2.0, 12), "B": ("long", 4.0, 10), "C": ("short", 1.0, 4), "D": ("long", 2.5, 6),
          "E": ("short", 3.0, 16)}  # fmt: skip
CHANGEOVER = 0.3


def number(*path: str) -> float:
    found: Any = PLANT
    for key in path:
        found = found[key]
    return float(found["value"])


def said(*words: str) -> None:
    assert [text for text in words if text not in LECTURE] == []


def picture(name: str) -> str:
    return (MODULE / f"{name}.svg").read_text(encoding="utf-8")


def map_of(counts: dict[str, float]) -> Any:
    """Counts hold the parts in work as well; the map's stock is what waits beside them."""
    steps = []
    for name in WAY:
        time = number(name, "cycle_time")
        steps.append(Step(name, time, max(0.0, counts[name] - time / TAKT), time if name in VALUE else 0.0))
    return value_stream(steps, 1.0 / TAKT)


def test_the_map_of_today_is_the_model_plants() -> None:
    today = map_of({name: number(name, "wip") for name in WAY})
    assert today.lead_time / 60 == pytest.approx(number("flow", "lead_time")) == pytest.approx(40.0)
    assert today.process_time == pytest.approx(102.3)
    assert today.value_added_time == pytest.approx(number("flow", "value_added_time")) == pytest.approx(18.3)
    assert 100 * today.efficiency == pytest.approx(number("flow", "value_added_share"), abs=0.005)
    assert takt_time(number("shifts", "planned_time_per_day"), number("demand", "per_day")) == TAKT
    said("0.76 percent", "18.3 minutes", "2.67 days", "take 84 minutes more", "save 51 minutes of 40 hours")


def test_every_triangle_of_the_picture_is_the_plants_count_and_its_hours() -> None:
    counts = [number(name, "wip") for name in WAY]
    hours = [littles_law(wip=count, throughput=15.0).cycle_time for count in counts]
    title = picture("map").split("</title>")[0]
    pairs = zip(WAY, counts, strict=True)
    assert [name for name, count in pairs if f"{name} {count:.0f}" not in title] == []
    assert re.findall(r'text-anchor="end" x="312" y="\d+">(\d+)<', picture("map")) == [f"{hour:.0f}" for hour in hours]
    assert sum(sorted(hours)[-4:]) == 28
    said("Four places hold 28 of the 40 hours")


def test_the_lathe_keeps_takt_and_the_press_is_half_idle() -> None:
    up = availability(number("lathe", "mttf"), number("lathe", "mttr"))
    assert 100 * up == pytest.approx(95.2, abs=0.05)
    assert number("lathe", "cycle_time") / up == pytest.approx(3.36)
    assert 60 / number("press", "cycle_time") == pytest.approx(27, abs=0.5)
    assert 1 - number("press", "cycle_time") / TAKT == pytest.approx(0.45)


def test_the_next_state_holds_what_its_table_says() -> None:
    assert sum(NEXT.values()) == 240
    lead = littles_law(wip=sum(NEXT.values()), throughput=15.0).cycle_time
    assert lead == 16
    assert 100 * number("flow", "value_added_time") / (60 * lead) == pytest.approx(1.9, abs=0.05)
    said("**240** |", "**16 h** |", "Their share is 1.9 percent", "| Lathe | 150 | 45 |", "270 | 36 |", "105 | 48 |")
    assert f"{TAKT * number('ship', 'parts_per_cycle'):.0f}" == "96"


def test_a_fault_of_the_lathe_shows_at_test_as_late_as_told() -> None:
    on_the_way = ("lathe", "wash", "press", "cell", "motor", "test")
    assert sum(number(name, "wip") for name in on_the_way) / 15 == 31
    assert sum(NEXT[name] for name in on_the_way) / 15 == pytest.approx(11.2)
    said("found after 11 hours, not after 31")


def sequence(order: str) -> tuple[dict[str, float], float, int, int]:
    """Ends, their mean, orders late and changeovers, with the lathe set for short."""
    times, length, changes = [], "short", 0
    for name in order:
        change = ORDERS[name][0] != length
        times.append(ORDERS[name][1] + CHANGEOVER * change)
        length, changes = ORDERS[name][0], changes + change
    shop = JobShop(((0,),) * len(order), tuple((time,) for time in times))
    ends = dict(zip(order, semi_active(shop, [list(range(len(order)))]).ends, strict=True))
    late = sum(end > ORDERS[name][2] + 1e-9 for name, end in ends.items())
    return ends, sum(ends.values()) / len(ends), late, changes


@pytest.mark.parametrize(
    ("rule", "order", "row"),
    [
        ("First come", "ABCDE", "8.00 | 2 | 4 |"),
        ("Shortest first", "".join(sorted(ORDERS, key=lambda name: ORDERS[name][1])), "**6.46** | 1 | 3 |"),
        ("Due first", "".join(sorted(ORDERS, key=lambda name: ORDERS[name][2])), "7.16 | **0** | 2 |"),
        ("Same length first", "".join(sorted(ORDERS, key=lambda name: ORDERS[name][0] == "long")),
         "6.82 | 2 | **1** |"),
    ],
)  # fmt: skip
def test_five_orders_in_four_sequences(rule: str, order: str, row: str) -> None:
    _, mean, late, changes = sequence(order)
    plain = row.replace("*", "")
    assert plain == f"{mean:.2f} | {late} | {changes} |"
    said(f"| {rule if rule in ('First come', 'Due first') else rule.removesuffix(' first')} | {row}")
    assert f"{rule}, {' '.join(order)}" in picture("which-next")


def test_the_hours_told_of_the_orders_are_the_librarys() -> None:
    first, due, same = (sequence(order)[0] for order in ("ABCDE", "CDBAE", "ACEBD"))
    assert [round(first[name], 1) for name in "ABCDE"] == [2.0, 6.3, 7.6, 10.4, 13.7]
    assert [round(due[name], 1) for name in "CDBAE"] == [1.0, 3.8, 7.8, 10.1, 13.1]
    assert max(same.values()) == pytest.approx(12.8)
    assert max(same.values()) < min(max(ends.values()) for ends in (first, due, sequence("CADEB")[0]))


def test_the_material_and_the_pay_back_follow_from_the_parts_list() -> None:
    bom = {name: number("bom", name) for name in PLANT["bom"]}
    shaft, set_ = bom["shaft"], bom["shaft"] + bom["housing"]
    pressed = set_ + bom["bearings"]
    carried = pressed + bom["ball_screw"]
    motored = carried + bom["motor"] + bom["driver_board"] + bom["hardware"]
    worth = {"saw": shaft, "lathe": shaft, "wash": set_, "press": set_, "cell": pressed, "motor": carried,
             "test": motored, "pack": motored, "ship": motored + bom["packaging"]}  # fmt: skip
    less = sum((number(name, "wip") - NEXT[name]) * worth[name] for name in WAY)
    keeping = less * number("suppliers", "holding_rate") / 100
    assert (round(less, -2), round(keeping, -1), round(6000 / keeping, 1)) == (13_800, 3_030, 2.0)
    less_parts = {"Lanes": 36 - 270, "Pallets": 48 - 105, "Shelves": 96 - 60, "Lathe": 45 - 150}
    assert sum(less_parts.values()) == sum(NEXT.values()) - number("flow", "wip") == -360
    said(*(f"{parts:+} |".replace("-", "−") for parts in less_parts.values()), "**−360** |")
    said("$13,800", "$3,030", "2.0 years", "13,800 dollars", "3,030 dollars", "$6,000")
    assert 900 + 1600 + 3500 == 6000
