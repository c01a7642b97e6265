"""The job shop against exact queues under three rules, conservation order by order, and the engine's own counts."""

from __future__ import annotations

from math import lgamma
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from techamp.contract import registry
from techamp.subjects.manufacturing_systems import mg1, mm1, priority_mg1
from techamp.subjects.manufacturing_systems.engine.simulating import simulate
from techamp.subjects.manufacturing_systems.model.reading import model_from
from techamp.subjects.manufacturing_systems.simulations.job_shop.figures import figures, rush_cost, without_tags
from techamp.subjects.manufacturing_systems.simulations.job_shop.inputs import (
    AT_LATHE,
    DAY,
    KINDS,
    RULES,
    STATIONS,
    JobShopInputs,
)
from techamp.subjects.manufacturing_systems.simulations.job_shop.pictures import fifths
from techamp.subjects.manufacturing_systems.simulations.job_shop.replay import SHOWN
from techamp.subjects.manufacturing_systems.simulations.job_shop.shop_run import WARM_UP, ShopRun, Visits, run_shop

SHOP = registry.simulation("manufacturing_systems.job_shop")
SAW = STATIONS.index("saw")
Floats = NDArray[np.float64]


def read(**choices: Any) -> JobShopInputs:
    return JobShopInputs.read(choices)


def mean(name: str, seeds: range = range(1, 9), **choices: Any) -> float:
    return float(np.mean(SHOP.measures(SHOP.Inputs.read(choices), list(seeds))[name]))


def at_the_saw(shop: ShopRun) -> Visits:
    """Visits to the saw that were begun, in the order of coming."""
    visits = shop.visits
    rows = np.flatnonzero((visits.station == SAW) & np.isfinite(visits.started) & (visits.ended < shop.run.until))
    rows = rows[np.argsort(visits.queued[rows])]
    return Visits(*(getattr(visits, name)[rows] for name in Visits.__dataclass_fields__))


def waits_at_the_saw(tagged: bool | None = None, seeds: range = range(8), **choices: Any) -> tuple[float, float]:
    """(mean minutes of wait, its standard error), over all seeds."""
    means = []
    for seed in seeds:
        shop = run_shop(read(days=400, **choices), seed)
        seen = at_the_saw(shop)
        mine = (seen.queued > WARM_UP) & ((tagged is None) | (shop.orders.rush[seen.order] == tagged))
        means.append(float((seen.started - seen.queued)[mine].mean()))
    return float(np.mean(means)), float(np.std(means, ddof=1) / np.sqrt(len(means)))


def saw_queue(inputs: JobShopInputs) -> tuple[float, float, float]:
    """(orders per minute, mean minutes, SCV) of what comes to the saw: a mixture of gammas."""
    parts = [(one.share, one.at("saw")) for one in KINDS if one.at("saw")]
    share = sum(p for p, _ in parts)
    te = sum(p * m for p, m in parts) / share
    second = sum(p * m * m * (1.0 + inputs.cv**2) for p, m in parts) / share
    return inputs.rate * share, te, second / te**2 - 1.0


def saw_density(inputs: JobShopInputs, x: Floats) -> Floats:
    """Density of the work at the saw."""
    shape = 1.0 / inputs.cv**2
    parts = [(one.share, one.at("saw") / shape) for one in KINDS if one.at("saw")]
    found = sum(p * np.exp((shape - 1) * np.log(x) - x / s - shape * np.log(s) - lgamma(shape)) for p, s in parts)
    return np.asarray(found / sum(p for p, _ in parts))


def phipps(rate: float, x: Floats, density: Floats) -> float:
    """Mean wait, shortest first: ∫ λE[S²]/2 / (1 - ρ(x))² dF(x), with ρ(x) the load by work up to x."""
    step = x[1] - x[0]
    up_to = rate * np.cumsum(x * density) * step
    left = rate * float((x * x * density).sum()) * step / 2.0
    return left * float((density / (1.0 - up_to) ** 2).sum()) * step


MIDDLES = (np.arange(60_000) + 0.5) / 60_000


def test_the_saw_first_come_is_the_exact_queue() -> None:
    found, error = waits_at_the_saw(rule="fifo", load=98, changeover=0)
    rate, te, scv = saw_queue(read(load=98))
    assert found == pytest.approx(mg1(rate, te, scv).Wq, abs=3.5 * error)
    assert error < 0.03 * found


def test_the_saw_shortest_first_waits_as_phipps_says() -> None:
    found, error = waits_at_the_saw(rule="spt", load=98, changeover=0)
    inputs = read(load=98)
    x = 800.0 * MIDDLES
    exact = phipps(saw_queue(inputs)[0], x, saw_density(inputs, x))
    assert exact < 0.9 * mg1(*saw_queue(inputs)).Wq
    assert found == pytest.approx(exact, abs=3.5 * error)


@pytest.mark.parametrize("tagged", [True, False])
def test_red_tags_at_the_saw_wait_as_cobham_says(tagged: bool) -> None:
    choices: dict[str, Any] = {"rule": "red", "load": 98, "rush": 30, "changeover": 0}
    rate, te, scv = saw_queue(read(load=98))
    first, others = priority_mg1([0.3 * rate, 0.7 * rate], [te, te], [scv, scv])
    found, error = waits_at_the_saw(tagged, **choices)
    assert found == pytest.approx((first if tagged else others).Wq, abs=3.5 * error)


def test_one_station_at_ninety_percent_waits_as_the_formulas_say() -> None:
    def wait(rule: str, seed: int) -> float:
        product = {"name": "job", "arrivals": {"between": {"kind": "exponential", "mean": 1.0}}}
        station = {"name": "one", "time": {"kind": "exponential", "mean": 0.9}}
        model = model_from({"time_unit": "min", "dispatch": rule, "stations": [station], "products": [product]})
        return simulate(model, seed, until=200_000.0, warm_up=2000.0).flow_time - 0.9

    x = 40.0 * MIDDLES
    exact = {"fifo": mm1(1.0, 1.0 / 0.9).Wq, "spt": phipps(1.0, x, np.exp(-x / 0.9) / 0.9)}
    assert exact["fifo"] == pytest.approx(9.0 * 0.9)
    assert exact["spt"] < 0.4 * exact["fifo"]
    for rule, wanted in exact.items():
        waits = [wait(rule, seed) for seed in range(6)]
        assert np.mean(waits) == pytest.approx(wanted, abs=3.5 * np.std(waits, ddof=1) / np.sqrt(6))
        assert np.std(waits) < 0.1 * wanted


def test_whatever_the_rule_the_saw_works_at_the_same_moments_and_work_times_wait_is_kept() -> None:
    """Kleinrock's conservation law, order by order: up to a moment at which the saw was idle under every rule."""
    sums, busy = [], []
    for rule in RULES:
        seen = at_the_saw(run_shop(read(rule=rule, load=95, changeover=0), 5))
        work, ends = seen.ended - seen.started, np.sort(seen.ended)
        idle = np.flatnonzero(seen.queued[1:] > np.maximum.accumulate(ends[:-1]))[-1] + 1
        sums.append(float((work * (seen.started - seen.queued))[:idle].sum()))
        busy.append((idle, float(np.sort(seen.ended)[:idle][-1]), float(work[:idle].sum())))
    assert sums == pytest.approx([sums[0]] * len(sums), rel=1e-9)
    assert all(one == pytest.approx(busy[0], rel=1e-9) for one in busy)


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("more", [{}, {"quoting": "work", "rush": 0, "cv": 0.0}, {"load": 96, "rush": 40, "days": 60}])
def test_orders_and_hours_are_conserved_and_are_what_the_engine_counts(rule: str, more: dict[str, Any]) -> None:
    inputs = read(rule=rule, **more)
    shop = run_shop(inputs, 3)
    run, found = shop.run, figures(inputs, shop)
    assert len(shop.lead_times) == run.finished
    assert shop.lead_times.mean() == pytest.approx(run.flow_time, rel=1e-9)
    assert found["late"] == pytest.approx(100.0 * sum(p.late for p in run.products) / run.finished)
    assert found["tardiness"] == pytest.approx(sum(p.tardiness_sum for p in run.products) / run.finished / 60.0)
    for station in run.stations:
        assert sum(station.times.values()) == pytest.approx(run.duration)
    begun = sum(run.counted_from < begin <= run.until for *_, begin, _ in shop.changeovers)
    assert found["changeovers"] * inputs.days == pytest.approx(begun, abs=2)  # of those at the ends of the run
    if not more:
        assert run.wip == pytest.approx(run.throughput * run.flow_time, rel=0.1)  # the ends of a run are in it


def test_work_is_what_the_load_says() -> None:
    inputs = read(load=70, days=400)
    shares = np.mean(
        [[s.share("busy") for s in run_shop(inputs, seed).run.stations] for seed in range(12)],
        axis=0,
    )
    wanted = [0.70 / AT_LATHE * sum(one.share * one.at(name) for one in KINDS) for name in STATIONS]
    assert shares.tolist() == pytest.approx(wanted, rel=0.03)
    assert wanted[STATIONS.index("lathe")] == pytest.approx(0.70)
    assert sum(one.share for one in KINDS) == pytest.approx(1.0)


def test_an_order_takes_its_route_and_waits_for_nothing_else() -> None:
    shop = run_shop(read(rule="cr"), 4)
    visits = shop.visits
    for n in np.flatnonzero(shop.done)[:200]:
        mine = np.flatnonzero(visits.order == n)
        assert [STATIONS[s] for s in visits.station[mine]] == [s for s, _ in KINDS[shop.orders.kind[n]].route]
        assert visits.queued[mine][0] == shop.orders.arrived[n]
        assert visits.queued[mine][1:].tolist() == visits.ended[mine][:-1].tolist()
        assert visits.ended[mine][-1] == shop.orders.finished[n]
        assert np.all(visits.started[mine] >= visits.queued[mine])


def test_due_dates_are_quoted_by_kind_with_the_same_average() -> None:
    for quoting in ("same", "work"):
        inputs = read(quoting=quoting, quote=4.0, rush=0)
        assert sum(one.share * inputs.quoted(k, False) for k, one in enumerate(KINDS)) == pytest.approx(4.0 * DAY)
    shop = run_shop(read(quote=4.0, rush=20, rush_days=1.5), 2)
    quoted = shop.orders.due - shop.orders.arrived
    assert quoted[shop.orders.rush] == pytest.approx(1.5 * DAY)
    assert quoted[~shop.orders.rush] == pytest.approx(4.0 * DAY)


def test_shortest_first_has_the_shortest_mean_and_the_worst_order() -> None:
    means = {rule: mean("lead_time", rule=rule) for rule in RULES}
    worsts = {rule: mean("worst", rule=rule) for rule in RULES}
    assert min(means, key=means.__getitem__) == "spt"
    assert max(worsts, key=worsts.__getitem__) == "spt"
    assert means["spt"] < 0.75 * means["fifo"]
    shop = run_shop(read(rule="spt", load=88), 6)
    first = run_shop(read(rule="fifo", load=88), 6)
    gain = [(a or 0.0) / (b or 1.0) for a, b in zip(fifths(shop), fifths(first), strict=True)]
    assert gain[0] < 0.4
    assert gain[-1] > 2.0 * gain[0]


def test_due_dates_first_are_late_by_less_and_by_work_hardly_ever() -> None:
    assert mean("tardiness", rule="edd") < 0.7 * mean("tardiness", rule="fifo")
    assert mean("worst", rule="edd") < 0.7 * mean("worst", rule="fifo")
    assert mean("late", rule="edd", quoting="work") < 0.4 * mean("late", rule="fifo", quoting="work")


def test_above_ninety_percent_everything_grows_and_fewer_changeovers_help() -> None:
    assert mean("lead_time", load=88) > 2.0 * mean("lead_time", load=75)
    fixture, first = (figures(one, run_shop(one, 2)) for one in (read(rule="setup", load=88), read(load=88)))
    assert fixture["changeovers"] < 0.7 * first["changeovers"]
    assert fixture["busy"] < first["busy"] - 2.0
    assert fixture["lead_time"] < first["lead_time"]


def test_more_days_quoted_make_fewer_late_and_none_faster() -> None:
    lates = [figures(one, run_shop(one, 3)) for one in (read(quote=2), read(quote=4), read(quote=8))]
    assert lates[0]["late"] > lates[1]["late"] > lates[2]["late"]
    assert len({found["lead_time"] for found in lates}) == 1


def test_rush_orders_gain_what_the_others_pay() -> None:
    blind = read(rule="fifo", rush=20)
    assert rush_cost(blind, run_shop(blind, 1)) == 0.0
    inputs = read(rule="red", rush=20)
    shop = run_shop(inputs, 1)
    plain = without_tags(inputs, shop)
    assert plain.orders.arrived.tolist() == shop.orders.arrived.tolist()
    assert plain.lead_times.mean() == pytest.approx(run_shop(read(rule="fifo", rush=20), 1).lead_times.mean())
    assert rush_cost(inputs, shop) > 0.0
    costs = [mean("rush_cost", range(1, 5), rule="red", rush=share) for share in (5, 20, 50)]
    assert costs == sorted(costs)
    leads = [mean("rush_lead", range(1, 5), rule="red", rush=share) for share in (5, 50)]
    assert leads[0] < leads[1]
    assert "rush_lead" not in figures(read(rush=0), run_shop(read(rush=0), 1))


@pytest.mark.parametrize(
    "choices",
    [
        {},
        {"rule": "red", "rush": 0},
        {"rule": "cr", "load": 98, "changeover": 60, "days": 40},
        {"rule": "spt", "cv": 0},
    ],
)
def test_a_run_and_its_measures_agree_and_the_trace_is_whole(choices: dict[str, Any]) -> None:
    inputs = SHOP.Inputs.read(choices)
    outcome = SHOP.run(inputs, 7)
    assert {m.name: [m.value] for m in outcome.measures} == SHOP.measures(inputs, [7])
    trace = outcome.trace
    assert trace is not None
    assert all(len(column) == len(trace.t) for column in trace.columns.values())
    assert list(trace.t) == sorted(trace.t)
    assert trace.t[-1] == SHOWN
    assert max(trace.columns["order"]) + 1 == len(trace.fixed["orders"])


def test_the_scene_sees_every_order_that_is_inside() -> None:
    shop = run_shop(read(rule="edd"), 8)
    trace = SHOP.run(SHOP.Inputs.read({"rule": "edd"}), 8).trace
    assert trace is not None
    queued, ended = np.array(trace.columns["queued"]), np.array(trace.columns["ended"])
    for t in np.linspace(1.0, SHOWN - 1.0, 40):
        inside = ((shop.orders.arrived <= WARM_UP + t) & (shop.orders.finished > WARM_UP + t)).sum()
        assert int(((queued <= t) & (ended > t)).sum()) == inside


def test_curves_pass_through_the_run_itself() -> None:
    for rule in ("fifo", "cr"):
        outcome = SHOP.run(SHOP.Inputs.read({"rule": rule, "load": 77, "quote": 2.25}), 4)
        loads, quotes = outcome.chart("loads"), outcome.chart("quotes")
        assert loads.marks[0].y == pytest.approx(outcome.measure("lead_time").value, abs=1e-3)
        assert quotes.marks[0].y == pytest.approx(outcome.measure("late").value, abs=0.01)
        late = [share or 0.0 for share in quotes.series[0].y]
        assert late == sorted(late, reverse=True) or rule == "cr"


def test_a_shop_that_cannot_keep_up_says_so() -> None:
    outcome = SHOP.run(SHOP.Inputs.read({"load": 98, "changeover": 40, "rule": "spt"}), 1)
    assert any("It cannot keep up" in note for note in outcome.notes)
    assert outcome.chart("loads").series[0].y[-1] is None
    with pytest.raises(ValueError, match=r"Enter a number from 0\.5 to 12 days"):
        SHOP.Inputs.read({"quote": 0})
