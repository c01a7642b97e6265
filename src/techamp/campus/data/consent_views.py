"""Who may see a dataset by name, and taking that back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from techamp.campus.data import actions
from techamp.campus.data.access import own_dataset


@login_required
@require_POST
def unshare(request: HttpRequest, uid: UUID) -> HttpResponse:
    """End what she gave one person: the mentor of a project, signed or not."""
    found = own_dataset(request, uid)
    shares = found.shares.select_related("person")
    share = next((s for s in shares if str(s.person.uid) == request.POST.get("person")), None)
    if share is None:
        raise Http404("It is not shared with that person.")
    actions.unshare(found, share.person)
    messages.success(request, _("%(name)s cannot see it any more.") % {"name": share.person.name})
    return redirect("data:dataset", uid=uid)
