"""An experiment on paper: which runs, in which order, and what they will not be able to tell apart."""

from __future__ import annotations

from typing import Any, ClassVar

from techamp.contract import DataTable, Inputs, InvalidInput, Measure, Outcome, Planner, Sheet, SheetColumn
from techamp.subjects.process_control.planners.experiment.settings import ExperimentPlanSettings

MOST_RUNS = 128


class ExperimentPlanner(Planner[ExperimentPlanSettings]):
    """The run sheet of ``plan_experiment``; its columns fill the roles of the experiment study."""

    id: ClassVar[str] = "process_control.experiment"
    version: ClassVar[int] = 1
    title: ClassVar[str] = "Plan an experiment"
    question: ClassVar[str] = "Which settings matter, and what shall I set?"
    summary: ClassVar[str] = "Factors at low and high, in random order: a run sheet to print or to fill in on a phone."
    study: ClassVar[str] = "process_control.experiment"
    Settings: ClassVar[type[Inputs]] = ExperimentPlanSettings

    def plan(self, settings: ExperimentPlanSettings, seed: int) -> Sheet:
        """One row for each run, in the order to run it."""
        made, (name, unit) = _made(settings, seed)
        roles = [f"factor_{n}" for n in range(1, len(made.factors) + 1)]
        block = (SheetColumn("Block", role="block"),) if made.blocked else ()
        factors = tuple(SheetColumn(f.name, f.unit, role=r) for f, r in zip(made.factors, roles, strict=True))
        columns = (SheetColumn("Run", role="order"), *block, *factors)
        rows = tuple((*_numbers(row[:-1]), None) for row in made.table().rows)
        return Sheet(
            title=f"Run sheet: {len(made.factors)} factors, {len(made)} runs",
            columns=(*columns, SheetColumn(name, unit, blank=True, role="response")),
            rows=rows,
            notes=(*(said for said in made.sentences() if "cannot be told" not in said), *_advice(settings)),
            settings={"order": "1"} if settings.plan in ("plackett_burman", "one_at_a_time") else {},
        )

    def prospect(self, settings: ExperimentPlanSettings) -> Outcome:
        """How many runs, how sharp they see, and what looks alike to them."""
        from techamp.subjects.process_control.experiments.aliases import alias_structure

        made, _response = _made(settings, 1)
        corners = int((abs(made.coded) > 0).all(axis=1).sum())
        measures = [Measure(name="runs", label="Runs", value=len(made), decimals=0)]
        if settings.plan in ("full", "half", "quarter", "plackett_burman"):
            said = "An effect of this many sigmas of a single run is as large as twice its own standard error."
            sharp = 4.0 / corners**0.5  # an effect's standard error is 2σ/√N (Montgomery, DOE, section 6.2)
            measures.append(Measure(name="sharp", label="Sees effects from", value=sharp, unit="sigma", help=said))
        if not made.design.generators:
            return Outcome(measures=tuple(measures))
        structure = alias_structure(made.design)
        names = dict(zip(_letters(len(made.factors)), structure.factors, strict=True))
        chains = [chain for chain in structure.chains if len(chain) > 1]
        rows = tuple((_said(chain[0], names), ", ".join(_said(word, names) for word in chain[1:])) for chain in chains)
        heads = ("What you see as", "may as well be")
        table = DataTable(name="aliases", title="What this plan cannot tell apart", columns=heads, rows=rows)
        return Outcome(measures=tuple(measures), tables=(table,) if rows else ())


def _made(settings: ExperimentPlanSettings, seed: int) -> tuple[Any, tuple[str, str]]:
    from techamp.subjects.process_control.experiments.run_sheet import plan_experiment
    from techamp.subjects.process_control.planners.experiment.factors import read_factors, read_response

    name, unit = read_response(settings.response)
    made = plan_experiment(
        read_factors(settings.factors, name),
        settings.plan,
        seed=seed,
        repeats=settings.repeats,
        center_points=settings.center_points,
        blocks=settings.repeats if settings.blocks == "each" else int(settings.blocks),
        responses=(name,),
        random_order=settings.order == "random",
    )
    if len(made) > MOST_RUNS:
        raise InvalidInput("plan", f"must be at most {MOST_RUNS} runs", len(made), "Take a fraction or fewer repeats.")
    return made, (name, unit)


def _numbers(row: tuple[Any, ...]) -> tuple[str | float, ...]:
    return tuple(cell if isinstance(cell, str) else float(cell) for cell in row)


def _advice(settings: ExperimentPlanSettings) -> tuple[str, ...]:
    said = ["Set all factors anew before each run, even those that stay, and measure before you set the next."]
    said.append("If you take several readings at one run, enter their mean: they share that run’s setup.")
    if settings.center_points == 0 and settings.repeats == 1:
        said.append("Without center points or repeats nothing but small effects can tell how large the noise is.")
    return tuple(said)


def _letters(count: int) -> str:
    from techamp.subjects.process_control.experiments.design import LETTERS

    return LETTERS[:count]


def _said(word: str, names: dict[str, str]) -> str:
    sign = "minus " if word.startswith("-") else ""
    return sign + " · ".join(names[letter] for letter in word.lstrip("-"))
