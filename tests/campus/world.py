"""Two institutions, two companies and the office: everybody who may look at Ana's things, and everybody who may not."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from techamp.campus.capstone import actions as capstone
from techamp.campus.data.actions import add_dataset, keep_run
from techamp.campus.labs import actions as labs
from techamp.campus.labs.sheet import labs as all_labs
from techamp.campus.learning.lecture.parsing import lecture_of
from techamp.campus.learning.models import Attempt
from techamp.campus.learning.more_time import ask
from techamp.campus.narration import actions as narration
from techamp.campus.partners.invitations import invite, use
from techamp.campus.partners.models import Cohort, Enrollment, Organization
from techamp.campus.people.models import LedgerKey, Person
from techamp.campus.program.curriculum import curriculum
from techamp.campus.program.schema import Lecture
from techamp.campus.workshop import actions as workshop
from techamp.contract import registry

PEOPLE = {
    "owner": ("near", ""),
    "peer": ("near", ""),
    "stranger": ("far", ""),
    "instructor": ("near", "instructor"),
    "far instructor": ("far", "instructor"),
    "coordinator": ("near", "coordinator"),
    "far coordinator": ("far", "coordinator"),
    "mentor": ("firm", "mentor"),
    "other mentor": ("rival", "mentor"),
    "company": ("firm", "company"),
    "other company": ("rival", "company"),
    "office": ("office", "office"),
}


@dataclass
class World:
    """People by what they are, and things of Ana's by name."""

    people: dict[str, Person] = field(default_factory=dict)
    places: dict[str, Organization] = field(default_factory=dict)
    things: dict[str, Any] = field(default_factory=dict)


def make_world() -> World:
    """Everything, through the application's own services."""
    world = World()
    kinds = {"near": "institution", "far": "institution", "firm": "company", "rival": "company", "office": "office"}
    for slug, kind in kinds.items():
        world.places[slug] = Organization.objects.create(slug=slug, name=slug.title(), kind=kind)
    monday = timezone.localdate() - timedelta(days=timezone.localdate().weekday())
    cohorts = {
        slug: Cohort.objects.create(institution=world.places[slug], name=f"{slug} cohort", starts=monday)
        for slug in ("near", "far")
    }
    for what, (place, role) in PEOPLE.items():
        person = Person.objects.create_user(
            f"{what.replace(' ', '-')}@example.org", "a long password", name=what.title()
        )
        cohort = None if role else cohorts[place]
        use(invite(world.places[place], by=None, role=role, cohort=cohort).code, person)
        world.people[what] = person
    owner = Enrollment.objects.get(person=world.people["owner"])
    owner.company, owner.mentor = world.places["firm"], world.people["mentor"]
    owner.save()
    world.things["cohort"] = cohorts["near"]
    _make_things(world, owner)
    return world


def _make_things(world: World, enrollment: Enrollment) -> None:
    owner, key = enrollment.person, LedgerKey.objects.get(person=enrollment.person)
    study = next(registry.study(id) for id in registry.study_ids() if id.endswith(".control_chart"))
    dataset = add_dataset(
        owner, "shafts.csv", b"diameter\n" + b"\n".join(b"7.99%d" % (i % 7) for i in range(30)), "upload"
    )
    project = capstone.start(enrollment, {"title": "Scrap", "problem": "Scrap", "measure": "Scrap", "goal": "Less"})
    lab = all_labs()[0]
    session = labs.offer(
        world.places["near"], by=world.people["coordinator"], place=lab.place, where="Bench 3", seats=2,
        starts=timezone.now() + timedelta(days=2),
    )  # fmt: skip
    labs.book(session, owner)
    outcome = study.run(_table(dataset, study), type(study).Settings.read({}))
    practice = Attempt.objects.create(key=key, kind="question", place=lab.place, realized={"prompt": "?"}, state={})
    lecture = next(a for a in curriculum().activities.values() if isinstance(a, Lecture))
    sound = SimpleUploadedFile("take.ogg", b"OggS" + bytes(60))
    segment = lecture_of(lecture).segments[0].id
    builder = registry.builder(registry.builder_ids()[0])
    draft = workshop.begin(owner, builder, builder.templates(None)[0].document)
    workshop.keep_finding(draft.pk, draft.revision, builder.version, None)
    world.things |= {
        "draft": draft,
        "recording": narration.keep(
            world.places["near"],
            lecture.place,
            segment,
            lecture_of(lecture),
            sound,
            by=world.people["instructor"],
            language="en",
        ),
        "dataset": dataset,
        "project": project,
        "session": session,
        "lab": lab,
        "attempt": practice,
        "extension": ask(enrollment, lab.place.rpartition("/")[0], "", timezone.now()),
        "study": study.id,
        "run": keep_run(dataset, study, {"measure": "diameter"}, type(study).Settings.read({}), outcome, "Mine"),
    }


def _table(dataset: Any, study: Any) -> Any:
    from techamp.campus.data.files import read
    from techamp.contract.reading import read_table

    table = read_table(read(dataset.sha256), dataset.reading_rules).table
    return table.assign(study.suggest(table))
