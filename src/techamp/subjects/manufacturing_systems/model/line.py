"""Factories in a notebook, one station after another.

>>> line = Line("cell").station("saw", time="2 min").buffer(5).station("mill", time="gamma(4 min, cv 0.5)", machines=3)
>>> [(s.name, s.buffer, s.machines) for s in line.model().stations]
[('saw', None, 1), ('mill', 5, 3)]
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from techamp.subjects.manufacturing_systems.model.factory_model import Model
from techamp.subjects.manufacturing_systems.model.reading import model_from


@dataclass(frozen=True)
class Line:
    """A factory in the making. Each call gives a new one, so that variants can branch off.

    Fields are those of the file (see the package's docstring); times are text with a unit, bare numbers of
    ``time_unit``, or distributions such as ``gamma(4.2, cv=0.5)`` in ``time_unit``.
    """

    name: str = "line"
    time_unit: str = "min"
    parts: Mapping[str, Any] = field(default_factory=dict)
    next_buffer: int | None = None

    def station(self, name: str, **fields: Any) -> Line:
        """Add a station. ``mttf`` and ``mttr`` stand for one exponential failure by running time."""
        given = dict(fields)
        if "mttf" in given or "mttr" in given:
            ways = {key: given.pop(key) for key in ("mttf", "mttr") if key in given}
            given["failures"] = [*given.get("failures", ()), ways]
        if self.next_buffer is not None:
            given.setdefault("buffer", self.next_buffer)
        return replace(self._with("stations", {"name": name, **given}), next_buffer=None)

    def buffer(self, places: int) -> Line:
        """Places before the station that follows; without this call there is no limit."""
        return replace(self, next_buffer=places)

    def product(self, name: str, route: Sequence[Any] = (), **fields: Any) -> Line:
        """Add a product with its route: names of stations, or steps as mappings."""
        return self._with("products", {"name": name, "route": list(route), **fields})

    def crew(self, name: str, size: int = 1, **fields: Any) -> Line:
        """Add operators, repairers or carriers."""
        return self._with("crews", {"name": name, "size": size, **fields})

    def calendar(self, name: str, cycle: Any, open: Sequence[Any]) -> Line:
        """Add a shift pattern: ``calendar("two shifts", "24 h", ["6:00-14:00", "14:00-22:00"])``."""
        return self._with("calendars", {"name": name, "cycle": cycle, "open": list(open)})

    def transport(self, time: Any, **fields: Any) -> Line:
        """Add a way that takes time, between any stations or from ``start`` to ``end``."""
        return self._with("transport", {"time": time, **fields})

    def conwip(self, wip: int) -> Line:
        """Let a part in only while fewer than ``wip`` are in the system."""
        return self._set("release", {"policy": "conwip", "wip": wip})

    def dispatch(self, rule: str) -> Line:
        """Which waiting part is next: fifo, lifo, spt, edd, cr, setup, priority."""
        return self._set("dispatch", rule)

    def plan(self, **fields: Any) -> Line:
        """How long to simulate: until, parts, warm_up, replications, precision, seed."""
        return self._set("plan", fields)

    def model(self) -> Model:
        """The model. Raises InvalidInput with every fault."""
        return model_from({"name": self.name, "time_unit": self.time_unit, **self.parts})

    def _with(self, group: str, entry: Mapping[str, Any]) -> Line:
        return self._set(group, [*self.parts.get(group, ()), entry])

    def _set(self, key: str, value: Any) -> Line:
        return replace(self, parts={**self.parts, key: value})
