"""Labs: the learner's sheet and seat, the coordinator's sessions and sign-off."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from techamp.campus.data.models import Dataset
from techamp.campus.labs import actions
from techamp.campus.labs.access import SIGNERS, booked_learner, session_to_book, session_to_run
from techamp.campus.labs.models import Booking, LabSession
from techamp.campus.labs.sheet import lab_at, labs, sheet_of
from techamp.campus.learning.home import url_of
from techamp.campus.learning.models import Attempt
from techamp.campus.partners.access import asking, looked_at, own_key, standing
from techamp.campus.partners.models import Organization
from techamp.campus.people.models import Person
from techamp.campus.program import schema
from techamp.campus.program.curriculum import curriculum
from techamp.campus.ui.numbers import typed_whole
from techamp.contract import Fault, InvalidInput


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """A learner's labs, or a coordinator's sessions."""
    signing = standing(request).organizations(*SIGNERS)
    mine = _own_rows(request)
    if signing:
        return _coordinator_home(request, signing, mine)
    if mine is None:
        raise Http404("No labs here.")
    return render(request, "labs/home.html", {"title": _("Labs"), "mine": mine})


def _own_rows(request: HttpRequest) -> list[tuple[schema.Lab, str, str | None, LabSession | None]] | None:
    """A learner's labs: (lab, address, result, booked session); None for somebody who learns nothing here."""
    own = standing(request)
    if not own.is_learner or own.enrollment is None:
        return None
    path = {(m.subject, m.id) for m in curriculum().path(own.enrollment.spokes)}
    mine = [lab for lab in labs() if (lab.subject, lab.module) in path]
    judged = Attempt.objects.filter(key=own_key(request), kind="lab").exclude(finished=None).order_by("started")
    state = dict(judged.values_list("place", "result"))
    booked = Booking.objects.filter(person=asking(request)).select_related("session")
    seats = {b.session.place: b.session for b in booked}
    return [(lab, url_of(lab), state.get(lab.place), seats.get(lab.place)) for lab in mine]


def _coordinator_home(request: HttpRequest, own: list[Organization], mine: list[Any] | None) -> HttpResponse:
    institution = next((o for o in own if o.slug == request.POST.get("institution")), own[0])
    typed, faults = request.POST.dict(), ()
    if request.method == "POST":
        try:
            return redirect("labs:session", _offer(institution, asking(request), typed).uid)
        except InvalidInput as error:
            faults = error.faults  # type: ignore[assignment]
    since = timezone.now() - timedelta(days=14)
    sessions = LabSession.objects.filter(institution__in=own, starts__gte=since).order_by("starts")
    taken = sessions.select_related("institution").annotate(taken=Count("bookings"))
    context = {
        "title": _("Labs"),
        "institution": institution,
        "institutions": own,
        "rows": [(s, lab_at(s.place), s.taken) for s in taken],
        "mine": mine,
        "labs": labs(),
        "faults": faults,
        "typed": typed,
    }
    return render(request, "labs/coordinator.html", context, status=422 if faults else 200)


def _offer(institution: Organization, by: Person, typed: dict[str, str]) -> LabSession:
    """What the form says, as a session."""
    starts, seats = typed.get("starts", ""), typed.get("seats", "")
    return actions.offer(
        institution, by=by, place=typed.get("place", ""), starts=_moment(starts), where=typed.get("where", ""),
        seats=typed_whole(seats), said=starts[:40], said_seats=seats[:40],
    )  # fmt: skip


def _moment(text: str) -> datetime | None:
    try:
        return timezone.make_aware(datetime.fromisoformat(text))
    except (ValueError, OverflowError):
        return None


@login_required
def lab_activity(request: HttpRequest, activity: schema.Lab) -> HttpResponse:
    """The sheet: safety, gear, steps, rubric; her seat; and the rows for what she measures."""
    key, own = own_key(request), standing(request)
    if request.method == "POST" and own.is_learner:
        data = sheet_of(activity).lab.data
        if data is None:
            raise Http404("This lab has no measurements.")
        typed = {c.name: [t[:40] for t in request.POST.getlist(c.name)[: data.rows]] for c in data.columns}
        attempt = actions.keep_measurements(key, activity, typed)
        if not attempt.state.get("faults"):
            messages.success(request, _("Saved. Your measurements wait for you in the study."))
        return redirect(f"{url_of(activity)}#measure")
    return render(request, "labs/sheet.html", _sheet_context(request, activity))


def _sheet_context(request: HttpRequest, activity: schema.Lab) -> dict[str, Any]:
    lessons, own = curriculum(), standing(request)
    sheet = sheet_of(activity)
    attempt, judged = actions.newest(own_key(request), activity), actions.last_judged(own_key(request), activity)
    state = attempt.state if attempt else {}
    module = lessons.modules[activity.subject, activity.module]
    sessions = []
    if own.enrollment:
        ahead = LabSession.objects.filter(
            institution=own.enrollment.cohort.institution, place=activity.place, starts__gte=timezone.now()
        )
        mine = set(Booking.objects.filter(person=asking(request)).values_list("session_id", flat=True))
        sessions = [(s, s.seats - s.bookings.count(), s.pk in mine) for s in ahead.order_by("starts")]
    return {
        "title": sheet.lab.title, "activity": activity, "sheet": sheet, "judged": judged, "state": state,
        "sessions": sessions, "holds_seat": any(mine for _session, _free, mine in sessions),
        "rows": _typed_rows(sheet.lab.data, state.get("typed", {})),
        "study_link": _study_link(request, sheet.lab.data, state, activity), "is_learner": own.is_learner,
        "crumbs": [(lessons.subjects[activity.subject].name, reverse("program:subject", args=[activity.subject])),
                   (module.title, reverse("learning:module", args=[activity.subject, activity.module])),
                   (activity.title, "")],
    }  # fmt: skip


def _typed_rows(
    data: schema.LabData | None, typed: dict[str, list[str]]
) -> list[tuple[int, list[tuple[str, str, str, str]]]]:
    """(number, [(name, label, text, keyboard)]) for each row of the form."""
    if data is None:
        return []
    columns = [(c, typed.get(c.name, [])) for c in data.columns]
    return [
        (
            i + 1,
            [
                (c.name, c.label, cells[i] if i < len(cells) else "", "text" if c.takes_words else "decimal")
                for c, cells in columns
            ],
        )
        for i in range(data.rows)
    ]


def _study_link(request: HttpRequest, data: schema.LabData | None, state: dict[str, Any], activity: schema.Lab) -> str:
    """Where her readings wait for her; "" before she saved any, and once she deleted them."""
    uid = state.get("dataset", "")
    if data is None or not uid or not Dataset.objects.filter(owner=asking(request), uid=uid).exists():
        return ""
    from urllib.parse import urlencode

    address = reverse("data:study", args=[state["dataset"], data.study])
    return f"{address}?{urlencode({**data.settings, 'from': activity.place})}"


@login_required
def session(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A coordinator's session: who comes, who is signed off."""
    found = session_to_run(request, uid)
    people = [b.person for b in found.bookings.select_related("person__key").order_by("person__name")]
    results = dict(
        Attempt.objects.filter(key__person__in=people, place=found.place, kind="lab")
        .exclude(finished=None)
        .order_by("started")
        .values_list("key__person", "result")
    )
    rows = [(p, results.get(p.pk, "")) for p in people]
    context = {"title": _("Lab session"), "session": found, "lab": lab_at(found.place), "rows": rows,
               "early": actions.is_early(found),
               "crumbs": [(_("Labs"), reverse("labs:home")), (found.where, "")]}  # fmt: skip
    return render(request, "labs/session.html", context)


@require_POST
@login_required
def move(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Another day: today with one tap, or the day and hour that were chosen. On from where the tap was."""
    found = session_to_run(request, uid)
    said = request.POST.get("starts", "")
    today = request.POST.get("do") == "today"
    try:
        actions.move(found, timezone.now() if today else _moment(said), said[:40])
        messages.success(request, _("Moved. All who booked see the new date on their week."))
    except InvalidInput as error:
        messages.error(request, str(error))
    people = (b.person for b in found.bookings.select_related("person"))
    back = next((p for p in people if str(p.uid) == request.POST.get("person")), None)
    return redirect("labs:sign", uid, back.uid) if back else redirect("labs:session", uid)


@require_POST
@login_required
def book(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take or give back a seat."""
    found = session_to_book(request, uid)
    lab = lab_at(found.place)
    if lab is None:
        raise Http404("This lab is no longer taught.")
    if actions.is_signed(asking(request), found.place):
        messages.error(request, _("This lab is signed off. Nothing changes about its seats."))
    elif request.POST.get("do") == "give-back":
        if actions.give_back(found, asking(request)):
            messages.success(request, _("Your seat is free again."))
        else:
            messages.error(request, _("The session has begun; the seat stays yours."))
    else:
        _take_seat(request, found)
    return redirect(url_of(lab))


def _take_seat(request: HttpRequest, found: LabSession) -> None:
    """Book, and say so; a seat that it swaps for is named with its time."""
    freed = [timezone.localtime(b.session.starts) for b in actions.other_seats(found, asking(request))]
    if actions.book(found, asking(request)) is None:
        messages.error(request, _("All seats are taken, or the session has begun. Choose another one."))
    elif freed:
        days = ", ".join(formats.date_format(day, "D, M j, g:i a") for day in freed)
        messages.success(request, _("Booked. Your seat on %(days)s is free again.") % {"days": days})
    else:
        messages.success(request, _("Booked. It stands on your week."))


@login_required
def sign(request: HttpRequest, uid: UUID, person: UUID) -> HttpResponse:
    """Sign off on a phone: tick what you saw, write a note, sign."""
    found = session_to_run(request, uid)
    enrollment = booked_learner(found, person)
    lab = lab_at(found.place)
    if lab is None:
        raise Http404("This lab is no longer taught.")
    key = enrollment.person.key
    ticked, note = request.POST.getlist("ticked"), request.POST.get("note", "")
    if request.method != "POST":
        return _sign_page(request, found, enrollment.person, lab)
    if actions.is_early(found):
        actions.keep_ticks(key, lab, ticked=ticked, note=note)
        return _sign_page(request, found, enrollment.person, lab, status=409)
    try:
        attempt = actions.sign_off(key, lab, found, by=asking(request), ticked=ticked, note=note)
    except InvalidInput as error:
        return _sign_page(request, found, enrollment.person, lab, faults=error.faults, status=422)
    return _signed(request, enrollment.person, attempt, uid)


def _sign_page(
    request: HttpRequest, found: LabSession, learner: Person, lab: schema.Lab, faults: Sequence[Fault] = (),
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    """The rubric with what is ticked already, and her readings to judge by."""
    looked_at(request, learner.key)
    known, sheet = actions.newest(learner.key, lab), sheet_of(lab).lab
    rubric = sheet.rubric
    if known and (not known.finished or known.result == "passed"):
        rubric = schema.LabSheet.model_validate(known.realized).rubric
    ticks = known.state.get("ticked", []) if known and not faults else []
    context = {"title": learner.name, "session": found, "lab": lab, "learner": learner, "faults": faults,
               "attempt": known, "rubric": rubric, "early": actions.is_early(found), "ticked": ticks,
               "seen": [line for line in rubric if line.id in ticks],
               "missing": [line for line in rubric if line.must and line.id not in ticks],
               "data": sheet.data, "readings": _readings(sheet.data, known, learner),
               "crumbs": [(_("Labs"), reverse("labs:home")), (found.where, reverse("labs:session", args=[found.uid])),
                          (learner.name, "")]}  # fmt: skip
    return render(request, "labs/sign.html", context, status=status)


def _readings(data: schema.LabData | None, attempt: Attempt | None, learner: Person) -> list[tuple[int, list[str]]]:
    """(number, cells) of each row up to her last reading; nothing once she deleted what she measured."""
    state = attempt.state if attempt else {}
    uid = state.get("dataset")
    if uid and not Dataset.objects.filter(owner=learner, uid=uid).exists():
        return []
    typed = _typed_rows(data, state.get("typed", {}))
    rows = [(number, [text.strip() for _name, _label, text, _keyboard in cells]) for number, cells in typed]
    while rows and not any(rows[-1][1]):
        rows.pop()
    return rows


def _signed(request: HttpRequest, learner: Person, attempt: Attempt, uid: UUID) -> HttpResponse:
    """Back to the session when it counts; with something missing back to the ticks, which says what."""
    if attempt.result == "passed":
        messages.success(request, _("Signed: %(name)s.") % {"name": learner.name})
        return redirect("labs:session", uid)
    return redirect("labs:sign", uid, learner.uid)
