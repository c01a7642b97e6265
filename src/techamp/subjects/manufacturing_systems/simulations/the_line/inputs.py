"""What the player sets on the line."""

from __future__ import annotations

from typing import Any

from techamp.contract import Inputs, choice, quantity

STATIONS = {
    "lathe": "Lathe",
    "press": "Press",
    "cell": "Robot cell",
    "motor": "Motor bench",
    "test": "Test",
    "pack": "Pack",
}
_COUNTS = {
    str(n): f"{n}: {', '.join(list(STATIONS.values())[:n]).lower().replace('lathe', 'Lathe')}" for n in range(3, 7)
}


def _only(station: str) -> tuple[str, tuple[str, ...]]:
    """For which lengths of the line this station's inputs matter."""
    place = list(STATIONS).index(station) + 1
    return ("stations", tuple(n for n in _COUNTS if int(n) >= place))


def _time(station: str, minutes: float) -> Any:
    return quantity(
        minutes,
        "min",
        range=(0.5, 10.0),
        step=0.1,
        label=f"{STATIONS[station]}: time of one part",
        help="Mean working time, without stops.",
        when=_only(station),
    )


def _mttf(station: str, minutes: float) -> Any:
    return quantity(
        minutes,
        "min",
        range=(20.0, 10_000.0),
        step=10.0,
        label=f"{STATIONS[station]}: running time to a breakdown (MTTF)",
        help="On average, counting only the time in which it works.",
        when=_only(station),
    )


def _mttr(station: str, minutes: float) -> Any:
    return quantity(
        minutes,
        "min",
        range=(0.0, 240.0),
        step=1.0,
        label=f"{STATIONS[station]}: time to repair (MTTR)",
        help="On average; 0 means that it never breaks down.",
        when=_only(station),
    )


def _places(station: str) -> Any:
    return quantity(
        None,
        "places",
        range=(0, 200),
        label=f"Places before {STATIONS[station].lower()}",
        help="Left empty: the common number.",
        optional=True,
        when=_only(station),
    )


class TheLineInputs(Inputs):
    """The stations' defaults are those of the LA-20 plant; benches with several people count as one faster station."""

    stations: str = choice("6", _COUNTS, label="Stations")
    places: int = quantity(
        10,
        "places",
        range=(0, 100),
        label="Places between two stations",
        help="Room for parts before each station, the one on the machine not counted.",
    )
    cv: float = quantity(
        0.25,
        "",
        range=(0.0, 2.0),
        step=0.05,
        label="Variation of the times (cv)",
        help="Standard deviation divided by the mean, at every station. 0: always the same. 1: very uneven work.",
    )
    lathe_time: float = _time("lathe", 3.2)
    press_time: float = _time("press", 2.2)
    cell_time: float = _time("cell", 3.3)
    motor_time: float = _time("motor", 3.2)
    test_time: float = _time("test", 3.0)
    pack_time: float = _time("pack", 2.6)
    lathe_mttf: float = _mttf("lathe", 600.0)
    press_mttf: float = _mttf("press", 900.0)
    cell_mttf: float = _mttf("cell", 450.0)
    motor_mttf: float = _mttf("motor", 5000.0)
    test_mttf: float = _mttf("test", 1500.0)
    pack_mttf: float = _mttf("pack", 4000.0)
    lathe_mttr: float = _mttr("lathe", 30.0)
    press_mttr: float = _mttr("press", 15.0)
    cell_mttr: float = _mttr("cell", 12.0)
    motor_mttr: float = _mttr("motor", 10.0)
    test_mttr: float = _mttr("test", 20.0)
    pack_mttr: float = _mttr("pack", 10.0)
    press_places: int | None = _places("press")
    cell_places: int | None = _places("cell")
    motor_places: int | None = _places("motor")
    test_places: int | None = _places("test")
    pack_places: int | None = _places("pack")
    hours: int = quantity(
        200,
        "h",
        range=(20, 1000),
        step=20,
        label="Hours to count",
        help="After 40 hours in which the line fills and settles.",
    )

    @property
    def names(self) -> tuple[str, ...]:
        """Ids of the stations in the line."""
        return tuple(STATIONS)[: int(self.stations)]

    def of_stations(self, what: str) -> tuple[float, ...]:
        """``time``, ``mttf`` or ``mttr`` of every station, in order."""
        return tuple(float(getattr(self, f"{name}_{what}")) for name in self.names)

    @property
    def between(self) -> tuple[int, ...]:
        """Places before every station but the first."""
        own = (getattr(self, f"{name}_places") for name in self.names[1:])
        return tuple(self.places if places is None else places for places in own)
