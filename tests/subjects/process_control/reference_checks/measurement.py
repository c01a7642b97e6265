"""What we compute for each published case: gauge studies, linearity, agreement."""

from __future__ import annotations

from typing import Any

import numpy as np
from tests.reference_cases import ReferenceChecks
from tests.subjects.process_control.reference_checks.folder import REFERENCES

from techamp.subjects.process_control import (
    cohen_kappa,
    crossed_gauge_study,
    fleiss_kappa,
    linearity_study,
    random_one_way,
    range_gauge_study,
)
from techamp.subjects.process_control.anova_table import AnovaRow

CHECKS = ReferenceChecks(REFERENCES, "measurement")

Inputs = dict[str, Any]


def _lines(anova: tuple[AnovaRow, ...]) -> dict[str, AnovaRow]:
    return {line.source: line for line in anova}


@CHECKS.case(
    "grr-montgomery-13-1",
    skip=("gauge_variance_reduced_text",),
    tolerance={
        **{f"anova.{line}": "abs_f" for line in ("part", "operator", "interaction")},
        "F_reduced": "abs_f",
    },
)
def montgomery_gauge(inputs: Inputs) -> Inputs:
    readings = inputs["y[part][operator][rep]"]
    full, reduced = (crossed_gauge_study(readings, pool=pool, negative="keep") for pool in ("never", "0.25"))
    lines, pooled = _lines(full.anova), _lines(reduced.anova)
    tested = {name: [r.df, r.ss, r.ms, r.f, r.p] for name, r in lines.items()}
    error = lines["repeatability"]
    names = {"part": "part", "operator": "operator", "interaction": "interaction", "error": "repeatability"}
    return {
        "anova": {**tested, "error": [error.df, error.ss, error.ms], "total": tested["total"][:2]},
        "varcomp_full": {theirs: full.components[ours].variance for theirs, ours in names.items()},
        "reduced_error": [pooled["repeatability"].df, pooled["repeatability"].ss, pooled["repeatability"].ms],
        "F_reduced": {name: pooled[name].f for name in ("part", "operator")},
        "p_reduced_operator": pooled["operator"].p,
        "varcomp_reduced": {
            theirs: reduced.components[ours].variance for theirs, ours in names.items() if ours in reduced.components
        },
    }


@CHECKS.case(
    "grr-sixsigma-helicopter",
    tolerance={"pct_contribution": "abs_pct", "pct_study": "abs_pct", "pct_tolerance_GRR": "abs_pct", "F": "abs_pct"}
    | {"reduced": "abs_pct"},
)
def helicopters(inputs: Inputs) -> Inputs:
    readings = inputs["y[prototype][operator][rep]"]
    found = crossed_gauge_study(readings, pool="0.05", lower=inputs["lsl"], upper=inputs["usl"])
    lines, reduced = _lines(found.anova_full), _lines(found.anova)
    parts = {"GRR": "gauge", "repeatability": "repeatability", "reproducibility": "reproducibility", "part": "part"}
    parts["total"] = "total"
    of = {theirs: found.components[ours] for theirs, ours in parts.items()}
    return {
        "ss": [line.ss for line in lines.values()],
        "df": [line.df for line in lines.values()],
        "F": {name: lines[name].f for name in ("part", "operator", "interaction")},
        "p": {name: lines[name].p for name in ("part", "operator", "interaction")},
        "reduced": {
            "error_df": reduced["repeatability"].df,
            "error_ss": reduced["repeatability"].ss,
            "F_part": reduced["part"].f,
            "F_oper": reduced["operator"].f,
        },
        "varcomp": {name: component.variance for name, component in of.items()},
        "pct_contribution": {name: component.contribution for name, component in of.items()},
        "stdev": {name: component.sd for name, component in of.items()},
        "pct_study": {name: component.study for name, component in of.items()},
        "pct_tolerance_GRR": of["GRR"].tolerance,
        "ndc_floor": found.categories_truncated,
    }


@CHECKS.case("vc-dyestuff")
def dyestuff(inputs: Inputs) -> Inputs:
    found = random_one_way(inputs["yield_by_batch"])
    return {
        "var_batch": found.between,
        "var_residual": found.within,
        "sd": [found.between**0.5, found.within**0.5],
        "overall_mean": found.mean,
    }


@CHECKS.case(
    "grr-aiag",
    tolerance={
        "F_against_repeatability_unpooled": "abs_f",
        "F_against_interaction": "abs_f",
        "anova_contribution": "abs_pct",
        "anova_study": "abs_pct",
        "range_study": "abs_pct",
        "anova_categories": "abs_count",
        "range_categories": "abs_count",
    },
)
def aiag_gauge(inputs: Inputs) -> Inputs:
    readings = inputs["y[part][operator][rep]"]
    by_ranges, by_anova = range_gauge_study(readings), crossed_gauge_study(readings)
    aiag = crossed_gauge_study(readings, pool="never", f_against="repeatability")
    lines = _lines(by_anova.anova_full)
    return {
        "anova_ss": {name: line.ss for name, line in lines.items()},
        "F_against_repeatability_unpooled": {name: line.f for name, line in _lines(aiag.anova).items()},
        "F_against_interaction": {name: line.f for name, line in lines.items()},
        "anova_sd": {name: component.sd for name, component in by_anova.components.items()},
        "anova_contribution": {name: component.contribution for name, component in by_anova.components.items()},
        "anova_study": {name: component.study for name, component in by_anova.components.items()},
        "anova_categories": by_anova.categories_truncated,
        "range_sd": {name: component.sd for name, component in by_ranges.components.items()},
        "range_study": {name: component.study for name, component in by_ranges.components.items()},
        "range_categories": by_ranges.categories_truncated,
    }


@CHECKS.case("linearity-aiag")
def aiag_linearity(inputs: Inputs) -> Inputs:
    found = linearity_study(inputs["references"], inputs["readings"])
    return {**vars(found), "s": found.residual_sd}


@CHECKS.case("kappa-cohen")
def readers(inputs: Inputs) -> Inputs:
    table = np.array(inputs["table"])
    first, second = (np.repeat(code.ravel(), table.ravel()) for code in np.indices(table.shape))
    found = cohen_kappa(first, second)
    return {**vars(found), "kappa": found.value}


@CHECKS.case("kappa-fleiss")
def raters(inputs: Inputs) -> Inputs:
    calls = [np.repeat(np.arange(len(counts)), counts) for counts in inputs["counts"]]
    found = fleiss_kappa(calls)
    return {**vars(found), "kappa": found.value}
