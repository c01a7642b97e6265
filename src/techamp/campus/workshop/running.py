"""Runs of drafts: most are over before the page is sent; a longer one goes on, says how far it is, and can be ended.

Two run at a time in each process, so that nobody's line keeps the campus waiting.
"""

from __future__ import annotations

import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import close_old_connections, connection
from django.utils import timezone

from techamp.campus.workshop import actions
from techamp.campus.workshop.models import Draft, Going
from techamp.contract import Builder, Document, Finding, InvalidInput

PATIENCE, LONGEST = 2.5, 20.0
"""Seconds that a page waits for a run, and after which a run ends with what it has."""
BEAT, LOST = 0.5, 15.0
"""Seconds between two words of a run that goes on, and after which it counts as lost."""
_pool = ThreadPoolExecutor(2, thread_name_prefix="workshop")


@dataclass
class _Run:
    """One run; ``left`` once no page waits for it any more, so that it has to write down itself what it found."""

    draft: int
    revision: int
    builder: Builder
    document: Document
    lock: threading.Lock = field(default_factory=threading.Lock)
    left: bool = False
    over: bool = False
    done: float = 0.0
    expected: float = 0.0
    ended: bool = False
    heard: float = 0.0
    began: float = field(default_factory=time.monotonic)

    def watch(self, done: float, expected: float) -> bool:
        """The engine's question whether to go on."""
        self.done, self.expected = done, expected
        if self.left and time.monotonic() - self.heard > BEAT:
            self.heard = time.monotonic()
            rows = Going.objects.filter(draft=self.draft, revision=self.revision)
            told = rows.filter(ended=False).update(done=done, expected=expected, beat=timezone.now())
            self.ended = not told  # ended by her, or the draft has changed or gone
        return not self.ended and time.monotonic() - self.began < LONGEST

    def work(self) -> Finding | None:
        """Run, and write down what came out if nobody waits for it."""
        found: Finding | None = None
        self.began = time.monotonic()  # it may have waited for its turn
        try:
            found = self.builder.run(self.document, self.watch)
            return found
        except InvalidInput:
            return None  # its sentences stand on the board
        finally:
            with self.lock:
                self.over = True
                left = self.left
            if left:
                self._write(found)

    def _write(self, found: Finding | None) -> None:
        close_old_connections()
        actions.keep_finding(self.draft, self.revision, self.builder.version, found)
        Going.objects.filter(draft=self.draft, revision=self.revision).delete()
        connection.close()


def run(draft: Draft, builder: Builder, patience: float = PATIENCE) -> None:
    """Run a draft as it is, and keep what comes out; leave it going on where that takes longer than ``patience``."""
    Going.objects.filter(draft=draft).delete()  # the run of an earlier revision ends itself
    one = _Run(draft.pk, draft.revision, builder, draft.document)
    future: Future[Finding | None] = _pool.submit(one.work)
    try:
        found = future.result(timeout=patience)
    except TimeoutError:
        with one.lock:
            if not one.over:
                _leave(one)
                return
        found = future.result()
    actions.keep_finding(draft.pk, draft.revision, builder.version, found)


def _leave(one: _Run) -> None:
    Going.objects.update_or_create(
        draft_id=one.draft,
        defaults={
            "revision": one.revision, "done": one.done, "expected": one.expected, "ended": False,
            "beat": timezone.now(),
        },
    )  # fmt: skip
    one.left = True


def going(draft: Draft) -> Going | None:
    """The run of this revision that goes on; a lost one is forgotten."""
    found = Going.objects.filter(draft=draft, revision=draft.revision).first()
    if found and found.beat < timezone.now() - timedelta(seconds=LOST):
        found.delete()
        return None
    return found


def end(draft: Draft) -> None:
    """Ask the run that goes on to end; it keeps what it has."""
    Going.objects.filter(draft=draft).update(ended=True)
