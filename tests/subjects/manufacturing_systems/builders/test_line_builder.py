"""The line as a document: boxes there and back, faults at their boxes, verbs, text, tables, limits, runs."""

from __future__ import annotations

import json
import random
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

from techamp.contract import Document, InvalidInput
from techamp.subjects.manufacturing_systems.builders.line.board import board_of, sound_model
from techamp.subjects.manufacturing_systems.builders.line.builder import LineBuilder
from techamp.subjects.manufacturing_systems.builders.line.document import tidied
from techamp.subjects.manufacturing_systems.builders.line.floor import layout_of
from techamp.subjects.manufacturing_systems.builders.line.limits import operations
from techamp.subjects.manufacturing_systems.builders.line.times import BOXES, boxed, changed_kind, parsed, raw_time
from techamp.subjects.manufacturing_systems.model.reading import model_from

ROOT = Path(__file__).parents[4]
BUILDER = LineBuilder()
TEMPLATES = {template.name: template.document for template in BUILDER.templates(None)}


def line(*stations: dict[str, Any], **more: Any) -> Document:
    return tidied({"stations": list(stations), **more})


def boxes_of(document: Document) -> dict[str, str]:
    board = BUILDER.board(document)
    rows = [board.whole, *(row for listing in board.listings for row in listing.rows)]
    return {box.name: box.value for row in rows for box in row.boxes}


def faults_of(document: Document) -> dict[str, str]:
    """Box → its sentence."""
    return {box: str(fault) for fault, box in board_of(document).faults}


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_runs_and_its_form_and_its_text_say_it_again(name: str) -> None:
    document = TEMPLATES[name]
    assert not board_of(document).faults
    assert BUILDER.typed(document, boxes_of(document)) == document
    assert BUILDER.read(BUILDER.write(document)) == document


def test_three_stations_have_the_bottleneck_that_they_must_have() -> None:
    found = BUILDER.run(TEMPLATES["three"], lambda done, expected: True)
    assert found is not None
    assert found.marks["bottleneck"] == "drill"
    assert found.outcome.notes[0].startswith("drill is the bottleneck")
    out, wip, lead = (found.outcome.measure(name).value for name in ("throughput", "wip", "flow_time"))
    assert wip == pytest.approx(out / 60 * lead, rel=0.02)
    assert any("Little’s law" in note for note in found.outcome.notes)
    assert {drawing.name for drawing in found.drawings} == {"states", "lead_time", "value_stream", "gantt"}
    assert found == BUILDER.run(TEMPLATES["three"], lambda done, expected: True)


def test_a_run_that_is_ended_at_once_has_nothing_to_say() -> None:
    assert BUILDER.run(TEMPLATES["three"], lambda done, expected: False) is None


def test_a_run_that_is_ended_keeps_what_it_has() -> None:
    found = BUILDER.run(TEMPLATES["three"], lambda done, expected: done < 10)
    assert found is not None
    assert any("Stopped after 10 replications" in note for note in found.outcome.notes)


@pytest.mark.parametrize("kind", BOXES)
def test_another_kind_of_time_keeps_the_mean(kind: str) -> None:
    raw = changed_kind({"kind": "gamma", "mean": 4, "cv": 0.5}, kind, "min")
    found = parsed(raw, "min")
    assert found is not None
    assert found.kind == kind
    assert found.mean == pytest.approx(4.0, rel=0.05)
    texts = boxed(raw, "min")
    assert boxed(raw_time(kind, texts), "min") == texts


@pytest.mark.parametrize(
    "raw", ["gamma(4 min, cv 0.5)", "90 s", 3, "triangular(1, 2, 4 min)", {"kind": "empirical", "values": [1, 2]}]
)
def test_a_time_that_nobody_touches_stays_as_it_was_written(raw: Any) -> None:
    document = line({"name": "saw", "time": raw})
    assert BUILDER.typed(document, boxes_of(document)) == document


def test_all_faults_at_once_each_at_its_box_in_words() -> None:
    document = line(
        {"name": "saw", "time": {"kind": "gamma", "mean": "-3", "cv": "0.5"}, "machines": "0"},
        {"name": "mill", "time": 4, "failures": [{"mttf": "100"}], "buffer": "-1"},
        {"name": "mill", "time": 1},
        {"name": "wash"},
        release={"policy": "conwip"},
    )
    found = faults_of(document)
    assert set(found) == {
        "stations-0-time-mean", "stations-0-machines", "stations-1-mttr", "stations-1-buffer", "stations-2-name",
        "stations-3-time-mean", "wip",
    }  # fmt: skip
    assert found["stations-0-machines"].startswith("saw, machines: must be a whole number from 1 to 1,000")
    assert found["stations-1-buffer"].startswith(
        "mill, places before it: must be a whole number from 0 to 1,000,000, or empty"
    )
    assert "null" not in " ".join(found.values())


def test_a_route_follows_its_stations() -> None:
    document = line(
        {"name": "a", "time": 1}, {"name": "b", "time": 1}, products=[{"name": "p", "route": ["a", "b", "a"]}]
    )
    renamed = BUILDER.typed(document, {"stations-0-name": "saw"})
    assert renamed["products"][0]["route"] == ["saw", "b", "saw"]
    gone, _at = BUILDER.edited(renamed, "remove", "stations-0")
    assert gone["products"][0]["route"] == ["b"]
    more, at = BUILDER.edited(gone, "add", "stations-0")
    assert (at, more["products"][0]["route"]) == ("stations-1", ["b", "station 2"])
    assert document["products"][0]["route"] == ["a", "b", "a"], "documents are never changed in place"


def test_a_place_that_is_not_there_changes_nothing() -> None:
    document = TEMPLATES["three"]
    nowhere = [("remove", "stations-9"), ("earlier", "stations-0"), ("to 99", "stations-1"), ("to x", "stations-1")]
    nowhere += [("remove", "products-0"), ("dance", "stations-1"), ("add", "walls-1"), ("later", "stations-²")]
    for verb, at in nowhere:
        assert BUILDER.edited(document, verb, at)[0] == document


def test_a_station_goes_where_it_is_dragged() -> None:
    moved, at = BUILDER.edited(TEMPLATES["three"], "to 0", "stations-2")
    assert [station["name"] for station in moved["stations"]] == ["pack", "cut", "drill"]
    assert at == "stations-0"


@pytest.mark.parametrize("supply", ["push", "arrivals", "conwip", "kanban"])
def test_every_supply_runs_as_it_is_chosen(supply: str) -> None:
    document = BUILDER.typed(TEMPLATES["three"], {"supply": supply})
    assert not board_of(document).faults
    assert not board_of(document).warnings
    assert BUILDER.board(document).whole.boxes[1].value == supply
    back = BUILDER.typed(document, {"supply": "push"})
    assert BUILDER.board(back).whole.boxes[1].value == "push"


def test_what_no_box_shows_is_kept_and_named() -> None:
    document = line(
        {"name": "a", "time": 1, "calendar": "day", "setup": {"time": 5, "to": {"x": 9}}},
        calendars=[{"name": "day", "cycle": "24 h", "open": ["6:00-14:00"]}], products=[{"name": "x"}, {"name": "y"}],
    )  # fmt: skip
    changed = BUILDER.typed(document, {"stations-0-setup": "7", "stations-0-machines": "2"})
    assert changed["stations"][0]["setup"] == {"to": {"x": 9}, "time": 7}
    assert changed["calendars"] == document["calendars"]
    row = BUILDER.board(changed).row("stations-0")
    assert row.besides == ("calendar", "setup, in detail")
    assert BUILDER.board(changed).whole.besides == ("calendars",)


def test_a_table_from_a_spreadsheet_becomes_stations() -> None:
    table = "Station;Time (min);CV;Machines;Places;MTTF;MTTR;Scrap\nsaw;2,5;0,2;1;;;;\nmill;4;;2;5;300;20;1,5\n"
    made = BUILDER.pasted(TEMPLATES["blank"], table)
    assert made["stations"] == [
        {"name": "saw", "time": {"kind": "gamma", "mean": 2.5, "cv": 0.2}, "machines": 1},
        {"name": "mill", "time": 4, "machines": 2, "buffer": 5, "failures": [{"mttf": 300, "mttr": 20}],
         "scrap": "1.5 %"},
    ]  # fmt: skip
    assert not board_of(made).faults
    for bad in ("", "Station\tTime", "What\tElse\n1\t2", "Station\tTime\n" + "a\t1\n" * 61, "x" * 60_000):
        with pytest.raises(InvalidInput):
            BUILDER.pasted(TEMPLATES["blank"], bad)


@pytest.mark.parametrize(
    ("stations", "more", "said"),
    [
        ([{"name": f"s{i}", "time": 1} for i in range(61)], {}, "at most 60"),
        ([{"name": "a", "time": 1, "machines": 501}], {}, "machines in all"),
        ([{"name": "a", "time": 1, "buffer": 900_000}], {}, "places in all"),
        ([{"name": "a", "time": "0.001 s"}], {"plan": {"until": "1 week"}}, "at most 2,000,000 operations"),
        ([{"name": "a", "time": 4, "failures": [{"mttf": 1e-9, "mttr": 1e-9}]}], {}, "at most 2,000,000 operations"),
    ],
)
def test_what_is_too_large_for_a_page_is_refused_in_words(stations: Any, more: Any, said: str) -> None:
    assert said in " ".join(faults_of(line(*stations, **more)).values())


def test_the_work_of_a_run_is_not_underestimated() -> None:
    from techamp.subjects.manufacturing_systems.engine.simulating import simulate

    for name in ("three", "cell", "flow-shop", "job-shop"):
        model = sound_model(TEMPLATES[name])
        assert simulate(model, 1, until=5000.0).operations <= 1.2 * operations(model, 5000.0)


@pytest.mark.parametrize(
    "text", ["", "7", "- a", "stations: 7", "stations: [3]", "{", "a: &a [*a]", "stations: {a: 1}", "x" * 200_000]
)
def test_no_text_breaks_it(text: str) -> None:
    with pytest.raises(InvalidInput):
        sound_model(BUILDER.read(text))


def test_the_picture_fits_its_width_and_names_stay_text() -> None:
    document = line(*({"name": f"<station {i}>", "time": 4} for i in range(7)))
    for width in (256, 292, 720):
        layout = layout_of(width, 7)
        assert max(layout.place(i)[0] + layout.box for i in range(7)) <= width
        drawn = BUILDER.picture(document, width, "stations-2", {})
        assert drawn.count("data-station=") == 7
        assert "<station" not in drawn
        assert drawn.count('aria-current="true"') == 1


def test_two_lines_differ_by_a_paired_interval() -> None:
    slower = BUILDER.typed(TEMPLATES["three"], {"stations-1-time-mean": "4.4"})
    found = BUILDER.compare(TEMPLATES["three"], slower, lambda done, expected: True)
    assert found is not None
    assert found.outcome.notes[0].startswith("Throughput: B is worse")
    same = BUILDER.compare(TEMPLATES["three"], TEMPLATES["three"], lambda done, expected: True)
    assert same is not None
    assert "no difference at all" in same.outcome.notes[0]


def test_the_model_plant_is_a_template_where_there_is_one() -> None:
    numbers = yaml.safe_load((ROOT / "curriculum/plant.yaml").read_text(encoding="utf-8"))
    plant = next(t for t in BUILDER.templates(numbers) if t.name == "plant")
    assert len(plant.document["stations"]) == 10
    assert not board_of(plant.document).faults
    assert BUILDER.typed(plant.document, boxes_of(plant.document)) == plant.document
    assert model_from(plant.document).products[0].name == "short"


def test_the_ladder_of_the_map_adds_up_to_the_lead_time() -> None:
    found = BUILDER.run(TEMPLATES["three"], lambda done, expected: True)
    assert found is not None
    table = next(drawing.table for drawing in found.drawings if drawing.name == "value_stream")
    assert table
    steps = sum(float(row[5]) + float(row[6]) for row in table.rows)
    assert steps == pytest.approx(found.outcome.measure("flow_time").value, rel=0.02)
    inventory = sum(float(row[4]) for row in table.rows)
    working = sum(float(row[6]) for row in table.rows) * found.outcome.measure("throughput").value / 60
    assert inventory + working == pytest.approx(found.outcome.measure("wip").value, rel=0.02)


def test_a_shop_of_many_routes_has_no_map() -> None:
    found = BUILDER.run(TEMPLATES["job-shop"], lambda done, expected: True)
    assert found is not None
    assert "value_stream" not in {drawing.name for drawing in found.drawings}


@pytest.mark.parametrize(
    "text",
    [
        "stations: [{name: a, time: 1}]\nx: &a [*a]",
        "a: &a [1,1,1,1,1,1,1,1,1,1]\n"
        + "".join(f"{y}: &{y} [{','.join(['*' + x] * 10)}]\n" for x, y in pairwise("abcdefghij"))
        + "stations: [{name: a, time: 1}]",
        "l: &l " + "x" * 9000 + "\nm: [" + ",".join(["*l"] * 900) + "]\nstations: [{name: a, time: 1}]",
    ],
)
def test_anchors_that_grow_without_end_are_refused(text: str) -> None:
    with pytest.raises(InvalidInput, match="must"):
        BUILDER.read(text)


def test_whatever_is_typed_and_pressed_the_page_still_stands() -> None:
    luck = random.Random(7)
    words = ["", "0", "-1", "1e400", "nan", "3,5", "2 h", "gamma(3, cv 2)", "conwip", "weibull", "é", "a, b", "%"]
    words += ["1e-9", "x" * 200, "empirical", "kanban", "edd", "null", "arrivals", "1 2 3", "station 1"]
    verbs = ["add", "copy", "remove", "earlier", "later", "to 0", "to 7"]
    document = TEMPLATES["flow-shop"]
    for _step in range(40):
        boxes = boxes_of(document)
        typed = {name: luck.choice(words) for name in luck.sample(sorted(boxes), 3)}
        document = BUILDER.typed(document, typed)
        places = ["whole", *(name.rsplit("-", 1)[0] for name in boxes if name.endswith("-name"))]
        document, at = BUILDER.edited(document, luck.choice(verbs), luck.choice(places))
        BUILDER.picture(document, 292, at, {})
        again = BUILDER.read(BUILDER.write(document))
        assert BUILDER.read(BUILDER.write(again)) == again
        json.dumps(again, allow_nan=False)


def test_odd_values_in_a_text_become_text_with_a_fault() -> None:
    text = (
        'name: "a\\0b"\nstations:\n- {name: a, time: .inf, machines: .nan, buffer: !!binary aGk=}\n'
        "- {name: b, time: 1e400, scrap: !!timestamp 2026-01-01, 7: !!set {x}}\n"
    )
    document = BUILDER.read(text)
    json.dumps(document, allow_nan=False).encode()
    assert {"stations-0-time-mean", "stations-0-machines", "stations-0-buffer", "stations-1-time-mean"} <= set(
        faults_of(document)
    )
