"""The simulation on the public front page."""

from django.http import HttpRequest


def front_simulation(request: HttpRequest) -> str:
    return ""
