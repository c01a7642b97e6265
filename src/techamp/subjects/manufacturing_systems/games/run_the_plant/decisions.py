"""What players decide: the form of each kind of decision."""

from __future__ import annotations

from techamp.contract import Inputs, MoveKind, choice, quantity
from techamp.subjects.manufacturing_systems.games.run_the_plant.numbers import (
    INSTALL_DAYS,
    KINDS,
    MOST_OVERTIME,
    MOTOR_POINT,
    MOTOR_QUANTITY,
    PROMISE,
)

STATIONS = {kind.name: kind.label for kind in KINDS}


class Promise(Inputs):
    """The lead time quoted to customers."""

    days: int = quantity(PROMISE, "days", range=(2, 25), label="Days promised from order to shipment")


class Floor(Inputs):
    """How orders become lots, and which lot is next."""

    lot: int = quantity(
        50,
        "actuators",
        range=(10, 200),
        step=5,
        label="Lot size",
        help="Made together without a change of length. Large lots save setups; small lots flow.",
    )
    rule: str = choice(
        "fifo",
        {"fifo": "First come, first served", "edd": "Earliest promise first", "same": "Same length first"},
        label="Which lot is next",
    )
    cap: int | None = quantity(
        None,
        "actuators",
        range=(50, 5000),
        step=50,
        optional=True,
        label="Most actuators on the floor",
        help="Further lots wait at the gate. Empty: no limit.",
    )


class Hours(Inputs):
    """Overtime of the whole plant."""

    overtime: int = quantity(
        0, "min", range=(0, int(MOST_OVERTIME)), step=30, label="Overtime each day", help="Paid at one and a half."
    )


class Maintenance(Inputs):
    """How often every machine is serviced."""

    every: int = quantity(
        10,
        "days",
        range=(1, 60),
        label="Days from service to service",
        help="A service takes 45 minutes of each machine. Between services breakdowns become more frequent.",
    )


class Motors(Inputs):
    """When and how many motors are ordered."""

    point: int = quantity(
        MOTOR_POINT,
        "motors",
        range=(0, 20_000),
        step=50,
        label="Order when stock falls to",
        help="Stock counts motors on the shelf and on order.",
    )
    quantity: int = quantity(MOTOR_QUANTITY, "motors", range=(50, 10_000), step=10, label="Motors in one order")


class Machine(Inputs):
    """Which machine is bought or sold."""

    station: str = choice("lathe", STATIONS, label="Station")


MOVES = (
    MoveKind(
        "promise",
        "Promise to customers",
        "A short one earns more; a late order loses a tenth of its price each day.",
        Promise,
    ),
    MoveKind("floor", "Lots and order of work", "How the floor is run.", Floor),
    MoveKind("hours", "Overtime", "More minutes each day, for all stations.", Hours),
    MoveKind("maintenance", "Service of machines", "Fewer breakdowns against lost minutes.", Maintenance),
    MoveKind("motors", "Motors", "Bought, with four weeks of lead time.", Motors),
    MoveKind(
        "buy",
        "Buy a machine",
        f"Paid at once; it makes its first part after {INSTALL_DAYS} days.",
        Machine,
        standing=False,
    ),
    MoveKind("sell", "Sell a machine", "Half of its price comes back; its people leave.", Machine, standing=False),
)
