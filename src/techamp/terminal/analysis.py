"""A file, roles and settings → an outcome; everything that can be wrong is said in one sentence."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from techamp.contract import Fault, Inputs, InvalidInput, Outcome, Study, Table
from techamp.contract.reading import Reading, check_size, guess_format, guess_rules, read_table


@dataclass(frozen=True)
class Analysis:
    """What was run on what."""

    file: str
    study: Study[Any]
    reading: Reading
    roles: dict[str, str]
    inputs: Inputs
    outcome: Outcome

    @property
    def source(self) -> str:
        """File, rows and columns in one line."""
        named = ", ".join(f"{column} ({role.label.lower()})" for role, column in self._filled())
        return f"{self.file}, {len(self.reading.table):,} rows; columns: {named}"

    def _filled(self) -> list[tuple[Any, str]]:
        return [(role, self.roles[role.name]) for role in self.study.columns if self.roles.get(role.name)]


def analyze(file: str, study: Study[Any], roles: dict[str, str], settings: dict[str, Any], sheet: str = "") -> Analysis:
    """Read, guess what was not said, run. Raises InvalidInput with all faults, OSError where there is no such file."""
    content = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    check_size(len(content), guess_format(content))
    rules = guess_rules(content)
    rules = rules.model_copy(update={"sheet": sheet}) if sheet else rules
    reading = read_table(content, rules)
    chosen, settings = _chosen(study, reading.table, dict(roles), dict(settings))
    table = reading.require(chosen.values()).assign(chosen)
    given = study.propose(table) | settings
    inputs = study.Settings.read(given)
    shown = "standard input" if file == "-" else Path(file).name
    return Analysis(shown, study, reading, chosen, inputs, study.run(table, inputs))


def _chosen(
    study: Study[Any], table: Table, roles: dict[str, str], settings: dict[str, Any]
) -> tuple[dict[str, str], dict[str, Any]]:
    """Columns as asked; the rest is guessed among the columns that nobody asked for."""
    for role, said in list(roles.items()):
        size = f"{role}_size"
        if said not in table and said.isdigit() and size in study.Settings.model_fields:
            settings.setdefault(size, said)
            roles[role] = ""
    if faults := [_unknown(study, role, said, table) for role, said in roles.items() if said and said not in table]:
        raise InvalidInput.many(faults)
    rest = Table(tuple(c for c in table.columns if c.name not in roles.values()), table.rows)
    guessed = study.suggest(rest) if rest.columns else {}
    asked_any = any(roles.values())
    required = {role.name for role in study.columns if role.required}
    kept = {role: column for role, column in guessed.items() if role not in roles and _may(role, required, asked_any)}
    found = {role: column for role, column in (kept | roles).items() if column}
    if missing := [role for role in study.columns if role.required and role.name not in found]:
        known = ", ".join(c.name for c in table.columns)
        remedy = f"Name one of: {known}."
        raise InvalidInput.many(Fault(f"--{r.name}", "must be a column of the file", "", remedy) for r in missing)
    return found, settings


def _may(role: str, required: set[str], asked_any: bool) -> bool:
    """Where the line names columns, only what is needed besides is guessed: no grouping that nobody asked for."""
    return role in required or not asked_any


def _unknown(study: Study[Any], role: str, said: str, table: Table) -> Fault:
    known = ", ".join(c.name for c in table.columns)
    return Fault(f"--{role.replace('_', '-')}", "must be a column of the file", said, f"Choose one of: {known}.")
