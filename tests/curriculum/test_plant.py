"""The model plant's numbers hang together: each derived number is worked out again from the others in plant.yaml."""

from __future__ import annotations

import math
from collections.abc import Iterator
from statistics import NormalDist
from typing import Any

import pytest
import yaml

from techamp.paths import CHECKOUT

PLANT: dict[str, Any] = yaml.safe_load((CHECKOUT / "curriculum" / "plant.yaml").read_text(encoding="utf-8"))
STATIONS = [station["id"] for station in PLANT["stations"]]
NEXT = {station["id"]: station["next"] for station in PLANT["stations"]}
SHAFT_WAY = [station for station in STATIONS if station != "mill"]
BOUGHT = ["motor", "driver_board", "ball_screw", "bearings", "housing", "shaft"]
UNITS = {
    *("", "%", "min", "h", "days", "ms", "shifts", "parts", "parts/h", "people", "machines"),
    *("mm", "mm/s", "mm/min", "mm/rev", "m/min", "rpm", "counts/rev"),
    *("N", "kN", "N*m", "bar", "W", "V", "kg", "USD", "USD/h", "USD/min"),
}


def value(path: str) -> float:
    """The number at ``lathe.mttr``."""
    node = PLANT
    for part in path.split("."):
        node = node[part]
    return float(node["value"])


def share(path: str) -> float:
    return value(path) / 100


def leaves(node: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every quantity of the plant with its path; the texts at the top and the list of stations are none."""
    if "value" in node:
        yield path, node
        return
    for key, child in node.items():
        if isinstance(child, dict):
            yield from leaves(child, f"{path}.{key}".lstrip("."))


def availability(station: str) -> float:
    mttf, mttr = value(f"{station}.mttf"), value(f"{station}.mttr")
    return mttf / (mttf + mttr)


def starts(station: str) -> float:
    """Parts started at a station for each good actuator shipped: scrap here and at all later stations."""
    later = max((starts(following) for following in NEXT[station]), default=1.0)
    return later / (1 - share(f"{station}.scrap"))


def minutes_per_part(station: str) -> float:
    """Station time per part started: cycle and stops, setup, and at the lathe the insert change."""
    together = value(f"{station}.machines") * value(f"{station}.parts_per_cycle")
    cycle = value(f"{station}.cycle_time") / together / availability(station)
    setup = value(f"{station}.setup_time") / value(f"{station}.batch_size") / value(f"{station}.machines")
    insert = value("lathe.insert_change_time") / value("lathe.insert_life") if station == "lathe" else 0.0
    return cycle + setup + insert


def load(station: str) -> float:
    """Station minutes for each good actuator shipped."""
    return minutes_per_part(station) * starts(station) * (1 + share(f"{station}.rework"))


def test_every_leaf_has_a_number_a_known_unit_and_a_note():
    for path, leaf in leaves(PLANT):
        assert set(leaf) == {"value", "unit", "note"}, path
        assert isinstance(leaf["value"], int | float), path
        assert leaf["unit"] in UNITS, path
        assert leaf["note"], path


def test_every_station_has_the_same_numbers_and_leads_to_the_dock():
    common = set.intersection(*(set(PLANT[station]) for station in STATIONS))
    assert {"machines", "operators", "cycle_time", "setup_time", "mttf", "mttr", "scrap", "wip", "places"} <= common
    for number, station in enumerate(STATIONS[:-1]):
        assert NEXT[station], station
        assert all(STATIONS.index(following) > number for following in NEXT[station])
    assert NEXT["ship"] == []


def test_takt_time_is_working_time_over_demand():
    assert value("shifts.planned_time") == value("shifts.length") - value("shifts.breaks")
    per_day = value("shifts.per_day") * value("shifts.planned_time")
    assert value("shifts.planned_time_per_day") == per_day
    assert value("demand.takt_time") == pytest.approx(per_day / value("demand.per_day"))
    assert value("demand.per_hour") == pytest.approx(60 / value("demand.takt_time"))
    assert value("demand.per_week") == value("demand.per_day") * value("shifts.days_per_week")
    assert value("demand.per_year") == value("demand.per_day") * value("shifts.days_per_year")
    assert sum(value(f"demand.{length}_share") for length in ("short", "standard", "long")) == 100


@pytest.mark.parametrize("station", STATIONS)
def test_a_station_keeps_up_with_demand_after_stops_setups_and_scrap(station: str):
    assert 0.4 < load(station) / value("demand.takt_time") < 0.95


def test_the_lathe_is_the_bottleneck_and_sets_the_line_rate():
    loads = {station: load(station) for station in STATIONS}
    assert max(loads, key=loads.__getitem__) == "lathe"
    line_rate = 60 / loads["lathe"]
    assert line_rate == pytest.approx(16.25, abs=0.01)
    assert line_rate > value("demand.per_hour")


def test_wip_lead_time_and_rate_obey_littles_law():
    assert value("flow.wip") == sum(value(f"{station}.wip") for station in SHAFT_WAY)
    assert value("flow.lead_time") == pytest.approx(value("flow.wip") / value("demand.per_hour"))
    hours_per_day = value("shifts.planned_time_per_day") / 60
    assert value("flow.lead_time_days") == pytest.approx(value("flow.lead_time") / hours_per_day, abs=0.005)
    assert value("flow.lead_time_days") < value("demand.promised_lead_time")
    assert all(value(f"{station}.wip") < value(f"{station}.places") for station in STATIONS)


def test_process_time_and_value_added_time_are_sums_of_cycle_times():
    assert value("flow.process_time") == pytest.approx(sum(value(f"{s}.cycle_time") for s in SHAFT_WAY))
    adding = sum(value(f"{station}.cycle_time") for station in ("lathe", "press", "cell", "motor"))
    assert value("flow.value_added_time") == pytest.approx(adding)
    lead_time = value("flow.lead_time") * 60
    assert share("flow.value_added_share") == pytest.approx(adding / lead_time, abs=0.00005)


def test_saw_time_holds_the_shaft_s_part():
    assert value("saw.shaft_cycle_time") < value("saw.cycle_time")


def test_a_fresh_insert_is_capable_and_a_whole_insert_is_less_so():
    tolerance = value("quality.shaft.upper") - value("quality.shaft.lower")
    wear = value("lathe.insert_life") * value("lathe.wear_per_part")
    cp = tolerance / (6 * value("lathe.sigma"))
    pp = tolerance / (6 * math.hypot(value("lathe.sigma"), wear / math.sqrt(12)))
    assert cp == pytest.approx(1.25)
    assert pp == pytest.approx(0.95, abs=0.01)
    assert value("quality.shaft.upper_limit") == value("quality.shaft.nominal") + value("quality.shaft.upper")
    assert value("quality.shaft.lower_limit") == pytest.approx(
        value("quality.shaft.nominal") + value("quality.shaft.lower")
    )


def test_the_aim_after_an_insert_change_puts_the_middle_of_the_wear_in_the_middle_of_the_tolerance():
    middle = (value("quality.shaft.upper") + value("quality.shaft.lower")) / 2
    wear = value("lathe.insert_life") * value("lathe.wear_per_part")
    assert wear == pytest.approx(3 * value("lathe.sigma"))
    assert value("lathe.aim_after_change") == pytest.approx(middle - wear / 2)


def test_planned_wear_scraps_three_shafts_in_a_thousand():
    size = NormalDist(sigma=value("lathe.sigma"))
    life = int(value("lathe.insert_life"))
    means = [value("lathe.aim_after_change") + value("lathe.wear_per_part") * shaft for shaft in range(life)]
    bad = [
        1 - size.cdf(value("quality.shaft.upper") - mean) + size.cdf(value("quality.shaft.lower") - mean)
        for mean in means
    ]
    assert sum(bad) / life == pytest.approx(0.003, abs=0.0002)
    assert sum(bad) / life < share("lathe.scrap")


def test_other_capabilities_in_the_notes_are_right():
    bore = value("quality.bore.upper") - value("quality.bore.lower")
    force = value("press.force_high") - value("press.force_low")
    assert bore / (6 * value("quality.bore.sigma")) == pytest.approx(1.35, abs=0.005)
    assert force / (6 * value("press.force_sigma")) == pytest.approx(1.33, abs=0.005)
    gauge = 6 * value("quality.shaft.gauge_sigma") / (value("quality.shaft.upper") - value("quality.shaft.lower"))
    assert gauge == pytest.approx(0.20)


def test_costs_of_checking_stopping_scrap_and_escapes_follow_from_rates():
    per_minute = value("labor.operator_rate") / 60
    stop = value("lathe.machine_rate") / 60 + per_minute
    assert value("lathe.stop_cost") == pytest.approx(stop, abs=0.005)
    assert value("quality.shaft.check_cost") == pytest.approx(value("quality.shaft.check_time") * per_minute, abs=0.005)
    scrap = value("bom.shaft") + value("saw.shaft_cycle_time") * per_minute + value("lathe.cycle_time") * stop
    assert value("quality.shaft.scrap_cost") == pytest.approx(scrap, abs=0.01)
    inside = share("quality.shaft.escapes_found_inside")
    escape = inside * value("quality.shaft.escape_cost_inside") + (1 - inside) * value(
        "quality.shaft.escape_cost_outside"
    )
    assert value("quality.shaft.escape_cost") == pytest.approx(escape)


def test_costs_roll_up_to_less_than_the_price():
    assert value("labor.operators_per_shift") == sum(value(f"{station}.operators") for station in STATIONS)
    assert value("labor.operator_rate") == pytest.approx(value("labor.wage") * (1 + share("labor.burden")))
    paid_hours = value("shifts.per_day") * value("shifts.length") / 60 / value("demand.per_day")
    costs = {
        "material": sum(leaf["value"] for leaf in PLANT["bom"].values()),
        "scrap": sum(starts(s) * share(f"{s}.scrap") * _material_in(s) for s in STATIONS),
        "direct_labor": value("labor.operators_per_shift") * value("labor.operator_rate") * paid_hours,
        "indirect_labor": value("labor.indirect_per_shift") * value("labor.indirect_rate") * paid_hours,
        "overhead": value("cost.overhead_per_year") / value("demand.per_year"),
    }
    for name, cost in costs.items():
        assert value(f"cost.{name}") == pytest.approx(cost, abs=0.005), name
    assert value("cost.total") == pytest.approx(sum(value(f"cost.{name}") for name in costs))
    assert value("cost.margin") == pytest.approx(value("cost.price") - value("cost.total"))
    assert share("cost.margin_share") == pytest.approx(value("cost.margin") / value("cost.price"), abs=0.0005)
    assert 0.15 < share("cost.margin_share") < 0.35


def _material_in(station: str) -> float:
    """Cost of the bought material in a part that is scrapped at a station."""
    joins = {
        "saw": ["shaft", "housing"],
        "lathe": ["shaft"],
        "mill": ["housing"],
        "press": ["shaft", "housing", "bearings"],
        "cell": ["shaft", "housing", "bearings", "ball_screw"],
        "motor": [*BOUGHT, "hardware"],
        "test": [*BOUGHT, "hardware"],
        "pack": [*BOUGHT, "hardware", "packaging"],
        "ship": [*BOUGHT, "hardware", "packaging"],
    }
    joins["wash"] = joins["saw"]
    return sum(value(f"bom.{part}") for part in joins[station])


def test_lathe_hours_cost_less_than_all_overhead():
    hours = value("shifts.planned_time_per_day") / 60 * value("shifts.days_per_year")
    assert value("lathe.machine_rate") * hours < value("cost.overhead_per_year")


def test_motor_stock_follows_from_demand_lead_time_and_service():
    demand, lead = value("demand.per_day"), value("suppliers.motor.lead_time")
    spread = math.sqrt(lead * value("demand.sd_per_day") ** 2 + demand**2 * value("suppliers.motor.lead_time_sd") ** 2)
    safety = NormalDist().inv_cdf(share("suppliers.motor.service_level")) * spread
    assert lead == 4 * value("shifts.days_per_week")
    assert value("suppliers.motor.safety_stock") == pytest.approx(safety, abs=1)
    assert value("suppliers.motor.reorder_point") == demand * lead + value("suppliers.motor.safety_stock")
    holding = share("suppliers.holding_rate") * value("bom.motor")
    quantity = math.sqrt(2 * value("demand.per_year") * value("suppliers.motor.order_cost") / holding)
    assert value("suppliers.motor.order_quantity") == pytest.approx(quantity, rel=0.001)


def test_the_motor_has_the_longest_lead_time():
    others = [value(f"suppliers.{part}.lead_time") for part in BOUGHT if part != "motor"]
    assert value("suppliers.motor.lead_time") > max(others)


def test_cutting_data_agree():
    turning = 1000 * value("lathe.cutting_speed") / (math.pi * value("quality.shaft.nominal"))
    milling = 1000 * value("mill.cutting_speed") / (math.pi * value("mill.cutter_diameter"))
    feed = value("mill.spindle_speed") * value("mill.teeth") * value("mill.feed_per_tooth")
    assert value("lathe.spindle_speed") == pytest.approx(turning, abs=1)
    assert value("mill.spindle_speed") == pytest.approx(milling, abs=1)
    assert value("mill.feed_rate") == pytest.approx(feed, abs=1)


def test_motor_and_screw_reach_force_and_speed():
    lead = value("actuator.screw_lead")
    torque = value("actuator.force") * lead / 1000 / (2 * math.pi * share("actuator.screw_efficiency"))
    assert value("actuator.screw_torque") == pytest.approx(torque, abs=0.0005)
    assert value("actuator.motor_torque") / torque == pytest.approx(1.2, abs=0.01)
    assert value("actuator.speed") == pytest.approx(value("actuator.motor_speed") / 60 * lead)
    power = value("actuator.motor_torque") * value("actuator.motor_speed") * 2 * math.pi / 60
    assert value("actuator.motor_power") == pytest.approx(power, rel=0.01)
    assert value("actuator.count_distance") == pytest.approx(lead / value("actuator.encoder_counts"))


def test_the_press_cylinder_can_push_beyond_its_window():
    pressure = value("press.air_pressure") * 1e5
    area = math.pi / 4 * (value("press.cylinder_bore") / 1000) ** 2
    assert pressure * area / 1000 == pytest.approx(3.02, abs=0.005)
    assert pressure * area / 1000 > value("press.force_high")
