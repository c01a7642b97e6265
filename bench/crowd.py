"""Many learners at once, from a process of its own: ``python -m bench.crowd`` reads its orders as JSON from stdin.

It runs on the same cores as the server, and takes its share of them: what it prints is worse than what learners on
their own devices would meet.
"""

from __future__ import annotations

import json
import random
import sys
import threading
import time
from collections import defaultdict
from typing import Any

from bench.visitor import Page, Visitor

SWITCH_SECONDS = 0.0005  # a thread that waits for the interpreter would be counted as a slow server


class Crowd:
    """Threads, one learner each."""

    def __init__(self, orders: dict[str, Any]) -> None:
        self.port, self.think, self.seconds = orders["port"], orders["think"], orders["seconds"]
        self.learners = orders["learners"]
        self.times: dict[str, list[float]] = defaultdict(list)
        self.faults: list[str] = []
        self.until = 0.0

    def run(self) -> dict[str, Any]:
        began = time.monotonic()
        self.until = began + self.seconds
        threads = [threading.Thread(target=self._one, args=(n,)) for n in range(len(self.learners))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        cpu = time.process_time()
        return {"times": self.times, "faults": self.faults, "seconds": time.monotonic() - began, "cpu": cpu}

    def _one(self, number: int) -> None:
        rng = random.Random(number)
        visitor = Visitor(self.port, self.learners[number], self._note, rng)
        pause = lambda: time.sleep(rng.uniform(0.5, 1.5) * self.think) if self.think else None  # noqa: E731
        if self.think:
            time.sleep(rng.uniform(0, self.think))
        while time.monotonic() < self.until:
            try:
                visitor.do_something(pause)
            except (RuntimeError, OSError) as error:
                self.faults.append(str(error))
                visitor.connection = None
                time.sleep(0.1)
            pause()

    def _note(self, kind: str, page: Page) -> None:
        self.times[kind].append(page.seconds)


if __name__ == "__main__":
    sys.setswitchinterval(SWITCH_SECONDS)
    print(json.dumps(Crowd(json.load(sys.stdin)).run()))
