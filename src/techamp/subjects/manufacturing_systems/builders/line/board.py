"""The document as a form: boxes with their faults, and what a run would show but nobody wants."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from techamp.contract import Board, Box, Document, Fault, InvalidInput, Listing, Row
from techamp.contract.builder import WHOLE
from techamp.subjects.manufacturing_systems.builders.line import product_boxes, station_boxes, whole_boxes
from techamp.subjects.manufacturing_systems.builders.line.density import density_drawing, density_words
from techamp.subjects.manufacturing_systems.builders.line.document import (
    PRODUCTS,
    STATIONS,
    products_of,
    stations_of,
    unit_of,
)
from techamp.subjects.manufacturing_systems.builders.line.editing import MOST
from techamp.subjects.manufacturing_systems.builders.line.fault_places import box_of, plain_fault
from techamp.subjects.manufacturing_systems.builders.line.limits import limit_faults, work_faults
from techamp.subjects.manufacturing_systems.builders.line.times import parsed
from techamp.subjects.manufacturing_systems.model.checking import model_warnings
from techamp.subjects.manufacturing_systems.model.factory_model import Model
from techamp.subjects.manufacturing_systems.model.reading import model_from

MOST_FAULTS = 40


def sound_model(document: Document) -> Model:
    """The model that a document is. Raises InvalidInput with everything that is wrong with it, or too large here."""
    many = _too_many(document)
    if many:
        raise InvalidInput.many(many)
    model = model_from(document)
    faults = list(limit_faults(model)) or list(work_faults(model))
    if faults:
        raise InvalidInput.many(faults)
    return model


def _too_many(document: Document) -> list[Fault]:
    """Lists so long that reading them would already be work."""
    rows = ((STATIONS, stations_of(document)), (PRODUCTS, products_of(document)))
    remedy = "Model a part of it."
    return [
        Fault(what, f"must be at most {MOST[what]} on this page", f"{len(found):,}", remedy)
        for what, found in rows
        if len(found) > MOST[what]
    ]


def board_of(document: Document) -> Board:
    """The form of a document."""
    faults: tuple[Fault, ...] = ()
    warnings: tuple[str, ...] = ()
    try:
        warnings = tuple(model_warnings(sound_model(document)))
    except InvalidInput as error:
        faults = error.faults
    listings = (_stations(document), _products(document))
    whole = Row(
        WHOLE,
        str(document.get("name", "line")),
        "",
        tuple(whole_boxes.whole_boxes(document)),
        whole_boxes.besides(document),
    )
    return _with_faults(document, Board(whole.title, whole, listings, (), warnings), faults)


def _stations(document: Document) -> Listing:
    def row(place: str, station: dict[str, Any]) -> Row:
        time = parsed(station.get("time"), unit_of(document))
        return Row(
            place,
            str(station.get("name") or "no name"),
            station_boxes.station_words(document, station),
            tuple(station_boxes.station_boxes(document, place, station)),
            station_boxes.besides(station),
            density_drawing(time, unit_of(document)) if time else "",
            density_words(time, unit_of(document)) if time else "",
        )

    return Listing(STATIONS, "Stations", "station", _rows(STATIONS, stations_of(document), row), MOST[STATIONS])


def _products(document: Document) -> Listing:
    def row(place: str, product: dict[str, Any]) -> Row:
        boxes = tuple(product_boxes.product_boxes(document, place, product))
        words = product_boxes.product_words(document, product)
        return Row(place, str(product.get("name") or "no name"), words, boxes, product_boxes.besides(product))

    return Listing(PRODUCTS, "Products", "product", _rows(PRODUCTS, products_of(document), row), MOST[PRODUCTS])


def _rows(what: str, found: Sequence[dict[str, Any]], row: Callable[[str, dict[str, Any]], Row]) -> tuple[Row, ...]:
    return tuple(row(f"{what}-{i}", one) for i, one in enumerate(found[: MOST[what]]))


def _with_faults(document: Document, board: Board, faults: Sequence[Fault]) -> Board:
    """The board with each fault at its box and in its list; no sentence twice."""
    boxes: dict[str, tuple[str, Box]] = {box.name: ("", box) for box in board.whole.boxes}
    for listing in board.listings:
        boxes |= {box.name: (row.title, box) for row in listing.rows for box in row.boxes}
    placed: dict[Fault, str] = {}
    for fault in faults[:MOST_FAULTS]:
        name = box_of(document, fault)
        placed.setdefault(plain_fault(fault, boxes, name), name if name in boxes else "")
    for fault, name in list(placed.items()):  # a spread that comes of a bad mean is no fault of its own
        if name.endswith("-time-cv") and "above 0" in fault.rule and f"{name[:-2]}mean" in placed.values():
            del placed[fault]
    said: dict[str, list[str]] = {}
    for fault, name in placed.items():
        said.setdefault(name, []).append(_without_field(fault))
    return replace(
        board,
        whole=_marked(board.whole, said),
        listings=tuple(replace(one, rows=tuple(_marked(r, said) for r in one.rows)) for one in board.listings),
        faults=tuple(placed.items()),
    )


def _without_field(fault: Fault) -> str:
    """What is wrong, where the box itself says with what."""
    sentence = str(fault).removeprefix(f"{fault.field}: ")
    return sentence[:1].upper() + sentence[1:]


def _marked(row: Row, said: Mapping[str, Sequence[str]]) -> Row:
    if not any(box.name in said for box in row.boxes):
        return row
    boxes = (replace(b, faults=tuple(said[b.name]), idle=False) if b.name in said else b for b in row.boxes)
    return replace(row, boxes=tuple(boxes))
