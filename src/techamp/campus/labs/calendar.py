"""What is booked for a person."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from techamp.campus.labs.models import Booking
from techamp.campus.labs.sheet import lab_at


def booked(person: Any) -> list[tuple[str, str, datetime]]:
    """(title and place, address, time) of her lab sessions ahead, soonest first."""
    rows = Booking.objects.filter(person=person, session__starts__gte=timezone.now() - timedelta(hours=6))
    found = []
    for booking in rows.select_related("session__institution").order_by("session__starts"):
        lab = lab_at(booking.session.place)
        if lab:
            address = reverse("learning:activity", args=lab.place.split("/"))
            found.append((f"{lab.title} · {booking.session.where}", address, booking.session.starts))
    return found
