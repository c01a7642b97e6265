"""Goldratt's dice game: equal stations, honest dice, and less comes out than anybody expects."""

from __future__ import annotations

from typing import ClassVar

from techamp.contract import Inputs, Measure, Outcome, Simulation
from techamp.subjects.manufacturing_systems.simulations.dice_game import rounds
from techamp.subjects.manufacturing_systems.simulations.dice_game.inputs import DiceGameInputs, strong_station
from techamp.subjects.manufacturing_systems.simulations.dice_game.pictures import charts, many, tables, trace
from techamp.subjects.manufacturing_systems.simulations.dice_game.words import Values, notes, one


class DiceGame(Simulation[DiceGameInputs]):
    """Stations in a row, a die at each: dependence and chance together."""

    id: ClassVar[str] = "manufacturing_systems.dice_game"
    version: ClassVar[int] = 1
    title: ClassVar[str] = "The dice game"
    summary: ClassVar[str] = (
        "Roll a die at each station and move as many pennies, if they are there. Find out where the output goes, and "
        "what brings it back."
    )
    Inputs: ClassVar[type[Inputs]] = DiceGameInputs

    def run(self, inputs: DiceGameInputs, seed: int) -> Outcome:
        """One game, with 300 others behind it for the typical course."""
        game = rounds.play(inputs, [seed])
        found = _values(inputs, [seed], game)
        typical = rounds.values(inputs, many(inputs))
        return Outcome(
            measures=_measures(inputs, found),
            charts=charts(inputs, game),
            tables=tables(game),
            trace=trace(inputs, game),
            notes=notes(inputs, game, found, typical),
        )

    def measures(self, inputs: DiceGameInputs, seeds: list[int]) -> dict[str, list[float]]:
        """All games at once, without pictures; the same numbers as ``run``."""
        found = _values(inputs, seeds, rounds.play(inputs, seeds))
        return {name: found[name].tolist() for name, *_rest in _shown(inputs)}


def _values(inputs: DiceGameInputs, seeds: list[int], games: rounds.Games) -> Values:
    """Measures, with the differences to the same rolls without the limit, and without the stronger station."""
    found = rounds.values(inputs, games)
    free = inputs.model_copy(update={"limit": "push"})
    pushed = found if inputs.limit == "push" else rounds.values(free, rounds.move(free, games.rolls))
    equal = inputs.model_copy(update={"strong": "none"})
    plain = found if strong_station(inputs) < 0 else rounds.values(equal, rounds.play(equal, seeds))
    found["against_push"] = found["output"] - pushed["output"]
    found["wip_saved"] = pushed["wip"] - found["wip"]
    found["gain"] = found["output"] - plain["output"]
    return found


_SHOWN = (
    # name, label, unit, better, decimals, help
    ("output", "Pennies out", "pennies", "higher", 0, "All that left the last station."),
    ("of_dice", "Of what the dice promise", "%", "higher", 0, "Pennies out, of 3.5 a round."),
    ("wip", "Pennies waiting, on average", "pennies", "lower", 1, "In all piles between stations, after each round."),
    ("wip_end", "Pennies waiting at the end", "pennies", "lower", 0, ""),
    (
        "time_in_line",
        "Rounds to get through",
        "rounds",
        "lower",
        1,
        "By Little’s law: pennies waiting on average, divided by pennies out in a round.",
    ),
    (
        "starved",
        "Rolls lost, starved",
        "%",
        "lower",
        1,
        "Dots rolled that could not be used because too little waited.",
    ),
    (
        "blocked",
        "Rolls lost, blocked",
        "%",
        "lower",
        1,
        "Dots rolled that could not be used because there was no room ahead.",
    ),
    (
        "against_push",
        "Against no limit, same rolls",
        "pennies",
        "higher",
        0,
        "Pennies out, less those without a limit.",
    ),
    (
        "gain",
        "Against equal stations, same luck",
        "pennies",
        "higher",
        0,
        "Pennies out, less those without the stronger station.",
    ),
)


def _shown(inputs: DiceGameInputs) -> list[tuple[str, str, str, str, int, str]]:
    """What is shown of these inputs: no difference to what they are themselves."""
    without = {"against_push"} if inputs.limit == "push" else set()
    without |= {"blocked"} if inputs.limit == "push" else set()
    without |= {"gain"} if strong_station(inputs) < 0 else set()
    return [row for row in _SHOWN if row[0] not in without]


def _measures(inputs: DiceGameInputs, found: Values) -> tuple[Measure, ...]:
    return tuple(
        Measure(
            name=name,
            label=label,
            value=one(found[name]),
            unit=unit,
            better=better,
            decimals=decimals,
            help=help_,
        )
        for name, label, unit, better, decimals, help_ in _shown(inputs)
    )
