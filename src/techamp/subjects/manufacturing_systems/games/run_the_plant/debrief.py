"""After the last day: the team's own log beside what others made of the same customers and the same breakdowns."""

from __future__ import annotations

from collections.abc import Mapping

from techamp.contract import Chart, DataTable, Measure, Outcome, Series
from techamp.subjects.manufacturing_systems.games.run_the_plant import report
from techamp.subjects.manufacturing_systems.games.run_the_plant.figures import (
    late_share,
    lead_time,
    loads,
    money,
    statement,
    worth,
)
from techamp.subjects.manufacturing_systems.games.run_the_plant.numbers import KINDS
from techamp.subjects.manufacturing_systems.games.run_the_plant.world import World

WHY = {
    "Lost to late orders": (
        "Late orders: promise what Little's law says you can keep, or add capacity before the queue grows."
    ),
    "Sales at the promised price": "Sales: fewer actuators shipped, or promised later and so cheaper.",
    "Overtime": "Overtime: dear minutes at every station, though one station needs them.",
    "Machines": "Machines: bought late they have no time to pay; half the price is gone the day they come.",
    "Motors": "Motors: stock left on the last day brings half its price.",
    "Wages": "Wages: each machine brings its people.",
    "Service": "Service of machines.",
    "Scrap": "Scrap.",
    "Material": "Material of what was started.",
    "Overhead": "Overhead.",
    "Interest on the overdraft": "Interest: money that was owed.",
}


def outcome(world: World, rivals: Mapping[str, World]) -> Outcome:
    """Where the money went, beside the rivals, and what made the difference."""
    teams = {"You": world, **rivals}
    return Outcome(
        measures=tuple(
            Measure(
                name=f"worth_{i}",
                label=f"{name}: cash and resale",
                value=worth(w) / 1000,
                unit="thousand USD",
                better="higher",
                decimals=0,
            )
            for i, (name, w) in enumerate(teams.items())
        ),
        charts=(_worths(teams), _leads(teams)),
        tables=(_money(teams), _floor(teams), report.outcome(world).tables[2]),
        notes=tuple(_words(world, rivals)),
    )


def _worths(teams: Mapping[str, World]) -> Chart:
    series = tuple(
        Series(
            name=f"cash_{i}",
            label=name,
            x=tuple(float(d.day) for d in w.days),
            y=tuple(d.cash / 1000 for d in w.days),
            role="now" if i == 0 else "aside",
        )
        for i, (name, w) in enumerate(teams.items())
    )
    words = "; ".join(f"{name} ends with {money(w.cash)}" for name, w in teams.items()) + "."
    return Chart(
        name="cash",
        title="Cash, day by day",
        x_label="Day",
        y_label="Cash",
        y_unit="thousand USD",
        series=series,
        words=words,
        zero=True,
    )


def _leads(teams: Mapping[str, World]) -> Chart:
    series = []
    for i, (name, w) in enumerate(teams.items()):
        blocks = [w.days[k : k + 10] for k in range(0, len(w.days), 10)]
        x, y = tuple(float(b[-1].day) for b in blocks), tuple(lead_time(b) for b in blocks)
        series.append(Series(name=f"lead_{i}", label=name, x=x, y=y, role="now" if i == 0 else "aside"))
    words = "Lead time of what was shipped, mean of ten days."
    return Chart(
        name="lead",
        title="Lead time",
        x_label="Day",
        y_label="Lead time",
        y_unit="days",
        series=tuple(series),
        words=words,
        zero=True,
    )


def _money(teams: Mapping[str, World]) -> DataTable:
    books = [statement(w) for w in teams.values()]
    kinds = sorted({what for book in books for what in book}, key=lambda what: -books[0].get(what, 0.0))
    rows = [(what, *(round(book.get(what, 0.0)) for book in books)) for what in kinds]
    rows.append(("Cash and resale", *(round(worth(w)) for w in teams.values())))
    return DataTable(name="money", title="Money in and out (USD)", columns=("", *teams), rows=tuple(rows))


def _floor(teams: Mapping[str, World]) -> DataTable:
    rows: list[tuple[object, ...]] = [
        ("Shipped (actuators)", *(sum(d.shipped for d in w.days) for w in teams.values())),
        ("Late (%)", *(round(late_share(w.days) or 0.0) for w in teams.values())),
        ("Lead time (days)", *(round(lead_time(w.days) or 0.0, 1) for w in teams.values())),
    ]
    for s, kind in enumerate(KINDS):
        rows.append((f"Load of {kind.label} (%)", *(round(100 * loads(w.days)[s]) for w in teams.values())))
    return DataTable(name="floor", title="The floor, all days", columns=("", *teams), rows=tuple(rows))


def _words(world: World, rivals: Mapping[str, World]) -> list[str]:
    if not rivals:
        return [f"You end with {money(worth(world))} in cash and resale."]
    name, best = max(rivals.items(), key=lambda pair: worth(pair[1]))
    gap = worth(world) - worth(best)
    first = f"You end with {money(worth(world))}: {money(abs(gap))} {'more' if gap >= 0 else 'less'} than {name}."
    mine, theirs = statement(world), statement(best)
    lost = sorted((mine.get(w, 0.0) - theirs.get(w, 0.0), w) for w in {*mine, *theirs})
    told = [f"{money(-d)} behind {name}. {WHY.get(w, w + '.')}" for d, w in lost[:3] if d < -5_000.0]
    ahead = [f"{money(d)} ahead of {name} in: {w.lower()}." for d, w in reversed(lost[-2:]) if d > 5_000.0]
    return [first, *told, *ahead]
