"""What the study says, most important first."""

from __future__ import annotations

from techamp.subjects.process_control.measurement.attribute_agreement import Agreement
from techamp.subjects.process_control.studies.attribute_agreement.analysis import Analysis


def notes(found: Analysis) -> tuple[str, ...]:
    """Agreement, each inspector, what they miss, what to do, what weakens the study."""
    return (
        _together(found),
        *_truth(found),
        *_repeat(found),
        *_grade(found),
        *_misses(found),
        _next(found),
        *_weak(found),
        *found.said,
    )


def _together(found: Analysis) -> str:
    said = f"All calls agree on {_share(found.among)}."
    if found.between is None:
        return f"{said} Only one grade is in use, so agreement beyond chance cannot be told."
    k = found.between
    return f"{said} Kappa is {k.value:.2f} (95 % interval {k.low:.2f} to {k.high:.2f}). {k.word}"


def _share(one: Agreement) -> str:
    low, high = 100 * one.low, 100 * one.high
    return f"{one.matched} of {one.n} parts ({100 * one.share:.0f} %, 95 % interval {low:.0f} to {high:.0f} %)"


def _truth(found: Analysis) -> list[str]:
    if found.all_against is None:
        return ["No standard was given, so nobody can say who is right: agreement is not truth."]
    low = min(found.against, key=lambda one: one.share)
    return [
        f"Everybody is right every time on {_share(found.all_against)}. Least often right is {low.what}: {_share(low)}."
    ]


def _repeat(found: Analysis) -> list[str]:
    if not found.within:
        return ["Each part was called once, so nobody can say who agrees with himself."]
    low = min(found.within, key=lambda one: one.share)
    return [f"Least often the same call twice: {low.what}, {_share(low)}."] if low.share < 1.0 else []


def _grade(found: Analysis) -> list[str]:
    if len(found.by_grade) < 3:
        return []
    name, kappa = min(found.by_grade.items(), key=lambda item: item[1].value)
    return [f"They agree least on “{name}” (kappa {kappa.value:.2f})."]


def _misses(found: Analysis) -> list[str]:
    most = sorted(found.misses, key=lambda miss: -miss[3])[:3]
    return [
        f"{name} called “{call}” what is “{standard}” {count} {'time' if count == 1 else 'times'}."
        for name, standard, call, count in most
    ]


def _next(found: Analysis) -> str:
    if found.between is not None and found.between.value < 0.75:
        return (
            "Put the parts on the table on which they differed and let them say why. Mend the words of the "
            "standard, add "
            "samples of the limit, and repeat the study."
        )
    return "Keep the set of parts, and repeat the study when an inspector, the standard or the light changes."


def _weak(found: Analysis) -> list[str]:
    said = []
    n = len(found.parts)
    if n < 50:
        said.append(f"{n} parts give wide intervals. 50 or more, half of them bad or close to the limit, say more.")
    if found.between is not None and found.between.by_chance > 0.8:
        said.append("Nearly all calls are one grade, so chance agrees nearly always. Add bad and borderline parts.")
    return said
