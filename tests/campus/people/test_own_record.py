"""Everything about me, and delete me: found by walking the relations, so that a new table cannot be forgotten."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.serializers import serialize
from django.db import transaction
from django.test import Client
from django.utils import timezone
from tests.campus.world import World, make_world

from techamp.campus.data import files
from techamp.campus.data.actions import share
from techamp.campus.data.models import Dataset, FilledPlan
from techamp.campus.games.actions import begin_alone, go_on
from techamp.campus.learning import ledger
from techamp.campus.learning.models import Attempt, Evidence, PlantValue
from techamp.campus.partners.invitations import invite, use
from techamp.campus.partners.models import Extension, Invitation
from techamp.campus.people.export import SECRET, export
from techamp.campus.people.forget import forget
from techamp.campus.people.links import DECIDED, MINE, THEIRS, links, rows_of
from techamp.campus.people.models import AccessRecord, LedgerKey, OutboxMail, Person
from techamp.campus.program.curriculum import curriculum
from techamp.campus.workshop.models import Going
from techamp.contract import registry

WORDS = "the chuck slips when it is cold"


@pytest.fixture
def world(db: None) -> World:
    """Ana with a row in every table that can hold one of hers."""
    world = make_world()
    owner, instructor = world.people["owner"], world.people["instructor"]
    key = LedgerKey.objects.get(person=owner)
    Attempt.objects.create(key=key, kind="explanation", place="x", realized={"q": WORDS}, state={"text": WORDS})
    ledger.append(key, "lab", list(curriculum().skills)[:1], place="x", by=instructor, reason=f"Ana says {WORDS}")
    Extension.objects.create(enrollment=owner.enrollments.get(), place="x", reason=WORDS)
    use(invite(world.places["firm"], by=None, role="mentor").code, owner)
    share(world.things["dataset"], world.people["mentor"])
    FilledPlan.objects.create(dataset=world.things["dataset"], planner="subject.plan", asked={"seed": "1"}, left=3)
    PlantValue.objects.create(key=key, path="lathe.mttr", value=3)
    Going.objects.create(draft=world.things["draft"], revision=0, beat=timezone.now())
    game = begin_alone(owner, registry.game_ids()[0], {}, seed=1)
    go_on(game, owner, 36, key=uuid4(), at=timezone.now())
    AccessRecord.objects.create(viewer=instructor, key=key, page="p", path=f"/teaching/learner/{owner.uid}/")
    EmailAddress.objects.create(user=owner, email=owner.email, verified=True, primary=True)
    Authenticator.objects.create(user=owner, type="totp", data={"secret": "JBSWY3DPEHPK3PXP"})
    OutboxMail.objects.create(to=owner.email, subject="Hello", body=WORDS)
    Invitation.objects.filter(cohort=world.things["cohort"]).update(email="")
    Invitation.objects.create(
        organization=world.places["near"], email=owner.email, uses_left=0, expires=timezone.now(), role="instructor"
    )
    return world


def _opened(person: Person) -> tuple[dict[str, Any], dict[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(export(person, timezone.now()).read())) as archive:
        content = {name: archive.read(name) for name in archive.namelist()}
    return json.loads(content["me.json"]), content


def test_the_file_holds_her_records_and_her_data_as_she_brought_them(world: World) -> None:
    owner = world.people["owner"]
    record, content = _opened(owner)
    assert record["person"] == {"name": owner.name, "email": owner.email}
    tables = record["records"]
    assert WORDS in json.dumps(tables["learning.Attempt"])
    assert tables["capstone.Project"][0]["title"] == "Scrap"
    assert tables["people.AccessRecord"][0]["viewer"]["name"] == "Instructor"
    dataset = Dataset.objects.get(owner=owner)
    assert content[f"files/data.Dataset-{dataset.pk}-shafts.csv"] == files.read(dataset.sha256)
    assert b"me.json holds every record" in content["READ ME.txt"]


def test_every_relation_is_decided() -> None:
    """Fails when a new table points to a person, a ledger key, or a row of hers: say in links.py whose row it is."""
    found = {link.label for link in links()}
    assert found == DECIDED, f"undecided: {sorted(found - DECIDED)}; gone: {sorted(DECIDED - found)}"
    assert not MINE & THEIRS


def test_every_table_of_hers_has_rows_in_the_file(world: World) -> None:
    hers = {link.model._meta.label for link in links() if link.label in MINE}
    nothing_to_make = {
        "account.EmailConfirmation",  # links are signed, not stored
        "people.Person_groups",  # roles stand in organizations; nobody uses Django's groups
        "people.Person_user_permissions",
    }
    record, _content = _opened(world.people["owner"])
    missing = hers - set(record["records"]) - nothing_to_make
    assert not missing, f"give Ana a row of each in this file's world: {missing}"


def test_the_file_holds_nothing_that_opens_an_account(world: World) -> None:
    _record, content = _opened(world.people["owner"])
    whole = b"".join(content.values())
    assert b"JBSWY3DPEHPK3PXP" not in whole
    assert world.people["owner"].password.encode() not in whole
    assert all(label.count(".") == 2 for label in SECRET)


def test_the_file_holds_nobody_else(world: World) -> None:
    _record, content = _opened(world.people["owner"])
    for other in ("peer", "stranger", "other mentor", "far instructor"):
        assert world.people[other].email.encode() not in content["me.json"]


def test_an_instructor_gets_her_own_rows_and_not_those_of_who_she_teaches(world: World) -> None:
    record, _content = _opened(world.people["instructor"])
    assert set(record["records"]) == {"people.Person", "people.LedgerKey", "partners.Role"}


def _all_text() -> str:
    """Every row of every table, as text."""
    return "\n".join(serialize("json", model._default_manager.all()) for model in apps.get_models())


def test_after_deletion_nothing_tells_who_she_was(world: World, django_capture_on_commit_callbacks: Any) -> None:
    owner = world.people["owner"]
    key = LedgerKey.objects.get(person=owner)
    stored = files.path_of(Dataset.objects.get(owner=owner).sha256)
    assert stored.exists()
    traces = (owner.email, str(owner.uid), WORDS, "Scrap", "shafts.csv")
    before = _all_text()
    assert all(trace in before for trace in traces)
    with django_capture_on_commit_callbacks(execute=True):
        forget(owner)
    after = _all_text()
    assert [trace for trace in traces if trace in after] == []
    assert not stored.exists(), "the bytes go too"
    key.refresh_from_db()
    assert key.person is None


def test_evidence_stays_for_the_sums(world: World) -> None:
    owner = world.people["owner"]
    key = LedgerKey.objects.get(person=owner)
    before = list(Evidence.objects.filter(key=key).values_list("skill", "level", "kind", "at"))
    tried = Attempt.objects.filter(key=key).count()
    assert before
    assert tried
    forget(owner)
    assert list(Evidence.objects.filter(key=key).values_list("skill", "level", "kind", "at")) == before
    assert Attempt.objects.filter(key=key, state={}, realized={}).count() == tried


def test_other_people_keep_what_is_theirs(world: World) -> None:
    forget(world.people["instructor"])
    assert Evidence.objects.get(kind="lab").by is None
    forget(world.people["mentor"])
    assert world.things["project"].__class__.objects.get(pk=world.things["project"].pk).mentor is None
    assert Person.objects.filter(pk=world.people["owner"].pk).exists()


def test_rows_of_a_table_that_nobody_thought_of_go_with_the_key(world: World) -> None:
    owner = world.people["owner"]
    forget(owner)
    assert not PlantValue.objects.exists()
    assert not AccessRecord.objects.filter(page="p").exists()


@pytest.fixture
def hers(world: World) -> Iterator[Client]:
    client = Client()
    Authenticator.objects.all().delete()
    client.post("/account/login/", {"login": "owner@example.org", "password": "a long password"})
    return client


def _show_who(client: Client) -> None:
    client.post("/account/reauthenticate/", {"password": "a long password"})


def test_the_page_downloads_the_file_after_asking_who_it_is(hers: Client) -> None:
    assert 'href="?ready=1"' in hers.get("/me/everything/").content.decode()
    assert hers.get("/me/everything/", {"ready": "1"})["Location"].startswith("/account/reauthenticate/")
    assert hers.get("/me/techamp.zip")["Location"] == "/me/everything/?ready=1"
    _show_who(hers)
    response = hers.get("/me/techamp.zip")
    assert response["Content-Disposition"].startswith('attachment; filename="techamp-')
    assert "no-store" in response["Cache-Control"]
    with zipfile.ZipFile(io.BytesIO(response.getvalue())) as archive:
        assert "me.json" in archive.namelist()


def test_who_showed_that_it_is_her_lands_on_a_page_that_begins_the_download_and_leads_on(hers: Client) -> None:
    asked = hers.get("/me/everything/", {"ready": "1"})["Location"]
    page = hers.post(asked, {"password": "a long password"}, follow=True).content.decode()
    assert 'http-equiv="refresh" content="0; url=/me/techamp.zip"' in page
    assert "your download has begun" in page
    assert 'href="/me/"' in page


def test_the_page_deletes_after_asking_who_it_is_and_whether_she_is_sure(hers: Client, world: World) -> None:
    there = Person.objects.filter(pk=world.people["owner"].pk)
    assert hers.post("/me/delete/", {"sure": "on"})["Location"].startswith("/account/reauthenticate/")
    assert there.exists()
    _show_who(hers)
    page = " ".join(hers.post("/me/delete/").content.decode().split())
    assert page.count("Tick the box if you are sure. Nothing was deleted.") == 2
    assert there.exists()
    elsewhere = Client()
    elsewhere.force_login(there.get())
    assert hers.post("/me/delete/", {"sure": "on"})["Location"] == "/"
    assert not there.exists()
    assert hers.get("/me/").status_code == 302
    assert not any("owner@example.org" in str(s.get_decoded()) for s in Session.objects.all())
    assert elsewhere.get("/me/").status_code == 302


def test_a_deletion_that_breaks_off_deletes_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    owner = world.people["owner"]
    before = {model: len(found) for model, found in rows_of(owner).items()}

    def breaks(*_arguments: object) -> None:
        raise OSError("the power went")

    monkeypatch.setattr("techamp.campus.people.forget._end_sessions", breaks)
    with pytest.raises(OSError, match="power"), transaction.atomic():
        forget(owner)
    assert {model: len(found) for model, found in rows_of(Person.objects.get(pk=owner.pk)).items()} == before
