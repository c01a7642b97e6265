"""What a plan lets through and what it costs, against the share defective that comes in."""

from __future__ import annotations

from collections.abc import Callable

from techamp.contract import Chart, Measure, RefLine, Series
from techamp.subjects.process_control.planners.sampling.settings import SamplingPlanSettings
from techamp.subjects.process_control.sampling.attribute_plans import (
    DoublePlan,
    SinglePlan,
    acceptance,
    average_outgoing_quality,
    average_sample_number,
    outgoing_quality_limit,
)

POINTS = 60
Sampled = SinglePlan | DoublePlan


def charts(settings: SamplingPlanSettings, plan: Sampled) -> tuple[Chart, ...]:
    """Operating characteristic, outgoing quality, and parts inspected."""
    top = _top(plan)
    oc = _curve("oc", "Which lots pass (OC curve)", "Accepted", "%", top, lambda p: 100.0 * acceptance(plan, p))
    oc = oc.model_copy(update={"lines": _asked(settings), "words": "A steep fall tells good lots from bad ones."})
    aoq = _curve(
        "aoq",
        "What reaches the line when rejected lots are sorted (AOQ)",
        "Defective after inspection",
        "%",
        top,
        lambda p: 100.0 * average_outgoing_quality(plan, p, settings.lot),
    )
    words = "The peak is the worst average that can pass for long. It holds only if rejected lots are sorted."
    made = [oc, aoq.model_copy(update={"words": words})]
    if isinstance(plan, DoublePlan):
        asn = _curve(
            "asn", "Parts inspected on average (ASN)", "Parts", "", top, lambda p: average_sample_number(plan, p)
        )
        made.append(asn.model_copy(update={"words": "Both samples are finished once begun."}))
    return tuple(made)


def cost_chart(settings: SamplingPlanSettings) -> Chart:
    """Cost of a lot without inspection and with all parts inspected."""
    even = 100.0 * settings.inspect_cost / settings.escape_cost
    top = min(100.0, max(2.0 * even, 1.5 * settings.share))
    x = tuple(round(top * i / 20, 6) for i in range(21))
    none = tuple(round(settings.lot * p / 100.0 * settings.escape_cost, 2) for p in x)
    every = (round(settings.lot * settings.inspect_cost, 2),) * len(x)
    return Chart(
        name="cost",
        title="What a lot costs",
        x_label="Defective",
        x_unit="%",
        y_label="Cost of a lot",
        y_unit="USD",
        series=(
            Series(name="none", label="Inspect none", x=x, y=none),
            Series(name="all", label="Inspect all", x=x, y=every, role="aside"),
        ),
        lines=(RefLine(label="You expect", value=settings.share, kind="target", axis="x"),),
        words=f"The lines cross at {even:.3g} %. A sample between none and all never costs least for a known share.",
        zero=True,
    )


def measures(settings: SamplingPlanSettings, plan: Sampled) -> tuple[Measure, ...]:
    """Where good and bad lots stand with this plan."""
    limit, at = outgoing_quality_limit(plan, settings.lot)
    made = [
        Measure(
            name="good",
            label="Passes 95 % of the time",
            value=100.0 * _share(plan, 0.95),
            unit="% defective",
            decimals=2,
        ),
        Measure(
            name="bad",
            label="Passes 10 % of the time (LTPD)",
            value=100.0 * _share(plan, 0.10),
            unit="% defective",
            decimals=2,
        ),
        Measure(
            name="aoql",
            label="Worst average after sorting (AOQL)",
            value=100.0 * limit,
            unit="%",
            decimals=2,
            help=f"When {100.0 * at:.2g} % come in.",
        ),
    ]
    return tuple(made)


def _share(plan: Sampled, chance: float) -> float:
    """The share defective that is accepted with this chance: the curve falls, so halving finds it."""
    low, high = 0.0, 1.0
    for _halving in range(60):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if acceptance(plan, middle) > chance else (low, middle)
    return 0.5 * (low + high)


def _top(plan: Sampled) -> float:
    """Where the curve has come down to a hundredth."""
    return min(1.0, 1.1 * _share(plan, 0.01))


def _asked(settings: SamplingPlanSettings) -> tuple[RefLine, ...]:
    if settings.way == "standard":
        return (RefLine(label="AQL", value=float(settings.aql), kind="target", axis="x"),)
    return (
        RefLine(label="Good", value=settings.good, kind="target", axis="x"),
        RefLine(label="Bad", value=settings.bad, kind="spec", axis="x"),
    )


def _curve(name: str, title: str, label: str, unit: str, top: float, value: Callable[[float], float]) -> Chart:
    shares = [top * i / POINTS for i in range(POINTS + 1)]
    y = tuple(round(value(p), 4) for p in shares)
    x = tuple(round(100.0 * p, 5) for p in shares)
    return Chart(
        name=name,
        title=title,
        x_label="Defective when it comes in",
        x_unit="%",
        y_label=label,
        y_unit=unit,
        series=(Series(name=name, label="This plan", x=x, y=y),),
        zero=True,
    )
