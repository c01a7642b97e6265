"""Lab sessions: held ones with measurements and sign-offs, and ones ahead with booked seats."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from techamp.campus.data.models import Dataset
from techamp.campus.demo import own_data, words
from techamp.campus.demo.clock import Clock
from techamp.campus.demo.learner import Learner
from techamp.campus.labs import actions
from techamp.campus.labs.models import LabSession
from techamp.campus.labs.sheet import sheet_of
from techamp.campus.partners.models import Organization
from techamp.campus.people.models import Person
from techamp.campus.program import schema

NOMINAL, SIGMA = 7.9955, 0.0012
"""What a good micrometer shows of turned shafts of 8 mm. Another lab's readings are as made up as these."""


def saturday(day: date) -> date:
    """The first Saturday after a day."""
    return day + timedelta(days=(4 - day.weekday()) % 7 + 1)


def offered(
    lab: schema.Lab, institution: Organization, by: Person, clock: Clock, day: date, hour: float, where: str,
    seats: int = 8,
) -> LabSession:  # fmt: skip
    """Offer a session on that day, a week ahead or at least now."""
    moment = clock.now
    starts = clock.go_to(day, hour)
    clock.now = min(moment, starts - timedelta(hours=1))
    return actions.offer(institution, by=by, place=lab.place, starts=starts, where=where, seats=seats)


def hold(
    lab: schema.Lab, session: LabSession, by: Person, clock: Clock, learners: Sequence[Learner],
    not_yet: Sequence[Learner] = (),
) -> None:  # fmt: skip
    """A session that took place: all measured; all were signed off, but for those who come back for a part."""
    for place, learner in enumerate(learners):
        clock.now = session.starts - timedelta(days=4) + timedelta(minutes=place)
        actions.book(session, learner.person)
    for place, learner in enumerate(learners):
        clock.now = session.starts + timedelta(minutes=60 + 4 * place)
        dataset = measured(lab, learner)
        clock.tick(1)
        if dataset is not None:
            _chart(lab, learner, dataset)
        clock.now = session.starts + timedelta(minutes=85 + 4 * place)
        _sign(lab, session, by, learner, place, passes=learner not in not_yet)


def measured(lab: schema.Lab, learner: Learner) -> Dataset | None:
    """Type the readings into the sheet; they wait in the study then."""
    data = sheet_of(lab).lab.data
    if data is None:
        return None
    typed = {
        column.name: [f"{learner.luck.normal(NOMINAL, SIGMA):.{column.decimals}f}" for _row in range(data.rows)]
        for column in data.columns
    }
    attempt = actions.keep_measurements(learner.key, lab, typed)
    return Dataset.objects.get(uid=attempt.state["dataset"])


def _chart(lab: schema.Lab, learner: Learner, dataset: Dataset) -> None:
    data = sheet_of(lab).lab.data
    assert data is not None
    own_data.chart(learner.key, dataset, data.study, data.settings, lab.title)


def _sign(lab: schema.Lab, session: LabSession, by: Person, learner: Learner, place: int, *, passes: bool) -> None:
    rubric = sheet_of(lab).lab.rubric
    must = [line.id for line in rubric if line.must]
    ticked = [line.id for line in rubric if passes or line.id not in must[-1:]]
    note = words.SIGNED[place % len(words.SIGNED)] if passes else words.NOT_YET
    actions.sign_off(learner.key, lab, session, by=by, ticked=ticked, note=note)
