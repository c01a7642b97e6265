"""What a run finds: the true process, the sample, its capability, the decision, the bill."""

from __future__ import annotations

from dataclasses import dataclass

from techamp.contract import Measure
from techamp.subjects.process_control.chart import ControlChart
from techamp.subjects.process_control.process_capability import Capability
from techamp.subjects.process_control.simulations.center_or_spread.inputs import CenterOrSpreadInputs
from techamp.subjects.process_control.simulations.center_or_spread.process import (
    DEMAND,
    READING_PRICE,
    Cost,
    Process,
    cost_of,
    process_of,
)
from techamp.subjects.process_control.simulations.center_or_spread.sampling import (
    Sample,
    chart_of,
    judge,
    released,
    take,
)


@dataclass(frozen=True)
class Result:
    """``out``: points of the chart of means beyond its limits."""

    process: Process
    sample: Sample
    chart: ControlChart
    out: int
    capability: Capability
    cost: Cost
    taken: bool
    right: bool


def result_of(inputs: CenterOrSpreadInputs, seed: int) -> Result:
    """The learner's sample and what follows from it."""
    process = process_of(inputs, seed)
    sample = take(process, inputs, seed)
    chart = chart_of(sample)
    location = chart.location
    out = int(((location.points > location.upper) | (location.points < location.lower)).sum())
    found = judge(sample, out)
    taken = released(inputs, found)
    right = taken == (process.long.cpk >= DEMAND)
    return Result(process, sample, chart, out, found, cost_of(inputs, process), taken, right)


def values(inputs: CenterOrSpreadInputs, found: Result) -> dict[str, float]:
    """Every measure by name; what is true only where it may be seen, apart from what a challenge grades."""
    of, p = found.capability.indices, found.process
    seen = {"cost": found.cost.total, "true_ppm": p.ppm, "changes": found.cost.changes}
    if inputs.reveal:
        seen |= {"true_ppk": p.long.cpk, "true_cpk": p.short.cpk}
    if inputs.grinder == "drawn":
        seen["right"] = 100.0 * found.right
    return seen | {
        "ppk": of["Ppk"].value,
        "cpk": of["Cpk"].value,
        "pp": of["Pp"].value,
        "cp": of["Cp"].value,
        "expected": found.capability.ppm_overall,
        "sample_cost": READING_PRICE * inputs.sample,
    }


# name → label, unit, better, decimals, help; in the order of the page
MEASURES: dict[str, tuple[str, str, str, int, str]] = {
    "cost": ("Cost of a shaft", "USD", "lower", 2, "Changes and bad shafts together; the sample is not in it."),
    "changes": ("Of it for changes", "USD", "lower", 2, "One-time prices are spread over 56,250 shafts, a year."),
    "ppk": ("Ppk of your sample", "", "higher", 2, "With the standard deviation of all your shafts."),
    "true_ppk": ("Ppk in truth", "", "higher", 2, "What an endless sample would show."),
    "cpk": ("Cpk of your sample", "", "higher", 2, "With the spread of five shafts made in a row."),
    "true_cpk": ("Cpk in truth", "", "higher", 2, "What the grinder could do if nothing ever moved."),
    "pp": ("Pp of your sample", "", "higher", 2, "The window over six sigma of all your shafts."),
    "cp": ("Cp of your sample", "", "higher", 2, "The window over six sigma of five in a row."),
    "expected": ("Bad, expected from your sample", "ppm", "lower", 0, "From a normal curve: mean and overall sigma."),
    "true_ppm": ("Bad in truth", "ppm", "lower", 0, "Made by the grinder, before any sorting."),
    "right": ("Right decision", "%", "higher", 0, "100 if your rule does what the true Ppk asks for, at 1.33."),
    "sample_cost": ("Cost of the sample", "USD", "lower", 0, "0.80 USD a shaft."),
}


def measures(inputs: CenterOrSpreadInputs, found: Result) -> tuple[Measure, ...]:
    """All measures, in the order of the page, with the intervals of the indices."""
    worked, of = values(inputs, found), found.capability.indices
    hidden = set() if inputs.reveal else {"true_ppm", "right", "cost"}
    if inputs.grinder == "drawn":
        hidden |= {"cost", "changes"}
    shown = []
    for name, (label, unit, better, decimals, help) in MEASURES.items():
        if name not in worked or name in hidden:
            continue
        index = of.get(name.capitalize())
        shown.append(
            Measure.model_validate({
                "name": name, "label": label, "value": worked[name], "unit": unit, "better": better,
                "decimals": decimals if unit != "ppm" or worked[name] >= 10.0 else 2, "help": help,
                "low": index.low if index else None, "high": index.high if index else None,
            })
        )  # fmt: skip
    return tuple(shown)
