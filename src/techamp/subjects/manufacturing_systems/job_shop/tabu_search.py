"""Short job shop schedules by tabu search over the blocks of the critical path.

A schedule gets shorter only if an operation of a critical block (neighbors on one machine, all critical) moves to the
block's begin or end (Brucker, Jurisch & Sievers 1994; the moves N6 of Balas & Vazacopoulos 1998, Management Science
44(2)). The search makes the best such move, shorter or not, and forbids to undo it for a while (Nowicki & Smutnicki
1996, Management Science 42(6)); when it stalls it starts again from the best schedule, shaken a little.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass

from techamp.contract import random
from techamp.subjects.manufacturing_systems.faults import Faults
from techamp.subjects.manufacturing_systems.job_shop.dispatching import DISPATCH_RULES, dispatch
from techamp.subjects.manufacturing_systems.job_shop.schedule import Schedule, following, semi_active
from techamp.subjects.manufacturing_systems.job_shop.shop import JobShop

TABU_LUCK = 7101  # the cause under which this search draws
_BLOCK = 4096
_TENURE, _TENURE_MORE = (
    8,
    6,
)  # moves that a pair stays forbidden: our choice, best of six on 10 x 10 shops
Sequences = list[list[int]]


@dataclass(frozen=True)
class FoundSchedule:
    """The best ``schedule`` found, the proven lower bound ``least`` of any makespan, the ``moves`` made."""

    schedule: Schedule
    least: float
    moves: int

    @property
    def optimal(self) -> bool:
        """Whether it is proven that no schedule is shorter (a schedule may be optimal without this proof)."""
        return self.schedule.makespan <= self.least * (1.0 + 1e-12)


def search_schedule(shop: JobShop, seed: int, *, moves: int = 5_000, patience: int = 400) -> FoundSchedule:
    """Return a short schedule found by tabu search from the best dispatch rule, within a number of ``moves``.

    The same seed and budget give the same schedule on every machine. ``patience``: moves without gain before a new
    start. Stops early at the lower bound. Example (ft06 of Fisher & Thompson): makespan 55, the optimum.
    """
    faults = Faults()
    faults.whole("moves", moves, 0, 10**9, "Enter how many moves the search may make.")
    faults.whole("patience", patience, 1, 10**9, "Enter after how many moves without gain to start again.")
    faults.stop()
    least = shortest_makespan(shop)
    starts = [dispatch(shop, rule, active=active) for rule in DISPATCH_RULES for active in (False, True)]
    walk = _Walk(shop, min(starts, key=lambda schedule: schedule.makespan), _Luck(seed))
    done = 0
    while done < moves and walk.best > least * (1.0 + 1e-12):
        done += 1
        walk.move(done)
        if done - walk.gained_at >= patience:
            walk.restart(done)
    return FoundSchedule(semi_active(shop, walk.best_sequences), least, done)


def shortest_makespan(shop: JobShop) -> float:
    """Return a lower bound of the makespan: the longest job, and each machine alone with its preemptive schedule.

    For each machine, its operations become available when their jobs can first be there and have the rest of the job
    after them; Jackson's preemptive rule (longest rest first) is the best that one machine can do (Carlier 1982).

    >>> shortest_makespan(JobShop(((0, 1), (0, 1)), ((3, 2), (4, 1))))
    8.0
    """
    longest = max(sum(times) for times in shop.times)
    return max(longest, *(_one_machine(shop, operations) for operations in shop.on_machine if operations))


def _one_machine(shop: JobShop, operations: Sequence[int]) -> float:
    rows = []
    for o in operations:
        job, step = shop.operations[o]
        rows.append((sum(shop.times[job][:step]), shop.time_of[o], sum(shop.times[job][step + 1 :])))
    left = sorted(rows)
    waiting: list[list[float]] = []  # [rest after, time left]
    now, longest = 0.0, 0.0
    while left or waiting:
        if not waiting:
            now = max(now, left[0][0])
        while left and left[0][0] <= now:
            _, time, rest = left.pop(0)
            waiting.append([rest, time])
        current = max(waiting)
        until = left[0][0] if left else math.inf
        worked = min(current[1], until - now)
        now, current[1] = now + worked, current[1] - worked
        if current[1] <= 0.0:
            waiting.remove(current)
            longest = max(longest, now + current[0])
    return longest


class _Luck:
    """Uniform numbers of a seed, drawn in blocks."""

    def __init__(self, seed: int) -> None:
        self.seed, self.step, self.block = seed, 0, random.uniform(seed, TABU_LUCK, 0, range(0)).tolist()

    def below(self, count: int) -> int:
        """A whole number from 0 to below ``count``."""
        place = self.step % _BLOCK
        if place == 0:
            self.block = random.uniform(self.seed, TABU_LUCK, self.step // _BLOCK, range(_BLOCK)).tolist()
        self.step += 1
        return int(self.block[place] * count)


class _Walk:
    """The present schedule as links between operations, the best so far, and what is forbidden.

    Operation n is a stand-in for "none": time, head and tail 0. ``head`` is the earliest start, ``tail`` the longest
    way from an operation's end to the end of all.
    """

    def __init__(self, shop: JobShop, start: Schedule, luck: _Luck) -> None:
        self.shop, self.luck, n = shop, luck, len(shop)
        self.n, self.time = n, [*shop.time_of, 0.0]
        self.job_next = [o + 1 if o + 1 < n and shop.operations[o + 1][1] else n for o in range(n)] + [n]
        self.job_prev = [o - 1 if shop.operations[o][1] else n for o in range(n)] + [n]
        self.job_waits = [int(before != n) for before in self.job_prev]
        self.job_ends = [o for o in range(n) if self.job_next[o] == n]
        self.gained_at = self.restarts = 0
        self.best = math.inf
        self.best_sequences: Sequences = []
        self._take([list(sequence) for sequence in start.sequences], 0)

    def move(self, now: int) -> None:
        """Make the best move that is not forbidden; one that promises a new best is never forbidden."""
        moves = self._moves()
        if not moves:
            self.restart(now)
            return
        rated = [(self._promise(u, v, forward), i) for i, (u, v, forward) in enumerate(moves)]
        allowed = [one for one in rated if one[0] < self.best or not self._forbidden(*moves[one[1]], now)]
        if allowed:
            low = min(allowed)[0]
            ties = [i for promise, i in allowed if promise == low]
            chosen = ties[self.luck.below(len(ties))]
        else:
            chosen = self.luck.below(len(moves))
        self._make(*moves[chosen], now)
        self._timetable()
        self._note(now)

    def restart(self, now: int) -> None:
        """Go back to the best schedule, or every other time to the last one, and shake it by random moves."""
        self.restarts += 1
        if self.restarts % 2:
            self._take([list(sequence) for sequence in self.best_sequences], now)
        for _ in range(4 + self.luck.below(24)):
            moves = self._moves()
            if moves:
                self._make(*moves[self.luck.below(len(moves))], now)
                self._timetable()
        self._note(now)
        self.gained_at = now

    def _take(self, sequences: Sequences, now: int) -> None:
        self.forbidden: dict[tuple[int, int], int] = {}
        n = self.n
        self.next = [o if o >= 0 else n for o in following(sequences, n)] + [n]
        self.prev = [o if o >= 0 else n for o in following([s[::-1] for s in sequences], n)] + [n]
        self._timetable()
        self._note(now)

    def _note(self, now: int) -> None:
        if self.makespan < self.best:
            self.best, self.gained_at = self.makespan, now
            self.best_sequences = [[] for _ in range(self.shop.machine_count)]
            for o in self.order:
                self.best_sequences[self.shop.machine_of[o]].append(o)

    def _timetable(self) -> None:
        """Heads and tails of all operations, along a topological order."""
        n, time, job_next, next_ = self.n, self.time, self.job_next, self.next
        job_prev, prev = self.job_prev, self.prev
        waits = [had + (before != n) for had, before in zip(self.job_waits, prev, strict=True)]
        order = [o for o in range(n) if not waits[o]]
        head, tail = [0.0] * (n + 1), [0.0] * (n + 1)
        for o in order:  # grows while it is read
            a, b = head[job_prev[o]] + time[job_prev[o]], head[prev[o]] + time[prev[o]]
            head[o] = a if a > b else b
            for successor in (job_next[o], next_[o]):
                if successor != n:
                    waits[successor] -= 1
                    if not waits[successor]:
                        order.append(successor)
        for o in reversed(order):
            a, b = tail[job_next[o]] + time[job_next[o]], tail[next_[o]] + time[next_[o]]
            tail[o] = a if a > b else b
        self.head, self.tail, self.order = head, tail, order
        self.makespan = max(head[o] + time[o] for o in self.job_ends)

    def _blocks(self) -> list[list[int]]:
        """The blocks of one critical path, chosen by luck where it forks."""
        n, head, time, prev, job_prev = self.n, self.head, self.time, self.prev, self.job_prev
        slack = 1e-9 * self.makespan
        last = [o for o in self.order if head[o] + time[o] >= self.makespan - slack]
        o = last[self.luck.below(len(last))]
        blocks = [[o]]
        while head[o] > slack:
            by_machine = prev[o] != n and head[prev[o]] + time[prev[o]] >= head[o] - slack
            by_job = job_prev[o] != n and head[job_prev[o]] + time[job_prev[o]] >= head[o] - slack
            if by_machine and by_job and self.luck.below(2):
                by_machine = False
            if by_machine:
                o = prev[o]
                blocks[-1].append(o)
            else:
                o = job_prev[o]
                blocks.append([o])
        return [block[::-1] for block in blocks[::-1]]

    def _moves(self) -> list[tuple[int, int, bool]]:
        """(u, v, True): u to right behind v; (u, v, False): v to right before u. Only those that surely make no
        circle.
        """
        head, tail, time, n = self.head, self.tail, self.time, self.n
        blocks = self._blocks()
        found = []
        for place, block in enumerate(blocks):
            if len(block) < 2:
                continue
            first, last = block[0], block[-1]
            if place < len(blocks) - 1 or len(blocks) == 1:
                for u in block[:-1]:
                    after = self.job_next[u]
                    if after == n or tail[last] + time[last] >= tail[after] + time[after]:
                        found.append((u, last, True))
            if place > 0:
                for v in block[1:]:
                    before = self.job_prev[v]
                    if (before == n or head[first] + time[first] >= head[before] + time[before]) and not (
                        len(block) == 2 and (first, v, True) in found
                    ):
                        found.append((first, v, False))
        return found

    def _between(self, u: int, v: int) -> list[int]:
        """The operations from u to v on their machine, both included."""
        found = [u]
        while u != v:
            u = self.next[u]
            found.append(u)
        return found

    def _promise(self, u: int, v: int, forward: bool) -> float:
        """The longest way through the moved operations, a close lower estimate of the new makespan."""
        head, tail, time = self.head, self.tail, self.time
        job_prev, job_next = self.job_prev, self.job_next
        old = self._between(u, v)
        new = [*old[1:], u] if forward else [v, *old[:-1]]
        ready = head[self.prev[u]] + time[self.prev[u]]
        heads = []
        for o in new:
            by_job = head[job_prev[o]] + time[job_prev[o]]
            start = ready if ready > by_job else by_job
            heads.append(start)
            ready = start + time[o]
        rest, longest = tail[self.next[v]] + time[self.next[v]], 0.0
        for o, start in zip(reversed(new), reversed(heads), strict=True):
            by_job = tail[job_next[o]] + time[job_next[o]]
            after = rest if rest > by_job else by_job
            rest = after + time[o]
            longest = max(longest, start + rest)
        return longest

    def _forbidden(self, u: int, v: int, forward: bool, now: int) -> bool:
        old = self._between(u, v)
        pairs = [(o, u) for o in old[1:]] if forward else [(v, o) for o in old[:-1]]
        return any(self.forbidden.get(pair, 0) > now for pair in pairs)

    def _make(self, u: int, v: int, forward: bool, now: int) -> None:
        old = self._between(u, v)
        new = [*old[1:], u] if forward else [v, *old[:-1]]
        until = now + _TENURE + self.luck.below(_TENURE_MORE)
        for o in old[1:] if forward else old[:-1]:
            self.forbidden[(u, o) if forward else (o, v)] = until
        chain = [self.prev[u], *new, self.next[v]]
        for a, b in itertools.pairwise(chain):
            self.next[a], self.prev[b] = b, a
        self.next[self.n] = self.prev[self.n] = self.n
