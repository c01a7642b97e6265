"""Test the random numbers with dieharder on keys as a simulation asks for them: neighbors in a lattice.

    python scripts/randomness.py            a chosen set of tests on every order of keys (needs dieharder, half an hour)
    python scripts/randomness.py ORDER      writes endless bits of one order to standard output, for other batteries

Counter-based numbers are only as good as they are for *neighboring* keys: part 4711 and 4712, step 3 and 4, seed 1 and
2. So the bits are not one long stream of steps but walks over (seed, cause, entity, step) in several orders.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from techamp.contract.random import bits

Block = NDArray[np.uint64]
LENGTH = 1 << 16
# Of dieharder's tests those that are sound and quick, with the length of tuples where a test has one: see
# docs/randomness.md.
TESTS = (
    *((test, 0) for test in (0, 1, 2, 3, 4, 8, 9, 10, 11, 12, 13, 15, 16, 17, 100, 101, 102, 204, 205, 206, 208)),
    (200, 3), (200, 8), (201, 2), (202, 3), (202, 5), (203, 0), (203, 16),
)  # fmt: skip


def by_step(i: int) -> Block:
    """One machine's failures: the step counts up."""
    return bits(1, 4, 7, np.arange(i * LENGTH, (i + 1) * LENGTH))


def by_entity(i: int) -> Block:
    """The first operation of part after part: the entity counts up."""
    return bits(1, 2, np.arange(i * LENGTH, (i + 1) * LENGTH), 0)


def by_part_and_step(i: int) -> Block:
    """Parts through ten stations: ten steps of each entity, as the line kernel asks."""
    parts = np.arange(i * LENGTH // 8, (i + 1) * LENGTH // 8)
    return bits(1, 2, parts[:, None], np.arange(10)[None, :]).ravel()


def by_seed(i: int) -> Block:
    """Replications: 256 seeds, each asked for the same 16 parts and 16 steps of two causes."""
    found = [
        bits(256 * i + s, cause, np.arange(16)[:, None], np.arange(16)[None, :]).ravel()
        for s in range(256)
        for cause in (2, 4)
    ]
    return np.stack(found, axis=1).ravel()


def by_seed_alone(i: int) -> Block:
    """One number of each of many seeds, as when seeds 1, 2, 3 … are compared."""
    return np.concatenate([bits(1024 * i + s, 2, 0, 0) for s in range(1024)])


ORDERS: dict[str, Callable[[int], Block]] = {
    "step": by_step,
    "entity": by_entity,
    "part-step": by_part_and_step,
    "seed-lattice": by_seed,
    "seed": by_seed_alone,
}


def blocks(order: str) -> Iterator[bytes]:
    i = 0
    while True:
        yield ORDERS[order](i).tobytes()
        i += 1


def assess(order: str, test: int, tuple_length: int) -> list[str]:
    """Lines of dieharder's report: test, subtest, p and verdict."""
    command = [
        "dieharder",
        "-g",
        "200",
        "-d",
        str(test),
        "-n",
        str(tuple_length),
        "-D",
        "test_name",
        "-D",
        "ntuple",
        "-D",
        "pvalues",
    ]
    command += ["-D", "assessment", "-c", ","]
    run = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=False)
    assert run.stdin
    assert run.stdout
    try:
        for block in blocks(order):
            run.stdin.write(block)
    except BrokenPipeError:
        pass
    lines = run.stdout.read().decode().splitlines()
    run.wait()
    return [line for line in lines if any(word in line for word in ("PASSED", "WEAK", "FAILED"))]


def main(arguments: list[str]) -> int:
    if arguments:
        try:
            for block in blocks(arguments[0]):
                sys.stdout.buffer.write(block)
        except BrokenPipeError:
            return 0
    failed = 0
    for order in ORDERS:
        found = [line for test, n in TESTS for line in assess(order, test, n)]
        counts = {word: sum(word in line for line in found) for word in ("PASSED", "WEAK", "FAILED")}
        print(f"{order}: {counts}", flush=True)
        for line in found:
            if "PASSED" not in line:
                print("   ", line, flush=True)
        failed += counts["FAILED"]
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
