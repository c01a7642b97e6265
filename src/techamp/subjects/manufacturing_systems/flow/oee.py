"""Availability, and overall equipment effectiveness from what a shift report says.

Reference: Nakajima (1988), Introduction to TPM; ISO 22400-2 for the terms.
"""

from __future__ import annotations

from dataclasses import dataclass

from techamp.subjects.manufacturing_systems.faults import Faults


@dataclass(frozen=True)
class Effectiveness:
    """The three factors as shares. ``performance`` above 1 says that the ideal time is too long."""

    availability: float
    performance: float
    quality: float

    @property
    def oee(self) -> float:
        """Good parts × ideal time / planned time: the product of the three."""
        return self.availability * self.performance * self.quality


def availability(mttf: float, mttr: float) -> float:
    """Return the share of time in which a machine could run: mttf/(mttf + mttr).

    ``mttf`` counts running time to the next breakdown, ``mttr`` from there to the end of the repair, both in one unit.
    Example (Hopp & Spearman's Tortoise: 1.9 h and 0.633 h): 75 %.

    >>> round(availability(114.0, 38.0), 6)
    0.75
    """
    faults = Faults()
    faults.positive("mttf", mttf, "Enter the mean running time between failures.")
    faults.not_negative("mttr", mttr, "Enter the mean time to repair.")
    faults.stop()
    return mttf / (mttf + mttr)


def oee(planned: float, downtime: float, ideal: float, made: float, good: float) -> Effectiveness:
    """Return OEE of a machine from planned time, downtime, ideal time of a part, and parts made and good.

    ``planned`` has breaks and time without orders taken off; ``downtime`` is breakdowns and setups. All times in one
    unit. Example (Nakajima: 460 min planned, 60 down, 0.5 min a part, 400 made, 98 % good): 42.6 %.

    >>> found = oee(planned=460, downtime=60, ideal=0.5, made=400, good=392)
    >>> round(found.availability, 2), found.performance, found.quality, round(found.oee, 3)
    (0.87, 0.5, 0.98, 0.426)
    """
    faults = Faults()
    positive = faults.positive("planned time", planned, "Enter the shift without breaks.")
    if faults.not_negative("downtime", downtime, "Enter the time of breakdowns and setups.") and positive:
        rule = "must be less than the planned time"
        faults.require(downtime < planned, "downtime", rule, downtime, "Take off stops outside of the planned time.")
    faults.positive("ideal time", ideal, "Enter the time of one part by the data sheet.")
    counted = faults.positive("parts made", made, "Enter all parts, good and bad.")
    if faults.not_negative("good parts", good, "Enter the parts that were right the first time.") and counted:
        faults.require(
            good <= made, "good parts", "must not be more than all parts", good, "Enter parts of this shift."
        )
    faults.stop()
    available = planned - downtime
    return Effectiveness(available / planned, made * ideal / available, good / made)
