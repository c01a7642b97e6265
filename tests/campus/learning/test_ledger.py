"""The ledger only grows: each thing counts once, a correction is a new line, and levels follow from valid lines."""

from __future__ import annotations

import pytest
from django.db.transaction import TransactionManagementError, atomic
from django.urls import reverse
from tests.campus.school import activity, browser, key_of, learner, place, staff, text

from techamp.campus.learning import ledger
from techamp.campus.learning.lecture import record
from techamp.campus.learning.lecture.parsing import lecture_of
from techamp.campus.learning.models import AppendOnly, Attempt, Evidence
from techamp.campus.learning.progress import progress_of
from techamp.campus.people.models import LedgerKey, Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("school")]

LECTURE, PLAY = "shop/01-funnel/lecture", "shop/01-funnel/adjust"


@pytest.fixture
def key() -> LedgerKey:
    return key_of(learner())


@pytest.fixture
def ingrid(key: LedgerKey) -> Person:
    return staff("Ingrid", "instructor")


def levels(key: LedgerKey) -> dict[str, str]:
    return progress_of(key).levels


def test_evidence_lifts_each_skill_to_the_level_of_its_kind(key: LedgerKey) -> None:
    made = ledger.append(key, "lecture", ["shop.adjust", "shop.aim"], place=LECTURE)
    assert [(e.skill, e.level) for e in made] == [("shop.adjust", "met"), ("shop.aim", "met")]
    ledger.append(key, "challenge", ["shop.adjust"], place=PLAY, item="challenge-still")
    ledger.append(key, "simulation", ["shop.adjust"], place=PLAY)
    assert levels(key) == {"shop.adjust": "mastered", "shop.aim": "met"}, "the highest stands"


def test_the_same_counts_once_and_again_only_where_it_is_asked_for(key: LedgerKey) -> None:
    assert len(ledger.append(key, "lecture", ["shop.aim"], place=LECTURE)) == 1
    assert ledger.append(key, "lecture", ["shop.aim"], place=LECTURE) == []
    assert len(ledger.append(key, "lecture", ["shop.aim"], place="shop/01-funnel/other")) == 1
    assert len(ledger.append(key, "lecture", ["shop.aim"], place=LECTURE, again=True)) == 1
    assert Evidence.objects.count() == 3


def test_writing_for_a_key_waits_until_nobody_else_does(key: LedgerKey, monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []
    exists = AppendOnly.exists
    monkeypatch.setattr(ledger, "lock", lambda key: order.append("lock"))
    monkeypatch.setattr(AppendOnly, "exists", lambda self: order.append("look") or exists(self))
    ledger.append(key, "lecture", ["shop.aim"], place=LECTURE)
    assert order == ["lock", "look"], "what is there is looked up under the lock"


@pytest.mark.django_db(transaction=True)
def test_the_lock_holds_in_a_transaction_only(key: LedgerKey) -> None:
    with atomic():
        ledger.lock(key)
    with pytest.raises(TransactionManagementError):
        ledger.lock(key)


def test_lines_cannot_be_changed_or_deleted_one_by_one_or_all_at_once(key: LedgerKey) -> None:
    (line,) = ledger.append(key, "lecture", ["shop.aim"], place=LECTURE)
    line.level = "used"
    for forbidden in (
        line.save,
        line.delete,
        lambda: Evidence.objects.update(level="used"),
        lambda: Evidence.objects.filter(pk=line.pk).delete(),
        lambda: Evidence.objects.all().delete(),
        lambda: key.evidence.update(level="used"),  # type: ignore[attr-defined]
        lambda: Evidence.objects.bulk_update([line], ["level"]),
    ):
        with pytest.raises(TypeError, match="Evidence is append-only"), atomic():
            forbidden()
    assert Evidence.objects.get().level == "met"


def test_who_signed_may_be_forgotten_and_the_line_stays(key: LedgerKey, ingrid: Person) -> None:
    ledger.override(key, "shop.aim", "shown", by=ingrid, organization=place("institution", "north"), reason="Saw it.")
    ingrid.delete()
    assert Evidence.objects.get().by is None
    assert levels(key) == {"shop.aim": "shown"}


def test_a_correction_lowers_and_a_withdrawal_takes_back(key: LedgerKey, ingrid: Person) -> None:
    ledger.append(key, "lecture", ["shop.aim"], place=LECTURE)
    (line,) = ledger.append(key, "challenge", ["shop.aim"], place=PLAY, item="challenge-still")
    lower = ledger.correct(line, by=ingrid, level="practiced", reason="It was a shared run.")
    assert levels(key) == {"shop.aim": "practiced"}
    ledger.correct(lower, by=ingrid, level="", reason="It was somebody else's.")
    assert levels(key) == {"shop.aim": "met"}
    assert Evidence.objects.count() == 4
    body = text(browser(key.person).get(reverse("learning:record")))
    assert body.count("corrected later") == 2
    assert "“It was a shared run.”" in body


def test_a_line_is_corrected_once(key: LedgerKey, ingrid: Person) -> None:
    (line,) = ledger.append(key, "lecture", ["shop.aim"], place=LECTURE)
    ledger.correct(line, by=ingrid, level="", reason="Not read.")
    with pytest.raises(ValueError, match="corrected already"):
        ledger.correct(line, by=ingrid, level="met", reason="Read.")


@pytest.mark.parametrize(("level", "reason"), [("", "So."), ("best", "So."), ("met", " ")])
def test_an_override_has_a_level_and_a_reason(key: LedgerKey, ingrid: Person, level: str, reason: str) -> None:
    north = place("institution", "north")
    with pytest.raises(ValueError, match=r"level must be one of met, practiced|needs a reason"):
        ledger.override(key, "shop.aim", level, by=ingrid, organization=north, reason=reason)
    assert not Evidence.objects.exists()


def test_what_was_taken_back_does_not_come_back_by_the_same_attempt(key: LedgerKey, ingrid: Person) -> None:
    lecture = lecture_of(activity(LECTURE))
    record.finish(key, activity(LECTURE), lecture)
    ledger.correct(Evidence.objects.get(), by=ingrid, level="", reason="The page was opened by a friend.")
    record.finish(key, activity(LECTURE), lecture)
    assert levels(key) == {}
    fresh = Attempt.objects.create(key=key, kind="lecture", place=LECTURE)
    ledger.append(key, "lecture", ["shop.adjust"], place=LECTURE, attempt=fresh)
    assert levels(key) == {"shop.adjust": "met"}, "new work is new evidence"


def test_an_unknown_kind_of_evidence_names_the_known_ones(key: LedgerKey) -> None:
    with pytest.raises(KeyError, match="lists no evidence 'applause'; it lists lecture, simulation"):
        ledger.append(key, "applause", ["shop.aim"])
