"""The cheapest design and the present one, worked out once for words, numbers and pictures."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from techamp.subjects.process_control.chart_economics import (
    ChartCosts,
    EconomicDesign,
    HourlyCost,
    economic_design,
    hourly_cost,
)
from techamp.subjects.process_control.planners.chart_by_cost.settings import ChartByCostSettings

FEW_ALARMS = 0.0027


@dataclass(frozen=True)
class Found:
    settings: ChartByCostSettings
    costs: ChartCosts
    best: EconomicDesign
    now: HourlyCost

    @property
    def saving(self) -> float:
        """USD a year."""
        return (self.now.total - self.best.cost.total) * self.settings.hours_a_year


@lru_cache(maxsize=64)
def find(settings: ChartByCostSettings) -> Found:
    """Raises InvalidInput where a cause costs nothing."""
    costs = settings.costs()
    best = economic_design(costs, most_false_alarms=FEW_ALARMS if settings.few_alarms else 1.0)
    now = hourly_cost(costs, settings.now_n, settings.now_interval, settings.now_limits)
    return Found(settings, costs, best, now)
