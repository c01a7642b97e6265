"""The simulation on the public front page: playable without an account, drawn by the server, nothing stored."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from techamp.campus.play.bench import bench_of
from techamp.campus.program.curriculum import curriculum


def front_simulation(request: HttpRequest) -> dict[str, Any] | None:
    """What program.yaml's ``front`` names, on the bench; None where it names nothing."""
    front = curriculum().program.front
    if front is None:
        return None
    bench = bench_of(front.simulation, front.inputs, front.free, request.GET.dict())
    chart = bench.outcome.chart(front.chart) if front.chart else bench.outcome.charts[0]
    ghost = next((c for c in bench.was.charts if c.name == chart.name), None) if bench.was else None
    return {
        "bench": bench,
        "chart": chart,
        "ghost": ghost,
        "ask": front.ask,
        "note": next(iter(bench.outcome.notes), ""),
    }
