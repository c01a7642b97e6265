"""What we compute for each published case of process control."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from tests.reference_cases import ReferenceChecks

from techamp.subjects.process_control import (
    average_run_length,
    c_chart,
    capability,
    chart_constants,
    cusum_chart,
    cusum_run_length,
    ewma_chart,
    hits,
    hotelling_chart,
    individuals_chart,
    np_chart,
    p_chart,
    signal_points,
    subgroups,
    u_chart,
    x_bar_r_chart,
    x_bar_s_chart,
)
from techamp.subjects.process_control import sigma as estimators
from techamp.subjects.process_control.autocorrelation import autocorrelation
from techamp.subjects.process_control.chart import ControlChart
from techamp.subjects.process_control.process_capability import cp_interval

CHECKS = ReferenceChecks(Path(__file__).parent / "references")

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


def _marked(chart: ControlChart, rule: str) -> list[int]:
    return (hits(chart, rule)[0].points + 1).tolist()


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
        "beyond_limits_1based": _marked(chart, "WE1"),
        "WE_rule2_2of3_2sigma": _marked(chart, "WE2"),
        "WE_rule3_4of5_1sigma": _marked(chart, "WE3"),
        "WE_rule4_8_same_side": _marked(chart, "WE4"),
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
        "beyond_1based": _marked(chart, "WE1"),
        "WE_rule3_1based": _marked(chart, "WE3"),
        "WE_rule4_1based": _marked(chart, "WE4"),
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


@CHECKS.case("nist-c")
def nist_wafers(inputs: Inputs) -> Inputs:
    chart = c_chart(inputs["c"])
    line = chart.location
    return {
        "cbar": chart.center,
        "UCL": line.upper[0],
        "LCL": line.lower[0],
        "strictly_beyond_limits_1based": _marked(chart, "WE1"),
        "on_the_limit_1based": (np.flatnonzero(line.points == line.upper) + 1).tolist(),
    }


@CHECKS.case("qcc-orangejuice-p")
def orange_juice(inputs: Inputs) -> Inputs:
    counts, n = inputs["D_trial"], inputs["n"]
    trial, numbers = p_chart(counts, n), np_chart(counts, n)
    revised = p_chart(counts, n, exclude={14: "another batch of cardboard", 22: "a new operator"})
    still = _marked(revised, "WE1")
    return {
        "pbar": trial.center,
        "UCL": trial.location.upper[0],
        "LCL": trial.location.lower[0],
        "beyond_1based": _marked(trial, "WE1"),
        "WE_rule2": _marked(trial, "WE2"),
        "revised_after_removing_15_23": {
            "pbar": revised.center,
            "UCL": revised.location.upper[0],
            "LCL": revised.location.lower[0],
            "still_beyond_original_number": still[0] if len(still) == 1 else np.nan,
        },
        "np_chart": {
            "center": numbers.location.center[0],
            "limits": [numbers.location.lower[0], numbers.location.upper[0]],
        },
    }


@CHECKS.case("qcc-circuit-c")
def circuit_boards(inputs: Inputs) -> Inputs:
    trial = c_chart(inputs["x_trial"])
    revised = c_chart(inputs["x_trial"], exclude={5: "inspection error", 19: "temperature control"})
    return {
        "cbar": trial.center,
        "UCL": trial.location.upper[0],
        "LCL": trial.location.lower[0],
        "beyond_1based": _marked(trial, "WE1"),
        "revised_without_6_20": {
            "cbar": revised.center,
            "limits": [revised.location.lower[0], revised.location.upper[0]],
            "beyond": _marked(revised, "WE1"),
        },
    }


@CHECKS.case("qcc-pcmanufact-u")
def personal_computers(inputs: Inputs) -> Inputs:
    chart = u_chart(inputs["x"], inputs["n"])
    line = chart.location
    return {"ubar": chart.center, "UCL": line.upper[0], "LCL": line.lower[0], "beyond": _marked(chart, "WE1")}


@CHECKS.case("qcc-dyedcloth-u")
def dyed_cloth(inputs: Inputs) -> Inputs:
    chart = u_chart(inputs["x"], inputs["n"])
    limits = np.column_stack([chart.location.lower, chart.location.upper])
    return {"ubar": chart.center, "limits": limits, "beyond": _marked(chart, "WE1")}


@CHECKS.case("red-beads-walton")
def red_beads(inputs: Inputs) -> Inputs:
    counts = np.array(list(inputs["counts"].values()))
    chart = np_chart(counts.ravel(), inputs["n"])
    line = chart.location
    return {
        "total": counts.sum(),
        "day_totals": counts.sum(axis=0),
        "mean": counts.mean(),
        "np_chart": {"center": line.center[0], "LCL": line.lower[0], "UCL": line.upper[0]},
        "beyond": _marked(chart, "WE1"),
    }


@CHECKS.case(
    "nist-ewma",
    tolerance={
        "ewma": "abs_ewma",
        "UCL_asymptotic": "abs_limits",
        "LCL_asymptotic": "abs_limits",
        "out_of_control": "abs_limits",
    },
)
def nist_ewma(inputs: Inputs) -> Inputs:
    base = individuals_chart(inputs["x"], center=inputs["start"], sigma=inputs["s"])
    chart = ewma_chart(base, weight=inputs["lambda"], k=inputs["L"], limits="steady")
    return {
        "ewma": [inputs["start"], *chart.location.points],
        "UCL_asymptotic": chart.location.upper[-1],
        "LCL_asymptotic": chart.location.lower[-1],
        "out_of_control": _marked(chart, "WE1"),
    }


def _piston_rings(inputs: Inputs) -> ControlChart:
    return x_bar_r_chart(inputs["phase1"] + inputs["phase2"], baseline=25, estimator="r_bar_rounded_d2")


@CHECKS.case("qcc-pistonrings-ewma")
def piston_ring_ewma(inputs: Inputs) -> Inputs:
    chart = ewma_chart(_piston_rings(inputs), weight=inputs["lambda"], k=inputs["L"])
    limits = np.column_stack([chart.location.lower, chart.location.upper])
    return {
        "y": chart.location.points,
        "limits_first3": limits[:3],
        "limits_last": limits[-1],
        "signals_1based": _marked(chart, "WE1"),
    }


@CHECKS.case("qcc-pistonrings-cusum")
def piston_ring_cusum(inputs: Inputs) -> Inputs:
    chart = cusum_chart(_piston_rings(inputs), reference=inputs["k"], decision=inputs["h"])
    return {"pos": chart.upper, "neg": chart.lower, "upper_signals_1based": (chart.signals()[0] + 1).tolist()}


@CHECKS.case("qcc-boiler-T2")
def boiler(inputs: Inputs) -> Inputs:
    chart = hotelling_chart(inputs["X"], alpha=1 - inputs["confidence"])
    beyond = (chart.signals() + 1).tolist()
    return {"T2": chart.points, "UCL_phase1": chart.upper[0], "center": chart.center, "beyond_1based": beyond}


@CHECKS.case("qcc-ryan-T2")
def ryan(inputs: Inputs) -> Inputs:
    chart = hotelling_chart(np.stack([inputs["X1"], inputs["X2"]], axis=2), alpha=inputs["alpha"])
    return {
        "T2": chart.points,
        "UCL_phase1": chart.upper[0],
        "center": chart.center,
        "pooled_cov": chart.covariance,
        "beyond_1based": (chart.signals() + 1).tolist(),
    }


@CHECKS.case("arl-shewhart")
def shewhart_run_lengths(inputs: Inputs) -> Inputs:
    return {"ARL": [average_run_length("WE1", shift) for shift in inputs["shifts"]]}


@CHECKS.case("arl-champ-woodall")
def champ_woodall(inputs: Inputs) -> Inputs:
    sets = CHECKS.cases["arl-champ-woodall"]["expected"]["ARL0"]
    return {"ARL0": {digits: average_run_length([f"WE{digit}" for digit in digits]) for digits in sets}}


@CHECKS.case("arl-cusum", tolerance={"printed": "rel_printed", "computed": "rel_computed"})
def cusum_run_lengths(inputs: Inputs) -> Inputs:
    found = {
        f"h{h}": [cusum_run_length(shift, reference=inputs["k"], decision=h) for shift in inputs["shifts_in_sigma"]]
        for h in (4, 5)
    }
    return {"printed": found, "computed": found}


@CHECKS.case("arl-cusum-fir")
def cusum_run_lengths_with_head_start(inputs: Inputs) -> Inputs:
    share = inputs["headstart"] / inputs["h"]
    found = [
        cusum_run_length(shift, reference=inputs["k"], decision=inputs["h"], head_start=share)
        for shift in inputs["shifts"]
    ]
    return {"computed": found, "printed": found}


def _digits_of_pi(count: int) -> list[int]:
    """The first digits, by Gibbons's unbounded spigot."""
    q, r, t, k, m, x, found = 1, 0, 1, 1, 3, 3, []
    while len(found) < count:
        if 4 * q + r - t < m * t:
            found.append(m)
            q, r, m = 10 * q, 10 * (r - m * t), (10 * (3 * q + r)) // t - 10 * m
        else:
            q, r, t, k, m, x = q * k, (2 * q + r) * x, t * x, k + 1, (q * (7 * k + 2) + r * x) // (t * x), x + 2
    return found


def _nist_digits_of_pi() -> list[int]:
    """NIST's file differs from pi in one place: its digit 957 is 3 where pi has 8; the certified values go with the 3."""
    digits = _digits_of_pi(5000)
    digits[956] = 3
    return digits


_MADE = {
    "strd-univ-pidigits": _nist_digits_of_pi,
    "strd-univ-numacc2": lambda: [1.2, *[1.1, 1.3] * 500],
    "strd-univ-numacc3": lambda: [1000000.2, *[1000000.1, 1000000.3] * 500],
    "strd-univ-numacc4": lambda: [10000000.2, *[10000000.1, 10000000.3] * 500],
}


def _univariate(case: str) -> None:
    @CHECKS.case(case)
    def moments(inputs: Inputs) -> Inputs:
        readings = _MADE[case]() if case in _MADE else inputs["data"]
        chart = individuals_chart(readings, estimator="overall")
        return {"mean": chart.center, "sd": chart.sigma.value, "lag1_autocorrelation": autocorrelation(readings)}


for _case in [case for case in CHECKS.cases if case.startswith("strd-univ-")]:
    _univariate(_case)
