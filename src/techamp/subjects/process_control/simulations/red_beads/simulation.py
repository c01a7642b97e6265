"""The red beads: six willing workers, one bowl, and a foreman who ranks them."""

from __future__ import annotations

from typing import ClassVar

from techamp.contract import Inputs, Measure, Outcome, Simulation
from techamp.subjects.process_control.simulations.red_beads import dipping, judging
from techamp.subjects.process_control.simulations.red_beads.inputs import NOBODY, RedBeadsInputs
from techamp.subjects.process_control.simulations.red_beads.pictures import charts, tables, trace
from techamp.subjects.process_control.simulations.red_beads.words import notes


class RedBeads(Simulation[RedBeadsInputs]):
    """Deming's experiment with a paddle and a bowl, and with a bowl that really is different."""

    id: ClassVar[str] = "process_control.red_beads"
    version: ClassVar[int] = 1
    title: ClassVar[str] = "The red beads"
    summary: ClassVar[str] = (
        "Six people dip for white beads and are ranked by the red ones. Find out what the ranking is worth, and how to "
        "see a difference that is real."
    )
    Inputs: ClassVar[type[Inputs]] = RedBeadsInputs

    def run(self, inputs: RedBeadsInputs, seed: int) -> Outcome:
        """All days of one crew."""
        dips = dipping.work(inputs, seed)
        found = judging.values(inputs, dips)
        return Outcome(
            measures=tuple(m for m in _measures(found) if m.name in _shown(inputs)),
            charts=charts(inputs, dips),
            tables=tables(inputs, dips),
            trace=trace(inputs, dips),
            notes=notes(inputs, dips, found),
        )

    def measures(self, inputs: RedBeadsInputs, seeds: list[int]) -> dict[str, list[float]]:
        """The same numbers without pictures."""
        found: dict[str, list[float]] = {}
        shown = _shown(inputs)
        for seed in seeds:
            for name, value in judging.values(inputs, dipping.work(inputs, seed)).items():
                if value is not None and name in shown:
                    found.setdefault(name, []).append(value)
        return found


def _shown(inputs: RedBeadsInputs) -> set[str]:
    """What the page shows: what belongs to another bowl, or to the foreman's act, only where there is one."""
    always = {"per_paddle", "bets_won", "after_praise", "after_blame", "signals", "beads"}
    other_bowl = {"accused", "odd_found"} if inputs.odd != NOBODY else set()
    return always | other_bowl | ({"second_half"} if inputs.boss != "praise" else set())


def _measures(values: dict[str, float | None]) -> tuple[Measure, ...]:
    return (
        Measure(
            name="per_paddle",
            label="Red beads in a paddle",
            value=values["per_paddle"],
            unit="beads",
            better="lower",
            help="The average over all paddles.",
        ),
        Measure(
            name="bets_won",
            label="Your bets that paid",
            value=values["bets_won"],
            unit="%",
            better="higher",
            decimals=0,
            help="Share of the days on which your person had the fewest red beads. A tie of two pays half.",
        ),
        Measure(
            name="by_chance",
            label="Bets that chance would win",
            value=values["by_chance"],
            unit="%",
            decimals=0,
            help="One in six with six people, one in three with three.",
        ),
        Measure(
            name="after_praise",
            label="Change on the day after praise",
            value=values["after_praise"],
            unit="beads",
            help="Red beads of the praised person on the next day, less those of the day of praise, on average.",
        ),
        Measure(
            name="after_blame",
            label="Change on the day after a warning",
            value=values["after_blame"],
            unit="beads",
            help="Red beads of the warned person on the next day, less those of the day of the warning, on average.",
        ),
        Measure(
            name="second_half",
            label="Second half less first half",
            value=values["second_half"],
            unit="beads",
            better="lower",
            help="Red beads in a paddle, after the foreman acted at half time, less before.",
        ),
        Measure(
            name="signals",
            label="Points beyond a limit",
            value=values["signals"],
            unit="points",
            decimals=0,
        ),
        Measure(
            name="accused",
            label="People blamed for the bowl",
            value=values["accused"],
            unit="people",
            better="lower",
            decimals=0,
            help="People who dip from the common bowl and have a point above the upper limit all the same.",
        ),
        Measure(
            name="odd_found",
            label="The other bowl was found",
            value=values["odd_found"],
            unit="%",
            better="higher",
            decimals=0,
            help="100 when the one who dips from another bowl has a point beyond a limit, else 0.",
        ),
        Measure(
            name="beads",
            label="Beads counted",
            value=values["beads"],
            unit="beads",
            better="lower",
            decimals=0,
            help="Every bead in every paddle has to be looked at.",
        ),
    )
