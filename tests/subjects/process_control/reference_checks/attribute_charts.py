"""What we compute for each published case: charts for counts."""

from __future__ import annotations

from typing import Any

import numpy as np
from tests.reference_cases import ReferenceChecks
from tests.subjects.process_control.reference_checks.folder import REFERENCES, marked

from techamp.subjects.process_control import c_chart, np_chart, p_chart, u_chart

CHECKS = ReferenceChecks(REFERENCES, "attribute_charts")

Inputs = dict[str, Any]


@CHECKS.case("nist-c")
def nist_wafers(inputs: Inputs) -> Inputs:
    chart = c_chart(inputs["c"])
    line = chart.location
    return {
        "cbar": chart.center,
        "UCL": line.upper[0],
        "LCL": line.lower[0],
        "strictly_beyond_limits_1based": marked(chart, "WE1"),
        "on_the_limit_1based": (np.flatnonzero(line.points == line.upper) + 1).tolist(),
    }


@CHECKS.case("qcc-orangejuice-p")
def orange_juice(inputs: Inputs) -> Inputs:
    counts, n = inputs["D_trial"], inputs["n"]
    trial, numbers = p_chart(counts, n), np_chart(counts, n)
    revised = p_chart(counts, n, exclude={14: "another batch of cardboard", 22: "a new operator"})
    still = marked(revised, "WE1")
    return {
        "pbar": trial.center,
        "UCL": trial.location.upper[0],
        "LCL": trial.location.lower[0],
        "beyond_1based": marked(trial, "WE1"),
        "WE_rule2": marked(trial, "WE2"),
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
        "beyond_1based": marked(trial, "WE1"),
        "revised_without_6_20": {
            "cbar": revised.center,
            "limits": [revised.location.lower[0], revised.location.upper[0]],
            "beyond": marked(revised, "WE1"),
        },
    }


@CHECKS.case("qcc-pcmanufact-u")
def personal_computers(inputs: Inputs) -> Inputs:
    chart = u_chart(inputs["x"], inputs["n"])
    line = chart.location
    return {"ubar": chart.center, "UCL": line.upper[0], "LCL": line.lower[0], "beyond": marked(chart, "WE1")}


@CHECKS.case("qcc-dyedcloth-u")
def dyed_cloth(inputs: Inputs) -> Inputs:
    chart = u_chart(inputs["x"], inputs["n"])
    limits = np.column_stack([chart.location.lower, chart.location.upper])
    return {"ubar": chart.center, "limits": limits, "beyond": marked(chart, "WE1")}


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
        "beyond": marked(chart, "WE1"),
    }
