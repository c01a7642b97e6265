"""Plans that take a lot's sample in stages: one form for single, double and multiple sampling."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

from techamp.contract.errors import InvalidInput

KINDS = ("binomial", "hypergeometric", "poisson")
EXACT_CHOOSE = 1000


@dataclass(frozen=True)
class Stages:
    """Sample sizes, and for each stage the acceptance and rejection numbers of all parts so far.

    None as acceptance number: no lot is accepted at that stage. At the last stage a count below the rejection number is
    accepted; under reduced inspection that can be above the acceptance number.
    """

    sizes: tuple[int, ...]
    accepts: tuple[int | None, ...]
    rejects: tuple[int, ...]


@dataclass(frozen=True)
class MultiplePlan:
    """Inspect ``sizes[0]`` parts, then ``sizes[1]`` more, … : accept or reject by the count in all parts so far.

    At each stage accept with ``accepts`` defective ones or fewer (None: not yet), reject with ``rejects`` or more.
    """

    sizes: tuple[int, ...]
    accepts: tuple[int | None, ...]
    rejects: tuple[int, ...]

    def __post_init__(self) -> None:
        if not len(self.sizes) == len(self.accepts) == len(self.rejects) >= 1:
            given = (len(self.sizes), len(self.accepts), len(self.rejects))
            raise InvalidInput(
                "sizes, accepts, rejects", "must be equally long", given, "Give one entry for each stage."
            )
        if any(n != int(n) or n < 1 for n in self.sizes):
            raise InvalidInput("sizes", "must be whole numbers of at least 1", self.sizes, "Inspect at least one part.")
        lows = [-1 if accept is None else accept for accept in self.accepts]
        gaps = all(low < reject for low, reject in zip(lows, self.rejects, strict=True))
        if not gaps or any(b < a for a, b in pairwise(lows)) or any(b < a for a, b in pairwise(self.rejects)):
            rule = "must rise from stage to stage, each acceptance number below its rejection number"
            raise InvalidInput("accepts, rejects", rule, (self.accepts, self.rejects), "For example (0, 3) and (3, 4).")

    @property
    def stages(self) -> Stages:
        return Stages(self.sizes, self.accepts, self.rejects)


@dataclass(frozen=True)
class Passage:
    """What becomes of a lot: for each stage the chances of acceptance there, of rejection there, and of reaching it."""

    accepted: tuple[float, ...]
    rejected: tuple[float, ...]
    reached: tuple[float, ...]
    clean: float  # accepted with the last acceptance number or fewer, or at an earlier stage


def passage(stages: Stages, p: float, kind: str, lot: int | None) -> Passage:
    """Carry the distribution of the count from stage to stage. Exact; arguments as ``attribute_plans.acceptance``."""
    waiting, drawn, last = {0: 1.0}, 0, len(stages.sizes) - 1
    accepted, rejected, reached, clean = [], [], [], 0.0
    for stage, n in enumerate(stages.sizes):
        accept, reject = stages.accepts[stage], stages.rejects[stage]
        low = -1 if accept is None else accept
        reached.append(math.fsum(waiting.values()))
        after: dict[int, float] = {}
        for found, chance in waiting.items():
            for k in range(min(n, reject - 1 - found) + 1 if kind != "poisson" else reject - found):
                own = chance * exactly(k, n, p, kind, lot, drawn, found)
                after[found + k] = after.get(found + k, 0.0) + own
        drawn += n
        below = math.fsum(chance for count, chance in after.items() if count <= low)
        undecided = {count: chance for count, chance in after.items() if count > low}
        passed = below + (math.fsum(undecided.values()) if stage == last else 0.0)
        accepted.append(min(1.0, passed))
        rejected.append(max(0.0, reached[-1] - below - math.fsum(undecided.values())))
        clean += below
        waiting = undecided
    return Passage(tuple(accepted), tuple(rejected), tuple(reached), min(1.0, clean))


def exactly(count: int, n: int, p: float, kind: str, lot: int | None, drawn: int, found: int) -> float:
    """P(``count`` defective of n), after ``drawn`` parts of the lot held ``found``."""
    if kind == "poisson":
        mean = n * p
        return math.exp(count * math.log(mean) - mean - math.lgamma(count + 1)) if mean > 0.0 else float(count == 0)
    if count > n:
        return 0.0
    if kind == "binomial":
        if n <= EXACT_CHOOSE:
            return float(math.comb(n, count) * p**count * (1.0 - p) ** (n - count))
        if p in (0.0, 1.0):
            return float(count == n * int(p))
        return math.exp(log_choose(n, count) + count * math.log(p) + (n - count) * math.log1p(-p))
    assert lot is not None
    left, bad = lot - drawn, max(0, round(lot * p) - found)
    if count > bad or n - count > left - bad:
        return 0.0
    return math.exp(log_choose(bad, count) + log_choose(left - bad, n - count) - log_choose(left, n))


def log_choose(n: int, k: int) -> float:
    """ln of the number of ways to choose k of n."""
    return math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)
