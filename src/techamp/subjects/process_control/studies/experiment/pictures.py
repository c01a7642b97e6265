"""The charts: sizes against the margin, half-normal, main effects, the strongest interaction, residuals, spread."""

from __future__ import annotations

import math

import numpy as np

from techamp.contract import Chart, Mark, RefLine, Series
from techamp.subjects.process_control.experiments.effects import half_normal
from techamp.subjects.process_control.readings import Array
from techamp.subjects.process_control.studies.experiment.analysis import Analysis
from techamp.subjects.process_control.studies.experiment.formulas import effect_equation, margin_equation
from techamp.subjects.process_control.studies.experiment.runs import StudiedFactor
from techamp.subjects.process_control.tail_areas import t_quantile

MOST_BARS = 20
MOST_NAMES = 4


def charts(found: Analysis) -> tuple[Chart, ...]:
    """In the order in which one looks: what stands out, how it acts, and whether the model may be trusted."""
    drawn = [_sizes(found)]
    if found.two_level and len(found.effects) >= 4:
        drawn.append(_half_normal(found))
    drawn.append(_main_effects(found))
    pair = _strongest_pair(found)
    if pair is not None:
        drawn.append(_interaction(found, *pair))
    if found.model.df > 0:
        drawn += [_residuals_in_order(found), _residuals_by_level(found)]
    if found.spread is not None:
        drawn.append(_spread(found))
    return tuple(drawn)


def _round(found: Analysis, values: Array | list[float]) -> tuple[float, ...]:
    return tuple(round(float(v), found.decimals + 2) for v in values)


def _sizes(found: Analysis) -> Chart:
    ordered = sorted(found.effects, key=lambda e: -abs(e.value))[:MOST_BARS]
    margins = {round(e.margin, 9) for e in ordered if not math.isnan(e.margin)}
    lines = (
        [RefLine(label="Margin", value=_round(found, [m])[0], kind="limit") for m in margins]
        if len(margins) == 1
        else []
    )
    active = ", ".join(found.runs.name(e.term) for e in found.active) or "none"
    short = len(ordered) > MOST_NAMES  # names of pairs would not fit below the bars
    return Chart(
        name="sizes",
        title="Size of the effects",
        x_label="Effect",
        y_label="Size",
        y_unit=found.runs.unit,
        series=(
            Series(
                name="size",
                label="Size",
                x=tuple(float(i + 1) for i in range(len(ordered))),
                y=_round(found, [abs(e.value) for e in ordered]),
                shape="bars",
            ),
        ),
        lines=tuple(lines),
        x_names=tuple(e.term if short else found.runs.name(e.term) for e in ordered),
        words=f"Effects from large to small. Standing out: {active}.{_letters(found) if short else ''}",
        equation=effect_equation(found),
        zero=True,
    )


def _standard_error(found: Analysis) -> float | None:
    """Of one effect: by t from the runs that are left over, else Lenth's."""
    if found.judged == "t":
        t = t_quantile(1.0 - 0.5 * found.settings.alpha, found.full.df)
        return float(np.median([e.margin for e in found.effects])) / t
    return None if found.lenth is None else found.lenth.pse


def _letters(found: Analysis) -> str:
    return f" {', '.join(f'{f.letter} is {f.name}' for f in found.runs.factors)}."


def _half_normal(found: Analysis) -> Chart:
    points = half_normal({e.term: e.value for e in found.effects})
    active = {e.term for e in found.active}
    lines = []
    if found.judged == "lenth" and found.lenth is not None:
        lines.append(
            RefLine(label="Margin", value=round(found.lenth.margin, found.decimals + 2), kind="limit", axis="x")
        )
    series = [
        Series(
            name="effects",
            label="Effects",
            x=_round(found, [abs(p.effect) for p in points]),
            y=tuple(round(p.quantile, 4) for p in points),
            shape="points",
        )
    ]
    noise = _standard_error(found)
    if noise is not None:
        top = points[-1].quantile
        series.append(
            Series(
                name="noise",
                label="Where noise alone would lie",
                x=_round(found, [0.0, noise * top]),
                y=(0.0, round(top, 4)),
                role="aside",
            )
        )
    return Chart(
        name="half_normal",
        title="Half-normal chart of the effects",
        x_label="Size of the effect",
        x_unit=found.runs.unit,
        y_label="Half-normal quantile",
        series=tuple(series),
        lines=tuple(lines),
        marks=tuple(
            Mark(
                x=_round(found, [abs(p.effect)])[0], y=round(p.quantile, 4), label=found.runs.name(p.name), kind="note"
            )
            for p in points
            if p.name in active
        ),
        words="Noise lies near the gray line through zero. Real effects lie off it to the right.",
        equation=margin_equation(found),
        zero=True,
    )


def _level_means(found: Analysis, factor: StudiedFactor) -> tuple[list[float], list[float]]:
    """Coded levels and the mean response at each; center points are a level of their own."""
    levels = np.unique(np.round(factor.coded, 9))
    return levels.tolist(), [float(found.runs.y[np.round(factor.coded, 9) == level].mean()) for level in levels]


def _main_effects(found: Analysis) -> Chart:
    series, names, at = [], [], 0.0
    for factor in found.runs.factors:
        levels, means = _level_means(found, factor)
        x = [at + i for i in range(len(levels))]
        series.append(
            Series(
                name=factor.letter,
                label=factor.name,
                x=tuple(x),
                y=_round(found, means),
                shape="line+points",
            )
        )
        names += [f"{factor.name} {factor.setting(level)}" for level in levels]
        at = x[-1] + 2.0
    # One line with a gap between the factors: their order means nothing.
    joined_x = [x for one in series for x in (*one.x, one.x[-1] + 1.0)][:-1]
    joined_y = [y for one in series for y in (*one.y, None)][:-1]
    named = iter(names)
    return Chart(
        name="main_effects",
        title="Main effects: average response at each setting",
        x_label="Factor, low to high",
        y_label=f"Average {found.runs.response}",
        y_unit=found.runs.unit,
        series=(Series(name="means", label="Average", x=tuple(joined_x), y=tuple(joined_y), shape="line+points"),),
        lines=(RefLine(label="All runs", value=_round(found, [float(found.runs.y.mean())])[0]),),
        x_names=tuple("\u00a0" if y is None else next(named) for y in joined_y),
        words="A steep line is a strong factor. A line alone may mislead where two factors act together.",
    )


def _strongest_pair(found: Analysis) -> tuple[StudiedFactor, StudiedFactor] | None:
    pairs = [e for e in found.active if e.term.count("·") == 1 and "²" not in e.term]
    if not pairs:
        return None
    by_letter = {f.letter: f for f in found.runs.factors}
    one, two = (by_letter[letter] for letter in pairs[0].term.split("·"))
    return one, two


def _interaction(found: Analysis, one: StudiedFactor, two: StudiedFactor) -> Chart:
    y, series = found.runs.y, []
    for level in (-1.0, 1.0):
        ends = [float(y[(np.sign(one.coded) == x) & (np.sign(two.coded) == level)].mean()) for x in (-1.0, 1.0)]
        series.append(
            Series(
                name=f"{two.letter}{level:+.0f}",
                label=f"{two.name} {two.setting(level)}",
                x=(-1.0, 1.0),
                y=_round(found, ends),
                shape="line+points",
                role="now" if level > 0 else "aside",
            )
        )
    return Chart(
        name="interaction",
        title=f"{one.name} and {two.name} together",
        x_label=f"{one.name}, {one.setting(-1)} to {one.setting(1)}",
        y_label=f"Average {found.runs.response}",
        y_unit=found.runs.unit,
        series=tuple(series),
        x_names=(one.setting(-1), one.setting(1)),
        words=f"Lines that are not parallel: what {one.name} does depends on {two.name}.",
    )


def _residuals_in_order(found: Analysis) -> Chart:
    order = found.runs.order
    place = np.argsort(np.argsort(order, kind="stable")) if order is not None else np.arange(len(found.runs.y))
    sorted_rows = np.argsort(place)
    known = "Run order" if order is not None else "Row of the file"
    said = "" if order is not None else " Choose the run order, and this chart shows whether something drifted."
    return Chart(
        name="residuals_order",
        title="What the model leaves, in order",
        x_label=known,
        y_label="Residual",
        y_unit=found.runs.unit,
        series=(
            Series(
                name="residual",
                label="Residual",
                x=tuple((np.arange(len(place)) + 1.0).tolist()),
                y=_round(found, found.model.fit.residuals[sorted_rows]),
                shape="line+points",
            ),
        ),
        lines=(RefLine(label="Zero", value=0.0),),
        words=f"No climb, no step, no fan: that is what noise looks like.{said}",
        zero=True,
    )


def _residuals_by_level(found: Analysis) -> Chart:
    return Chart(
        name="residuals_fitted",
        title="What the model leaves, against what it expects",
        x_label="Expected response",
        x_unit=found.runs.unit,
        y_label="Residual",
        y_unit=found.runs.unit,
        series=(
            Series(
                name="residual",
                label="Residual",
                x=_round(found, found.model.fit.fitted),
                y=_round(found, found.model.fit.residuals),
                shape="points",
            ),
        ),
        lines=(RefLine(label="Zero", value=0.0),),
        words="A bend here says that a term is missing. A fan says that the spread grows with the level.",
        zero=True,
    )


def _spread(found: Analysis) -> Chart:
    spread = found.spread
    assert spread is not None  # drawn only where there is one
    names = {f.letter: f.name for f in found.runs.factors}
    ordered = sorted(spread.values.items(), key=lambda item: -abs(item[1]))
    active = ", ".join(names[letter] for letter in spread.active) or "none"
    return Chart(
        name="spread",
        title="Effects on the spread",
        x_label="Factor",
        y_label="ln(s²high/s²low)",
        series=(
            Series(
                name="spread",
                label="ln of the ratio of variances",
                x=tuple(float(i + 1) for i in range(len(ordered))),
                y=tuple(round(value, 3) for _, value in ordered),
                shape="bars",
            ),
        ),
        lines=(
            RefLine(label="Two standard deviations", value=round(spread.margin, 3), kind="limit"),
            RefLine(label="Two standard deviations", value=round(-spread.margin, 3), kind="limit"),
        ),
        x_names=tuple(names[letter] for letter, _ in ordered),
        words=f"Above zero the high setting is the noisier one. Beyond the lines: {active}.",
        zero=True,
    )
