"""Charts and run rules of a million rows beside the fewest numpy (or compiled) steps that give the same numbers."""

from __future__ import annotations

import importlib.util
import statistics
import time
from collections.abc import Callable, Iterator

import numpy as np
from numba import njit
from numpy.lib.stride_tricks import sliding_window_view
from scipy.signal import lfilter

from bench.figures import Figure, keep, show
from techamp.subjects.process_control import (
    average_run_length,
    crossed_gauge_study,
    cusum_chart,
    ewma_chart,
    individuals_chart,
    rule_chain,
    signal_points,
    x_bar_r_chart,
)

ROWS, SIZE, TIMES = 1_000_000, 5, 5
TEXT = (
    "A million readings. Each figure is our time over the peer's, both the median of 5 turns taken by turns, so that "
    "other work on the machine hits both. The peers do the bare arithmetic: they check nothing, know no gaps, phases "
    "or excluded points, and name nothing. Below 1 we are faster."
)


Work = Callable[[], object]


def ratio(ours: Work, peer: Work, times: int = TIMES) -> tuple[float, float, float]:
    """(ours / peer, our milliseconds, the peer's), medians over turns; a first turn of each is not counted."""
    ours(), peer()
    mine, other = [], []
    for _turn in range(times):
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
    """Times over those of the bare arithmetic, at most; then how many times a peer's, at least."""
    x = np.random.default_rng(20).normal(size=ROWS)
    ready = individuals_chart(x)
    assert np.array_equal(signal_points(x, "nelson"), nelson_by_windows(x)), "the peer finds other signals"
    slower: list[tuple[str, float, Work, Work]] = [
        ("Nelson's eight tests / numpy windows", 1.0, lambda: signal_points(x, "nelson"), lambda: nelson_by_windows(x)),
        ("X̄-R of 5 / bare numpy", 1.3, lambda: x_bar_r_chart(x, size=SIZE), lambda: x_bar_r_bare(x)),
        ("I-MR / bare numpy", 1.5, lambda: individuals_chart(x), lambda: individuals_bare(x)),
        ("EWMA with its limits / scipy's filter", 1.5, lambda: ewma_chart(ready), lambda: ewma_bare(x)),
        ("CUSUM / a compiled loop", 1.5, lambda: cusum_chart(ready), lambda: cusum_bare(x)),
        ("ARL of Western Electric's rules / one solve of its matrix", 10.0, *_run_length()),
    ]
    found = []
    for what, most, ours, peer in slower:
        value, mine, other = ratio(ours, peer)
        found.append(show(Figure(what, value, "×", most=most, note=f"{mine:.2f} ms / {other:.2f} ms")))
    for what, least, ours, peer, share in _peers(x):
        value, mine, other = ratio(ours, peer, times=3)
        note = f"{other / share:.0f} ms / {mine:.2f} ms" + (f", the peer on {share:.0%} of it" if share < 1 else "")
        found.append(show(Figure(what, 1 / value / share, "times as fast", least=least, note=note)))
    keep("Process control", TEXT, found)
    return found


def _run_length() -> tuple[Work, Work]:
    """Ours for a shift of 0.5, the chain of the rule set being made once; the peer solves a matrix of the same size."""
    from scipy.sparse import diags_array, random_array
    from scipy.sparse.linalg import spsolve

    chain = rule_chain("western_electric")
    size, density = len(chain), chain.moves.shape[1] / len(chain)
    links = random_array((size, size), density=min(1.0, density), rng=np.random.default_rng(1))
    system = (diags_array(2.0 + np.asarray(links.sum(axis=1)).ravel()) - links).tocsc()
    return lambda: average_run_length("western_electric", 0.5), lambda: spsolve(system, np.ones(size))


def _peers(x: np.ndarray) -> Iterator[tuple[str, float | None, Work, Work, float]]:
    """(what, target, ours, the peer's, the share of the readings that the peer gets: its time grows in proportion)."""
    if missing := [name for name in ("pandas", "capstat_core", "statsmodels") if not importlib.util.find_spec(name)]:
        print(f"Not installed, so not compared: {', '.join(missing)}. make bench installs them.")
        return
    import pandas as pd
    from capstat_core import i_mr_chart, nelson_rules
    from statsmodels.formula.api import ols
    from statsmodels.stats.anova import anova_lm

    some = i_mr_chart(x[: ROWS // 20], center=0.0, sigma=1.0)
    assert nelson_rules(some.location), "the peer finds no signal"
    yield (
        "Nelson's eight tests, against capstat-core", 100, lambda: signal_points(x, "nelson"),
        lambda: nelson_rules(some.location), 0.05,
    )  # fmt: skip
    labels = np.repeat(np.arange(ROWS // SIZE), SIZE)
    groups = pd.DataFrame({"x": x, "g": labels}).groupby("g", sort=False)["x"]
    yield (
        "X̄-R of 5, against a pandas groupby-apply", 150, lambda: x_bar_r_chart(x, size=SIZE),
        lambda: pd.DataFrame({"x": x[:50_000], "g": labels[:50_000]}).groupby("g")["x"].apply(
            lambda g: pd.Series({"mean": g.mean(), "range": g.max() - g.min()})
        ), 0.05,
    )  # fmt: skip
    yield (
        "X̄-R of 5 by label, against pandas' own groupby", None, lambda: x_bar_r_chart(x, subgroup=labels),
        lambda: groups.agg(["mean", "min", "max"]), 1.0,
    )  # fmt: skip
    study = np.random.default_rng(21).normal(size=(100, 10, 5))
    part, operator, _trial = (axis.ravel() for axis in np.indices(study.shape))
    frame = pd.DataFrame({"y": study.ravel(), "part": part.astype(str), "operator": operator.astype(str)})
    yield (
        "Gauge study 100×10×5, against statsmodels' anova_lm", 10_000, lambda: crossed_gauge_study(study),
        lambda: anova_lm(ols("y ~ C(part) * C(operator)", frame).fit(), typ=2), 1.0,
    )  # fmt: skip
