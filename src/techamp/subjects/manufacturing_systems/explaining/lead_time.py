"""Where a part's time goes: queue, match, setup, process, stops, blocking, moves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from techamp.subjects.manufacturing_systems.engine.run import Run
from techamp.subjects.manufacturing_systems.engine.words import PART_TIMES

PART_WORDS = {
    "queue": "waiting for a machine",
    "match": "waiting for other parts",
    "setup": "setup",
    "process": "being worked on",
    "stopped": "on a machine that stands",
    "blocked": "finished but blocked",
    "move": "on the way",
}


@dataclass(frozen=True)
class LeadTime:
    """Mean time per finished part: in all, by what it was doing, and by station. Times of scrapped parts are shared out
    over the good ones, as somebody pays for them."""

    total: float
    parts: Mapping[str, float]
    stations: Mapping[str, Mapping[str, float]]
    unit: str
    words: tuple[str, ...]


def lead_time(runs: Sequence[Run], unit: str) -> LeadTime:
    """Pooled over runs. Raises ValueError if no part was finished."""
    finished = sum(run.finished for run in runs)
    if not finished:
        raise ValueError("no part was finished")
    stations: dict[str, dict[str, float]] = {}
    for run in runs:
        for step in run.steps:
            spent = stations.setdefault(step.station, dict.fromkeys(PART_TIMES, 0.0))
            for kind in PART_TIMES:
                spent[kind] += step.times[kind] / finished
    parts = {kind: sum(spent[kind] for spent in stations.values()) for kind in PART_TIMES}
    total = sum(parts.values())
    return LeadTime(total, parts, stations, unit, tuple(_words(total, parts, stations, unit)))


def _words(
    total: float, parts: Mapping[str, float], stations: Mapping[str, Mapping[str, float]], unit: str
) -> list[str]:
    if total <= 0.0:
        return ["Parts pass in no time."]
    worked = round(100 * parts["process"] / total, 1)
    said = [
        f"A part takes {total:.4g} {unit}, and is worked on for {parts['process']:.4g} {unit} of it ({worked:g} %)."
    ]
    rest = {kind: time for kind, time in parts.items() if kind != "process"}
    worst = max(rest, key=lambda kind: rest[kind])
    if rest[worst] / total >= 0.05:
        where = max(stations, key=lambda name: stations[name][worst])
        share = round(100 * rest[worst] / total)
        here = round(100 * stations[where][worst] / rest[worst])
        at = f", {here} % of that at {where}" if len(stations) > 1 else ""
        said.append(f"The greatest part of the rest is time {PART_WORDS[worst]}: {share} %{at}.")
    return said
