"""What the study finds from its readings, what is decided on it, and how far that is from the truth."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from techamp.contract import Measure
from techamp.subjects.process_control.measurement.bias import Bias, bias_study
from techamp.subjects.process_control.measurement.crossed_gauge import crossed_gauge_study
from techamp.subjects.process_control.measurement.gauge_study import GaugeStudy
from techamp.subjects.process_control.simulations.gauge_study.inputs import GaugeStudyInputs
from techamp.subjects.process_control.simulations.gauge_study.session import Session, carry_out
from techamp.subjects.process_control.simulations.gauge_study.shop import (
    ACCEPT,
    LOWER,
    UPPER,
    Shop,
    Truth,
    repair_cost,
    shop_of,
    truth_of,
)


@dataclass(frozen=True, eq=False)
class Result:
    """One study beside its truth. ``study`` is None where all readings are equal, ``bias`` without masters."""

    shop: Shop
    truth: Truth
    session: Session
    study: GaugeStudy | None
    bias: Bias | None
    taken: bool

    @property
    def right(self) -> bool:
        return self.taken == self.truth.good


def result_of(inputs: GaugeStudyInputs, seed: int) -> Result:
    """Carry out, work out, decide."""
    shop = shop_of(inputs, seed)
    session = carry_out(inputs, shop, seed)
    cells = session.cells
    study = crossed_gauge_study(cells, lower=LOWER, upper=UPPER) if np.ptp(cells) > 1e-9 else None
    errors = session.master_errors
    bias = bias_study(errors, 0.0) if len(errors) > 1 and np.ptp(errors) > 1e-9 else None
    return Result(shop, truth_of(shop, inputs.place), session, study, bias, _taken(inputs.rule, study))


def _taken(rule: str, study: GaugeStudy | None) -> bool:
    """Whether the gauge is taken; one that shows every shaft alike is not."""
    if study is None:
        return False
    gauge = study.components["gauge"]
    if rule == "tolerance":
        return gauge.tolerance <= ACCEPT
    if rule == "tolerance_sure":
        return 600.0 * math.sqrt(gauge.high) / (UPPER - LOWER) <= ACCEPT
    if rule == "study":
        return gauge.study <= ACCEPT
    return study.distinct_categories >= 5.0


def values(inputs: GaugeStudyInputs, found: Result) -> dict[str, float | None]:
    """Every measure by name; what the study cannot say is None."""
    study, truth = found.study, found.truth
    of = study.components if study else None
    seen: dict[str, float | None] = {
        "percent_tolerance": of["gauge"].tolerance if of else None,
        "percent_study": of["gauge"].study if of else None,
        "categories": _finite(study.distinct_categories) if study else None,
        "repeatability": of["repeatability"].sd if of else None,
        "reproducibility": of["reproducibility"].sd if of else None,
        "bias": found.bias.bias if found.bias else None,
        "miscalled": truth.miscalled,
        "repair_cost": repair_cost(inputs),
    }
    if not inputs.reveal:
        return seen
    return seen | {
        "true_tolerance": truth.percent_tolerance,
        "gap": abs(of["gauge"].tolerance - truth.percent_tolerance) if of else None,
        "true_study": truth.percent_study,
        "true_categories": truth.categories,
        "true_repeatability": truth.repeatability,
        "true_reproducibility": truth.reproducibility,
        "true_bias": truth.bias,
        "right": 100.0 * found.right,
    }


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None


# name → label, unit, better, decimals, help; in the order of the page
MEASURES: dict[str, tuple[str, str, str, int, str]] = {
    "percent_tolerance": ("Gauge, percent of tolerance", "%", "lower", 1, "Six standard deviations over 9 µm."),
    "true_tolerance": ("In truth", "%", "lower", 1, "All four operators, all year."),
    "gap": ("Study and truth apart", "points", "lower", 1, "Percent of tolerance: study less truth, without its sign."),
    "right": ("Right decision", "%", "higher", 0, "100 if your rule decides as the truth would, at 30 %."),
    "percent_study": ("Gauge, percent of the study", "%", "lower", 1, "It depends on which shafts you took."),
    "true_study": ("In truth, against the process", "%", "lower", 1, "Gauge over all readings of a week."),
    "categories": ("Distinct categories", "", "higher", 1, "Groups it tells apart: 5 or more are asked for."),
    "true_categories": ("In truth, against the process", "", "higher", 1, ""),
    "repeatability": ("Repeatability", "µm", "lower", 2, "One person, one shaft: a standard deviation."),
    "true_repeatability": ("In truth", "µm", "lower", 2, "Steps, dirt, drift and out of round included."),
    "reproducibility": ("Reproducibility", "µm", "lower", 2, "Different people: a standard deviation."),
    "true_reproducibility": ("In truth", "µm", "lower", 2, "Standard deviation of the four operators’ averages."),
    "bias": ("Bias on the masters", "µm", "", 2, "Mean reading less the masters’ sizes."),
    "true_bias": ("In truth", "µm", "", 2, ""),
    "miscalled": ("Shafts judged wrong, of 1,000", "shafts", "lower", 1, "Good called bad, or bad called good."),
    "repair_cost": ("Spent on repairs", "USD", "lower", 0, ""),
}  # fmt: skip


# What a decision needs. The sources, beside the truth, stand in a table.
SHOWN = ("percent_tolerance", "true_tolerance", "gap", "right", "percent_study", "miscalled", "repair_cost")


def measures(inputs: GaugeStudyInputs, found: Result) -> tuple[Measure, ...]:
    """What the page shows above its charts, with the intervals that the study gives."""
    spans = intervals(found)
    worked = values(inputs, found)
    shown = []
    for name, (label, unit, better, decimals, help) in MEASURES.items():
        if name in worked and name in SHOWN:
            low, high = spans.get(name, (None, None))
            shown.append(
                Measure.model_validate({
                    "name": name, "label": label, "value": worked[name], "unit": unit, "low": low, "high": high,
                    "better": better, "decimals": decimals, "help": help,
                })
            )  # fmt: skip
    return tuple(shown)


def intervals(found: Result) -> dict[str, tuple[float | None, float | None]]:
    """95 % interval of each measure for which the study gives one."""
    if found.study is None:
        return {}
    from techamp.subjects.process_control.measurement.share_intervals import share_intervals

    of, shares = found.study.components, share_intervals(found.study)
    spans = {name: (_root(of[name].low), _root(of[name].high)) for name in ("repeatability", "reproducibility")}
    wide = 600.0 / (UPPER - LOWER)
    spans["percent_tolerance"] = (_root(of["gauge"].low, wide), _root(of["gauge"].high, wide))
    if shares:
        spans["percent_study"] = (_finite(shares.study["gauge"][0]), _finite(shares.study["gauge"][1]))
        spans["categories"] = (_finite(shares.categories[0]), _finite(shares.categories[1]))
    if found.bias:
        spans["bias"] = (found.bias.low, found.bias.high)
    return spans


def _root(variance: float, factor: float = 1.0) -> float | None:
    return factor * math.sqrt(max(0.0, variance)) if math.isfinite(variance) else None
