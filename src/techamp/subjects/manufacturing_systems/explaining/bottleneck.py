"""Which station holds the line back, by three signs that are independent of each other, and how sure that is.

1. **Active share**: the station that is busy, set up or down for most of its scheduled time.
2. **Turning point**: stations before the bottleneck are more often blocked than without parts, those after it more
   often without parts than blocked (Li, Chang & Ni 2009, Data driven bottleneck detection of manufacturing systems,
   Int. J. Production Research 47(18), 5019-5036).
3. **Active periods**: the station that is most of the time the longest active one (Roser 2002); needs a trace.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from techamp.subjects.manufacturing_systems.engine.run import Run, Trace
from techamp.subjects.manufacturing_systems.explaining.active_periods import active_periods, momentary_bottleneck
from techamp.subjects.manufacturing_systems.explaining.states import STATE_WORDS, StationStates, station_states

CLEAR = 0.03
"""Active shares closer than this are not told apart. Our choice."""
FULL = 0.9
"""Below this active share, where work can be short, no station holds the line back: the demand or the limit on WIP
does. Our choice."""
MOST_PERIODS = 200_000
_NUMBERS = {2: "Two", 3: "Three"}


@dataclass(frozen=True)
class Bottleneck:
    """``station`` holds the line back; ``agrees`` of the ``signs`` name it. ``active`` and ``periods`` are shares by
    station (``periods`` empty without a trace); ``limited`` is False where work, and not a station, is short."""

    station: str
    signs: Mapping[str, str]
    active: Mapping[str, float]
    periods: Mapping[str, float]
    limited: bool
    words: tuple[str, ...]

    @property
    def agrees(self) -> int:
        """How many of the signs name the station."""
        return sum(named == self.station for named in self.signs.values())


def find_bottleneck(runs: Sequence[Run], endless: bool = False) -> Bottleneck:
    """The bottleneck of one model's runs.

    ``endless``: work is never short, so that some station sets the pace however idle it looks. A trace of the first run
    that has one is used. Raises ValueError without runs.
    """
    states = station_states(runs)
    active = {station.name: station.active for station in states}
    traced = next((run for run in runs if run.trace is not None and len(run.trace)), None)
    periods = _period_shares(traced) if traced else {}
    signs = {"active share": max(active, key=lambda name: active[name])}
    if turning := turning_point(states, _route(runs[0])):
        signs["turning point"] = turning
    if periods:
        signs["active periods"] = max(periods, key=lambda name: periods[name])
    station = _majority(signs, active)
    limited = endless or active[station] >= FULL
    chosen = next(s for s in states if s.name == station)
    found = Bottleneck(station, signs, active, periods, limited, ())
    return Bottleneck(station, signs, active, periods, limited, tuple(_words(found, chosen, states)))


def _majority(signs: Mapping[str, str], active: Mapping[str, float]) -> str:
    named = list(signs.values())
    return max(dict.fromkeys(named), key=lambda name: (named.count(name), active[name]))


def _route(run: Run) -> tuple[str, ...]:
    """Stations in the order of the first product's route."""
    first = run.products[0].name if run.products else ""
    return tuple(dict.fromkeys(step.station for step in run.steps if step.product == first))


def turning_point(states: Sequence[StationStates], order: Sequence[str]) -> str:
    """The station where blocking before turns into starving after; "" where there is none such, or several."""
    by_name = {station.name: station for station in states}
    line = [by_name[name] for name in order if name in by_name]
    more_blocked = [s.shares["blocked"] > s.shares["starved"] for s in line]
    waits = [s.shares["blocked"] + s.shares["starved"] for s in line]
    turns = [
        i
        for i in range(len(line))
        if all(more_blocked[:i])
        and not any(more_blocked[i + 1 :])
        and (i == 0 or waits[i] <= waits[i - 1])
        and (i == len(line) - 1 or waits[i] <= waits[i + 1])
    ]
    return line[turns[0]].name if len(turns) == 1 and len(line) > 1 else ""


def _period_shares(run: Run) -> dict[str, float]:
    trace = run.trace
    if trace is None or len(trace) > MOST_PERIODS:
        return {}
    working = trace.kind <= 2  # work, down, setup; off shift is not active
    periods = active_periods(trace.machine[working], trace.started[working], trace.ended[working])
    if not periods:
        return {}
    found = momentary_bottleneck(periods, max(period.end for period in periods))
    owner = _owners(trace)
    shares = {station.name: 0.0 for station in run.stations}
    for machine, station in owner.items():
        shares[run.stations[station].name] += found.share(machine)
    return shares


def _owners(trace: Trace) -> dict[int, int]:
    return dict(zip(trace.machine.tolist(), trace.station.tolist(), strict=True))


def _words(found: Bottleneck, chosen: StationStates, states: Sequence[StationStates]) -> list[str]:
    percent = round(100 * found.active[found.station])
    if not found.limited:
        return [
            f"No station holds the line back: even {found.station}, the busiest, is active only {percent} % of its "
            "time. What comes in, or the limit on work in process, sets the pace."
        ]
    spent = ", ".join(
        f"{round(100 * chosen.shares[state])} % {STATE_WORDS[state]}"
        for state in ("busy", "setup", "down", "waiting_repair", "waiting_operator", "blocked", "starved")
        if chosen.shares[state] >= 0.005
    )
    said = [f"{found.station} is the bottleneck: {spent}."]
    others = sorted((s.active, s.name) for s in states if s.name != found.station)
    if others and found.active[found.station] - others[-1][0] < CLEAR:
        near = [name for share, name in reversed(others) if found.active[found.station] - share < CLEAR]
        verb = "is" if len(near) == 1 else "are"
        said.append(f"{_listed(near[:3])} {verb} nearly as loaded, so that the bottleneck can move there.")
    if found.agrees == len(found.signs) > 1:
        said.append(f"{_NUMBERS[found.agrees]} signs say so: {_listed(list(found.signs))}.")
    elif len(found.signs) > 1:
        told = "; ".join(f"{sign}: {name}" for sign, name in found.signs.items())
        said.append(f"The signs do not all agree ({told}), so that it may move from place to place.")
    said.append(_way_out(chosen))
    return said


def _way_out(chosen: StationStates) -> str:
    """What to work on first: the greatest loss at the bottleneck."""
    losses = {
        "down": "shorter or fewer breakdowns",
        "waiting_repair": "repair that comes sooner",
        "setup": "shorter or fewer setups",
        "waiting_operator": "people who are there when it needs them",
        "blocked": "more room behind it",
        "starved": "more parts waiting before it",
    }
    worst = max(losses, key=lambda state: chosen.shares[state])
    if chosen.shares[worst] < 0.02:
        return f"Almost all of its time is work: only a shorter time, or another machine, makes {chosen.name} faster."
    share = round(100 * chosen.shares[worst])
    return f"Its greatest loss is time {STATE_WORDS[worst]} ({share} %): {losses[worst]} would bring most."


def _listed(names: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
