"""Charts and run rules of a million rows beside the fewest numpy (or compiled) steps that give the same numbers."""

from __future__ import annotations

import importlib.util
import statistics
import time
from collections.abc import Callable

import numpy as np
from numba import njit
from numpy.lib.stride_tricks import sliding_window_view
from scipy.signal import lfilter

from bench.figures import Figure, keep, show
from techamp.subjects.process_control import cusum_chart, ewma_chart, individuals_chart, signal_points, x_bar_r_chart

ROWS, SIZE, TIMES = 1_000_000, 5, 5
TEXT = (
    "A million readings. Each figure is our time over the peer's, both the median of 5 turns taken by turns, so that "
    "other work on the machine hits both. The peers do the bare arithmetic: they check nothing, know no gaps, phases "
    "or excluded points, and name nothing. Below 1 we are faster."
)


def ratio(ours: Callable[[], object], peer: Callable[[], object]) -> tuple[float, float, float]:
    """(ours / peer, our milliseconds, the peer's), medians over turns; a first turn of each is not counted."""
    ours(), peer()
    mine, other = [], []
    for _turn in range(TIMES):
        mine.append(_seconds(ours))
        other.append(_seconds(peer))
    a, b = statistics.median(mine), statistics.median(other)
    return a / b, 1000 * a, 1000 * b


def _seconds(call: Callable[[], object]) -> float:
    began = time.perf_counter()
    call()
    return time.perf_counter() - began


def nelson_by_windows(z: np.ndarray) -> np.ndarray:
    """Nelson's eight tests as one writes them with numpy: windows, and a count in each."""
    found = np.abs(z) > 3
    up, step = z > 0, np.sign(np.diff(z))
    for side in (up, ~up):
        _mark(found, sliding_window_view(side, 9).all(axis=1), 9)
    for way in (1, -1):
        _mark(found, (sliding_window_view(step, 5) == way).all(axis=1), 6)
    _mark(found, (sliding_window_view(step[1:] * step[:-1], 12) < 0).all(axis=1), 14)
    for sign in (1, -1):
        far, near = sign * z > 2, sign * z > 1
        _mark(found, (sliding_window_view(far, 3).sum(axis=1) >= 2) & far[2:], 3)
        _mark(found, (sliding_window_view(near, 5).sum(axis=1) >= 4) & near[4:], 5)
    _mark(found, sliding_window_view(np.abs(z) <= 1, 15).all(axis=1), 15)
    _mark(found, sliding_window_view(np.abs(z) > 1, 8).all(axis=1), 8)
    return np.flatnonzero(found)


def _mark(found: np.ndarray, ends: np.ndarray, length: int) -> None:
    found[length - 1 :] |= ends


def x_bar_r_bare(x: np.ndarray) -> tuple[np.ndarray, ...]:
    """Means, ranges and both pairs of limits for subgroups of five."""
    table = x.reshape(-1, SIZE)
    means, ranges = table.mean(axis=1), np.ptp(table, axis=1)
    center, r_bar = means.mean(), ranges.mean()
    limits = np.array([center - 0.577 * r_bar, center + 0.577 * r_bar, 0.0, 2.114 * r_bar])
    return means, ranges, limits, (means < limits[0]) | (means > limits[1])


def individuals_bare(x: np.ndarray) -> tuple[np.ndarray, ...]:
    """Moving ranges, center and limits."""
    ranges = np.abs(np.diff(x))
    center, half = x.mean(), 3 * ranges.mean() / 1.128
    return ranges, np.array([center - half, center, center + half])


def ewma_bare(x: np.ndarray) -> np.ndarray:
    """The recurrence alone, compiled in scipy."""
    return lfilter([0.2], [1.0, -0.8], x)


@njit(cache=True)
def cusum_bare(z: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Both sums in one compiled loop, as one would write it in C."""
    upper, lower = np.empty(len(z)), np.empty(len(z))
    above = below = 0.0
    for t in range(len(z)):
        above, below = max(0.0, above + z[t] - 0.5), max(0.0, below - z[t] - 0.5)
        upper[t], lower[t] = above, below
    return upper, lower


def measure() -> list[Figure]:
    """All of them."""
    x = np.random.default_rng(20).normal(size=ROWS)
    ready = individuals_chart(x)
    assert np.array_equal(signal_points(x, "nelson"), nelson_by_windows(x)), "the peer finds other signals"
    pairs: list[tuple[str, Callable[[], object], Callable[[], object]]] = [
        ("Nelson's eight tests / numpy windows", lambda: signal_points(x, "nelson"), lambda: nelson_by_windows(x)),
        ("X̄-R of 5 / bare numpy", lambda: x_bar_r_chart(x, size=SIZE), lambda: x_bar_r_bare(x)),
        ("I-MR / bare numpy", lambda: individuals_chart(x), lambda: individuals_bare(x)),
        ("EWMA with its limits / scipy's filter", lambda: ewma_chart(ready), lambda: ewma_bare(x)),
        ("CUSUM / a compiled loop", lambda: cusum_chart(ready), lambda: cusum_bare(x)),
    ]
    if importlib.util.find_spec("pandas"):
        pairs.append(("X̄-R of 5 by label / pandas groupby", *_by_label(x)))
    else:
        print("pandas is not installed: no figure beside its groupby.")
    found = []
    for what, ours, peer in pairs:
        value, mine, other = ratio(ours, peer)
        found.append(show(Figure(what, value, "×", note=f"{mine:.1f} ms / {other:.1f} ms")))
    keep("Process control", TEXT, found)
    return found


def _by_label(x: np.ndarray) -> tuple[Callable[[], object], Callable[[], object]]:
    import pandas as pd

    labels = np.repeat(np.arange(ROWS // SIZE), SIZE)
    frame = pd.DataFrame({"x": x, "g": labels})
    return (
        lambda: x_bar_r_chart(x, subgroup=labels),
        lambda: frame.groupby("g", sort=False)["x"].agg(["mean", "min", "max"]),
    )
