"""Capstone projects of the demo campus, from a charter that waits for the mentor to one that she signed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from techamp.campus.capstone import actions
from techamp.campus.capstone.models import Project
from techamp.campus.demo import own_data
from techamp.campus.demo.learner import Learner
from techamp.campus.demo.own_data import CLAMP, FILLER, PRESS, Export
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
FILL = Plot(
    {
        "title": "Stop giving away two grams",
        "problem": "We fill 251.6 g on average into a 250 g pouch, because we are afraid of one that is short.",
        "where": "Filler 3",
        "cost": "1.6 g a pouch, about 1,900 pouches a shift",
        "measure": "Mean and spread of the weight, from the checkweigher",
        "goal": "A mean of 250.9 g with no more short pouches than now",
    },
    FILLER,
    "Sixty weights in a row, no signal: the filler is steady, with a spread of about 0.9 g. It can run lower as it is, "
    "as long as nobody turns it after one light pouch.",
    {
        "what": "Product given away, in grams a pouch", "before": "1.6", "after": "0.9", "per_year": "950000",
        "value": "0.004", "yearly_cost": "0", "once_cost": "0",
        "method": "Checkweigher, one week before and two weeks after. 0.4 cents a gram is finance's number.",
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
    dataset = own_data.bring(learner.person, plot.export, day, learner.luck)
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
