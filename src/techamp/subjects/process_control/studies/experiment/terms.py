"""Which effects these runs can tell apart, found from the runs themselves: no generators are asked for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from techamp.subjects.process_control.experiments.linear_model import all_terms, parse_term
from techamp.subjects.process_control.readings import Array
from techamp.subjects.process_control.studies.experiment.runs import Runs

# Beyond this share of a factor's column an interaction is not added: in Plackett-Burman plans the share is 0.2 or more,
# in a plan of 8 runs or more that lost one it is below 0.15.
MOST_SHARED = 0.19


@dataclass(frozen=True)
class Terms:
    """``kept`` effects; ``alias``: what was left out → the kept effect that it cannot be told from (with "-" where
    the signs are opposite, "" where it is a mix); ``spread``: interactions that are spread over several factors."""

    kept: tuple[str, ...]
    alias: dict[str, str]
    spread: tuple[str, ...]


def choose_terms(runs: Runs, order: int) -> Terms:
    """Effects of up to ``order`` factors, bends where there are levels between, in that order while they are new."""
    order = min(order, len(runs.factors))
    asked = all_terms([f.letter for f in runs.factors], order, squares=runs.surface and order > 1)
    base = [np.ones(len(runs.y)), *_block_columns(runs)]
    if runs.center.any() and not runs.surface:
        base.append(runs.center.astype(np.float64))
    basis = _orthonormal(base)
    kept: dict[str, Array] = {}
    alias: dict[str, str] = {}
    spread = []
    for term in asked:
        column = term_column(runs, term)
        if "·" in term and any(MOST_SHARED < abs(_alike(column, kept[f])) < 0.999 for f in kept if "·" not in f):
            spread.append(term)
            continue
        left = _without(column, basis)
        size = float(np.linalg.norm(left))
        if size > 1e-8 * max(1.0, float(np.linalg.norm(column))) and len(basis) < len(runs.y):
            basis.append(left / size)
            kept[term] = column
        else:
            alias[term] = _twin(column, kept)
    return Terms(tuple(kept), alias, tuple(spread))


def term_column(runs: Runs, term: str) -> Array:
    """The product of the coded settings that a term stands for."""
    coded = {f.letter: f.coded for f in runs.factors}
    column = np.ones(len(runs.y))
    for letter, power in parse_term(term):
        column = column * coded[letter] ** power
    return column


def _block_columns(runs: Runs) -> list[Array]:
    if runs.block is None:
        return []
    return [(runs.block == name).astype(np.float64) for name in np.unique(runs.block)[:-1]]


def _orthonormal(columns: list[Array]) -> list[Array]:
    basis: list[Array] = []
    for column in columns:
        left = _without(column, basis)
        size = float(np.linalg.norm(left))
        if size > 1e-8 * float(np.linalg.norm(column)):
            basis.append(left / size)
    return basis


def _without(column: Array, basis: list[Array]) -> Array:
    left = column.astype(np.float64)
    for _twice in range(2):  # a second pass takes off what rounding left
        for direction in basis:
            left = left - float(direction @ left) * direction
    return left


def _alike(one: Array, two: Array) -> float:
    a, b = one - one.mean(), two - two.mean()
    size = float(np.linalg.norm(a) * np.linalg.norm(b))
    return float(a @ b) / size if size > 0.0 else 0.0


def _twin(column: Array, kept: dict[str, Array]) -> str:
    for name, other in kept.items():
        share = _alike(column, other)
        if abs(share) > 0.999:
            return name if share > 0 else f"-{name}"
    return ""
