"""What a model would do in the long run, judged before a run: loads, overload, deadlock."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from tests.subjects.manufacturing_systems.model_strategies import distributions

from techamp.contract.errors import InvalidInput
from techamp.subjects.manufacturing_systems import ProcessTime, with_rework
from techamp.subjects.manufacturing_systems.model import Distribution, model_warnings, read_model
from techamp.subjects.manufacturing_systems.model.rates import finished_share, station_rates, visits

JACKSON = """
time_unit: h
stations: [{name: a, time: "exponential(0.4)"}, {name: b, time: "exponential(0.6)"}, {name: c, time: 0.5}]
products:
  - name: job
    arrivals: {rate: 1 per h}
    route:
      - {station: a, next: [{to: b, chance: 0.6}, {to: c, chance: 0.4}]}
      - {station: b, next: [{to: a, chance: 0.1}, {to: c, chance: 0.9}]}
      - {station: c, next: [{to: a, chance: 0.2}, {to: out, chance: 0.8}]}
"""


def test_visits_solve_the_traffic_equations() -> None:
    model = read_model(JACKSON)
    routing = np.array([[0, 0.6, 0.4], [0.1, 0, 0.9], [0.2, 0, 0]])
    exact = np.linalg.solve(np.eye(3) - routing.T, [1, 0, 0])
    assert visits(model, model.products[0]) == pytest.approx(exact)
    assert finished_share(model, model.products[0]) == pytest.approx(1.0)


def test_rework_at_once_lengthens_the_time_as_theory_says() -> None:
    model = read_model("stations: [{name: a, time: 1, rework: 0.5}]\nproducts: [{name: P, arrivals: 'exponential(4)'}]")
    assert station_rates(model)[0].work == pytest.approx(with_rework(ProcessTime(1.0, 0.0), 0.5).mean / 4)


def test_scrap_thins_what_follows() -> None:
    text = "stations: [{name: a, time: 1, scrap: 0.1}, {name: b, time: 1}]\nproducts: [{name: P, arrivals: 4}]"
    model = read_model(text)
    assert visits(model, model.products[0]) == pytest.approx([1.0, 0.9])


@settings(max_examples=40, derandomize=True, deadline=None)
@given(d=distributions())
def test_moments_agree_with_draws_by_inversion_or_with_scipy(d: Distribution) -> None:
    from scipy import stats

    p = d.parameters
    frozen = {
        "constant": lambda: stats.uniform(p[0], 0),
        "exponential": lambda: stats.expon(scale=p[0]),
        "uniform": lambda: stats.uniform(p[0], p[1] - p[0]),
        "triangular": lambda: stats.triang((p[1] - p[0]) / (p[2] - p[0] or 1), p[0], p[2] - p[0]),
        "normal": lambda: stats.truncnorm(-p[0] / p[1], np.inf, p[0], p[1]),
        "lognormal": lambda: stats.lognorm(
            math.sqrt(math.log1p((p[1] / p[0]) ** 2)), scale=p[0] / math.sqrt(1 + (p[1] / p[0]) ** 2)
        ),
        "gamma": lambda: stats.gamma((p[0] / p[1]) ** 2, scale=p[1] ** 2 / p[0]),
        "weibull": lambda: stats.weibull_min(p[0], scale=p[1]),
        "erlang": lambda: stats.gamma(p[1], scale=p[0] / p[1]),
        "empirical": lambda: None,
    }[d.kind]()
    mean, variance = (np.mean(p), np.var(p)) if frozen is None else frozen.stats("mv")
    if d.kind in ("constant", "uniform", "triangular") and p[0] == p[-1]:
        mean, variance = p[0], 0.0  # SciPy has no name for a distribution without width
    assert d.mean == pytest.approx(float(mean), rel=1e-6)
    assert d.variance == pytest.approx(float(variance), rel=1e-6, abs=1e-9 * d.mean**2)


def test_an_overload_names_station_and_rate_and_is_no_fault() -> None:
    model = read_model("stations: [{name: saw, time: 10}]\nproducts: [{name: P, arrivals: {rate: 7.5 per h}}]")
    assert model_warnings(model) == [
        "saw is overloaded: 7.5 parts per hour come and it can do 6 parts per hour. Its queue grows as long as you run "
        "it, so no long-run average exists. Add a machine, shorten its time, or let in less work."
    ]


def test_failures_and_shifts_count_in_the_capacity() -> None:
    station = "{name: saw, time: 10, calendar: day, failures: {mttf: 90, mttr: 10}}"
    calendars = "calendars: [{name: day, cycle: 24 h, open: ['6:00-18:00']}]"
    model = read_model(f"stations: [{station}]\n{calendars}\nproducts: [{{name: P, arrivals: 30}}]")
    assert station_rates(model)[0].capacity == pytest.approx(0.5 * 0.9)


def test_an_endless_supply_floods_a_slower_station_behind_a_queue_without_limit() -> None:
    lines = "stations: [{name: saw, time: 2}, {name: mill, time: 3%s}]"
    assert "mill is overloaded: 30 parts per hour come" in model_warnings(read_model(lines % ""))[0]
    assert model_warnings(read_model(lines % ", buffer: 5")) == []


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("stations: [{name: a, time: 1}, {name: b, time: 1, batch: 6}]\nrelease: {policy: conwip, wip: 5}",
         "must not wait for more parts than release.wip lets in (5)"),
        ("stations: [{name: a, time: 1}, {name: b, time: 1, batch: 6, buffer: 4}]",
         "must have a place for each of the 6 parts"),
        ("stations: [{name: a, time: 1, move_batch: 9}, {name: b, time: 1, buffer: 4}]",
         "must fit the buffer of b (4)"),
        ("stations: [{name: a, time: 1}, {name: b, time: 1, buffer: 3}, {name: c, time: 1, buffer: 3}]\n"
         "products: [{name: P, route: [a, b, c, b]}]", "must be a loop of full queues"),
    ],
)  # fmt: skip
def test_a_certain_deadlock_is_refused(text: str, rule: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        read_model(text)
    assert rule in str(caught.value).replace("must not be a loop", "must be a loop")


def test_a_loop_is_named_and_a_limit_below_its_room_frees_it() -> None:
    text = (
        "stations: [{name: a, time: 1}, {name: b, time: 1, buffer: 3}, {name: c, time: 1, buffer: 3}]\n"
        "products: [{name: P, route: [a, b, c, b]%s}]\n%s"
    )
    with pytest.raises(InvalidInput, match="b → c → b"):
        read_model(text % ("", ""))
    assert model_warnings(read_model(text % ("", "release: {policy: conwip, wip: 7}"))) == []
    arriving = read_model(text % (", arrivals: 'exponential(10)'", ""))
    assert "room for 8 parts" in model_warnings(arriving)[0]


def test_a_normal_that_loses_a_tail_says_its_true_mean() -> None:
    said = model_warnings(read_model("stations: [{name: a, time: 'normal(2 min, sd 1.2 min)'}]"))
    assert "5 % of this normal would lie below 0" in said[0]
