"""What the study says: the answer in words, the test and why, what to doubt, and why others print other numbers."""

from __future__ import annotations

import math

import numpy as np

from techamp.contract import Explanation
from techamp.subjects.process_control.comparing.proportion_tests import pooled_z_p
from techamp.subjects.process_control.comparing.t_tests import two_sample_t
from techamp.subjects.process_control.studies.comparison.analysis import Found, differences
from techamp.subjects.process_control.studies.p_values import p_cell, p_text

FEW = 6


def shown(value: float, found: Found) -> str:
    """A number with two digits of what it is held against: more would be noise."""
    return f"{value:.{_decimals(value, found)}f}".replace("-", "−")


def worked(value: float, found: Found) -> str:
    """The same with one digit more, for who works a formula out again."""
    return f"{value:.{_decimals(value, found) + 1}f}".replace("-", "−")


def _decimals(value: float, found: Found) -> int:
    scale = found.test.high - found.test.low if math.isfinite(found.test.high - found.test.low) else abs(value)
    return min(8, max(0, 1 - math.floor(math.log10(scale)))) if scale > 0.0 else 2


def with_unit(value: float, found: Found) -> str:
    """The number as it is spoken of: in the unit of the column, in percent, or as a ratio."""
    if found.settings.question == "shares":
        return f"{100 * value:.1f} %".replace("-", "−")
    if found.settings.question == "spreads" and not found.single:
        return f"{value:.2f}"
    return f"{shown(value, found)} {found.data.unit}".strip()


def notes(found: Found) -> tuple[str, ...]:
    """The answer, the test and why it was taken, the margin, how many parts, what to doubt."""
    said = (_answer(found), _why(found), *_pairs(found), *_margin(found), *_doubts(found))
    return tuple(text for text in said if text)


def _answer(found: Found) -> str:
    test, names = found.test, found.data.names
    sure = f"{100 * test.confidence:g} %"
    if found.single:
        return _single(found)
    if found.several or math.isnan(test.low):
        what = {"averages": "averages", "spreads": "spreads"}[found.settings.question]
        if test.significant:
            return f"The {what} of the {len(names)} groups differ by more than chance explains ({p_text(test.p)})."
        said = f"Chance alone could explain how the {what} differ ({p_text(test.p)})."
        return f"{said} That does not show that they are equal."
    span = f"{with_unit(test.low, found)} to {with_unit(test.high, found)} at {sure}"
    if found.settings.question == "spreads":
        said = f"The spread of {names[1]} is {test.estimate:.2f} times that of {names[0]} ({span})"
    else:
        said = f"{names[1]} less {names[0]} is {with_unit(test.estimate, found)} ({span})"
    if test.low <= test.null <= test.high:
        return f"{said}. {'One' if test.null else 'Zero'} lies inside: no difference is shown, and none is ruled out."
    return f"{said}. {'One' if test.null else 'Zero'} lies outside: chance alone does not explain it."


def _single(found: Found) -> str:
    test = found.test
    what = {"averages": "average", "spreads": "standard deviation", "shares": f"share of “{found.data.counted}”"}
    span = f"{with_unit(test.low, found)} to {with_unit(test.high, found)} at {100 * test.confidence:g} %"
    said = f"The {what[found.settings.question]} of {found.data.names[0]} is {with_unit(test.estimate, found)} ({span})"
    null = with_unit(test.null, found)
    if test.low <= test.null <= test.high:
        return f"{said}. It may well be {null}: that lies inside, which does not prove it."
    return f"{said}. It differs from {null} by more than chance explains."


def _why(found: Found) -> str:
    data, question, test = found.data, found.settings.question, found.test.test
    if found.single:
        return f"Test: {test}, since one group is held against a number."
    if question == "shares":
        return (
            f"Test: Newcombe’s interval and Fisher’s exact test, since “{data.counted}” is counted in separate parts."
        )
    if question == "spreads":
        return f"Test: {test}, since spreads are compared. Brown and Forsythe’s trusts no bell shape."
    name = {"paired t": "the paired t test", "two-sample t, Welch": "Welch’s t test"}.get(test, test)
    if data.paired:
        return f"Test: {name}, since each reading has a partner. What the two share cancels in the difference."
    if found.several:
        return f"Test: {name} for all groups at once. Many tests of two would give too many false alarms."
    rest = "" if found.settings.shape == "ranks" else " It does not take the two spreads as equal."
    return f"Test: {name}, since these are separate parts.{rest}"


def _pairs(found: Found) -> list[str]:
    apart = [pair for pair in found.pairs if pair.low > 0.0 or pair.high < 0.0]
    if not found.pairs:
        return []
    if not apart:
        return ["No two groups are shown to differ from each other."]
    names = found.data.names
    listed = [f"{names[p.first]} and {names[p.second]} ({with_unit(p.difference, found)})" for p in apart[:6]]
    return [f"Shown to differ: {'; '.join(listed)}."]


def _margin(found: Found) -> list[str]:
    said, margin = [], found.settings.margin
    if found.alike is not None and margin:
        span = f"{with_unit(found.alike.low, found)} to {with_unit(found.alike.high, found)}"
        if found.alike.equivalent:
            said.append(f"Shown to be alike: {span} lies within ± {margin:g}.")
        else:
            said.append(f"Not shown to be alike: {span} does not lie within ± {margin:g}.")
    if found.wanted is not None and margin:
        size = (
            f"{margin:g} percentage points"
            if found.settings.question == "shares"
            else f"{margin:g} {found.data.unit}".strip()
        )
        what = "pairs" if found.data.paired else "parts of each"
        said.append(
            f"To find a true difference of {size} in 9 of 10 studies takes {found.wanted:,} {what}, with the spread "
            "seen here."
        )
    return said


def _doubts(found: Found) -> list[str]:
    data, said = found.data, []
    if found.odd_shape:
        said.append(
            f"Not normal: {', '.join(found.odd_shape)}. Look at the picture; compare by ranks and see whether it says "
            "the same."
        )
    fewest = min(len(group) for group in data.groups)
    if fewest < FEW and found.settings.question != "shares":
        said.append(f"With {fewest} {'pairs' if data.paired else 'readings'} only a large difference can show.")
    if data.paired and found.settings.question == "averages" and _correlation(found) < 0.0:
        said.append("Partners go against each other here, so pairing costs you something. Check what links a pair.")
    if found.levene is not None and not found.several and found.levene.significant != found.test.significant:
        said.append(f"Brown and Forsythe’s test does not agree ({p_text(found.levene.p)}): do not lean on the shape.")
    if data.paired and found.settings.question == "spreads":
        said.append("The two spreads are compared as if the readings had no partners.")
    if data.lost:
        said.append(f"{data.lost:,} {'row lacks' if data.lost == 1 else 'rows lack'} a value or a partner.")
    said.append("The interval holds for chance alone. Different days, people or bars between the two are not in it.")
    return said


def _correlation(found: Found) -> float:
    first, second = found.data.groups
    if len(first) < 3 or np.ptp(first) == 0.0 or np.ptp(second) == 0.0:
        return 0.0
    return float(np.corrcoef(first, second)[0, 1])


def others(found: Found) -> Explanation:
    """Why another program may print something else, with the numbers that it would print."""
    data, question = found.data, found.settings.question
    if found.single:
        said = ["The interval is two-sided. A one-sided one has its limit nearer to the average."]
        return Explanation(name="differs", title="Why another program may print something else", sentences=tuple(said))
    said = [f"Here the difference is {data.names[1]} less {data.names[0]}. Turned around, every sign changes."]
    if question == "shares":
        z = pooled_z_p(found.test)
        said.append(
            f"Many programs print the p of the pooled z test: {p_cell(z)} here, beside Fisher’s {p_cell(found.test.p)}."
        )
        said.append("The interval is Newcombe’s. The plain one (± 1.96 standard errors) is wrong for small counts.")
    elif question == "spreads":
        said.append("Some programs print the ratio of variances: the square of the ratio of standard deviations here.")
        if found.levene is not None:
            told = p_text(found.levene.p)
            said.append(f"“Levene” is with the median here (Brown and Forsythe): {told}. Some take the mean.")
    elif found.several:
        said.append("Classic ANOVA takes all spreads as equal; Welch’s does not. Tukey’s intervals pool them.")
    elif found.settings.shape == "ranks":
        said.append("Exact p where there are no ties; the shift is the median of all differences (Hodges and Lehmann).")
    else:
        pooled = two_sample_t(data.groups[1], data.groups[0], pooled=True, confidence=found.test.confidence)
        if data.paired:
            welch = two_sample_t(data.groups[1], data.groups[0], confidence=found.test.confidence)
            said.append(
                f"Without pairing, the interval is {with_unit(welch.low, found)} to {with_unit(welch.high, found)}. "
                f"The differences vary by s = {shown(float(np.std(differences(data), ddof=1)), found)}."
            )
        else:
            said.append(
                f"A spreadsheet’s “equal variances” pools the spreads: t {pooled.statistic:.3f}, df {pooled.df:g}, "
                f"{p_text(pooled.p)}. Welch’s df is {found.test.df:.2f}; some programs cut it to a whole number."
            )
    return Explanation(name="differs", title="Why another program may print something else", sentences=tuple(said))
