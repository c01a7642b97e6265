"""A query that is kept ready gives what its query set gives."""

from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.db.models.fields.json import KT
from django.test.utils import CaptureQueriesContext

from techamp.campus.learning.models import Attempt
from techamp.campus.partners.models import Role
from techamp.campus.people.models import Person
from techamp.campus.practice.sets import newest_in_turn
from techamp.campus.prepared import Prepared

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana():
    return Person.objects.create_user("ana@plant.example", name="Ana")


@pytest.fixture
def ben():
    return Person.objects.create_user("ben@plant.example", name="Ben")


def test_gives_each_person_her_own_row(ana, ben):
    by_pk = Prepared(lambda pk: Person.objects.filter(pk=pk), int)
    assert by_pk(ana.pk) == [ana]
    assert by_pk(ben.pk) == [ben]
    assert by_pk.first(0) is None


def test_fetches_related_rows_in_the_same_query(ana):
    by_pk = Prepared(lambda pk: Person.objects.filter(pk=pk).select_related("key"), int)
    with CaptureQueriesContext(connection) as queries:
        assert by_pk(ana.pk)[0].key.person_id == ana.pk
    assert len(queries) == 1


def test_takes_keys_and_words_together(ana, ben):
    for key, place in ((ana.key, "a/b/c"), (ana.key, "a/b/d"), (ben.key, "a/b/c")):
        Attempt.objects.create(key=key, kind="practice", place=place, realized={"stage": "alone"})
    at = Prepared(lambda key, place: Attempt.objects.filter(key=key, place=place), UUID, str)
    assert at(ana.key.pk, "a/b/c") == list(Attempt.objects.filter(key=ana.key, place="a/b/c"))
    assert at(uuid4(), "a/b/c") == []


def test_gives_values_and_parts_of_json(ana):
    Attempt.objects.create(key=ana.key, kind="practice", place="a/b/c", realized={"stage": "alone"})
    make = lambda key: Attempt.objects.filter(key=key).values_list("place", KT("realized__stage"))  # noqa: E731
    assert Prepared(make, UUID)(ana.key.pk) == list(make(ana.key.pk)) == [("a/b/c", "alone")]


def test_sees_what_was_written_a_moment_ago(ana):
    place = "process_control/01-variation/middle-and-spread"
    assert newest_in_turn(ana.key, place) is None
    for item in ("first", "second"):
        Attempt.objects.create(key=ana.key, kind="practice", place=place, item=item)
        assert newest_in_turn(ana.key, place).item == item


def test_refuses_a_wrong_number_of_values(ana):
    with pytest.raises(TypeError, match="takes 1 values, but got 2"):
        Prepared(lambda pk: Person.objects.filter(pk=pk), int)(ana.pk, 2)


def test_refuses_a_query_that_does_not_use_a_value():
    with pytest.raises(ValueError, match="Value 2 does not come up"):
        Prepared(lambda person, kind: Role.objects.filter(person=person), int, str)(1, "mentor")


def test_a_session_that_ran_out_is_none(client, ana):
    client.force_login(ana)
    assert client.get("/week/").status_code != 302 or "/account/login" not in client.get("/week/").headers["Location"]
    client.session.set_expiry(-5)
    session = client.session
    session.set_expiry(-5)
    session.save()
    assert "/account/login" in client.get("/week/").headers["Location"]
