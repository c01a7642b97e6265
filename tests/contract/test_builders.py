"""What every builder promises: templates that run, a finding that can be stored, a model page, pure functions."""

from __future__ import annotations

import json

import pytest

from techamp.contract import Document, Finding, registry

IDS = registry.builder_ids()
TEMPLATES = [(id, template) for id in IDS for template in registry.builder(id).templates(None)]
NAMES = [f"{id} {template.name}" for id, template in TEMPLATES]


@pytest.mark.parametrize("id", IDS)
def test_its_model_page_is_there(id: str) -> None:
    model = (registry.builder(id).folder() / "model.md").read_text(encoding="utf-8")
    sections = [line.removeprefix("## ") for line in model.splitlines() if line.startswith("## ")]
    assert sections == [
        "What it shows",
        "Assumptions",
        "What is left out",
        "Numbers and their sources",
        "Checked against",
        "References",
    ]


@pytest.mark.parametrize(("id", "template"), TEMPLATES, ids=NAMES)
def test_a_template_is_sound_and_a_finding_survives_being_stored(id: str, template: object) -> None:
    builder = registry.builder(id)
    document: Document = template.document  # type: ignore[attr-defined]
    before = json.dumps(document)
    board = builder.board(document)
    assert not board.faults
    found = builder.run(document, lambda done, expected: True)
    assert found is not None
    assert Finding.model_validate_json(found.model_dump_json()) == found
    assert found.outcome.notes
    names = [box.name for box in board.whole.boxes]
    names += [box.name for listing in board.listings for row in listing.rows for box in row.boxes]
    assert len(names) == len(set(names))
    for listing in board.listings:
        for row in listing.rows:
            for verb in ("add", "copy", "remove", "earlier", "later", "to 0"):
                changed, at = builder.edited(document, verb, row.place)
                assert builder.board(changed).row(at).place == at
    assert json.dumps(document) == before, "documents are never changed in place"


@pytest.mark.parametrize("id", IDS)
def test_the_picture_links_to_every_row_of_the_first_list(id: str) -> None:
    builder = registry.builder(id)
    for template in builder.templates(None):
        drawn = builder.picture(template.document, 292, "", {})
        for row in builder.board(template.document).listings[0].rows:
            assert f'href="?at={row.place}#panel"' in drawn
