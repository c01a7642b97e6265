"""The verbs of labs: offer a session, book and give back a seat, keep measurements, sign off."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from techamp.campus.labs.models import Booking, LabSession
from techamp.campus.labs.sheet import lab_at, sheet_of
from techamp.campus.learning import ledger
from techamp.campus.learning.models import Attempt
from techamp.campus.partners.models import Organization
from techamp.campus.people.models import LedgerKey, Person
from techamp.campus.program import schema
from techamp.campus.program.curriculum import curriculum
from techamp.campus.ui.numbers import typed_number
from techamp.contract import Fault, InvalidInput

FURTHEST = timedelta(days=730)
MOVED_BACK = timedelta(days=14)


def offer(
    institution: Organization, *, by: Person, place: str, starts: datetime | None, where: str, seats: int | None,
    said: str = "", said_seats: str = "",
) -> LabSession:  # fmt: skip
    """A new session; InvalidInput with every fault. ``said…`` is what was typed where nothing could be read."""
    faults = []
    if lab_at(place) is None:
        faults.append(Fault(_("Lab"), _("must be one of the labs"), place, _("Choose a lab from the list.")))
    if starts is None:
        faults.append(Fault(_("Start"), _("must be a date and a time"), said, _("Choose a day and an hour.")))
    elif not timezone.now() < starts < timezone.now() + FURTHEST:
        rule = _("must be in the future, within two years")
        faults.append(Fault(_("Start"), rule, f"{starts:%Y-%m-%d %H:%M}", _("Choose another day or hour.")))
    if not where.strip():
        faults.append(Fault(_("Where"), _("must be filled"), where, _("Name the room or the bench.")))
    if seats is None or not 1 <= seats <= 60:
        shown = said_seats if seats is None else seats
        faults.append(Fault(_("Seats"), _("must be from 1 to 60"), shown, _("Enter how many can work at once.")))
    if faults or starts is None or seats is None:
        raise InvalidInput.many(faults)
    return LabSession.objects.create(
        institution=institution, place=place, starts=starts, where=where.strip()[:120], seats=seats, made_by=by
    )


def move(session: LabSession, starts: datetime | None, said: str = "") -> None:
    """Another day or hour, for everybody who booked; it may be past by two weeks, for what was held before."""
    earliest, latest = timezone.now() - MOVED_BACK, timezone.now() + FURTHEST
    if starts is None or not earliest < starts < latest:
        rule = _("must be a date and a time, at most two weeks ago or two years ahead")
        shown = f"{starts:%Y-%m-%d %H:%M}" if starts else said
        raise InvalidInput(_("Start"), rule, shown, _("Choose a day and an hour."))
    session.starts = starts
    session.save(update_fields=["starts"])


def is_signed(person: Person, place: str) -> bool:
    """Whether somebody signed that lab for her: it needs no seat any more, and who was there stays on record."""
    return Attempt.objects.filter(key__person=person, place=place, kind="lab", result="passed").exists()


def other_seats(session: LabSession, person: Person) -> QuerySet[Booking]:
    """Her seats in other sessions of the same lab that have not begun."""
    ahead = Booking.objects.filter(person=person, session__place=session.place, session__starts__gt=timezone.now())
    return ahead.exclude(session=session)


@transaction.atomic
def book(session: LabSession, person: Person) -> Booking | None:
    """Take a seat; None when all are taken, the session has begun or the lab is signed. Booking twice is one seat.

    A person needs one seat ahead in a lab: with the new one, another that has not begun is free again.
    """
    ledger.lock(person.key)
    if is_signed(person, session.place):
        return None
    locked = LabSession.objects.select_for_update().get(pk=session.pk)
    if known := locked.bookings.filter(person=person).first():
        return known
    if locked.starts <= timezone.now() or locked.bookings.count() >= locked.seats:
        return None
    other_seats(locked, person).delete()
    return Booking.objects.create(session=locked, person=person)


@transaction.atomic
def give_back(session: LabSession, person: Person) -> bool:
    """Free the seat; not once the session has begun or the lab is signed, so that who was there stays on record."""
    ledger.lock(person.key)
    if session.starts <= timezone.now() or is_signed(person, session.place):
        return False
    Booking.objects.filter(session=session, person=person).delete()
    return True


KEPT = ("typed", "dataset", "rows", "faults", "ticked")


def newest(key: LedgerKey, activity: schema.Lab) -> Attempt | None:
    """Her newest attempt at a lab, if there is one."""
    return Attempt.objects.filter(key=key, place=activity.place, kind="lab").order_by("-started").first()


def last_judged(key: LedgerKey, activity: schema.Lab) -> Attempt | None:
    """The newest attempt that somebody signed or gave back."""
    judged = Attempt.objects.filter(key=key, place=activity.place, kind="lab").exclude(finished=None)
    return judged.order_by("-started").first()


def _attempt_to_write(key: LedgerKey, activity: schema.Lab) -> Attempt:
    """The open attempt; after a "not yet" a new one, with the sheet as it is now and what was measured and ticked.

    A signed one takes measurements still (they come late from a day at the bench), and no other judgment.
    """
    ledger.lock(key)
    known = newest(key, activity)
    if known and (not known.finished or known.result == "passed"):
        return known
    kept = {name: known.state[name] for name in KEPT if name in known.state} if known else {}
    return Attempt.objects.create(
        key=key, kind="lab", place=activity.place, realized=sheet_of(activity).lab.model_dump(mode="json"),
        content=curriculum().hash, state=kept,
    )  # fmt: skip


@transaction.atomic
def keep_measurements(key: LedgerKey, activity: schema.Lab, typed: dict[str, list[str]]) -> Attempt:
    """Keep what she measured as a dataset that waits for her in the study.

    A blank stays blank; text among numbers is refused with its row, and the draft is kept all the same. A single comma
    is a decimal comma here: 7,994 on a display is no thousand.
    """
    attempt = _attempt_to_write(key, activity)
    attempt.state = {**attempt.state, "typed": typed}
    attempt.save(update_fields=["state", "touched"])
    data = sheet_of(activity).lab.data
    assert data is not None
    rows, faults = _rows(data, typed)
    if faults:
        return _with_faults(attempt, faults)
    from techamp.campus.data.actions import dataset_from_rows

    columns = [(c.label, c.unit) for c in data.columns]
    earlier = attempt.state.get("dataset")
    try:
        dataset = dataset_from_rows(key, activity.title, columns, rows, "lab", replaces=earlier, attempt=attempt)
    except InvalidInput as error:
        return _with_faults(attempt, list(error.faults))
    attempt.state = {**attempt.state, "dataset": str(dataset.uid), "rows": len(rows), "faults": []}
    attempt.save(update_fields=["state", "touched"])
    return attempt


def _with_faults(attempt: Attempt, faults: list[Fault]) -> Attempt:
    attempt.state = {**attempt.state, "faults": [str(f) for f in faults]}
    attempt.save(update_fields=["state", "touched"])
    return attempt


def _rows(data: schema.LabData, typed: dict[str, list[str]]) -> tuple[list[list[float | str | None]], list[Fault]]:
    rows: list[list[float | str | None]] = []
    faults: list[Fault] = []
    for i in range(data.rows):
        row: list[float | str | None] = []
        for column in data.columns:
            cells = typed.get(column.name, [])
            text = cells[i].strip() if i < len(cells) else ""
            value: float | str | None = typed_number(text if text.count(",") != 1 else text.replace(",", "."))
            if text and column.takes_words:  # station 2 is a name too, and no 2.0
                value = int(value) if isinstance(value, float) and value.is_integer() else value or text
            if text and value is None:
                where = _("Row %(row)d, %(label)s") % {"row": i + 1, "label": column.label}
                faults.append(
                    Fault(
                        where,
                        _("must be a number"),
                        text,
                        _("Type the reading as the display shows it, such as 7.994."),
                    )
                )
            row.append(value)
        rows.append(row)
    while rows and all(v is None for v in rows[-1]):
        rows.pop()
    if not rows and not faults:
        faults.append(
            Fault(_("Measurements"), _("must have at least one reading"), "", _("Type what you measured, then save."))
        )
    return rows, faults


def is_early(session: LabSession) -> bool:
    """Whether the session's day is still to come: nobody can have seen what is to be signed."""
    return timezone.localdate(session.starts) > timezone.localdate()


@transaction.atomic
def keep_ticks(key: LedgerKey, activity: schema.Lab, *, ticked: list[str], note: str) -> None:
    """What a coordinator ticked and wrote where it cannot be signed yet: a draft, no judgment."""
    attempt = _attempt_to_write(key, activity)
    if attempt.result != "passed":
        attempt.state = {**attempt.state, "ticked": ticked, "note": note.strip()[:1000]}
        attempt.save(update_fields=["state", "touched"])


@transaction.atomic
def sign_off(
    key: LedgerKey, activity: schema.Lab, session: LabSession, *, by: Person, ticked: list[str], note: str
) -> Attempt:
    """A coordinator's judgment. All that must be is ticked: evidence. Otherwise "not yet", with what is missing.

    Signed once; signing again what is signed changes nothing. Signed, she needs no seat ahead in another session of it.
    InvalidInput before the session's day, and with neither a tick nor a note: an empty form judges nobody.
    """
    if is_early(session):
        day = timezone.localtime(session.starts)
        remedy = _("Sign on that day. If the session was held earlier, move its date first.")
        raise InvalidInput(_("Sign-off"), _("must not come before the session"), f"{day:%Y-%m-%d}", remedy)
    attempt = _attempt_to_write(key, activity)
    if attempt.result == "passed":
        return attempt
    if not ticked and not note.strip():
        remedy = _("Tick what you saw, or write a note that says what is missing. Nothing is kept yet.")
        raise InvalidInput(_("Sign-off"), _("must have a tick or a note"), "", remedy)
    sheet = schema.LabSheet.model_validate(attempt.realized)
    missing = [line.text for line in sheet.rubric if line.must and line.id not in ticked]
    attempt.state = {**attempt.state, "ticked": ticked, "note": note.strip()[:1000], "missing": missing, "by": by.name}
    attempt.result, attempt.finished = ("failed" if missing else "passed"), timezone.now()
    attempt.save(update_fields=["state", "result", "finished", "touched"])
    if not missing:
        ledger.append(
            key, "lab", activity.skills, place=activity.place, attempt=attempt, by=by,
            organization=session.institution, reason=note.strip()[:1000],
        )  # fmt: skip
        if key.person:
            other_seats(session, key.person).delete()
    return attempt
