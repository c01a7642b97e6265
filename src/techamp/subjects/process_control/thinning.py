"""Fewer points to draw, and no extreme lost."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from techamp.subjects.process_control.readings import Array


def thin(values: Array, most: int) -> NDArray[np.int64]:
    """Positions (ascending) of at most ``most`` points that keep the lowest and the highest of every stretch.

    The values are cut into ``most``/2 stretches of nearly equal length; of each, the positions of its least and its
    greatest value stay. Not-a-number never wins, and a stretch of nothing else gives its first position, so that a
    gap stays a gap.

    >>> thin(np.array([0.0, 9.0, 1.0, 2.0, -5.0, 3.0]), 4).tolist()
    [0, 1, 4, 5]
    """
    count = len(values)
    if count <= most:
        return np.arange(count, dtype=np.int64)
    edges = np.linspace(0, count, most // 2 + 1).astype(np.int64)
    keep = []
    for start, stop in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True):
        part = values[start:stop]
        missing = np.isnan(part)
        keep.append(start + int(np.argmin(np.where(missing, np.inf, part))))
        keep.append(start + int(np.argmax(np.where(missing, -np.inf, part))))
    return np.unique(np.array(keep, dtype=np.int64))
