"""Tries a game activity before a learner does."""

from __future__ import annotations

from techamp.campus.practice.files import line_of
from techamp.campus.program import schema
from techamp.campus.program.curriculum import Curriculum
from techamp.campus.program.problems import Problem
from techamp.contract import InvalidInput, registry


def check_game(activity: schema.Played, curriculum: Curriculum) -> list[Problem]:
    """The game is there, takes the scenario, and has the rival that is to be beaten."""
    module = curriculum.modules[activity.subject, activity.module]
    file = activity.folder / "module.yaml"
    at = f"activities.{module.activities.index(activity)}"
    if activity.game not in registry.game_ids():
        known = ", ".join(registry.game_ids())
        return [Problem(file, line_of(file, f"{at}.game"), f"There is no game {activity.game!r}.", f"Use: {known}.")]
    game, problems = registry.game(activity.game), []
    try:
        type(game).Scenario.read(activity.scenario)
    except InvalidInput as error:
        problems += [
            Problem(file, line_of(file, f"{at}.scenario"), str(fault), "Mend the scenario.") for fault in error.faults
        ]
    if activity.beats and activity.beats not in game.rivals:
        known = ", ".join(game.rivals)
        problems.append(
            Problem(file, line_of(file, f"{at}.beats"), f"The game has no rival {activity.beats!r}.", f"Use: {known}.")
        )
    return problems
