"""After an experiment: a few runs at the settings it names, to see whether they give what it said."""

from __future__ import annotations

from typing import ClassVar

from techamp.contract import (
    Inputs,
    InvalidInput,
    Planner,
    Sheet,
    SheetColumn,
    entries,
    quantity,
    read_entries,
    text,
)

WIDE = (-1e12, 1e12)


class ConfirmationPlanSettings(Inputs):
    """The study of an experiment fills it in."""

    factors: str = entries("Temperature|200 °C", columns=("Factor", "Setting"), label="Settings", most=8)
    response: str = text("Result", label="What you measure")
    unit: str = text("", label="Its unit", most=20)
    runs: int = quantity(4, "runs", range=(1, 50), label="Confirmation runs")
    expected: float | None = quantity(None, "", range=WIDE, optional=True, label="Expected mean")
    low: float | None = quantity(None, "", range=WIDE, optional=True, label="Lower end of what was predicted")
    high: float | None = quantity(None, "", range=WIDE, optional=True, label="Upper end of what was predicted")


class ConfirmationPlanner(Planner[ConfirmationPlanSettings]):
    """All runs alike, at the settings chosen."""

    id: ClassVar[str] = "process_control.confirmation_run"
    version: ClassVar[int] = 1
    title: ClassVar[str] = "Confirmation run"
    question: ClassVar[str] = "Do the chosen settings give what the model says?"
    summary: ClassVar[str] = "New runs at the settings that the experiment names, against the interval it predicts."
    study: ClassVar[str] = "process_control.confirmation"
    listed: ClassVar[bool] = False
    shuffled: ClassVar[bool] = False
    Settings: ClassVar[type[Inputs]] = ConfirmationPlanSettings

    def plan(self, settings: ConfirmationPlanSettings, seed: int) -> Sheet:
        """One row for each run."""
        lines = read_entries(settings.factors, "Settings", 2, least=1, most=8)
        names = [name for name, _setting in lines]
        taken = {"run", settings.response.casefold()}
        if len({n.casefold() for n in names} | taken) < len(names) + len(taken) or "" in names:
            raise InvalidInput("Settings", "must have different names", ", ".join(names), "Name each setting once.")
        fixed = tuple(value for _name, value in lines)
        predicted = {"expected": settings.expected, "low": settings.low, "high": settings.high}
        return Sheet(
            title=f"Confirmation: {settings.runs} {'run' if settings.runs == 1 else 'runs'}",
            columns=(
                SheetColumn("Run", role="order"),
                *(SheetColumn(name) for name in names),
                SheetColumn(settings.response.strip() or "Result", settings.unit, blank=True, role="response"),
            ),
            rows=tuple((float(run), *fixed, None) for run in range(1, settings.runs + 1)),
            notes=_notes(settings),
            settings={name: value for name, value in predicted.items() if value is not None},
        )


def _notes(settings: ConfirmationPlanSettings) -> tuple[str, ...]:
    said = ["Set everything anew before each run. Spread the runs over the day, so that they see what the days bring."]
    if settings.low is not None and settings.high is not None:
        said.append(
            f"Their mean should lie between {settings.low:.6g} and {settings.high:.6g} {settings.unit}".rstrip()
            + ". A mean outside says that the model does not hold at these settings."
        )
    return tuple(said)
