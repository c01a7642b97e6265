"""A plan for incoming lots, by the standard, by two risks or by cost, with a card to inspect by."""

from __future__ import annotations

from typing import ClassVar

from techamp.contract import Inputs, Outcome, Planner, Sheet
from techamp.subjects.process_control.planners.sampling.settings import SamplingPlanSettings


class SamplingPlanner(Planner[SamplingPlanSettings]):
    """The counts of the card go on to a chart of the share defective: the lots show the process behind them."""

    id: ClassVar[str] = "process_control.sampling"
    version: ClassVar[int] = 1
    title: ClassVar[str] = "Choose a sampling plan"
    question: ClassVar[str] = "How many parts of a lot shall I look at?"
    summary: ClassVar[str] = "A plan by lot size and AQL, by two risks or by cost: its curves, and a card to print."
    study: ClassVar[str] = "process_control.control_chart"
    shuffled: ClassVar[bool] = False
    Settings: ClassVar[type[Inputs]] = SamplingPlanSettings

    def plan(self, settings: SamplingPlanSettings, seed: int) -> Sheet:
        """One row for each lot; no chance is in it."""
        from techamp.subjects.process_control.planners.sampling import card
        from techamp.subjects.process_control.planners.sampling.choosing import choose

        chosen = choose(settings)
        columns = card.columns(chosen)
        blanks = (None,) * sum(column.blank for column in columns)
        size = float(card.size(settings, chosen))
        return Sheet(
            title=f"Inspection card: lots of {settings.lot}",
            columns=columns,
            rows=tuple((float(lot), size, *blanks) for lot in range(1, settings.lots + 1)),
            notes=card.instructions(settings, chosen),
            settings={"chart": "p"},
        )

    def prospect(self, settings: SamplingPlanSettings) -> Outcome:
        """What passes, what reaches the line, what it costs."""
        from techamp.subjects.process_control.planners.sampling import curves
        from techamp.subjects.process_control.planners.sampling.choosing import choose

        chosen = choose(settings)
        if chosen.plan is None:
            drawn = (curves.cost_chart(settings),) if settings.way == "cost" else ()
            return Outcome(charts=drawn, notes=chosen.why)
        return Outcome(
            measures=curves.measures(settings, chosen.plan),
            charts=curves.charts(settings, chosen.plan),
            notes=chosen.why,
        )
