"""Watch the lathe: sample shafts, plot them, act on signals, and pay for all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from techamp.contract import Inputs, Measure, Outcome, Simulation
from techamp.subjects.process_control.simulations.watch_the_lathe.inputs import (
    LatheInputs,
    plant_of,
    policy_of,
    shafts_of,
)

if TYPE_CHECKING:
    from techamp.subjects.process_control.simulations.watch_the_lathe.plans import Memory, Week


class WatchTheLathe(Simulation[LatheInputs]):
    """The LA-20 shaft, 8.000 mm h6, on the lathe: wear, chips, warm coolant, and the one who watches."""

    id: ClassVar[str] = "process_control.watch_the_lathe"
    version: ClassVar[int] = 1
    title: ClassVar[str] = "Watch the lathe"
    summary: ClassVar[str] = (
        "Choose how often to gauge a shaft, what to plot and what to do about a signal. Checking costs, "
        "and so does not checking."
    )
    Inputs: ClassVar[type[Inputs]] = LatheInputs

    # The kernel's numbers and arrays are imported when a run needs them: a page that only shows the title stays quick.

    def run(self, inputs: LatheInputs, seed: int) -> Outcome:
        """One shift or one week."""
        from techamp.subjects.process_control.simulations.watch_the_lathe.pictures import charts, tables
        from techamp.subjects.process_control.simulations.watch_the_lathe.plans import Memory
        from techamp.subjects.process_control.simulations.watch_the_lathe.replay import trace
        from techamp.subjects.process_control.simulations.watch_the_lathe.words import notes

        week, values = _played(inputs, Memory(shafts_of(inputs)).draw(seed))
        return Outcome(
            measures=_measures(values),
            charts=charts(inputs, week),
            tables=tables(inputs, week),
            trace=trace(inputs, week),
            notes=notes(inputs, week, values),
        )

    def measures(self, inputs: LatheInputs, seeds: list[int]) -> dict[str, list[float]]:
        """All seeds in one memory, without charts; the same numbers as ``run``."""
        from techamp.subjects.process_control.simulations.watch_the_lathe.plans import Memory

        memory, found = Memory(shafts_of(inputs)), dict[str, list[float]]()
        for seed in seeds:
            for name, value in _played(inputs, memory.draw(seed))[1].items():
                if value is not None:
                    found.setdefault(name, []).append(value)
        return found


def _played(inputs: LatheInputs, memory: Memory) -> tuple[Week, dict[str, float | None]]:
    """The player's week with this luck, and its measures."""
    import numpy as np

    from techamp.subjects.process_control.simulations.watch_the_lathe import kernel, plans

    plant = plans.flat(kernel.PLANT, plant_of(inputs))
    best, _ = plans.best_plan(memory.n, tuple(plant.tolist()))
    best_cost = plans.watch(memory, np.array(best), plant).cost_per_100
    bound = plans.clairvoyant(memory, plant)
    week = plans.watch(memory, plans.flat(kernel.POLICY, policy_of(inputs)), plant)
    return week, _values(week, memory.n, best_cost, bound)


def _values(week: Week, n: int, best_cost: float, bound: float) -> dict[str, float | None]:
    totals = week.totals
    ended = totals["fault_ends"]
    return {
        "cost_per_100": week.cost_per_100,
        "escapes": totals["escapes"],
        "scrap": totals["scrap"],
        "in_spec": 100.0 * totals["in_spec"] / n,
        "false_alarms": totals["false_alarms"],
        "shafts_to_find": totals["fault_wait"] / ended if ended else None,
        "best_plan": best_cost,
        "all_knowing": bound,
    }


def _measures(values: dict[str, float | None]) -> tuple[Measure, ...]:
    return (
        Measure(
            name="cost_per_100",
            label="Cost per 100 good shafts",
            value=values["cost_per_100"],
            unit="USD",
            better="lower",
            decimals=2,
            help="Gauging, stops, inserts, scrap and escapes, divided by the good shafts sent on, times 100.",
        ),
        Measure(
            name="escapes",
            label="Bad shafts sent on",
            value=values["escapes"],
            unit="shafts",
            better="lower",
            decimals=0,
        ),
        Measure(
            name="scrap",
            label="Shafts scrapped",
            value=values["scrap"],
            unit="shafts",
            better="lower",
            decimals=0,
            help="Found bad by the gauge. The gauge errs a little, so a few of them were good.",
        ),
        Measure(
            name="in_spec",
            label="Made within tolerance",
            value=values["in_spec"],
            unit="%",
            better="higher",
            decimals=2,
        ),
        Measure(
            name="false_alarms",
            label="False alarms",
            value=values["false_alarms"],
            unit="signals",
            better="lower",
            decimals=0,
            help=(
                "Signals while no insert was chipped, the coolant was right and the mean was within one "
                "sigma of the plan."
            ),
        ),
        Measure(
            name="shafts_to_find",
            label="Shafts made before a fault was gone",
            value=values["shafts_to_find"],
            unit="shafts",
            better="lower",
            help="The average over the faults that ended in this run, whether a signal or a planned change ended them.",
        ),
        Measure(
            name="best_plan",
            label="Best plan we tried, same luck",
            value=values["best_plan"],
            unit="USD",
            better="lower",
            decimals=2,
            help="Cost per 100 good shafts of the one plan that did best on average over 30 other weeks.",
        ),
        Measure(
            name="all_knowing",
            label="Nobody can do better than",
            value=values["all_knowing"],
            unit="USD",
            better="lower",
            decimals=2,
            help=(
                "Cost per 100 good shafts for someone who knows every cause at once and every diameter without a gauge."
            ),
        ),
    )
