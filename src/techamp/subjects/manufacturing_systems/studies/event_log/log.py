"""An event log as arrays: who did what to which case, from when to when."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from techamp.contract import InvalidInput, Table
from techamp.subjects.manufacturing_systems.studies.event_log.moments import moments

STATES = ("work", "setup", "down", "off", "idle")
_WORDS = {
    "work": "work working active busy run running process processing production producing in_cycle value",
    "setup": "setup set-up changeover tooling warmup",
    "down": "down breakdown failure fault alarm repair maintenance error failed unavailable",
    "off": "off off_shift break closed unplanned planned_stop holiday",
    "idle": "idle ready wait waiting starved blocked stopped stop interrupted standby program_completed"
    " program_stopped",
}
_STATE = {word: state for state, words in _WORDS.items() for word in words.split()}
_BAD = frozenset({"bad", "scrap", "nok", "ng", "fail", "failed", "reject", "rejected", "no", "0", "false", "rework"})
MOST_ROWS = 2_000_000


@dataclass(frozen=True)
class EventLog:
    """Rows in order of start. ``case`` and ``machine`` are places in ``cases`` and ``machines`` (case −1: none);
    ``state`` is a place in STATES; times in ``unit`` since the first of them."""

    unit: str
    cases: tuple[str, ...]
    machines: tuple[str, ...]
    steps: tuple[str, ...]
    case: NDArray[np.int64]
    machine: NDArray[np.int64]
    step: NDArray[np.int64]
    state: NDArray[np.int64]
    start: NDArray[np.float64]
    end: NDArray[np.float64]
    bad: NDArray[np.bool_] | None
    left_out: int
    unknown_states: tuple[str, ...]

    @property
    def span(self) -> float:
        return float(self.end.max() - self.start.min())

    def in_state(self, state: str) -> NDArray[np.bool_]:
        return np.asarray(self.state == STATES.index(state))


def read_log(table: Table, unit: str) -> EventLog:
    """The log that a table with roles machine, start, end (and case, step, state, result) holds.

    Rows without start, end or machine are left out and counted. Raises InvalidInput where an end lies before its start,
    or where nothing is left.
    """
    if len(table) > MOST_ROWS:
        raise InvalidInput("table", f"must have at most {MOST_ROWS:,} rows", len(table), "Take a shorter time.")
    times, told = moments(table, ("start", "end"), unit)
    start, end = times["start"], times["end"]
    machine_names = _texts(table, "machine")
    kept = ~(np.isnan(start) | np.isnan(end)) & (machine_names != "")
    if not kept.any():
        remedy = "Choose the columns of start and end again."
        raise InvalidInput("start and end", "must hold at least one row with both", "none", remedy)
    wrong = np.flatnonzero(kept & (end < start))
    if len(wrong):
        row = int(table.rows[wrong[0]])
        remedy = f"Mend this row{f' and {len(wrong) - 1} more' if len(wrong) > 1 else ''}, or swap the columns."
        raise InvalidInput(f"row {row}", "must end after it starts", f"{len(wrong)} rows", remedy)
    order = np.flatnonzero(kept)[np.argsort(start[kept], kind="stable")]
    zero = float(start[order[0]])
    cases, case = _coded(_texts(table, "case")[order])
    machines, machine = _coded(machine_names[order])
    steps, step = _coded((_texts(table, "step") if "step" in table else machine_names)[order])
    state, unknown = _states(_texts(table, "state")[order])
    bad = np.isin(np.char.lower(_texts(table, "result")[order].astype(str)), [*_BAD]) if "result" in table else None
    return EventLog(
        told, cases, machines, steps, case, machine, step, state, start[order] - zero, end[order] - zero, bad,
        int((~kept).sum()), unknown,
    )  # fmt: skip


def _texts(table: Table, name: str) -> NDArray[np.object_]:
    """A column as stripped texts; numbers that are whole lose their point."""
    if name not in table:
        return np.full(len(table), "", dtype=object)
    column = table.column(name)
    if column.is_number:
        numbers = column.values.astype(np.float64)
        return np.array(["" if np.isnan(x) else f"{x:.15g}" for x in numbers.tolist()], dtype=object)
    return np.array([str(value).strip() for value in column.values], dtype=object)


def _coded(texts: NDArray[np.object_]) -> tuple[tuple[str, ...], NDArray[np.int64]]:
    """Names in order of first appearance, and the place of each; blank is −1."""
    place: dict[str, int] = {}
    codes = [place.setdefault(text, len(place)) if text else -1 for text in texts.tolist()]
    return tuple(place), np.array(codes, dtype=np.int64)


def _states(texts: NDArray[np.object_]) -> tuple[NDArray[np.int64], tuple[str, ...]]:
    """Places in STATES; blank is work, an unknown word is idle and is told."""
    known = {
        text: _STATE.get(text.lower().replace(" ", "_"), _STATE.get(text.lower(), "")) for text in set(texts.tolist())
    }
    known[""] = "work"
    unknown = tuple(sorted(text for text, state in known.items() if not state))
    codes = {text: STATES.index(state or "idle") for text, state in known.items()}
    return np.array([codes[text] for text in texts.tolist()], dtype=np.int64), unknown
