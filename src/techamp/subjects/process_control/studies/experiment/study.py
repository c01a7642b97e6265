"""An experiment of one's own: effects, what is real, charts, and settings for the confirmation run."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from techamp.contract import Column, Explanation, FollowUp, Inputs, Outcome, Study, Table, TableColumn
from techamp.subjects.process_control.studies.experiment.runs import MOST_FACTORS, MOST_LEVELS, ROLES
from techamp.subjects.process_control.studies.experiment.settings import ExperimentSettings

_NO_FACTOR = ("run", "order", "block", "day", "reading", "shot", "repeat", "replicate", "std")


class ExperimentStudy(Study[ExperimentSettings]):
    """A factorial, a fraction, or a plan for curved surfaces, read from the runs themselves."""

    id: ClassVar[str] = "process_control.experiment"
    version: ClassVar[int] = 1
    title: ClassVar[str] = "Experiment"
    summary: ClassVar[str] = "Which settings matter, which act together, which make it noisy, and what to set."
    question: ClassVar[str] = "Which settings matter?"
    columns: ClassVar[tuple[Column, ...]] = (
        Column(
            "response",
            "What was measured",
            "number",
            help="One result in each row: a length, a yield, a distance.",
            hints=("response", "result", "yield", "length", "distance", "strength", "measure", "y ("),
        ),
        *(
            Column(
                role,
                f"Factor {role.removeprefix('factor_')}",
                "any",
                required=role == ROLES[0],
                help="A setting that was moved between a few levels." if role == ROLES[0] else "",
            )
            for role in ROLES
        ),
        Column(
            "block", "Block", "any", required=False, help="Runs of one shift, day or batch.", hints=("block", "day")
        ),
        Column(
            "order", "Run order", "number", required=False, help="1 for the run made first.", hints=("run", "order")
        ),
    )
    Settings: ClassVar[type[Inputs]] = ExperimentSettings

    def run(self, table: Table, settings: ExperimentSettings) -> Outcome:
        """Analyze. One row of the table is one result."""
        # The mathematics comes with the first run, so that a list of titles stays quick.
        from techamp.subjects.process_control.studies.experiment.advice import advise
        from techamp.subjects.process_control.studies.experiment.analysis import analyze
        from techamp.subjects.process_control.studies.experiment.measures import measures
        from techamp.subjects.process_control.studies.experiment.pictures import charts
        from techamp.subjects.process_control.studies.experiment.tables import tables
        from techamp.subjects.process_control.studies.experiment.words import notes, why_others_differ

        found = analyze(table, settings)
        advice = advise(found)
        differs = Explanation(
            name="differs",
            title="Why another program may print something else",
            sentences=why_others_differ(found),
        )
        return Outcome(
            measures=measures(found, advice),
            charts=charts(found),
            tables=tables(found, advice),
            explanations=(differs,),
            notes=notes(found, advice),
        )

    def follow_up(self, table: Table, settings: ExperimentSettings) -> FollowUp | None:
        """Runs at the chosen settings, against what the model predicts for their mean; None without a goal."""
        from techamp.subjects.process_control.studies.experiment.advice import advise, confirm
        from techamp.subjects.process_control.studies.experiment.analysis import analyze

        found = analyze(table, settings)
        advice = advise(found)
        return None if advice is None else confirm(found, advice)

    def suggest(self, table: Table) -> dict[str, str]:
        """Role → column: factors are columns with few levels, the response is the number that takes most values."""
        return {role: column for role, (column, _) in self._guessed(table).items()}

    def _guessed(self, table: Table) -> dict[str, tuple[str, bool]]:
        """Role → column, and whether its values or its name say so."""
        found: dict[str, tuple[str, bool]] = {}
        free = list(table.columns)
        for role in ("block", "order"):
            hints = next(column.hints for column in self.columns if column.name == role)
            fits = [c for c in free if _named(c, hints) and (role == "block" or _is_order(c))]
            if fits:
                found[role] = (fits[0].name, True)
                free.remove(fits[0])
        free = [c for c in free if not _is_order(c)]
        response = _response(free, next(c.hints for c in self.columns if c.name == "response"))
        if response is not None:
            found["response"] = (response.name, True)
            free.remove(response)
        factors = [c for c in free if not _named(c, _NO_FACTOR) and _is_factor(c)]
        found |= {role: (c.name, True) for role, c in zip(ROLES, factors[:MOST_FACTORS], strict=False)}
        return {column.name: found[column.name] for column in self.columns if column.name in found}


def _named(column: TableColumn, hints: tuple[str, ...]) -> bool:
    words = column.name.lower().replace("_", " ").split()
    return any(hint in words or hint == column.name.lower() or column.name.lower().startswith(hint) for hint in hints)


def _levels(column: TableColumn) -> int:
    """Different values, blanks aside."""
    if not column.is_number:
        return len(set(map(str, column.values.tolist())) - {"", "NaT"})
    values = column.values.astype(np.float64, copy=False)
    return len(np.unique(values[~np.isnan(values)]))


def _is_factor(column: TableColumn) -> bool:
    """Few levels, each of them more than once: a setting that was moved on purpose."""
    return 2 <= _levels(column) <= (MOST_LEVELS if column.is_number else 2) and len(column.values) >= 4


def _is_order(column: TableColumn) -> bool:
    """Each number from 1 to the number of rows, once."""
    if not column.is_number or len(column.values) < 3:
        return False
    return bool(np.array_equal(np.sort(column.values.astype(np.float64)), np.arange(1, len(column.values) + 1)))


def _response(free: list[TableColumn], hints: tuple[str, ...]) -> TableColumn | None:
    """By its name, else the number with most different values; of equals the last, where results stand."""
    numbers = [c for c in free if c.is_number]
    hinted = [c for c in numbers if _named(c, hints)]
    if hinted:
        return hinted[-1]
    return max(reversed(numbers), key=_levels, default=None)
