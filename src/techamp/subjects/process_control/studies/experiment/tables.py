"""Effects, what cannot be told apart, settings, analysis of variance, formulas, and run by run."""

from __future__ import annotations

import math
from typing import Any

from techamp.contract import DataTable
from techamp.subjects.process_control.studies.experiment.advice import Advice
from techamp.subjects.process_control.studies.experiment.analysis import BLOCK, CURVATURE, Analysis
from techamp.subjects.process_control.studies.experiment.formulas import formulas


def tables(found: Analysis, advice: Advice | None) -> tuple[DataTable, ...]:
    """What one needs first comes first."""
    shown = [_effects(found)]
    if advice is not None:
        shown.insert(0, _settings(found, advice))
    if found.terms.alias:
        shown.append(_aliases(found))
    shown += [_anova(found), _formulas(found, advice), _runs(found)]
    return tuple(shown)


def _unit(found: Analysis) -> str:
    return f" ({found.runs.unit})" if found.runs.unit else ""


def _rounded(found: Analysis, value: float, more: int = 0) -> float | str:
    return "" if math.isnan(value) else round(value, found.decimals + more)


def _effects(found: Analysis) -> DataTable:
    rows = []
    for e in sorted(found.effects, key=lambda e: -abs(e.value)):
        low, high = e.value - e.margin, e.value + e.margin
        p = "" if math.isnan(e.p) else float(f"{e.p:.2g}")
        rows.append(
            (
                found.runs.name(e.term),
                _rounded(found, e.value, 1),
                _rounded(found, low, 1),
                _rounded(found, high, 1),
                p,
                "yes" if e.active else "" if math.isnan(e.margin) else "no",
            )
        )
    percent = f"{100 * (1 - found.settings.alpha):g} %"
    heads = ("Effect", f"Size{_unit(found)}", f"From ({percent})", f"To ({percent})", "p", "Stands out")
    return DataTable(name="effects", title="Effects", columns=heads, rows=tuple(rows))


def _aliases(found: Analysis) -> DataTable:
    rows = []
    for left, kept in found.terms.alias.items():
        sign = "minus " if kept.startswith("-") else ""
        name = found.runs.name(kept.lstrip("-")) if kept else "a mix of several, or the blocks"
        rows.append((found.runs.name(left), sign + name))
    columns = ("Not in the model", "Cannot be told from")
    return DataTable(name="aliases", title="What these runs cannot tell apart", columns=columns, rows=tuple(rows))


def _settings(found: Analysis, advice: Advice) -> DataTable:
    rows: list[tuple[Any, ...]] = []
    for f in found.runs.factors:
        if f.letter in advice.quiet:
            why = "the quiet side"
        else:
            why = "serves the goal" if f.letter in advice.coded else "no effect seen: choose the cheaper setting"
        value = f.setting(advice.coded[f.letter]) if f.letter in advice.coded else "either"
        rows.append((f.name, f"{f.setting(-1)} to {f.setting(1)}", value, why))
    columns = ("Factor", "Tried", "Set", "Why")
    return DataTable(name="settings", title="Settings for the confirmation run", columns=columns, rows=tuple(rows))


def _anova(found: Analysis) -> DataTable:
    rows = []
    for line in found.model.anova:
        name = {BLOCK: "blocks", CURVATURE: "curvature"}.get(line.source, found.runs.name(line.source))
        name = line.source if line.source in ("residual", "total") else name
        f, p = ("" if math.isnan(v) else float(f"{v:.3g}") for v in (line.f, line.p))
        rows.append((name, line.df, float(f"{line.ss:.6g}"), "" if not line.df else float(f"{line.ms:.6g}"), f, p))
    columns = ("Source", "Degrees of freedom", "Sum of squares", "Mean square", "F", "p")
    return DataTable(name="anova", title="Analysis of variance of the model", columns=columns, rows=tuple(rows))


def _formulas(found: Analysis, advice: Advice | None) -> DataTable:
    columns = ("", "Formula", "With your numbers", f"Value{_unit(found)}")
    return DataTable(
        name="formulas", title="The formula with my numbers", columns=columns, rows=formulas(found, advice)
    )


def _runs(found: Analysis) -> DataTable:
    runs, fit = found.runs, found.model.fit
    rows = []
    for i, row in enumerate(runs.rows.tolist()):
        settings = (f.setting(float(f.coded[i])) for f in runs.factors)
        numbers = (_rounded(found, float(v[i]), 1) for v in (runs.y, fit.fitted, fit.residuals))
        rows.append((row, *settings, *numbers))
    heads = (
        "Row in the file",
        *(f.name for f in runs.factors),
        f"{runs.response}{_unit(found)}",
        "Expected",
        "Residual",
    )
    return DataTable(name="runs", title="Run by run", columns=heads, rows=tuple(rows))
