"""Collects everything that is wrong with a model, so that one error tells all of it."""

from __future__ import annotations

from collections.abc import Sequence
from numbers import Real

from techamp.contract.errors import Fault, InvalidInput

LARGEST = 1e15  # beyond this a double no longer counts in ones


def is_number(value: object) -> bool:
    """Return whether a value is a finite number of a size that arithmetic can hold (True and False are not)."""
    if isinstance(value, bool) or not isinstance(value, Real):
        return False
    return abs(float(value)) <= LARGEST


class Faults:
    """The faults found so far. Each check returns whether its rule holds; ``stop`` raises if one did not.

    >>> faults = Faults()
    >>> faults.positive("te", 0.0, "Enter the mean process time."), faults.share("scrap", 0.1, "…")
    (False, True)
    >>> faults.stop()
    Traceback (most recent call last):
    techamp.contract.errors.InvalidInput: te: must be a number above 0, but got 0.0. Enter the mean process time.
    """

    def __init__(self) -> None:
        self.found: list[Fault] = []

    def require(self, holds: bool, field: str, rule: str, value: object, remedy: str) -> bool:
        """Note a fault unless the rule holds."""
        if not holds:
            self.found.append(Fault(field, rule, value, remedy))
        return holds

    def positive(self, field: str, value: float, remedy: str) -> bool:
        return self.require(is_number(value) and value > 0, field, "must be a number above 0", value, remedy)

    def not_negative(self, field: str, value: float, remedy: str) -> bool:
        return self.require(is_number(value) and value >= 0, field, "must be a number of 0 or more", value, remedy)

    def share(self, field: str, value: float, remedy: str) -> bool:
        """0 ≤ value < 1."""
        holds = is_number(value) and 0 <= value < 1
        return self.require(holds, field, "must be a number from 0 to below 1", value, remedy)

    def chance(self, field: str, value: float, remedy: str) -> bool:
        """0 < value ≤ 1."""
        holds = is_number(value) and 0 < value <= 1
        return self.require(holds, field, "must be a number above 0 and at most 1", value, remedy)

    def whole(self, field: str, value: float, least: int, most: int, remedy: str) -> bool:
        holds = is_number(value) and float(value).is_integer() and least <= value <= most
        return self.require(holds, field, f"must be a whole number from {least:,} to {most:,}", value, remedy)

    def every_positive(self, field: str, values: Sequence[float], remedy: str) -> bool:
        """Each entry above 0; a fault names its place, counted from 1."""
        checks = [self.positive(f"{field} {i}", value, remedy) for i, value in enumerate(values, 1)]
        return all(checks)

    def every_not_negative(self, field: str, values: Sequence[float], remedy: str) -> bool:
        checks = [self.not_negative(f"{field} {i}", value, remedy) for i, value in enumerate(values, 1)]
        return all(checks)

    def same_length(self, field: str, values: Sequence[object], count: int, of: str) -> bool:
        rule = f"must have one entry for each of the {count} {of}"
        return self.require(len(values) == count, field, rule, f"{len(values)} entries", "Add or remove entries.")

    def stop(self) -> None:
        """Raise InvalidInput with all faults, if there are any."""
        if self.found:
            raise InvalidInput.many(self.found)


def refuse_overload(utilization: float, where: str = "utilization") -> None:
    """Raise InvalidInput where work arrives as fast as it can be done, or faster: then the queue grows without end."""
    if not utilization < 1.0:
        raise InvalidInput(
            where,
            "must be below 1, or the queue grows without end and has no long-run average",
            round(utilization, 6),
            "Add capacity, cut downtime or setups, or release less work.",
        )
