"""Laws that every run must keep. A run that breaks one has a defect in it, whatever its numbers look like.

1. Each machine is in one state at a time: the times in its states add up to the time there is.
2. Nothing vanishes: parts in = parts out + scrapped + what is still there (less what was there before).
3. Little's law as an identity: the time that parts spent at all steps is the area under WIP.
4. Little's law for means: WIP = throughput × flow time, up to parts cut off by the two ends of the counted time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from techamp.subjects.manufacturing_systems.engine.run import ProductRun, Run

ROUNDING = 1e-8


@dataclass(frozen=True)
class LittlesLaw:
    """``wip`` beside ``throughput`` × ``flow_time``; ``gap`` is their relative difference."""

    wip: float
    throughput: float
    flow_time: float

    @property
    def gap(self) -> float:
        product = self.throughput * self.flow_time
        return abs(self.wip - product) / self.wip if self.wip else 0.0

    def __str__(self) -> str:
        return (
            f"WIP {self.wip:.4g} beside throughput {self.throughput:.4g} × flow time {self.flow_time:.4g} = "
            f"{self.throughput * self.flow_time:.4g} (off by {100 * self.gap:.2g} %)"
        )


def littles_law_of(run: Run) -> LittlesLaw:
    """The three means of a run. Scrapped parts have WIP and no flow time, so the gap then says how much they cost."""
    return LittlesLaw(run.wip, run.throughput, run.flow_time if run.finished else 0.0)


def broken_laws(run: Run) -> list[str]:
    """A sentence for each law that a run breaks; empty for a sound run."""
    return [*_state_faults(run), *_conservation_faults(run), *_area_faults(run), *_mean_faults(run)]


def _state_faults(run: Run) -> Iterator[str]:
    for station in run.stations:
        there = station.machines * run.duration
        spent = sum(station.times.values())
        if abs(spent - there) > ROUNDING * max(there, 1.0):
            yield f"{station.name}: its states add up to {spent!r}, and there are {there!r} of machine time."
        if min(station.times.values(), default=0.0) < -ROUNDING * max(there, 1.0):
            yield f"{station.name}: a state has a negative time."


def _conservation_faults(run: Run) -> Iterator[str]:
    for product in run.products:
        before = _wip_before(product)
        if before < 0 or (run.counted_from == 0.0 and before != 0):
            yield (
                f"{product.name}: {product.parts_in} came in, {product.finished} went out, {product.scrapped} were "
                f"scrapped and {product.wip_at_end} are there, so {before} must have been there before."
            )


def _wip_before(product: ProductRun) -> int:
    return product.wip_at_end + product.finished + product.scrapped - product.parts_in


def _area_faults(run: Run) -> Iterator[str]:
    area = sum(product.wip_time for product in run.products)
    spent = sum(run.part_times.values())
    if abs(area - spent) > ROUNDING * max(area, run.duration, 1.0):
        yield f"Parts spent {spent!r} at their steps, and the area under WIP is {area!r}."


def _mean_faults(run: Run) -> Iterator[str]:
    """|area − Σ flow| ≤ what parts there at either end, and scrapped ones, can account for."""
    for product in run.products:
        gap = abs(product.wip_time - product.flow_sum)
        cut = (_wip_before(product) * max(product.flow_most, run.until)) + product.wip_at_end * run.until
        if product.scrapped == 0 and gap > cut + ROUNDING * max(product.wip_time, 1.0):
            yield (
                f"{product.name}: the area under WIP ({product.wip_time!r}) and the flow times ({product.flow_sum!r}) "
                "differ by more than the parts at both ends can explain."
            )
