"""The event kernel, room by room: each uses only those before it, and every call ends where it began.

An event is taken from the list (``heap``) by ``kernel``, and given to what it happens to: ``machines``, ``failures``,
``places``, ``release``, ``finishing`` or ``shifts``. They put stations on the agenda, and ``dispatching`` attends to
them until nothing moves at that moment.
"""

ROOMS = (
    "heap", "lines", "sums", "work", "people", "failures", "parts", "finishing", "places", "leaving", "loading",
    "dispatching", "machines", "release", "shifts", "locking", "measuring", "kernel",
)  # fmt: skip
