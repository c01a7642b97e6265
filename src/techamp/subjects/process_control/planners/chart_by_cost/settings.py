"""What the process does to the engineer, and what it costs her."""

from __future__ import annotations

from techamp.contract import Inputs, flag, quantity
from techamp.subjects.process_control.chart_economics import ChartCosts

MONEY = (0.0, 1_000_000.0)


class ChartByCostSettings(Inputs):
    """Rough numbers will do: the cost is flat around its minimum."""

    hours_between: float = quantity(
        20.0,
        "h",
        range=(0.1, 10_000.0),
        step=0.5,
        label="Hours from one cause to the next",
        help="How long the process usually runs before something moves it: a chipped tool, a wrong offset.",
    )
    shift: float = quantity(
        2.0,
        "sigma",
        range=(0.1, 6.0),
        step=0.1,
        label="How far a cause moves the average",
        help="In standard deviations of single parts.",
    )
    shifted: float = quantity(
        100.0,
        "USD/h",
        range=MONEY,
        step=1.0,
        label="Cost of an hour with the cause in it",
        help="Scrap, rework, sorting, more than in a good hour.",
    )
    repair: float = quantity(
        25.0, "USD", range=MONEY, step=1.0, label="Cost of finding and removing a cause", help="Work and parts."
    )
    false_alarm: float = quantity(
        50.0, "USD", range=MONEY, step=1.0, label="Cost of a false alarm", help="A search, and nothing is found."
    )
    per_sample: float = quantity(
        1.0, "USD", range=MONEY, step=0.1, label="Cost of a sample", help="To go there, whatever its size."
    )
    per_part: float = quantity(0.1, "USD", range=MONEY, step=0.01, label="Cost of measuring one part")
    minutes_per_part: float = quantity(
        1.0, "min", range=(0.0, 600.0), step=0.1, label="Time to measure and plot one part"
    )
    search_hours: float = quantity(1.0, "h", range=(0.0, 1000.0), step=0.1, label="Time to find and remove a cause")
    runs_on: bool = flag(
        True, label="The process runs on while somebody searches", help="If it is stopped, no bad parts are made then."
    )
    few_alarms: bool = flag(
        False,
        label="No more false alarms than 3 sigma limits give",
        help="People stop believing a chart that cries wolf. It costs a little more.",
    )
    now_n: int = quantity(5, "parts", range=(1, 60), label="Sample size now")
    now_interval: float = quantity(4.0, "h", range=(0.01, 1000.0), step=0.25, label="Hours between samples now")
    now_limits: float = quantity(3.0, "sigma", range=(0.5, 6.0), step=0.1, label="Limits now")
    hours_a_year: float = quantity(4000.0, "h", range=(1.0, 8784.0), step=100.0, label="Hours of production in a year")

    def costs(self) -> ChartCosts:
        """The same as the library takes it."""
        return ChartCosts(
            cause_rate=1.0 / self.hours_between,
            shift=self.shift,
            per_sample=self.per_sample,
            per_part=self.per_part,
            false_alarm=self.false_alarm,
            repair=self.repair,
            shifted=self.shifted,
            hours_per_part=self.minutes_per_part / 60.0,
            search_hours=self.search_hours,
            runs_in_search=self.runs_on,
        )
