"""What happened, most important first: the first note is the caption under the scene."""

from __future__ import annotations

from techamp.subjects.process_control.process_capability import Capability
from techamp.subjects.process_control.simulations.center_or_spread.inputs import CenterOrSpreadInputs
from techamp.subjects.process_control.simulations.center_or_spread.process import (
    ESCAPE_PRICE,
    MIDDLE,
    SCRAP_PRICE,
    SORT_PRICE,
)
from techamp.subjects.process_control.simulations.center_or_spread.result import Result

RULES = {
    "none_bad": "no shaft outside",
    "cpk": "Cpk 1.33 or more",
    "ppk": "Ppk 1.33 or more",
    "ppk_sure": "lower end of Ppk’s interval 1.33 or more",
}

_NARROW = (
    ", where 28 or 29 should: five shafts in a row share a box and an hour, and the interval counts them as five "
    "pieces of news."
)


def notes(inputs: CenterOrSpreadInputs, found: Result, more: list[Capability]) -> tuple[str, ...]:
    """Result, truth, where the trouble lies, the sample, the decision."""
    return (
        _found(found),
        *(_truth(inputs, found) if inputs.reveal else []),
        *_trouble(found),
        *_sorting(inputs, found),
        *_sample(inputs, found, more),
        *(_decided(inputs, found) if inputs.reveal and inputs.grinder == "drawn" else []),
    )


def _found(found: Result) -> str:
    of = found.capability.indices
    ppk = of["Ppk"]
    return (
        f"{found.capability.n} shafts: Cpk {of['Cpk'].value:.2f}, Ppk {ppk.value:.2f}; the interval of Ppk runs from "
        f"{ppk.low:.2f} to {ppk.high:.2f}."
    )


def _truth(inputs: CenterOrSpreadInputs, found: Result) -> list[str]:
    p = found.process
    bad = f"{p.ppm:,.0f}" if p.ppm >= 10.0 else f"{p.ppm:.2g}"
    said = f"In truth Ppk is {p.long.cpk:.2f}, and {bad} of a million shafts are bad."
    return [said if inputs.grinder == "drawn" else f"{said} A shaft costs {found.cost.total:.2f} USD."]


def _trouble(found: Result) -> list[str]:
    """Center or spread, as the sample tells it."""
    c = found.capability
    of = c.indices
    off = c.mean - MIDDLE
    said = []
    if of["Pp"].value - of["Ppk"].value > 0.15:
        side = "too large" if off > 0 else "too small"
        said.append(f"Center: the shafts are {abs(off):.1f} µm {side} on average. Centered, Ppk would be Pp.")
    if c.overall.value > 1.2 * c.within.value:
        said.append(
            f"Spread: all your shafts spread {c.overall.value / c.within.value:.1f} times as wide as five in a row. "
            "Something moves between the groups."
        )
    if of["Cp"].value < 1.33:
        said.append("Even five shafts in a row spread too wide for 1.33: that is the machine itself.")
    return said


def _sorting(inputs: CenterOrSpreadInputs, found: Result) -> list[str]:
    if not inputs.sort or inputs.grinder == "drawn":
        return []
    saved = 1e-6 * found.process.ppm * (ESCAPE_PRICE - SCRAP_PRICE)
    pays = "pays" if saved > SORT_PRICE else "does not pay"
    return [
        f"Sorting changes no index: the grinder makes what it made. It costs {SORT_PRICE:.2f} USD a shaft and saves "
        f"{saved:.2f}: it {pays}."
    ]


def _sample(inputs: CenterOrSpreadInputs, found: Result, more: list[Capability]) -> list[str]:
    all_ppk = [other.indices["Ppk"] for other in more]
    values = [index.value for index in all_ppk]
    said = [f"Thirty more samples like yours give a Ppk from {min(values):.2f} to {max(values):.2f}."]
    if inputs.reveal:
        held = sum(index.low <= found.process.long.cpk <= index.high for index in all_ppk)
        said.append(f"{held} of their 30 intervals hold the truth{'.' if held >= 27 else _NARROW}")
    if inputs.spread_out == "row":
        said.append("Shafts made all in a row share a box, an hour and a wheel. They say little about next week.")
    if found.out:
        word = "mean lies" if found.out == 1 else "means lie"
        said.append(f"{found.out} subgroup {word} outside the control limits: no index promises anything yet.")
    return said


def _decided(inputs: CenterOrSpreadInputs, found: Result) -> list[str]:
    done = "releases the grinder" if found.taken else "does not release the grinder"
    verdict = "right" if found.right else "wrong"
    return [f"Your rule ({RULES[inputs.rule]}) {done}. That is {verdict}: the truth decides at Ppk 1.33."]
