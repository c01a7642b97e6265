"""What makes a result show itself in a notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from techamp.contract.outcome import Outcome


class Shown:
    """A result that a notebook shows as words, drawings and tables. A console prints it as a dataclass, as always."""

    __slots__ = ()

    def outcome(self) -> Outcome:
        """Everything that the result says, as a page or a terminal takes it."""
        from techamp.subjects.process_control.notebook.outcomes import outcome_of

        return outcome_of(self)

    def _repr_html_(self) -> str:
        return self.outcome()._repr_html_()
