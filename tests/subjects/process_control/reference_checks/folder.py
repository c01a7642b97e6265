"""Where the published cases of process control lie, and what several checks need."""

from __future__ import annotations

from pathlib import Path

from techamp.subjects.process_control import ControlChart, hits

REFERENCES = Path(__file__).parent.parent / "references"


def marked(chart: ControlChart, rule: str) -> list[int]:
    """Points that a rule marks on the location panel, counted from 1 as publications do."""
    return (hits(chart, rule)[0].points + 1).tolist()
