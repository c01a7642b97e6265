"""Your own line: draw it, run it at once, find its bottleneck."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from techamp.contract import Board, Builder, Document, Finding, InvalidInput, Template, Watch
from techamp.subjects.manufacturing_systems.builders.line import pasting
from techamp.subjects.manufacturing_systems.builders.line.board import board_of
from techamp.subjects.manufacturing_systems.builders.line.document import (
    PRODUCTS,
    STATIONS,
    copied,
    products_of,
    stations_of,
    storable,
    tidied,
    weighed,
)
from techamp.subjects.manufacturing_systems.builders.line.editing import MOST, edited, renamed
from techamp.subjects.manufacturing_systems.builders.line.floor import floor
from techamp.subjects.manufacturing_systems.builders.line.product_boxes import typed_product
from techamp.subjects.manufacturing_systems.builders.line.station_boxes import typed_station
from techamp.subjects.manufacturing_systems.builders.line.templates import templates
from techamp.subjects.manufacturing_systems.builders.line.whole_boxes import typed_whole
from techamp.subjects.manufacturing_systems.model.yaml_text import plain_values


class LineBuilder(Builder):
    """Stations, the places between them, routes and supply, as a form, a table, a picture and a text."""

    id = "manufacturing_systems.line"
    version = 1
    title = "Your own line"
    question = "What holds my line back?"
    summary = "Draw the stations of a line, run it at once, and see which of them is the bottleneck and why."

    def templates(self, plant: Mapping[str, Any] | None) -> tuple[Template, ...]:
        return templates(plant)

    def read(self, text: str) -> Document:
        if len(text) > self.longest:
            rule = f"must be at most {self.longest:,} letters long"
            raise InvalidInput("The text", rule, f"{len(text):,} letters", "Model a part of it.")
        document = tidied(storable(weighed(plain_values(text, "The text"), 2 * self.longest)))
        for what, rows in ((STATIONS, stations_of(document)), (PRODUCTS, products_of(document))):
            if len(rows) > MOST[what]:
                rule = f"must have at most {MOST[what]} {what} on this page"
                remedy = "Model a part of it; “techamp simulate line.yaml” on your own computer takes up to 10,000."
                raise InvalidInput("The text", rule, f"{len(rows):,}", remedy)
        return document

    def write(self, document: Document) -> str:
        import yaml

        class Dumper(yaml.SafeDumper):
            def ignore_aliases(self, data: Any) -> bool:
                return True

        order = ("version", "name", "time_unit", STATIONS, PRODUCTS)
        plain = {name: document[name] for name in order if name in document}
        plain |= {name: value for name, value in document.items() if name not in order}
        return str(
            yaml.dump(plain, Dumper=Dumper, sort_keys=False, allow_unicode=True, default_flow_style=None, width=100)
        )

    def board(self, document: Document) -> Board:
        return board_of(document)

    def typed(self, document: Document, values: Mapping[str, str]) -> Document:
        made = typed_whole(copied(document), values)
        before = [str(station.get("name", "")) for station in stations_of(document)]
        made[STATIONS] = [
            typed_station(document, f"{STATIONS}-{i}", station, values) for i, station in enumerate(stations_of(made))
        ]
        products = [
            typed_product(document, f"{PRODUCTS}-{i}", product, values) for i, product in enumerate(products_of(made))
        ]
        if products != products_of(made) or PRODUCTS in made:
            made[PRODUCTS] = products
        after = [str(station.get("name", "")) for station in made[STATIONS]]
        new = {old: name for old, name in zip(before, after, strict=True) if old != name and before.count(old) == 1}
        return renamed(made, new) if new else made

    def edited(self, document: Document, verb: str, at: str) -> tuple[Document, str]:
        return edited(document, verb, at)

    def pasted(self, document: Document, text: str) -> Document:
        return pasting.pasted(document, text)

    def picture(self, document: Document, width: int, at: str, marks: Mapping[str, Any]) -> str:
        board = board_of(document)
        bad = frozenset(row.place for listing in board.listings for row in listing.rows if row.is_bad)
        return floor(document, width, at, marks, bad)

    def run(self, document: Document, watch: Watch) -> Finding | None:
        from techamp.subjects.manufacturing_systems.builders.line import running  # brings numpy

        return running.run(document, watch)

    def compare(self, first: Document, second: Document, watch: Watch) -> Finding | None:
        from techamp.subjects.manufacturing_systems.builders.line import running

        return running.compare(first, second, watch)
