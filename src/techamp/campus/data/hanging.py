"""What goes, or loses its data, when a dataset is deleted: said before it is done."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from techamp.campus.capstone.models import Project
from techamp.campus.data.models import Dataset
from techamp.campus.program.curriculum import curriculum


def hanging_on(dataset: Dataset) -> list[str]:
    """A sentence for each: the lab it came from, projects, kept analyses, people who may see it."""
    return [*_lab(dataset), *_projects(dataset), *_analyses(dataset), *_readers(dataset)]


def _lab(dataset: Dataset) -> list[str]:
    attempt = dataset.attempt
    if attempt is None:
        return []
    found = curriculum().activities.get(attempt.place)
    title = found.title if found else attempt.realized.get("title", "")
    if attempt.result == "passed":
        return [_("You measured it in the lab “%(title)s”. The sign-off stays; the readings go.") % {"title": title}]
    words = _("You measured it in the lab “%(title)s”, which is not signed off yet: there will be nothing to show.")
    return [words % {"title": title}]


def _projects(dataset: Dataset) -> list[str]:
    signed = _("Your signed project “%(title)s” rests on it. The signature stays; the data behind it go.")
    still = _("Your project “%(title)s” rests on it: its study cannot be opened any more.")
    projects = Project.objects.filter(owner=dataset.owner)
    mine = [p for p in projects if str(dataset.uid) in p.datasets]
    return [(signed if p.signed else still) % {"title": p.title} for p in mine]


def _analyses(dataset: Dataset) -> list[str]:
    count = dataset.runs.count()
    words = ngettext("%(n)d analysis that you kept goes with it.", "%(n)d analyses that you kept go with it.", count)
    return [words % {"n": count}] if count else []


def _readers(dataset: Dataset) -> list[str]:
    names = [share.person.name for share in dataset.shares.select_related("person")]
    if dataset.shared_with_instructor:
        names.append(_("your instructors"))
    return [_("Who can no longer see it: %(names)s.") % {"names": ", ".join(names)}] if names else []
