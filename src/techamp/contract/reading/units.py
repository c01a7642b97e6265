"""Units as they stand in headers and behind numbers. Recognized and kept as written; nothing is converted."""

from __future__ import annotations

import re

_WORDS = """
mm cm m km µm μm um nm in inch inches ft mil mils thou µin μin microinch micron microns
mg g kg t lb lbs oz N kN mN lbf Nm N·m N.m Nmm in-lb ft-lb in.lb ft.lb lb-in lb-ft
µs μs us ms s sec secs second seconds min mins minute minutes h hr hrs hour hours d day days
°C °F K degC degF deg ° rad V mV kV A mA µA μA W mW kW kWh Ω ohm ohms kΩ F nF µF pF H
Pa kPa MPa GPa hPa bar mbar psi mmHg torr Hz kHz MHz rpm 1/min m/s m/min mm/s mm/min mm/rev in/min ft/min
L l mL ml µL gal cc cm³ m³ mm² cm² m² mm^2 cm^2 L/min l/min mL/min gpm
% ppm ppb pcs pc part parts pieces units count counts HRC HRB HV HB Ra dB lux cP cSt pH g/cm³ g/L mg/L USD EUR $ € £ " '
"""
KNOWN = frozenset(_WORDS.split())
_ALONE = "mm cm µm μm nm kg mg lbf kN Nm N·m °C °F kPa MPa psi rpm Hz kHz mV kV mA kW mm/min mm/s in-lb ft-lb"
_PLAIN = frozenset(_ALONE.split())
"""Units that are no words besides, so that they need no bracket: "Diameter mm"."""
_FOLDED = {unit.casefold(): unit for unit in KNOWN}
_BRACKETED = re.compile(r"^(?P<name>.*?)\s*(?:\((?P<round>[^()]{1,16})\)|\[(?P<square>[^\[\]]{1,16})\])\s*$", re.DOTALL)
_TAILED = re.compile(r"^(?P<name>.*\S)(?:\s*,\s*|\s+in\s+|_)(?P<unit>[^\s,_]{1,8})$", re.DOTALL)


def is_unit(text: str) -> bool:
    """Whether text is a unit that we know; capital or small only matters where it changes the meaning."""
    return text in KNOWN or (len(text) > 1 and text.casefold() in _FOLDED)


def same_unit(one: str, other: str) -> bool:
    """Whether two spellings mean one unit: MM is mm, but MV is not mV.

    >>> same_unit("MM", "mm"), same_unit("μm", "µm"), same_unit("MPa", "mPa"), same_unit("in", "mm")
    (True, True, False, False)
    """
    return _canonical(one) == _canonical(other)


def _canonical(unit: str) -> str:
    unit = unit.replace("μ", "µ")
    return unit if unit in KNOWN else _FOLDED.get(unit.casefold(), unit) if unit.isupper() else unit


def split_unit(header: str) -> tuple[str, str]:
    """Name and unit of a header.

    >>> split_unit("Diameter (mm)"), split_unit("diameter [µm]"), split_unit("weight, kg"), split_unit("torque_Nm")
    (('Diameter', 'mm'), ('diameter', 'µm'), ('weight', 'kg'), ('torque', 'Nm'))
    >>> split_unit("Sample (first)"), split_unit("(mm)"), split_unit("made in")
    (('Sample (first)', ''), ('(mm)', ''), ('made in', ''))
    """
    found = _BRACKETED.match(header)
    if found and found["name"]:
        unit = (found["round"] or found["square"] or "").strip()
        if found["square"] or is_unit(unit) or "/" in unit:
            return found["name"], unit
    found = _TAILED.match(header)
    if found and is_unit(found["unit"]) and (len(found["unit"]) > 1 or "," in header[len(found["name"]) :]):
        return found["name"], found["unit"]
    name, _space, last = header.rpartition(" ")
    return (name.strip(), last) if name.strip() and last in _PLAIN else (header, "")
