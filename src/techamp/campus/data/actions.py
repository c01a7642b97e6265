"""The verbs of data: add, read otherwise, share, delete, keep an analysis."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from techamp.campus.data import files, tables
from techamp.campus.data.models import Dataset, DatasetShare, StudyRun
from techamp.campus.learning.models import Attempt
from techamp.campus.people.models import LedgerKey, Person
from techamp.campus.program.curriculum import curriculum
from techamp.contract import Inputs, InvalidInput, Outcome, Study
from techamp.contract.reading import Content, Reading, ReadingRules, guess_rules, read_table, row_count, write_table

MOST_DATASETS = 200
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def tidy_name(name: str) -> str:
    """A file's name without folders, control characters and signs that turn the writing direction."""
    return _UNPRINTABLE.sub("", name.replace("\\", "/").rsplit("/", 1)[-1]).strip()[:120] or _("My data")


def add_dataset(owner: Person, name: str, content: Content, source: str, rules: ReadingRules | None = None) -> Dataset:
    """A new private dataset, read by these rules or by guessed ones; InvalidInput if there is no table in it."""
    if Dataset.objects.filter(owner=owner).count() >= MOST_DATASETS:
        remedy = _("Delete some that you do not need any more.")
        raise InvalidInput(_("Data"), _("must be at most %d datasets") % MOST_DATASETS, MOST_DATASETS + 1, remedy)
    rules = rules or guess_rules(content)
    reading = read_table(content, rules, most=tables.SAMPLE)
    with transaction.atomic():
        dataset = Dataset(owner=owner, name=tidy_name(name), source=source)
        _point_to(dataset, content, reading)
        dataset.save()
    return dataset


def add_example(owner: Person, name: str, content: Content) -> Dataset:
    """An example file as a dataset; the one she has already, if she has it."""
    known = Dataset.objects.filter(owner=owner, source=Dataset.Source.EXAMPLE, name=name).first()
    return known or add_dataset(owner, name, content, Dataset.Source.EXAMPLE)


def _point_to(dataset: Dataset, content: Content, reading: Reading) -> None:
    dataset.sha256, dataset.size = files.keep(content), len(content)
    _describe(dataset, content, reading)


def _describe(dataset: Dataset, content: Content, reading: Reading) -> None:
    dataset.rules = reading.rules.model_dump(mode="json")
    dataset.rows = row_count(content) if reading.rules.format == "parquet" else len(reading.table)
    dataset.columns = [{"name": c.name, "unit": c.unit, "number": c.is_number} for c in reading.table.columns]
    tables.remember(dataset.sha256, reading)


@transaction.atomic
def dataset_from_rows(
    key: LedgerKey,
    name: str,
    columns: Sequence[tuple[str, str]],
    rows: Sequence[Sequence[float | str | None]],
    source: str = "lab",
    *,
    replaces: str | UUID | None = None,
    attempt: Attempt | None = None,
) -> Dataset:
    """What was measured or typed, as a dataset of its own: (name, unit) of each column, and rows; None is a blank.

    ``replaces`` is the uid of an earlier one of hers that gets these rows instead and keeps its address and sharing.
    """
    if key.person is None:
        raise ValueError("A forgotten person cannot get data.")
    content, rules = write_table(columns, rows)
    known = Dataset.objects.filter(owner=key.person, uid=replaces).first() if replaces else None
    if known is None:
        dataset = add_dataset(key.person, name, content, source, rules)
        if attempt is not None:
            dataset.attempt = attempt
            dataset.save(update_fields=["attempt"])
        return dataset
    before = known.sha256
    _point_to(known, content, read_table(content, rules))
    known.save(update_fields=["sha256", "size", "rules", "rows", "columns"])
    if before != known.sha256:
        files.doom(before)
    return known


def change_rules(dataset: Dataset, rules: ReadingRules) -> Reading:
    """Read the same bytes by other rules; InvalidInput, and nothing changed, if that gives no table."""
    content = files.read(dataset.sha256)
    reading = read_table(content, rules, most=tables.SAMPLE)
    _describe(dataset, content, reading)
    dataset.save(update_fields=["rules", "rows", "columns"])
    return reading


def share_with_instructor(dataset: Dataset, shared: bool) -> None:
    """Let the instructors of her institution see it, or take that back."""
    dataset.shared_with_instructor = shared
    dataset.save(update_fields=["shared_with_instructor"])


def share(dataset: Dataset, person: Person) -> None:
    """The owner lets one person see it: the mentor of her project."""
    DatasetShare.objects.get_or_create(dataset=dataset, person=person)


def unshare(dataset: Dataset, person: Person) -> None:
    """Take it back."""
    DatasetShare.objects.filter(dataset=dataset, person=person).delete()


def delete_dataset(dataset: Dataset) -> None:
    """Row, kept analyses, shares, and the bytes, if nobody else brought the same ones."""
    with transaction.atomic():
        dataset.delete()


def keep_run(
    dataset: Dataset, study: Study[Any], roles: Mapping[str, str], settings: Inputs, outcome: Outcome, title: str
) -> StudyRun:
    """Keep an analysis: what makes it again, and what it said."""
    said = {"notes": list(outcome.notes[:6]), "measures": [m.model_dump(mode="json") for m in outcome.measures]}
    title = _UNPRINTABLE.sub("", title).strip()[:120] or f"{study.title}: {dataset.name}"[:120]
    return StudyRun.objects.create(
        dataset=dataset, study=study.id, version=study.version, title=title, roles=dict(roles),
        settings=settings.model_dump(mode="json"), summary=said,
    )  # fmt: skip


def record_step(
    key: LedgerKey, place: str, dataset: Dataset, study: Study[Any], settings: Inputs, outcome: Outcome
) -> Attempt | None:
    """That she came from an activity and ran this study on her own data: once a dataset, and no reading in it."""
    if place not in curriculum().activities:
        return None
    state = {
        "dataset": str(dataset.uid),
        "settings": settings.model_dump(mode="json"),
        "note": outcome.notes[0] if outcome.notes else "",
    }
    known = Attempt.objects.filter(key=key, kind="study", place=place, item=study.id, state__dataset=str(dataset.uid))
    attempt = known.first() or Attempt(key=key, kind="study", place=place, item=study.id)
    if attempt.state != state:
        attempt.state, attempt.result, attempt.finished = state, "done", timezone.now()
        attempt.content, attempt.engine = curriculum().hash, f"{study.id} {study.version}"[:40]
        attempt.save()
    return attempt
