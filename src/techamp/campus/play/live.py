"""What a page needs to follow a slider without the server: the simulation's kernel, as the contract describes it."""

from __future__ import annotations

import json
from typing import Any

from django.templatetags.static import static
from django.utils.translation import gettext as _

from techamp.campus.play.bench import MANY, Bench, student_t
from techamp.campus.ui.finders import kernel_prefix


def live_json(bench: Bench) -> str:
    """JSON for a script element of type application/json; "" where this simulation is run by the server alone.

    ``values`` are the inputs that may change, ``given`` those that may not; ``quantiles`` are Student's t for 2, 3 …
    runs.
    """
    live = bench.simulation.live(bench.inputs)
    if live is None:
        return ""
    inputs = bench.inputs.model_dump()
    found: dict[str, Any] = {
        "worker": static("play/live_worker.js"),
        "module": static(f"{kernel_prefix(live.module.parent)}/{live.module.name}"),
        "live": live.json,
        "values": {n: inputs[n] for n in live.follows} | {"seed": bench.seed},
        "given": {n: str(inputs[n]) for n in live.rests_on},
        "first": next(iter(live.measures)),
        "quantiles": [student_t(runs - 1) for runs in range(2, MANY + 1)],
        "says": _("%(runs)s runs: %(mean)s (%(low)s to %(high)s)")
        % {"runs": "{0}", "mean": "{1}", "low": "{2}", "high": "{3}"},
    }
    return json.dumps(found).replace("<", "\\u003c").replace("&", "\\u0026")
