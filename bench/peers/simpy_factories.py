"""The bench's two factories as one writes them with SimPy. Each prints JSON: what it measured, operations, seconds."""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Generator
from typing import Any

import simpy
from tests.subjects.manufacturing_systems.engine.factories import MACHINES, RATES, ROUTES, SETUPS

FAMILY = "ABB"
Steps = Generator[Any, Any, None]
draw = random.expovariate


def line(stations: int, buffer: int, parts: int, *, constant: bool) -> float:
    """Throughput of the unreliable line: mean 1, MTTF 100, MTTR 10 by operating time, blocking after service."""
    env = simpy.Environment()
    between = [simpy.Store(env, buffer) for _ in range(stations - 1)]
    done, made = env.event(), [0]

    def machine(j: int) -> Steps:
        up, part = draw(1 / 100), 0
        while True:
            if j:
                part = yield between[j - 1].get()
            work = 1.0 if constant else draw(1.0)
            while work > up:
                yield env.timeout(up)
                work -= up
                yield env.timeout(draw(1 / 10))
                up = draw(1 / 100)
            up -= work
            yield env.timeout(work)
            if j < stations - 1:
                yield between[j].put(part)
            else:
                made[0] += 1
                if made[0] == parts:
                    done.succeed()

    for j in range(stations):
        env.process(machine(j))
    env.run(until=done)
    return parts / env.now


def shop(jobs: int, operators: int) -> tuple[float, int]:
    """Mean flow time of the re-entrant shop under FIFO; failures by operating time (50, 1), operators shared by all."""
    env = simpy.Environment()
    people = simpy.Resource(env, operators)
    queues = [simpy.Store(env) for _ in MACHINES]
    done, total, made, operations = env.event(), [0.0], [0], [0]

    def send(job: list[Any]) -> None:
        center, mean = ROUTES[job[0]][job[1]]
        queues[center].put((mean * (0.5 + random.random()), job))

    def machine(center: int) -> Steps:
        family, up = "", draw(1 / 50)
        while True:
            work, job = yield queues[center].get()
            with people.request() as request:
                yield request
                if FAMILY[job[0]] != family:
                    family = FAMILY[job[0]]
                    yield env.timeout(SETUPS[center])
                while work > up:
                    yield env.timeout(up)
                    work -= up
                    yield env.timeout(draw(1.0))
                    up = draw(1 / 50)
                up -= work
                yield env.timeout(work)
            operations[0] += 1
            job[1] += 1
            if job[1] < len(ROUTES[job[0]]):
                send(job)
                continue
            total[0] += env.now - job[2]
            made[0] += 1
            if made[0] == jobs:
                done.succeed()

    def source(product: int) -> Steps:
        while True:
            yield env.timeout(draw(RATES[product]))
            send([product, 0, env.now])

    for center, count in enumerate(MACHINES):
        for _machine in range(count):
            env.process(machine(center))
    for product in range(3):
        env.process(source(product))
    env.run(until=done)
    return total[0] / jobs, operations[0]


def main(what: str, count: int) -> None:
    random.seed(1)
    began = time.perf_counter()
    if what == "shop":
        found, operations = shop(count, 13)
    else:
        found, operations = line(10, 10, count, constant=what == "constant"), 10 * count
    print(json.dumps({"found": found, "operations": operations, "seconds": time.perf_counter() - began}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
