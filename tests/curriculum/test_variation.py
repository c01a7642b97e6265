"""Claims of the module on variation: what its challenges let pass, and the numbers in its lecture and figures."""

from __future__ import annotations

import math
import statistics
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from techamp.campus.play.challenges import EXTEND, grade
from techamp.campus.program import schema
from techamp.campus.program.curriculum import read_as
from techamp.contract import Inputs, registry
from techamp.paths import curriculum_root

MODULE = curriculum_root() / "hub" / "process_control" / "01-variation"
ATTEMPTS = 20
GOOD, NAIVE = 0.95, 0.05


def _passed(name: str, **chosen: Any) -> float:
    """Share of attempts that pass as campus grades them: more seeds while a result is too close to call."""
    challenge = read_as(schema.Challenge, MODULE / f"{name}.yaml")
    inputs = type(registry.simulation(challenge.simulation)).Inputs.read({**challenge.inputs, **chosen})
    return sum(_passes(challenge, inputs, attempt) for attempt in range(ATTEMPTS)) / ATTEMPTS


def _passes(challenge: schema.Challenge, inputs: Inputs, attempt: int) -> bool:
    for times in (1, 2, EXTEND):
        first = 10_000 * (attempt + 1)
        verdicts = grade(challenge, inputs, list(range(first, first + times * challenge.seeds)))
        on_right_side = all(v.mean <= (t.at_most or 0) for v, t in zip(verdicts, challenge.targets, strict=True))
        if all(v.met for v in verdicts) or not on_right_side:
            return on_right_side
    return False


@pytest.mark.parametrize(
    ("name", "policy"),
    [
        ("challenge-steady", {"share": 0.1, "dead_band": 45}),
        ("challenge-steady", {"share": 1.0, "dead_band": 60}),
        ("challenge-wear", {"rule": "share", "share": 0.1}),
    ],
)
def test_a_good_policy_passes_even_if_the_whole_interval_must_meet_the_target(
    name: str, policy: dict[str, Any]
) -> None:
    assert _passed(name, **policy) >= GOOD


@pytest.mark.parametrize(
    ("name", "policy"),
    [
        ("challenge-steady", {}),
        ("challenge-steady", {"share": 0.05, "dead_band": 0}),
        ("challenge-steady", {"share": 0.3, "dead_band": 30}),
        ("challenge-wear", {}),
        ("challenge-wear", {"rule": "leave"}),
        ("challenge-wear", {"rule": "move_back"}),
        ("challenge-wear", {"rule": "share", "share": 0.3}),
        ("challenge-wear", {"rule": "share", "share": 0.1, "dead_band": 30}),
    ],
)
def test_a_naive_policy_fails(name: str, policy: dict[str, Any]) -> None:
    assert _passed(name, **policy) <= NAIVE


def test_rule_two_widens_the_cloud_by_the_root_of_two_as_the_explanation_says() -> None:
    simulation = registry.simulation("process_control.funnel")
    inputs = type(simulation).Inputs.read({"rule": "move_back", "drops": 100})
    assert statistics.fmean(simulation.measures(inputs, list(range(300)))["against_leave"]) == pytest.approx(
        math.sqrt(2), rel=0.01
    )


def test_the_five_shafts_have_the_mean_and_standard_deviation_worked_out_in_the_lecture() -> None:
    shafts = [7.996, 7.997, 7.994, 7.997, 7.996]
    assert round(statistics.fmean(shafts), 4) == 7.996
    assert round(1000 * statistics.stdev(shafts), 2) == 1.22


def test_the_four_ways_to_run_one_insert_give_the_spreads_in_the_figure() -> None:
    """Wear and noise from plant.yaml. The bars of four-policies.svg say 1.59, 1.69, 1.27 and 1.23 µm."""
    lathe = yaml.safe_load((curriculum_root() / "plant.yaml").read_text(encoding="utf-8"))["lathe"]
    sigma, wear = (1000 * lathe[name]["value"] for name in ("sigma", "wear_per_part"))
    life = int(lathe["insert_life"]["value"])
    worn = wear * (np.arange(life) - (life - 1) / 2)
    left_alone = math.sqrt(sigma**2 + float(np.mean(worn**2)))
    stepped = wear * (np.arange(life) % 50 - 24.5)
    planned = math.sqrt(sigma**2 + float(np.mean(stepped**2)))
    obtained = [left_alone, _corrected(sigma, wear, life, 1.0), _corrected(sigma, wear, life, 0.2), planned]
    assert [round(value, 2) for value in obtained] == [1.59, 1.69, 1.27, 1.23]
    words = (MODULE / "four-policies.svg").read_text(encoding="utf-8")
    assert all(f">{value:.2f}<" in words for value in obtained)


def _corrected(sigma: float, wear: float, life: int, share: float) -> float:
    """Root mean square when a share of each miss is taken back: exact, by recursion."""
    bias, variance, square = 0.0, 0.0, 0.0
    for _shaft in range(life):
        square += bias**2 + variance + sigma**2
        bias = (1 - share) * bias + wear
        variance = (1 - share) ** 2 * variance + share**2 * sigma**2
    return math.sqrt(square / life)


def _outside(sigma: float, half_width: float) -> float:
    return math.erfc(half_width / sigma / math.sqrt(2))


def test_the_shares_outside_the_tolerance_are_those_that_the_lecture_says() -> None:
    alone, tampered = _outside(1.2, 4.5), _outside(1.2 * math.sqrt(2), 4.5)
    assert round(10_000 * alone) == 2
    assert round(1_000 * tampered) == 8
    assert 40 < tampered / alone < 50
    assert round(_outside(1.0, 2 / 1.2), 1) == 0.1


def _drawings() -> list[Path]:
    return sorted([*MODULE.glob("*.svg"), *(curriculum_root() / "bridge").glob("*.svg")])


@pytest.mark.parametrize("path", _drawings(), ids=lambda path: path.stem)
def test_a_drawing_is_320_wide_has_a_title_and_no_text_below_12(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    sizes = [int(part.split('"')[0]) for part in text.split('font-size="')[1:]]
    assert 'viewBox="0 0 320 ' in text
    assert "<title>" in text
    assert "style=" not in text
    assert sizes == [] or min(sizes) >= 12
