"""What one process keeps resident after every page was served once to everybody who may ask for it."""

from __future__ import annotations

from bench.campus import campus_on
from bench.figures import Figure, keep, show
from bench.visits import get

MOST = 300
TEXT = (
    "One process on SQLite. Every page in the table of `tests/campus/test_access.py`, which the tests hold complete, "
    "is asked for by every person of that table: all roles, own and foreign organizations."
)


def measure() -> list[Figure]:
    with campus_on("SQLite") as campus:
        asked = campus.run("everybody")
        campus.start()
        fresh = campus.resident()
        answers = [get(campus.port, visit["url"], visit["session"]).status for visit in asked]
        if broken := [visit["url"] for visit, status in zip(asked, answers, strict=True) if status >= 500]:
            raise RuntimeError(f"{broken[0]} is broken.")
        served = sum(status == 200 for status in answers)
        resident = campus.resident()
    if not resident:
        print("Resident memory: not measured, as this system has no /proc.")
        return []
    found = [
        show(Figure("Resident after the first page", fresh[0], "MB")),
        show(Figure("Resident after every page", resident[0], "MB", most=MOST,
                    note=f"{served} pages served, {len(answers) - served} refused or redirected")),
        show(Figure("Beside it, the process that watches over the workers", sum(resident[1:]), "MB")),
    ]  # fmt: skip
    keep("Memory", TEXT, found)
    return found
