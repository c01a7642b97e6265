"""The numbers of capability: within and overall side by side, each with its interval and the sigma that it uses."""

from __future__ import annotations

import math

from techamp.contract import Measure
from techamp.subjects.process_control.process_capability import Index
from techamp.subjects.process_control.studies.capability.analysis import Found

WITHIN, OVERALL = ("Cpk", "Cp", "Cpm"), ("Ppk", "Pp", "Ppm")
MOST_PPM = 1e6


def measures(found: Found) -> tuple[Measure, ...]:
    """Cpk and its kin (normal shape only), Ppk and its kin, then parts outside."""
    return (*_indices(found), *_outside(found))


def _indices(found: Found) -> list[Measure]:
    if found.transformed is not None:
        names = {name: found.transformed.capability.indices.get(name) for name in ("Ppk", "Pp")}
        return [_measure(i, "Overall, after the Box-Cox transform") for i in names.values() if i is not None]
    if found.percentile is not None:
        p = found.percentile
        shown = [("ppk", "Ppk", p.Ppk), ("pp", "Pp", p.Pp), ("ppk_z", "Ppk, counted in parts (z/3)", p.Ppk_z)]
        return [
            Measure(name=name, label=label, value=value, better="higher", decimals=2, help=f"Overall, by {p.method}.")
            for name, label, value in shown
            if value is not None and math.isfinite(value)
        ]
    within = [(name, f"Within: {found.plain.within.formula}") for name in WITHIN]
    overall = [(name, "Overall: the standard deviation of all readings") for name in OVERALL]
    indices = found.plain.indices
    return [_measure(indices[name], what) for name, what in (*within, *overall) if name in indices]


def _measure(index: Index, what: str) -> Measure:
    return Measure(
        name=index.name.lower(),
        label=index.name,
        value=index.value,
        low=None if math.isnan(index.low) else index.low,
        high=None if math.isnan(index.high) else index.high,
        better="higher",
        decimals=2,
        help=what,
    )


def _outside(found: Found) -> list[Measure]:
    plain = found.plain
    share = 1e6 * plain.observed_outside / plain.n
    shown = [("outside", "Outside, counted", share, f"{plain.observed_outside:,} of {plain.n:,} readings.")]
    expected = expected_ppm(found)
    if expected is not None:
        shown.append(("expected", "Outside, expected overall", expected, f"From {shape_name(found)}."))
    if found.percentile is None and found.transformed is None:
        shown.append(("expected_within", "Outside, expected within", plain.ppm_within, "If the process never shifted."))
    return [
        Measure(
            name=name, label=label, value=value, unit="ppm", better="lower", decimals=0 if value >= 10 else 2, help=why
        )
        for name, label, value, why in shown
    ]


def expected_ppm(found: Found) -> float | None:
    """Parts per million outside that the chosen shape expects; None where it has no curve."""
    if found.transformed is not None:
        return found.transformed.capability.ppm_overall
    if found.percentile is not None:
        return None if math.isnan(found.percentile.ppm) else found.percentile.ppm
    return found.plain.ppm_overall


def shape_name(found: Found) -> str:
    """What stands for the readings."""
    if found.transformed is not None:
        return f"a normal distribution after the power {found.transformed.transform.power:g}"
    return found.percentile.method if found.percentile is not None else "a normal distribution"
