"""What the engine simulates for each case: exact queues and lines, and long runs of other programs."""

from __future__ import annotations

from typing import Any

from tests.reference_cases import ReferenceChecks
from tests.subjects.manufacturing_systems.engine.factories import reentrant_shop, unreliable_line
from tests.subjects.manufacturing_systems.reference_checks.folder import REFERENCES

from techamp.subjects.manufacturing_systems.engine.simulating import simulate
from techamp.subjects.manufacturing_systems.model import (
    Arrivals,
    Branch,
    Crew,
    Failure,
    Model,
    Product,
    Station,
    Step,
    constant,
    exponential,
    uniform,
)

CHECKS = ReferenceChecks(REFERENCES, "simulated")

Inputs = dict[str, Any]
SEED = 20


@CHECKS.case(*(case for case in CHECKS.cases if case.startswith("simulated_exp_") and case[14].isdigit()))
def exponential_line(inputs: Inputs) -> Inputs:
    stations = tuple(
        Station(f"s{i}", time=exponential(1 / inputs["mu"]), buffer=inputs["buffer"] if i else None)
        for i in range(inputs["N"])
    )
    return {"throughput": simulate(Model(stations=stations), SEED, parts=1_000_000, warm_up=1000).throughput}


@CHECKS.case("simulated_ddx_24_22_11_3")
def five_unreliable_stations(inputs: Inputs) -> Inputs:
    stations = tuple(
        Station(f"s{i}", time=constant(1.0), buffer=buffer, failures=(Failure(exponential(up), exponential(down)),))
        for i, (up, down, buffer) in enumerate(
            zip(inputs["mtbf"], inputs["mttr"], [None, *inputs["buffers"]], strict=True)
        )
    )
    return {"throughput": simulate(Model(stations=stations), SEED, parts=1_500_000, warm_up=1000).throughput}


@CHECKS.case("simulated_exp_ODF", "simulated_det_ODF", "simulated_exp_TDF")
def ten_unreliable_stations(inputs: Inputs) -> Inputs:
    model = unreliable_line(10, exponential if inputs["time"] == "exp" else constant, clock=inputs["clock"])
    return {"throughput": simulate(model, SEED, parts=2_000_000, warm_up=2000).throughput}


@CHECKS.case("simulated_shop_fifo", "simulated_shop_spt")
def shop(inputs: Inputs) -> Inputs:
    return {"flow_time": simulate(reentrant_shop(inputs["rule"]), SEED, parts=100_000, warm_up=500).flow_time}


@CHECKS.case("simulated_mmc_3_2.7", "simulated_mmc_10_9")
def parallel_machines(inputs: Inputs) -> Inputs:
    station = Station("m", time=exponential(1 / inputs["mu"]), machines=inputs["c"])
    return {"Wq": _wait(station, inputs["lam"], 800_000)}


@CHECKS.case("simulated_mg1_uniform")
def uniform_service(inputs: Inputs) -> Inputs:
    return {"Wq": _wait(Station("m", time=uniform(0.5, 1.5)), inputs["lam"], 2_000_000)}


def _wait(station: Station, rate: float, parts: int) -> float:
    model = Model(stations=(station,), products=(Product("p", arrivals=Arrivals(exponential(1 / rate))),))
    run = simulate(model, SEED, parts=parts, warm_up=500)
    return run.steps[0].times["queue"] / run.steps[0].parts_out


@CHECKS.case("simulated_cobham")
def priorities(inputs: Inputs) -> Inputs:
    products = tuple(
        Product(f"p{i}", priority=i, arrivals=Arrivals(exponential(1 / rate))) for i, rate in enumerate(inputs["lam"])
    )
    station = Station("m", time=exponential(1 / inputs["mu"]), dispatch="priority")
    run = simulate(Model(stations=(station,), products=products), SEED, parts=600_000, warm_up=500)
    return {"Wq": [step.times["queue"] / step.parts_out for step in run.steps]}


@CHECKS.case("simulated_repair")
def one_repairman(inputs: Inputs) -> Inputs:
    failure = Failure(
        exponential(1 / inputs["fail_rate"]), exponential(1 / inputs["repair_rate"]), "calendar", "fitter"
    )
    station = Station("m", time=constant(1e6), machines=inputs["N"], failures=(failure,))
    run = simulate(Model(stations=(station,), crews=(Crew("fitter"),)), SEED, until=400_000, warm_up=100)
    times = run.stations[0].times
    return {"mean_down": (times["down"] + times["waiting_repair"]) / run.duration}


@CHECKS.case("simulated_jackson3")
def feedback(inputs: Inputs) -> Inputs:
    names = "abc"
    stations = tuple(Station(n, time=exponential(1 / mu)) for n, mu in zip(names, inputs["mu"], strict=True))
    route = []
    for name, row in zip(names, inputs["routing"], strict=True):
        ways = [Branch(to, chance) for to, chance in zip(names, row, strict=True) if chance]
        route.append(Step(name, name=name, next=(*ways, *([Branch("out", 1 - sum(row))] if sum(row) < 1 else []))))
    product = Product("p", route=tuple(route), arrivals=Arrivals(exponential(1 / inputs["external"][0])))
    run = simulate(Model(stations=stations, products=(product,)), SEED, parts=400_000, warm_up=500)
    inside = [(step.times["queue"] + step.times["process"]) / run.duration for step in run.steps]
    return {"W_system": run.flow_time, "L": inside}
