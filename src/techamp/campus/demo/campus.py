"""The demo campus: organizations, people and cohorts, made once through the application's own services.

The same day gives the same campus, but for what is secret by design: ids, codes, and the runs on which challenges were
graded.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from uuid import NAMESPACE_DNS, uuid5

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from techamp.campus.data.models import Dataset
from techamp.campus.demo import lab_days, stories, welcome, words
from techamp.campus.demo.cast import ELSEWHERE, FIRST, FOODS, MIDDLE, MOTION, NOON, Part
from techamp.campus.demo.clock import Clock, history
from techamp.campus.demo.learner import Learner
from techamp.campus.demo.people import SIGN_INS
from techamp.campus.labs.sheet import labs
from techamp.campus.learning import ledger, more_time
from techamp.campus.partners.invitations import invite, use
from techamp.campus.partners.models import Cohort, Enrollment, Organization
from techamp.campus.people.models import LedgerKey, Person
from techamp.campus.program.curriculum import curriculum
from techamp.campus.teaching import extensions

ORGANIZATIONS = (
    ("merrimack", "Merrimack Community College", "institution", "Lowell, Massachusetts"),
    ("scioto", "Scioto Technical College", "institution", "Columbus, Ohio"),
    (MOTION, "Pawtucket Motion", "company", "Pawtucket, Rhode Island"),
    (FOODS, "Quinebaug Foods", "company", "Putnam, Connecticut"),
    ("office", "TechAMP program office", "office", ""),
)
BOOKED = ("in the middle", "ahead, no lab", "on time 6", "on time 5")
INVITED_DAYS = 6  # before a cohort begins


@dataclass(frozen=True)
class Cast:
    """Who is in which cohort: the first one, the one in the middle, the one elsewhere."""

    first: Sequence[Part] = FIRST
    middle: Sequence[Part] = MIDDLE
    elsewhere: Sequence[Part] = ELSEWHERE


def exists() -> bool:
    """Whether the demo campus was made before."""
    return Organization.objects.filter(slug=ORGANIZATIONS[0][0]).exists()


def make(today: date | None = None, cast: Cast | None = None) -> None:
    """Make it, or nothing if that is interrupted. ``today`` is the day on which everything is laid out."""
    today = today or timezone.localdate()
    before = _files()
    try:
        with transaction.atomic(), history(today) as clock:
            _Campus(today, clock).fill(cast or Cast())
    except BaseException:
        _remove_files_since(before)
        raise


def _files() -> set[Path]:
    return set((Path(settings.FILES) / "data").glob("*/*"))


def _remove_files_since(before: set[Path]) -> None:
    """Rows roll back by themselves; bytes that they pointed to do not."""
    for path in _files() - before:
        if not Dataset.objects.filter(sha256=path.name).exists():
            with suppress(OSError):
                path.unlink()


class _Campus:
    """Everything that the makers of cohorts share."""

    def __init__(self, today: date, clock: Clock) -> None:
        self.today, self.clock = today, clock
        self.monday = today - timedelta(days=today.weekday())
        self.places: dict[str, Organization] = {}
        self.staff: dict[tuple[str, str], Person] = {}

    def fill(self, cast: Cast) -> None:
        """All of it, oldest first."""
        self.clock.go_to(self.monday - timedelta(weeks=52), NOON)
        for slug, name, kind, place in ORGANIZATIONS:
            self.places[slug] = Organization.objects.create(slug=slug, name=name, kind=kind, place=place)
        for sign_in in SIGN_INS:
            if sign_in.role:
                person = self.staff[sign_in.role, sign_in.organization] = _person(sign_in.email, sign_in.name)
                use(invite(self.places[sign_in.organization], by=None, role=sign_in.role).code, person)
        self._first(self._learners("merrimack", "Lowell", 48, cast.first, 100))
        self._learners("scioto", "Columbus", 4, cast.elsewhere, 200)
        self._middle(self._learners("merrimack", "Lowell", 3, cast.middle, 1))
        self._newest()

    def _learners(
        self, slug: str, town: str, weeks: int, parts: Sequence[Part], number: int
    ) -> list[tuple[Part, Learner]]:
        """A cohort that began that many weeks ago, its learners enrolled and each with a story told."""
        starts = self.monday - timedelta(weeks=weeks)
        cohort = Cohort.objects.create(institution=self.places[slug], name=_cohort_name(town, starts), starts=starts)
        calendar, found = stories.Calendar(starts, self.today), []
        for place, part in enumerate(parts):
            self.clock.go_to(starts - timedelta(days=INVITED_DAYS), part.hour)
            if part.story == "joined yesterday":
                self.clock.go_to(calendar.yesterday, part.hour - 1)
            enrollment = self._enroll(part, cohort, number + place)
            learner = Learner(enrollment, number + place, self.clock, hour=part.hour, skill=part.skill)
            stories.tell(part, learner, calendar)
            found.append((part, learner))
        return found

    def _enroll(self, part: Part, cohort: Cohort, number: int) -> Enrollment:
        """By an invitation of the cohort's instructor; spokes by position, as another curriculum has others."""
        person = _person(part.email, part.name, industry=part.industry)
        company = self.places[part.company] if part.company else None
        code = invite(cohort.institution, by=self._instructor(cohort), cohort=cohort, company=company).code
        use(code, person)
        program = curriculum().program
        chosen = [program.spokes[(number - 1 + k) % len(program.spokes)] for k in range(program.spokes_to_choose)]
        mentor = self.staff["mentor", MOTION] if part.company == MOTION else None
        enrollment = Enrollment.objects.select_related("person", "cohort__institution", "company", "mentor").get(
            person=person
        )
        enrollment.spokes, enrollment.shows_company, enrollment.mentor = chosen, part.shows, mentor
        enrollment.save(update_fields=["spokes", "shows_company", "mentor"])
        return enrollment

    def _instructor(self, cohort: Cohort) -> Person:
        return self.staff["instructor", cohort.institution.slug]

    def _first(self, found: list[tuple[Part, Learner]]) -> None:
        """The lab of those who are done was in their seventh week."""
        for lab in labs()[:1]:
            self._hold(lab, lab_days.saturday(self.monday - timedelta(weeks=42)), [learner for _part, learner in found])

    def _middle(self, found: list[tuple[Part, Learner]]) -> None:
        """A lab day last Saturday for those who were ahead, two to come, and what the instructor noted."""
        coordinator, college = self.staff["coordinator", "merrimack"], self.places["merrimack"]
        for lab in labs()[:1]:
            done = [learner for part, learner in found if part.story in {"ahead", "ahead, lab not yet"}]
            not_yet = [learner for part, learner in found if part.story == "ahead, lab not yet"]
            ahead = lab_days.saturday(self.today)
            last = lab_days.saturday(self.today - timedelta(days=8))  # the last one before today
            self._hold(lab, last, done, not_yet)
            self.clock.go_to(self.today - timedelta(days=1), NOON)
            soon = lab_days.offered(lab, college, coordinator, self.clock, ahead, 9.0, "Metrology, room 114")
            lab_days.offered(
                lab, college, coordinator, self.clock, ahead + timedelta(days=4), 17.5, "Metrology, room 114"
            )
            for part, learner in found:
                if part.story in BOOKED:
                    self.clock.tick(3)
                    lab_days.actions.book(soon, learner.person)
        self._override(found)
        self._more_time(found)

    def _more_time(self, found: list[tuple[Part, Learner]]) -> None:
        """More time: granted to who joined late; asked for by one who is late, and waiting for the instructor."""
        waiting = [learner for part, learner in found if part.story == "late"][:1]
        for part, learner in found:
            if part.story != "joined yesterday" and learner not in waiting:
                continue
            cohort = learner.enrollment.cohort
            closed, _current = stories.due_by_now(learner, stories.Calendar(cohort.starts, self.today))
            self.clock.go_to(self.today - timedelta(days=1), 20.5)
            for module in closed[:1] if learner in waiting else closed:
                place, reason = (
                    f"{module.subject}/{module.id}",
                    words.ASKED if learner in waiting else words.JOINED_LATE,
                )
                asked = more_time.ask(learner.enrollment, place, reason, self.clock.tick(2))
                if learner not in waiting:
                    by = self._instructor(cohort)
                    extensions.answer(asked, granted=True, words=words.GRANTED, by=by, now=self.clock.tick(40))

    def _hold(
        self, lab: lab_days.schema.Lab, day: date, learners: list[Learner], not_yet: Sequence[Learner] = ()
    ) -> None:
        if learners:
            coordinator, college = self.staff["coordinator", "merrimack"], self.places["merrimack"]
            self.clock.go_to(day - timedelta(days=12), NOON)
            session = lab_days.offered(lab, college, coordinator, self.clock, day, 9.0, "Metrology, room 114")
            lab_days.hold(lab, session, coordinator, self.clock, learners, not_yet)

    def _override(self, found: list[tuple[Part, Learner]]) -> None:
        """What the instructor saw herself, for one learner: the last skill of the module that is open now."""
        for part, learner in found:
            if part.story == "on time 4":
                calendar = stories.Calendar(learner.enrollment.cohort.starts, self.today)
                _closed, current = stories.due_by_now(learner, calendar)
                level = list(curriculum().levels)[1]
                self.clock.go_to(self.today - timedelta(days=2), 14.5)
                for skill in [m.skills[-1] for m in current[:1] if m.skills]:
                    ledger.override(
                        learner.key, skill, level, by=self._instructor(learner.enrollment.cohort),
                        organization=learner.enrollment.cohort.institution, reason=words.OVERRIDE,
                    )  # fmt: skip

    def _newest(self) -> None:
        """The cohort that begins this week: who joined today, and a seat for every visitor."""
        self.clock.go_to(self.today, 0.05)
        college, company = self.places["merrimack"], self.places[MOTION]
        name = _cohort_name("Lowell", self.monday)
        cohort = Cohort.objects.create(institution=college, name=name, starts=self.monday)
        for sign_in in SIGN_INS:
            if not sign_in.role and not Person.objects.filter(email=sign_in.email).exists():
                code = invite(college, by=self._instructor(cohort), cohort=cohort, company=company).code
                use(code, _person(sign_in.email, sign_in.name))
        welcome.write(cohort, self._instructor(cohort), company)


def _cohort_name(town: str, starts: date) -> str:
    """With its day: two cohorts of a college may begin in one month."""
    return f"{town}, {starts:%B} {starts.day}, {starts.year}"


def _person(email: str, name: str, **fields: str) -> Person:
    """A person whose ledger key follows from her address, so that her variants of each item are the same each time."""
    person = Person.objects.create_user(email, None, name=name, **fields)
    LedgerKey.objects.filter(person=person).update(id=uuid5(NAMESPACE_DNS, email))
    return person
