"""What the study says: is it stable, is it good enough, is the shape right, and why others print other numbers."""

from __future__ import annotations

from techamp.contract import Explanation
from techamp.subjects.process_control.process_capability import ENOUGH_READINGS
from techamp.subjects.process_control.studies.capability.analysis import Found
from techamp.subjects.process_control.studies.capability.measures import expected_ppm, shape_name
from techamp.subjects.process_control.studies.control_chart.streams import stream_note
from techamp.subjects.process_control.studies.p_values import p_text

GOOD, ENOUGH = 1.33, 1.0
NOT_NORMAL = 0.01


def notes(found: Found) -> tuple[str, ...]:
    """Stability before all: without it no index promises anything."""
    stable = [*_stable(found), *stream_note(found.chart)]
    return (_verdict(found), *stable, *_meaning(found), *_shape(found), *_cautions(found), *_left_out(found))


def _verdict(found: Found) -> str:
    name, value, low = _headline(found)
    interval = "" if low is None else f" (at least {low:.2f} with the confidence chosen)"
    if value >= GOOD and (low is None or low >= ENOUGH):
        said = "The spread fits the specification with room to spare"
    elif value >= ENOUGH:
        said = "The spread fits the specification, with little room"
    else:
        said = "The spread does not fit the specification"
    return f"{said}: {name} is {value:.2f}{interval}."


def _headline(found: Found) -> tuple[str, float, float | None]:
    if found.percentile is not None:
        return "Ppk by percentiles", found.percentile.Ppk, None
    if found.transformed is not None:
        index = found.transformed.capability.indices["Ppk"]
        return "Ppk after the transform", index.value, index.low
    index = found.plain.indices["Ppk"]
    return "Ppk", index.value, index.low


def _stable(found: Found) -> list[str]:
    if found.stable:
        return [
            "The control chart shows no more signals than chance would, so these numbers say something about tomorrow."
        ]
    return [
        "The process is not stable, so these numbers describe what was and promise nothing. Open the control "
        "chart, find "
        "the causes, then come back."
    ]


def _meaning(found: Found) -> list[str]:
    said = []
    cpk, ppk = found.plain.indices["Cpk"], found.plain.indices["Ppk"]
    if found.percentile is None and found.transformed is None:
        said.append(
            f"Cpk {cpk.value:.2f} uses the spread within ({found.plain.within.formula}): what the process could "
            "do if it "
            f"never shifted. Ppk {ppk.value:.2f} uses the spread of all readings: what it did."
        )
    sides = [found.plain.indices[name].value for name in ("PPL", "PPU") if name in found.plain.indices]
    if len(sides) == 2 and found.plain.indices["Pp"].value - min(sides) > 0.1:
        where = "lower" if sides[0] < sides[1] else "upper"
        centered = found.plain.indices["Pp"].value
        said.append(
            f"The average lies nearer to the {where} limit. Set to the middle, the same spread would give "
            f"{centered:.2f}."
        )
    expected = expected_ppm(found)
    if expected is not None:
        said.append(f"Expected outside, from {shape_name(found)}: {_ppm(expected)}.")
    return said


def _ppm(value: float) -> str:
    if value < 0.1:
        return "fewer than one part in ten million"
    return f"{value:,.0f} parts per million" if value >= 10 else f"{value:.1f} parts per million"


def _shape(found: Found) -> list[str]:
    if found.percentile is not None or found.transformed is not None:
        transform = found.transformed
        return [transform.transform.note] if transform is not None and transform.transform.note else []
    test = found.normality
    if test is None or test.p >= NOT_NORMAL:
        return []
    return [
        f"The readings do not look normal (Anderson-Darling, {p_text(test.p)}), so the parts expected outside can be "
        "far off. Look at the probability plot; if the bend belongs to the process, choose another shape under "
        "“Columns and settings”."
    ]


def _cautions(found: Found) -> list[str]:
    if found.percentile is not None:
        return list(found.percentile.cautions)
    fit = found.transformed.capability if found.transformed is not None else found.plain
    told = [said for said in fit.cautions if "is not stable" not in said]
    if fit.n < ENOUGH_READINGS:
        index = fit.indices["Ppk"]
        told.append(f"With {fit.n} readings the true Ppk may lie anywhere from {index.low:.2f} to {index.high:.2f}.")
    return told


def _left_out(found: Found) -> list[str]:
    out = len(found.chart.chart.excluded)
    if not out:
        return []
    what = "subgroup" if found.chart.grouped else "reading"
    return [f"{out} {what}{'s are' if out > 1 else ' is'} left out of all numbers, each with its cause."]


def differences(found: Found) -> Explanation:
    """Why another program may print something else, with the numbers that it would print."""
    fit = found.plain
    cpk, ppk = fit.indices["Cpk"].value, fit.indices["Ppk"].value
    said = [
        f"Some programs print “Cpk” from the standard deviation of all readings. That is Ppk: {ppk:.3f} here, "
        "where Cpk is "
        f"{cpk:.3f}.",
        f"The within sigma here is {fit.within.formula} = {fit.within.value:.6g}; the overall one is "
        f"{fit.overall.formula} = "
        f"{fit.overall.value:.6g}. Another within sigma (pooled, R̄/d2, S̄/c4, median moving range) gives another Cpk.",
        f"Minitab may divide the overall standard deviation by c4({fit.n}), which moves Ppk by less than "
        f"{max(0.01, 25 / (fit.n - 1)):.2g} %.",
        "The interval of Cpk is Bissell’s, with the degrees of freedom of the within sigma. A program that takes "
        "n − 1 for "
        "them prints a narrower one.",
    ]
    if found.percentile is not None:
        said.append(
            "Percentiles: this is the method of ISO 22514-2. Minitab’s non-normal Ppk counts parts by z instead: "
            f"{found.percentile.Ppk_z:.3f} here."
        )
        said.append(
            "Programs define sample percentiles differently: ours is definition 6 (Minitab); numpy and R use 7."
        )
    return Explanation(name="differs", title="Why another program may print something else", sentences=tuple(said))
