"""The formulas with the numbers of this log, and why another program may print something else."""

from __future__ import annotations

from techamp.contract import DataTable, Explanation
from techamp.subjects.manufacturing_systems.studies.event_log.analysis import LogAnalysis
from techamp.subjects.manufacturing_systems.studies.event_log.settings import EventLogSettings


def formulas(found: LogAnalysis) -> DataTable:
    """Little's law and the OEE of the first machine, each with its numbers."""
    rows = []
    unit = found.log.unit
    if found.cases is not None:
        cases, lead = len(found.log.cases), float(found.cases.lead.mean())
        rate, wip = found.throughput, found.mean_wip
        rows += [
            ("Throughput", "cases/span", f"{cases}/{found.log.span:.5g}", f"{rate:.5g} per {unit}"),
            ("Lead time", "Σ(last end − first start)/cases", f"{lead * cases:.5g}/{cases}", f"{lead:.5g} {unit}"),
            ("Little’s law", "WIP = throughput·lead time", f"{rate:.5g}·{lead:.5g}", f"{rate * lead:.5g}"),
            ("Work in process", "average over the span", "from the chart", f"{wip:.5g}"),
        ]
    one = found.machines[0]
    numbers = f"{one.availability:.4f}·{one.performance:.4f}·{one.quality:.4f}"
    rows.append((f"OEE of {one.machine}", "availability·performance·quality", numbers, f"{one.oee:.4f}"))
    heads = ("What", "Formula", "With my numbers", "Value")
    return DataTable(name="formulas", title="The formula with my numbers", columns=heads, rows=tuple(rows))


def differences(found: LogAnalysis, settings: EventLogSettings) -> Explanation:
    """What is a choice here, and what others choose."""
    said = [
        "Performance here is the working share of the available time, as a log does not say how fast a machine should "
        "have been. Programs that know an ideal cycle time print a lower performance, and so a lower OEE."
        if settings.ideal is None
        else f"Performance here takes {settings.ideal:g} {found.log.unit} as the ideal time of every piece. With "
        "another ideal time, OEE changes in proportion. Above 100 %, the ideal time is too long.",
        "Waiting for parts counts as lost performance here, like any other idle time. Some plants leave it out, which "
        "raises OEE most at machines that are not the bottleneck.",
        "Setup counts as lost availability here. Some plants plan it and leave it out, which raises availability.",
        "The bottleneck here is the machine that is active longest without a break at each moment (Roser). Programs "
        "that rank by utilization may name another one.",
    ]
    if found.cases is not None:
        said.append(
            "Lead time runs from a case’s first start to its last end in this log. Waiting before the first start is "
            "not in it, but it is in a lead time from order to delivery."
        )
    return Explanation(name="differs", title="Why another program may print something else", sentences=tuple(said))
