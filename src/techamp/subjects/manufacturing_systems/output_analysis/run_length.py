"""How long one run is where nobody says so. Needs no engine."""

from __future__ import annotations

from techamp.subjects.manufacturing_systems.model.factory_model import Model
from techamp.subjects.manufacturing_systems.model.rates import station_rates

PARTS = 2000
"""Parts that a run should finish where the plan does not say how long: enough for a steady mean. Our choice."""


def horizon(model: Model) -> float:
    """How long to run where the plan does not say: the time in which the slowest flow finishes ``PARTS`` parts."""
    if model.plan.until:
        return model.plan.until
    arriving = [r for r in station_rates(model) if r.visits > 0]
    alone = station_rates(model, dict.fromkeys((p.name for p in model.products), 1.0))
    paces = [len(model.products) * r.work / r.capacity for r in alone if r.capacity > 0]
    slowest = max(paces, default=1.0) or 1.0
    if arriving:
        rates = [p.arrivals.batch / p.arrivals.between.mean for p in model.products if p.arrivals]
        slowest = max(slowest, 1.0 / sum(rates))
    once = sum(model.process_time(p, s).mean for p in model.products for s in p.route) / max(1, len(model.products))
    closed = max((calendar.cycle for calendar in model.calendars), default=0.0)
    return (model.plan.parts or PARTS) * slowest + 10.0 * once + 20.0 * closed
