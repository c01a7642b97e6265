"""Statistics of simulations, held to queues whose answers are known."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats
from tests.subjects.manufacturing_systems.single_queue import mm1, waits

from techamp.subjects.manufacturing_systems import mm1 as mm1_theory
from techamp.subjects.manufacturing_systems.output_analysis.batch_means import batch_means, uncorrelated
from techamp.subjects.manufacturing_systems.output_analysis.comparing import compare
from techamp.subjects.manufacturing_systems.output_analysis.intervals import mean_interval
from techamp.subjects.manufacturing_systems.output_analysis.ranking import select_best
from techamp.subjects.manufacturing_systems.output_analysis.replications import (
    Precision,
    Replications,
    replicate,
    replicate_until,
    replication_seed,
)
from techamp.subjects.manufacturing_systems.output_analysis.sensitivity import sensitivity
from techamp.subjects.manufacturing_systems.output_analysis.student_t import t_quantile
from techamp.subjects.manufacturing_systems.output_analysis.warm_up import mser5


@pytest.mark.parametrize("df", [1, 2, 3, 9, 29, 999, 1e6])
@pytest.mark.parametrize("level", [0.5, 0.9, 0.95, 0.99, 0.9999])
def test_t_quantiles_are_those_of_scipy(level: float, df: float) -> None:
    assert t_quantile(level, df) == pytest.approx(stats.t.ppf((1 + level) / 2, df), rel=1e-8)


def test_an_interval_of_replications_holds_theory_at_its_level() -> None:
    exact, hits = mm1_theory(0.5, 1.0).Wq, 0
    for experiment in range(60):
        found = replicate(mm1(0.5), 12, seed=experiment).interval("wait")
        hits += not found.excludes(exact)
    assert stats.binom.cdf(hits, 60, 0.95) > 0.01


def test_a_run_goes_on_until_it_is_precise() -> None:
    done = replicate_until(mm1(0.5), Precision("wait", 0.02), seed=3)
    found = done.interval("wait")
    assert done.reached
    assert found.relative <= 0.02
    assert found.mean == pytest.approx(1.0, rel=0.03)
    assert len(done) > 20


def test_a_cap_ends_what_would_take_too_long() -> None:
    done = replicate_until(mm1(0.9), Precision("wait", 0.001, cap=25), seed=3)
    assert (len(done), done.reached) == (25, False)


def test_a_process_without_luck_stops_at_the_first_look() -> None:
    done = replicate_until(lambda _seed: {"rate": 2.0}, Precision("rate"), seed=1)
    assert (len(done), done.reached, done.interval("rate").half_width) == (10, True, 0.0)


@pytest.mark.parametrize("workers", [2, 3])
def test_threads_change_nothing(workers: int) -> None:
    alone = replicate_until(mm1(0.5, 800), Precision("wait", 0.1), seed=5)
    together = replicate_until(mm1(0.5, 800), Precision("wait", 0.1), seed=5, workers=workers)
    assert alone.seeds == together.seeds
    assert np.array_equal(alone.columns["wait"], together.columns["wait"])


def test_whoever_watches_can_stop_and_keeps_what_there_is() -> None:
    def tired(done: int, expected: int, so_far: Replications) -> bool:
        assert expected >= done == len(so_far)
        return done < 20

    done = replicate_until(mm1(0.5, 800), Precision("wait", 0.001), seed=5, progress=tired)
    assert (done.stopped, done.reached) == (True, False)
    assert 20 <= len(done) < 40


def test_an_interrupt_keeps_the_replications_that_are_finished() -> None:
    calls = 0

    def process(seed: int) -> dict[str, float]:
        nonlocal calls
        calls += 1
        if calls == 14:
            raise KeyboardInterrupt
        return mm1(0.5, 100, 10)(seed)

    done = replicate(process, 50, seed=1)
    assert (len(done), done.stopped) == (13, True)


def test_seeds_of_replications_differ_and_come_back() -> None:
    seeds = [replication_seed(seed, number) for seed in range(20) for number in range(50)]
    assert len(set(seeds)) == len(seeds)
    assert all(0 <= seed < 2**53 for seed in seeds)
    assert replication_seed(3, 4) == replication_seed(3, 4)


def test_mser_cuts_the_empty_start_of_a_busy_queue() -> None:
    rows = np.array([waits(seed, 0.9, 4000) for seed in range(40)])
    found = mser5(rows)
    exact = mm1_theory(0.9, 1.0).Wq
    assert found.settled
    assert abs(rows[:, found.cut :].mean() - exact) < abs(rows.mean() - exact)
    assert 100 < found.cut < 2000


def test_mser_leaves_a_series_without_start_alone_and_says_when_one_never_settles() -> None:
    steady = np.tile([1.0, 2.0, 3.0, 2.0, 1.5], 60)
    assert mser5(steady).cut == 0
    assert not mser5(np.linspace(0.0, 1.0, 400)).settled
    with pytest.raises(ValueError, match="at least 20 values"):
        mser5([1.0] * 19)


def test_batch_means_hold_the_mean_of_one_long_run() -> None:
    hits = [
        not batch_means(waits(seed, 0.5, 40_000)[1000:]).interval.excludes(mm1_theory(0.5, 1.0).Wq)
        for seed in range(40)
    ]
    assert stats.binom.cdf(sum(hits), 40, 0.95) > 0.01


def test_a_run_too_short_for_batch_means_says_so() -> None:
    assert not batch_means(np.linspace(0.0, 1.0, 200)).independent
    assert uncorrelated(np.random.default_rng(1).normal(size=30))


def test_common_luck_makes_a_difference_certain_that_separate_luck_hides() -> None:
    first, second = replicate(mm1(0.50), 20, seed=8), replicate(mm1(0.51), 20, seed=8)
    found = next(d for d in compare(first, second) if d.measure == "wait")
    assert found.certain
    assert found.saved > 10
    assert not found.difference.excludes(mm1_theory(0.51, 1.0).Wq - 1.0)
    assert first.interval("wait").high > second.interval("wait").low


def test_a_comparison_refuses_separate_luck() -> None:
    with pytest.raises(ValueError, match="same seeds"):
        compare(replicate(mm1(0.5, 800), 3, seed=1), replicate(mm1(0.5, 800), 3, seed=2))


def test_the_best_of_four_queues_is_picked_and_the_others_leave_the_race() -> None:
    queues = {f"{rho}": mm1(rho, 2000, 200) for rho in (0.6, 0.5, 0.55, 0.8)}
    picked = select_best(queues, "wait", 0.05, seed=2, highest=False)
    assert (picked.best, picked.surely) == ("0.5", True)
    assert set(picked.left_after) == {"0.55", "0.6", "0.8"}
    assert sum(picked.counts.values()) < 4 * max(picked.counts.values())


def test_kn_keeps_its_promise_at_the_edge_of_indifference() -> None:
    def normal(mean: float, cause: int):
        return lambda seed: {"x": mean + float(np.random.default_rng([seed, cause]).normal())}

    right = sum(
        select_best({"a": normal(0.0, 1), "b": normal(0.5, 2), "c": normal(0.0, 3)}, "x", 0.5, seed).best == "b"
        for seed in range(60)
    )
    assert stats.binom.cdf(right, 60, 0.95) > 0.01


def test_the_slope_of_a_wait_is_the_derivative_of_theory() -> None:
    found = sensitivity(lambda rho: mm1(rho, 6000), 0.5, 0.01, "wait", seed=4, replications=30)
    assert not found.slope.excludes(1 / (1 - 0.5) ** 2)
    assert found.certain
    assert found.elasticity == pytest.approx(2.0, rel=0.1)


def test_intervals_of_nothing_and_of_one_value_promise_nothing() -> None:
    assert math.isnan(mean_interval([math.nan]).mean)
    assert mean_interval([3.0]).half_width == math.inf
    assert mean_interval([3.0, math.nan, 5.0]).count == 2
