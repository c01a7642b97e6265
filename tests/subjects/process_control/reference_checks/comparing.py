"""What we compute for each published case: analysis of variance and regression."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import scipy
from tests.reference_cases import ReferenceChecks
from tests.subjects.process_control.reference_checks.folder import REFERENCES

from techamp.subjects.process_control import linear_fit, one_way_anova, polynomial_fit

CHECKS = ReferenceChecks(REFERENCES, "comparing")

Inputs = dict[str, Any]


def _groups(inputs: Inputs) -> list[list[float]]:
    """The groups of a NIST file: in the case, or in the copy that SciPy carries."""
    if "data" in inputs:
        return list(inputs["data"].values())
    path = Path(scipy.__file__).parent.parent / inputs["data_file"].split()[0]
    lines = path.read_text("utf-8").splitlines()[60:]
    pairs = [match.groups() for line in lines if (match := re.match(r"\s+(\d+)\s+([-\d.]+)\s*$", line))]
    names = dict.fromkeys(name for name, _ in pairs)
    groups = [[float(value) for name, value in pairs if name == wanted] for wanted in names]
    assert (len(groups), len(pairs)) == (inputs["groups"], inputs["n"])
    return groups


@CHECKS.case(*(case for case in CHECKS.cases if case.startswith("strd-anova-")))
def nist_anova(inputs: Inputs) -> Inputs:
    found = one_way_anova(_groups(inputs))
    between, within, _ = found.anova
    return {
        "df_between": between.df,
        "ss_between": between.ss,
        "ms_between": between.ms,
        "F": found.f,
        "df_within": within.df,
        "ss_within": within.ss,
        "ms_within": within.ms,
        "r_squared": found.r_squared,
        "residual_sd": found.residual_sd,
    }


@CHECKS.case(*(case for case in CHECKS.cases if case.startswith("strd-lin-")))
def nist_regression(inputs: Inputs) -> Inputs:
    if "X" in inputs:
        found = linear_fit(inputs["X"], inputs["y"])
    else:
        found = polynomial_fit(inputs["x"], inputs["y"], inputs["degree"], intercept=inputs["intercept"])
    return {
        "coef": [one.value for one in found.coefficients],
        "coef_sd": [one.error for one in found.coefficients],
        "residual_sd": found.residual_sd,
        "r_squared": found.r_squared,
        "F": found.f,
    }


@CHECKS.case("test-nist-anova1")
def handbook_anova(inputs: Inputs) -> Inputs:
    found = one_way_anova(inputs["groups"])
    between, within, total = found.anova
    return {
        "SS_total": total.ss,
        "SS_factor": between.ss,
        "SS_error": within.ss,
        "F": found.f,
        "df": [between.df, within.df],
    }
