"""Bad input gets a sentence: which field, which rule, which value, what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """One thing wrong with an input.

    ``field`` is a path such as ``"mttr"`` or ``"row 4, diameter"``; ``rule`` is what must hold ("must be at least 1
    min");
    ``value`` is what came; ``remedy`` is a sentence that says what to do.
    """

    field: str
    rule: str
    value: object
    remedy: str

    def __str__(self) -> str:
        if isinstance(self.value, str) and not self.value.strip():  # what is not there need not be quoted
            return f"{self.field}: {self.rule}. {self.remedy}"
        shown = repr(self.value)
        shown = shown if len(shown) <= 60 else shown[:57] + "…"
        return f"{self.field}: {self.rule}, but got {shown}. {self.remedy}"


class InvalidInput(ValueError):
    """Input that breaks a rule. Carries every fault found, not only the first.

    >>> str(InvalidInput("mttr", "must be at least 1 min", 0, "Enter the mean time to repair in minutes."))
    'mttr: must be at least 1 min, but got 0. Enter the mean time to repair in minutes.'
    """

    def __init__(self, field: str, rule: str, value: object, remedy: str) -> None:
        self.faults: tuple[Fault, ...] = (Fault(field, rule, value, remedy),)
        super().__init__(str(self.faults[0]))

    @classmethod
    def many(cls, faults: Iterable[Fault]) -> InvalidInput:
        """One error for all faults at once."""
        found = tuple(faults)
        if not found:
            raise ValueError("InvalidInput.many needs at least one fault.")
        error = cls(found[0].field, found[0].rule, found[0].value, found[0].remedy)
        error.faults = found
        error.args = (" ".join(str(fault) for fault in found),)
        return error
