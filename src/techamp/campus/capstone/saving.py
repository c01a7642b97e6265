"""What a change saves in a year: plain arithmetic that a finance person can follow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from techamp.campus.ui.numbers import exact_number, plain_number, typed_number
from techamp.contract import Fault, InvalidInput

GROUPED_FROM = 1000  # sums of money stand side by side: 2 660 beside 950 000
SIGNED = ("before", "after")  # a balance or a deviation may be below 0
NEEDED = ("before", "after", "per_year", "value")  # the costs may be left empty: none
FIELDS = (
    ("before", gettext_lazy("Before")),
    ("after", gettext_lazy("After")),
    ("per_year", gettext_lazy("How often in a year")),
    ("value", gettext_lazy("What one is worth, in dollars")),
    ("yearly_cost", gettext_lazy("What the change costs each year, in dollars")),
    ("once_cost", gettext_lazy("What it cost once, in dollars")),
)


@dataclass(frozen=True)
class Saving:
    """(before − after) × per_year × value − yearly_cost, in dollars a year; ``once_cost`` is paid back from it."""

    what: str
    before: float
    after: float
    per_year: float
    value: float
    yearly_cost: float
    once_cost: float
    method: str

    @property
    def yearly(self) -> float:
        """Dollars a year, after what the change costs each year."""
        return (self.before - self.after) * self.per_year * self.value - self.yearly_cost

    @property
    def yearly_in_words(self) -> str:
        """Whole dollars a year, grouped as in the equation."""
        return plain_number(self.yearly, 0, GROUPED_FROM)

    @property
    def payback_months(self) -> float | None:
        """Months until the one-time cost is back; None when it never is."""
        return 12 * self.once_cost / self.yearly if self.yearly > 0 else None

    @property
    def equation(self) -> str:
        """The formula with the numbers."""
        before, after, often, value, cost = map(
            _exact, (self.before, self.after, self.per_year, self.value, self.yearly_cost)
        )
        return f"({before} − {after}) × {often} × {value} − {cost} = {_exact(round(self.yearly, 2))}"


def _exact(number: float) -> str:
    """With all its decimals, so that the sum can be done again; in brackets below 0."""
    text = exact_number(number, GROUPED_FROM)
    return f"({text})" if number < 0 else text


def read_saving(typed: Mapping[str, str]) -> Saving:
    """From a form; InvalidInput with all faults."""
    faults, numbers = list[Fault](), dict[str, float]()
    for name, label in FIELDS:
        text = typed.get(name, "").strip() or ("" if name in NEEDED else "0")
        number = typed_number(text)
        if number is None:
            remedy = _("Type digits, such as 2500 or 0.04.")
            faults.append(Fault(str(label), _("must be a number"), text[:40], remedy))
        elif number < 0 and name not in SIGNED:
            faults.append(Fault(str(label), _("must not be below 0"), text[:40], _("Enter 0 or more.")))
        else:
            numbers[name] = number
    for name, said in (("what", _("What is counted")), ("method", _("How it was measured"))):
        if not typed.get(name, "").strip():
            faults.append(Fault(said, _("must be filled"), "", _("One sentence is enough.")))
    if faults:
        raise InvalidInput.many(faults)
    return Saving(what=typed["what"].strip()[:200], method=typed["method"].strip()[:2000], **numbers)


def saving_of(stored: Mapping[str, Any]) -> Saving | None:
    """From what is stored."""
    return Saving(**stored) if stored else None
