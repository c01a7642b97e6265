"""Which sample size, interval and limits cost least, and the sheet to begin with."""

from __future__ import annotations

from typing import ClassVar

from techamp.contract import Inputs, Outcome, Planner, Sheet, SheetColumn
from techamp.subjects.process_control.planners.chart_by_cost.settings import ChartByCostSettings

SAMPLES = 25  # enough for limits that can be trusted
MOST_ROWS = 300


class ChartByCostPlanner(Planner[ChartByCostSettings]):
    """The design of Lorenzen and Vance; its sheet is read by the control chart."""

    id: ClassVar[str] = "process_control.chart_by_cost"
    version: ClassVar[int] = 1
    title: ClassVar[str] = "Plan a control chart"
    question: ClassVar[str] = "How many parts, how often, and which limits cost least?"
    summary: ClassVar[str] = "What the chart costs in an hour, now and at best, and a sheet for the first 25 samples."
    study: ClassVar[str] = "process_control.control_chart"
    shuffled: ClassVar[bool] = False
    Settings: ClassVar[type[Inputs]] = ChartByCostSettings

    def plan(self, settings: ChartByCostSettings, seed: int) -> Sheet:
        """One row for each part of each sample; no chance is in it."""
        from techamp.subjects.process_control.planners.chart_by_cost.costing import find
        from techamp.subjects.process_control.planners.chart_by_cost.words import every, instructions

        found = find(settings)
        n = found.best.n
        samples = min(SAMPLES, MOST_ROWS // n)
        rows = tuple((float(sample), float(part), None) for sample in range(1, samples + 1) for part in range(1, n + 1))
        return Sheet(
            title=f"{n} {'part' if n == 1 else 'parts'} every {every(found.best.interval)}",
            columns=(
                SheetColumn("Sample", role="subgroup"),
                SheetColumn("Part of the sample"),
                SheetColumn("Reading", blank=True, role="measure"),
            ),
            rows=rows,
            notes=instructions(found),
            settings={"chart": "imr" if n == 1 else "auto"},
        )

    def prospect(self, settings: ChartByCostSettings) -> Outcome:
        """What it costs now and at best, and how the cost changes around the best."""
        from techamp.subjects.process_control.planners.chart_by_cost.costing import find
        from techamp.subjects.process_control.planners.chart_by_cost.results import charts, measures, tables
        from techamp.subjects.process_control.planners.chart_by_cost.words import notes

        found = find(settings)
        return Outcome(measures=measures(found), charts=charts(found), tables=tables(found), notes=notes(found))
