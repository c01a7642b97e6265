"""What the scene plays: five days of the counted time, every visit of every order, with its due date."""

from __future__ import annotations

import numpy as np

from techamp.contract import Trace
from techamp.subjects.manufacturing_systems.simulations.job_shop.inputs import DAY, KINDS, STATIONS
from techamp.subjects.manufacturing_systems.simulations.job_shop.shop_run import WARM_UP, Floats, ShopRun

SHOWN = 5 * DAY
"""Minutes that the scene plays: a week of production. Our choice."""
GANTT = DAY
"""Minutes before the first one that the chart of the last hours shows: a day."""
_BEYOND = 9 * SHOWN


def trace(shop: ShopRun) -> Trace:
    """One row for each visit of an order to a station that is seen, in the order of its end; minutes since the
    counted time began, negative before. The last row is no visit but the end of what is shown.

    ``fixed.orders`` are [kind, rush, due, out] for ``order`` in the columns; ``fixed.changeovers`` are [station, kind,
    from, to]; ``fixed.first`` is the number of the first day. What has not happened when the run ends stands far
    beyond it.
    """
    visits = shop.visits
    seen = (visits.ended > WARM_UP - GANTT) & (visits.queued < WARM_UP + SHOWN)
    ended = visits.ended[seen] - WARM_UP
    order = np.argsort(np.where(np.isfinite(ended), ended, _BEYOND), kind="stable")
    numbers, place = np.unique(visits.order[seen][order], return_inverse=True)
    whole = shop.orders

    def column(values: Floats, after: float) -> tuple[float, ...]:
        return (*_from_start(values[seen][order]), after)

    return Trace(
        t=(*np.clip(ended[order], 0.0, SHOWN).round(2).tolist(), SHOWN),
        unit="min",
        columns={
            "order": (*place.tolist(), -1),
            "station": (*visits.station[seen][order].tolist(), -1),
            "queued": column(visits.queued, _BEYOND),
            "started": column(visits.started, _BEYOND),
            "ended": column(visits.ended, _BEYOND),
        },
        fixed={
            "stations": [name.capitalize() for name in STATIONS],
            "kinds": [kind.name for kind in KINDS],
            "orders": [
                list(one)
                for one in zip(
                    whole.kind[numbers].tolist(),
                    whole.rush[numbers].astype(int).tolist(),
                    _from_start(whole.due[numbers]),
                    _from_start(whole.finished[numbers]),
                    strict=True,
                )
            ],
            "changeovers": [
                [station, kind, round(begin - WARM_UP, 2), round(end - WARM_UP, 2)]
                for station, kind, begin, end in shop.changeovers
                if end > WARM_UP - GANTT and begin < WARM_UP + SHOWN
            ],
            "day": DAY,
            "first": round(WARM_UP / DAY) + 1,
        },
    )


def _from_start(moments: Floats) -> list[float]:
    found: list[float] = np.round(np.minimum(moments - WARM_UP, _BEYOND), 2).tolist()
    return found
