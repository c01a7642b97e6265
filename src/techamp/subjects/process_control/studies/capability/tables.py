"""Every index with the sigma that it uses, its formula with these numbers, and its interval."""

from __future__ import annotations

import math

from techamp.contract import DataTable
from techamp.subjects.process_control.process_capability import Capability
from techamp.subjects.process_control.readings import shown
from techamp.subjects.process_control.studies.capability.analysis import Found


def tables(found: Found) -> tuple[DataTable, ...]:
    """Formulas of the method that was chosen."""
    if found.percentile is not None:
        return (_percentiles(found),)
    if found.transformed is not None:
        return (_indices(found.transformed.capability, "Formulas, on the transformed scale", within=False),)
    return (_indices(found.plain, "The formula with your numbers", within=True),)


def _indices(fit: Capability, title: str, *, within: bool) -> DataTable:
    names = ("Cp", "CPL", "CPU", "Cpk", "Cpm") if within else ()
    rows = []
    for name in (*names, "Pp", "PPL", "PPU", "Ppk", "Ppm"):
        index = fit.indices.get(name)
        if index is None:
            continue
        sigma = fit.within if name.startswith("C") else fit.overall
        formula, numbers = _formula(name, fit, sigma.value)
        interval = "" if math.isnan(index.low) else f"{index.low:.3f} to {index.high:.3f}"
        used = f"{'within' if name.startswith('C') else 'overall'}: {sigma.formula} = {shown(sigma.value, sigma.value)}"
        rows.append((name, used, formula, numbers, round(index.value, 4), interval))
    heads = ("Index", "Sigma used", "Formula", "With your numbers", "Value", f"{100 * fit.confidence:.0f} % interval")
    return DataTable(name="formulas", title=title, columns=heads, rows=tuple(rows))


def _formula(name: str, fit: Capability, sigma: float) -> tuple[str, str]:
    s, mean = shown(sigma, sigma), shown(fit.mean, sigma)
    low, high = (None if limit is None else f"{limit:.10g}" for limit in (fit.lower, fit.upper))
    kind = name[1:].lower() if name not in ("CPL", "CPU", "PPL", "PPU") else name[2]
    if kind == "p":
        return "(USL − LSL)/6σ", f"({high} − {low})/(6·{s})"
    if kind == "U":
        return "(USL − x̄)/3σ", f"({high} − {mean})/(3·{s})"
    if kind == "L":
        return "(x̄ − LSL)/3σ", f"({mean} − {low})/(3·{s})"
    if kind == "pk":
        return "the smaller of the two sides", ""
    wide = f"({high} − {low})/(6·{s})"
    return "Cp/√(1 + ((x̄ − T)/σ)²)", f"{wide}/√(1 + (({mean} − {fit.target:.10g})/{s})²)"


def _percentiles(found: Found) -> DataTable:
    p, s = found.percentile, found.settings
    assert p is not None  # asked only where it is
    width = p.high - p.low
    low, middle, high = (shown(value, width) for value in (p.low, p.middle, p.high))
    rows: list[tuple[str, str, str, float]] = []
    if p.Pp is not None:
        rows.append(
            ("Pp", "(USL − LSL)/(X99.865 − X0.135)", f"({s.upper_spec:g} − {s.lower_spec:g})/({high} − {low})", p.Pp)
        )
    if p.PPU is not None:
        rows.append(("PPU", "(USL − X50)/(X99.865 − X50)", f"({s.upper_spec:g} − {middle})/({high} − {middle})", p.PPU))
    if p.PPL is not None:
        rows.append(("PPL", "(X50 − LSL)/(X50 − X0.135)", f"({middle} − {s.lower_spec:g})/({middle} − {low})", p.PPL))
    rows.append(("Ppk", "the smaller of the two sides", "", p.Ppk))
    heads = ("Index", "Formula", "With your numbers", "Value")
    shown_rows = tuple((name, formula, numbers, round(value, 4)) for name, formula, numbers, value in rows)
    return DataTable(name="formulas", title="The formula with your numbers", columns=heads, rows=shown_rows)
