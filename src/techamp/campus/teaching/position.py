"""A learner's position against the calendar: the same functions that her own page uses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import prefetch_related_objects

from techamp.campus.learning.models import Attempt
from techamp.campus.learning.progress import Plan, Progress, plan_of, progress_of_many
from techamp.campus.partners.models import Enrollment
from techamp.campus.teaching.stuck import Reason, last_seen, reasons


@dataclass(frozen=True)
class Position:
    """One row of the cohort's page."""

    enrollment: Enrollment
    plan: Plan
    progress: Progress
    seen: date | None
    stuck: tuple[Reason, ...]

    @property
    def done(self) -> int:
        """Modules done."""
        return sum(d.state == "done" for d in self.plan.modules)

    @property
    def expected(self) -> int:
        """Modules that should be done by today."""
        return sum(d.due < self.plan.today for d in self.plan.modules)

    @property
    def late(self) -> int:
        """Modules past their date."""
        return len(self.plan.late)

    @property
    def mastered(self) -> int:
        """Skills at mastered or above."""
        from techamp.campus.program.curriculum import curriculum

        rank = curriculum().rank
        return sum(rank(level) >= rank("mastered") for level in self.progress.levels.values())


def positions(enrollments: list[Enrollment], today: date) -> list[Position]:
    """All rows, who needs help first, then by name. Five queries for any number of learners."""
    prefetch_related_objects(enrollments, "extensions")
    keys = [e.person.key for e in enrollments]
    progress = progress_of_many(keys)
    attempts: dict[object, list[Attempt]] = {key.pk: [] for key in keys}
    for attempt in Attempt.objects.filter(key__in=keys).order_by("-touched"):
        attempts[attempt.key_id].append(attempt)
    rows = [_position(e, progress[e.person.key.pk], attempts[e.person.key.pk], today) for e in enrollments]
    return sorted(rows, key=lambda r: (not r.stuck, -r.late, r.enrollment.person.name))


def _position(enrollment: Enrollment, progress: Progress, attempts: list[Attempt], today: date) -> Position:
    plan = plan_of(enrollment, progress, today)
    return Position(enrollment, plan, progress, last_seen(attempts), tuple(reasons(attempts, progress, plan)))
