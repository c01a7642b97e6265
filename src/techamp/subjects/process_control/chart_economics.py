"""Which sample size, interval and limits cost least: the economic design of an X̄ chart (Duncan, Lorenzen and "
"Vance)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, fields

from techamp.contract.errors import Fault, InvalidInput
from techamp.subjects.process_control.operating_characteristic import x_bar_miss
from techamp.subjects.process_control.tail_areas import normal_quantile, normal_upper

MOST_SIZE = 60
WIDEST = 6.0
_ENOUGH_RISES = 4  # sample sizes in a row that cost more than the best: the cost only rises from there


@dataclass(frozen=True)
class ChartCosts:
    """What happens to a process and what it costs. Times in hours, money in any one unit.

    ``cause_rate``: causes per hour while all is well (λ); ``shift``: how far a cause moves the mean, in process sigma
    (δ); ``per_sample`` and ``per_part``: cost of a sample, and of each part in it (a, b); ``false_alarm``: cost of a
    search for nothing (Y); ``repair``: cost of finding and removing a cause (W); ``in_control`` and ``shifted``: cost
    of bad parts in an hour before and after a cause (C₀, C₁); ``hours_per_part``: time to measure and plot one part
    (E); ``false_alarm_hours``, ``search_hours`` and ``repair_hours``: time for each (T₀, T₁, T₂);
    ``runs_in_search`` and ``runs_in_repair``: whether parts are made meanwhile (δ₁, δ₂).
    """

    cause_rate: float
    shift: float
    per_sample: float
    per_part: float
    false_alarm: float
    repair: float
    shifted: float
    in_control: float = 0.0
    hours_per_part: float = 0.0
    false_alarm_hours: float = 0.0
    search_hours: float = 0.0
    repair_hours: float = 0.0
    runs_in_search: bool = True
    runs_in_repair: bool = True

    def __post_init__(self) -> None:
        faults = [
            Fault(
                one.name, "must be a finite number of 0 or more", getattr(self, one.name), "Use 0 where there is none."
            )
            for one in fields(self)
            if not (math.isfinite(getattr(self, one.name)) and getattr(self, one.name) >= 0.0)
        ]
        faults += [
            Fault(name, "must be greater than 0", getattr(self, name), "Estimate it: a rough number will do.")
            for name in ("cause_rate", "shift")
            if getattr(self, name) == 0.0
        ]
        if not faults and self.per_sample + self.per_part == 0.0:
            faults.append(
                Fault("per_part", "must be above 0 where a sample costs nothing", 0.0, "Count minutes of work.")
            )
        if not faults and self.shifted <= self.in_control:
            rule = f"must be more than the cost in control ({self.in_control:g})"
            faults.append(Fault("shifted", rule, self.shifted, "Where a cause costs nothing, no chart is needed."))
        if faults:
            raise InvalidInput.many(faults)


@dataclass(frozen=True)
class HourlyCost:
    """``total`` cost per hour in the long run, and its parts; ``false_alarm`` and ``detection`` are chances per sample.

    ``sampling``, ``bad_parts``, ``searches`` (for nothing) and ``repairs`` add up to the total. ``cycle``: hours from
    one repair to the next; ``delay``: hours from a cause to its signal.
    """

    total: float
    sampling: float
    bad_parts: float
    searches: float
    repairs: float
    false_alarm: float
    detection: float
    cycle: float
    delay: float


@dataclass(frozen=True)
class EconomicDesign:
    """``n`` parts every ``interval`` hours against limits of ``limits`` standard errors, and what that costs.

    ``by_size``: the best interval and limits for each sample size that was looked at, with their costs.
    """

    n: int
    interval: float
    limits: float
    cost: HourlyCost
    by_size: tuple[tuple[int, float, float, HourlyCost], ...]


def hourly_cost(costs: ChartCosts, n: int, interval: float, limits: float) -> HourlyCost:
    """Return the long-run cost per hour of an X̄ chart (Lorenzen and Vance 1986, equation 7).

    A cycle runs from one start in control to the next; cost per hour is expected cost over expected length.
    s = e^(-λh)/(1 - e^(-λh)) samples before the cause, τ = (1 - (1 + λh)e^(-λh))/(λ(1 - e^(-λh))) from the last of
    them to the cause. With ``runs_in_search`` and ``runs_in_repair`` this is Duncan's (1956) model.
    Example (Montgomery, 6th ed., section 10.6: λ 0.05, δ 2, costs 1, 0.10, 50, 25, 100): n 5, every 0.76 h, 2.99
    standard errors: 10.38 per hour.
    Raises InvalidInput for a sample size below 1, or an interval or limits that are not above 0.
    """
    _check(n, interval, limits)
    missed = x_bar_miss(costs.shift, n, k=limits)
    alpha, power = 2.0 * normal_upper(limits), max(1.0 - missed, 1e-300)
    rate = costs.cause_rate
    gone = -math.expm1(-rate * interval)  # 1 - e^(-λh)
    before = math.exp(-rate * interval) / gone
    tau = 1.0 / rate - interval * math.exp(-rate * interval) / gone
    delay = interval / power - tau + n * costs.hours_per_part
    out = delay + costs.runs_in_search * costs.search_hours + costs.runs_in_repair * costs.repair_hours
    stopped = 0.0 if costs.runs_in_search else before * alpha * costs.false_alarm_hours
    cycle = 1.0 / rate + stopped + delay + costs.search_hours + costs.repair_hours
    sampling = (costs.per_sample + costs.per_part * n) / interval * (1.0 / rate + out) / cycle
    bad = (costs.in_control / rate + costs.shifted * out) / cycle
    searches, repairs = before * alpha * costs.false_alarm / cycle, costs.repair / cycle
    total = sampling + bad + searches + repairs
    return HourlyCost(total, sampling, bad, searches, repairs, alpha, power, cycle, delay)


def economic_design(
    costs: ChartCosts, *, sizes: Sequence[int] | None = None, most_false_alarms: float = 1.0
) -> EconomicDesign:
    """Return the sample size, interval and limits that cost least per hour.

    For each sample size, interval and limits are searched by Nelder and Mead on log h and k. ``sizes``: those to
    look at (left out: from 1 until the cost only rises, 60 at most). ``most_false_alarms``: the chance of a false alarm
    per sample that people bear; limits are then not narrower (Saniga's economic statistical design).
    Example (Montgomery, 6th ed., section 10.6): n 5, every 0.76 h, 2.99 standard errors, 10.38 per hour.
    Raises InvalidInput for a size below 1 or a chance that is none.
    """
    if not 0.0 < most_false_alarms <= 1.0:
        remedy = "Use 0.0027 for limits of 3 standard errors or more."
        raise InvalidInput("most_false_alarms", "must be above 0 and at most 1", most_false_alarms, remedy)
    narrowest = 0.05 if most_false_alarms >= 0.96 else normal_quantile(1.0 - 0.5 * most_false_alarms)
    found: list[tuple[int, float, float, HourlyCost]] = []
    best, start = math.inf, (math.log(1.0 / math.sqrt(costs.cause_rate * costs.shifted + 1.0)), max(3.0, narrowest))
    for n in range(1, MOST_SIZE + 1) if sizes is None else sizes:
        interval, limits = _best_for(costs, n, narrowest, start)
        start = (math.log(interval), limits)
        cost = hourly_cost(costs, n, interval, limits)
        found.append((n, interval, limits, cost))
        best = min(best, cost.total)
        if sizes is None and len(found) > _ENOUGH_RISES and all(
            row[3].total > best for row in found[-_ENOUGH_RISES:]
        ):  # fmt: skip
            break
    n, interval, limits, cost = min(found, key=lambda row: row[3].total)
    return EconomicDesign(n, interval, limits, cost, tuple(found))


def _best_for(costs: ChartCosts, n: int, narrowest: float, start: tuple[float, float]) -> tuple[float, float]:
    from scipy.optimize import minimize

    def total(place: Sequence[float]) -> float:
        log_h, k = float(place[0]), float(place[1])
        if not (narrowest <= k <= WIDEST and -12.0 < log_h < 12.0):
            return 1e300
        return hourly_cost(costs, n, math.exp(log_h), k).total

    options = {"xatol": 1e-7, "fatol": 1e-12, "maxiter": 400}
    tries = [(start[0], max(start[1], narrowest + 0.05)), (0.0, max(3.0, narrowest + 0.1))]
    best = min((minimize(total, x0=place, method="Nelder-Mead", options=options) for place in tries), key=_value)
    return math.exp(float(best.x[0])), float(best.x[1])


def _value(found: object) -> float:
    return float(getattr(found, "fun", math.inf))


def _check(n: int, interval: float, limits: float) -> None:
    if n != int(n) or n < 1:
        raise InvalidInput("n", "must be a whole number of at least 1", n, "Give the parts in a sample.")
    for name, value in (("interval", interval), ("limits", limits)):
        if not (math.isfinite(value) and value > 0.0):
            raise InvalidInput(name, "must be a finite number above 0", value, "Try 1 hour and 3 standard errors.")
