"""The clock of a history: the services run as they always do, at the moment that it shows.

Everything that counts is written with the time at which it happened (``timezone.now`` in the services and in the
models' ``auto_now``), and a demo campus needs weeks of that. Nothing else in the system sets a time afterwards, and
nothing should: evidence is append-only. So while a history is made, ``timezone.now`` is this clock, for the thread that
makes it and for no other.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from threading import get_ident

from django.utils import timezone


class Clock:
    """A moment that moves on when told."""

    def __init__(self, moment: datetime) -> None:
        self.now = moment

    def tick(self, minutes: float) -> datetime:
        """Let time pass; returns the moment after it."""
        self.now += timedelta(minutes=minutes)
        return self.now

    def go_to(self, day: date, hour: float) -> datetime:
        """The moment ``hour`` hours into a day, on the campus's wall clock."""
        start = timezone.make_aware(datetime.combine(day, time()))
        self.now = start + timedelta(hours=hour)
        return self.now


@contextmanager
def history(day: date) -> Iterator[Clock]:
    """Until the block ends, the time of this thread is what the clock shows, beginning with midnight of ``day``."""
    clock, real, thread = Clock(timezone.make_aware(datetime.combine(day, time()))), timezone.now, get_ident()

    def now() -> datetime:
        return clock.now if get_ident() == thread else real()

    timezone.now = now
    try:
        yield clock
    finally:
        timezone.now = real
