"""The memory of a model that runs by events: records filled from the model, room for parts and events that grows."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from techamp.subjects.manufacturing_systems.engine import event_words as e
from techamp.subjects.manufacturing_systems.engine import words as w
from techamp.subjects.manufacturing_systems.engine.memory import Claims, Floats, Words
from techamp.subjects.manufacturing_systems.model.distributions import KINDS
from techamp.subjects.manufacturing_systems.model.factory_model import Model
from techamp.subjects.manufacturing_systems.model.products import OUT, Product, Step
from techamp.subjects.manufacturing_systems.model.resources import Calendar
from techamp.subjects.manufacturing_systems.model.stations import RULES, Station

FIRST_PARTS = 64
ALIKE = {"any": 0, "family": 1, "product": 2}


@dataclass
class Places:
    """Where the records of a model lie, and what they need besides."""

    claims: Claims = field(default_factory=lambda: Claims(e.HEADER))
    stations: dict[str, int] = field(default_factory=dict)
    machines: dict[str, int] = field(default_factory=dict)
    failures: dict[str, int] = field(default_factory=dict)
    products: dict[str, int] = field(default_factory=dict)
    steps: dict[tuple[str, str], int] = field(default_factory=dict)
    crews: dict[str, int] = field(default_factory=dict)
    calendars: dict[str, int] = field(default_factory=dict)
    calendar_times: dict[str, int] = field(default_factory=dict)
    legs: dict[tuple[str, str], int] = field(default_factory=dict)
    ways: dict[tuple[str, str], int] = field(default_factory=dict)
    components: dict[tuple[str, str], int] = field(default_factory=dict)
    setups: dict[str, int] = field(default_factory=dict)
    families: dict[str, int] = field(default_factory=dict)
    regions: dict[str, int] = field(default_factory=dict)


def event_memory(model: Model, seed: int, trace_rows: int) -> tuple[Words, Floats]:
    """The memory of a (completed) model before its first step."""
    at = _places(model, trace_rows)
    I, F = at.claims.block()  # noqa: E741
    _header(model, at, I, seed, trace_rows)
    for number, station in enumerate(model.stations):
        _station(model, at, I, F, station, number)
    for number, product in enumerate(model.products):
        _product(model, at, I, F, product, number)
        for index in range(len(product.route)):
            _step(model, at, I, F, product, index)
    for crew in model.crews:
        offset = at.crews[crew.name]
        I[offset + e.C_FREE] = crew.size
        if crew.calendar:
            I[offset + e.CREW_WORDS] = at.calendars[crew.calendar]
            I[offset + e.C_CLOSED] = not _opens_at_zero(_calendar(model, crew.calendar))
    for calendar in model.calendars:
        _calendar_record(at, I, F, calendar)
    return _with_room(I, F, FIRST_PARTS + int(I[e.MARGIN]))


def _places(model: Model, trace_rows: int) -> Places:
    at = Places()
    claim = at.claims.claim
    at.regions["stations"] = at.claims.size
    for station in model.stations:
        at.stations[station.name] = claim(e.STATION)
    at.regions["machines"] = at.claims.size
    for station in model.stations:
        at.machines[station.name] = claim(e.MACHINE * station.machines)
    for station in model.stations:
        at.failures[station.name] = claim(e.FAILURE * station.machines * len(station.failures))
    at.regions["products"] = at.claims.size
    for product in model.products:
        at.products[product.name] = claim(e.PRODUCT)
    at.regions["steps"] = at.claims.size
    for product in model.products:
        for step in product.route:
            at.steps[product.name, step.name] = claim(e.STEP)
    at.regions["crews"] = at.claims.size
    for crew in model.crews:
        at.crews[crew.name] = claim(e.CREW_WORDS + 1)
    at.regions["calendars"] = at.claims.size
    for calendar in model.calendars:
        at.calendars[calendar.name] = claim(e.CALENDAR_WORDS)
    for calendar in model.calendars:
        at.calendar_times[calendar.name] = claim(2 * len(calendar.open))
    names = {model.family(p, s) for p in model.products for s in p.route}
    names |= {station.setup.first for station in model.stations if station.setup and station.setup.first}
    at.families = {name: i for i, name in enumerate(sorted(names))}
    for station in model.stations:
        if station.setup:
            at.setups[station.name] = claim(len(at.families) ** 2)
    for product in model.products:
        for index, step in enumerate(product.route):
            key = product.name, step.name
            at.ways[key] = claim(e.WAY * len(model.branches(product, index)))
            at.components[key] = claim(2 * (len(step.takes) + len(step.gives)))
    n = len(model.stations)
    at.regions["agenda"] = claim(n + 1)
    at.regions["sequence"] = claim(len(model.release.sequence))
    at.regions["shares"] = claim(2 * len(model.products))
    rows = (("station", n, w.STATION_ROW), ("step", len(at.steps), w.OPERATION_ROW), ("product", len(model.products), w.PRODUCT_ROW))  # fmt: skip  # noqa: E501
    for name, count, row in rows:
        at.regions[f"{name}_sums"] = claim(count * row)
        at.regions[f"{name}_rows"] = claim(count * row)
    at.regions["trace"] = claim(trace_rows * w.TRACE_ROW)
    _claim_times(model, at)
    return at


def _claim_times(model: Model, at: Places) -> None:
    """A record for every distribution of the model."""
    want = at.claims.distribution
    for station in model.stations:
        for failure in station.failures:
            want(failure.uptime)
            want(failure.repair)
        if station.setup:
            for a in at.families:
                for b in at.families:
                    want(station.setup.between(a, b))
    for product in model.products:
        for source in (product.arrivals, product.demand):
            if source:
                want(source.between)
                want(source.due)
        for step in product.route:
            want(model.process_time(product, step))
            for follower in product.route:
                leg = model.leg(step.station, follower.station)
                if leg and (step.station, follower.station) not in at.legs:
                    want(leg.time)
                    at.legs[step.station, follower.station] = at.claims.claim(e.LEG)


def _header(model: Model, at: Places, I: Words, seed: int, trace_rows: int) -> None:  # noqa: E741
    I[w.KERNEL], I[w.SEED] = w.EVENT, seed
    I[w.STATIONS], I[w.OPERATIONS], I[w.PRODUCTS] = len(model.stations), len(at.steps), len(model.products)
    I[w.STATION_ROWS], I[e.STATION_SUMS] = at.regions["station_rows"], at.regions["station_sums"]
    I[w.OPERATION_ROWS], I[e.STEP_SUMS] = at.regions["step_rows"], at.regions["step_sums"]
    I[w.PRODUCT_ROWS], I[e.PRODUCT_SUMS] = at.regions["product_rows"], at.regions["product_sums"]
    I[w.TRACE_AT], I[w.TRACE_SIZE] = at.regions["trace"], trace_rows
    I[e.STATION_AT], I[e.MACHINE_AT] = at.regions["stations"], at.regions["machines"]
    I[e.MACHINE_COUNT] = sum(station.machines for station in model.stations)
    I[e.PRODUCT_AT], I[e.STEP_AT] = at.regions["products"], at.regions["steps"]
    I[e.CREW_AT], I[e.CREW_COUNT] = at.regions["crews"], len(model.crews)
    I[e.CALENDAR_AT], I[e.CALENDAR_COUNT] = at.regions["calendars"], len(model.calendars)
    I[e.AGENDA] = at.regions["agenda"]
    limit = model.release.wip if model.release.policy == "conwip" else None
    I[e.WIP_LIMIT] = e.UNBOUNDED if limit is None else limit
    I[e.SEQUENCE_AT], I[e.SEQUENCE_LENGTH] = at.regions["sequence"], len(model.release.sequence)
    for i, name in enumerate(model.release.sequence):
        I[I[e.SEQUENCE_AT] + i] = at.products[name]
    endless = [p for p in model.products if model.has_endless_supply(p)]
    I[e.ENDLESS], I[e.SHARES] = len(endless), at.regions["shares"]
    total = sum(p.share for p in endless) or 1.0
    F, so_far = I.view(np.float64), 0.0
    for i, product in enumerate(endless):
        so_far += product.share / total
        I[I[e.SHARES] + 2 * i], F[I[e.SHARES] + 2 * i + 1] = at.products[product.name], so_far
    largest = max((p.arrivals.batch for p in model.products if p.arrivals), default=1)
    gives = max((sum(c.count for c in s.gives) for p in model.products for s in p.route), default=0)
    batch = max((s.batch.size if s.batch else 1 for s in model.stations), default=1)
    I[e.MARGIN] = 8 + largest + gives * batch + batch
    I[e.MOVES] = 1 if model.transport else 0
    I[e.KANBAN] = any(s.cards is not None for s in model.stations)
    I[e.CAN_LOCK] = any(s.buffer is not None for s in model.stations) and _has_circle(model)


def _has_circle(model: Model) -> bool:
    """Whether parts can come back to a station, or two products pass stations in opposite orders."""
    after: dict[str, set[str]] = {s.name: set() for s in model.stations}
    for product in model.products:
        stations = {step.name: step.station for step in product.route}
        for i, step in enumerate(product.route):
            targets = [b.to for b in model.branches(product, i)] + ([step.rework_to] if step.rework_to else [])
            after[step.station] |= {stations[to] for to in targets if to in stations}
    reached = {name: set(next_) for name, next_ in after.items()}
    changed = True
    while changed:
        changed = False
        for name, ahead in reached.items():
            more = set().union(*(reached[other] for other in ahead)) - ahead if ahead else set()
            if more:
                reached[name] = ahead | more
                changed = True
    return any(name in ahead for name, ahead in reached.items())


def _station(model: Model, at: Places, I: Words, F: Floats, station: Station, number: int) -> None:  # noqa: E741
    o = at.stations[station.name]
    I[o + e.MACHINES], I[o + e.MACHINES_AT], I[o + e.NUMBER] = station.machines, at.machines[station.name], number
    I[o + e.BUFFER], I[o + e.AFTER], I[o + e.CARDS] = (
        _unbounded(station.buffer), station.buffer_after, _unbounded(station.cards),
    )  # fmt: skip
    I[o + e.RULE] = RULES.index(model.rule(station))
    batch = station.batch
    I[o + e.BATCH], I[o + e.LEAST] = (batch.size, batch.fewest) if batch else (1, 1)
    I[o + e.ALIKE] = ALIKE[batch.alike] if batch else 0
    F[o + e.LONGEST_WAIT] = e.NEVER if not batch or batch.wait is None else batch.wait
    if station.staffing:
        I[o + e.CREW], I[o + e.PEOPLE] = at.crews[station.staffing.crew], station.staffing.people
        I[o + e.ATTEND_SETUP] = "setup" in station.staffing.attend
        I[o + e.ATTEND_PROCESS] = "process" in station.staffing.attend
    attends = [station.staffing is not None and kind in station.staffing.attend for kind in ("setup", "process")]
    interrupted = station.calendar is not None or any(failure.clock == "calendar" for failure in station.failures)
    I[o + e.MERGES] = attends[0] == attends[1] and not interrupted
    closed = False
    if station.calendar:
        I[o + e.CALENDAR] = at.calendars[station.calendar]
        closed = not _opens_at_zero(_calendar(model, station.calendar))
        I[o + e.CLOSED] = closed
    if station.setup:
        I[o + e.SETUPS], I[o + e.FAMILIES] = at.setups[station.name], len(at.families)
        for a, i in at.families.items():
            for b, j in at.families.items():
                time = station.setup.between(a, b)
                I[at.setups[station.name] + i * len(at.families) + j] = at.claims.distribution(time)
    I[o + e.SUMS] = at.regions["station_sums"] + number * w.STATION_ROW
    I[o + e.SUPPLIES] = any(p.route[0].station == station.name for p in model.products)
    I[o + e.TAKES_ANY] = any(s.takes for p in model.products for s in p.route if s.station == station.name)
    first = (at.machines[station.name] - at.regions["machines"]) // e.MACHINE
    for n in range(station.machines):
        _machine(at, I, station, n, first + n, closed)
    I[o + e.IDLE], I[o + e.IDLE_COUNT] = at.machines[station.name], station.machines
    I[o + e.IDLE_END] = at.machines[station.name] + (station.machines - 1) * e.MACHINE


def _machine(at: Places, I: Words, station: Station, n: int, number: int, closed: bool) -> None:  # noqa: E741
    m = at.machines[station.name] + n * e.MACHINE
    I[m + e.M_LINK] = m + e.MACHINE if n + 1 < station.machines else 0
    I[m + e.M_KIND], I[m + e.M_STATION], I[m + e.M_NUMBER] = e.A_MACHINE, at.stations[station.name], number
    I[m + e.M_STATE] = w.OFF_SHIFT if closed else w.STARVED
    I[m + e.M_HALT] = e.OFF_BIT if closed else 0
    first = station.setup.first if station.setup else None
    I[m + e.M_FAMILY] = at.families[first] if first else -1
    I[m + e.M_NEEDS] = station.staffing.people if station.staffing else 0
    I[m + e.M_SUMS] = I[at.stations[station.name] + e.SUMS]
    I[m + e.M_FAILURES] = at.failures[station.name] + n * len(station.failures) * e.FAILURE
    I[m + e.M_FAILURE_COUNT] = len(station.failures)
    for i, failure in enumerate(station.failures):
        x = I[m + e.M_FAILURES] + i * e.FAILURE
        I[x + e.X_KIND], I[x + e.X_MACHINE], I[x + e.X_BY_CALENDAR] = e.A_FAILURE, m, failure.clock == "calendar"
        I[x + e.X_UP], I[x + e.X_DOWN] = at.claims.distribution(failure.uptime), at.claims.distribution(failure.repair)
        I[x + e.X_CREW], I[x + e.X_PEOPLE] = at.crews[failure.crew] if failure.crew else 0, failure.people


def _product(model: Model, at: Places, I: Words, F: Floats, product: Product, number: int) -> None:  # noqa: E741
    p = at.products[product.name]
    I[p + e.P_STEP], I[p + e.P_INDEX] = at.steps[product.name, product.route[0].name], number
    F[p + e.P_PRIORITY] = product.priority
    I[p + e.P_SUMS] = at.regions["product_sums"] + number * w.PRODUCT_ROW
    I[p + e.P_WIP_LIMIT], I[p + e.P_BASE] = _unbounded(product.wip_limit), _unbounded(product.base_stock)
    I[p + e.P_STOCK_LIMIT], I[p + e.P_STOCK] = _unbounded(product.stock), product.opening_stock
    taken = any(c.product == product.name for q in model.products for s in q.route for c in s.takes)
    I[p + e.P_STOCKED] = taken or product.demand is not None or product.stock is not None
    I[p + e.P_ENDLESS] = model.has_endless_supply(product)
    I[p + e.P_BETWEEN] = I[p + e.P_DUE] = I[p + e.P_DEMAND] = I[p + e.P_DEMAND_DUE] = -1
    if product.arrivals:
        a = product.arrivals
        I[p + e.P_BETWEEN], I[p + e.P_BATCH] = at.claims.distribution(a.between), a.batch
        I[p + e.P_COUNT_LEFT] = e.UNBOUNDED if a.count is None else a.count
        I[p + e.P_LOSES], I[p + e.P_DUE] = a.when_full == "lost", at.claims.distribution(a.due)
        F[p + e.P_FIRST] = -1.0 if a.first is None else a.first
    if product.demand:
        d = product.demand
        I[p + e.P_DEMAND], I[p + e.P_DEMAND_SIZE] = at.claims.distribution(d.between), d.size
        I[p + e.P_DEMAND_LOSES], I[p + e.P_DEMAND_DUE] = d.when_empty == "lost", at.claims.distribution(d.due)


def _step(model: Model, at: Places, I: Words, F: Floats, product: Product, index: int) -> None:  # noqa: E741
    step = product.route[index]
    key = product.name, step.name
    o = at.steps[key]
    station = model.station(step.station)
    I[o + e.T_STATION], I[o + e.T_INDEX], I[o + e.T_PRODUCT] = (
        at.stations[step.station],
        index,
        at.products[product.name],
    )
    I[o + e.T_TIME] = at.claims.distribution(model.process_time(product, step))
    I[o + e.T_FAMILY] = at.families[model.family(product, step)]
    F[o + e.T_SCRAP], F[o + e.T_REWORK] = model.scrap(step), model.rework(step)
    I[o + e.T_REWORK_TO] = at.steps[product.name, step.rework_to] if step.rework_to else o
    I[o + e.T_SUMS] = at.regions["step_sums"] + (o - at.regions["steps"]) // e.STEP * w.OPERATION_ROW
    I[o + e.T_MOVE_BATCH] = station.move_batch
    F[o + e.T_TO_COME] = sum(model.process_time(product, s).mean for s in product.route[index:])
    _ways(model, at, I, F, product, step, index)
    c = at.components[key]
    I[o + e.T_TAKES], I[o + e.T_TAKE_COUNT] = c, len(step.takes)
    I[o + e.T_GIVES], I[o + e.T_GIVE_COUNT] = c + 2 * len(step.takes), len(step.gives)
    for i, component in enumerate((*step.takes, *step.gives)):
        I[c + 2 * i], I[c + 2 * i + 1] = at.products[component.product], component.count


def _ways(
    model: Model,
    at: Places,
    I: Words,  # noqa: E741
    F: Floats,
    product: Product,
    step: Step,
    index: int,
) -> None:
    o, ways = at.steps[product.name, step.name], at.ways[product.name, step.name]
    branches = model.branches(product, index)
    I[o + e.T_WAYS], I[o + e.T_WAY_COUNT], I[o + e.T_SHORTEST] = ways, len(branches), step.pick == "shortest"
    stations = {s.name: s.station for s in product.route}
    so_far = 0.0
    for i, branch in enumerate(branches):
        so_far += branch.chance
        F[ways + e.WAY * i + 1] = so_far
        if branch.to == OUT:
            continue
        I[ways + e.WAY * i] = at.steps[product.name, branch.to]
        ends = step.station, stations[branch.to]
        leg = model.leg(*ends)
        if leg:
            I[ways + e.WAY * i + 2] = at.legs[ends]
            I[at.legs[ends] + e.L_TIME] = at.claims.distribution(leg.time)
            I[at.legs[ends] + e.L_CREW] = at.crews[leg.crew] if leg.crew else 0


def _unbounded(limit: int | None) -> int:
    return e.UNBOUNDED if limit is None else limit


def _calendar(model: Model, name: str) -> Calendar:
    return next(c for c in model.calendars if c.name == name)


def _opens_at_zero(calendar: Calendar) -> bool:
    return any(begin <= 0.0 < end for begin, end in calendar.open)


def _calendar_record(at: Places, I: Words, F: Floats, calendar: Calendar) -> None:  # noqa: E741
    """Times of opening and closing in one cycle; a pattern open at 0 begins with its first closing."""
    k, where = at.calendars[calendar.name], at.calendar_times[calendar.name]
    times = sorted(time for pair in calendar.open for time in pair)
    open_at_zero = _opens_at_zero(calendar)
    F[k + e.K_CYCLE], I[k + e.K_COUNT], I[k + e.K_TIMES] = calendar.cycle, len(times), where
    F[where : where + len(times)] = times
    I[k + e.K_OPEN] = open_at_zero
    I[k + e.K_NEXT] = 1 if open_at_zero else 0


# Room for parts and events: each growth adds at the end, so that no record moves.


def _with_room(I: Words, F: Floats, parts: int) -> tuple[Words, Floats]:  # noqa: E741
    """The same memory with so many more parts, and a new heap for them."""
    static = 4 * int(I[e.MACHINE_COUNT]) + 4 * int(I[w.PRODUCTS] + I[w.STATIONS] + I[e.CALENDAR_COUNT]) + 64
    chunks = int(I[e.CHUNKS])
    held = sum(int(I[e.CHUNK_TABLE + 2 * c + 1]) for c in range(chunks)) + parts
    heap = max(static + (held if I[e.MOVES] else 0), int(I[e.HEAP_USED]) * 2)
    G = np.zeros(len(F) + 2 * heap + parts * e.PART)
    J = G.view(np.int64)
    J[: len(I)] = I
    used, old = int(I[e.HEAP_USED]), int(I[e.HEAP])
    J[e.HEAP], J[e.HEAP_SIZE] = len(F), heap
    J[len(F) : len(F) + 2 * used] = I[old : old + 2 * used]
    first = len(F) + 2 * heap
    J[e.CHUNK_TABLE + 2 * chunks], J[e.CHUNK_TABLE + 2 * chunks + 1] = first, parts
    J[e.CHUNKS] = chunks + 1
    offsets = first + e.PART * np.arange(parts)
    J[offsets] = np.append(offsets[1:], J[e.FREE])
    J[e.FREE] = first
    J[e.FREE_COUNT] += parts
    return J, G


def grown_events(I: Words, F: Floats, _model: Model) -> tuple[Words, Floats]:  # noqa: E741
    """The same state with twice the room."""
    held = sum(int(I[e.CHUNK_TABLE + 2 * c + 1]) for c in range(int(I[e.CHUNKS])))
    return _with_room(I, F, held if I[e.FREE_COUNT] <= I[e.MARGIN] else FIRST_PARTS)


# A change in flight: the new model's own memory is put at the end, and what is model in each record points there.

_STATION_MODEL = (
    e.BUFFER, e.AFTER, e.RULE, e.BATCH, e.LEAST, e.ALIKE, e.LONGEST_WAIT, e.CREW, e.PEOPLE, e.ATTEND_SETUP,
    e.ATTEND_PROCESS, e.CARDS, e.FAMILIES,
)  # fmt: skip
_STEP_MODEL = (e.T_FAMILY, e.T_SCRAP, e.T_REWORK, e.T_MOVE_BATCH, e.T_TO_COME, e.T_SHORTEST, e.T_WAY_COUNT)
_PRODUCT_MODEL = (
    e.P_PRIORITY, e.P_BATCH, e.P_LOSES, e.P_WIP_LIMIT, e.P_BASE, e.P_STOCK_LIMIT, e.P_DEMAND_SIZE, e.P_DEMAND_LOSES,
)  # fmt: skip
_PRODUCT_TIMES = (e.P_BETWEEN, e.P_DUE, e.P_DEMAND, e.P_DEMAND_DUE)


def changed_events(I: Words, F: Floats, model: Model) -> tuple[Words, Floats]:  # noqa: E741
    """The state under another model of the same shape."""
    N, _floats = event_memory(model, int(I[w.SEED]), 0)
    base = len(I)
    J = np.concatenate([I, N])
    G = J.view(np.float64)
    for offset in _records(model, N):
        if N[offset] == KINDS.index("empirical"):
            G[base + offset + 1] += base

    def moved(pointer: int) -> int:
        return pointer + base if pointer > 0 else pointer

    def take(at: int, begin: int, count: int, length: int, plain: tuple[int, ...], pointers: tuple[int, ...]) -> None:
        for i in range(count):
            old, new = int(I[at]) + i * length, int(N[begin]) + i * length
            for word in plain:
                J[old + word] = N[new + word]
            for word in pointers:
                J[old + word] = moved(int(N[new + word]))

    stations, steps = len(model.stations), int(I[w.OPERATIONS])
    take(e.STATION_AT, e.STATION_AT, stations, e.STATION, _STATION_MODEL, (e.SETUPS,))
    take(e.STEP_AT, e.STEP_AT, steps, e.STEP, _STEP_MODEL, (e.T_TIME,))
    take(e.PRODUCT_AT, e.PRODUCT_AT, len(model.products), e.PRODUCT, _PRODUCT_MODEL, _PRODUCT_TIMES)
    for m in range(int(I[e.MACHINE_COUNT])):
        old, new = int(I[e.MACHINE_AT]) + m * e.MACHINE, int(N[e.MACHINE_AT]) + m * e.MACHINE
        for x in range(int(I[old + e.M_FAILURE_COUNT])):
            a, b = int(I[old + e.M_FAILURES]) + x * e.FAILURE, int(N[new + e.M_FAILURES]) + x * e.FAILURE
            J[a + e.X_UP], J[a + e.X_DOWN] = moved(int(N[b + e.X_UP])), moved(int(N[b + e.X_DOWN]))
    for i in range(stations):
        new = int(N[e.STATION_AT]) + i * e.STATION
        count = int(N[new + e.FAMILIES]) ** 2
        at = base + int(N[new + e.SETUPS])
        if N[new + e.SETUPS]:
            J[at : at + count] = [moved(int(p)) for p in J[at : at + count]]
    for i in range(steps):
        old, new = int(I[e.STEP_AT]) + i * e.STEP, int(N[e.STEP_AT]) + i * e.STEP
        ways = int(N[new + e.T_WAYS])
        for n in range(min(int(N[new + e.T_WAY_COUNT]), int(I[old + e.T_WAY_COUNT]))):
            J[int(I[old + e.T_WAYS]) + e.WAY * n + 1] = N[ways + e.WAY * n + 1]
    return J, G


def _records(model: Model, N: Words) -> list[int]:
    """Offsets of the distributions that steps, failures and sources use."""
    steps = [int(N[int(N[e.STEP_AT]) + i * e.STEP + e.T_TIME]) for i in range(int(N[w.OPERATIONS]))]
    products = [
        int(N[int(N[e.PRODUCT_AT]) + i * e.PRODUCT + word])
        for i in range(len(model.products))
        for word in _PRODUCT_TIMES
    ]
    machines = [int(N[e.MACHINE_AT]) + i * e.MACHINE for i in range(int(N[e.MACHINE_COUNT]))]
    clocks = [int(N[m + e.M_FAILURES]) + x * e.FAILURE for m in machines for x in range(int(N[m + e.M_FAILURE_COUNT]))]
    failures = [int(N[x + word]) for x in clocks for word in (e.X_UP, e.X_DOWN)]
    return sorted({offset for offset in steps + products + failures if offset > 0})
