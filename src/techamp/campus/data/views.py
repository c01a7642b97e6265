"""Her data: bring a file, see what was read, share, delete."""

from __future__ import annotations

import mmap
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import numpy as np
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from techamp.campus.data import actions, files, rules_form
from techamp.campus.data.access import dataset_to_see, own_dataset, shared_with, who_asks
from techamp.campus.data.models import Dataset, FilledPlan, StudyRun
from techamp.campus.data.sheets import plan_address
from techamp.campus.data.tables import sample_of
from techamp.campus.data.workbench import ranked, study_of
from techamp.campus.partners.access import standing
from techamp.contract import Fault, InvalidInput, Table, TableColumn, registry
from techamp.contract.example_file import example_files
from techamp.contract.reading import MOST_BYTES, Content, check_size, guess_format

FIRST_ROWS, LONGEST_SHOWN = 8, 60


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """What she brought, and the two ways to bring more: a file or a pasted column."""
    if request.method == "POST":
        return _add(request)
    return _home(request, _carried(request.GET))


def _home(request: HttpRequest, carried: dict[str, str], faults: tuple[Fault, ...] = ()) -> HttpResponse:
    wanted = study_of(carried["study"]) if carried.get("study") else None
    own = Dataset.objects.filter(owner=who_asks(request)).order_by("-created")
    context = {
        "title": _("Your data"), "datasets": [(d, _wanted_link(d, carried)) for d in own], "wanted": wanted,
        "carried": carried, "faults": faults, "anchors": {f.field: "file" for f in faults}, "typed": request.POST,
        "shared": shared_with(request)[:100], "planners": _planners(),
        "builders": [registry.builder(id) for id in registry.builder_ids()],
        "half": _half_filled(request), "examples": example_files(),
        "most": {kind: most // 1_000_000 for kind, most in MOST_BYTES.items()},
    }  # fmt: skip
    return render(request, "data/home.html", context, status=422 if faults else 200)


def _planners() -> list[Any]:
    """The plans that one may begin with."""
    return [planner for id in registry.planner_ids() if (planner := registry.planner(id)).listed]


def _half_filled(request: HttpRequest) -> list[tuple[FilledPlan, str]]:
    """Sheets with blanks left, last touched first, and the address that opens each again."""
    plans = FilledPlan.objects.filter(dataset__owner=who_asks(request), left__gt=0, planner__in=registry.planner_ids())
    newest = plans.select_related("dataset").order_by("-pk")[:20]
    return [(plan, f"{reverse('data:plan', args=[plan.planner])}?{plan_address(plan)}") for plan in newest]


def _add(request: HttpRequest) -> HttpResponse:
    """Read what was brought. With a study in mind and nothing to mend, straight on to the first chart."""
    carried = _carried(QueryDict(request.POST.get("carried", "")))
    try:
        dataset = _brought(request)
    except InvalidInput as error:
        return _home(request, carried, error.faults)
    if carried.get("study") and not sample_of(dataset).problems:
        return redirect(_study_link(dataset, carried["study"], carried))
    return redirect(_dataset_link(dataset, carried))


def _brought(request: HttpRequest) -> Dataset:
    """The file, or else the column, as a new dataset."""
    who, upload, column = who_asks(request), request.FILES.get("file"), request.POST.get("column", "")
    if upload is not None:
        return actions.add_dataset(who, upload.name or "", _content(upload), Dataset.Source.UPLOAD)
    if column.strip():
        name = request.POST.get("name", "").strip() or _("Pasted column")
        return actions.add_dataset(who, name, column.encode(), Dataset.Source.PASTE)
    remedy = _("Choose a file, or paste a column of numbers.")
    raise InvalidInput(_("Data"), _("must be a file or a column"), _("nothing"), remedy)


def _content(upload: UploadedFile) -> Content:
    """Its bytes, once their number fits their kind; a large file that lies on the disk is mapped, not read."""
    start = upload.read(4)
    upload.seek(0)
    check_size(upload.size or 0, guess_format(start))
    path = getattr(upload, "temporary_file_path", None)
    if path is None:
        return upload.read()
    with open(path(), "rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


def _carried(query: QueryDict) -> dict[str, str]:
    """The study that she came for, its settings and the activity she came from: kept from page to page."""
    kept = {name: str(value) for name, value in query.items() if len(str(value)) < 300}
    if kept.get("study") and kept["study"] not in registry.study_ids():
        raise Http404("No such study.")
    return dict(list(kept.items())[:40])


def _dataset_link(dataset: Dataset, carried: dict[str, str]) -> str:
    return f"{reverse('data:dataset', args=[dataset.uid])}?{urlencode(carried)}".rstrip("?")


def _study_link(dataset: Dataset, study: str, carried: dict[str, str]) -> str:
    query = urlencode({name: value for name, value in carried.items() if name != "study"})
    return f"{reverse('data:study', args=[dataset.uid, study])}?{query}".rstrip("?")


def _wanted_link(dataset: Dataset, carried: dict[str, str]) -> list[tuple[Any, str]]:
    """Straight to the study that she came for; without one the page of the dataset asks what she wants to know."""
    id = carried.get("study")
    return [(registry.study(id), _study_link(dataset, id, carried))] if id else []


def _study_links(
    dataset: Dataset, table: Table, carried: dict[str, str]
) -> tuple[list[tuple[Any, str]], list[tuple[Any, str]]]:
    """The studies that fit the columns, best first, and the others; where she came for one, that one alone."""
    if carried.get("study"):
        return _wanted_link(dataset, carried), []
    fitting, others = ranked(table, [registry.study(id) for id in registry.study_ids()])
    linked = [[(study, _study_link(dataset, study.id, carried)) for study in group] for group in (fitting, others)]
    return linked[0], linked[1]


@login_required
def dataset(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What was read, what does not fit, how to read it otherwise, and which study to run."""
    return _dataset(request, dataset_to_see(request, uid), _carried(request.GET))


def _dataset(
    request: HttpRequest, found: Dataset, carried: dict[str, str], faults: tuple[Fault, ...] = ()
) -> HttpResponse:
    reading = sample_of(found)
    columns = _in_reading_order(reading.table)
    links, others = _study_links(found, reading.table, carried)
    context = {
        "title": found.name, "dataset": found, "reading": reading, "columns": columns,
        "preview": _preview(reading.table, columns), "carried": carried,
        "links": links, "others": others, "is_own": found.owner_id == request.user.pk, "faults": faults,
        "anchors": rules_form.anchors(), "typed": request.POST,
        "more": sum(reading.counts.values()) - len(reading.problems),
        "choices": rules_form.column_choices(reading), "skipped": rules_form.skipped_text(reading.rules),
        "without": rules_form.without_problem_rows(reading), "form": rules_form, "runs": _runs(found),
        "has_instructor": standing(request).is_learner,
        "crumbs": [(_("Your data"), reverse("data:home")), (found.name, "")],
    }  # fmt: skip
    return render(request, "data/dataset.html", context, status=422 if faults else 200)


def _in_reading_order(table: Table) -> tuple[TableColumn, ...]:
    """Her columns, what was measured first and what only counts the rows last: a phone shows the first two or three."""
    places = {"measure": 0, "counter": 2}
    return tuple(sorted(table.columns, key=lambda column: places.get(column.meaning, 1)))


def _preview(table: Table, columns: Sequence[TableColumn]) -> list[tuple[int, list[tuple[str, bool]]]]:
    """The first rows: row of the file, and its cells, each with whether its column holds numbers."""
    shown = range(min(FIRST_ROWS, len(table)))
    return [(int(table.rows[i]), [(_cell(c.values[i]), c.is_number) for c in columns]) for i in shown]


def _cell(value: Any) -> str:
    if isinstance(value, np.datetime64):
        return "" if np.isnat(value) else str(value).replace("T", " ").removesuffix(".000000")
    if isinstance(value, str):
        return value if len(value) <= LONGEST_SHOWN else f"{value[:LONGEST_SHOWN]}…"
    return "" if value != value else f"{value:.10g}".replace("-", "\u2212")


def _runs(found: Dataset) -> list[tuple[StudyRun, Any, str]]:
    """Kept analyses with their study and the address that makes them again."""
    known = [run for run in found.runs.all() if run.study in registry.study_ids()]
    return [(run, registry.study(run.study), _study_link(found, run.study, run.query)) for run in known]


@login_required
@require_POST
def rules(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Read it by other rules."""
    found = own_dataset(request, uid)
    carried = _carried(QueryDict(request.POST.get("carried", "")))
    try:
        actions.change_rules(found, rules_form.rules_from(request.POST.dict(), sample_of(found)))
    except InvalidInput as error:
        return _dataset(request, found, carried, error.faults)
    messages.success(request, _("Read again."))
    return redirect(_dataset_link(found, carried))


@login_required
@require_POST
def share(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Share with her instructor, or take it back."""
    found = own_dataset(request, uid)
    actions.share_with_instructor(found, request.POST.get("shared") == "1")
    said = _("Your instructor can see it now.") if found.shared_with_instructor else _("Your instructor cannot see it.")
    messages.success(request, said)
    return redirect("data:dataset", uid=uid)


@login_required
def delete(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Ask once, then delete for good."""
    found = own_dataset(request, uid)
    if request.method == "POST":
        name = found.name
        actions.delete_dataset(found)
        messages.success(request, _("%(name)s is deleted.") % {"name": name})
        return redirect("data:home")
    crumbs = [(_("Your data"), reverse("data:home")), (found.name, reverse("data:dataset", args=[uid]))]
    context = {"title": _("Delete"), "dataset": found, "crumbs": [*crumbs, (_("Delete"), "")]}
    return render(request, "data/delete.html", context)


@login_required
def file(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Her file back, byte for byte; never shown in the browser."""
    found = own_dataset(request, uid)
    name = found.name if "." in found.name else f"{found.name}.csv"
    response = HttpResponse(files.read(found.sha256)[:], content_type="application/octet-stream")
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response
