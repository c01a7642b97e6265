"""A gauge study on paper: every operator reads every part several times, in an order that hides which part it is."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from techamp.contract import Inputs, Planner, Sheet, SheetColumn, quantity, random

_ORDER = 83  # cause of the random numbers that set the order


class GaugePlanSettings(Inputs):
    """Ten parts, three operators, three trials is what AIAG's manual takes."""

    parts: int = quantity(
        10, "parts", range=(2, 30), label="Parts", help="Choose them across the whole spread of the process."
    )
    operators: int = quantity(3, "operators", range=(2, 8), label="Operators", help="Those who measure every day.")
    trials: int = quantity(3, "trials", range=(2, 6), label="Readings of each part by each operator")


class GaugeStudyPlanner(Planner[GaugePlanSettings]):
    """Trial by trial and operator by operator, the parts come in a new random order."""

    id: ClassVar[str] = "process_control.gauge_study"
    version: ClassVar[int] = 1
    title: ClassVar[str] = "Plan a gauge study"
    question: ClassVar[str] = "Can I trust this gauge?"
    summary: ClassVar[str] = "Parts × operators × trials in random order: a sheet to print or to fill in on the phone."
    study: ClassVar[str] = "process_control.gauge_study"
    Settings: ClassVar[type[Inputs]] = GaugePlanSettings

    def plan(self, settings: GaugePlanSettings, seed: int) -> Sheet:
        """One row for each reading, in the order in which they are taken."""
        names = [chr(ord("A") + i) for i in range(settings.operators)]
        rows: list[tuple[str | float | None, ...]] = []
        for trial in range(settings.trials):
            for k, name in enumerate(names):
                order = _shuffled(settings.parts, seed, trial * settings.operators + k)
                rows += [(name, float(part + 1), float(trial + 1), None) for part in order]
        return Sheet(
            title=f"Gauge study: {settings.parts} parts, {settings.operators} operators, {settings.trials} trials",
            columns=(
                SheetColumn("Operator", role="operator"),
                SheetColumn("Part", role="part"),
                SheetColumn("Trial", role="trial"),
                SheetColumn("Reading", blank=True, role="measurement"),
            ),
            rows=tuple(rows),
            notes=(
                "Number the parts where the operator does not see it; somebody else hands them over in this order.",
                "Choose parts across the whole spread of the process: with parts all alike any gauge looks bad.",
                "Read the gauge as on any other day, to its last digit. Nobody sees the readings of the others.",
                f"{len(rows)} readings in all. What you have entered is kept, so you can stop and go on later.",
            ),
            settings={},
        )


def _shuffled(count: int, seed: int, turn: int) -> list[int]:
    """Parts in random order, the same for the same seed and turn."""
    luck = random.uniform(seed, _ORDER, turn, np.arange(count))
    return [int(i) for i in np.argsort(luck, kind="stable")]
