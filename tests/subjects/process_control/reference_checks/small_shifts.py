"""What we compute for each published case: charts with memory, and for several measurements."""

from __future__ import annotations

from typing import Any

import numpy as np
from tests.reference_cases import ReferenceChecks
from tests.subjects.process_control.reference_checks.folder import REFERENCES, marked

from techamp.subjects.process_control import cusum_chart, ewma_chart, hotelling_chart, individuals_chart, x_bar_r_chart
from techamp.subjects.process_control.chart import ControlChart

CHECKS = ReferenceChecks(REFERENCES, "small_shift_charts", "multivariate_charts")

Inputs = dict[str, Any]


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
        "out_of_control": marked(chart, "WE1"),
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
        "signals_1based": marked(chart, "WE1"),
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
