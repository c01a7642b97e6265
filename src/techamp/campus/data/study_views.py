"""A study of her data: the page, keeping an analysis, dropping it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from techamp.campus.data import actions, printing
from techamp.campus.data.access import dataset_to_see, own_dataset, who_asks
from techamp.campus.data.models import Dataset, StudyRun
from techamp.campus.data.workbench import (
    Bench,
    bench_of,
    follow_up_of,
    form_text,
    pickable_chart,
    picks_of,
    points_of,
    study_of,
)
from techamp.campus.partners.access import own_key
from techamp.contract import Chart, Study, registry


@login_required
def study(request: HttpRequest, uid: UUID, study: str) -> HttpResponse:
    """Words, charts, numbers; columns and settings beside. A change swaps the result only."""
    found = dataset_to_see(request, uid)
    bench = bench_of(found, study_of(study), request.GET.dict())
    is_own = found.owner_id == request.user.pk
    place = request.GET.get("from", "")
    if is_own and place and bench.outcome and bench.inputs:
        actions.record_step(own_key(request), place, found, bench.study, bench.inputs, bench.outcome)
    swaps = request.headers.get("HX-Request") == "true" and "HX-History-Restore-Request" not in request.headers
    context = {**_context(found, bench, is_own, place), "swaps": swaps}
    template, status = ("data/result.html", 200) if swaps else ("data/study.html", 422 if bench.faults else 200)
    response = render(request, template, context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _link(found: Dataset, bench: Bench) -> str:
    return f"{reverse('data:study', args=[found.uid, bench.study.id])}?{urlencode(bench.query)}"


def _context(found: Dataset, bench: Bench, is_own: bool, place: str) -> dict[str, Any]:
    crumbs = [(_("Your data"), reverse("data:home")), (found.name, reverse("data:dataset", args=[found.uid]))]
    return {
        "title": bench.study.title, "dataset": found, "bench": bench, "outcome": bench.outcome, "is_own": is_own,
        "link": _link(found, bench), "query": urlencode(bench.query), "place": place,
        "picks": picks_of(pickable_chart(bench)),
        "pickable": pickable_chart(bench), "charts": _ordered(bench), "follow_up": _next(found, bench, is_own),
        "has_points": type(bench.study).points is not Study.points,
        "fields": [*bench.roles, *bench.settings], "crumbs": [*crumbs, (bench.study.title, "")],
    }  # fmt: skip


def _ordered(bench: Bench) -> tuple[list[Chart], list[Chart]]:
    """The charts on top, the first and the one that is picked on; and those further down."""
    charts = list(bench.outcome.charts) if bench.outcome else []
    pickable = pickable_chart(bench)
    top = [chart for i, chart in enumerate(charts) if i == 0 or chart is pickable]
    return top, [chart for chart in charts if chart not in top]


def _next(found: Dataset, bench: Bench, is_own: bool) -> dict[str, str]:
    """The sheet that the study asks for next: its address, its title and why; nothing for somebody else's data."""
    wanted = follow_up_of(found, bench) if is_own else None
    if wanted is None:
        return {}
    query = urlencode({name: form_text(value) for name, value in wanted.settings.items()})
    title = registry.planner(wanted.planner).title
    return {"link": f"{reverse('data:plan', args=[wanted.planner])}?{query}", "title": title, "words": wanted.words}


@login_required
def take(request: HttpRequest, uid: UUID, study: str, what: str) -> HttpResponse:
    """The study as its address makes it, to take along: ``report.pdf``, ``points.csv``, a table, a chart."""
    found = dataset_to_see(request, uid)
    bench = bench_of(found, study_of(study), request.GET.dict())
    if bench.outcome is None:  # nothing to take: show what must be mended
        return redirect(f"{reverse('data:study', args=[uid, study])}?{urlencode(bench.query)}")
    name, _dot, format = what.rpartition(".")
    try:
        content, kind = _taken(request, found, bench, name, format)
    except LookupError:
        raise Http404("Nothing of that name.") from None
    response = HttpResponse(content, content_type=kind)
    title = f"{found.name.rsplit('.', 1)[0]} {name}.{format}"
    response.headers["Content-Disposition"] = content_disposition_header(True, title) or "attachment"
    return response


def _taken(request: HttpRequest, found: Dataset, bench: Bench, name: str, format: str) -> tuple[str | bytes, str]:
    """Content and its type; LookupError if there is no such thing."""
    assert bench.outcome is not None
    if format == "pdf" and name == "report":
        link = request.build_absolute_uri(_link(found, bench))
        return printing.pdf_file(found, bench, bench.outcome, link, timezone.localtime()), "application/pdf"
    if format == "csv" and name == "points":
        points = points_of(found, bench)
        if points is None:
            raise LookupError(name)
        return printing.csv_of_points(points), "text/csv; charset=utf-8"
    if format == "csv":
        table = next((t for t in bench.outcome.tables if t.name == name), None)
        if table is None:
            raise LookupError(name)
        return printing.csv_of_table(table), "text/csv; charset=utf-8"
    chart = bench.outcome.chart(name)
    if format == "png":
        return printing.png_file(chart), "image/png"
    if format == "svg":
        return printing.svg_file(chart), "image/svg+xml"
    raise LookupError(format)


@login_required
@require_POST
def keep(request: HttpRequest, uid: UUID, study: str) -> HttpResponse:
    """Keep this analysis under a title."""
    found = own_dataset(request, uid)
    asked = {name: str(value) for name, value in QueryDict(request.POST.get("query", "")).items()}
    bench = bench_of(found, study_of(study), asked)
    if bench.outcome is None or bench.inputs is None:  # nothing to keep: show what must be mended
        return redirect(f"{reverse('data:study', args=[uid, study])}?{urlencode(bench.query)}")
    title = request.POST.get("title", "")
    run = actions.keep_run(found, bench.study, bench.chosen, bench.inputs, bench.outcome, title)
    messages.success(request, _("Kept: %(title)s.") % {"title": run.title})
    return redirect("data:dataset", uid=uid)


@login_required
@require_POST
def delete_run(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Drop a kept analysis; the data stay."""
    run = get_object_or_404(StudyRun, uid=uid, dataset__owner=who_asks(request))
    where = run.dataset.uid
    run.delete()
    messages.success(request, _("The analysis is gone; your data are still here."))
    return redirect("data:dataset", uid=where)
