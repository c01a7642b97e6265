"""Tries every simulation activity, challenge and conversation before a learner does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from techamp.campus.play import challenges
from techamp.campus.play.answer_check import answer_faults
from techamp.campus.play.conversation import talk_of
from techamp.campus.practice.files import line_of
from techamp.campus.program import schema
from techamp.campus.program.curriculum import Curriculum, CurriculumError
from techamp.campus.program.problems import Problem
from techamp.campus.program.study_check import study_faults
from techamp.contract import Inputs, InvalidInput, Outcome, registry
from techamp.contract.simulation import Simulation

PLANT = "$plant."


@dataclass(frozen=True)
class Place:
    """A stretch of a YAML file: findings are told with their lines."""

    file: Path
    at: str = ""

    def problem(self, where: str, what: str, mend: str) -> Problem:
        return Problem(self.file, line_of(self.file, f"{self.at}.{where}".strip(".")), what, mend)


def check_play(activity: schema.Play, curriculum: Curriculum) -> list[Problem]:
    """Problems of a simulation activity and of its challenges."""
    place = _in_module(activity, curriculum)
    problems = list(_setting(place, activity.simulation, activity.inputs, activity.free, curriculum))
    if not problems and activity.predict and activity.predict.measure:
        problems += _measures(
            place, "predict.measure", activity.simulation, activity.inputs, [activity.predict.measure], curriculum
        )
    if not problems and activity.predict and activity.predict.kind == "curve":
        problems += _chart(place, activity, curriculum)
    if activity.explain and sum(option.right for option in activity.explain.options) != 1:
        problems.append(place.problem("explain.options", "Not exactly one reason is right.", "Mark one: right: true."))
    if activity.study:
        found = study_faults(activity.study.id, activity.study.settings)
        problems += [place.problem("study" if at == "study" else f"study.{at}", what, mend) for at, what, mend in found]
    for name in activity.challenges:
        problems += check_challenge(activity, name, curriculum)
    return problems


def check_challenge(activity: schema.Play, name: str, curriculum: Curriculum) -> list[Problem]:
    """Problems of one challenge file."""
    place = Place(activity.folder / f"{name}.yaml")
    try:
        challenge = challenges.load(activity, name)
    except CurriculumError as error:
        return [Problem(place.file, 0, str(error).removeprefix(f"{place.file}: "), "")]
    problems = list(_setting(place, challenge.simulation, challenge.inputs, challenge.free, curriculum))
    problems += _sound_challenge(place, challenge, name, curriculum)
    if not problems:
        wanted = [target.measure for target in challenge.targets]
        problems += _measures(place, "targets", challenge.simulation, challenge.inputs, wanted, curriculum)
        problems += _hidden(place, challenge, curriculum)
    if not problems:
        found = answer_faults(challenge, _with_plant(challenge.inputs, curriculum))
        problems += [place.problem(*finding) for finding in found]
    return problems


def _hidden(place: Place, challenge: schema.Challenge, curriculum: Curriculum) -> Iterator[Problem]:
    """What is hidden is fixed, and the scene can do without it: the trace lies open in the page."""
    trace = _outcome(challenge.simulation, challenge.inputs, curriculum).trace
    for name in challenge.hidden:
        if name not in challenge.inputs or name in challenge.free:
            yield place.problem("hidden", f"{name!r} is hidden and not fixed.", "Fix it under inputs; do not free it.")
        elif trace and name in trace.fixed:
            what = f"The scene of {challenge.simulation} shows {name!r}."
            yield place.problem("hidden", what, "It cannot be hidden; take it out of hidden.")


def _chart(place: Place, activity: schema.Play, curriculum: Curriculum) -> Iterator[Problem]:
    """The chart that a curve is held against comes out."""
    assert activity.predict is not None
    known = [c.name for c in _outcome(activity.simulation, activity.inputs, curriculum).charts]
    if activity.predict.chart not in known:
        what = f"{activity.simulation} draws no chart {activity.predict.chart!r}."
        yield place.problem("predict.chart", what, f"Use: {', '.join(known)}.")


def _outcome(simulation_id: str, values: dict[str, Any], curriculum: Curriculum) -> Outcome:
    simulation = registry.simulation(simulation_id)
    return simulation.run(_inputs_of(simulation).read(_with_plant(values, curriculum)), 1)


def _sound_challenge(place: Place, challenge: schema.Challenge, name: str, curriculum: Curriculum) -> Iterator[Problem]:
    if challenge.id != name:
        yield place.problem("id", f"The id is {challenge.id!r}.", f"Write the file's own name: {name}.")
    if challenge.skill not in curriculum.skills:
        yield place.problem("skill", f"skills.yaml has no {challenge.skill!r}.", "Name a skill that it has.")
    for number, target in enumerate(challenge.targets):
        if (target.at_most is None) == (target.at_least is None):
            yield place.problem(f"targets.{number}", "A target has one limit.", "Write at_most or at_least.")
    if challenge.writes:
        if challenge.writes.input not in challenge.free:
            yield place.problem("writes.input", "What is written must be free.", f"Use one of: {challenge.free}.")
        yield from _plant_value(place, "writes.path", challenge.writes.path, curriculum)


def _setting(
    place: Place, simulation_id: str, values: dict[str, Any], free: list[str], curriculum: Curriculum
) -> Iterator[Problem]:
    """The simulation is there, takes these inputs, and has the free ones."""
    if simulation_id not in registry.simulation_ids():
        yield _unknown(place, "simulation", "simulation", simulation_id, registry.simulation_ids())
        return
    lost = list(_lost_plant_values(place, values, curriculum))
    yield from lost
    model = _inputs_of(registry.simulation(simulation_id))
    for name in free:
        if name not in model.model_fields:
            known = ", ".join(model.model_fields)
            yield place.problem("free", f"{simulation_id} has no input {name!r}.", f"Use: {known}.")
    if lost:
        return
    try:
        model.read(_with_plant(values, curriculum))
    except InvalidInput as error:
        for fault in error.faults:
            yield place.problem("inputs", str(fault), "")


def _inputs_of(simulation: Simulation[Any]) -> type[Inputs]:
    return type(simulation).Inputs


def _measures(
    place: Place, where: str, simulation_id: str, values: dict[str, Any], wanted: list[str], curriculum: Curriculum
) -> Iterator[Problem]:
    """Run it once: every measure that is asked for must come out."""
    simulation = registry.simulation(simulation_id)
    found = simulation.measures(_inputs_of(simulation).read(_with_plant(values, curriculum)), [1])
    for name in wanted:
        if name not in found:
            yield place.problem(where, f"{simulation_id} gives no measure {name!r}.", f"Use: {', '.join(found)}.")


def _lost_plant_values(place: Place, values: dict[str, Any], curriculum: Curriculum) -> Iterator[Problem]:
    for name, value in values.items():
        if isinstance(value, str) and value.startswith(PLANT):
            yield from _plant_value(place, f"inputs.{name}", value.removeprefix(PLANT), curriculum)


def _plant_value(place: Place, where: str, path: str, curriculum: Curriculum) -> Iterator[Problem]:
    try:
        curriculum.plant_value(path)
    except KeyError as error:
        yield place.problem(where, str(error.args[0]), "Name a number of plant.yaml.")


def _with_plant(values: dict[str, Any], curriculum: Curriculum) -> dict[str, Any]:
    return {
        name: curriculum.plant_value(value.removeprefix(PLANT))
        if isinstance(value, str) and value.startswith(PLANT)
        else value
        for name, value in values.items()
    }


def _unknown(place: Place, where: str, kind: str, id: str, known: tuple[str, ...]) -> Problem:
    return place.problem(where, f"There is no {kind} {id!r}.", f"There are: {', '.join(known) or 'none'}.")


def _in_module(activity: schema.Play, curriculum: Curriculum) -> Place:
    module = curriculum.modules[activity.subject, activity.module]
    number = [known.id for known in module.activities].index(activity.id)
    return Place(activity.folder / "module.yaml", f"activities.{number}")


def check_conversation(activity: schema.Conversation, curriculum: Curriculum) -> list[Problem]:
    """Problems of a conversation: every choice leads somewhere, every moment can be reached, one ending is good."""
    place = Place(activity.folder / activity.file)
    try:
        talk = talk_of(activity)
    except CurriculumError as error:
        return [Problem(place.file, 0, str(error).removeprefix(f"{place.file}: "), "")]
    return list(_dead_ends(place, talk)) + list(_never_reached(place, talk))


def _dead_ends(place: Place, talk: schema.Talk) -> Iterator[Problem]:
    there = {*talk.nodes, *talk.endings}
    if talk.start not in talk.nodes:
        yield place.problem("start", f"There is no node {talk.start!r}.", f"Use: {', '.join(talk.nodes)}.")
    for name, node in talk.nodes.items():
        for number, choice in enumerate(node.choices):
            where = f"nodes.{name}.choices.{number}"
            if choice.goes not in there:
                yield place.problem(
                    where, f"It goes to {choice.goes!r}, which is not there.", "Name a node or an ending."
                )
            for meter in choice.effects.keys() - talk.meters.keys():
                yield place.problem(where, f"There is no meter {meter!r}.", f"Use: {', '.join(talk.meters)}.")
    if not any(ending.good for ending in talk.endings.values()):
        yield place.problem("endings", "No ending is good.", "Mark at least one: good: true.")


def _never_reached(place: Place, talk: schema.Talk) -> Iterator[Problem]:
    reached, ahead = set[str](), [talk.start]
    while ahead:
        name = ahead.pop()
        if name not in reached:
            reached.add(name)
            ahead += [choice.goes for choice in talk.nodes[name].choices] if name in talk.nodes else []
    for kind, names in (("nodes", talk.nodes), ("endings", talk.endings)):
        for name in names.keys() - reached:
            yield place.problem(f"{kind}.{name}", f"Nobody gets to {name!r}.", "Let a choice go there, or take it out.")
