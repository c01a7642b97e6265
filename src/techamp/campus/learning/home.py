"""The one next thing, and what else this week holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from techamp.campus.learning.progress import Plan, Progress, next_activity
from techamp.campus.people.models import LedgerKey
from techamp.campus.program import schema
from techamp.campus.program.curriculum import curriculum

VERBS = {
    "lecture": gettext_lazy("Read or listen"),
    "practice": gettext_lazy("Practice"),
    "simulation": gettext_lazy("Simulation"),
    "lab": gettext_lazy("Lab"),
    "conversation": gettext_lazy("Talk it through"),
    "game": gettext_lazy("Game"),
}


@dataclass(frozen=True)
class Thing:
    """Something to do, with its minutes and its place in the program."""

    title: str
    url: str
    minutes: int
    why: str
    kind: str
    subject: str = ""
    module: str = ""
    due: date | None = None
    begun: bool = False


def url_of(activity: schema.Activity) -> str:
    """The address of an activity."""
    return reverse("learning:activity", args=activity.place.split("/"))


def next_thing(key: LedgerKey, plan: Plan, progress: Progress) -> Thing | None:
    """The one next thing: the entry check for who is new, then the path."""
    if entry := _entry_check(key, progress):
        return entry
    activity = next_activity(plan, progress)
    return thing_of(activity, plan, progress) if activity else None


def thing_of(activity: schema.Activity, plan: Plan, progress: Progress) -> Thing:
    """An activity with what the home page says about it."""
    due = next((d for d in plan.modules if activity in d.module.activities), None)
    begun = progress.is_begun(activity)
    why = due.module.can_do if due else ""
    return Thing(
        activity.title, url_of(activity), activity.minutes, why, str(VERBS[activity.kind]),
        curriculum().subjects[activity.subject].name, due.module.title if due else "", due.due if due else None, begun,
    )  # fmt: skip


def _entry_check(key: LedgerKey, progress: Progress) -> Thing | None:
    """Ten small items that find what to brush up; asked once, before anything else, never of who has begun."""
    begun = progress.facts or any(not place.startswith("bridge/") for place in progress.open)
    if begun or not (curriculum().root / "bridge" / "bridge.yaml").exists():
        return None
    from techamp.campus.practice.bridge import topic_states

    seen = [state.word != "ahead" for state in topic_states(key)]
    if all(seen):
        return None
    why = _("Ten short questions show which bit of arithmetic to brush up first. Nothing here is graded.")
    return Thing(_("See what to brush up"), reverse("practice:entry"), 12, why, _("Entry check"), begun=any(seen))


def also_this_week(plan: Plan, progress: Progress, labs: list[tuple[str, str, datetime]]) -> list[Thing]:
    """What else is due: booked labs by hour, then the other modules that are open."""
    things = [Thing(title, url, 0, _("Booked"), _("Lab"), due=timezone.localdate(at)) for title, url, at in labs]
    for due in plan.this_week:
        address = reverse("learning:module", args=[due.module.subject, due.module.id])
        count = len(due.left)
        left = _("%(count)d things left, about %(minutes)d min") % {"count": count, "minutes": due.minutes_left}
        things.append(Thing(due.module.title, address, due.minutes_left, left, _("Module"), due=due.due))
    return things
