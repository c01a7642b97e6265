"""What we compute for each published case: charts for variables, their constants, rules and capability."""

from __future__ import annotations

from typing import Any

import numpy as np
from tests.reference_cases import ReferenceChecks
from tests.subjects.process_control.reference_checks.folder import REFERENCES, marked

from techamp.subjects.process_control import (
    capability,
    chart_constants,
    hits,
    individuals_chart,
    signal_points,
    subgroups,
    x_bar_r_chart,
    x_bar_s_chart,
)
from techamp.subjects.process_control import sigma as estimators
from techamp.subjects.process_control.process_capability import cp_interval

CHECKS = ReferenceChecks(REFERENCES, "constants", "variables_charts", "run_rules", "capability")

Inputs = dict[str, Any]


def _by_constant(expected: Inputs) -> Inputs:
    """From constants by n to lists by constant."""
    names = next(iter(expected.values())).keys()
    return {name: [row[name] for row in expected.values()] for name in names}


def _by_size(expected: Inputs) -> Inputs:
    return {name: list(values.values()) for name, values in expected.items()}


@CHECKS.case("const-exact", arrange=_by_constant)
def exact_constants(inputs: Inputs) -> Inputs:
    rows = [vars(chart_constants(n)) for n in inputs["n"]]
    return {name: [row[name] for row in rows] for name in rows[0]}


@CHECKS.case("const-printed", arrange=_by_size)
def printed_constants(inputs: Inputs) -> Inputs:
    printed = CHECKS.cases["const-printed"]["expected"]
    return {name: [getattr(chart_constants(int(n)), name) for n in sizes] for name, sizes in printed.items()}


@CHECKS.case("nist-imr")
def nist_individuals(inputs: Inputs) -> Inputs:
    chart = individuals_chart(inputs["x"])
    x = chart.location
    return {
        "mean": chart.center,
        "MRbar": chart.phases[0].spread_average,
        "UCL": x.upper[0],
        "LCL": x.lower[0],
    }


@CHECKS.case(
    "qcc-pistonrings-xbar",
    tolerance={
        "center": "rel_limits",
        "LCL": "rel_limits",
        "UCL": "rel_limits",
        "sigma_Rbar_d2": "rel_sigma",
        "beyond_limits_1based": "rel_limits",
        "WE_rule2_2of3_2sigma": "rel_limits",
        "WE_rule3_4of5_1sigma": "rel_limits",
        "WE_rule4_8_same_side": "rel_limits",
    },
    skip=("Montgomery_printed_ed6",),
)
def piston_ring_means(inputs: Inputs) -> Inputs:
    chart = x_bar_r_chart(inputs["phase1"] + inputs["phase2"], baseline=len(inputs["phase1"]))
    return {
        "center": chart.center,
        "sigma_Rbar_d2": chart.sigma.value,
        "LCL": chart.location.lower[0],
        "UCL": chart.location.upper[0],
        "beyond_limits_1based": marked(chart, "WE1"),
        "WE_rule2_2of3_2sigma": marked(chart, "WE2"),
        "WE_rule3_4of5_1sigma": marked(chart, "WE3"),
        "WE_rule4_8_same_side": marked(chart, "WE4"),
    }


@CHECKS.case("qcc-pistonrings-R")
def piston_ring_ranges(inputs: Inputs) -> Inputs:
    chart = x_bar_r_chart(inputs["phase1"] + inputs["phase2"], baseline=25)
    ranges = chart.spread
    assert ranges is not None
    beyond = (hits(chart, "WE1", panel="spread")[0].points + 1).tolist()
    return {"center": ranges.center[0], "LCL": ranges.lower[0], "UCL": ranges.upper[0], "beyond_limits": beyond}


@CHECKS.case("qcc-pistonrings-S")
def piston_ring_sds(inputs: Inputs) -> Inputs:
    chart = x_bar_s_chart(inputs["phase1"])
    sds = chart.spread
    assert sds is not None
    return {
        "center": sds.center[0],
        "sigma_Sbar_c4": chart.sigma.value,
        "LCL": sds.lower[0],
        "UCL": sds.upper[0],
    }


@CHECKS.case("qcc-pistonrings-sigma-methods")
def piston_ring_sigmas(inputs: Inputs) -> Inputs:
    groups = subgroups(inputs["phase1"])
    return {
        "Rbar_over_d2": estimators.r_bar_rounded_d2(groups).value,
        "Sbar_over_c4": estimators.s_bar(groups).value,
        "pooled_sd_over_c4(qcc RMSDF)": estimators.pooled(groups).value,
        "pooled_sd_biased": estimators.pooled_without_c4(groups).value,
        "overall_sd": estimators.overall(groups.deviation).value,
    }


@CHECKS.case("qcc-pistonrings-variable-n")
def piston_rings_of_unequal_size(inputs: Inputs) -> Inputs:
    readings = np.array(inputs["phase1"] + inputs["phase2"])
    readings.ravel()[np.array(inputs["remove_rows_1based_of_200_in_order"]) - 1] = np.nan
    means, sds = x_bar_r_chart(readings[:25]), x_bar_s_chart(readings[:25])
    five, three = (int(np.flatnonzero(means.n == n)[0]) for n in (5, 3))
    assert means.n.tolist() == inputs["subgroup_sizes_first25"]
    assert sds.spread is not None
    limits = means.location
    return {
        "xbar_center": means.center,
        "xbar_sigma_from_R": means.sigma.value,
        "xbar_limits_n5": [limits.lower[five], limits.upper[five]],
        "xbar_limits_n3": [limits.lower[three], limits.upper[three]],
        "S_center": sds.spread.center[0],
        "S_sigma": sds.sigma.value,
        "S_UCL_n5": sds.spread.upper[five],
        "S_UCL_n3": sds.spread.upper[three],
    }


@CHECKS.case("qcc-viscosity-imr")
def viscosity(inputs: Inputs) -> Inputs:
    readings, first = inputs["x"] + inputs["later"], len(inputs["x"])
    chart = individuals_chart(readings, baseline=first)
    wide = individuals_chart(readings, baseline=first, estimator="overall_c4").location
    return {
        "center": chart.center,
        "sigma_MR": chart.sigma.value,
        "LCL": chart.location.lower[0],
        "UCL": chart.location.upper[0],
        "beyond_1based": marked(chart, "WE1"),
        "WE_rule3_1based": marked(chart, "WE3"),
        "WE_rule4_1based": marked(chart, "WE4"),
        "limits_if_overall_sd_over_c4": [wide.lower[0], wide.upper[0]],
    }


@CHECKS.case(*(case for case in CHECKS.cases if case.startswith("rules-")))
def run_rule(inputs: Inputs) -> Inputs:
    return {"signal_indices_1based": (signal_points(inputs["z"], inputs["rule"].split("_")[0]) + 1).tolist()}


@CHECKS.case("cap-montgomery-cp-ci")
def montgomery_cp(inputs: Inputs) -> Inputs:
    cp = (inputs["USL"] - inputs["LSL"]) / (6 * inputs["s"])
    return {"Cp": cp, "CI": list(cp_interval(cp, inputs["n"] - 1))}


@CHECKS.case("cap-qcc-pistonrings")
def piston_ring_capability(inputs: Inputs) -> Inputs:
    found = capability(
        np.ravel(inputs["phase1"]),
        within=estimators.r_bar(subgroups(inputs["phase1"])),
        lower=inputs["LSL"],
        upper=inputs["USL"],
        target=inputs["target"],
        interval_basis="qcc",
    ).indices
    names = {"Cp": "Cp", "Cp_l": "CPL", "Cp_u": "CPU", "Cp_k": "Cpk", "Cpm": "Cpm"}
    names |= {"Pp": "Pp", "Pp_l": "PPL", "Pp_u": "PPU", "Pp_k": "Ppk", "Ppm": "Ppm"}
    return {
        theirs: {"value": found[ours].value, "lo": found[ours].low, "hi": found[ours].high}
        for theirs, ours in names.items()
    }
