"""Which models the recursion can run, and their memory."""

from __future__ import annotations

from techamp.subjects.manufacturing_systems.engine import line_kernel as line
from techamp.subjects.manufacturing_systems.engine import words
from techamp.subjects.manufacturing_systems.engine.memory import Claims, Floats, Words
from techamp.subjects.manufacturing_systems.model.distributions import Distribution, constant
from techamp.subjects.manufacturing_systems.model.factory_model import Model
from techamp.subjects.manufacturing_systems.model.products import Product
from techamp.subjects.manufacturing_systems.model.stations import Station

LEAST_RING = 64
"""Rows kept at first where a buffer has no limit; they grow when a run stops with more parts waiting."""


def is_serial_line(model: Model) -> bool:
    """Whether the recursion says what this (completed) model means: one product, one machine after another, first come
    first served, endless supply or arrivals in front, and nothing that stations share."""
    if len(model.products) != 1 or model.transport or model.release.policy == "kanban":
        return False
    product = model.products[0]
    route = [step.station for step in product.route]
    return (
        0 < len(route) == len(set(route))
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
    steps = product.route
    return (
        (arrivals is None or (arrivals.batch == 1 and arrivals.first is arrivals.count is arrivals.due is None))
        and product.demand is product.base_stock is product.wip_limit is None
        and not any(s.takes or s.gives or s.rework or s.scrap or len(s.next) > 1 for s in steps)
    )


def _plain_station(model: Model, station: Station) -> bool:
    return (
        station.machines == 1
        and station.batch is station.staffing is station.calendar is station.cards is station.setup is None
        and station.move_batch == 1
        and station.buffer_after == 0
        and station.scrap == station.rework == 0
        and len(station.failures) <= 1
        and all(failure.crew is None for failure in station.failures)
        and model.rule(station) in ("fifo", "edd", "cr", "priority", "setup")
    )


def line_memory(model: Model, seed: int, trace_rows: int, rings: dict[int, int]) -> tuple[Words, Floats]:
    """The memory of a serial line before its first step. ``rings`` asks for at least so many rows behind a station."""
    product = model.products[0]
    stations = [model.station(step.station) for step in product.route]
    times = [model.process_time(product, step) for step in product.route]
    failures = [station.failures[0] if station.failures else None for station in stations]
    n = len(stations)
    claims = Claims(line.HEADER)
    arrivals = claims.distribution(product.arrivals.between if product.arrivals else None)
    process = [claims.distribution(time) for time in times]
    up = [claims.distribution(f.uptime if f else None) for f in failures]
    down = [claims.distribution(f.repair if f else None) for f in failures]
    rows = claims.claim(line.ROW_COUNT * n)
    measures = [claims.claim(count) for count in (n * words.STATION_ROW, n * words.OPERATION_ROW, words.PRODUCT_ROW)]
    sizes = [max(_ring(stations, j), rings.get(j, 0)) for j in range(n)]
    entry = max(_power(sum(min(size, LEAST_RING) for size in sizes)), rings.get(n, 0))
    ring = [claims.claim(size) for size in sizes]
    entries = claims.claim(entry)
    trace = claims.claim(trace_rows * words.TRACE_ROW)
    I, F = claims.block()  # noqa: E741
    I[words.KERNEL], I[words.SEED], I[words.STATIONS], I[words.OPERATIONS], I[words.PRODUCTS] = (
        words.LINE,
        seed,
        n,
        n,
        1,
    )
    I[words.STATION_ROWS], I[words.OPERATION_ROWS], I[words.PRODUCT_ROWS] = measures
    I[words.TRACE_AT], I[words.TRACE_SIZE] = trace, trace_rows
    I[line.ENTRIES], I[line.ENTRY_MASK], I[line.ROWS], I[line.WIDTH] = entries, entry - 1, rows, n
    I[line.ENDLESS], I[line.ARRIVALS] = product.arrivals is None, arrivals
    I[line.KINDS] = kinds(times)
    I[line.CALENDAR] = any(f is not None and f.clock == "calendar" for f in failures)
    for j, station in enumerate(stations):
        at = lambda which, j=j: rows + which * n + j  # noqa: E731
        F[at(line.SCALE)] = F[at(line.TIME)] = times[j].parameters[0]
        I[at(line.DIST_PROCESS)], I[at(line.DIST_UP)], I[at(line.DIST_DOWN)] = process[j], up[j], down[j]
        I[at(line.RING)], I[at(line.MASK)] = ring[j], sizes[j] - 1
        I[at(line.BY_CALENDAR)] = bool(failures[j]) and failures[j].clock == "calendar"
        buffer = stations[j + 1].buffer if j + 1 < n else None
        I[at(line.BEHIND)] = line.UNBOUNDED if buffer is None else buffer + 1
        _ = station
    return I, F


def kinds(times: list[Distribution]) -> int:
    """How the kernel draws: all exponential, all constant, or each by its record."""
    if all(time.kind == "exponential" for time in times):
        return line.ALL_EXPONENTIAL
    return line.ALL_CONSTANT if all(time.kind == constant(0).kind for time in times) else line.MIXED


def _ring(stations: list[Station], j: int) -> int:
    """Rows that must be kept of the departures from station j, a power of two: what its own buffer and the next need."""
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
    new = _offsets(J)
    keep_model = (line.RING, line.MASK)
    header = [w for w in range(line.HEADER) if w not in (line.ENTRIES, line.ENTRY_MASK, words.TRACE_AT)]
    J[header] = I[header]
    J[line.HEADER : J[line.ROWS]] = I[line.HEADER : I[line.ROWS]]
    for which in range(line.ROW_COUNT):
        if which not in keep_model:
            J[J[line.ROWS] + which * n :][:n] = I[I[line.ROWS] + which * n :][:n]
    begun = [int(b) for b in I[I[line.ROWS] + line.BEGUN * n :][:n]]
    for place, ((a, mask), (b, wide)) in enumerate(zip(old, new, strict=True)):
        last = begun[min(place, n - 1)] if place < n else begun[0]
        for k in range(max(0, last - mask - 1), last):
            G[b + (k & wide)] = F[a + (k & mask)]
    used = int(I[words.TRACE_USED]) * words.TRACE_ROW
    J[J[words.TRACE_AT] :][:used] = I[I[words.TRACE_AT] :][:used]
    return J, G


def _offsets(I: Words) -> list[tuple[int, int]]:  # noqa: E741
    """(offset, mask) of every ring, the ring of entries last."""
    n, rows = int(I[words.STATIONS]), int(I[line.ROWS])
    rings = I[rows + line.RING * n :][:n].tolist()
    masks = I[rows + line.MASK * n :][:n].tolist()
    return [*zip(rings, masks, strict=True), (int(I[line.ENTRIES]), int(I[line.ENTRY_MASK]))]
