"""How far each learner is, told as what she did and when. Nothing here names a subject: the path says what comes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from techamp.campus.demo import own_data, projects
from techamp.campus.demo.cast import Part
from techamp.campus.demo.learner import Learner, Step
from techamp.campus.learning.progress import dates_of
from techamp.campus.program import schema
from techamp.campus.program.curriculum import curriculum

AWAY_DAYS = 10


@dataclass(frozen=True)
class Calendar:
    """The days of a story: the cohort's first, and yesterday, the last one on which something can have happened."""

    starts: date
    today: date

    @property
    def yesterday(self) -> date:
        """The last whole day."""
        return self.today - timedelta(days=1)

    def back(self, days: int) -> date:
        """That many days before today, but not before the start."""
        return max(self.today - timedelta(days=days), self.starts)


def tell(part: Part, learner: Learner, calendar: Calendar) -> None:
    """Let the learner do what her story says."""
    _name, _space, number = part.story.rpartition(" ")
    if number.isdigit():
        on_time(learner, calendar, int(number))
    else:
        STORIES[part.story](learner, calendar)


def due_by_now(learner: Learner, calendar: Calendar) -> tuple[list[schema.Module], list[schema.Module]]:
    """(modules whose date has passed, modules that are open now), each in the order of the calendar."""
    lessons, closed, current = curriculum(), [], []
    for module in lessons.path(learner.enrollment.spokes):
        opens, due = dates_of(lessons, module, learner.enrollment)
        if due < calendar.today:
            closed.append(module)
        elif opens <= calendar.today:
            current.append(module)
    return closed, current


def activities(modules: list[schema.Module]) -> list[schema.Activity]:
    """What can be done alone: all but labs."""
    return [a for module in modules for a in module.activities if not isinstance(a, schema.Lab)]


def steps(learner: Learner, found: list[schema.Activity]) -> list[Step]:
    """The sittings of some activities, one after another."""
    return [step for activity in found for step in learner.steps_of(activity)]


def caught_up(learner: Learner, calendar: Calendar) -> date:
    """Entry check and everything whose date has passed, in time; returns the day after it."""
    closed, _current = due_by_now(learner, calendar)
    last = min([dates_of(curriculum(), m, learner.enrollment)[1] for m in closed] or [calendar.back(7)])
    learner.spread([learner.entry_check, *steps(learner, activities(closed))], calendar.starts, last)
    return last + timedelta(days=1)


def on_time(learner: Learner, calendar: Calendar, count: int) -> None:
    """Caught up, and the first ``count`` things of what is open now; the one after it half read or not begun."""
    day = caught_up(learner, calendar)
    _closed, current = due_by_now(learner, calendar)
    ahead = activities(current)
    learner.spread(steps(learner, ahead[:count]), day, calendar.back(2))
    following = ahead[count] if count < len(ahead) else None
    if isinstance(following, schema.Lecture):
        learner.spread([partial(learner.lecture, following, to_the_end=False)], calendar.yesterday, calendar.yesterday)


def in_the_middle(learner: Learner, calendar: Calendar) -> None:
    """Up to the first simulation that is open now: predicted and run there. Own data charted, a charter written."""
    day = caught_up(learner, calendar)
    _closed, current = due_by_now(learner, calendar)
    ahead = activities(current)
    at = next((i for i, a in enumerate(ahead) if isinstance(a, schema.Play)), len(ahead))
    learner.spread(steps(learner, ahead[:at]), day, calendar.back(4))
    study, settings = own_data.first_study()
    if study:
        learner.at(calendar.back(4), learner.hour)
        dataset = own_data.bring(learner.person, own_data.PRESS, calendar.back(4))
        learner.clock.tick(4)
        own_data.chart(learner.key, dataset, study, settings, own_data.PRESS.title)
    if curriculum().program.capstone:
        learner.at(calendar.back(3), learner.hour)
        projects.begin(learner, projects.SCRAP)
    for following in ahead[at : at + 1]:
        assert isinstance(following, schema.Play)
        learner.spread([partial(learner.play, following, 2)], calendar.yesterday, calendar.yesterday)


def ahead(learner: Learner, calendar: Calendar) -> None:
    """Everything that is open now, but for the lab, which has its own day; done a few days ago."""
    closed, current = due_by_now(learner, calendar)
    early = calendar.back(max(3, (calendar.today - calendar.starts).days // 3))
    learner.spread([learner.entry_check, *steps(learner, activities([*closed, *current]))], calendar.starts, early)


def late(learner: Learner, calendar: Calendar) -> None:
    """About a third of what should be done by now, the last of it yesterday."""
    closed, _current = due_by_now(learner, calendar)
    found = activities(closed)
    some = found[: max(1, len(found) // 3)]
    learner.spread([learner.entry_check, *steps(learner, some)], calendar.back(12), calendar.yesterday)


def away(learner: Learner, calendar: Calendar) -> None:
    """A good start, and nothing since."""
    closed, _current = due_by_now(learner, calendar)
    found = activities(closed)
    some = found[: max(1, len(found) // 3)]
    learner.spread([learner.entry_check, *steps(learner, some)], calendar.starts, calendar.back(AWAY_DAYS))


def stuck_on_a_set(learner: Learner, calendar: Calendar) -> None:
    """Caught up; in what is open now, the first set with a known misconception, and always that one."""
    day = caught_up(learner, calendar)
    _closed, current = due_by_now(learner, calendar)
    _stuck_in(learner, calendar, activities(current), day)


def stuck_on_a_first_set(learner: Learner, calendar: Calendar) -> None:
    """The same in what should be done by now."""
    closed, _current = due_by_now(learner, calendar)
    learner.spread([learner.entry_check], calendar.back(14), calendar.back(14))
    _stuck_in(learner, calendar, activities(closed), calendar.back(13))


def _stuck_in(learner: Learner, calendar: Calendar, found: list[schema.Activity], day: date) -> None:
    for activity in found:
        if isinstance(activity, schema.Practice):
            learner.at(calendar.yesterday, learner.hour)
            if learner.practice_with_a_slip(activity):
                return
        learner.spread(steps(learner, [activity]), day, min(day, calendar.back(2)))
        day = min(day + timedelta(days=1), calendar.back(2))


def stuck_on_a_challenge(learner: Learner, calendar: Calendar) -> None:
    """All of the first challenge that is open now but passing it: three times handed in, on three days."""
    simulation, day = _up_to_a_simulation(learner, calendar)
    if simulation is None or not simulation.challenges:
        return
    first = [partial(learner.play, simulation), partial(learner.explain, simulation, wrong_first=False)]
    learner.spread(first, day, day)
    tries = [partial(learner.miss_challenge, simulation, simulation.challenges[0], which) for which in (0, 1, 2)]
    learner.spread(tries, max(day, calendar.back(3)), calendar.yesterday)


def stuck_on_why(learner: Learner, calendar: Calendar) -> None:
    """Predicted and ran the simulation that is open now, and chose two wrong reasons."""
    simulation, day = _up_to_a_simulation(learner, calendar)
    if simulation is not None:
        reasons = [partial(learner.reason_wrong, simulation, which) for which in (0, 1)]
        learner.spread([partial(learner.play, simulation), *reasons], day, calendar.yesterday)


def _up_to_a_simulation(learner: Learner, calendar: Calendar) -> tuple[schema.Play | None, date]:
    """Caught up, and what stands before the first simulation that is open now; (it, the day on which it begins)."""
    day = caught_up(learner, calendar)
    _closed, current = due_by_now(learner, calendar)
    found = activities(current)
    at = next((i for i, a in enumerate(found) if isinstance(a, schema.Play)), len(found))
    learner.spread(steps(learner, found[:at]), day, calendar.back(4))
    simulation = found[at] if at < len(found) else None
    return (simulation if isinstance(simulation, schema.Play) else None), calendar.back(4)


def joined_yesterday(learner: Learner, calendar: Calendar) -> None:
    """The entry check, and nothing else yet."""
    learner.spread([learner.entry_check], calendar.yesterday, calendar.yesterday)


def all_done(learner: Learner, calendar: Calendar) -> None:
    """Every module in its weeks."""
    lessons = curriculum()
    learner.spread([learner.entry_check], calendar.starts, calendar.starts)
    for module in lessons.path(learner.enrollment.spokes):
        opens, due = dates_of(lessons, module, learner.enrollment)
        if due < calendar.today:
            learner.spread(steps(learner, activities([module])), opens, due)


def capstone_signed(learner: Learner, calendar: Calendar) -> None:
    """All done, and a project from charter to signature."""
    all_done(learner, calendar)
    project = _project(learner, calendar, projects.TORQUE)
    if project and project.saving and learner.enrollment.mentor:
        projects.sign(learner, project, learner.enrollment.mentor, calendar.back(20))


def capstone_waits(learner: Learner, calendar: Calendar) -> None:
    """All done, and a project that waits for its mentor."""
    all_done(learner, calendar)
    _project(learner, calendar, projects.GREASE_SHOT)


def _project(learner: Learner, calendar: Calendar, plot: projects.Plot) -> projects.Project | None:
    if not curriculum().program.capstone:
        return None
    days = (calendar.today - calendar.starts).days
    learner.at(calendar.starts + timedelta(days=days // 2), learner.hour)
    project = projects.begin(learner, plot)
    projects.agree(learner, project, calendar.starts + timedelta(days=days // 2 + 3))
    projects.work(learner, project, plot, calendar.back(22))
    return project


def never_came(learner: Learner, calendar: Calendar) -> None:
    """Enrolled, and not seen yet."""


Story = Callable[[Learner, Calendar], None]
STORIES: dict[str, Story] = {
    "in the middle": in_the_middle,
    "ahead": ahead,
    "ahead, lab not yet": ahead,
    "ahead, no lab": ahead,
    "late": late,
    "away": away,
    "stuck on a set": stuck_on_a_set,
    "stuck on a first set": stuck_on_a_first_set,
    "stuck on a challenge": stuck_on_a_challenge,
    "stuck on why": stuck_on_why,
    "joined yesterday": joined_yesterday,
    "never came": never_came,
    "all done": all_done,
    "capstone signed": capstone_signed,
    "capstone waits for the mentor": capstone_waits,
}
