"""Who is stuck, on what, and why we think so. Every reason is a sentence with its numbers and leads to an attempt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from html import unescape
from uuid import UUID

from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from techamp.campus.learning.models import Attempt
from techamp.campus.learning.progress import Plan, Progress
from techamp.campus.program.curriculum import curriculum

LAST, MISSED = 5, 3  # our choice: three wrong of the last five in a set that is not mastered
HANDED_IN = 3
UNSEEN_DAYS = 7


@dataclass(frozen=True)
class Reason:
    """Why we think that somebody is stuck."""

    title: str
    words: str
    place: str = ""
    attempt: UUID | None = None


def reasons(attempts: Iterable[Attempt], progress: Progress, plan: Plan) -> list[Reason]:
    """All reasons for one learner, the newest work first. ``attempts`` newest first."""
    by_place: dict[str, list[Attempt]] = {}
    for attempt in attempts:
        by_place.setdefault(attempt.place, []).append(attempt)
    found: list[Reason | None] = []
    for place, rows in by_place.items():
        activity = curriculum().activities.get(place)
        if activity is None or progress.is_done(activity):
            continue
        found += [
            _practice(activity.title, place, rows),
            _challenge(place, rows),
            _explanation(activity.title, place, rows),
        ]
    found.append(_away(by_place, plan))
    return [reason for reason in found if reason]


def _practice(title: str, place: str, rows: list[Attempt]) -> Reason | None:
    counted = [a for a in rows if a.kind == "practice" and a.result in {"right", "wrong"}][:LAST]
    wrong = [a for a in counted if a.result == "wrong"]
    if len(wrong) < MISSED:
        return None
    words = _("%(wrong)d of the last %(all)d answers were wrong.") % {"wrong": len(wrong), "all": len(counted)}
    found = [slip for a in wrong if (slip := misconception_of(a))]
    if found and (common := Counter(slip for slip, _said in found).most_common(1)[0])[1] > 1:
        words += " " + _("%(n)d times: %(what)s") % {"n": common[1], "what": dict(found[::-1])[common[0]]}
    return Reason(title, words, place, wrong[0].pk)


def misconception_of(attempt: Attempt) -> tuple[str, str] | None:
    """(item and id, words) of what the last answer betrayed, as the learner was told; None for nothing that we know."""
    answers = attempt.state.get("answers", [])
    id = answers[-1].get("misconception") if answers else None
    return (f"{attempt.item} {id}", unescape(strip_tags(answers[-1].get("says") or id))) if id else None


def _challenge(place: str, rows: list[Attempt]) -> Reason | None:
    failed = [a for a in rows if a.kind == "challenge" and a.result == "failed"]
    passed = {a.item for a in rows if a.kind == "challenge" and a.result == "passed"}
    failed = [a for a in failed if a.item not in passed]
    if len(failed) < HANDED_IN:
        return None
    missed = [v["says"] for v in failed[0].state.get("verdicts", []) if not v["met"]]
    count = ngettext("Handed in %(n)d time.", "Handed in %(n)d times.", len(failed)) % {"n": len(failed)}
    return Reason(failed[0].realized.get("title", failed[0].item), f"{count} {' '.join(missed)}", place, failed[0].pk)


def _explanation(title: str, place: str, rows: list[Attempt]) -> Reason | None:
    tried = [a for a in rows if a.kind == "explanation"]
    if len(tried) < 2 or any(a.result == "right" for a in tried):
        return None
    chosen = tried[0].realized["options"][tried[0].state["choice"]]["text"]
    words = _("Chose a wrong reason %(n)d times; last: “%(what)s”") % {"n": len(tried), "what": chosen}
    return Reason(title, words, place, tried[0].pk)


def _away(by_place: dict[str, list[Attempt]], plan: Plan) -> Reason | None:
    if not plan.late:
        return None
    seen = last_seen(a for rows in by_place.values() for a in rows)
    days = (plan.today - seen).days if seen else None
    if days is not None and days < UNSEEN_DAYS:
        return None
    late = plan.late[0]
    words = _("Due %(date)s.") % {"date": f"{late.due:%b} {late.due.day}"}
    words += " " + (_("Not seen for %(n)d days.") % {"n": days} if days is not None else _("Not seen yet."))
    return Reason(late.module.title, words, f"{late.module.subject}/{late.module.id}")


def last_seen(attempts: Iterable[Attempt]) -> date | None:
    """The day of the newest work."""
    return max((timezone.localdate(a.touched) for a in attempts), default=None)
