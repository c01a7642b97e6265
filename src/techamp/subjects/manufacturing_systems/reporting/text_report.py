"""An experiment as text for a terminal of 80 columns."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from techamp.subjects.manufacturing_systems.explaining.explanation import Explanation
from techamp.subjects.manufacturing_systems.explaining.states import StationStates
from techamp.subjects.manufacturing_systems.output_analysis.comparing import Difference, compare
from techamp.subjects.manufacturing_systems.output_analysis.experiment import Experiment
from techamp.subjects.manufacturing_systems.reporting.figures import (
    HIGHER_IS_BETTER,
    LABELS,
    figure,
    figures,
    percent,
)

WIDTH = 80
STATE_HEADS = {
    "busy": "work",
    "setup": "setup",
    "down": "repair",
    "waiting_repair": "waits for repair",
    "waiting_operator": "no people",
    "blocked": "blocked",
    "starved": "no parts",
    "off_shift": "off shift",
}


def text_report(found: Experiment, said: Explanation) -> str:
    """Title, measures with intervals, a table of stations, words, warnings."""
    parts = [title(found), measures_table(found), states_table(said.states), bullets(said.words)]
    if found.warnings:  # before the words where no long-run average exists: then they are about these runs only
        parts.insert(len(parts) if found.steady else 1, "Mind\n" + bullets(found.warnings))
    if found.faults:
        parts.append("This run is not sound; report it with its file\n" + bullets(found.faults[:5]))
    return "\n\n".join(parts) + "\n"


def title(found: Experiment) -> str:
    model = found.model
    stations, products = len(model.stations), len(model.products)
    unit = model.time_unit
    how = "found by MSER-5" if found.found else "as asked"
    head = f"{model.name}: {_count(stations, 'station')}, {_count(products, 'product')}"
    runs = f"{_count(len(found.runs), 'replication')} of {found.until:,.5g} {unit}"
    left_out = f", the first {found.warm_up:,.4g} {unit} left out ({how})" if found.warm_up else ""
    return f"{head}\n{textwrap.fill(f'{runs}{left_out}; seed {found.replications.seed}', WIDTH)}"


def measures_table(found: Experiment) -> str:
    """One line for each measure: mean ± half width of the 95 % interval."""
    rows = [(one.label, one.value, one.unit) for one in figures(found)]
    lines = _columns(rows, right=(1,))
    return "\n".join(lines + ([] if found.steady else ["(averages of these runs; no long-run average exists)"]))


def states_table(states: Sequence[StationStates], most: int = 40) -> str:
    """Per cent of machine time in each state that occurs."""
    used = [state for state in STATE_HEADS if any(s.shares[state] > 0 for s in states)]
    shown = sorted(states, key=lambda s: -s.active)[:most] if len(states) > most else list(states)
    rows: list[tuple[str, ...]] = [("% of time", "machines", *(STATE_HEADS[state] for state in used))]
    rows += [(s.name[:24], str(s.machines), *(percent(s.shares[state]) for state in used)) for s in shown]
    lines = _columns(rows, right=tuple(range(1, len(used) + 2)))
    if len(states) > most:
        lines.append(f"… and {len(states) - most} stations that are less active")
    return "\n".join(lines)


def comparison_report(first: Experiment, second: Experiment) -> str:
    """Both models' measures and their paired difference, with a verdict in words."""
    differences = [d for d in compare(first.replications, second.replications) if d.difference.count]
    rows: list[tuple[str, ...]] = [("", _name(first, "A"), _name(second, "B"), "B − A", "")]
    for one in differences:
        a, b, gap = (figure(first, one.measure, x) for x in (one.first, one.second, one.difference))
        rows.append((a.label, a.value, b.value, gap.value, a.unit))
    words = [verdict(first, second, one) for one in differences]
    saved = max((one.saved for one in differences if one.saved < 1e6), default=1.0)
    if saved >= 2:
        words.append(f"Common luck saved work: separate luck would take {saved:.0f} times as many replications.")
    return "\n".join(_columns(rows, right=(1, 2, 3))) + "\n\n" + bullets(words) + "\n"


def verdict(first: Experiment, second: Experiment, one: Difference) -> str:
    """What the interval of the difference allows to say."""
    gap, label = figure(first, one.measure, one.difference), LABELS[one.measure]
    if not one.certain:
        if one.difference.half_width == 0.0:
            return f"{label}: no difference at all."
        return f"{label}: no difference that these replications can tell from luck (B − A is {gap.value} {gap.unit})."
    better = (one.difference.mean > 0) == HIGHER_IS_BETTER[one.measure]
    share = 100 * abs(one.difference.mean) / abs(one.first.mean) if one.first.mean else 0.0
    way = "higher" if one.difference.mean > 0 else "lower"
    return f"{label}: B is {'better' if better else 'worse'}, {share:.2g} % {way} ({gap.value} {gap.unit})."


def bullets(sentences: Sequence[str]) -> str:
    """Sentences as a list."""
    return "\n".join(textwrap.fill(s, WIDTH, initial_indent="- ", subsequent_indent="  ") for s in sentences)


def _name(found: Experiment, letter: str) -> str:
    return f"{letter}: {found.model.name[:18]}"


def _count(count: int, what: str) -> str:
    return f"{count:,} {what}" + ("" if count == 1 else "s")


def _columns(rows: Sequence[Sequence[str]], right: Sequence[int]) -> list[str]:
    """Rows with aligned columns."""
    if not rows:
        return []
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = []
    for row in rows:
        sized = enumerate(zip(row, widths, strict=True))
        cells = [cell.rjust(width) if i in right else cell.ljust(width) for i, (cell, width) in sized]
        lines.append("  ".join(cells).rstrip())
    return lines
