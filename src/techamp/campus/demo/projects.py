"""Capstone projects of the demo campus, from a charter that waits for the mentor to one that she signed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from techamp.campus.capstone import actions
from techamp.campus.capstone.models import Project
from techamp.campus.demo import own_data
from techamp.campus.demo.learner import Learner
from techamp.campus.demo.own_data import CLAMP, GREASE, PRESS, Export
from techamp.campus.people.models import Person


@dataclass(frozen=True)
class Plot:
    """A project as its owner wrote it. ``saving`` is what the form of the saving holds."""

    charter: dict[str, str]
    export: Export
    found: str = ""
    saving: dict[str, str] | None = None


SCRAP = Plot(
    {
        "title": "Fewer bearings pressed twice",
        "problem": "Press 2 stops on its force limit about six times a shift. We pull the bearing and press a new one.",
        "where": "Bearing press 2, both shifts",
        "cost": "About 60 dollars for each bearing and shaft that we lose",
        "measure": "Bearings pressed twice, each shift, and the press force of every part",
        "goal": "From six to two a shift by the end of the program",
    },
    PRESS,
)
TORQUE = Plot(
    {
        "title": "A torque that holds over the shift",
        "problem": "Clamps come back loose from the customer. The torque log shows values but nobody reads it.",
        "where": "Clamp station, day and evening shift",
        "cost": "22 returns last year, about 310 dollars each with freight and sorting",
        "measure": "Returns a month, and the torque of every clamp",
        "goal": "Half as many returns within six months",
    },
    CLAMP,
    "The torque moved up by about half a newton meter when the tool was changed, and stayed there. Inside each of the "
    "two stretches it is steady. So it is the setting of the tool and not the people.",
    {
        "what": "Loose clamps that came back", "before": "22", "after": "9", "per_year": "1", "value": "310",
        "yearly_cost": "240", "once_cost": "1150",
        "method": "Returns booked by the office, twelve months before and the last six months doubled. The tool is "
        "checked on a master at each change now.",
    },
)  # fmt: skip
GREASE_SHOT = Plot(
    {
        "title": "Half a gram less grease",
        "problem": "Each screw gets 2.6 g of grease because nobody wants a dry one. The drawing asks for 2.0 g or "
        "more. What is too much ends up on the belt, and the belt is cleaned by hand every shift.",
        "where": "Grease station, before assembly",
        "cost": "25 minutes of cleaning a shift, and the grease",
        "measure": "Weight of each shot on the scale; minutes of cleaning, from the shift log",
        "goal": "A mean of 2.3 g with no shot under 2.0 g",
    },
    GREASE,
    "Sixty shots in a row, and the station is steady: the spread is about 0.09 g. Three of those below 2.3 g is "
    "2.03 g, so it can run lower as it is, as long as nobody turns it after one light shot.",
    {
        "what": "Minutes of cleaning a shift", "before": "25", "after": "9", "per_year": "480", "value": "0.54",
        "yearly_cost": "120", "once_cost": "260",
        "method": "Shift log, four weeks before and three weeks after. 0.54 dollars a minute is what finance uses for "
        "us. The yearly cost is the calibration of the scale.",
    },
)  # fmt: skip


def begin(learner: Learner, plot: Plot) -> Project:
    """Write the charter."""
    return actions.start(learner.enrollment, plot.charter)


def agree(learner: Learner, project: Project, day: date) -> None:
    """The mentor agrees, in her lunch break."""
    learner.clock.go_to(day, 12.2)
    actions.agree(project)


def work(learner: Learner, project: Project, plot: Plot, day: date) -> None:
    """Bring the data, chart them, say what they show; then state the saving with the skills of her first module."""
    learner.at(day, learner.hour)
    dataset = own_data.bring(learner.person, plot.export, day)
    learner.clock.tick(9)
    actions.add_dataset(project, dataset)
    study_id, settings = own_data.first_study()
    if study_id:
        query = own_data.chart(learner.key, dataset, study_id, settings, plot.charter["title"])
        learner.clock.tick(25)
        actions.add_study(project, dataset=str(dataset.uid), study=study_id, query=urlencode(query), found=plot.found)
    if plot.saving and project.studies:
        learner.clock.tick(30)
        actions.state_saving(project, plot.saving, learner.skills_met())


def sign(learner: Learner, project: Project, mentor: Person, day: date) -> None:
    """The mentor confirms."""
    learner.clock.go_to(day, 12.4)
    note = "I checked the returns with our office. The number is right, and the new check at the tool is in the plan."
    actions.sign(project, by=mentor, note=note)
