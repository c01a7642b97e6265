"""Queries whose SQL is worked out once.

Most of what a small query costs is Django working out its SQL, each time anew: 0.3 to 0.7 ms, against 0.03 ms in the
database. The few queries of nearly every page are therefore kept ready. What comes back is what the query set gives.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from functools import cached_property
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import connections
from django.db.models import QuerySet

T = TypeVar("T")
_FIRST = 8_217_364_550_001
"""Stands for the first value while SQL is worked out; no constant of a query of ours."""


class Prepared(Generic[T]):
    """``Prepared(make, int, UUID)(4, key)`` is ``list(make(4, key))``, for every pair of values.

    ``make`` must give the same SQL whatever the values, so none of them may be None or a list. Kinds of values: int,
    str, UUID. The database is the default one.
    """

    def __init__(self, make: Callable[..., QuerySet[Any, T]], *kinds: type[int] | type[str] | type[UUID]) -> None:
        self.make, self.kinds = make, kinds

    def __call__(self, *values: Any) -> list[T]:
        if len(values) != len(self.kinds):
            raise TypeError(f"This query takes {len(self.kinds)} values, but got {len(values)}.")
        compiler = copy.copy(self._compiled)
        connection = compiler.connection = connections[self._set.db]
        native = connection.features.has_native_uuid_field
        given = [v.hex if isinstance(v, UUID) and not native else v for v in values]
        found = tuple(given[place] if place is not None else constant for place, constant in self._places)
        compiler.as_sql = lambda *_a, **_k: (self._sql, found)
        rows: Any = self._set._iterable_class
        return list(rows(_Bound(self._set, compiler)))

    def first(self, *values: Any) -> T | None:
        """The first row, or None; ``make`` should end in ``[:1]``."""
        rows = self(*values)
        return rows[0] if rows else None

    @cached_property
    def _set(self) -> QuerySet[Any, T]:
        return self.make(*[_standing_in(kind, place) for place, kind in enumerate(self.kinds)])

    @cached_property
    def _compiled(self) -> Any:
        compiler = self._set.query.get_compiler(using=self._set.db)
        self._sql, parameters = compiler.as_sql()
        names = {str(_FIRST + place): place for place in range(len(self.kinds))}
        self._places = [(names.get(_name(p)), p) for p in parameters]
        if missing := set(names.values()) - {place for place, _constant in self._places}:
            raise ValueError(f"Value {min(missing) + 1} does not come up in this query: {self._sql}")
        return compiler


class _Bound:
    """What Django's iterables ask of a query set and its query, with a compiler that is ready."""

    def __init__(self, query_set: QuerySet[Any, Any], compiler: Any) -> None:
        self._original, self._compiler = query_set, compiler
        self.query, self.db, self.model = self, query_set.db, query_set.model
        self._known_related_objects: dict[Any, Any] = {}

    def get_compiler(self, using: str) -> Any:
        return self._compiler

    def __getattr__(self, name: str) -> Any:
        own = self._original
        return getattr(own if name in {"_fields", "_hints"} else own.query, name)


def _standing_in(kind: type, place: int) -> Any:
    number = _FIRST + place
    return UUID(str(number).zfill(32)) if kind is UUID else kind(number)


def _name(parameter: Any) -> str:
    """The stand-in's digits, if it is one; a UUID comes as itself or as 32 digits."""
    return str(parameter).replace("-", "").lstrip("0") if isinstance(parameter, int | str | UUID) else ""
