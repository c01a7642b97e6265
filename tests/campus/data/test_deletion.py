"""Deleting deletes: row, kept analyses, and the bytes on the disk."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from django.test import Client
from tests.campus.data.conftest import SHAFTS, enrolled, on_disk

from techamp.campus.data import actions
from techamp.campus.data import files as store
from techamp.campus.data.models import Dataset, Doomed
from techamp.campus.partners.models import Organization
from techamp.campus.people.models import Person
from techamp.contract import InvalidInput

Commits = Callable[..., AbstractContextManager[object]]


def test_deleting_a_dataset_removes_its_bytes(
    browser: Client, shafts: Dataset, files: Path, django_capture_on_commit_callbacks: Commits
) -> None:
    assert [path.read_bytes() for path in on_disk(files)] == [SHAFTS.encode()]
    asked = browser.get(f"/data/{shafts.uid}/delete/")
    assert "Delete shafts.csv?" in asked.content.decode()
    assert Dataset.objects.count() == 1
    with django_capture_on_commit_callbacks(execute=True):
        response = browser.post(f"/data/{shafts.uid}/delete/")
    assert response["Location"] == "/data/"
    assert Dataset.objects.count() == 0
    assert on_disk(files) == []
    assert Doomed.objects.count() == 0


def test_bytes_stay_while_another_dataset_points_to_them(
    shafts: Dataset, files: Path, college: Organization, django_capture_on_commit_callbacks: Commits
) -> None:
    other = actions.add_dataset(enrolled("Ben", college), "same.csv", SHAFTS.encode(), "upload")
    assert len(on_disk(files)) == 1
    with django_capture_on_commit_callbacks(execute=True):
        actions.delete_dataset(shafts)
    assert store.read(other.sha256) == SHAFTS.encode()
    with django_capture_on_commit_callbacks(execute=True):
        actions.delete_dataset(other)
    assert on_disk(files) == []


def test_deleting_the_person_removes_her_bytes(
    shafts: Dataset, ana: Person, files: Path, django_capture_on_commit_callbacks: Commits
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        ana.delete()
    assert Dataset.objects.count() == 0
    assert on_disk(files) == []


def test_what_a_crash_left_behind_goes_with_the_next_deletion(
    shafts: Dataset, ana: Person, files: Path, django_capture_on_commit_callbacks: Commits
) -> None:
    with django_capture_on_commit_callbacks(execute=False):
        actions.delete_dataset(shafts)
    assert len(on_disk(files)) == 1
    second = actions.add_dataset(ana, "b.csv", b"1\n2\n3\n", "paste")
    with django_capture_on_commit_callbacks(execute=True):
        actions.delete_dataset(second)
    assert on_disk(files) == []


def test_what_is_refused_leaves_no_bytes(ana: Person, files: Path) -> None:
    with pytest.raises(InvalidInput):
        actions.add_dataset(ana, "x.csv", b"PK\x03\x04", "upload")
    assert on_disk(files) == []
    assert Dataset.objects.count() == 0


def test_measured_rows_become_a_dataset_and_are_replaced_in_place(
    ana: Person, files: Path, django_capture_on_commit_callbacks: Commits
) -> None:
    first = actions.dataset_from_rows(ana.key, "Shafts", [("Diameter", "mm")], [[7.994], [None], [7.996]])
    actions.share_with_instructor(first, True)
    assert (first.source, first.rows, first.columns) == ("lab", 3, [{"name": "Diameter", "unit": "mm", "number": True}])
    with django_capture_on_commit_callbacks(execute=True):
        again = actions.dataset_from_rows(
            ana.key, "Shafts", [("Diameter", "mm")], [[7.994], [7.995]], replaces=str(first.uid)
        )
    assert again.uid == first.uid
    assert (Dataset.objects.get().rows, Dataset.objects.get().shared_with_instructor) == (2, True)
    assert len(on_disk(files)) == 1


def test_rows_never_replace_somebody_elses_dataset(shafts: Dataset, college: Organization) -> None:
    ben = enrolled("Ben", college)
    made = actions.dataset_from_rows(ben.key, "Mine", [("v", "")], [[1.0], [2.0]], replaces=shafts.uid)
    assert made.uid != shafts.uid
    shafts.refresh_from_db()
    assert shafts.rows == 30


def test_there_is_a_most_of_datasets(ana: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "MOST_DATASETS", 1)
    actions.add_dataset(ana, "a.csv", b"1\n2\n", "paste")
    with pytest.raises(InvalidInput) as caught:
        actions.add_dataset(ana, "b.csv", b"1\n3\n", "paste")
    assert str(caught.value) == (
        "Data: must be at most 1 datasets, but got 2. Delete some that you do not need any more."
    )
