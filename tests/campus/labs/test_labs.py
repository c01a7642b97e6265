"""A lab: a seat, what was measured, and a coordinator's word for it."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.campus.school import activity, browser, key_of, learner, staff, text

from techamp.campus.data import files
from techamp.campus.data.actions import add_dataset
from techamp.campus.data.models import Dataset
from techamp.campus.labs import actions, views
from techamp.campus.labs.models import Booking, LabSession
from techamp.campus.labs.sheet import sheet_of
from techamp.campus.learning.models import Attempt, Evidence
from techamp.campus.learning.progress import progress_of
from techamp.campus.partners.invitations import invite, use
from techamp.campus.partners.models import Organization
from techamp.campus.people.models import AccessRecord, Person
from techamp.campus.program.schema import LabColumn
from techamp.contract import InvalidInput

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("school")]

PLACE = "shop/01-funnel/lab"
URL = f"/learn/{PLACE}/"
MUST = ["still", "reads"]
TEN = ["7.9", "−8,1", "", "7.7", "8", "8.2", "7.8", "8.0", "8.1", "7.9"]


@pytest.fixture
def ana() -> Person:
    return learner()


@pytest.fixture
def cora(ana: Person) -> Person:
    """The coordinator of Ana's college."""
    return staff("Cora", "coordinator")


@pytest.fixture
def session(cora: Person) -> LabSession:
    return offered(cora)


def offered(by: Person, **changes: Any) -> LabSession:
    """A session in two days with two seats."""
    north = Organization.objects.get(slug="north")
    given = {"place": PLACE, "where": "Bench 3", "seats": 2, "starts": timezone.now() + timedelta(days=2)} | changes
    return actions.offer(north, by=by, **given)  # type: ignore[arg-type]


def seat(client: Client, session: LabSession, do: str = "") -> str:
    """Press "Book" or "Give back"; the page that follows."""
    response = client.post(reverse("labs:book", args=[session.uid]), {"do": do})
    return text(client.get(response["Location"]))


def sign(client: Client, session: LabSession, who: Person, ticked: list[str], note: str = "") -> Any:
    """Sign off on the session's day."""
    LabSession.objects.filter(pk=session.pk).update(starts=timezone.now())
    return post_sign(client, session, who, ticked, note)


def post_sign(client: Client, session: LabSession, who: Person, ticked: list[str], note: str = "") -> Any:
    return client.post(reverse("labs:sign", args=[session.uid, who.uid]), {"ticked": ticked, "note": note})


def measure(client: Client, cells: list[str]) -> str:
    """Save measurements; the page that follows."""
    assert client.post(URL, {"away": cells}).status_code == 302
    return text(client.get(URL))


def test_from_a_seat_over_measurements_to_a_signature(ana: Person, cora: Person, session: LabSession) -> None:
    page = browser(ana)
    assert "Booked." in seat(page, session)
    assert "Drop ten balls" in text(page.get("/week/"))
    body = measure(page, TEN)
    assert "10 rows are saved." in body
    assert sign(browser(cora), session, ana, [*MUST, "tidy"], "Steady hand.").status_code == 302
    lines = Evidence.objects.order_by("skill")
    assert [(e.kind, e.skill, e.level) for e in lines] == [
        ("lab", "shop.adjust", "shown"),
        ("lab", "shop.aim", "shown"),
    ]
    assert {(e.by, e.organization, e.reason) for e in lines} == {(cora, session.institution, "Steady hand.")}
    assert progress_of(key_of(ana)).is_done(activity(PLACE))
    body = text(page.get(URL))
    assert "Signed off by Cora" in body
    assert "“Steady hand.”" in body


def test_measurements_become_a_dataset_of_hers_alone_that_opens_in_the_study(ana: Person) -> None:
    page = browser(ana)
    body = measure(page, TEN)
    (dataset,) = Dataset.objects.all()
    assert (dataset.owner, dataset.source, dataset.rows) == (ana, "lab", 10)
    assert dataset.attempt == Attempt.objects.get(kind="lab")
    link = html.unescape(re.search(r'href="([^"]*)">Open them in the study', body)[1])  # type: ignore[index]
    assert "<svg" in text(page.get(link))
    for other in (learner("Bo"), staff("Ingrid", "instructor"), staff("Cora", "coordinator")):
        assert browser(other).get(link).status_code == 404


def test_saving_again_changes_the_same_dataset(ana: Person) -> None:
    measure(browser(ana), TEN)
    first = Dataset.objects.get()
    measure(browser(ana), [*TEN[:9], "9.9"])
    assert Dataset.objects.get().uid == first.uid
    assert Dataset.objects.get().sha256 != first.sha256


def test_a_column_without_a_unit_has_no_empty_parentheses(ana: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    sheet = sheet_of(activity(PLACE))
    assert sheet.lab.data
    assert '<th scope="col">Off target (mm)</th>' in text(browser(ana).get(URL))
    sheet.lab.data.columns[0] = sheet.lab.data.columns[0].model_copy(update={"unit": ""})
    monkeypatch.setattr(views, "sheet_of", lambda _activity: sheet)
    assert '<th scope="col">Off target</th>' in text(browser(ana).get(URL))


@pytest.mark.parametrize("bad", ["high", "nan", "1e999", "8 mm", "1e13", "²"])
def test_a_cell_of_text_is_refused_with_its_row_and_the_draft_is_kept(ana: Person, bad: str) -> None:
    page = browser(ana)
    body = html.unescape(measure(page, ["7.9", bad, *TEN[2:]]))
    assert f"Row 2, Off target: must be a number, but got '{bad}'. Type the reading as the display shows it" in body
    assert f'name="away" value="{bad}"' in body
    assert 'name="away" value="7.9"' in body
    assert not Dataset.objects.exists()
    assert "10 rows are saved." in measure(page, TEN)


def test_a_column_of_names_takes_words_and_one_with_a_unit_does_not(
    ana: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = sheet_of(activity(PLACE))
    assert sheet.lab.data
    sheet.lab.data.columns.append(LabColumn(name="state", label="State"))
    for module in (views, actions):
        monkeypatch.setattr(module, "sheet_of", lambda _activity: sheet)
    page = browser(ana)
    body = text(page.get(URL))
    assert body.count('name="state" value="" inputmode="text"') == 10
    assert body.count('name="away" value="" inputmode="decimal"') == 10
    page.post(URL, {"away": ["7.9", "8,1"], "state": ["work", "2"]})
    dataset = Dataset.objects.get()
    assert files.read(dataset.sha256).decode().splitlines() == ["Off target (mm),State", "7.9,work", "8.1,2"]
    page.post(URL, {"away": ["idle"], "state": ["work"]})
    assert "Row 1, Off target: must be a number" in html.unescape(text(page.get(URL)))


def test_nothing_typed_is_said(ana: Person) -> None:
    assert "Measurements: must have at least one reading" in measure(browser(ana), ["", " "])


def test_readings_keep_their_blanks_and_lose_the_empty_rows_after_the_last() -> None:
    from techamp.campus.labs.sheet import sheet_of

    data = sheet_of(activity(PLACE)).lab.data
    assert data is not None
    rows, faults = actions._rows(data, {"away": ["7,994", "", "−0.5", "", ""]})
    assert (rows, faults) == ([[7.994], [None], [-0.5]], [])


def test_deleting_what_was_measured_says_first_what_hangs_on_it(ana: Person, cora: Person, session: LabSession) -> None:
    actions.book(session, ana)
    measure(browser(ana), TEN)
    ask = reverse("data:delete", args=[Dataset.objects.get().uid])
    body = text(browser(ana).get(ask))
    assert "You measured it in the lab “Drop ten balls”, which is not signed off yet" in body
    sign(browser(cora), session, ana, MUST)
    assert "The sign-off stays; the readings go." in text(browser(ana).get(ask))
    plain = add_dataset(ana, "own.csv", b"x\n1\n2\n", "upload")
    assert "What hangs on it" not in text(browser(ana).get(reverse("data:delete", args=[plain.uid])))


def test_deleted_measurements_are_not_offered_again(ana: Person) -> None:
    page = browser(ana)
    measure(page, TEN)
    Dataset.objects.get().delete()
    assert "Open them in the study" not in text(page.get(URL))
    assert "Open them in the study" in measure(page, TEN)


def test_two_learners_and_the_last_seat(ana: Person, session: LabSession) -> None:
    bo, cy = learner("Bo"), learner("Cy")
    seat(browser(ana), session)
    assert "Booked." in seat(browser(bo), session)
    assert "All seats are taken" in seat(browser(cy), session)
    assert session.bookings.count() == 2
    assert "Your seat is free again." in seat(browser(bo), session, "give-back")
    assert "Booked." in seat(browser(cy), session)
    assert set(session.bookings.values_list("person", flat=True)) == {ana.pk, cy.pk}


def test_booking_twice_is_one_seat(ana: Person, session: LabSession) -> None:
    seat(browser(ana), session)
    seat(browser(ana), session)
    assert session.bookings.count() == 1


def test_a_session_that_has_begun_takes_and_gives_back_no_seats(ana: Person, session: LabSession) -> None:
    seat(browser(ana), session)
    LabSession.objects.update(starts=timezone.now() - timedelta(minutes=1))
    assert "the seat stays yours" in seat(browser(ana), session, "give-back")
    bo = learner("Bo")
    assert "the session has begun" in seat(browser(bo), session)
    assert list(session.bookings.values_list("person", flat=True)) == [ana.pk]


def test_the_seat_of_a_signed_lab_is_not_given_back_and_no_other_is_booked(
    ana: Person, cora: Person, session: LabSession
) -> None:
    page, other = browser(ana), offered(cora, where="Bench 4")
    assert "Give back" in buttons(seat(page, session))
    sign(browser(cora), session, ana, MUST)
    LabSession.objects.filter(pk=session.pk).update(starts=timezone.now() + timedelta(hours=3))
    body = text(page.get(URL))
    assert "You need no seat in it any more." in body
    assert not {"Book", "Book instead", "Give back"} & set(buttons(body))
    assert "This lab is signed off. Nothing changes" in seat(page, session, "give-back")
    assert "This lab is signed off. Nothing changes" in seat(page, other)
    session.refresh_from_db()
    assert not actions.give_back(session, ana)
    assert actions.book(other, ana) is None
    assert ana.name in text(browser(cora).get(reverse("labs:session", args=[session.uid])))
    assert list(Booking.objects.values_list("person", "session")) == [(ana.pk, session.pk)]


def test_a_second_seat_of_the_same_lab_swaps_with_the_first(ana: Person, cora: Person, session: LabSession) -> None:
    page, other, full = browser(ana), offered(cora, where="Bench 4"), offered(cora, where="Bench 5", seats=1)
    actions.book(full, learner("Bo"))
    assert "Book" in buttons(text(page.get(URL)))
    assert "Book instead" in buttons(seat(page, session))
    assert "is free again." in seat(page, other)
    assert seats_of(ana) == [other.pk]
    assert "All seats are taken" in seat(page, full)
    assert seats_of(ana) == [other.pk], "who finds no seat keeps her own"


def test_a_seat_in_a_session_that_has_begun_stays_beside_a_new_one(
    ana: Person, cora: Person, session: LabSession
) -> None:
    actions.book(session, ana)
    LabSession.objects.update(starts=timezone.now() - timedelta(minutes=1))
    other = offered(cora, where="Bench 4")
    assert "It stands on your week." in seat(browser(ana), other)
    assert seats_of(ana) == [session.pk, other.pk]


def test_a_signature_frees_her_seats_ahead_in_that_lab_and_not_yet_keeps_them(
    ana: Person, cora: Person, session: LabSession
) -> None:
    bo, ahead = learner("Bo"), offered(cora, where="Bench 4")
    for one in (session, ahead):
        Booking.objects.create(session=one, person=ana)
        Booking.objects.create(session=one, person=bo)
    sign(browser(cora), session, ana, ["still"], "Look from above.")
    assert seats_of(ana) == [session.pk, ahead.pk]
    sign(browser(cora), session, ana, MUST)
    assert seats_of(ana) == [session.pk]
    assert seats_of(bo) == [session.pk, ahead.pk]


def seats_of(person: Person) -> list[int]:
    """The sessions in which she has a seat, oldest first."""
    return list(Booking.objects.filter(person=person).order_by("session").values_list("session", flat=True))


def buttons(body: str) -> list[str]:
    """What the buttons on the page say."""
    return re.findall(r"<button[^>]*>([^<]+)</button>", body)


def test_a_session_of_another_institution_is_not_there_for_anybody_of_ours(session: LabSession) -> None:
    far, south = learner("Fay", "south"), staff("Sol", "coordinator", "south")
    assert browser(far).post(reverse("labs:book", args=[session.uid])).status_code == 404
    ana = Person.objects.get(name="Ana")
    actions.book(session, ana)
    for address in (reverse("labs:session", args=[session.uid]), reverse("labs:sign", args=[session.uid, ana.uid])):
        assert browser(south).get(address).status_code == 404
    assert sign(browser(south), session, ana, MUST).status_code == 404
    assert not Evidence.objects.exists()


def test_who_has_no_seat_cannot_be_signed(cora: Person, ana: Person, session: LabSession) -> None:
    assert sign(browser(cora), session, ana, MUST).status_code == 404
    assert browser(cora).get(reverse("labs:sign", args=[session.uid, uuid4()])).status_code == 404


def test_without_every_must_it_is_not_yet_and_the_next_time_it_counts(
    ana: Person, cora: Person, session: LabSession
) -> None:
    page = browser(ana)
    seat(page, session)
    measure(page, TEN)
    sign(browser(cora), session, ana, ["still", "tidy"], "Look from above.")
    body = text(page.get(URL))
    assert "Not yet" in body
    assert "Look from above." in body
    assert "<li>Reads the ruler from above</li>" in body
    assert not Evidence.objects.exists()
    sheet = text(browser(cora).get(reverse("labs:sign", args=[session.uid, ana.uid])))
    assert "Reads the ruler from above" in sheet
    assert "Open them in the study" in text(page.get(URL)), "what she measured is kept"
    assert "not yet" in text(page.get(reverse("labs:home"))).lower()
    measure(page, [*TEN[:9], "8.8"])
    assert Dataset.objects.count() == 1
    assert "Not yet" in text(page.get(URL)), "saving measurements does not take back what was said"
    sign(browser(cora), session, ana, MUST)
    assert Evidence.objects.count() == 2
    assert "Signed off by Cora" in text(page.get(URL))


def test_a_sign_off_with_a_must_missing_comes_back_with_the_ticks_and_says_what_is_missing(
    ana: Person, cora: Person, session: LabSession
) -> None:
    actions.book(session, ana)
    client = browser(cora)
    answer = sign(client, session, ana, ["still", "tidy"], "Look from above.")
    assert answer["Location"] == reverse("labs:sign", args=[session.uid, ana.uid])
    body = text(client.get(answer["Location"]))
    assert 'Still missing:</b></p><ul class="ticks"><li>Reads the ruler from above</li></ul>' in body
    assert ticks(body) == ["still", "tidy"]
    assert "Look from above.</textarea>" in body
    measure(browser(ana), TEN)
    assert ticks(text(client.get(answer["Location"]))) == ["still", "tidy"], "also when she has measured again"
    assert sign(client, session, ana, ["still", "reads"])["Location"] == reverse("labs:session", args=[session.uid])


def ticks(body: str) -> list[str]:
    """Lines of the rubric that are ticked on the page."""
    return re.findall(r'name="ticked" value="(\w+)" checked', body)


def test_who_signs_sees_the_readings_until_the_learner_deletes_them(
    ana: Person, cora: Person, session: LabSession
) -> None:
    actions.book(session, ana)
    LabSession.objects.update(starts=timezone.now())
    client, address = browser(cora), reverse("labs:sign", args=[session.uid, ana.uid])
    assert "No readings are saved" in text(client.get(address))
    measure(browser(ana), ["7.9", "", "<8.1"])
    draft = text(client.get(address))
    assert "This is still to be mended by the learner" in draft
    assert '<td class="num">&lt;8.1</td>' in draft
    measure(browser(ana), ["7.9", "−8,1", "", "7.7", ""])
    body = text(client.get(address))
    assert "still to be mended" not in body
    assert "Readings: 4 rows</summary>" in body
    assert re.findall(r'<td class="num">([^<]*)</td>', body) == ["7.9", "−8,1", "", "7.7"]
    Dataset.objects.get().delete()
    assert "No readings are saved" in text(client.get(address))


def test_an_empty_sign_off_is_asked_back_and_judges_nobody(ana: Person, cora: Person, session: LabSession) -> None:
    actions.book(session, ana)
    body = html.unescape(text(sign(browser(cora), session, ana, [], "  "), 422))
    assert "Nothing is signed yet" in body
    assert "Tick what you saw, or write a note that says what is missing." in body
    assert not Attempt.objects.exists()
    assert sign(browser(cora), session, ana, [], "Come back with the ruler.").status_code == 302
    assert Attempt.objects.get().result == "failed"


def test_signing_twice_is_one_signature(ana: Person, cora: Person, session: LabSession) -> None:
    actions.book(session, ana)
    sign(browser(cora), session, ana, MUST, "First.")
    sign(browser(staff("Ingrid", "instructor")), session, ana, [], "Second.")
    (attempt,) = Attempt.objects.filter(kind="lab")
    assert (attempt.result, attempt.state["note"], attempt.state["by"]) == ("passed", "First.", "Cora")
    assert Evidence.objects.count() == 2


def test_measurements_that_come_after_the_signature_are_kept_and_leave_it_as_it_is(
    ana: Person, cora: Person, session: LabSession
) -> None:
    actions.book(session, ana)
    sign(browser(cora), session, ana, MUST)
    body = measure(browser(ana), TEN)
    assert "Signed off by Cora" in body
    assert "10 rows are saved." in body
    assert Evidence.objects.count() == 2


def test_looking_at_the_sign_off_begins_nothing_for_the_learner_and_is_logged(
    ana: Person, cora: Person, session: LabSession
) -> None:
    actions.book(session, ana)
    LabSession.objects.update(starts=timezone.now())
    assert "Tick what you saw" in text(browser(cora).get(reverse("labs:sign", args=[session.uid, ana.uid])))
    assert not Attempt.objects.exists()
    assert AccessRecord.objects.get().viewer == cora


def test_a_coordinator_offers_a_session_by_form(cora: Person) -> None:
    starts = timezone.localtime() + timedelta(days=3)
    form = {"place": PLACE, "starts": f"{starts:%Y-%m-%dT%H:%M}", "where": "Room 4", "seats": "12"}
    assert browser(cora).post(reverse("labs:home"), form).status_code == 302
    session = LabSession.objects.get()
    assert (session.where, session.seats, session.made_by) == ("Room 4", 12, cora)
    assert session.starts == starts.replace(second=0, microsecond=0)


def test_before_the_sessions_day_nothing_is_signed_until_it_is_moved(
    ana: Person, cora: Person, session: LabSession
) -> None:
    bo, client = learner("Bo"), browser(cora)
    actions.book(session, ana)
    actions.book(session, bo)
    address = reverse("labs:sign", args=[session.uid, ana.uid])
    body = text(client.get(address))
    assert "It can be signed from that day on." in body
    assert "Tick what you saw" not in body
    early = text(post_sign(client, session, ana, ["reads", "tidy"], "Steady hands."), 409)
    assert "What you ticked is kept until then" in early
    assert "</span>Reads the ruler from above</li>" in early
    assert not Attempt.objects.exclude(finished=None).exists()
    with pytest.raises(InvalidInput, match="Sign-off: must not come before the session"):
        actions.sign_off(key_of(ana), activity(PLACE), session, by=cora, ticked=MUST, note="")
    assert not Evidence.objects.exists()
    moved = client.post(reverse("labs:move", args=[session.uid]), {"do": "today", "person": str(ana.uid)})
    assert moved["Location"] == address
    body = text(client.get(address))
    assert "Tick what you saw" in body
    assert ticks(body) == ["reads", "tidy"]
    assert "Steady hands.</textarea>" in body
    assert post_sign(client, session, ana, MUST).status_code == 302
    assert Evidence.objects.count() == 2


def test_the_list_of_a_day_ahead_says_when_it_can_be_signed_and_offers_no_sign_off(
    ana: Person, cora: Person, session: LabSession
) -> None:
    client, address = browser(cora), reverse("labs:session", args=[session.uid])
    assert "It can be signed from that day on." not in text(client.get(address)), "nobody has booked"
    actions.book(session, ana)
    to_sign = reverse("labs:sign", args=[session.uid, ana.uid])
    body = text(client.get(address))
    assert f"This session is on {timezone.localtime(session.starts):%A, %B} " in body
    assert "It can be signed from that day on." in body
    assert "<span>Ana</span>" in body
    assert to_sign not in body
    LabSession.objects.update(starts=timezone.now())
    body = text(client.get(address))
    assert "It can be signed from that day on." not in body
    assert to_sign in body


@pytest.mark.parametrize("starts", ["", "soon", "2020-01-01T10:00", "9999-12-31T23:59"])
def test_a_session_moves_to_a_day_that_can_be_and_no_other(cora: Person, session: LabSession, starts: str) -> None:
    client, address = browser(cora), reverse("labs:move", args=[session.uid])
    before = session.starts
    body = html.unescape(text(client.post(address, {"starts": starts}, follow=True)))
    assert "Start: must be a date and a time, at most two weeks ago or two years ahead" in body
    session.refresh_from_db()
    assert session.starts == before
    later = timezone.localtime() + timedelta(days=9)
    client.post(address, {"starts": f"{later:%Y-%m-%dT%H:%M}", "person": "nobody"})
    session.refresh_from_db()
    assert session.starts == later.replace(second=0, microsecond=0)
    assert browser(staff("Sol", "coordinator", "south")).post(address, {"do": "today"}).status_code == 404


def test_who_learns_and_coordinates_sees_her_own_labs_and_the_sessions(ana: Person, session: LabSession) -> None:
    use(invite(session.institution, by=None, role="coordinator").code, ana)
    body = text(browser(ana).get(reverse("labs:home")))
    assert "Bench 3" in body
    assert "Your own labs" in body
    assert URL in body


@pytest.mark.parametrize("seats", ["-3", "many", "61"])
def test_a_number_of_seats_that_cannot_be_is_repeated_as_it_was_typed(cora: Person, seats: str) -> None:
    starts = timezone.localtime() + timedelta(days=3)
    form = {"place": PLACE, "starts": f"{starts:%Y-%m-%dT%H:%M}", "where": "Room 4", "seats": seats}
    body = html.unescape(text(browser(cora).post(reverse("labs:home"), form), 422))
    assert re.search(rf"Seats: must be from 1 to 60, but got '?{seats}'?\.", body)
    assert f'value="{seats}"' in body


@pytest.mark.parametrize("starts", ["", "soon", "2020-01-01T10:00", "9999-12-31T23:59", "0001-01-01T00:00"])
@pytest.mark.parametrize("seats", ["0", "61", "-1", "²", "many", "9" * 5000])
def test_every_fault_of_an_offer_is_said_at_once(cora: Person, starts: str, seats: str) -> None:
    form = {"place": "shop/01-funnel/talk", "starts": starts, "where": " ", "seats": seats}
    body = text(browser(cora).post(reverse("labs:home"), form), 422)
    for words in (
        "Lab: must be one of the labs",
        "Start: must be",
        "Where: must be filled",
        "Seats: must be from 1 to 60",
    ):
        assert words in body
    assert not LabSession.objects.exists()


def test_a_coordinator_of_two_institutions_sees_and_offers_sessions_of_both(cora: Person, session: LabSession) -> None:
    learner("Fay", "south")
    south = Organization.objects.get(slug="south")
    use(invite(south, by=None, role="coordinator").code, cora)
    starts = timezone.localtime() + timedelta(days=3)
    form = {"place": PLACE, "starts": f"{starts:%Y-%m-%dT%H:%M}", "where": "Room 4", "seats": "12"}
    browser(cora).post(reverse("labs:home"), {**form, "institution": "south"})
    assert LabSession.objects.get(where="Room 4").institution == south
    body = text(browser(cora).get(reverse("labs:home")))
    assert "Bench 3" in body
    assert "Room 4" in body


def test_an_offer_without_a_start_is_refused_by_the_action_too(cora: Person) -> None:
    with pytest.raises(InvalidInput, match="Start: must be a date and a time, but got 'soon'"):
        offered(cora, starts=None, said="soon")
    assert not Booking.objects.exists()
