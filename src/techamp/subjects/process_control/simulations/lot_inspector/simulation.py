"""Lot inspector: choose a plan for bought motors, and pay for looking, for rejecting and for what slips through."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from techamp.contract import Inputs, Measure, Outcome, Simulation, Trace
from techamp.subjects.process_control.simulations.lot_inspector.inputs import LotInputs, policy, prices, supplier
from techamp.subjects.process_control.simulations.lot_inspector.receiving import (
    as_columns,
    receive,
    values,
)

if TYPE_CHECKING:
    from techamp.subjects.process_control.simulations.lot_inspector.receiving import Lots


# What a plan costs and what it gets wrong. The notes compare it with other ways and count the stops.
SHOWN = ("cost_per_lot", "escapes", "inspected", "good_rejected", "bad_accepted")


class LotInspector(Simulation[LotInputs]):
    """Receiving inspection of the LA-20 plant: motors on pallets of 250."""

    id: ClassVar[str] = "process_control.lot_inspector"
    version: ClassVar[int] = 1
    title: ClassVar[str] = "Lot inspector"
    summary: ClassVar[str] = (
        "Pallets of motors come in. Choose what to inspect and when to reject. Looking costs, and so does not looking."
    )
    Inputs: ClassVar[type[Inputs]] = LotInputs

    def run(self, inputs: LotInputs, seed: int) -> Outcome:
        """One series of lots."""
        from techamp.subjects.process_control.simulations.lot_inspector.pictures import charts, tables
        from techamp.subjects.process_control.simulations.lot_inspector.words import notes

        chosen, lots = policy(inputs), _received(inputs, seed)
        found = values(lots, inputs.lot_size, prices(inputs))
        return Outcome(
            measures=tuple(measure for measure in _measures(found) if measure.name in SHOWN),
            charts=charts(inputs, chosen, lots),
            tables=tables(chosen, lots),
            trace=_trace(inputs, lots),
            notes=notes(inputs, chosen, lots, found),
        )

    def measures(self, inputs: LotInputs, seeds: list[int]) -> dict[str, list[float]]:
        """All seeds without charts; the same numbers as ``run``."""
        runs = [values(_received(inputs, seed), inputs.lot_size, prices(inputs)) for seed in seeds]
        return {name: [run[name] for run in runs] for name in SHOWN} if runs else {}


def _received(inputs: LotInputs, seed: int) -> Lots:
    return receive(seed, inputs.lots, inputs.lot_size, supplier(inputs), policy(inputs), prices(inputs))


def _trace(inputs: LotInputs, lots: Lots) -> Trace:
    from techamp.subjects.process_control.simulations.lot_inspector.words import INSPECTION_NAMES, plan_words

    plans = {name: plan_words(plan) for name, plan in policy(inputs).plans.items()}
    stages = {
        name: {
            "sizes": list(plan.stages.sizes),
            "accepts": list(plan.stages.accepts),
            "rejects": list(plan.stages.rejects),
        }
        for name, plan in policy(inputs).plans.items()
    }
    return Trace(
        t=tuple(float(k + 1) for k in range(inputs.lots)),
        unit="lots",
        columns=as_columns(lots),
        fixed={
            "size": inputs.lot_size,
            "plans": plans,
            "stages": stages,
            "names": list(INSPECTION_NAMES),
            "kind": inputs.plan,
            "back": inputs.rejected == "give_back",
            "switching": policy(inputs).switching,
        },
    )


def _measures(found: dict[str, float]) -> tuple[Measure, ...]:
    def one(name: str, label: str, unit: str, better: str, decimals: int = 0, help: str = "") -> Measure:
        return Measure.model_validate(
            {
                "name": name,
                "label": label,
                "value": found[name],
                "unit": unit,
                "better": better,
                "decimals": decimals,
                "help": help,
            }
        )

    return (
        one("cost_per_lot", "Cost per lot", "USD", "lower", 0, "Inspecting, rejecting and escapes, over all lots."),
        one("escapes", "Bad motors that reached the line", "motors", "lower"),
        one("inspected", "Motors inspected", "%", "lower", 0, "Sorting of rejected lots included."),
        one("good_rejected", "Lots of good times rejected", "lots", "lower"),
        one("bad_accepted", "Lots of bad times accepted", "lots", "lower"),
        one("stops", "Supplier stopped", "times", "", 0, "Ten lots in a row on tightened inspection."),
        one("none_cost", "Letting every lot through", "USD", "lower", 0, "Cost per lot with the same luck."),
        one("all_cost", "Inspecting every motor", "USD", "lower", 0, "Cost per lot."),
        one(
            "all_knowing",
            "Nobody can do better than",
            "USD",
            "lower",
            0,
            "Cost per lot for someone who knows each lot and lets it pass or has all of it inspected.",
        ),
    )
