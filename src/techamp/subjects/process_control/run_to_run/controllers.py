"""Controllers that set the next run by the errors of the runs before: EWMA, with a dead band, and double EWMA.

The process is taken to answer a change of its setting u by ``gain``·change in the measured value; the error is measured
value less target. Source: Ingolfsson & Sachs, Journal of Quality Technology 25 (1993), 271-287 (EWMA); Butler &
Stefani, IEEE Transactions on Semiconductor Manufacturing 7 (1994), 193-201 and Del Castillo, IIE Transactions 31
(1999), 733-745 (double EWMA); Box & Luceño, Statistical Control by Monitoring and Feedback Adjustment (1997), chapter 9
(dead band).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from techamp.contract.errors import InvalidInput


def check_gain(gain: float) -> None:
    """Refuse a gain that no setting can be worked out from."""
    if gain == 0.0 or not math.isfinite(gain):
        raise InvalidInput("gain", "must be a number other than 0", gain, "Change the setting and measure the effect.")


def check_weight(weight: float, name: str = "weight", *, least: float = 0.0) -> None:
    """Refuse a weight outside of 0 to 1."""
    if not least <= weight <= 1.0:
        raise InvalidInput(name, f"must be from {least:g} to 1", weight, "Begin with 0.3.")


@dataclass(frozen=True)
class EwmaController:
    """Takes back the share ``weight`` of each error; with a ``dead_band`` only once the estimate leaves it.

    ``estimate``: error expected of the next run if nothing is changed: an exponentially weighted moving average of the
    errors, less what was taken back. Without a dead band the change is -weight·error/gain.
    Example: weight 0.3, gain 2, error 1: the setting changes by -0.15.
    """

    weight: float
    gain: float
    dead_band: float = 0.0
    estimate: float = 0.0

    def __post_init__(self) -> None:
        check_weight(self.weight)
        check_gain(self.gain)
        if self.dead_band < 0.0:
            raise InvalidInput("dead_band", "must be 0 or more", self.dead_band, "Use 0 to correct after every run.")

    def after(self, error: float) -> tuple[EwmaController, float]:
        """Return the controller and the change of the setting after a run with this error."""
        estimate = self.estimate + self.weight * (error - self.estimate)
        if abs(estimate) <= self.dead_band:
            return replace(self, estimate=estimate), 0.0
        return replace(self, estimate=0.0), -estimate / self.gain


@dataclass(frozen=True)
class DoubleEwmaController:
    """Follows a level and a trend: a steady drift leaves no lasting error.

    With a and D the estimates of level and trend, each error e changes a by w₁·(e + D) and D by w₂·e; the setting takes
    back both. Example: weights 0.3 and 0.1, gain 1, first error 1: the setting changes by -0.4.
    """

    level_weight: float
    trend_weight: float
    gain: float
    trend: float = 0.0

    def __post_init__(self) -> None:
        check_weight(self.level_weight, "level_weight")
        check_weight(self.trend_weight, "trend_weight")
        check_gain(self.gain)

    def after(self, error: float) -> tuple[DoubleEwmaController, float]:
        """Return the controller and the change of the setting after a run with this error."""
        change = self.level_weight * (error + self.trend) + self.trend_weight * error
        return replace(self, trend=self.trend + self.trend_weight * error), -change / self.gain
