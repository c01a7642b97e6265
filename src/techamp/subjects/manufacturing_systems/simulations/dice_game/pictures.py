"""Charts, the book of the rounds and the trace of one dice game."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from techamp.contract import Chart, DataTable, RefLine, Series, Trace
from techamp.subjects.manufacturing_systems.simulations.dice_game import rounds
from techamp.subjects.manufacturing_systems.simulations.dice_game.inputs import (
    MEAN_ROLL,
    DiceGameInputs,
    strong_station,
)
from techamp.subjects.manufacturing_systems.simulations.dice_game.rounds import Games, Integers
from techamp.subjects.manufacturing_systems.simulations.dice_game.theory import expected_out
from techamp.subjects.manufacturing_systems.simulations.dice_game.words import chart_words

MANY = tuple(range(1, 301))
"""Seeds of the games behind every "300 games": the same for everybody, so that two settings can be compared."""


@lru_cache(maxsize=32)
def many(inputs: DiceGameInputs) -> Games:
    """Three hundred games of these inputs."""
    return rounds.play(inputs, list(MANY))


@lru_cache(maxsize=32)
def by_place(inputs: DiceGameInputs) -> tuple[tuple[float, ...], float]:
    """Mean output of 300 games with the stronger station at each place, and with equal ones, on the same rolls."""
    rolls = rounds.roll(list(MANY), inputs.rounds, inputs.stations, inputs.dice)

    def mean(station: int) -> float:
        moved = rounds.move(inputs, rounds.strengthened(rolls, station, inputs.extra))
        return float(moved.out.sum(axis=1).mean())

    return tuple(mean(station) for station in range(inputs.stations)), mean(-1)


def charts(inputs: DiceGameInputs, game: Games) -> tuple[Chart, ...]:
    """Pennies out, pennies waiting, piles by station, and where a stronger station helps."""
    return (
        _out(inputs, game),
        _wip(inputs, game),
        *([_piles(inputs, game)] if inputs.stations > 1 else []),
        _places(inputs),
    )


def _numbers(count: int) -> tuple[float, ...]:
    return tuple(float(n) for n in range(1, count + 1))


def _rounded(values: NDArray[Any]) -> tuple[float, ...]:
    return tuple(np.round(np.asarray(values, dtype=np.float64), 2).tolist())


def _band(name: str, values: Integers) -> Series:
    low, high = np.quantile(values, [0.05, 0.95], axis=0)
    return Series(
        name=name,
        label="Nine of ten games",
        x=_numbers(values.shape[1]),
        y=_rounded(low),
        y2=_rounded(high),
        shape="band",
        role="aside",
    )


def _out(inputs: DiceGameInputs, game: Games) -> Chart:
    number, total = _numbers(inputs.rounds), np.cumsum(many(inputs).out, axis=1)
    theory = expected_out(inputs)
    promise = MEAN_ROLL * np.arange(1, inputs.rounds + 1)
    mean, label = (
        (total.mean(axis=0), "Mean of 300 games") if theory is None else (np.cumsum(theory), "Mean, exact by theory")
    )
    return Chart(
        name="out",
        title="Pennies out since the start",
        x_label="Round",
        y_label="Pennies out",
        series=(
            Series(name="out", label="This game", x=number, y=_rounded(np.cumsum(game.out[0]))),
            _band("range", total),
            Series(name="mean", label=label, x=number, y=_rounded(mean), role="aside"),
            Series(name="promise", label="3.5 a round", x=number, y=_rounded(promise), role="aside"),
        ),
        words=chart_words(inputs, game, "out"),
        equation=f"3.5 × {inputs.rounds} = {MEAN_ROLL * inputs.rounds:g} pennies, if no roll were lost",
        zero=True,
    )


def _wip(inputs: DiceGameInputs, game: Games) -> Chart:
    number, all_games = _numbers(inputs.rounds), many(inputs)
    return Chart(
        name="wip",
        title="Pennies waiting in the line",
        x_label="Round",
        y_label="Pennies waiting",
        series=(
            Series(name="wip", label="This game", x=number, y=_rounded(game.wip[0])),
            _band("range", all_games.wip),
            Series(
                name="mean", label="Mean of 300 games", x=number, y=_rounded(all_games.wip.mean(axis=0)), role="aside"
            ),
        ),
        words=chart_words(inputs, game, "wip"),
        zero=True,
    )


def _piles(inputs: DiceGameInputs, game: Games) -> Chart:
    before = tuple(float(n) for n in range(inputs.stations - 1))
    return Chart(
        name="piles",
        title="Pennies before each station, on average over the rounds",
        x_label="Before station",
        x_names=tuple(f"{n + 2}" for n in range(inputs.stations - 1)),
        y_label="Pennies waiting",
        series=(
            Series(name="pile", label="This game", x=before, y=_rounded(game.waiting[0].mean(axis=0)), shape="bars"),
            Series(
                name="mean",
                label="Mean of 300 games",
                x=before,
                y=_rounded(many(inputs).waiting.mean(axis=(0, 1))),
                shape="points",
                role="aside",
            ),
        ),
        lines=(RefLine(label=f"Room for {inputs.cap}", value=float(inputs.cap), kind="limit"),)
        if inputs.limit == "kanban"
        else (),
        words=chart_words(inputs, game, "piles"),
        zero=True,
    )


def _places(inputs: DiceGameInputs) -> Chart:
    found, equal = by_place(inputs.model_copy(update={"strong": "none"}))
    gains = tuple(round(value - equal, 2) for value in found)
    return Chart(
        name="places",
        title=f"Where one station with {inputs.extra} more helps most",
        x_label="The stronger station",
        y_label="More pennies out",
        series=(
            Series(
                name="gain",
                label="Mean gain of 300 games, the same rolls",
                x=_numbers(inputs.stations),
                y=gains,
                shape="line+points",
            ),
        ),
        words=_place_words(gains),
        equation=f"Equal stations: {equal:.1f} pennies in {inputs.rounds} rounds",
        zero=True,
    )


def _place_words(gains: tuple[float, ...]) -> str:
    best = max(range(len(gains)), key=lambda i: gains[i])
    return (
        f"At station {best + 1} the stronger one brings {gains[best]:.1f} more pennies, at station 1 {gains[0]:.1f}, "
        f"and at the last {gains[-1]:.1f}. Means of 300 games with the same rolls."
    )


def tables(game: Games) -> tuple[DataTable, ...]:
    """The book: what each station rolled and moved in each round, and what waited afterwards."""
    stations = game.rolls.shape[2]
    rows = []
    for t in range(game.rolls.shape[1]):
        hands = [f"{r} → {m}" for r, m in zip(game.rolls[0, t].tolist(), game.moved[0, t].tolist(), strict=True)]
        rows.append((t + 1, *hands, int(game.wip[0, t]), int(game.out[0, : t + 1].sum())))
    columns = ("Round", *(f"Station {n + 1}: roll → moved" for n in range(stations)), "Waiting", "Out so far")
    return (DataTable(name="book", title="Round by round", columns=columns, rows=tuple(rows)),)


def trace(inputs: DiceGameInputs, game: Games) -> Trace:
    """One row for each round: rolls and moves of all stations, and the pennies waiting before stations 2, 3, …"""
    return Trace(
        t=_numbers(inputs.rounds),
        unit="rounds",
        columns={
            "rolls": tuple(game.rolls[0].tolist()),
            "moved": tuple(game.moved[0].tolist()),
            "waiting": tuple(game.waiting[0].tolist()),
            "starved": tuple(game.starved[0].tolist()),
        },
        fixed={
            "stations": inputs.stations,
            "start": inputs.start_wip,
            "limit": inputs.limit,
            "cap": inputs.cap,
            "total": inputs.total,
            "in_turn": inputs.order == "in_turn",
            "strong": strong_station(inputs),
            "mean": MEAN_ROLL,
        },
    )
