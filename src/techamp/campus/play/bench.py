"""A simulation on the bench: inputs from an address, a run, the run before as its ghost."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl, urlencode

from techamp.contract import InputField, Inputs, InvalidInput, Outcome, Simulation, registry

SEED = 42
MANY = 30


@dataclass(frozen=True)
class Control:
    """One input on the page: its declaration, its value, and what was wrong with what came."""

    field: InputField
    value: Any
    fault: str = ""
    idle: bool = False  # another input makes this one meaningless

    @property
    def span(self) -> str:
        """The range as text: 0.05–1."""
        return f"{self.field.low:,.10g}–{self.field.high:,.10g}"

    @property
    def text(self) -> str:
        """The value as the number box shows it."""
        if self.field.kind == "flag":
            return "on" if self.value else "off"
        if self.value is None:
            return ""
        if self.field.kind != "quantity" or self.field.whole:
            return str(self.value)
        short = f"{float(self.value):.{self.field.decimals}f}"
        return short if float(short) == float(self.value) else f"{float(self.value):.12g}"


@dataclass(frozen=True)
class Bench:
    """Everything that a page shows of one run."""

    simulation: Simulation[Any]
    inputs: Inputs
    seed: int
    controls: tuple[Control, ...]
    fixed: tuple[Control, ...]
    outcome: Outcome
    was: Outcome | None = None
    faults: tuple[str, ...] = ()
    spans: Mapping[str, tuple[float, float, float]] = field(default_factory=dict)

    @property
    def query(self) -> str:
        """Inputs and seed as the address holds them."""
        pairs = [(c.field.name, c.text) for c in self.controls]
        return urlencode([*pairs, ("seed", self.seed)])

    @property
    def measures(self) -> list[dict[str, Any]]:
        """Each measure of this run, of the run before, and its interval over many runs where asked for."""
        rows = []
        for now in self.outcome.measures:
            old = next((m for m in self.was.measures if m.name == now.name), None) if self.was else None
            rows.append({"now": now, "was": old, "span": self.spans.get(now.name)})
        return rows

    @property
    def charts(self) -> list[tuple[Any, Any]]:
        """(chart, the same chart of the run before) pairs."""
        before = {c.name: c for c in self.was.charts} if self.was else {}
        return [(c, before.get(c.name)) for c in self.outcome.charts]


def without_equations(bench: Bench) -> Bench:
    """The same run with no equation under its charts: they hold the run's numbers, a hidden input's among them."""

    def plain(outcome: Outcome) -> Outcome:
        return outcome.model_copy(
            update={"charts": tuple(c.model_copy(update={"equation": ""}) for c in outcome.charts)}
        )

    return replace(bench, outcome=plain(bench.outcome), was=plain(bench.was) if bench.was else None)


def bench_of(
    simulation_id: str, start: Mapping[str, Any], free: list[str], asked: Mapping[str, str], *, many: bool = False
) -> Bench:
    """A run with ``start`` (fixed by the page) and what was ``asked`` for the ``free`` inputs.

    A bad value does not stop the page: it is said, and the value before it stands. ``asked["was"]`` is the query of
    the run before.
    """
    simulation = registry.simulation(simulation_id)
    model = type(simulation).Inputs
    wanted = {name: asked[name] for name in free if name in asked}
    inputs, faults = read_gently(model, start, wanted)
    seed = seed_of(asked.get("seed", ""))
    outcome = run(simulation_id, inputs, seed)
    before = _before(simulation_id, model, start, free, asked.get("was", ""))
    spans = intervals(simulation, inputs, seed, outcome) if many else {}
    fields = {f.name: f for f in model.fields()}
    said = {fault.split(":")[0]: fault for fault in faults}
    controls = tuple(
        Control(fields[n], getattr(inputs, n), said.get(fields[n].label, ""), is_idle(fields[n], inputs)) for n in free
    )
    fixed = tuple(
        Control(f, getattr(inputs, f.name)) for f in fields.values() if f.name not in free and not is_idle(f, inputs)
    )
    return Bench(simulation, inputs, seed, controls, fixed, outcome, before, tuple(faults), spans)


def is_idle(field: InputField, inputs: Inputs) -> bool:
    """Whether the value of another input makes this one meaningless."""
    return field.when is not None and getattr(inputs, field.when[0]) not in field.when[1]


def read_gently(model: type[Inputs], start: Mapping[str, Any], wanted: Mapping[str, str]) -> tuple[Inputs, list[str]]:
    """Inputs with each bad value left out, and a sentence for each.

    ``start`` may be bad too: a number of her plant need not fit every model. The model's own default stands then.
    """
    try:
        return model.read({**start, **wanted}), []
    except InvalidInput:
        good, faults = dict[str, Any](), list[str]()
        for name, value in (*start.items(), *wanted.items()):
            try:
                model.read({**good, name: value})
                good[name] = value
            except InvalidInput as error:
                faults.append(str(error))
        return model.read(good), faults


def seed_of(text: str) -> int:
    """A seed from an address; the default where it is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 12 else SEED


def _before(id: str, model: type[Inputs], start: Mapping[str, Any], free: list[str], query: str) -> Outcome | None:
    if not query or len(query) > 2000:
        return None
    asked = pairs(query)
    inputs, _faults = read_gently(model, start, {n: asked[n] for n in free if n in asked})
    return run(id, inputs, seed_of(asked.get("seed", "")))


def pairs(query: str) -> dict[str, str]:
    """Names and values of an address; an empty value is a value."""
    return dict(parse_qsl(query, keep_blank_values=True))


def run(id: str, inputs: Inputs, seed: int) -> Outcome:
    """One run; the same again is not computed again."""
    return _run(id, registry.simulation(id).version, inputs.model_dump_json(), seed)


@lru_cache(maxsize=48)
def _run(id: str, version: int, inputs: str, seed: int) -> Outcome:
    simulation = registry.simulation(id)
    return simulation.run(type(simulation).Inputs.read(json.loads(inputs)), seed)


def intervals(
    simulation: Simulation[Any], inputs: Inputs, seed: int, shown: Outcome
) -> dict[str, tuple[float, float, float]]:
    """Measure → (mean, low, high): the mean of 30 runs with its 95 % interval, as far as it can be."""
    values = simulation.measures(inputs, [seed + i for i in range(MANY)])
    units = {measure.name: measure.unit for measure in shown.measures}
    full = {name: runs for name, runs in values.items() if len(runs) == MANY}
    return {name: possible(*mean_interval(runs), runs, units.get(name, "")) for name, runs in full.items()}


def possible(mean: float, low: float, high: float, values: list[float], unit: str) -> tuple[float, float, float]:
    """The interval without what cannot be: Student's t is symmetric, and few defects or a share near 100 % are not.

    It ends at 0 where no run was below 0, and at 100 % where no run was above. Empirical; the judgment on a target does
    not rest on it.

    >>> possible(98.35, 95.0, 101.7, [95.0, 100.0], "%"), possible(0.1, -0.1, 0.3, [0.0, 1.0], "lots")
    ((98.35, 95.0, 100.0), (0.1, 0.0, 0.3))
    """
    if min(values) >= 0:
        low = max(low, 0.0)
    if unit == "%" and max(values) <= 100:
        high = min(high, 100.0)
    return mean, low, high


def mean_interval(values: list[float]) -> tuple[float, float, float]:
    """(mean, low, high) with Student's t at 95 %."""
    count = len(values)
    mean = sum(values) / count
    deviation = (sum((v - mean) ** 2 for v in values) / (count - 1)) ** 0.5
    half = student_t(count - 1) * deviation / count**0.5
    return mean, mean - half, mean + half


@lru_cache(maxsize=16)
def student_t(freedom: int) -> float:
    """The 97.5 % quantile of Student's t."""
    from scipy.special import stdtrit

    return float(stdtrit(freedom, 0.975))
