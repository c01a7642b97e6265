"""The same line in the page: its numbers follow a slider without the server. ``run`` says what they mean."""

from __future__ import annotations

from techamp.contract import Live
from techamp.contract.live import Term, given
from techamp.subjects.manufacturing_systems.engine.live_line import Counted, OpenStation, live_line
from techamp.subjects.manufacturing_systems.simulations.the_line.inputs import TheLineInputs

MOST_PLACES = 200
"""The largest number of places that an input allows."""


def live_of(inputs: TheLineInputs, warm_up: float) -> Live:
    """The line with the chosen number of stations; all its other inputs are open."""
    stations = [_station(name, first=i == 0) for i, name in enumerate(inputs.names)]
    end = 60.0 * given("hours") + warm_up
    return live_line(stations, given("cv"), warm_up, end, _measures, rests_on=("stations",))


def _station(name: str, first: bool) -> OpenStation:
    places = None if first else given(f"{name}_places").otherwise(given("places"))
    time, mttf, mttr = (given(f"{name}_{what}") for what in ("time", "mttf", "mttr"))
    return OpenStation(time, mttf, mttr, places, MOST_PLACES)


def _measures(counted: Counted) -> dict[str, Term]:
    """The measures of ``run`` that need no list of events."""
    return {
        "throughput": 60.0 * counted.throughput,
        "wip": counted.wip,
        "lead_time": counted.flow_time,
        "rate_times_time": counted.throughput * counted.flow_time,
    }
