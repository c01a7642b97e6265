"""What the plan says, and how to go about it."""

from __future__ import annotations

from techamp.subjects.process_control.chart_economics import hourly_cost
from techamp.subjects.process_control.planners.chart_by_cost.costing import Found

ROUNDED = (
    1 / 12,
    0.25,
    0.5,
    0.75,
    1.0,
    1.5,
    2.0,
    3.0,
    4.0,
    6.0,
    8.0,
    12.0,
    24.0,
    48.0,
    168.0,
)  # hours that people keep


def every(hours: float) -> str:
    """How long that is: "49 min", "2.3 h"."""
    return f"{60 * hours:.0f} min" if hours < 1.5 else f"{hours:.1f} h"


def notes(found: Found) -> tuple[str, ...]:
    """The cheapest design, the present one, what to round to, what decides, what the model leaves out."""
    return (_best(found), _now(found), _rounded(found), _decides(found), *_quick(found), _left_out())


def _best(found: Found) -> str:
    best = found.best
    parts = f"{best.n} {'part' if best.n == 1 else 'parts'}"
    return (
        f"Least cost: {parts} every {every(best.interval)}, limits at {best.limits:.2f} standard errors. That costs "
        f"{best.cost.total:.2f} USD an hour, sampling, bad parts, searches and repairs together."
    )


def _now(found: Found) -> str:
    s = found.settings
    said = (
        f"Now ({s.now_n} every {every(s.now_interval)}, {s.now_limits:g} standard errors) it costs "
        f"{found.now.total:.2f} USD an hour"
    )
    if found.saving < 0.01 * found.now.total * s.hours_a_year:
        return f"{said}: as good as the best."
    return f"{said}. The difference is {found.saving:,.0f} USD in a year of {s.hours_a_year:,.0f} hours."


def _rounded(found: Found) -> str:
    best = found.best
    hours = min(ROUNDED, key=lambda value: abs(value / best.interval - 1.0))
    cost = hourly_cost(found.costs, best.n, hours, round(best.limits, 1))
    more = 100.0 * (cost.total / best.cost.total - 1.0)
    return (
        f"Rounded to every {every(hours)} and {best.limits:.1f} standard errors it costs {more:.1f} % more: take what "
        "people can keep to."
    )


def _decides(found: Found) -> str:
    cost = found.best.cost
    parts = {
        "bad parts until the signal and the repair": cost.bad_parts,
        "sampling": cost.sampling,
        "searches for nothing": cost.searches,
        "repairs": cost.repairs,
    }
    name = max(parts, key=lambda key: parts[key])
    return (
        f"Most of the cost is {name}: {100.0 * parts[name] / cost.total:.0f} %. A cause is seen {every(cost.delay)} "
        "after "
        f"it comes, on average; {100.0 * cost.detection:.0f} of 100 samples after a cause give the signal."
    )


def _quick(found: Found) -> list[str]:
    if found.best.cost.false_alarm <= 0.01:
        return []
    hours = found.best.interval / found.best.cost.false_alarm
    return [
        f"These limits give a false alarm every {every(hours)}. If people would stop believing the chart, ask for no "
        "more "
        "than 3 sigma limits give."
    ]


def _left_out() -> str:
    return (
        "The model (Lorenzen and Vance, 1986) knows one cause, of one size, that comes by chance and stays until it is "
        "removed. Wear and drift are not in it, and the limits must come from the process itself."
    )


def instructions(found: Found) -> tuple[str, ...]:
    """For the sheet."""
    best = found.best
    parts = "one part" if best.n == 1 else f"{best.n} parts made one after the other"
    return (
        f"Take {parts} every {every(best.interval)}, measure them at once and write each reading down.",
        f"After the last sample, draw the chart; then put its limits at {best.limits:.2f} instead of 3 standard "
        "errors.",
        "Write down what you change meanwhile, and when: tool, lot, offset, people.",
    )
