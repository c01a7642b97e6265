"""What a page runs: small enough that an answer comes soon and nobody else waits for it. All limits are our choice.

``techamp simulate`` has none of them.
"""

from __future__ import annotations

from collections.abc import Iterator

from techamp.contract import Fault
from techamp.subjects.manufacturing_systems.builders.line.editing import MOST
from techamp.subjects.manufacturing_systems.model.factory_model import Model
from techamp.subjects.manufacturing_systems.model.products import Product
from techamp.subjects.manufacturing_systems.model.rates import visits
from techamp.subjects.manufacturing_systems.output_analysis.run_length import horizon

MOST_MACHINES, MOST_PLACES, MOST_STEPS = 500, 50_000, 400
MOST_OPERATIONS = 2_000_000
"""Operations and breakdowns of one run."""
MOST_RUNS = 100
ELSEWHERE = "On your own computer, “techamp simulate line.yaml” takes it: save the text of this page as line.yaml."


def limit_faults(model: Model) -> Iterator[Fault]:
    """What is too large for a page, each with the box that makes it so."""
    for what, count, most in (
        ("stations", len(model.stations), MOST["stations"]),
        ("products", len(model.products), MOST["products"]),
        ("machines in all", sum(s.machines for s in model.stations), MOST_MACHINES),
        ("steps in all routes", sum(len(p.route) for p in model.products), MOST_STEPS),
        ("places in all", sum((s.buffer or 0) + s.buffer_after for s in model.stations), MOST_PLACES),
        ("parts in the line", model.release.wip or 0, MOST_PLACES),
    ):
        if count > most:
            yield Fault(
                what, f"must be at most {most:,} on this page", f"{count:,}", f"Model a part of it. {ELSEWHERE}"
            )


def work_faults(model: Model) -> Iterator[Fault]:
    """A run that would take too long."""
    until = horizon(model)
    work = operations(model, until)
    if work <= MOST_OPERATIONS:
        return
    value = f"about {_two_digits(work)} operations" if work < 1e12 else "operations almost without end"
    longest = _two_digits(until * MOST_OPERATIONS / work)
    remedy = f"Make a run at most {longest} {model.time_unit} long (More about the line). {ELSEWHERE}"
    if model.plan.until is None:
        remedy = f"Times or breakdowns lie too far apart: check the units of the shortest. {ELSEWHERE}"
    yield Fault("plan.until", f"must take at most {MOST_OPERATIONS:,} operations on this page", value, remedy)


def _two_digits(number: float) -> str:
    """A number to two digits, written out."""
    return f"{float(f'{number:.2g}'):,.10g}"


def operations(model: Model, until: float) -> float:
    """At most how many operations and breakdowns a run to that time has, roughly."""
    done = sum(sum(_operations(model, product)) for product in model.products)
    stops = 0.0
    for station in model.stations:
        for failure in station.failures:
            stops += station.machines / max(failure.uptime.mean + failure.repair.mean, 1e-300)
    orders = sum(1.0 / max(p.demand.between.mean, 1e-300) for p in model.products if p.demand)
    return until * (done + stops + orders)


def _operations(model: Model, product: Product) -> Iterator[float]:
    """Operations per unit of time at each step, as far as supply and machines allow."""
    entering = _entering(model, product)
    for step, times in zip(product.route, visits(model, product), strict=True):
        station, mean = model.station(step.station), model.process_time(product, step).mean
        size = station.batch.size if station.batch else 1
        able = station.machines * size / mean if mean > 0 else float("inf")
        yield min(entering * max(times, 1.0), able)


def _entering(model: Model, product: Product) -> float:
    """Parts per unit of time that can come in: the arrivals, or as many as the fastest step allows."""
    if product.arrivals:
        return product.arrivals.batch / max(product.arrivals.between.mean, 1e-300)
    means = [model.process_time(product, step).mean for step in product.route]
    timed = [
        (model.station(s.station).machines * (b.size if (b := model.station(s.station).batch) else 1)) / mean
        for s, mean in zip(product.route, means, strict=True)
        if mean > 0
    ]
    return timed[0] if timed else float("inf")
