"""Something shorter: the best use of five minutes, with the reason for it, and two others."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from techamp.campus.learning.home import Thing, url_of
from techamp.campus.learning.lecture.parsing import lecture_of
from techamp.campus.learning.lecture.record import reading
from techamp.campus.learning.progress import Plan, Progress, plan_of, progress_of
from techamp.campus.partners.access import learners_only, own_enrollment, own_key
from techamp.campus.people.models import LedgerKey
from techamp.campus.practice.bridge import has_entry_check, topic_states
from techamp.campus.practice.redo import Queue, minutes_for, queue_of
from techamp.campus.practice.sets import SetState, states_of
from techamp.campus.program import schema
from techamp.campus.program.curriculum import CurriculumError

AT_ONCE = 3  # items of the redo queue that fit into five minutes
ITEM_MINUTES = 2  # our estimates
PAGE_MINUTES = 4
CHOICES = 3


@learners_only
def shorter(request: HttpRequest) -> HttpResponse:
    """The best use of five minutes, and two others."""
    key, today = own_key(request), timezone.localdate()
    progress = progress_of(key)
    plan = plan_of(own_enrollment(request), progress, today)
    best, *others = [*short_things(key, plan, progress, today), None][:CHOICES]
    context = {"title": _("Something shorter"), "best": best, "others": [o for o in others if o]}
    return render(request, "learning/shorter.html", context)


def short_things(key: LedgerKey, plan: Plan, progress: Progress, today: date) -> list[Thing]:
    """What takes about five minutes, the best first.

    First what fades if it waits (items due again), then what is begun (a lecture, a set), then what the entry check
    found, then what is new. The order is our choice.
    """
    return list(_things(key, plan, progress, today))


def _things(key: LedgerKey, plan: Plan, progress: Progress, today: date) -> Iterator[Thing]:
    queue = queue_of(key, today)
    if queue.due:
        yield redo_thing(queue, min(AT_ONCE, len(queue.due)))
    left = [a for due in plan.this_week for a in due.left]
    begun = [a for a in left if isinstance(a, schema.Lecture) and a.place in progress.open]
    yield from _segment(key, begun[0]) if begun else ()
    sets = [a for a in left if isinstance(a, schema.Practice)]
    states = states_of(key, [a.place for a in sets]) if sets else {}
    yield from (_item(a, states[a.place]) for a in [a for a in sets if states[a.place].word == "working"][:1])
    yield from _bridge(key)
    fresh = next((a for a in left if _is_fresh(a, progress, states)), None)
    if isinstance(fresh, schema.Lecture):
        yield from _segment(key, fresh)
    elif isinstance(fresh, schema.Practice):
        yield _item(fresh, states[fresh.place])
    yield from _mastered(key, plan)


def _is_fresh(activity: schema.Activity, progress: Progress, states: dict[str, SetState]) -> bool:
    """A lecture or a set that she has not begun."""
    if isinstance(activity, schema.Practice):
        return states[activity.place].word == "new"
    return isinstance(activity, schema.Lecture) and activity.place not in progress.open


def redo_thing(queue: Queue, count: int | None = None) -> Thing:
    """What is due again; ``count`` items of it."""
    n = len(queue.due) if count is None else count
    title = ngettext("Redo: %(n)d item you missed", "Redo: %(n)d items you missed", n) % {"n": n}
    if count is None:
        words = ngettext(
            "It comes back with other numbers, about %(minutes)d min.",
            "They come back with other numbers, about %(minutes)d min.",
            n,
        )
        why = words % {"minutes": queue.minutes}
    else:
        why = _("You missed this a day or more ago, and today it is due again. What comes back in time stays.")
    return Thing(title, reverse("practice:redo"), minutes_for(n), why, _("Redo"))


def _segment(key: LedgerKey, activity: schema.Lecture) -> Iterator[Thing]:
    """The part of a lecture at which she stopped, or its first."""
    try:
        lecture = lecture_of(activity)
    except CurriculumError:
        return
    if not lecture.segments:
        return
    attempt = reading(key, activity)
    state = attempt.state if attempt else {}
    segment = next((s for s in lecture.segments if s.id == state.get("segment")), None)
    part, url, names = segment or lecture.segments[0], url_of(activity), {"title": activity.title}
    why = _("The first part of “%(title)s”. Your place is kept.") % names
    if segment:
        sentence = str(state.get("sentence", ""))
        url += f"#{sentence if lecture.segment_of(sentence) is segment else segment.id}"
        why = _("You stopped here in “%(title)s”. Read this part to its end.") % names
    yield Thing(part.title, url, max(1, math.ceil(part.minutes)), why, _("Read or listen"), begun=bool(segment))


def _item(activity: schema.Practice, state: SetState) -> Thing:
    """One item of a set."""
    if state.last and not state.right:
        why = _("None of your last answers here was right yet. Take the hint with the next one; it costs nothing.")
    elif state.last:
        words = _("%(right)d of your last %(count)d here are right. One more brings you closer to mastering the set.")
        why = words % {"right": state.right, "count": len(state.last)}
    elif state.word == "working":
        why = _("You are warming up in this set. Your place is kept.")
    else:
        why = _("This set begins with one worked example to read.")
    title = _("One item of: %(title)s") % {"title": activity.title}
    return Thing(title, url_of(activity), ITEM_MINUTES, why, _("Practice"), begun=state.word == "working")


def _bridge(key: LedgerKey) -> Iterator[Thing]:
    """A page on what the entry check found; or a question of the check while it is under way."""
    if not has_entry_check():
        return
    states = topic_states(key)
    rusty = next((s.topic for s in states if s.word == "brush"), None)
    if rusty:
        why = _("The entry check found this rusty. One short page, and one to try.")
        yield Thing(rusty.title, reverse("practice:bridge", args=[rusty.id]), PAGE_MINUTES, why, _("Brush up"))
    elif any(s.word == "ahead" for s in states):
        begun = any(s.word != "ahead" for s in states)
        title = _("Go on with the entry check") if begun else _("Begin the entry check")
        why = _("Answer one or two of its ten questions. You may stop at any time; your place is kept.")
        yield Thing(title, reverse("practice:entry"), ITEM_MINUTES, why, _("Entry check"), begun=begun)


def _mastered(key: LedgerKey, plan: Plan) -> Iterator[Thing]:
    """One item of a set that she has mastered, the earliest of her path."""
    sets = [a for d in plan.modules for a in d.module.activities if isinstance(a, schema.Practice)]
    states = states_of(key, [a.place for a in sets]) if sets else {}
    for activity in [a for a in sets if states[a.place].word == "mastered"][:1]:
        title = _("One item of: %(title)s") % {"title": activity.title}
        why = _("You have mastered this set. One item with fresh numbers shows whether it still holds.")
        yield Thing(title, url_of(activity), ITEM_MINUTES, why, _("Practice"))
