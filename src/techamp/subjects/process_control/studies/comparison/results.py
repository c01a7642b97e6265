"""Measures, charts and tables of the study."""

from __future__ import annotations

import math

import numpy as np

from techamp.contract import Chart, DataTable, Measure, RefLine, Series
from techamp.subjects.process_control.studies.comparison.analysis import Found, differences
from techamp.subjects.process_control.studies.comparison.words import shown, with_unit, worked
from techamp.subjects.process_control.studies.p_values import p_cell, p_measure

MOST_DRAWN = 300


def measures(found: Found) -> tuple[Measure, ...]:
    """The difference with its interval, then p, then how many parts would do."""
    test, question = found.test, found.settings.question
    factor = 100.0 if question == "shares" else 1.0
    label = "Ratio of spreads" if question == "spreads" else "Difference"
    label = "Seen" if found.single else label
    unit = "%" if question == "shares" else "" if question == "spreads" and not found.single else found.data.unit
    ends = [None if not math.isfinite(end) else factor * end for end in (test.low, test.high)]
    text = shown(test.estimate, found)
    decimals = (
        1 if question == "shares" else 2 if question == "spreads" and not found.single else len(text.partition(".")[2])
    )
    kept = [
        Measure(
            name="difference", label=label, value=factor * test.estimate, unit=unit, low=ends[0], high=ends[1],
            decimals=decimals, help=test.what,
        ),
        p_measure(test.p),
    ]  # fmt: skip
    if found.wanted is not None:
        what = "pairs" if found.data.paired else "of each"
        kept.append(Measure(name="wanted", label="Parts for the margin", value=found.wanted, unit=what, decimals=0))
    return tuple(kept)


def charts(found: Found) -> tuple[Chart, ...]:
    """The readings, then the differences with their intervals."""
    if found.settings.question == "shares":
        return (_shares(found),)
    made = [_readings(found)]
    if found.data.paired and found.settings.question == "averages":
        made.append(_pairs(found))
    if found.pairs:
        made.append(_tukey(found))
    return tuple(made)


def _readings(found: Found) -> Chart:
    x, y = [], []
    for place, group in enumerate(found.data.groups):
        drawn = group[np.linspace(0, len(group) - 1, min(len(group), MOST_DRAWN)).astype(np.int64)]
        drawn = np.unique(np.concatenate([drawn, [group.min(), group.max()]])) if len(group) > MOST_DRAWN else drawn
        x += (place + 0.5 * ((np.arange(len(drawn)) * 0.618034) % 1.0 - 0.5)).tolist()
        y += drawn.tolist()
    names = found.data.names
    return Chart(
        name="readings",
        title="The readings",
        x_label="",
        y_label="Reading",
        y_unit=found.data.unit,
        series=(
            Series(
                name="mean", label="Average", x=tuple(float(i) for i in range(len(names))),
                y=tuple(float(np.mean(group)) for group in found.data.groups), shape="points",
            ),
            Series(name="reading", label="Readings", x=tuple(x), y=tuple(y), shape="points", role="aside"),
        ),
        x_names=names,
        words="; ".join(
            f"{name}: {len(group):,} readings, average {shown(float(np.mean(group)), found)}, standard deviation "
            f"{shown(float(np.std(group, ddof=1)), found)}"
            for name, group in zip(names, found.data.groups, strict=True)
        ) + ".",
    )  # fmt: skip


def _pairs(found: Found) -> Chart:
    gap = differences(found.data)
    lines = [RefLine(label="No difference", value=0.0)]
    if math.isfinite(found.test.low):
        lines += [
            RefLine(label="Interval, lower end", value=found.test.low, kind="zone"),
            RefLine(label="Interval, upper end", value=found.test.high, kind="zone"),
        ]
    above = int((gap > 0).sum())
    return Chart(
        name="differences",
        title="The difference of each pair",
        x_label="Pair",
        y_label=f"{found.data.names[1]} less {found.data.names[0]}",
        y_unit=found.data.unit,
        series=(
            Series(
                name="difference", label="Difference", x=tuple(float(i + 1) for i in range(len(gap))),
                y=tuple(gap.tolist()), shape="points",
            ),
        ),
        lines=tuple(lines),
        words=f"{above} of {len(gap)} differences lie above zero. The thin lines are the interval of their average.",
    )  # fmt: skip


def _tukey(found: Found) -> Chart:
    names = found.data.names
    x = tuple(float(i) for i in range(len(found.pairs)))
    middle, low, high = zip(*((p.difference, p.low, p.high) for p in found.pairs), strict=True)
    return Chart(
        name="pairs",
        title="Which groups differ",
        x_label="",
        y_label="Difference of averages",
        y_unit=found.data.unit,
        series=(
            Series(name="difference", label="Difference", x=x, y=middle, shape="points"),
            Series(name="low", label="Lower end", x=x, y=low, shape="points", role="aside"),
            Series(name="high", label="Upper end", x=x, y=high, shape="points", role="aside"),
        ),
        lines=(RefLine(label="No difference", value=0.0),),
        x_names=tuple(f"{names[p.first]} − {names[p.second]}" for p in found.pairs),
        words="Tukey’s intervals hold all together. Where both ends lie on one side of zero, the two differ.",
    )


def _shares(found: Found) -> Chart:
    return Chart(
        name="shares",
        title=f"Share of “{found.data.counted}”",
        x_label="",
        y_label="Share",
        y_unit="%",
        series=(
            Series(
                name="share", label="Share", x=tuple(float(i) for i in range(len(found.data.names))),
                y=tuple(100.0 * float(np.mean(group)) for group in found.data.groups), shape="bars",
            ),
        ),
        x_names=found.data.names,
        words="; ".join(
            f"{name}: {int(group.sum()):,} of {len(group):,}"
            for name, group in zip(found.data.names, found.data.groups, strict=True)
        ) + ".",
        zero=True,
    )  # fmt: skip


def tables(found: Found) -> tuple[DataTable, ...]:
    """The groups, the test, the pairs of several groups, the formula with these numbers."""
    made = [_groups(found), _test(found)]
    if found.pairs:
        made.append(_pair_table(found))
    ranked = found.settings.question == "averages" and found.settings.shape == "ranks"
    return (*made, _formulas(found)) if len(found.data.names) == 2 and not ranked else tuple(made)


def _groups(found: Found) -> DataTable:
    named = list(zip(found.data.names, found.data.groups, strict=True))
    if found.settings.question == "shares":
        return DataTable(
            name="groups",
            title="The groups",
            columns=("Group", "Parts", found.data.counted, "%"),
            rows=tuple((name, len(own), int(own.sum()), f"{100 * float(np.mean(own)):.2f}") for name, own in named),
        )
    return DataTable(
        name="groups",
        title="The groups",
        columns=("Group", "Readings", "Average", "Standard deviation", "Least", "Largest"),
        rows=tuple(
            (
                name,
                len(own),
                *(shown(float(v), found) for v in (np.mean(own), np.std(own, ddof=1), own.min(), own.max())),
            )
            for name, own in named
        ),
    )


def _test(found: Found) -> DataTable:
    test = found.test
    df = "" if math.isnan(test.df) else f"{test.df:.4g}"
    span = "" if math.isnan(test.low) else f"{with_unit(test.low, found)} to {with_unit(test.high, found)}"
    rows = [(test.test, f"{test.statistic:.4g}", df, p_cell(test.p), span)]
    if found.levene is not None and found.levene is not test:
        other = found.levene
        rows.append((other.test, f"{other.statistic:.4g}", f"{other.df:.4g}", p_cell(other.p), ""))
    columns = ("Test", "Statistic", "Degrees of freedom", "p", f"{100 * test.confidence:g} % interval")
    return DataTable(name="test", title="The test", columns=columns, rows=tuple(rows))


def _pair_table(found: Found) -> DataTable:
    names = found.data.names
    rows = tuple(
        (
            f"{names[p.first]} − {names[p.second]}",
            *(shown(v, found) for v in (p.difference, p.low, p.high)),
            p_cell(p.p),
        )
        for p in found.pairs
    )
    columns = ("Groups", "Difference", "Lower end", "Upper end", "p, adjusted")
    return DataTable(name="pairs", title="Which groups differ (Tukey)", columns=columns, rows=rows)


def _formulas(found: Found) -> DataTable:
    columns = ("", "Formula", "With your numbers", "Value")
    rows = {"averages": _mean_rows, "spreads": _spread_rows, "shares": _share_rows}[found.settings.question](found)
    return DataTable(name="formulas", title="The formula with your numbers", columns=columns, rows=tuple(rows))


def _mean_rows(found: Found) -> list[tuple[str, ...]]:
    test, data = found.test, found.data
    error = abs(test.estimate / test.statistic) if test.statistic else (test.high - test.low) / 2
    reach = (test.high - test.low) / 2
    t = f"{reach / error:.3f}"
    e, d = worked(error, found), worked(test.estimate, found)
    if data.paired:
        sd = worked(float(np.std(differences(data), ddof=1)), found)
        rows = [("standard error", "s_d/√n", f"{sd}/√{len(data.groups[0])}", e)]
    else:
        (s1, n1), (s2, n2) = ((worked(float(np.std(g, ddof=1)), found), len(g)) for g in data.groups)
        rows = [("standard error", "√(s₁²/n₁ + s₂²/n₂)", f"√({s1}²/{n1} + {s2}²/{n2})", e)]
    return [
        *rows,
        ("t", "difference/standard error", f"{d}/{e}", f"{test.statistic:.3f}"),
        (
            "interval",
            "difference ± t*·standard error",
            f"{d} ± {t}·{e}",
            f"{worked(test.low, found)} to {worked(test.high, found)}",
        ),
    ]


def _spread_rows(found: Found) -> list[tuple[str, ...]]:
    s1, s2 = (worked(float(np.std(group, ddof=1)), found) for group in found.data.groups)
    return [("ratio", "s₂/s₁", f"{s2}/{s1}", f"{found.test.estimate:.4f}"),
            ("F", "(s₂/s₁)²", f"{found.test.estimate:.4f}²", f"{found.test.statistic:.4f}")]  # fmt: skip


def _share_rows(found: Found) -> list[tuple[str, ...]]:
    (x1, n1), (x2, n2) = ((int(group.sum()), len(group)) for group in found.data.groups)
    return [("difference", "x₂/n₂ − x₁/n₁", f"{x2}/{n2} − {x1}/{n1}", with_unit(found.test.estimate, found))]
