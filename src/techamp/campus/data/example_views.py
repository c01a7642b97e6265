"""An example file as a dataset of hers: the same way in as her own files, with nothing to find first."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from techamp.campus.data import actions
from techamp.campus.data.access import who_asks
from techamp.contract.example_file import example_file


@login_required
@require_POST
def example(request: HttpRequest, name: str) -> HttpResponse:
    """Bring it, once, and show what was read."""
    try:
        file = example_file(name)
    except LookupError:
        raise Http404("No such example.") from None
    return redirect("data:dataset", uid=actions.add_example(who_asks(request), file.name, file.content).uid)
