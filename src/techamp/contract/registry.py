"""Finds simulations, studies, planners, games and builders by their place in the house, and names none of them.

``<subject>.<name>`` is ``techamp/subjects/<subject>/simulations/<name>/simulation.py`` (or ``studies/…/study.py``,
``planners/…/planner.py``, ``games/…/game.py``, ``builders/…/builder.py``). A package that adds subjects from outside
registers its root package under the entry point group ``techamp.subjects``.
"""

from __future__ import annotations

import importlib
import importlib.util
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path
from types import ModuleType
from typing import Any

from techamp.contract.builder import Builder
from techamp.contract.game import Game
from techamp.contract.planner import Planner
from techamp.contract.simulation import Simulation
from techamp.contract.study import Study


@cache
def roots() -> tuple[tuple[str, Path], ...]:
    """(package name, folder) of every place that holds subjects."""
    names = ["techamp.subjects", *sorted(point.value for point in entry_points(group="techamp.subjects"))]
    found = []
    for name in names:
        spec = importlib.util.find_spec(name)
        if spec and spec.submodule_search_locations:
            found.append((name, Path(next(iter(spec.submodule_search_locations)))))
    return tuple(found)


@cache
def _ids(folder: str, file: str) -> dict[str, str]:
    """id → module path, for each ``<subject>/<folder>/<name>/<file>.py``."""
    found: dict[str, str] = {}
    for package, root in roots():
        for path in sorted(root.glob(f"*/{folder}/*/{file}.py")):
            subject, name = path.parts[-4], path.parts[-2]
            found[f"{subject}.{name}"] = f"{package}.{subject}.{folder}.{name}.{file}"
    return found


def simulation_ids() -> tuple[str, ...]:
    """Ids of all simulations."""
    return tuple(_ids("simulations", "simulation"))


def study_ids() -> tuple[str, ...]:
    """Ids of all studies."""
    return tuple(_ids("studies", "study"))


def planner_ids() -> tuple[str, ...]:
    """Ids of all planners."""
    return tuple(_ids("planners", "planner"))


def game_ids() -> tuple[str, ...]:
    """Ids of all games."""
    return tuple(_ids("games", "game"))


def builder_ids() -> tuple[str, ...]:
    """Ids of all builders."""
    return tuple(_ids("builders", "builder"))


def simulation(id: str) -> Simulation[Any]:
    """The simulation of that id; LookupError if there is none."""
    found: Simulation[Any] = _load(id, "simulations", "simulation", Simulation)
    return found


def study(id: str) -> Study[Any]:
    """The study of that id; LookupError if there is none."""
    found: Study[Any] = _load(id, "studies", "study", Study)
    return found


def planner(id: str) -> Planner[Any]:
    """The planner of that id; LookupError if there is none."""
    found: Planner[Any] = _load(id, "planners", "planner", Planner)
    return found


def game(id: str) -> Game[Any, Any]:
    """The game of that id; LookupError if there is none."""
    found: Game[Any, Any] = _load(id, "games", "game", Game)
    return found


def builder(id: str) -> Builder:
    """The builder of that id; LookupError if there is none."""
    found: Builder = _load(id, "builders", "builder", Builder)
    return found


@cache
def _load(id: str, folder: str, file: str, base: type[Any]) -> Any:
    places = _ids(folder, file)
    if id not in places:
        raise LookupError(f"There is no {file} {id!r}; there are: {', '.join(places) or 'none'}.")
    module = importlib.import_module(places[id])
    return _the_one(module, base)()


def _the_one(module: ModuleType, base: type[Any]) -> Any:
    own = [
        thing
        for thing in vars(module).values()
        if isinstance(thing, type) and issubclass(thing, base) and thing.__module__ == module.__name__
    ]
    if len(own) != 1:
        raise TypeError(f"{module.__name__} must define exactly one {base.__name__}; it defines {len(own)}.")
    return own[0]


def warm_up() -> list[str]:
    """Compile the kernels of all simulations, studies and builders into the cache; returns the simulations' ids."""
    for id in simulation_ids():
        simulation(id).warm_up()
    for id in study_ids():
        study(id).warm_up()
    for id in builder_ids():
        builder(id).warm_up()
    return list(simulation_ids())
