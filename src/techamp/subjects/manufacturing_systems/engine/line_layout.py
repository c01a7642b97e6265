"""Which models the recursion can run, and their memory."""

from __future__ import annotations

from techamp.subjects.manufacturing_systems.engine import line_words as line
from techamp.subjects.manufacturing_systems.engine import words
from techamp.subjects.manufacturing_systems.engine.memory import Claims, Floats, Words
from techamp.subjects.manufacturing_systems.model.distributions import Distribution, constant
from techamp.subjects.manufacturing_systems.model.factory_model import Model
from techamp.subjects.manufacturing_systems.model.products import Product
from techamp.subjects.manufacturing_systems.model.stations import Station

LEAST_RING = 64
"""Rows kept at first where a buffer has no limit; they grow when a run stops with more parts waiting."""
MOST_ENTRIES = 4096
"""Most rows kept at first for the entry times of the parts at one station; they grow too."""


def is_serial_line(model: Model) -> bool:
    """Whether the recursion says what this (completed) model means: one product, one machine after another, first come
    first served, endless supply or arrivals in front, and nothing that stations share."""
    if len(model.products) != 1 or model.transport or model.release.policy == "kanban":
        return False
    product = model.products[0]
    route = [step.station for step in product.route]
    return (
        0 < len(route) == len(set(route)) == len(model.stations)
        and (model.release.policy == "push" or model.release.wip is None)
        and _plain_product(product)
        and all(_plain_station(model, model.station(name)) for name in route)
        and all(model.branches(product, i)[0].to == _next(product, i) for i in range(len(route)))
        and (product.arrivals is None or model.station(route[0]).buffer is None)
    )


def _next(product: Product, index: int) -> str:
    return product.route[index + 1].name if index + 1 < len(product.route) else "out"


def _plain_product(product: Product) -> bool:
    arrivals = product.arrivals
    simple = arrivals is None or (
        arrivals.batch == 1 and arrivals.first is None and arrivals.count is None and arrivals.due is None
    )
    unlimited = product.base_stock is None and product.wip_limit is None and product.stock is None
    steps = product.route
    return (
        simple
        and unlimited
        and product.demand is None
        and not any(s.takes or s.gives or s.rework or s.scrap or len(s.next) > 1 for s in steps)
    )


def _plain_station(model: Model, station: Station) -> bool:
    alone = station.machines == 1 and station.batch is None and station.staffing is None and station.setup is None
    open_always = station.calendar is None and station.cards is None
    return (
        alone
        and open_always
        and station.move_batch == 1
        and station.buffer_after == 0
        and station.scrap == station.rework == 0
        and len(station.failures) <= 1
        and all(failure.crew is None for failure in station.failures)
        and model.rule(station) in ("fifo", "edd", "cr", "priority", "setup")
    )


def line_memory(
    model: Model, seed: int, trace_rows: int, rings: dict[int, int], *, shared: bool = True
) -> tuple[Words, Floats]:
    """The memory of a serial line before its first step. ``rings`` asks for at least so many rows behind a station.

    Stations with equal distributions share their records, unless ``shared`` is False.
    """
    product = model.products[0]
    stations = [model.station(step.station) for step in product.route]
    times = [model.process_time(product, step) for step in product.route]
    failures = [station.failures[0] if station.failures else None for station in stations]
    n = len(stations)
    claims = Claims(line.HEADER, shared)
    arrivals = claims.distribution(product.arrivals.between if product.arrivals else None)
    process = [claims.distribution(time) for time in times]
    up = [claims.distribution(f.uptime if f else None) for f in failures]
    down = [claims.distribution(f.repair if f else None) for f in failures]
    records, x, scales = claims.claim(line.RECORD * n), claims.claim(n), claims.claim(n)
    measures = [claims.claim(c) for c in (n * words.STATION_ROW, n * words.OPERATION_ROW, words.PRODUCT_ROW)]
    sizes = [max(_ring(stations, j), rings.get(j, 0)) for j in range(n)]
    # Entry times of all parts that fit in: the ring of a line whose buffers have an end need not grow.
    entry = max(_power(sum(min(size, MOST_ENTRIES) for size in sizes)), rings.get(n, 0))
    ring = [claims.claim(size) for size in sizes]
    entries = claims.claim(entry)
    open_end = claims.claim(1)
    trace = claims.claim(trace_rows * words.TRACE_ROW)
    I, F = claims.block()  # noqa: E741
    I[words.KERNEL], I[words.SEED] = words.LINE, seed
    I[words.STATIONS], I[words.OPERATIONS], I[words.PRODUCTS] = n, n, 1
    I[words.STATION_ROWS], I[words.OPERATION_ROWS], I[words.PRODUCT_ROWS] = measures
    I[words.TRACE_AT], I[words.TRACE_SIZE] = trace, trace_rows
    I[line.ENTRIES], I[line.ENTRY_MASK] = entries, entry - 1
    I[line.RECORDS], I[line.TIMES], I[line.SCALES] = records, x, scales
    I[line.ENDLESS], I[line.ARRIVALS] = product.arrivals is None, arrivals
    I[line.KINDS] = kinds(times)
    I[line.CALENDAR] = any(f is not None and f.clock == "calendar" for f in failures)
    names = [station.name for station in model.stations]
    for j, failure in enumerate(failures):
        p = records + j * line.RECORD
        F[x + j] = F[scales + j] = times[j].parameters[0]
        I[p + line.DIST_PROCESS], I[p + line.DIST_UP], I[p + line.DIST_DOWN] = process[j], up[j], down[j]
        I[p + line.RING], I[p + line.MASK], I[p + line.MACHINE] = ring[j], sizes[j] - 1, names.index(stations[j].name)
        I[p + line.BY_CALENDAR] = failure is not None and failure.clock == "calendar"
        buffer = stations[j + 1].buffer if j + 1 < n else None
        I[p + line.NEXT_RING] = open_end
        if buffer is not None:
            I[p + line.BEHIND], I[p + line.NEXT_RING], I[p + line.NEXT_MASK] = buffer + 1, ring[j + 1], sizes[j + 1] - 1
    return I, F


def kinds(times: list[Distribution]) -> int:
    """How the kernel draws: all exponential, all constant, or each by its record."""
    if all(time.kind == "exponential" for time in times):
        return line.ALL_EXPONENTIAL
    return line.ALL_CONSTANT if all(time.kind == constant(0).kind for time in times) else line.MIXED


def _ring(stations: list[Station], j: int) -> int:
    """Departures that must be kept of station j, a power of two: what its own buffer and the next one need."""
    here = stations[j].buffer if j else 0
    after = stations[j + 1].buffer if j + 1 < len(stations) else 0
    return _power(max(LEAST_RING if places is None else places + 2 for places in (here, after)))


def _power(least: int) -> int:
    return 1 << max(1, (least - 1).bit_length())


def grown_line(I: Words, F: Floats, model: Model) -> tuple[Words, Floats]:  # noqa: E741
    """The same state with rings twice as long where nothing bounds them."""
    n, old = int(I[words.STATIONS]), _offsets(I)
    stations = [model.station(step.station) for step in model.products[0].route]
    open_rings = {
        j: 2 * (mask + 1) for j, (_ring_at, mask) in enumerate(old[:-1]) if j + 1 < n and stations[j + 1].buffer is None
    }
    open_rings[n] = 2 * (old[-1][1] + 1)
    J, G = line_memory(model, int(I[words.SEED]), int(I[words.TRACE_SIZE]), open_rings)
    copy_state(I, F, J, G)
    return J, G


def changed_line(I: Words, F: Floats, model: Model) -> tuple[Words, Floats]:  # noqa: E741
    """The state under another model with the same stations."""
    sizes = {j: mask + 1 for j, (_at, mask) in enumerate(_offsets(I))}
    J, G = line_memory(model, int(I[words.SEED]), int(I[words.TRACE_SIZE]), sizes)
    copy_state(I, F, J, G)
    return J, G


def copy_state(I: Words, F: Floats, J: Words, G: Floats) -> None:  # noqa: E741
    """Bring the state from one memory into another with as many stations and rings at least as long."""
    n, old, new = int(I[words.STATIONS]), _offsets(I), _offsets(J)
    kept = [words.NOW, words.STATUS, words.FINISHED, words.EVENTS, words.TRACE_USED, words.PROCESSED]
    kept += [line.LAST_ARRIVAL, *range(line.KEY_ARRIVAL, line.MOST + 1)]
    J[kept] = I[kept]
    for j in range(n):
        a, b = int(I[line.RECORDS]) + j * line.RECORD, int(J[line.RECORDS]) + j * line.RECORD
        J[b + line.STATE_FROM : b + line.RECORD] = I[a + line.STATE_FROM : a + line.RECORD]
        J[b + line.KEY_UP : b + line.KEY_DOWN + 1] = I[a + line.KEY_UP : a + line.KEY_DOWN + 1]
    begun = [int(I[int(I[line.RECORDS]) + j * line.RECORD + line.BEGUN]) for j in range(n)]
    for place, ((a, mask), (b, wide)) in enumerate(zip(old, new, strict=True)):
        last = begun[place] if place < n else begun[0]
        for k in range(max(0, last - min(mask, wide) - 1), last):
            G[b + (k & wide)] = F[a + (k & mask)]
    used = int(I[words.TRACE_USED]) * words.TRACE_ROW
    J[J[words.TRACE_AT] :][:used] = I[I[words.TRACE_AT] :][:used]


def _offsets(I: Words) -> list[tuple[int, int]]:  # noqa: E741
    """(offset, mask) of every ring, the ring of entries last."""
    records = [int(I[line.RECORDS]) + j * line.RECORD for j in range(int(I[words.STATIONS]))]
    rings = [(int(I[p + line.RING]), int(I[p + line.MASK])) for p in records]
    return [*rings, (int(I[line.ENTRIES]), int(I[line.ENTRY_MASK]))]
