"""The numbers of the study."""

from __future__ import annotations

import math

from techamp.contract import Measure
from techamp.subjects.process_control.studies.experiment.advice import Advice
from techamp.subjects.process_control.studies.experiment.analysis import Analysis


def measures(found: Analysis, advice: Advice | None) -> tuple[Measure, ...]:
    """How many effects stand out, the largest, the noise, and what to expect."""
    unit, decimals = found.runs.unit, found.decimals
    largest = max(found.effects, key=lambda e: abs(e.value))
    shown = [
        Measure(
            name="active",
            label="Effects that stand out",
            value=len(found.active),
            unit="effects",
            decimals=0,
            help=f"Of {len(found.effects)} that {len(found.runs.y)} runs can tell apart.",
        ),
        Measure(
            name="largest",
            label=f"Largest: {found.runs.name(largest.term)}",
            value=largest.value,
            unit=unit,
            low=None if math.isnan(largest.margin) else largest.value - largest.margin,
            high=None if math.isnan(largest.margin) else largest.value + largest.margin,
            decimals=decimals,
            help="Average at the high setting less average at the low one.",
        ),
        Measure(
            name="noise",
            label="Noise of a single run",
            value=None if math.isnan(found.model.residual_sd) else found.model.residual_sd,
            unit=unit,
            better="lower",
            decimals=decimals + 1,
            help="Standard deviation of what the model leaves; a little too small, as the model chose its effects.",
        ),
        Measure(
            name="r_squared",
            label="Share explained by the model",
            value=100.0 * found.model.r_squared,
            unit="%",
            better="higher",
        ),
    ]
    if advice is not None:
        e = advice.expected
        shown.append(
            Measure(
                name="expected",
                label=f"Mean of {e.runs} confirmation {'run' if e.runs == 1 else 'runs'}",
                value=e.value,
                low=None if math.isnan(e.low) else e.low,
                high=None if math.isnan(e.high) else e.high,
                unit=unit,
                decimals=decimals,
                help="A mean outside this interval says that the model does not hold there.",
            )
        )
    return tuple(shown)
