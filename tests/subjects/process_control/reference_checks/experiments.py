"""What we compute for each published experiment: coefficients, effects, analysis of variance."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from typing import Any

from tests.reference_cases import ReferenceChecks
from tests.subjects.process_control.reference_checks.folder import REFERENCES

from techamp.subjects.process_control import ModelFit, fit_model

CHECKS = ReferenceChecks(REFERENCES, "experiments")

Inputs = dict[str, Any]


class Formula:
    """A model as the source writes it (A*B - A:B, (A + B)**2, I(A**2), C(A)), read into our terms."""

    def __init__(self, text: str) -> None:
        self.categorical: set[str] = set()
        self.intercept = True
        found = self._terms(ast.parse(text.replace(":", "@"), mode="eval").body)
        self.terms = ["·".join(term) for term in sorted(found, key=self._degree)]

    def _degree(self, term: tuple[str, ...]) -> int:
        return len(term)

    def _terms(self, node: ast.AST) -> list[tuple[str, ...]]:
        if isinstance(node, ast.Name):
            return [(node.id,)]
        if isinstance(node, ast.Call):
            return self._call(node)
        assert isinstance(node, ast.BinOp)
        if isinstance(node.op, ast.Pow):
            assert isinstance(node.right, ast.Constant)
            base = self._terms(node.left)
            found = base
            for _ in range(int(node.right.value) - 1):
                found = _unique([*found, *(_joined(one, two) for one in found for two in base)])
            return found
        left = self._terms(node.left)
        if isinstance(node.right, ast.Constant):  # "- 1": no intercept
            self.intercept = False
            return left
        right = self._terms(node.right)
        products = [_joined(one, two) for one in left for two in right]
        if isinstance(node.op, ast.Sub):
            return [term for term in left if set(term) not in [set(other) for other in right]]
        if isinstance(node.op, ast.Add):
            return _unique([*left, *right])
        return _unique(products if isinstance(node.op, ast.MatMult) else [*left, *right, *products])

    def _call(self, node: ast.Call) -> list[tuple[str, ...]]:
        assert isinstance(node.func, ast.Name)
        if node.func.id == "C":
            assert isinstance(node.args[0], ast.Name)
            self.categorical.add(node.args[0].id)
            return [(node.args[0].id,)]
        return [("·".join(_powers(node.args[0])),)]


def _powers(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Name):
        return [node.id]
    assert isinstance(node, ast.BinOp)
    if isinstance(node.op, ast.Pow):
        assert isinstance(node.right, ast.Constant)
        return _powers(node.left) * int(node.right.value)
    return [*_powers(node.left), *_powers(node.right)]


def _joined(one: tuple[str, ...], two: tuple[str, ...]) -> tuple[str, ...]:
    return (*one, *(name for name in two if name not in one))


def _unique(terms: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    return list({frozenset(term): term for term in reversed(terms)}.values())[::-1]


def _fit(inputs: Inputs, response: str, formula: str) -> ModelFit:
    model = Formula(formula)
    table = dict(zip(inputs["columns"], zip(*inputs["rows"], strict=True), strict=True))
    used = [name for name in table if any(name in term.split("·") for term in model.terms)]
    factors = {name: table[name] for name in used}
    return fit_model(
        factors, table[response], model.terms, categorical=sorted(model.categorical), mixture=not model.intercept
    )


def _quantity(fit: ModelFit, stat: str, term: str | None) -> float:
    name = re.sub(r"\bC\(|\bI\(|, Sum\)|\)", "", (term or "").replace("Intercept", "intercept"))
    key = frozenset(re.sub(r" ?\*\* ?2", "²", name).replace(":", "·").split("·"))
    lines = {frozenset(line.source.split("·")): line for line in fit.anova}
    ours = {frozenset(one.name.split("·")): one for one in fit.coefficients}
    whole = {
        "r_squared": fit.r_squared,
        "r_squared_adj": fit.r_squared_adjusted,
        "residual_std_error": fit.residual_sd,
        "ss_residual": lines[frozenset(["residual"])].ss,
        "ss_total": lines[frozenset(["total"])].ss,
    }
    if stat in whole:
        return whole[stat]
    if stat.startswith("anova"):
        return lines[key].ss if stat == "anova_sum_sq" else lines[key].f
    one = ours[key]
    return {"coefficient": one.value, "effect": 2 * one.value, "std_error": one.error, "t_value": one.t}[stat]


def _experiment(case: str) -> None:
    tolerance = {quantity: f"abs_{quantity.split()[-2]}" for quantity in CHECKS.cases[case]["expected"]}

    @CHECKS.case(case, tolerance=tolerance)
    def fitted(inputs: Inputs) -> Inputs:
        fits = [_fit(inputs, model["response"], model["formula"]) for model in inputs["models"]]
        found = {}
        for quantity, terms in inputs["terms"].items():
            model, stat, _ = quantity.split(", ")
            fit = fits[int(model.split()[1]) - 1]
            found[quantity] = [_quantity(fit, stat.replace(" ", "_"), term) for term in terms]
        return found


for _case in CHECKS.cases:
    _experiment(_case)
