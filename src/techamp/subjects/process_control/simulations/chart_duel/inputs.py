"""The two charts, the shift, and how many runs."""

from __future__ import annotations

from typing import Any

from techamp.contract import Inputs, choice, flag, quantity

KINDS = {
    "shewhart": "Shewhart: a point beyond a limit",
    "western_electric": "Shewhart: four Western Electric rules",
    "ewma": "EWMA: a running average",
    "cusum": "CUSUM: a running sum",
}
LEAST_SHIFT, MOST_SHIFT = 0.25, 2.5  # of a shift of unknown size, in sigmas of a point


def _kind(side: str, default: str) -> Any:
    return choice(default, KINDS, label=f"Chart {side}")


def _width(side: str) -> Any:
    return quantity(
        3.0,
        "σ",
        range=(2.0, 4.0),
        step=0.05,
        label=f"{side}: limits at",
        when=(f"{side.lower()}_chart", ("shewhart", "western_electric", "ewma")),
        help="When the limits are not set for you. The zones of the four rules move along.",
    )


def _weight(side: str) -> Any:
    return quantity(
        0.2,
        "",
        range=(0.05, 1.0),
        step=0.05,
        label=f"{side}: weight of the newest point",
        when=(f"{side.lower()}_chart", ("ewma",)),
        help="A small weight remembers long; at 1 it is a Shewhart chart.",
    )


def _reference(side: str) -> Any:
    return quantity(
        0.5,
        "σ",
        range=(0.1, 1.0),
        step=0.05,
        label=f"{side}: allowance",
        when=(f"{side.lower()}_chart", ("cusum",)),
        help="What each point may be off before it counts. Half the shift you want to find.",
    )


def _decision(side: str) -> Any:
    return quantity(
        5.0,
        "σ",
        range=(1.0, 8.0),
        step=0.1,
        label=f"{side}: decision limit",
        when=(f"{side.lower()}_chart", ("cusum",)),
        help="When the limits are not set for you.",
    )


class ChartDuelInputs(Inputs):
    """All lengths are in standard errors of the plotted point."""

    a_chart: str = _kind("A", "ewma")
    b_chart: str = _kind("B", "shewhart")
    fair: bool = flag(
        True,
        label="Both with the same rate of false alarms",
        help="Limits are then worked out for you. Otherwise each chart has the limits that you give it.",
    )
    arl0: float = quantity(
        370.0,
        "points",
        range=(50.0, 1000.0),
        step=10.0,
        label="One false alarm in",
        help="On average, while nothing changes. Only with the same rate for both.",
    )
    a_weight: float = _weight("A")
    a_reference: float = _reference("A")
    a_width: float = _width("A")
    a_decision: float = _decision("A")
    b_weight: float = _weight("B")
    b_reference: float = _reference("B")
    b_width: float = _width("B")
    b_decision: float = _decision("B")
    size: str = choice(
        "given",
        {"given": "As you set it", "unknown": f"Another one in each run, from {LEAST_SHIFT} to {MOST_SHIFT} σ"},
        label="Size of the hidden shift",
    )
    shift: float = quantity(
        1.0,
        "σ",
        range=(0.0, 3.0),
        step=0.05,
        label="Shift",
        when=("size", ("given",)),
        help="Up in half of the runs, down in the others.",
    )
    before: int = quantity(
        30, "points", range=(0, 200), step=5, label="Points before the shift", help="A signal among them is false."
    )
    runs: int = quantity(200, "runs", range=(50, 1000), step=50, label="Runs", help="Each with new luck.")
