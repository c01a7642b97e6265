"""Pages that belong to no room: front, about, not found, broken."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from techamp.campus.learning.wheel import wheel_of
from techamp.campus.play.front import front_simulation
from techamp.campus.program.curriculum import curriculum


def front(request: HttpRequest) -> HttpResponse:
    """What the program is, the map of ten, how to join, and one simulation to play with. Signed in, it is this week."""
    if request.user.is_authenticated:
        return redirect("learning:home")
    lessons = curriculum()
    context = {
        "title": _("Learn to run the whole line"),
        "program": lessons.program,
        "wheel": wheel_of([]),
        "play": front_simulation(request),
    }
    return render(request, "ui/front.html", context)


def about(request: HttpRequest) -> HttpResponse:
    """Privacy, help, accessibility, licenses."""
    return render(request, "ui/about.html", {"title": _("About, privacy, help")})


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: not there, or not yours to see; we do not say which."""
    return render(request, "ui/404.html", {"title": _("Not found")}, status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """500."""
    return render(request, "ui/500.html", status=500)
