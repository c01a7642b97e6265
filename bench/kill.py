"""``kill -9`` in the middle of answers: what was acknowledged must be there after the next start.

Learners answer as fast as they can. An answer is acknowledged when the redirect that follows it has arrived. At a
moment drawn by lot the server and its workers are killed; then the database is asked for every acknowledged answer.
"""

from __future__ import annotations

import json
import random
import sys
import threading
import time
from dataclasses import dataclass, field

from bench.campus import Campus, campus_on
from bench.figures import Figure, keep, show
from bench.visitor import Page, Visitor

ROUNDS = {"SQLite": 20, "PostgreSQL": 5}
ANSWERS, LEARNERS = 1000, 8
TEXT = (
    f"{LEARNERS} learners answer practice as fast as they can, {ANSWERS} answers in all; somewhere in the middle the "
    "server and its workers get `kill -9`, and the campus starts again. An answer counts as acknowledged when "
    "the server's reply has arrived; what was typed must then be in the database, graded."
)


@dataclass
class Round:
    """Acknowledged answers by attempt: what was typed."""

    answers: int
    kill_after: int
    acknowledged: dict[str, list[str]] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)
    killed: threading.Event = field(default_factory=threading.Event)

    def note(self, attempt: str, typed: list[str], campus: Campus) -> None:
        with self.lock:
            self.acknowledged[attempt] = typed
            if len(self.acknowledged) == self.kill_after:
                # The others' requests are on their way right now.
                threading.Thread(target=self._kill, args=(campus,)).start()

    def _kill(self, campus: Campus) -> None:
        campus.kill()
        self.killed.set()

    @property
    def is_over(self) -> bool:
        return self.killed.is_set() or len(self.acknowledged) >= self.answers


def measure() -> list[Figure]:
    found = []
    for database, rounds in ROUNDS.items():
        kept, answers = 0, 0
        with campus_on(database) as campus:
            for number in range(rounds):
                learners = campus.run("learners", str(LEARNERS))
                lost, count = one_round(campus, learners, ANSWERS, random.Random(number))
                kept, answers = kept + (not lost), answers + count
                print(f"  {database}, round {number + 1}: killed after {count} answers, lost {len(lost)}", flush=True)
        found.append(show(Figure(f"{database}: rounds of {rounds} in which nothing acknowledged was lost", kept, "",
                                 least=rounds, note=f"{answers} answers acknowledged before the kills")))  # fmt: skip
    keep("Kill -9", TEXT, found)
    return found


def one_round(
    campus: Campus, learners: list[dict[str, str]], answers: int, rng: random.Random
) -> tuple[list[str], int]:
    """Serve, answer, kill. Returns acknowledged attempts that the database does not hold, and how many there were."""
    campus.start()
    this = Round(answers, rng.randrange(answers // 4, 3 * answers // 4))
    seeds = [rng.randrange(2**32) for _learner in learners]
    threads = [
        threading.Thread(target=_answer, args=(campus, learner, this, random.Random(seed)))
        for learner, seed in zip(learners, seeds, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if not this.killed.wait(30):
        raise RuntimeError(f"Only {len(this.acknowledged)} answers came; the server was never killed.")
    stored = campus.run("stored", *this.acknowledged)
    return [a for a, typed in this.acknowledged.items() if typed not in stored.get(a, [])], len(this.acknowledged)


def _answer(campus: Campus, learner: dict[str, str], this: Round, rng: random.Random) -> None:
    visitor = Visitor(campus.port, learner, lambda kind, page: None, rng)
    while not this.is_over:
        try:
            form = visitor.form(visitor.get("practice", learner["practice"]))
            page: Page = visitor.post("answer", learner["practice"], form)
        except (RuntimeError, OSError):
            if this.killed.wait(0.2):
                return
            visitor.connection = None
            continue
        except Exception:
            if campus.server is None or this.killed.wait(5):
                return
            raise
        if form["do"] == "check" and page.status == 302:
            typed = [form[name] for name in sorted(form) if name.startswith(("answer-", "option"))]
            if typed:
                this.note(form["attempt"], typed, campus)


if __name__ == "__main__":
    with campus_on(sys.argv[1] if len(sys.argv) > 1 else "SQLite") as one:
        began = time.monotonic()
        made = one.run("learners", "4")
        print(json.dumps(one_round(one, made, 60, random.Random(1))), f"{time.monotonic() - began:.1f} s")
