"""A simulation is a pure function of its inputs and a seed: replayed, shared, graded again."""

from __future__ import annotations

import inspect
from abc import ABC, abstractmethod
from pathlib import Path
from typing import ClassVar, Generic, TypeVar

from techamp.contract.inputs import Inputs
from techamp.contract.live import Live
from techamp.contract.outcome import Outcome

I = TypeVar("I", bound=Inputs)  # noqa: E741 — I stands for Inputs throughout the contract


class Simulation(ABC, Generic[I]):
    """Base of all simulations. A subclass lives in ``subjects/<subject>/simulations/<name>/simulation.py``.

    Beside it: ``scene.js`` (replays the trace; see docs/architecture.md), ``model.md`` (assumptions, what is left
    out, sources).
    ``id`` is ``"<subject>.<name>"``. Raise ``version`` when the same inputs and seed give another result.
    """

    id: ClassVar[str]
    version: ClassVar[int]
    title: ClassVar[str]
    summary: ClassVar[str]
    Inputs: ClassVar[type[Inputs]]

    @abstractmethod
    def run(self, inputs: I, seed: int) -> Outcome:
        """One run. Same inputs and seed, same outcome, on every machine."""

    def measures(self, inputs: I, seeds: list[int]) -> dict[str, list[float]]:
        """Each measure's value for each seed (for "30 runs" and for grading).

        Override where a kernel can do it without charts.
        """
        found: dict[str, list[float]] = {}
        for seed in seeds:
            for measure in self.run(inputs, seed).measures:
                if measure.value is not None:
                    found.setdefault(measure.name, []).append(float(measure.value))
        return found

    def live(self, inputs: I) -> Live | None:
        """What a page needs to follow a slider by itself; None where only the server runs it.

        Its measures are those of ``run`` by name, for the same inputs and seed to the last bit; it may leave some out.
        """
        return None

    def warm_up(self) -> None:
        """Compile what needs compiling, so that no learner waits for it."""
        self.run(type(self).Inputs.read({}), 1)  # type: ignore[arg-type]

    @classmethod
    def folder(cls) -> Path:
        """Where the simulation's own files lie."""
        return Path(inspect.getfile(cls)).parent
