"""The verbs of a capstone: charter, agree, add data, add a study, state the saving, sign."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from techamp.campus.capstone.models import Project
from techamp.campus.capstone.saving import read_saving
from techamp.campus.data.actions import share, unshare
from techamp.campus.data.models import Dataset
from techamp.campus.learning import ledger
from techamp.campus.learning.models import Attempt
from techamp.campus.partners.models import Enrollment
from techamp.campus.people.models import LedgerKey, Person
from techamp.campus.program.curriculum import curriculum
from techamp.contract import Fault, InvalidInput, registry

PLACE = "capstone"
CHARTER = ("problem", "where", "cost", "measure", "goal")


def _charter(typed: Mapping[str, str]) -> dict[str, str]:
    labels = {
        "title": _("Title"),
        "problem": _("What is wrong"),
        "measure": _("What you will measure"),
        "goal": _("Goal"),
    }
    faults = [
        Fault(label, _("must be filled"), "", _("One sentence is enough; you can change it until your mentor agrees."))
        for name, label in labels.items()
        if not typed.get(name, "").strip()
    ]
    if faults:
        raise InvalidInput.many(faults)
    return {name: typed.get(name, "").strip()[:2000] for name in CHARTER}


@transaction.atomic
def start(enrollment: Enrollment, typed: Mapping[str, str]) -> Project:
    """A new project with its charter; company and mentor come from the enrollment. The same form twice is one."""
    charter = _charter(typed)
    ledger.lock(LedgerKey.objects.get(person=enrollment.person))
    title = typed["title"].strip()[:160]
    known = Project.objects.filter(owner=enrollment.person, title=title, charter=charter, signed=None).first()
    return known or Project.objects.create(
        owner=enrollment.person, company=enrollment.company, mentor=enrollment.mentor,
        title=title, charter=charter,
    )  # fmt: skip


def rewrite(project: Project, typed: Mapping[str, str]) -> None:
    """Change the charter. Once the mentor has agreed it stands."""
    if project.agreed:
        raise InvalidInput(
            _("Charter"), _("stands once your mentor has agreed"), project.title, _("Ask your mentor to reopen it.")
        )
    project.charter, project.title = _charter(typed), typed["title"].strip()[:160]
    project.save(update_fields=["charter", "title", "touched"])


def agree(project: Project) -> None:
    """The mentor agrees to the charter."""
    if not project.agreed:
        project.agreed = timezone.now()
        project.save(update_fields=["agreed", "touched"])


def reopen(project: Project) -> None:
    """The mentor gives the charter back."""
    if not project.signed:
        project.agreed = None
        project.save(update_fields=["agreed", "touched"])


@transaction.atomic
def add_dataset(project: Project, dataset: Dataset) -> None:
    """One of her datasets belongs to the project: her mentor may see it from now on."""
    uid = str(dataset.uid)
    if uid not in project.datasets and not project.signed:
        project.datasets = [*project.datasets, uid]
        project.save(update_fields=["datasets", "touched"])
        if project.mentor:
            share(dataset, project.mentor)


@transaction.atomic
def drop_dataset(project: Project, dataset: Dataset) -> None:
    """Take a dataset out again, with the studies of it; the mentor sees it no longer."""
    uid = str(dataset.uid)
    if uid in project.datasets and not project.signed:
        project.datasets = [d for d in project.datasets if d != uid]
        project.studies = [s for s in project.studies if s["dataset"] != uid]
        project.save(update_fields=["datasets", "studies", "touched"])
        _share_instead(dataset, project.mentor, None)


@transaction.atomic
def change_mentor(enrollment: Enrollment, mentor: Person | None) -> None:
    """Another mentor, or none: her open projects and what was shared for them go along. A signed project stays."""
    enrollment.mentor = mentor
    enrollment.save(update_fields=["mentor"])
    for project in Project.objects.select_for_update().filter(owner=enrollment.person, signed=None):
        before, project.mentor = project.mentor, mentor
        project.save(update_fields=["mentor", "touched"])
        for dataset in Dataset.objects.filter(owner=project.owner, uid__in=project.datasets):
            _share_instead(dataset, before, mentor)


def _share_instead(dataset: Dataset, before: Person | None, now: Person | None) -> None:
    """``before`` keeps what a project that was signed, or another open one of hers, still shows to that person."""
    uid = str(dataset.uid)
    others = Project.objects.filter(owner=dataset.owner, mentor=before)
    if before and before != now and not any(uid in project.datasets for project in others):
        unshare(dataset, before)
    if now:
        share(dataset, now)


def add_study(project: Project, *, dataset: str, study: str, query: str, found: str) -> None:
    """What she found in a study of her data, in her own words, with the link that makes it again."""
    faults = []
    if dataset not in project.datasets:
        remedy = _("Choose one of the project's datasets, or add it above first.")
        faults.append(Fault(_("Dataset"), _("must belong to the project"), dataset, remedy))
    if study not in registry.study_ids():
        faults.append(Fault(_("Study"), _("must be one of the studies"), study[:80], _("Choose one from the list.")))
    if not found.strip():
        remedy = _("Say in one or two sentences what the study shows.")
        faults.append(Fault(_("What you found"), _("must be filled"), "", remedy))
    if faults:
        raise InvalidInput.many(faults)
    if not project.signed:
        row = {"dataset": dataset, "study": study, "query": query[:500], "found": found.strip()[:2000], "at": _now()}
        project.studies = [*project.studies, row]
        project.save(update_fields=["studies", "touched"])


def state_saving(project: Project, typed: Mapping[str, str], skills: list[str]) -> None:
    """State what it saves, with every number and how it was measured, and the skills she used."""
    saving = read_saving(typed)
    known = [s for s in skills if s in curriculum().skills][:6]
    if not known:
        raise InvalidInput(
            _("Skills"), _("must name at least one that you used"), "", _("Tick what you used in this project.")
        )
    if project.signed:
        raise InvalidInput(
            _("Saving"), _("stands once it is signed"), project.title, _("Start a new project for what comes next.")
        )
    project.saving, project.skills = asdict(saving), known
    project.save(update_fields=["saving", "skills", "touched"])


@transaction.atomic
def sign(project: Project, *, by: Person, note: str) -> Attempt:
    """The mentor confirms the saving: evidence that the skills were used at work. Signing twice is one signature."""
    locked = Project.objects.select_for_update().get(pk=project.pk)
    key = LedgerKey.objects.get(person=locked.owner)
    if locked.signed:
        return Attempt.objects.get(key=key, kind="capstone", item=str(locked.uid))
    if locked.step != "sign-off":
        raise InvalidInput(
            _("Project"), _("must have charter, data, study and saving"), locked.step, _("Finish that step first.")
        )
    attempt = Attempt.objects.create(
        key=key, kind="capstone", place=PLACE, item=str(locked.uid), realized=_snapshot(locked),
        state={"note": note.strip()[:1000], "by": by.name}, result="passed", finished=timezone.now(),
        content=curriculum().hash,
    )  # fmt: skip
    locked.signed = timezone.now()
    locked.save(update_fields=["signed", "touched"])
    ledger.append(
        key, "capstone", locked.skills, place=PLACE, item=str(locked.uid), attempt=attempt, by=by,
        organization=locked.company, reason=note.strip()[:1000],
    )  # fmt: skip
    return attempt


def _snapshot(project: Project) -> dict[str, Any]:
    names = ("title", "charter", "datasets", "studies", "saving", "skills")
    return {name: getattr(project, name) for name in names}


def _now() -> str:
    return timezone.now().isoformat(timespec="seconds")
