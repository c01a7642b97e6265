"""What a column seems to be: measure, subgroup, time, machine, operator, part, trial, counts, sample size, limits.

Headers say most of it. What they do not say, the values do: dates are a time, a row counter is a counter.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import numpy as np

from techamp.contract.table import Table, TableColumn

MEANINGS = (
    *("measure", "subgroup", "time", "machine", "operator", "part", "trial", "standard"),
    *("defects", "defectives", "size", "lower_spec", "upper_spec", "target", "counter", "note"),
)
NOTES = 60  # characters; longer text in a cell is a remark


def _words(*patterns: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z])(?:{'|'.join(patterns)})(?![a-z])", re.IGNORECASE)


# The first that fits counts: what is narrow stands before what is wide. English, then Spanish and German.
_HEADERS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("lower_spec", _words(r"lsl|lower spec\w*(?: limit)?|spec\w* min|min(?:imum)? spec\w*|lower tol\w*", "usg")),
    ("upper_spec", _words(r"usl|upper spec\w*(?: limit)?|spec\w* max|max(?:imum)? spec\w*|upper tol\w*", "osg")),
    ("standard", _words("reference|master|standard|true value", "referencia")),
    ("target", _words("target|nominal|setpoint", "objetivo")),
    ("size", _words("sample size|sizes?|inspected|checked|tested|produced|sampled|n|lot size|units",
                    r"inspeccionad\w+")),
    ("defectives", _words("defectives?|non-?conforming|rejects?|rejected|bad|scrap(?:ped)?|fail(?:ed|ures?)?|ng",
                          r"defectuos\w+")),
    ("defects", _words(r"defects?|nonconformities|faults?|flaws?|scratch\w*|errors?|count", "defectos?")),
    ("trial", _words("trials?|repeats?|replicates?|rep|run no", "ensayo")),
    ("operator", _words("operators?|appraisers?|inspectors?|technicians?|employees?|worker|who",
                        r"operari\w+|bediener|prüfer")),
    ("machine", _words("machines?|mc|lathe|mill|press|spindles?|cavit(?:y|ies)|fixtures?|station|line|equipment|tool",
                       "m[áa]quina|maschine")),
    ("time", _words("date|time|timestamp|datetime|day", "fecha|hora|datum|zeit|uhrzeit")),
    ("subgroup", _words("subgroups?|samples?|groups?|lots?|batch(?:es)?|hours?|shift",
                        "muestra|lote|subgrupo|turno|stichprobe|charge|schicht")),
    ("part", _words("parts?|pieces?|serial|units? no|specimen|shaft no|sn", "pieza|teil")),
    ("counter", _words(r"no\.?|nr\.?|number|index|row|id|seq(?:uence)?|order|#")),
    ("measure", _words(
        r"diameter|measure\w*|readings?|values?|length|width|thickness|height|depth|weight|mass|torque|force|pressure",
        r"temp\w*|hardness|roughness|ra|gap|offset|angle|speed|flow|volume|concentration|ph|fill|voltage|current",
        "resistance|runout|di[áa]metro|longitud|peso|valor|medida|durchmesser|l[äa]nge|gewicht|wert",
    )),
)  # fmt: skip


def with_meanings(table: Table) -> Table:
    """The table with the meaning of each column filled in."""
    columns = tuple(replace(column, meaning=meaning_of(column)) for column in table.columns)
    return Table(_one_measure(columns), table.rows)


def meaning_of(column: TableColumn) -> str:
    """One of MEANINGS, or "" where neither header nor values tell.

    >>> meaning_of(TableColumn("Operator", np.array(["Ana", "Ben"], dtype=object)))
    'operator'
    >>> meaning_of(TableColumn("Sample size", np.array([50.0, 52.0])))
    'size'
    """
    name = column.name.replace("_", " ")
    said = next((meaning for meaning, pattern in _HEADERS if _fits(meaning, column) and pattern.search(name)), "")
    if said == "measure" or not said:
        return _by_values(column, said)
    return said


def _fits(meaning: str, column: TableColumn) -> bool:
    """Whether the values can mean it: counts are whole, limits are one number all along, a measure is a number."""
    if meaning in {"measure", "target", "standard"}:
        return column.is_number
    if meaning in {"lower_spec", "upper_spec"}:
        return column.is_number and len(_distinct(column)) <= 3
    if meaning in {"defects", "defectives", "size"}:
        return column.is_number and _are_counts(column) and not column.is_counter and not column.unit.strip("%")
    if meaning == "time":
        return column.is_time or not column.is_number or not column.unit
    return True


def _by_values(column: TableColumn, said: str) -> str:
    if column.is_time or (not column.is_number and _are_dates(column)):
        return "time"
    if not column.is_number:
        longest = max((len(str(value)) for value in column.values[:1000]), default=0)
        return "note" if longest > NOTES else said
    if column.is_counter:
        return said or "counter"
    return said or ("measure" if not _are_counts(column) or column.unit else "")


def _one_measure(columns: Sequence[TableColumn]) -> tuple[TableColumn, ...]:
    """Where nothing is a measure and no count either, the one column of numbers is."""
    known = {column.meaning for column in columns}
    plain = [column for column in columns if column.is_number and not column.meaning]
    if known & {"measure", "defects", "defectives"} or len(plain) != 1:
        return tuple(columns)
    return tuple(replace(column, meaning="measure") if column is plain[0] else column for column in columns)


def _sample(column: TableColumn) -> np.ndarray:
    step = max(1, len(column.values) // 1000)
    return column.values[::step]


def _distinct(column: TableColumn) -> np.ndarray:
    values = _sample(column).astype(np.float64)
    return np.unique(values[~np.isnan(values)])


def _are_counts(column: TableColumn) -> bool:
    values = _distinct(column)
    return len(values) > 0 and bool(np.all((values >= 0) & (values == np.floor(values))))


def _are_dates(column: TableColumn) -> bool:
    said = [str(value) for value in _sample(column)[:50] if str(value)]
    return len(said) >= 2 and all(map(_is_date, said))


def _is_date(text: str) -> bool:
    if len(text) < 8 or not text[:1].isdigit():
        return False
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return re.match(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}\b", text) is not None
    return True
