"""A live simulation inside a lecture: one chart, a few inputs, the same engine as everywhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from techamp.campus.learning.lecture.blocks import LiveSimulation
from techamp.campus.program.curriculum import curriculum
from techamp.contract import Chart, Fault, InputField, Inputs, InvalidInput, Outcome, registry

_PLANT = "$plant."
MOST_SEEDS = 1_000_000


@dataclass(frozen=True)
class Control:
    """One input with the value that it has now, as its form shows it."""

    field: InputField
    value: Any
    fault: Fault | None = None


@dataclass(frozen=True)
class Shown:
    """What the page shows of a live simulation."""

    block: LiveSimulation
    controls: tuple[Control, ...]
    chart: Chart
    note: str
    faults: tuple[Fault, ...]
    seed: int

    @property
    def next_seed(self) -> int:
        """For another run with other luck."""
        return self.seed % MOST_SEEDS + 1


def from_plant(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """Inputs with ``$plant.lathe.mttr`` replaced by the model plant's number."""
    return {name: _value(value) for name, value in inputs.items()}


def _value(value: Any) -> Any:
    if isinstance(value, str) and value.startswith(_PLANT):
        return curriculum().plant_value(value.removeprefix(_PLANT))
    return value


def show(block: LiveSimulation, asked: Mapping[str, str] | None = None) -> Shown:
    """A run with what was asked for; with bad input, the run she starts from and what is wrong."""
    declared = block.declared
    start = from_plant(declared.inputs)
    given = {name: asked[name] for name in declared.free if name in asked} if asked else {}
    kind = type(registry.simulation(declared.simulation)).Inputs
    if asked:  # a box that is not ticked is not sent
        given |= {
            f.name: "" for f in kind.fields() if f.kind == "flag" and f.name in declared.free and f.name not in asked
        }
    faults: tuple[Fault, ...] = ()
    try:
        inputs = kind.read(start | given)
    except InvalidInput as error:
        if not given:
            raise
        inputs, faults = kind.read(start), error.faults
    seed = _seed(asked, declared.seed)
    outcome = _run(declared.simulation, inputs, seed)
    controls = tuple(_control(f, inputs, given, faults) for f in _free(kind, declared.free))
    return Shown(block, controls, outcome.chart(declared.chart), next(iter(outcome.notes), ""), faults, seed)


def _free(kind: type[Inputs], names: list[str]) -> list[InputField]:
    """The declared inputs that may be changed, in the lecture's order; KeyError names one that there is not."""
    fields = {field.name: field for field in kind.fields()}
    return [fields[name] for name in names]


def _control(field: InputField, inputs: Inputs, given: Mapping[str, str], faults: tuple[Fault, ...]) -> Control:
    own = next((fault for fault in faults if fault.field in {field.label, field.name}), None)
    now = getattr(inputs, field.name)
    shown = given.get(field.name, now) if own else now
    if field.kind == "quantity" and not own:
        shown = f"{float(now):.{field.decimals}f}"
    return Control(field, shown, own)


def _seed(asked: Mapping[str, str] | None, otherwise: int) -> int:
    text = (asked or {}).get("seed", "")
    seed = int(text) if text.isascii() and text.isdigit() and len(text) <= 7 else otherwise
    return seed if 1 <= seed <= MOST_SEEDS else otherwise


@lru_cache(maxsize=128)
def _run(id: str, inputs: Inputs, seed: int) -> Outcome:
    """Pure, so it may be remembered: everyone who opens the page starts from the same run."""
    return registry.simulation(id).run(inputs, seed)
