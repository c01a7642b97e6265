"""Components, ANOVA, the formulas with these numbers, and what other programs would print."""

from __future__ import annotations

import math
from collections.abc import Iterator

from techamp.contract import DataTable, Explanation
from techamp.subjects.process_control.constants import d2
from techamp.subjects.process_control.measurement.crossed_gauge import crossed_gauge_study
from techamp.subjects.process_control.measurement.gauge_study import GaugeStudy
from techamp.subjects.process_control.measurement.range_gauge import MANY_RANGES, d2_star
from techamp.subjects.process_control.studies.gauge_study.analysis import Analysis, run_study
from techamp.subjects.process_control.studies.p_values import p_cell

NAMES = {
    "gauge": "Gauge altogether",
    "repeatability": "Repeatability",
    "reproducibility": "Reproducibility",
    "operator": "of it, operators",
    "interaction": "of it, operator × part",
    "part": "Part to part",
    "total": "Total",
}
Row = tuple[str | float | int, ...]


def tables(found: Analysis) -> tuple[DataTable, ...]:
    """Components first; the ANOVA only where there is one."""
    anova = (_anova(found.found),) if found.found.anova else ()
    return (_components(found), *anova, _formulas(found))


def _components(found: Analysis) -> DataTable:
    unit = f" ({found.data.unit})" if found.data.unit else ""
    study, digits = found.found, found.decimals
    rows: list[Row] = []
    for name in [name for name in NAMES if name in study.components]:
        one = study.components[name]
        between = (
            "" if math.isnan(one.low) else f"{math.sqrt(max(0.0, one.low)):.{digits}f} to {_root(one.high, digits)}"
        )
        rows.append((
            NAMES[name], f"{one.variance:.4g}", f"{one.sd:.{digits}f}", between, f"{study.k * one.sd:.{digits}f}",
            _percent(one.contribution), _percent(one.study), _percent(one.tolerance),
        ))  # fmt: skip
    columns = (
        "Source", "Variance", f"Standard deviation{unit}", "Its 95 % interval", f"{study.k:g} × sd{unit}",
        "% of variance", "% of study", "% of tolerance",
    )  # fmt: skip
    return DataTable(name="components", title="Where the spread comes from", columns=columns, rows=tuple(rows))


def _root(variance: float, digits: int) -> str:
    return f"{math.sqrt(max(0.0, variance)):.{digits}f}" if math.isfinite(variance) else "no end"


def _percent(value: float) -> str:
    return "" if math.isnan(value) else f"{value:.1f}"


def _anova(study: GaugeStudy) -> DataTable:
    rows = tuple(
        (
            line.source,
            line.df,
            f"{line.ss:.6g}",
            _test(line.ms, 6, "g"),
            _test(line.f, 3),
            p_cell(line.p),
            line.against,
        )
        for line in (study.anova_full or study.anova)
    )
    pooled = (
        ", before the interaction went into the error"
        if study.pooled and len(study.anova_full) > len(study.anova)
        else ""
    )
    return DataTable(
        name="anova",
        title=f"Analysis of variance{pooled}",
        columns=("Source", "Degrees of freedom", "Sum of squares", "Mean square", "F", "p", "F against"),
        rows=rows,
    )


def _test(value: float, digits: int, form: str = "f") -> str:
    return "" if math.isnan(value) else f"{value:.{digits}{form}}"


def _formulas(found: Analysis) -> DataTable:
    rows = tuple(_range_rows(found) if found.settings.method == "ranges" else _square_rows(found))
    return DataTable(
        name="formulas",
        title="The formula with my numbers",
        columns=("", "Formula", "With your numbers", "Value"),
        rows=(*rows, *_share_rows(found)),
    )


def _square_rows(found: Analysis) -> Iterator[Row]:
    """Variances from mean squares; an uneven study has no closed form."""
    study, data = found.found, found.data
    ms = {line.source: line.ms for line in study.anova}
    if found.settings.method == "reml":
        yield (
            "σ² all",
            "the variances under which what is left of the readings without their mean is likeliest",
            ("solved together, none below zero"),
            "",
        )
        return
    if found.cells is None or "part" not in ms:
        yield "σ²", "Henderson’s method 1: sums of squares set equal to their expectations", "solved together", ""
        return
    error = "MS_E"
    yield "σ² repeatability", error, f"{ms['repeatability']:.6g}", f"{ms['repeatability']:.4g}"
    if data.nested:
        o, p, r = found.cells.shape
        yield _difference("part", "(MS_P − MS_E)/r", ms["part"], ms["repeatability"], r, study)
        yield _difference("operator", "(MS_O − MS_P)/(p·r)", ms["operator"], ms["part"], p * r, study)
        return
    p, o, r = found.cells.shape
    both, name = (ms["interaction"], "MS_PO") if "interaction" in ms else (ms["repeatability"], "MS_E")
    if "interaction" in ms:
        yield _difference("interaction", "(MS_PO − MS_E)/r", both, ms["repeatability"], r, study)
    yield _difference("operator", f"(MS_O − {name})/(p·r)", ms["operator"], both, p * r, study)
    yield _difference("part", f"(MS_P − {name})/(o·r)", ms["part"], both, o * r, study)


def _difference(name: str, formula: str, high: float, low: float, by: int, study: GaugeStudy) -> Row:
    used = study.components[name]
    end = f"{used.raw:.4g}" if used.raw == used.variance else f"{used.raw:.4g}, counted as 0"
    return f"σ² {name}", formula, f"({high:.6g} − {low:.6g})/{by}", end


def _range_rows(found: Analysis) -> Iterator[Row]:
    assert found.cells is not None  # averages and ranges need equal cells
    p, o, r = found.cells.shape
    of, cells = found.found.components, found.cells
    divisor = d2(r) if p * o > MANY_RANGES else d2_star(r, p * o)
    spread = float((cells.max(axis=2) - cells.min(axis=2)).mean())
    people, parts = cells.mean(axis=(0, 2)), cells.mean(axis=(1, 2))
    yield "EV", "R̄/d2", f"{spread:.5g}/{divisor:.4f}", f"{of['repeatability'].sd:.5g}"
    apart, within = float(people.max() - people.min()), of["repeatability"].sd
    numbers = f"√(({apart:.5g}/{d2_star(o, 1):.4f})² − {within:.5g}²/{p * r})"
    yield "AV", "√((X̄diff/d2*)² − EV²/(p·r))", numbers, f"{of['operator'].sd:.5g}"
    width = float(parts.max() - parts.min())
    yield "PV", "R_p/d2*", f"{width:.5g}/{d2_star(p, 1):.4f}", f"{of['part'].sd:.5g}"


def _share_rows(found: Analysis) -> Iterator[Row]:
    study, s = found.found, found.settings
    gauge, part, total = (study.components[name] for name in ("gauge", "part", "total"))
    yield "% of study", "100·σ_gauge/σ_total", f"100·{gauge.sd:.5g}/{total.sd:.5g}", _percent(gauge.study)
    if s.lower_spec is not None and s.upper_spec is not None:
        numbers = f"100·{study.k:g}·{gauge.sd:.5g}/({s.upper_spec:g} − {s.lower_spec:g})"
        yield "% of tolerance", f"100·{study.k:g}·σ_gauge/(U − L)", numbers, _percent(gauge.tolerance)
    elif found.has_tolerance:
        limit = s.lower_spec if s.upper_spec is None else s.upper_spec
        numbers = f"100·{study.k / 2:g}·{gauge.sd:.5g}/|{limit:g} − {study.mean:.6g}|"
        yield "% of tolerance", f"100·{study.k / 2:g}·σ_gauge/|limit − mean|", numbers, _percent(gauge.tolerance)
    ratio = f"1.41·{part.sd:.5g}/{gauge.sd:.5g}"
    yield "Categories", "1.41·σ_part/σ_gauge", ratio, f"{study.distinct_categories:.3g}"


def differences(found: Analysis) -> Explanation:
    """Other rules in use, and what they would give on these readings."""
    said = tuple(
        f"{what}: here {here}; elsewhere {there}, which gives {given}."
        for what, here, there, given in _other_rows(found)
    )
    return Explanation(name="differs", title="Why another program may print something else", sentences=said)


def _other_rows(found: Analysis) -> Iterator[Row]:
    study, s = found.found, found.settings
    if s.method == "reml" and (found.cells is not None or not found.data.nested):
        other = run_study(found.data, found.cells, s.model_copy(update={"method": "anova"}))
        yield "Method", "REML, which keeps the interaction", f"{other.method}, pooled by {_rule(s.pool)}", _gives(other)
    if not found.data.nested and s.method == "anova":
        for pool in ("never", "0.05", "0.25"):
            if pool != s.pool:
                other = run_study(found.data, found.cells, s.model_copy(update={"pool": pool}))
                yield "When the interaction joins the error", _rule(s.pool), _rule(pool), _gives(other)
    if s.method != "reml" and found.cells is not None and not found.data.nested and found.cells.shape[2] > 1:
        method = "ranges" if s.method == "anova" else "anova"
        other = run_study(found.data, found.cells, s.model_copy(update={"method": method}))
        names = {"anova": "ANOVA", "ranges": "averages and ranges (X̄-R)"}
        yield "Method", names[s.method], names[method], _gives(other)
    if study.anova and found.cells is not None and not found.data.nested and len(study.anova_full) == 5:
        aiag = crossed_gauge_study(found.cells, pool="never", f_against="repeatability").anova
        yield (
            "F of the parts",
            "against the interaction",
            "against repeatability, as AIAG prints",
            f"F = {aiag[0].f:.1f}",
        )
    if found.has_tolerance:
        k = 5.15 if s.width == "6" else 6.0
        share = study.components["gauge"].tolerance * k / study.k
        yield "Width of a spread", f"{study.k:g} sd", f"{k:g} sd", f"{share:.1f} % of tolerance"
    if study.categories_truncated is not None:
        cut, rounded = study.categories_truncated, study.categories_rounded
        yield "Categories", f"{study.distinct_categories:.2f}", "cut (AIAG), or rounded", f"{cut}, or {rounded}"


def _rule(pool: str) -> str:
    return "never" if pool == "never" else f"p above {pool}"


def _gives(study: GaugeStudy) -> str:
    return f"gauge {study.components['gauge'].study:.1f} % of study, {study.distinct_categories:.2f} categories"
