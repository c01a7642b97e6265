"""From a plan to the sheet that goes to the machine: settings in units, run order, blocks, and blanks to fill in."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from techamp.contract import DataTable, random
from techamp.contract.errors import InvalidInput
from techamp.subjects.process_control.experiments.aliases import alias_structure
from techamp.subjects.process_control.experiments.design import Design, factor_names
from techamp.subjects.process_control.experiments.factorials import (
    best_fraction,
    full_factorial,
    plackett_burman,
)
from techamp.subjects.process_control.experiments.surface_designs import box_behnken, central_composite
from techamp.subjects.process_control.readings import Array

PLANS = {
    "full": "Full factorial: every combination",
    "half": "Half fraction",
    "quarter": "Quarter fraction",
    "plackett_burman": "Plackett-Burman: many factors, few runs",
    "central_composite": "Central composite: curved surfaces",
    "box_behnken": "Box-Behnken: curved surfaces without corners",
    "one_at_a_time": "One factor at a time",
}
# Effects to give up for 2 or 4 blocks, by number of factors of a full factorial: Montgomery, 8th ed., table 7.9.
_BLOCK_WORDS = {
    (2, 2): ("AB",),
    (3, 2): ("ABC",),
    (3, 4): ("AB", "AC"),
    (4, 2): ("ABCD",),
    (4, 4): ("ABC", "ACD"),
    (5, 2): ("ABCDE",),
    (5, 4): ("ABC", "CDE"),
}
_ORDER_CAUSE = 71


@dataclass(frozen=True)
class Factor:
    """A setting that the experiment moves: from ``low`` to ``high``, in ``unit``.

    Two names instead of numbers (a supplier, a nozzle) make a factor without a middle.
    """

    name: str
    low: float | str
    high: float | str
    unit: str = ""

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise InvalidInput("name", "must not be empty", self.name, "Name the setting as people at the machine do.")
        if isinstance(self.low, str) or isinstance(self.high, str):
            if not str(self.low).strip() or not str(self.high).strip() or str(self.low) == str(self.high):
                raise InvalidInput(self.name, "must have two different levels", self.low, "Name both of them.")
        elif not (math.isfinite(self.low) and math.isfinite(self.high) and self.low < self.high):
            raise InvalidInput(self.name, f"must have a low below its high ({self.high})", self.low, "Exchange them.")

    @property
    def is_number(self) -> bool:
        """Whether there is a middle between the levels."""
        return not (isinstance(self.low, str) or isinstance(self.high, str))

    @property
    def head(self) -> str:
        """The name with its unit, as a column says it."""
        return f"{self.name} ({self.unit})" if self.unit else self.name

    def setting(self, coded: float) -> float | str:
        """The setting in units: middle + coded · half range; a name for a factor of names.

        Raises InvalidInput for the middle of a factor of names.
        """
        if isinstance(self.low, str) or isinstance(self.high, str):
            if abs(coded) != 1.0:
                raise InvalidInput(self.name, "must be at one of its two levels", coded, "Leave center points out.")
            return str(self.high if coded > 0.0 else self.low)
        value = 0.5 * (self.low + self.high) + 0.5 * (self.high - self.low) * coded
        return float(f"{value:.10g}")


@dataclass(frozen=True)
class RunSheet:
    """What to run, in the order to run it. Row i of ``coded`` and ``settings`` is run i + 1.

    ``standard``: place of each run in the plan's standard order, from 1; ``block``: from 1; ``responses``: what is
    measured; ``shots``: how many readings of each response every run gives.
    """

    design: Design
    factors: tuple[Factor, ...]
    responses: tuple[str, ...]
    shots: int
    standard: NDArray[np.int64]
    coded: Array
    block: NDArray[np.int64]
    settings: tuple[tuple[float | str, ...], ...]
    randomized: bool

    def __len__(self) -> int:
        return len(self.standard)

    @property
    def blocked(self) -> bool:
        """Whether there is more than one block."""
        return len(np.unique(self.block)) > 1

    def table(self) -> DataTable:
        """The sheet to print and to fill in: one row for each reading, blanks (None) for the responses.

        Read back as a file, its columns fill the roles of the experiment study.
        """
        block = ("Block",) if self.blocked else ()
        shot = ("Reading",) if self.shots > 1 else ()
        heads = ("Run", *block, *(factor.head for factor in self.factors), *shot, *self.responses)
        rows = []
        for i, settings in enumerate(self.settings):
            own = (int(self.block[i]),) if self.blocked else ()
            for reading in range(1, self.shots + 1):
                number = (reading,) if self.shots > 1 else ()
                rows.append((i + 1, *own, *settings, *number, *([None] * len(self.responses))))
        return DataTable(name="run_sheet", title="Run sheet", columns=heads, rows=tuple(rows))

    def sentences(self) -> tuple[str, ...]:
        """What the plan is, what it can tell apart, and how to run it."""
        said = [f"{self.design.kind}: {len(self)} runs, {len(self) * self.shots} readings of each response."]
        kind = self.design.kind
        if "factorial" in kind and "folded" not in kind:
            said += alias_structure(self.design).sentences()
        elif kind.startswith("Plackett"):
            said.append("Main effects are clear of each other; every interaction of two is spread over many of them.")
        elif kind.startswith("one"):
            said.append("Each factor moves alone, so no interaction can be seen, and each effect rests on two runs.")
        order = "in the random order of this sheet" if self.randomized else "in the standard order"
        said.append(f"Run them {order}, from run 1 down.")
        if not self.randomized:
            said.append("Anything that drifts meanwhile will look like the factor that changes most slowly.")
        if self.blocked:
            said.append("Finish one block before the next: a block is a shift, a day or a batch of material.")
        return tuple(said)


def plan_experiment(
    factors: Sequence[Factor],
    plan: str = "full",
    *,
    seed: int,
    repeats: int = 1,
    center_points: int = 0,
    blocks: int = 1,
    shots: int = 1,
    responses: Sequence[str] = ("Response",),
    random_order: bool = True,
) -> RunSheet:
    """Return the run sheet of an experiment. Same arguments, same sheet, on every machine.

    ``plan``: a key of ``PLANS``; fractions are those of highest resolution. ``repeats``: how often the whole plan is
    run; ``center_points``: middle runs in each block; ``blocks``: 1, 2 or 4 (two-level full factorials) or as many as
    ``repeats``, one for each; ``shots``: readings in a row at each run. ``seed`` shuffles the runs inside each block.
    Example: three factors, 2 center points: 8 + 2 runs in random order.
    Raises InvalidInput where the plan cannot be made of these factors.
    """
    for name, count, most in (("repeats", repeats, 20), ("shots", shots, 50)):
        if count != int(count) or not 1 <= count <= most:
            raise InvalidInput(name, f"must be a whole number from 1 to {most}", count, "Use 1 or 2.")
    if not responses or any(not name.strip() for name in responses):
        raise InvalidInput("responses", "must name what is measured", list(responses), "For example Length (mm).")
    each = repeats > 1 and blocks == repeats  # every repeat is a block of its own
    names = [factor.name for factor in factors]
    design = choose_plan(names, plan, center_points=center_points, blocks=1 if each else blocks).replicated(repeats)
    if each:
        design = replace(design, block=np.repeat(np.arange(repeats, dtype=np.int64), len(design) // repeats))
    return run_sheet(design, factors, seed=seed, shots=shots, responses=responses, random_order=random_order)


def choose_plan(names: Sequence[str], plan: str = "full", *, center_points: int = 0, blocks: int = 1) -> Design:
    """Return the plan of that key of ``PLANS`` for named factors. Raises InvalidInput where it does not exist."""
    if plan not in PLANS:
        raise InvalidInput("plan", f"must be one of {', '.join(PLANS)}", plan, "Use full.")
    if center_points != int(center_points) or center_points < 0:
        raise InvalidInput("center_points", "must be a whole number, 0 or more", center_points, "Use 3 to 5.")
    named = factor_names(tuple(names), 2)
    if plan == "box_behnken":
        return box_behnken(named, center_points=max(1, center_points))
    if plan == "central_composite":
        return central_composite(named, center_points=center_points)
    design = one_at_a_time(named) if plan == "one_at_a_time" else _two_level(named, plan, _words(named, plan, blocks))
    return design.with_center_points(center_points) if center_points else design


def one_at_a_time(factors: int | list[str] | tuple[str, ...]) -> Design:
    """Return the base run with all factors low, then each factor high alone: what most people do first.

    Each effect is the difference of two single runs; interactions cannot be seen. Example: five factors, 6 runs.
    """
    names = factor_names(factors)
    coded = -np.ones((len(names) + 1, len(names)))
    for j in range(len(names)):
        coded[j + 1, j] = 1.0
    return Design("one factor at a time", names, coded, np.zeros(len(coded), dtype=np.int64))


def run_sheet(
    design: Design,
    factors: Sequence[Factor],
    *,
    seed: int,
    shots: int = 1,
    responses: Sequence[str] = ("Response",),
    random_order: bool = True,
) -> RunSheet:
    """Return the sheet of any design: random order inside each block, or the design's own.

    Raises InvalidInput when factors and design do not have the same names, or a middle is asked of names.
    """
    if tuple(factor.name for factor in factors) != design.factors:
        raise InvalidInput("factors", f"must be {', '.join(design.factors)}", len(factors), "Name each factor once.")
    place = np.arange(len(design))
    luck = random.uniform(seed, _ORDER_CAUSE, 0, place) if random_order else place.astype(np.float64)
    order = np.lexsort((luck, design.block))
    coded = design.coded[order]
    settings = tuple(tuple(f.setting(float(c)) for f, c in zip(factors, line, strict=True)) for line in coded.tolist())
    return RunSheet(
        design,
        tuple(factors),
        tuple(responses),
        int(shots),
        order.astype(np.int64) + 1,
        coded,
        np.unique(design.block[order], return_inverse=True)[1].astype(np.int64) + 1,
        settings,
        random_order,
    )


def _two_level(names: tuple[str, ...], plan: str, words: tuple[str, ...]) -> Design:
    if plan == "plackett_burman":
        return plackett_burman(names)
    if plan == "full":
        return full_factorial(names, blocks=words)
    runs = 2 ** (len(names) - (1 if plan == "half" else 2))
    if runs <= len(names):
        raise InvalidInput("plan", f"must leave more runs than {len(names)} factors", plan, "Use a larger plan.")
    return best_fraction(names, runs)


def _words(names: tuple[str, ...], plan: str, blocks: int) -> tuple[str, ...]:
    if blocks == 1:
        return ()
    words = _BLOCK_WORDS.get((len(names), blocks)) if plan == "full" else None
    if words is None:
        remedy = "Use 1 block, a full factorial of 2 to 5 factors in 2 or 4 blocks, or repeats."
        raise InvalidInput("blocks", f"must fit a plan of {len(names)} factors ({plan})", blocks, remedy)
    return words
