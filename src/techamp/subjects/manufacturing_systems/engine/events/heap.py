"""The event list: a binary heap of pairs (time, key); key = order of birth · 2³² + offset · 2⁴ + type."""

from __future__ import annotations

from typing import Any

from techamp.contract.kernels import part
from techamp.subjects.manufacturing_systems.engine import event_words as e


@part
def push(I: Any, F: Any, t: Any, record: Any, kind: Any) -> Any:  # noqa: E741
    """Add an event; returns its key. After a pop the hole at the top is filled first."""
    I[e.SEQUENCE] += 1
    key = ((I[e.SEQUENCE] & 0x7FFFFFFF) << 32) | (record << 4) | kind
    heap = I[e.HEAP]
    if I[e.HOLE] == 1:
        I[e.HOLE] = 0
        sink(I, F, heap, I[e.HEAP_USED], t, key)
        return key
    i = I[e.HEAP_USED]
    I[e.HEAP_USED] = i + 1
    while i > 0:
        p = (i - 1) >> 1
        tp = F[heap + 2 * p]
        if tp < t or (tp == t and I[heap + 2 * p + 1] < key):
            break
        F[heap + 2 * i] = tp
        I[heap + 2 * i + 1] = I[heap + 2 * p + 1]
        i = p
    F[heap + 2 * i] = t
    I[heap + 2 * i + 1] = key
    return key


@part
def sink(I: Any, F: Any, heap: Any, n: Any, t: Any, key: Any) -> None:  # noqa: E741
    """Put an event at the top and let it sink."""
    i = 0
    while True:
        c = 2 * i + 1
        if c >= n:
            break
        tc = F[heap + 2 * c]
        if c + 1 < n:
            tr = F[heap + 2 * c + 2]
            if tr < tc or (tr == tc and I[heap + 2 * c + 3] < I[heap + 2 * c + 1]):
                c += 1
                tc = tr
        if t < tc or (t == tc and key < I[heap + 2 * c + 1]):
            break
        F[heap + 2 * i] = tc
        I[heap + 2 * i + 1] = I[heap + 2 * c + 1]
        i = c
    F[heap + 2 * i] = t
    I[heap + 2 * i + 1] = key


@part
def close_hole(I: Any, F: Any) -> None:  # noqa: E741
    """Fill the hole that a pop left with the last event."""
    if I[e.HOLE] == 1:
        I[e.HOLE] = 0
        heap, n = I[e.HEAP], I[e.HEAP_USED] - 1
        I[e.HEAP_USED] = n
        if n > 0:
            sink(I, F, heap, n, F[heap + 2 * n], I[heap + 2 * n + 1])
