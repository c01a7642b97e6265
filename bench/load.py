"""100 learners who think for 5 s, and then 20 connections that never do; beside a page that only says hello."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

from bench.campus import ROOT, Campus, campus_on
from bench.figures import Figure, keep, show
from bench.hello import hello_rate

LEARNERS, THINK, CONNECTIONS = 100, 5.0, 20
THINK_SECONDS, SATURATE_SECONDS, WARM_SECONDS = 60, 20, 6
KINDS = ("home", "lecture", "practice", "answer", "run", "study")
P50, P95, LEAST_RATE = 40, 200, 150
TEXT = (
    "100 signed-in learners, 5 s of thought (2.5–7.5 s) between two requests, for 60 s; then 20 connections without "
    "thought for 20 s. They open their week, a lecture, a set of practice, answer it, run a simulation on a seed that "
    "is not in the cache, and now and then chart their own 60 readings. Times are taken by the client, over loopback, "
    "from the first byte sent to the last one read: they hold the wait in the server's queue, and the client runs on "
    "the same cores. Processor time is that of the server alone (on PostgreSQL, without the database's). "
    "A hello page is a bare Django view that says hello, under the same server, measured right after, so that a busy "
    "machine slows both."
)


def measure() -> list[Figure]:
    """Both databases, with one process and with two."""
    found: list[Figure] = []
    for database in ("SQLite", "PostgreSQL"):
        for workers in (1, 2):
            found += _on(database, workers)
    keep("Load", TEXT, found)
    return found


def _said(workers: int) -> str:
    return "1 process" if workers == 1 else f"{workers} processes"


def _on(database: str, workers: int) -> Iterator[Figure]:
    where = f"{database}, {_said(workers)}"
    with campus_on(database) as campus:
        learners = campus.run("learners", str(LEARNERS))
        campus.start(workers)
        crowd(campus, learners[:CONNECTIONS], 0, WARM_SECONDS)
        thinking = crowd(campus, learners, THINK, THINK_SECONDS)
        for kind in KINDS:
            times = [t * 1000 for t in thinking["times"][kind]]
            yield show(Figure(f"{where}, {kind}: p50", statistics.median(times), "ms", most=P50))
            yield show(Figure(f"{where}, {kind}: p95", quantile(times, 0.95), "ms", most=P95, note=f"n = {len(times)}"))
        rate = 0.0
        for figure in _saturated(where, campus, learners[:CONNECTIONS]):
            rate = rate or figure.value
            yield figure
    hello = hello_rate(workers, CONNECTIONS)
    yield show(Figure(f"{where}: what a request costs", hello / rate, "hello pages", note=f"{hello:.0f} hello pages/s"))


def _saturated(where: str, campus: Campus, learners: list[dict[str, str]]) -> Iterator[Figure]:
    before, began = campus.cpu_seconds(), time.monotonic()
    result = crowd(campus, learners, 0, SATURATE_SECONDS)
    spent, took = campus.cpu_seconds() - before, time.monotonic() - began
    times = [t * 1000 for kind in result["times"].values() for t in kind]
    yield show(Figure(f"{where}: saturation, mixed", len(times) / result["seconds"], "requests/s", least=LEAST_RATE,
                      note=f"p50 {statistics.median(times):.0f} ms, p95 {quantile(times, 0.95):.0f} ms"))  # fmt: skip
    yield show(Figure(f"{where}: server's processor time, mixed", 1000 * spent / len(times), "ms a request",
                      note=f"{spent / took:.2f} cores; the client took {result['cpu'] / took:.2f}"))  # fmt: skip


def crowd(campus: Campus, learners: list[dict[str, str]], think: float, seconds: float) -> dict[str, Any]:
    """Let these learners in; raise when a page failed."""
    orders = {"port": campus.port, "learners": learners, "think": think, "seconds": seconds}
    command = [sys.executable, "-m", "bench.crowd"]
    done = subprocess.run(command, input=json.dumps(orders).encode(), stdout=subprocess.PIPE, cwd=ROOT, check=True)
    result: dict[str, Any] = json.loads(done.stdout)
    if result["faults"]:
        raise RuntimeError(f"{len(result['faults'])} pages failed, such as: {result['faults'][0]}")
    return result


def quantile(values: list[float], share: float) -> float:
    """The value that this share of all lies at or below."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]
