"""Her own models: the list, the bench of one, its text, deleting it."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from techamp.campus.learning import plant
from techamp.campus.partners.access import asking, own_key
from techamp.campus.workshop import actions, running, sharing
from techamp.campus.workshop.access import builder_or_404, own_draft
from techamp.campus.workshop.bench import Bench, bench_of, files_of, trace_of
from techamp.campus.workshop.models import Draft
from techamp.contract import Builder, Fault, InvalidInput, Template, registry

VIEWS = ("picture", "table", "text")
MOST_BYTES = 1_000_000


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """What she made, and ways to begin: a template, or a text."""
    if request.method == "POST":
        return _begin(request)
    return _home(request)


def _home(request: HttpRequest, faults: tuple[Fault, ...] = ()) -> HttpResponse:
    builders = [registry.builder(id) for id in registry.builder_ids()]
    drafts = Draft.objects.filter(owner=asking(request), builder__in=registry.builder_ids())
    context = {
        "title": builders[0].title if len(builders) == 1 else _("Your own models"),
        "builders": [(builder, _templates(request, builder)) for builder in builders],
        "drafts": drafts.defer("document", "past", "future", "finding").order_by("-changed"),
        "faults": faults, "anchors": {fault.field: "text" for fault in faults}, "typed": request.POST.get("text", ""),
    }  # fmt: skip
    return render(request, "workshop/home.html", context, status=422 if faults else 200)


def _templates(request: HttpRequest, builder: Builder) -> tuple[Template, ...]:
    return builder.templates(plant.whole(own_key(request)))


def _begin(request: HttpRequest) -> HttpResponse:
    builder = builder_or_404(request.POST.get("builder", ""))
    try:
        name = request.POST.get("template", "")
        chosen = next((one for one in _templates(request, builder) if one.name == name), None)
        document = chosen.document if chosen else builder.read(_given_text(request))
        made = actions.begin(asking(request), builder, document)
    except InvalidInput as error:
        return _home(request, error.faults)
    running.run(made, builder)
    return redirect("workshop:draft", made.uid)


def _given_text(request: HttpRequest) -> str:
    """The text that was pasted, or that of the file."""
    file = request.FILES.get("file")
    if file is None:
        return request.POST.get("text", "")
    if (file.size or 0) > MOST_BYTES:
        rule = _("must be at most %d bytes") % MOST_BYTES
        raise InvalidInput(_("The file"), rule, file.size, _("Choose a smaller one."))
    try:
        return file.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        remedy = _("Save it as plain text (UTF-8).")
        raise InvalidInput(_("The file"), _("must be text"), file.name, remedy) from None


@login_required
def draft(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The bench of one model: picture, form, what its run says. Each change is a form that is sent."""
    found = own_draft(request, uid)
    builder = registry.builder(found.builder)
    if request.method == "POST":
        return _change(request, found, builder)
    is_found = found.found_for == found.revision and found.found_by == builder.version
    if not is_found and running.going(found) is None:  # a run that was lost, or by an older engine
        running.run(found, builder)
        found.refresh_from_db()
    return _bench(request, found, builder, request.GET.get("at", ""), _view(request.GET.get("view", "")))


def _view(asked: str) -> str:
    return asked if asked in VIEWS else VIEWS[0]


def _bench(
    request: HttpRequest, found: Draft, builder: Builder, at: str, view: str, faults: tuple[Fault, ...] = ()
) -> HttpResponse:
    bench = bench_of(found, builder, at, running.going(found))
    others = Draft.objects.filter(owner=found.owner_id, builder=found.builder).exclude(pk=found.pk)
    context = {
        "title": found.name, "bench": bench, "draft": found, "builder": builder, "board": bench.board, "view": view,
        "picture": bench.picture(getattr(request, "chart_width", 0)) if view == "picture" else "",
        "text": _text(request, found, builder, faults) if view == "text" else "",
        "pasted": request.POST.get("table", "") if faults else "",
        "faults": [*((fault, "") for fault in faults), *bench.board.faults], "said": _where(bench, view),
        "link": _link(request, found, builder), "others": others.only("uid", "name").order_by("-changed")[:30],
        "views": ((VIEWS[0], _("Picture")), (VIEWS[1], _("Table")), (VIEWS[2], _("Text"))), **files_of(builder),
        "trace": trace_of(bench),
        "crumbs": [(_home_title(), reverse("workshop:home")), (found.name, "")],
    }  # fmt: skip
    return render(request, "workshop/draft.html", context, status=422 if faults else 200)


def _text(request: HttpRequest, found: Draft, builder: Builder, faults: tuple[Fault, ...]) -> str:
    """The model as text; what was typed instead, where that could not be read."""
    return (request.POST.get("text", "") if faults else "") or builder.write(found.document)


def _home_title() -> str:
    builders = registry.builder_ids()
    return registry.builder(builders[0]).title if len(builders) == 1 else _("Your own models")


def _where(bench: Bench, view: str) -> dict[str, str]:
    """Box with a fault → the address at which it can be mended."""
    rows = [bench.board.whole, *(row for listing in bench.board.listings for row in listing.rows)]
    return {
        box.name: f"#{box.name}" if row.place == bench.at or view == "table" else f"?at={row.place}#{box.name}"
        for row in rows
        for box in row.boxes
        if box.faults
    }


def _link(request: HttpRequest, found: Draft, builder: Builder) -> str:
    """The address that holds a copy of this model; "" where it is too long for one."""
    packed = sharing.packed(found.document)
    address = reverse("workshop:shared", args=[builder.id])
    return request.build_absolute_uri(f"{address}?{urlencode({'model': packed})}") if packed else ""


def _change(request: HttpRequest, found: Draft, builder: Builder) -> HttpResponse:
    """What was typed, then what was pressed; then a run, and the page again."""
    at, view = request.POST.get("at", ""), _view(request.POST.get("view", ""))
    try:
        found, at = _done(request, found, builder, at)
    except InvalidInput as error:
        return _bench(request, found, builder, at, view, error.faults)
    except actions.Stale:
        messages.warning(
            request,
            _("This model was changed on another page. Here it is as it stands now; what you did last is not in it."),
        )
        return redirect(_address(found, at, view))
    if found.found_for != found.revision and running.going(found) is None:
        running.run(found, builder)
    return redirect(_address(found, at, view))


def _address(found: Draft, at: str, view: str) -> str:
    asked = {name: value for name, value in (("at", at), ("view", view)) if value and value != VIEWS[0]}
    return f"{reverse('workshop:draft', args=[found.uid])}{'?' if asked else ''}{urlencode(asked)}"


def _done(request: HttpRequest, found: Draft, builder: Builder, at: str) -> tuple[Draft, str]:
    """Carry out what a button says: its verb and, after a colon, its place."""
    verb, _colon, place = request.POST.get("do", "").partition(":")
    if verb in ("undo", "redo"):
        return (actions.undo if verb == "undo" else actions.redo)(found, builder), at
    if verb == "end":
        running.end(found)
        return found, at
    revision = request.POST.get("revision", "")
    if not revision.isascii() or not revision.isdigit() or int(revision) != found.revision:
        raise actions.Stale
    document = found.document
    if verb == "text":
        document = builder.read(request.POST.get("text", ""))
    elif verb == "table":
        document, at = builder.pasted(document, request.POST.get("table", "")), ""
    else:
        document = builder.typed(document, {k: str(v)[:2000] for k, v in request.POST.items()})
        if verb not in ("", "keep"):
            document, at = builder.edited(document, verb, place)
    return actions.change(found, builder, found.revision, document), at


@login_required
def text(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The model as a file."""
    found = own_draft(request, uid)
    response = HttpResponse(registry.builder(found.builder).write(found.document), content_type="application/yaml")
    response["Content-Disposition"] = content_disposition_header(True, f"{found.name}.yaml")
    return response


@login_required
def delete(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Ask once, then delete."""
    found = own_draft(request, uid)
    if request.method == "POST":
        actions.delete(found)
        messages.success(request, _("%(name)s is deleted.") % {"name": found.name})
        return redirect("workshop:home")
    crumbs = [(_home_title(), reverse("workshop:home")), (found.name, reverse("workshop:draft", args=[uid]))]
    context = {
        "title": _("Delete %(name)s?") % {"name": found.name},
        "draft": found,
        "crumbs": [*crumbs, (_("Delete"), "")],
    }
    return render(request, "workshop/delete.html", context)
