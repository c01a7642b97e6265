"""Closed networks: a fixed number of jobs goes round. The theory of CONWIP, pallets and forklift fleets.

Reference: Buzen (1973), Communications of the ACM 16(9); Reiser & Lavenberg (1980), Journal of the ACM 27(2);
Spearman, Woodruff & Hopp (1990) on CONWIP; Hopp & Spearman, Factory Physics, chapter 10.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from techamp.subjects.manufacturing_systems.faults import Faults

Floats = NDArray[np.float64]
MOST_JOBS = 2000
MOST_MIXES = 200_000


@dataclass(frozen=True)
class ClosedNetwork:
    """``throughput`` in rounds per time unit; ``cycle_time`` of a round; per station mean jobs ``L`` and times ``W``.

    ``W`` is the time per round spent at the station. Little's law: jobs = throughput · cycle_time.
    """

    jobs: int
    throughput: float
    cycle_time: float
    L: tuple[float, ...]
    W: tuple[float, ...]


def conwip(te: Sequence[float], jobs: int, machines: Sequence[int] | None = None) -> ClosedNetwork:
    """Return a CONWIP line exactly: ``jobs`` on their way at all times, exponential process times of mean ``te``.

    ``te`` is the time per round (with several visits, visits times process time); ``machines`` work in parallel.
    Buzen's convolution in logarithms, so that no term overflows or cancels. Example (Penny Fab One full of chance, at
    its critical WIP; Hopp & Spearman): the practical worst case, 0.2857 per hour in 14 hours.

    >>> found = conwip([2, 2, 2, 2], 4)
    >>> round(found.throughput, 4), round(found.cycle_time, 6)
    (0.2857, 14.0)
    """
    return conwip_curve(te, jobs, machines)[-1]


def conwip_curve(te: Sequence[float], most_jobs: int, machines: Sequence[int] | None = None) -> list[ClosedNetwork]:
    """Return the CONWIP line above for each WIP from 1 to ``most_jobs``: throughput rises, and so does cycle time.

    >>> [round(found.throughput, 4) for found in conwip_curve([2, 2, 2, 2], 3)]
    [0.125, 0.2, 0.25]
    """
    counts = [1] * len(te) if machines is None else list(machines)
    _check(te, most_jobs, counts)
    places = np.arange(most_jobs + 1)
    weights = [_weights(time, count, places) for time, count in zip(te, counts, strict=True)]
    before = list(itertools.accumulate(weights, _convolve, initial=np.where(places == 0, 0.0, -np.inf)))
    after = list(itertools.accumulate(reversed(weights), _convolve, initial=before[0]))[::-1]
    all_of_them = before[-1]
    with np.errstate(divide="ignore"):
        log_places = np.log(places)
    rates = np.exp(all_of_them[:-1] - all_of_them[1:])
    held = np.array(
        [
            np.exp(_convolve(weights[i] + log_places, _convolve(before[i], after[i + 1]))[1:] - all_of_them[1:])
            for i in range(len(te))
        ]
    )
    return [_network(n, float(rates[n - 1]), held[:, n - 1]) for n in range(1, most_jobs + 1)]


def general_conwip(te: Sequence[float], ce2: Sequence[float], jobs: int) -> ClosedNetwork:
    """Return a CONWIP line of single machines with process times of any SCV, approximately.

    Mean value analysis with the rest of the job in process corrected for its SCV (Hopp & Spearman, chapter 10):
    CT_j(w) = te²/2·(ce2 - 1)·TH(w-1) + (WIP_j(w-1) + 1)·te, then TH(w) = w/ΣCT_j. Exact where all SCVs are 1; may
    exceed the bottleneck's rate a little for SCVs near 0, and is held to it. Example (SCVs of 1): 0.2857.

    >>> round(general_conwip([2, 2, 2, 2], [1, 1, 1, 1], 4).throughput, 4)
    0.2857
    """
    _check(te, jobs, [1] * len(te))
    faults = Faults()
    faults.same_length("ce2", ce2, len(te), "stations")
    faults.every_not_negative("ce2 of station", ce2, "Enter the SCV of the process time.")
    faults.stop()
    times, scvs = np.asarray(te, dtype=float), np.asarray(ce2, dtype=float)
    held, rate = np.zeros(len(times)), 0.0
    for n in range(1, jobs + 1):
        stays = np.maximum(times**2 / 2.0 * (scvs - 1.0) * rate + (held + 1.0) * times, times)
        rate = min(n / stays.sum(), 1.0 / times.max())
        stays = stays * (n / rate / stays.sum())
        held = rate * stays
    return _network(jobs, float(rate), held)


@dataclass(frozen=True)
class ClosedClass:
    """One class of jobs in a closed network of several: its throughput, and at each station its mean jobs."""

    jobs: int
    throughput: float
    cycle_time: float
    L: tuple[float, ...]


def mean_value_analysis(
    demands: Sequence[Sequence[float]], jobs: Sequence[int], delays: Sequence[bool] | None = None
) -> list[ClosedClass]:
    """Return each class of a closed network of single exponential machines exactly, by mean value analysis.

    ``demands[k][j]``: time of class k at station j per round (visits times process time); ``jobs[k]`` jobs of it;
    ``delays[j]`` True where nobody queues (transport, cooling). An arriving job sees the network as it is with one job
    of its class less: W_kj = D_kj (1 + L_j(n - e_k)). Work grows with Π(jobs+1), limited to 200,000 mixes. Classes may
    differ only in routes at a first-come machine, not in process time, for exactness.
    Example (one class, four stations of 2 hours, 4 jobs): 0.2857.

    >>> round(mean_value_analysis([[2, 2, 2, 2]], [4])[0].throughput, 4)
    0.2857
    """
    stations = len(demands[0]) if demands else 0
    waits_alone = [False] * stations if delays is None else list(delays)
    _check_classes(demands, jobs, waits_alone, stations)
    times, queued = np.asarray(demands, dtype=float), ~np.asarray(waits_alone)
    held: dict[tuple[int, ...], Floats] = {(0,) * len(jobs): np.zeros((len(jobs), stations))}
    rates = np.zeros(len(jobs))
    for mix in itertools.product(*(range(count + 1) for count in jobs)):
        if not any(mix):
            continue
        found = np.zeros((len(jobs), stations))
        for k, count in enumerate(mix):
            if count:
                less = held[(*mix[:k], count - 1, *mix[k + 1 :])].sum(axis=0)
                stay = times[k] * (1.0 + np.where(queued, less, 0.0))
                rates[k] = count / stay.sum()
                found[k] = rates[k] * stay
        held[mix] = found
    last = held[tuple(jobs)]
    return [
        ClosedClass(int(n), float(rate), float(n / rate), tuple(map(float, row)))
        for n, rate, row in zip(jobs, rates, last, strict=True)
    ]


def _weights(time: float, machines: int, places: NDArray[np.int64]) -> Floats:
    """Logarithms of time^k / Π min(j, machines), the weight of k jobs at a station."""
    busy = np.minimum(np.maximum(places, 1), machines)
    steps = math.log(time) - np.log(busy)
    steps[0] = 0.0
    return np.cumsum(steps)


def _convolve(a: Floats, b: Floats) -> Floats:
    """Logarithms of the convolution of two sequences given by their logarithms."""
    found = np.empty(len(a))
    for n in range(len(a)):
        terms = a[: n + 1] + b[n::-1]
        top = terms.max()
        found[n] = top + math.log(np.exp(terms - top).sum()) if top > -np.inf else -np.inf
    return found


def _network(jobs: int, rate: float, held: Floats) -> ClosedNetwork:
    return ClosedNetwork(jobs, rate, jobs / rate, tuple(map(float, held)), tuple(map(float, held / rate)))


def _check(te: Sequence[float], jobs: int, machines: Sequence[int]) -> None:
    faults = Faults()
    faults.require(len(te) > 0, "te", "must have a station or more", list(te), "Give each station's process time.")
    faults.every_positive("te of station", te, "Enter the mean time per round.")
    faults.same_length("machines", machines, len(te), "stations")
    for i, count in enumerate(machines, 1):
        faults.whole(f"machines of station {i}", count, 1, 1_000_000, "Enter how many machines work in parallel.")
    faults.whole("jobs", jobs, 1, MOST_JOBS, "Enter how many jobs the line holds.")
    faults.stop()


def _check_classes(
    demands: Sequence[Sequence[float]], jobs: Sequence[int], delays: Sequence[bool], stations: int
) -> None:
    faults = Faults()
    faults.require(stations > 0, "demands", "must have a class and a station", demands, "Give each class's times.")
    faults.same_length("jobs", jobs, len(demands), "classes")
    faults.same_length("delays", delays, stations, "stations")
    for k, row in enumerate(demands, 1):
        faults.same_length(f"demands of class {k}", row, stations, "stations")
        faults.every_not_negative(f"demand of class {k} at station", row, "Enter the time per round.")
        faults.require(any(row), f"demands of class {k}", "must have a time above 0", list(row), "Enter a time.")
    fits = [faults.whole(f"jobs of class {k}", n, 1, MOST_MIXES, "Enter a number.") for k, n in enumerate(jobs, 1)]
    if all(fits):
        mixes = math.prod(int(n) + 1 for n in jobs)
        remedy = "Take fewer jobs or classes, or simulate."
        faults.require(mixes <= MOST_MIXES, "jobs", f"must make at most {MOST_MIXES:,} mixes", mixes, remedy)
    faults.stop()
