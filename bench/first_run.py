"""The first run of each simulation in a server that has just started, its kernels compiled before."""

from __future__ import annotations

from bench.campus import campus_on
from bench.figures import Figure, keep, show
from bench.visits import get
from techamp.contract import registry

MOST = 1.0
TEXT = (
    "A server is started anew for each simulation, with kernels compiled and cached, as after every restart. The first "
    "simulation that it runs is that one, for a learner; a second run with other luck shows what it costs later."
)


def measure() -> list[Figure]:
    found = []
    with campus_on("SQLite") as campus:
        session = campus.run("learners", "1")[0]["session"]
        campus.start()  # compiles what is not compiled yet
        campus.stop()
        for simulation in registry.simulation_ids():
            ready = campus.start()
            first = get(campus.port, f"/play/{simulation}/", session)
            again = get(campus.port, f"/play/{simulation}/?seed=7", session)
            campus.stop()
            if (first.status, again.status) != (200, 200):
                raise RuntimeError(f"/play/{simulation}/ answered {first.status}.")
            note = f"the next one {1000 * again.seconds:.0f} ms; server ready after {ready:.1f} s"
            found.append(show(Figure(f"First run of {simulation}", first.seconds, "s", most=MOST, note=note)))
    keep("First run", TEXT, found)
    return found
