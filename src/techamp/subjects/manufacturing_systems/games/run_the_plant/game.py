"""The LA-20 plant for 300 days: promises, machines, stock, lots, hours and cash."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from techamp.contract import Game, Inputs, InvalidInput, Measure, MoveKind, Outcome
from techamp.subjects.manufacturing_systems.games.run_the_plant import calendar, debrief, report, rivals, scenario
from techamp.subjects.manufacturing_systems.games.run_the_plant.decisions import (
    MOVES,
    Floor,
    Hours,
    Machine,
    Maintenance,
    Motors,
    Promise,
)
from techamp.subjects.manufacturing_systems.games.run_the_plant.numbers import INSTALL_DAYS, KINDS, NAMES, RESALE
from techamp.subjects.manufacturing_systems.games.run_the_plant.scenario import DAYS, FIRST_DAY
from techamp.subjects.manufacturing_systems.games.run_the_plant.world import World

_RIVALS = {"careful planner": rivals.careful_planner, "hands off": rivals.hands_off}


class RunThePlant(Game[scenario.Scenario, World]):
    """Run the model plant. Its rules stand in ``model.md``."""

    id = "manufacturing_systems.run_the_plant"
    version = 1
    title = "Run the plant"
    summary = (
        "The LA-20 plant has run for 30 days; the next 270 are yours. Promise lead times, buy and sell machines, order "
        "motors, set lot sizes and hours. Demand will change. The team with the most cash wins."
    )
    Scenario = scenario.Scenario
    moves: ClassVar[tuple[MoveKind, ...]] = MOVES
    rivals: ClassVar[Mapping[str, str]] = {
        "careful planner": "Forecasts from the last weeks, buys before a station is full, promises what it can keep.",
        "hands off": "Leaves the plant as it was found.",
    }

    def start(self, scenario: scenario.Scenario, seed: int) -> World:
        world = calendar.new_world(scenario, seed)
        calendar.go_on(world, FIRST_DAY)
        return world

    def now(self, world: World) -> int:
        return world.day

    def last(self, world: World) -> int:
        return DAYS + 1

    def standing(self, world: World, kind: str) -> dict[str, Any]:
        rules: dict[str, Inputs] = {
            "promise": world.promise,
            "floor": world.floor_rules,
            "hours": world.hours,
            "maintenance": world.maintenance,
            "motors": world.motor_rules,
        }
        return rules[kind].model_dump() if kind in rules else {}

    def decide(self, world: World, kind: str, inputs: Inputs) -> str:
        if world.day > DAYS:
            raise InvalidInput("day", "must be at most 300", world.day, "The game is over; read the debrief.")
        match inputs:
            case Promise():
                world.promise = inputs
                said = f"Promised {inputs.days} days from now on."
            case Floor():
                world.floor_rules = inputs
                limit = f", at most {inputs.cap:,} on the floor" if inputs.cap else ""
                order = dict(next(f for f in Floor.fields() if f.name == "rule").options)[inputs.rule].lower()
                said = f"Lots of {inputs.lot}, {order}{limit}."
            case Hours():
                world.hours = inputs
                said = f"Overtime of {inputs.overtime} minutes a day." if inputs.overtime else "No overtime."
            case Maintenance():
                world.maintenance = inputs
                said = f"Every machine is serviced every {inputs.every} days."
            case Motors():
                world.motor_rules = inputs
                said = f"{inputs.quantity:,} motors are ordered when stock falls to {inputs.point:,}."
            case Machine() if kind == "buy":
                said = _buy(world, NAMES.index(inputs.station))
            case Machine():
                said = _sell(world, NAMES.index(inputs.station))
            case _:
                raise LookupError(f"Run the plant has no decision {kind!r}.")
        world.said.append((world.day, said))
        return said

    def advance(self, world: World, to: int) -> None:
        calendar.go_on(world, to)

    def view(self, world: World) -> Outcome:
        return report.outcome(world)

    def score(self, world: World) -> Measure:
        return report.score(world)

    def rival(self, name: str, world: World) -> list[tuple[str, dict[str, Any]]]:
        return _RIVALS[name](world)

    def debrief(self, world: World, rivals: Mapping[str, World]) -> Outcome:
        return debrief.outcome(world, rivals)


def _buy(world: World, station: int) -> str:
    kind = KINDS[station]
    if world.cash < kind.price:
        raise InvalidInput(
            kind.label,
            f"costs {kind.price:,.0f} USD, to be paid from cash",
            round(world.cash),
            "Wait until there is cash for it, or choose another.",
        )
    world.pay("Machines", -kind.price)
    world.ordered_machines.append((world.day + INSTALL_DAYS, station))
    return f"Bought a machine for {kind.label}, ready on day {world.day + INSTALL_DAYS}."


def _sell(world: World, station: int) -> str:
    kind = KINDS[station]
    staying = [machine for machine in world.machines[station] if not machine.leaves]
    if len(staying) < 2:
        raise InvalidInput(
            kind.label, "must keep one machine", len(staying), "Choose a station that has two or more machines."
        )
    machine = max(staying, key=lambda m: (m.bought, not m.busy, m.number))
    if machine.busy:
        machine.leaves = True
    else:
        world.machines[station].remove(machine)
    world.pay("Machines", RESALE * kind.price)
    return f"Sold a machine of {kind.label}, for {RESALE * kind.price:,.0f} USD."
