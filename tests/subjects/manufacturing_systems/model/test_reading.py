"""Models in and out: exact round trips, and every fault at once."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.subjects.manufacturing_systems.model_strategies import models

from techamp.contract.errors import InvalidInput
from techamp.subjects.manufacturing_systems.model import (
    Distribution,
    Line,
    Model,
    gamma,
    load_model,
    model_from,
    model_warnings,
    plant_model,
    read_model,
    write_model,
)
from techamp.subjects.manufacturing_systems.model.yaml_text import plain_values

CELL = """
name: cell
crews: [{name: floor, size: 2}, fixers]
calendars:
  - {name: days, cycle: 24 h, open: ["6:00-14:00", [14 h, 22 h]]}
stations:
  - {name: saw, time: 2 min, failures: {mttf: 600, mttr: 0.5 h, crew: fixers}, staffing: floor, calendar: days}
  - {name: mill, time: "gamma(4.2 min, cv 0.5)", machines: 3, buffer: 5, setup: {time: 12 min, matrix: {A: {B: 3 min}}}}
  - {name: wash, time: "triangular(1, 2, 4 min)", batch: {size: 4, wait: 10}, buffer: 8, scrap: 2 %}
products:
  - {name: A, route: [saw, mill, wash, mill], arrivals: {rate: 10 per h, due: 2 h}}
  - {name: B, arrivals: {between: "exponential(12 min)"}}
"""


def test_a_file_in_mixed_units_becomes_one_unit() -> None:
    cell = read_model(CELL)
    saw, mill, wash = cell.stations
    assert saw.failures[0].uptime == Distribution("exponential", (600.0,))
    assert saw.failures[0].repair == Distribution("exponential", (30.0,))
    assert mill.time == Distribution("gamma", (4.2, 2.1))
    assert (wash.scrap, wash.batch and wash.batch.wait) == (0.02, 10.0)
    assert cell.calendars[0].open == ((360.0, 840.0), (840.0, 1320.0))
    assert [step.name for step in cell.product("A").route] == ["saw", "mill", "wash", "mill 2"]
    assert [step.station for step in cell.product("B").route] == ["saw", "mill", "wash"]
    assert cell.product("A").arrivals.between.mean == pytest.approx(6.0)


@pytest.mark.parametrize("form", ["yaml", "json"])
@settings(max_examples=15, derandomize=True, deadline=None)
@given(model=models())
def test_what_is_written_is_read_back_exactly(form: str, model: Model) -> None:
    assert read_model(write_model(model, form)) == model


def test_a_bare_line_gets_a_product_that_visits_every_station() -> None:
    line = read_model("stations: [{name: saw, time: 2}, {name: mill, time: 3}]")
    assert [step.station for step in line.product("part").route] == ["saw", "mill"]


def test_the_notebook_says_the_same_as_the_file() -> None:
    built = (
        Line("two")
        .station("saw", time="2 min", mttf="10 h", mttr="30 min")
        .buffer(5)
        .station("mill", time=gamma(4.2, cv=0.5), machines=3)
        .conwip(12)
    )
    text = (
        "{name: two, stations: [{name: saw, time: 2 min, failures: {mttf: 10 h, mttr: 30 min}}, "
        "{name: mill, time: 'gamma(4.2, cv 0.5)', machines: 3, buffer: 5}], release: {policy: conwip, wip: 12}}"
    )
    assert built.model() == read_model(text)


def test_variants_of_a_line_do_not_touch_each_other() -> None:
    saw = Line().station("saw", time=1)
    slow, fast = saw.station("mill", time=5), saw.station("mill", time=2)
    assert (slow.model().station("mill").time, fast.model().station("mill").time) == (
        Distribution("constant", (5.0,)),
        Distribution("constant", (2.0,)),
    )


def test_the_model_plant_is_a_factory_with_its_own_bottleneck() -> None:
    plant = yaml.safe_load((Path(__file__).parents[4] / "curriculum" / "plant.yaml").read_text(encoding="utf-8"))
    model = plant_model(plant)
    assert len(model.stations) == 10
    assert model.station("wash").batch is not None
    assert model.release.sequence.count("standard") == 2 * model.release.sequence.count("short")
    assert model_warnings(model) == []


def faults(text: str) -> dict[str, str]:
    with pytest.raises(InvalidInput) as caught:
        read_model(text)
    return {fault.field: str(fault) for fault in caught.value.faults}


def test_every_fault_is_said_at_once_with_path_value_and_remedy() -> None:
    found = faults("""
stations:
  - {name: saw, tme: 2 min, time: 1, machines: -1}
  - {name: mill, time: "uniform(-1, 3)", buffer: .nan}
  - {name: mill, time: "gama(3)", calendar: x}
products: [{name: A, route: [saw, drill]}]
release: {wip: 0}
""")
    assert found["stations[saw].tme"].startswith(
        "stations[saw].tme: is not a field here, but got '2 min'. Did you mean"
    )
    assert found["stations[saw].machines"] == (
        "stations[saw].machines: must be a whole number from 1 to 1,000, but got -1. Enter such a number."
    )
    assert "must not be negative" in found["stations[mill].time, uniform low"]
    assert "got nan" in found["stations[mill].buffer"]
    assert "must be one of constant, exponential" in found["stations[mill].time"]
    assert "must name a calendar" in found["stations[mill].calendar"]
    assert "must go to a station, but got 'drill'. Take one of: saw, mill" in found["products[A].route[drill]"]
    assert "stations" in found
    assert "release.wip" in found


@pytest.mark.parametrize(
    ("text", "field", "rule"),
    [
        ("stations: [{name: a, time: -3 min}]", "stations[a].time", "must not be negative"),
        ("stations: [{name: a, time: .nan}]", "stations[a].time", "must be a finite number"),
        ("stations: [{name: a, time: 1e400}]", "stations[a].time", "must be a finite number"),
        ("stations: [{name: a, time: 3 parsecs}]", "stations[a].time", "must be a time or a distribution"),
        ("stations: [{name: a, time: true}]", "stations[a].time", "must be a time or a distribution"),
        ("stations: [{name: a, time: 'normal(1, 9)'}]", "stations[a].time", "for the greater part"),
        ("stations: [{name: a, time: 'gamma(4, cv 1, sd 2)'}]", "stations[a].time", "either sd or cv"),
        ("stations: [{name: a, time: 'uniform(4, 2)'}]", "stations[a].time", "low ≤ high"),
        ("stations: [{name: a, time: 'erlang(4, 2.5)'}]", "stations[a].time, erlang phases", "whole number"),
        ("stations: [{name: a, time: 0}]", "products[part].route", "endless supply"),
        ("stations: [{name: a, time: 1, machines: 2000}]", "stations[a].machines", "1 to 1,000"),
        ("stations: []", "stations", "at least one station"),
        ("[1, 2]", "model", "mapping with stations"),
        ("stations: [{name: a, time: 1}]\nversion: 9", "version", "must be 1"),
        ("stations: [{name: a, time: 1}]\ntime_unit: parsec", "time_unit", "must be one of s, min, h"),
        ("stations: [{name: a, time: 1}]\nrelease: conwip", "release.wip", "must be given for conwip"),
        ("stations: [{name: a, time: 1}, {name: a, time: 1}]", "stations", "different names"),
        ("stations: [{name: a, time: 1, staffing: {crew: b, people: 3}}]\ncrews: [{name: b}]",
         "stations[a].staffing.people", "at most the crew's size, 1"),
        ("stations: [{name: a, time: 1}]\nproducts: [{name: P, route: [{station: a, next: {to: a, chance: 0.4}}]}]",
         "products[P].route[a].next", "add up to 1"),
        ("stations: [{name: a, time: 1}]\nproducts: [{name: P, route: [{station: a, next: a}]}]",
         "products[P].route", "must lead out"),
        ("stations: [{name: a, time: 1}]\nstations: [{name: b, time: 1}]", "file, line 2", "must be YAML or JSON"),
        ("stations: [{name: a, time: 1\n", "file, line 2", "must be YAML or JSON"),
        ("calendars: [{name: c, cycle: 24 h, open: ['14:00-6:00']}]\nstations: [{name: a, time: 1}]",
         "calendars[c].open", "must run forward"),
    ],
)  # fmt: skip
def test_bad_input_is_refused_with_a_sentence(text: str, field: str, rule: str) -> None:
    found = faults(text)
    assert field in found, found
    assert rule in found[field]


def test_a_million_stations_are_refused_before_they_are_read() -> None:
    with pytest.raises(InvalidInput, match="at most 10,000 entries, but got '1,000,000 entries'"):
        model_from({"stations": [{"name": "a"}] * 1_000_000})


@settings(max_examples=60, derandomize=True, deadline=None)
@given(
    raw=st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["name", "stations", "time", "products", "route", "next", "kind"]), inner)
        ),
        max_leaves=12,
    )
)
def test_any_plain_value_is_a_model_or_a_list_of_faults_of_bounded_length(raw: object) -> None:
    said = ""
    try:
        model_from(raw)
    except InvalidInput as error:
        said = str(error)
    assert len(said) < 100_000


def test_files_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="No such file"):
        load_model(tmp_path / "none.yaml")
    (tmp_path / "photo.yaml").write_bytes(b"\xff\xd8\xff\xe0")
    with pytest.raises(InvalidInput, match="UTF-8"):
        load_model(tmp_path / "photo.yaml")


@pytest.mark.parametrize("text", ["time: 6:30", "time: 1e3", "name: no"])
def test_yaml_has_none_of_its_old_traps(text: str) -> None:
    assert plain_values(text) == {"time: 6:30": {"time": "6:30"}, "time: 1e3": {"time": 1000.0}}.get(
        text, {"name": "no"}
    )
