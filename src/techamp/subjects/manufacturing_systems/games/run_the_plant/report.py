"""What the players see: measures of the last days, charts since the beginning, the floor as a table, and words."""

from __future__ import annotations

from techamp.contract import Chart, DataTable, Mark, Measure, Outcome, RefLine, Series
from techamp.subjects.manufacturing_systems.games.run_the_plant.figures import (
    LOOK_BACK,
    late_share,
    lead_time,
    load,
    loads,
    money,
    per_day,
    statement,
    worth,
)
from techamp.subjects.manufacturing_systems.games.run_the_plant.numbers import KINDS
from techamp.subjects.manufacturing_systems.games.run_the_plant.scenario import DAYS
from techamp.subjects.manufacturing_systems.games.run_the_plant.world import Day, World

BUSY_STATION = 0.9  # load from which queues grow long
TIGHT_MOTORS = 3.0  # days of use


def outcome(world: World) -> Outcome:
    """The plant on this morning."""
    days = world.days[-LOOK_BACK:]
    return Outcome(
        measures=measures(world),
        charts=(_cash(world), _flow(world), _lead(world), _loads(days), _stock(world)),
        tables=(_stations(world), _money(world), _log(world)),
        notes=tuple(_words(world)),
    )


def measures(world: World) -> tuple[Measure, ...]:
    """Figures of the last ten days and of this morning."""
    days = world.days[-LOOK_BACK:]
    last = days[-1]
    over = "Over the last ten days."
    return (
        score(world),
        Measure(
            name="cash",
            label="Cash in the bank",
            value=world.cash / 1000,
            unit="thousand USD",
            better="higher",
            decimals=0,
        ),
        Measure(
            name="ordered",
            label="Ordered a day",
            value=per_day(days, "ordered"),
            unit="actuators",
            decimals=0,
            help=over,
        ),
        Measure(
            name="shipped",
            label="Shipped a day",
            value=per_day(days, "shipped"),
            unit="actuators",
            decimals=0,
            better="higher",
            help=over,
        ),
        Measure(
            name="lead_time",
            label="Lead time",
            value=lead_time(days),
            unit="days",
            better="lower",
            help="From order to shipment. " + over,
        ),
        Measure(
            name="late", label="Shipped late", value=late_share(days), unit="%", better="lower", decimals=0, help=over
        ),
        Measure(
            name="waiting",
            label="Ordered and not shipped",
            value=last.floor + last.waiting,
            unit="actuators",
            decimals=0,
        ),
        Measure(name="motors", label="Motors on the shelf", value=world.motors, unit="motors", decimals=0),
    )


def score(world: World) -> Measure:
    """What standings compare."""
    return Measure(
        name="worth",
        label="Cash and resale",
        value=worth(world) / 1000,
        unit="thousand USD",
        better="higher",
        decimals=0,
        help="Cash, half the price of machines bought, and half the price of motors on the shelf.",
    )


def _x(days: list[Day]) -> tuple[float, ...]:
    return tuple(float(d.day) for d in days)


def _cash(world: World) -> Chart:
    days = world.days
    marks = _decision_marks(world, {d.day: d.cash / 1000 for d in days})
    return Chart(
        name="cash",
        title="Cash",
        x_label="Day",
        y_label="Cash",
        y_unit="thousand USD",
        zero=True,
        marks=marks,
        series=(Series(name="cash", label="Cash", x=_x(days), y=tuple(d.cash / 1000 for d in days)),),
        words=f"Cash went from {money(days[0].cash)} to {money(days[-1].cash)}.",
    )


def _decision_marks(world: World, y: dict[int, float]) -> tuple[Mark, ...]:
    """Bought and sold machines, on the line of cash."""
    done = [(day, text) for day, text in world.said if text.startswith(("Bought", "Sold"))]
    return tuple(Mark(x=day, y=y[day], label=text.split(",")[0], kind="note") for day, text in done if day in y)


def _flow(world: World) -> Chart:
    days = world.days
    return Chart(
        name="flow",
        title="Ordered and shipped",
        x_label="Day",
        y_label="Actuators a day",
        zero=True,
        series=(
            Series(name="ordered", label="Ordered", x=_x(days), y=_smooth(days, "ordered"), role="aside"),
            Series(name="shipped", label="Shipped", x=_x(days), y=_smooth(days, "shipped")),
        ),
        words=f"Mean of ten days. Lately {per_day(days[-LOOK_BACK:], 'ordered'):.0f} a day were ordered and "
        f"{per_day(days[-LOOK_BACK:], 'shipped'):.0f} shipped.",
    )


def _smooth(days: list[Day], what: str) -> tuple[float, ...]:
    return tuple(per_day(days[max(0, i - LOOK_BACK + 1) : i + 1], what) for i in range(len(days)))


def _lead(world: World) -> Chart:
    days = world.days
    y = tuple(lead_time([d]) for d in days)
    known = [v for v in y if v is not None]
    return Chart(
        name="lead_time",
        title="Lead time of what was shipped",
        x_label="Day",
        y_label="Lead time",
        y_unit="days",
        zero=True,
        series=(Series(name="lead_time", label="Lead time", x=_x(days), y=y, shape="line+points"),),
        lines=(RefLine(label="promised now", value=float(world.promise.days), kind="target"),),
        words=f"From {min(known):.1f} to {max(known):.1f} days." if known else "Nothing was shipped yet.",
    )


def _loads(days: list[Day]) -> Chart:
    x, names = tuple(float(i) for i in range(len(KINDS))), tuple(kind.label for kind in KINDS)
    values = [100.0 * v for v in loads(days)]
    top = max(range(len(KINDS)), key=lambda s: values[s])
    return Chart(
        name="load",
        title="Load of the stations, last ten days",
        x_label="Station",
        y_label="Load",
        y_unit="%",
        zero=True,
        series=(
            Series(name="load", label="Work, change of length and breakdowns", x=x, y=tuple(values), shape="bars"),
        ),
        x_names=names,
        lines=(RefLine(label="full", value=100.0, kind="limit"),),
        words=f"The fullest station is {names[top]} with {values[top]:.0f} % of its minutes.",
    )


def _stock(world: World) -> Chart:
    days = world.days
    return Chart(
        name="motors",
        title="Motors",
        x_label="Day",
        y_label="Motors",
        zero=True,
        series=(
            Series(
                name="shelf", label="On the shelf", x=_x(days), y=tuple(float(d.motors) for d in days), shape="steps"
            ),
            Series(
                name="coming",
                label="On order",
                x=_x(days),
                y=tuple(float(d.motors_coming) for d in days),
                shape="steps",
                role="aside",
            ),
        ),
        words=f"{world.motors:,} motors on the shelf, {sum(n for _, n in world.motor_orders):,} on order.",
    )


def _stations(world: World) -> DataTable:
    days = world.days[-LOOK_BACK:]
    rows = []
    for s, kind in enumerate(KINDS):
        minutes = sum(d.minutes * d.machines[s] for d in days)
        shares = [100.0 * sum(getattr(d, what)[s] for d in days) / minutes for what in ("busy", "setup", "down")]
        coming = [str(day) for day, station in world.ordered_machines if station == s]
        rows.append(
            (
                kind.label,
                len(world.machines[s]),
                ", ".join(coming) or "–",
                *(round(v) for v in shares),
                days[-1].queue[s],
                int(kind.price),
            )
        )
    heads = (
        "Station",
        "Machines",
        "New one on day",
        "Work (%)",
        "Change of length (%)",
        "Down (%)",
        "Actuators waiting",
        "Price of one (USD)",
    )
    return DataTable(name="stations", title="The floor, last ten days", columns=heads, rows=tuple(rows))


def _money(world: World) -> DataTable:
    """Ten days and the whole game, by kind."""
    recent, all_days = statement(world, max(0, len(world.days) - LOOK_BACK)), statement(world)
    rows = [
        (what, round(recent.get(what, 0.0)), round(all_days[what]))
        for what in sorted(all_days, key=lambda w: -all_days[w])
    ]
    rows.append(("Sum", round(sum(recent.values())), round(sum(all_days.values()))))
    return DataTable(
        name="money", title="Money in and out (USD)", columns=("", "Last ten days", "Since day 1"), rows=tuple(rows)
    )


def _log(world: World) -> DataTable:
    told = sorted([(day, text) for day, text in world.said] + [(day, text) for day, text in world.news], reverse=True)
    return DataTable(name="log", title="What was done and what happened", columns=("Day", ""), rows=tuple(told))


def _words(world: World) -> list[str]:
    days = world.days[-LOOK_BACK:]
    about = [*_about_orders(world, days), *_about_stations(days), *_about_motors(world, days)]
    left = DAYS + 1 - world.day
    first = f"Morning of day {world.day}; {left} days are left." if left > 0 else "The 300 days are over."
    news = [text for day, text in world.news if day >= world.day - 5]
    return [first, *news, *about]


def _about_orders(world: World, days: list[Day]) -> list[str]:
    late, lead = late_share(days) or 0.0, lead_time(days)
    if lead is None:
        return ["Nothing was shipped in ten days."]
    overdue = sum(o.left for o in world.open_orders.values() if o.due < world.day)
    kept = f"{late:.0f} % of what was shipped was late" if late else "nothing was shipped late"
    text = f"Orders take {lead:.1f} days, with a promise of {world.promise.days} days; {kept}."
    return [text] + ([f"{overdue} actuators on order are late already."] if overdue else [])


def _about_stations(days: list[Day]) -> list[str]:
    full = sorted((-load(days, s), KINDS[s].label) for s in range(len(KINDS)))
    value, name = -full[0][0], full[0][1]
    if value < BUSY_STATION:
        return [f"{name} is the fullest station, with {100 * value:.0f} % of its minutes used."]
    more = [label for v, label in full[1:] if -v >= BUSY_STATION]
    others = f" Nearly full as well: {', '.join(more)}." if more else ""
    return [f"{name} has used {min(100.0, 100 * value):.0f} % of its minutes: lots queue there.{others}"]


def _about_motors(world: World, days: list[Day]) -> list[str]:
    use = per_day(days, "shipped")
    if not use or world.motors / use > TIGHT_MOTORS:
        return []
    coming = sum(n for _, n in world.motor_orders)
    return [f"Motors last {world.motors / use:.1f} days; {coming:,} are on order."]
