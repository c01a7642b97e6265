"""What a planned experiment asks."""

from __future__ import annotations

from techamp.contract import Inputs, choice, entries, quantity, text
from techamp.subjects.process_control.experiments.run_sheet import PLANS
from techamp.subjects.process_control.planners.experiment.factors import COLUMNS, FEWEST, MOST


class ExperimentPlanSettings(Inputs):
    """Three factors at two levels are a good beginning."""

    factors: str = entries(
        "Mold temperature|40|60|°C\nHolding pressure|60|80|bar\nCooling time|10|16|s",
        columns=COLUMNS,
        least=FEWEST,
        most=MOST,
        label="Factors",
        help="Settings that you can move. Go as far apart as still makes parts. Two names, such as steel and brass, "
        "make a factor without a middle.",
    )
    response: str = text("Length (mm)", label="What you measure", help="One number from each run, with its unit.")
    plan: str = choice(
        "full", PLANS, label="Plan", help="With five factors or more, a fraction finds what matters in fewer runs."
    )
    center_points: int = quantity(
        3,
        "runs",
        range=(0, 10),
        label="Center points",
        help="Runs in the middle of all factors. They show a bend, and how large the noise is.",
    )
    repeats: int = quantity(
        1,
        "times",
        range=(1, 5),
        label="How often the whole plan is run",
        help="Twice shows which factor makes the process noisy.",
    )
    blocks: str = choice(
        "1",
        {"1": "One", "2": "Two", "4": "Four", "each": "One for each repeat"},
        label="Blocks",
        help="Days, shifts or batches of material that the runs must be spread over.",
    )
    order: str = choice(
        "random",
        {"random": "Random", "standard": "Standard order"},
        label="Order of the runs",
        help="Standard order is easier to set up, and anything that drifts will look like a factor.",
    )
