"""What a link holds: looked at first, kept as a copy of one's own if wanted. And what a builder's model assumes."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from techamp.campus.learning.text import render_markdown
from techamp.campus.partners.access import asking
from techamp.campus.workshop import actions, running, sharing
from techamp.campus.workshop.access import builder_or_404
from techamp.campus.workshop.bench import bench_of, files_of
from techamp.campus.workshop.models import Draft
from techamp.contract import InvalidInput


@login_required
def shared(request: HttpRequest, builder: str) -> HttpResponse:
    """The model that a link holds, as a picture, with what is wrong with it; a form keeps a copy."""
    found = builder_or_404(builder)
    packed = (request.POST if request.method == "POST" else request.GET).get("model", "")
    context = {"title": _("A shared model"), "builder": found, "packed": packed, "said": {},
               "scene_css": files_of(found)["scene_css"],
               "crumbs": [(found.title, reverse("workshop:home")), (_("A shared model"), "")]}  # fmt: skip
    try:
        document = sharing.unpacked(found, packed)
        if request.method == "POST":
            made = actions.begin(asking(request), found, document)
            running.run(made, found)
            return redirect("workshop:draft", made.uid)
    except InvalidInput as error:
        return render(request, "workshop/shared.html", {**context, "broken": error.faults}, status=422)
    bench = bench_of(Draft(document=document, builder=found.id), found, "", None)
    context |= {
        "bench": bench,
        "board": bench.board,
        "picture": bench.picture(getattr(request, "chart_width", 0), still=True),
    }
    return render(request, "workshop/shared.html", {**context, "title": bench.board.title})


def model(request: HttpRequest, builder: str) -> HttpResponse:
    """Assumptions, what is left out, sources: the builder's model.md as a page. Public."""
    found = builder_or_404(builder)
    _heading, _line, text = (found.folder() / "model.md").read_text(encoding="utf-8").partition("\n")
    context = {"title": _("%(name)s: the model") % {"name": found.title}, "body": render_markdown(text)}
    return render(request, "workshop/model.html", context)
