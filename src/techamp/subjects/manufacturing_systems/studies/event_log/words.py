"""What the log says in sentences, most important first."""

from __future__ import annotations

from techamp.subjects.manufacturing_systems.studies.event_log.analysis import LogAnalysis

FEW = 30
UNSTEADY = 0.15
"""A gap in Little's law above which it is worth a word. Our choice."""


def notes(found: LogAnalysis) -> tuple[str, ...]:
    """Bottleneck, lead time, Little's law, and what to doubt."""
    said = [_bottleneck(found), *_lead_time(found), *_little(found), *_too_quick(found)]
    log = found.log
    if log.left_out:
        said.append(f"{log.left_out} rows without machine, start or end were left out.")
    if log.unknown_states:
        listed = ", ".join(log.unknown_states[:8])
        said.append(f"States that are not known count as idle: {listed}. Known are work, setup, down, off and idle.")
    return tuple(said)


def _bottleneck(found: LogAnalysis) -> str:
    log = found.log
    if len(log.machines) == 1:
        only = found.machines[0]
        return f"{only.machine} worked {100 * only.shares['work']:.0f} % of the {log.span:.4g} {log.unit} of the log."
    place = max(range(len(log.machines)), key=found.bottleneck_share)
    share, alone = found.bottleneck_share(place), found.bottleneck.sole.get(place, 0.0)
    shares = found.machines[place].shares
    spent = ", ".join(f"{100 * shares[s]:.0f} % {s}" for s in ("work", "setup", "down", "idle") if shares[s] >= 0.005)
    return (
        f"{log.machines[place]} is the bottleneck for {100 * share:.0f} % of the time ({100 * alone:.0f} % alone): it "
        f"is the machine that is active longest without a break. Its time: {spent}."
    )


def _too_quick(found: LogAnalysis) -> list[str]:
    """Machines whose pieces took less than the ideal time."""
    quick = [
        one.machine
        for one in found.machines
        if one.ideal is not None and (one.performance > 1.0 or one.ideal > one.shares["work"] * (1.0 + UNSTEADY))
    ]
    if not quick:
        return []
    named = ", ".join(quick[:5])
    return [f"The ideal time is too long for {named}: pieces took less. Leave the machine out, or take its own time."]


def _lead_time(found: LogAnalysis) -> list[str]:
    cases, unit = found.cases, found.log.unit
    if cases is None:
        return []
    lead, worked = float(cases.lead.mean()), float(cases.worked.mean())
    if lead <= 0:
        return []
    said = [
        f"A case takes {lead:.4g} {unit} from its first start to its last end, and is worked on for {worked:.4g} "
        f"{unit} of it ({100 * worked / lead:.0f} %)."
    ]
    waits = [one for one in found.waiting if one.waited > 0]
    if waits:
        total = sum(one.waited * one.visits for one in waits)
        worst = max(waits, key=lambda one: one.waited * one.visits)
        share = 100 * worst.waited * worst.visits / total
        said.append(
            f"Most waiting is before {worst.step}: {worst.waited:.3g} {unit} a visit, {share:.0f} % of all waiting."
        )
    return said


def _little(found: LogAnalysis) -> list[str]:
    if found.cases is None:
        return []
    check = found.littles_law
    if check is None:
        return ["Too few cases end in the middle half of the log to hold it to Little's law."]
    unit = found.log.unit
    said = [
        f"Little's law, in the middle half of the log: {check.throughput:.4g} cases per {unit} × {check.flow_time:.4g} "
        f"{unit} = {check.throughput * check.flow_time:.4g} cases under way; counted: {check.wip:.4g}."
    ]
    if check.gap > UNSTEADY:
        said.append(
            f"They differ by {100 * check.gap:.0f} %: the plant was not steady (work piled up or ran out), or rows are "
            "missing."
        )
    if len(found.log.cases) < FEW:
        said.append(f"With only {len(found.log.cases)} cases these averages can be far from the long run.")
    return said
