"""Chart duel: choose two charts and see which one finds a hidden shift first, and at what price."""

from __future__ import annotations

from typing import ClassVar

from techamp.contract import Inputs, Measure, Outcome, Simulation
from techamp.subjects.process_control.simulations.chart_duel.inputs import ChartDuelInputs

# The race and its price. The rest stands in a table, side by side.
SHOWN = ("a_first", "delay_a", "delay_b", "arl0_a", "arl0_b")


class ChartDuel(Simulation[ChartDuelInputs]):
    """Two charts on the same points, over many runs."""

    id: ClassVar[str] = "process_control.chart_duel"
    version: ClassVar[int] = 1
    title: ClassVar[str] = "Chart duel"
    summary: ClassVar[str] = (
        "Two charts watch the same process. Choose them, hide a shift, and see how long each one takes, and how often "
        "it gives a false alarm."
    )
    Inputs: ClassVar[type[Inputs]] = ChartDuelInputs

    # The kernel's numbers and arrays are imported when a run needs them: a page that only shows the title stays quick.

    def run(self, inputs: ChartDuelInputs, seed: int) -> Outcome:
        """All runs of one duel."""
        from techamp.subjects.process_control.simulations.chart_duel.fighting import fight, values
        from techamp.subjects.process_control.simulations.chart_duel.pictures import charts, tables
        from techamp.subjects.process_control.simulations.chart_duel.replay import trace
        from techamp.subjects.process_control.simulations.chart_duel.theory import fighters
        from techamp.subjects.process_control.simulations.chart_duel.words import notes

        pair = fighters(inputs)
        fought = fight(inputs, pair, seed)
        found = values(inputs, pair, fought)
        return Outcome(
            measures=tuple(measure for measure in _measures(found) if measure.name in SHOWN),
            charts=charts(inputs, pair, fought),
            tables=tables(fought, found),
            trace=trace(inputs, pair, fought),
            notes=notes(inputs, pair, fought, found),
        )

    def measures(self, inputs: ChartDuelInputs, seeds: list[int]) -> dict[str, list[float]]:
        """The same numbers without pictures."""
        from techamp.subjects.process_control.simulations.chart_duel.fighting import fight, values
        from techamp.subjects.process_control.simulations.chart_duel.theory import fighters

        pair, found = fighters(inputs), dict[str, list[float]]()
        for seed in seeds:
            worked = values(inputs, pair, fight(inputs, pair, seed))
            for name in SHOWN:
                found.setdefault(name, []).append(worked[name])
        return found


def _measures(values: dict[str, float]) -> tuple[Measure, ...]:
    found = []
    for side in ("A", "B"):
        low = side.lower()
        found += [
            Measure(
                name=f"delay_{low}",
                label=f"{side}: points until it finds the shift",
                value=values[f"delay_{low}"],
                unit="points",
                better="lower",
                help="From the shift to the signal, the average over all runs.",
            ),
            Measure(
                name=f"arl0_{low}",
                label=f"{side}: one false alarm in",
                value=values[f"arl0_{low}"],
                unit="points",
                better="higher",
                decimals=0,
                help="Average run length while nothing changes, from theory.",
            ),
            Measure(
                name=f"within_{low}",
                label=f"{side}: nine of ten runs found within",
                value=values[f"within_{low}"],
                unit="points",
                better="lower",
                decimals=0,
            ),
            Measure(
                name=f"false_{low}",
                label=f"{side}: runs with a false alarm",
                value=values[f"false_{low}"],
                unit="%",
                better="lower",
                decimals=0,
                help="Runs with a signal before the shift came.",
            ),
            Measure(
                name=f"expected_{low}",
                label=f"{side}: points that theory expects",
                value=values[f"expected_{low}"],
                unit="points",
                better="lower",
                help="Average run length at this shift, from a fresh start.",
            ),
        ]
    first = Measure(
        name="a_first",
        label="Runs in which A was first",
        value=values["a_first"],
        unit="%",
        better="higher",
        decimals=0,
        help="When both signal at the same point it counts as half.",
    )
    return (first, *found)
