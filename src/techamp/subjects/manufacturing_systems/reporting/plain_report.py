"""An experiment as plain data for other programs. Times in the model's unit, rates per unit of time; null for no
value."""

from __future__ import annotations

import math
from dataclasses import asdict
from typing import Any

from techamp.subjects.manufacturing_systems.explaining.explanation import Explanation
from techamp.subjects.manufacturing_systems.output_analysis.comparing import compare
from techamp.subjects.manufacturing_systems.output_analysis.experiment import Experiment
from techamp.subjects.manufacturing_systems.output_analysis.intervals import Interval

FORM = 1


def plain_report(found: Experiment, said: Explanation) -> dict[str, Any]:
    """Everything that the text says, unrounded."""
    lead = said.lead_time
    plain = {
        "form": FORM,
        "model": found.model.name,
        "time_unit": found.model.time_unit,
        "until": found.until,
        "warm_up": found.warm_up,
        "seed": found.replications.seed,
        "replications": len(found.runs),
        "precise": found.replications.reached,
        "stopped": found.replications.stopped,
        "steady": found.steady,
        "measures": {name: interval(found.interval(name)) for name in found.replications.columns},
        "stations": {
            s.name: {"machines": s.machines, "active": s.active, "states": dict(s.shares)} for s in said.states
        },
        "bottleneck": {
            "station": said.bottleneck.station,
            "limits": said.bottleneck.limited,
            "signs": dict(said.bottleneck.signs),
            "active_periods": dict(said.bottleneck.periods),
        },
        "lead_time": {"total": lead.total, "parts": dict(lead.parts), "stations": lead.stations} if lead else None,
        "losses": {t.station: {**dict(t.leaves), "oee": t.oee} for t in said.losses},
        "vut": [asdict(terms) for terms in said.vut],
        "words": list(said.words),
        "warnings": list(found.warnings),
        "faults": list(found.faults),
    }
    return _finite(plain)  # type: ignore[no-any-return]


def plain_comparison(first: Experiment, second: Experiment) -> dict[str, Any]:
    """Paired differences, second minus first."""
    return {
        one.measure: {
            "first": _finite(interval(one.first)),
            "second": _finite(interval(one.second)),
            "difference": _finite(interval(one.difference)),
            "certain": one.certain,
            "variance_ratio": _finite(one.saved),
        }
        for one in compare(first.replications, second.replications)
    }


def interval(one: Interval) -> dict[str, float]:
    """Mean, ends and level."""
    return {"mean": one.mean, "low": one.low, "high": one.high, "level": one.level, "count": one.count}


def _finite(value: Any) -> Any:
    """JSON has no NaN and no infinity."""
    if isinstance(value, dict):
        return {key: _finite(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_finite(inner) for inner in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
