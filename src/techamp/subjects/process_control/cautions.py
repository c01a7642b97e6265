"""What a reader of a chart must know before trusting its limits, in sentences."""

from __future__ import annotations

from collections.abc import Sequence

from techamp.subjects.process_control.chart import Phase


def cautions(phases: Sequence[Phase], enough: int, what: str) -> tuple[str, ...]:
    """Return a sentence for each phase with few points behind its limits, and one for an overall sigma."""
    notes = [_few_points(phase, enough, what) for phase in phases if _estimated(phase) and phase.used < enough]
    overall = next((phase.sigma for phase in phases if not phase.sigma.within), None)
    if overall is not None:
        notes.append(
            f"The limits use the overall standard deviation ({overall.formula}). It grows with the shifts that the "
            "chart should find, so it hides them."
        )
    return tuple(notes)


def _estimated(phase: Phase) -> bool:
    return phase.sigma.name != "given"


def _few_points(phase: Phase, enough: int, what: str) -> str:
    return (
        f"Phase {phase.label}: the limits come from {phase.used} {what}. "
        f"With fewer than {enough} they are uncertain; treat them as trial limits."
    )
