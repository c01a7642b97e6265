"""Running the kernel: memory, one policy, the declared grid of policies, and what nobody can beat."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

import numpy as np
from numpy.typing import NDArray

from techamp.contract.kernels import Kernel
from techamp.subjects.process_control.constants import c4, d2, d3
from techamp.subjects.process_control.simulations.watch_the_lathe import kernel

Floats = NDArray[np.float64]

LATHE = Kernel(
    "watch_the_lathe",
    kernel.__name__,
    {
        "draw_luck": "int int floats",
        "watch": "int" + 9 * " floats",
        "watch_all": "int int" + 10 * " floats",
        "clairvoyant": "int floats float floats -> float",
    },
    ("techamp.contract.kernel_random", "techamp.contract.random"),
)

GRID_SEEDS = tuple(range(900_001, 900_031))
GRID: dict[str, tuple[float, ...]] = {
    "size": (1, 3, 5),
    "interval": (10, 20, 40, 80),
    "chart": (kernel.X_BAR_R,),
    "rules": (kernel.RULE_1, kernel.WESTERN_ELECTRIC),
    "width": (3.0,),
    "reaction": (kernel.FIND_CAUSE, kernel.ADJUST_ON_SIGNAL),
    "insert_every": (60, 120, 180, 300),
    "compensate": (0.0, 1.0),
}


@dataclass(frozen=True)
class Week:
    """What one policy made of one seed's luck. ``shafts``, ``points`` and ``faults`` have the kernel's columns."""

    totals: dict[str, float]
    shafts: Floats
    points: Floats
    faults: Floats

    @property
    def cost_per_100(self) -> float:
        """Cost of watching, stopping, scrap and escapes per 100 good shafts sent on, US dollars."""
        return 100.0 * self.totals["cost"] / max(1.0, self.totals["good"])


class Memory:
    """The arrays that the kernel works in, made once for many runs of ``n`` shafts."""

    def __init__(self, n: int) -> None:
        self.n = n
        self.luck, self.z = np.zeros(kernel.LUCK * n), np.zeros(n)
        self.shafts, self.points = np.zeros(kernel.SHAFT * n), np.zeros(kernel.POINT * n)
        self.faults, self.totals = np.zeros(kernel.FAULT * 2 * n), np.zeros(len(kernel.TOTALS))

    def draw(self, seed: int) -> Memory:
        """Fill the luck of this seed."""
        LATHE["draw_luck"](seed, self.n, self.luck)
        return self


def flat(names: tuple[str, ...], values: Mapping[str, float]) -> Floats:
    """The numbers in the kernel's order."""
    return np.array([float(values[name]) for name in names])


def chart_of(policy: Floats, plant: Floats) -> Floats:
    """The chart's numbers for one policy: sigma as the gauge sees it (µm), 1/√n, lower and upper limit of the spread.

    Limits come from a study of the lathe in good order, so sigma is known: σ² + gauge² + step²/12.
    """
    n, width = int(policy[kernel.SIZE]), float(policy[kernel.WIDTH])
    step = plant[kernel.GAUGE_STEP]
    sigma = math.sqrt(plant[kernel.SIGMA] ** 2 + plant[kernel.GAUGE_SIGMA] ** 2 + step * step / 12.0)
    center = spread_center(policy)
    error = math.sqrt(1.0 - c4(n) ** 2) if _plots_deviation(policy) else d3(max(2, n))
    return np.array([sigma, 1.0 / math.sqrt(n), max(0.0, center - width * error), center + width * error])


def spread_center(policy: Floats) -> float:
    """Center line of the spread chart in sigmas: c4 for standard deviations, d2 for ranges and moving ranges."""
    n = int(policy[kernel.SIZE])
    return c4(n) if _plots_deviation(policy) else d2(max(2, n))


def _plots_deviation(policy: Floats) -> bool:
    return bool(policy[kernel.SIZE] > 1 and policy[kernel.CHART] == kernel.X_BAR_S)


def watch(memory: Memory, policy: Floats, plant: Floats) -> Week:
    """One policy with the luck in ``memory``. The week's arrays are copies."""
    chart, m = chart_of(policy, plant), memory
    LATHE["watch"](m.n, m.luck, policy, plant, chart, m.z, m.shafts, m.points, m.faults, m.totals)
    totals = dict(zip(kernel.TOTALS, m.totals.tolist(), strict=True))
    made, faults = int(totals["points"]), int(totals["faults"])
    return Week(
        totals,
        m.shafts.reshape(m.n, kernel.SHAFT).copy(),
        m.points.reshape(m.n, kernel.POINT)[:made].copy(),
        m.faults.reshape(2 * m.n, kernel.FAULT)[:faults].copy(),
    )


def declared_grid() -> list[dict[str, float]]:
    """Every plan that is tried, by the names of ``kernel.POLICY``."""
    return [dict(zip(GRID, values, strict=True)) for values in product(*GRID.values())]


@lru_cache(maxsize=64)
def best_plan(n: int, plant: tuple[float, ...]) -> tuple[tuple[float, ...], float]:
    """The plan of the grid with the lowest mean cost per 100 good shafts over ``GRID_SEEDS``, and that cost in US
    dollars.

    One plan for all seeds: picking the best plan for each seed would reward luck ("never look" wins a week without
    faults).
    """
    plans, shop = declared_grid(), np.array(plant)
    policies = [flat(kernel.POLICY, plan) for plan in plans]
    charts = np.concatenate([chart_of(policy, shop) for policy in policies])
    costs, m = np.zeros(len(plans)), Memory(n)
    for seed in GRID_SEEDS:
        m.draw(seed)
        LATHE["watch_all"](
            n, len(plans), m.luck, np.concatenate(policies), shop, charts,
            m.z, m.shafts, m.points, m.faults, m.totals, costs,
        )  # fmt: skip
    pick = int(np.argmin(costs))
    return tuple(policies[pick].tolist()), float(costs[pick]) / len(GRID_SEEDS)


def clairvoyant(memory: Memory, plant: Floats) -> float:
    """Cost per 100 good shafts for someone who knows every cause and every shaft, US dollars.

    See ``kernel.clairvoyant``; of five intervals between inserts the best one counts.
    """
    inserts = (200.0, 250.0, 300.0, 350.0, 400.0)
    return min(float(LATHE["clairvoyant"](memory.n, memory.luck, every, plant)) for every in inserts)
