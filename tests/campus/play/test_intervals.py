"""An interval ends where what is measured does."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from techamp.campus.play.bench import mean_interval, possible
from techamp.campus.play.challenges import grade
from techamp.campus.program.schema import Challenge, Target
from techamp.contract import Inputs, Measure, Outcome, registry


@pytest.mark.parametrize(
    ("values", "unit", "ends"),
    [
        ([100.0] * 29 + [50.0], "%", (94.9, 100.0)),
        ([100.0] * 29 + [50.0], "parts", (94.9, 101.7)),
        ([99.0] * 29 + [160.0], "%", (96.9, 105.2)),
        ([0.0] * 29 + [3.0], "lots", (0.0, 0.3)),
        ([0.0] * 29 + [-3.0], "USD", (-0.3, 0.1)),
    ],
)
def test_it_ends_at_nothing_and_at_all_and_nowhere_else(
    values: list[float], unit: str, ends: tuple[float, float]
) -> None:
    _mean, low, high = possible(*mean_interval(values), values, unit)
    assert (round(low, 1), round(high, 1)) == ends


@pytest.mark.parametrize(("at_least", "met"), [(94.0, True), (95.0, False)])
def test_a_verdict_on_a_share_is_told_without_more_than_all(
    at_least: float, met: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    shares = [100.0] * 29 + [50.0]
    shown = Outcome(measures=(Measure(name="found", label="Found", value=100.0, unit="%"),))
    found = SimpleNamespace(measures=lambda inputs, seeds: {"found": shares}, run=lambda inputs, seed: shown)
    monkeypatch.setattr(registry, "simulation", lambda id: found)
    challenge = Challenge.model_construct(simulation="x", targets=[Target(measure="found", at_least=at_least)])
    (verdict,) = grade(challenge, Inputs(), list(range(30)))
    assert (verdict.met, round(verdict.low or 0, 1), verdict.high) == (met, 94.9, 100.0)
