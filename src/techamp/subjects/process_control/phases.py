"""Which points belong together, and which of them the limits come from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from techamp.contract.errors import InvalidInput
from techamp.subjects.process_control.readings import Flags
from techamp.subjects.process_control.subgrouping import Integers

Baseline = slice | int | ArrayLike | None
PerPhase = float | Sequence[float] | None


@dataclass(frozen=True, eq=False)
class Plan:
    """The points of a chart cut into phases, with those that the limits may use."""

    labels: tuple[object, ...]
    starts: tuple[int, ...]
    stops: tuple[int, ...]
    used: Flags
    excluded: Mapping[int, str]

    @property
    def phase(self) -> Integers:
        """Index of the phase of each point."""
        if len(self.starts) == 1:
            return np.broadcast_to(np.int64(0), (self.stops[0],))
        lengths = np.subtract(self.stops, self.starts)
        return np.repeat(np.arange(len(self.starts), dtype=np.int64), lengths)

    def each(self) -> list[tuple[object, slice]]:
        """Label and points of each phase."""
        return [(label, slice(a, b)) for label, a, b in zip(self.labels, self.starts, self.stops, strict=True)]


def plan(count: int, phases: ArrayLike | None, exclude: Mapping[int, str] | None, baseline: Baseline) -> Plan:
    """Return the plan for ``count`` points.

    ``phases`` has a label for each point; a phase begins wherever the label changes. ``exclude`` maps a point (0-based)
    to the reason why the limits must not use it. ``baseline`` says which points the limits come from: a slice, the
    number of first points, or one flag for each point; none means all.
    Raises InvalidInput if they do not fit ``count``, or an exclusion has no reason.
    """
    labels, starts = _phases(count, phases)
    excluded = _exclusions(count, exclude)
    used = _baseline(count, baseline)
    used[list(excluded)] = False
    return Plan(labels, starts, (*starts[1:], count), used, excluded)


def for_phase(given: PerPhase, index: int, count: int, field: str) -> float | None:
    """Return the given number for one phase: the same for all, or one for each."""
    if given is None or isinstance(given, int | float | np.number):
        return None if given is None else float(given)
    if len(given) != count:
        raise InvalidInput(field, f"must be one number, or one for each of {count} phases", len(given), "Count them.")
    return float(given[index])


def _phases(count: int, phases: ArrayLike | None) -> tuple[tuple[object, ...], tuple[int, ...]]:
    if phases is None:
        return (1,), (0,)
    labels = np.asarray(phases)
    if labels.shape != (count,):
        raise InvalidInput("phases", f"must be one label for each of {count} points", labels.size, "Label each point.")
    starts = np.flatnonzero(np.concatenate([[True], labels[1:] != labels[:-1]]))
    return tuple(labels[starts].tolist()), tuple(starts.tolist())


def _exclusions(count: int, exclude: Mapping[int, str] | None) -> dict[int, str]:
    excluded: dict[int, str] = {}
    for point, reason in (exclude or {}).items():
        if point != int(point) or not 0 <= point < count:
            raise InvalidInput("exclude", f"must name points from 0 to {count - 1}", point, "Check the point's number.")
        if not str(reason).strip():
            raise InvalidInput(
                f"exclude, point {point + 1}", "must have a reason", reason, "Say which special cause was found."
            )
        excluded[int(point)] = str(reason)
    return excluded


def _baseline(count: int, baseline: Baseline) -> Flags:
    if baseline is None:
        return np.ones(count, dtype=np.bool_)
    used = np.zeros(count, dtype=np.bool_)
    if isinstance(baseline, slice):
        used[baseline] = True
    elif isinstance(baseline, int):
        used[: max(0, baseline)] = True
    else:
        flags = np.asarray(baseline)
        if flags.shape != (count,) or flags.dtype != np.bool_:
            raise InvalidInput(
                "baseline", f"must be a slice, a number, or {count} flags", flags.size, "Give one flag for each point."
            )
        used |= flags
    return used
