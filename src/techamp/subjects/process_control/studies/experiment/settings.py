"""What may be set about the analysis of an experiment."""

from __future__ import annotations

from techamp.contract import Inputs, choice, quantity


class ExperimentSettings(Inputs):
    """All of it has a sensible default: factors and one response are enough."""

    order: str = choice(
        "2",
        {
            "1": "Each factor alone",
            "2": "Factors and pairs of factors",
            "3": "Factors, pairs and triples",
        },
        label="How many factors may act together",
        help="Triples are rarely real. Leave them out and they serve as noise to judge the rest by.",
    )
    alpha: float = quantity(
        0.05,
        "",
        range=(0.001, 0.25),
        step=0.001,
        label="Risk of calling noise an effect",
        help="0.05 for each effect is usual. While you screen many factors, 0.1 loses fewer real ones.",
    )
    model: str = choice(
        "active",
        {"active": "Effects that stand out, with the factors they are made of", "all": "All effects of the plan"},
        label="What the model keeps",
        help="Residuals, prediction and settings come from this model.",
    )
    goal: str = choice(
        "none",
        {"none": "Look first", "high": "As high as it goes", "low": "As low as it goes", "target": "On the target"},
        label="What you want of the response",
        help="With a goal, the study names settings and what a confirmation run should give.",
    )
    target: float | None = quantity(
        None,
        "",
        range=(-1e9, 1e9),
        step=0.0001,
        optional=True,
        label="Target",
        help="In the response’s unit; used when the goal is to be on the target.",
    )
    confirmation_runs: int = quantity(
        4,
        "runs",
        range=(1, 50),
        label="Confirmation runs",
        help="How many runs at the chosen settings you will average to check the prediction.",
    )
