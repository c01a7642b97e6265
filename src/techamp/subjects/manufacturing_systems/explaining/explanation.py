"""Everything there is to say about runs of one model, in one object and in sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from techamp.subjects.manufacturing_systems.engine.run import Run
from techamp.subjects.manufacturing_systems.explaining.bottleneck import Bottleneck, find_bottleneck
from techamp.subjects.manufacturing_systems.explaining.lead_time import LeadTime, lead_time
from techamp.subjects.manufacturing_systems.explaining.losses import LossTree, loss_trees
from techamp.subjects.manufacturing_systems.explaining.states import StationStates, station_states
from techamp.subjects.manufacturing_systems.explaining.vut_terms import StationVut, vut_terms
from techamp.subjects.manufacturing_systems.model.factory_model import Model


@dataclass(frozen=True)
class Explanation:
    """``lead_time`` is None if no part was finished; ``vut`` is empty without a trace. ``words``: most important
    first."""

    states: tuple[StationStates, ...]
    bottleneck: Bottleneck
    lead_time: LeadTime | None
    losses: tuple[LossTree, ...]
    vut: tuple[StationVut, ...]
    words: tuple[str, ...]


def explain(model: Model, runs: Sequence[Run]) -> Explanation:
    """Explain runs of one model; the first that has a trace gives active periods and VUT terms."""
    endless = [p for p in model.products if model.has_endless_supply(p) and p.wip_limit is p.base_stock is None]
    pushed = model.release.policy == "push" and model.release.wip is None
    found = find_bottleneck(runs, endless=bool(endless) and pushed)
    lead = lead_time(runs, model.time_unit) if any(run.finished for run in runs) else None
    losses = loss_trees(runs)
    traced = next((run for run in runs if run.trace is not None and len(run.trace)), None)
    limited = [s.name for s in model.stations if s.buffer is not None or s.calendar or s.staffing or s.batch]
    limited += [product.route[0].station for product in endless if product.route]
    vut = vut_terms(traced, limited) if traced else ()
    tree = next(tree for tree in losses if tree.station == found.station)
    words = [*found.words, *(lead.words if lead else ("No part was finished in the time that was counted.",))]
    words += [tree.words, *_queue_words(vut)]
    return Explanation(station_states(runs), found, lead, losses, vut, tuple(words))


def _queue_words(vut: Sequence[StationVut]) -> list[str]:
    """The station with the longest queue, and why."""
    open_ended = [terms for terms in vut if terms.trusted and terms.simulated > 0.0]
    return [max(open_ended, key=lambda terms: terms.simulated).words] if open_ended else []
