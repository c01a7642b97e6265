"""An experiment as one HTML file: charts, tables and words. Needs no network and no script, and prints well."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from techamp.subjects.manufacturing_systems.explaining.explanation import Explanation, explain
from techamp.subjects.manufacturing_systems.explaining.lead_time import PART_WORDS
from techamp.subjects.manufacturing_systems.output_analysis.comparing import compare
from techamp.subjects.manufacturing_systems.output_analysis.experiment import Experiment
from techamp.subjects.manufacturing_systems.reporting import svg_charts
from techamp.subjects.manufacturing_systems.reporting.figures import figure, figures, percent, scale
from techamp.subjects.manufacturing_systems.reporting.text_report import STATE_HEADS, title, verdict

STYLE = """
:root{color-scheme:light dark;--paper:#fbfaf6;--ink:#1d2126;--soft:#5a636d;--rule:#d5d2c8;--blue:#1f5fa8;
--band:#1f5fa833}
@media(prefers-color-scheme:dark){:root{--paper:#14181c;--ink:#e6e8ea;--soft:#a0aab4;--rule:#39424b;--blue:#7db4f0;
--band:#7db4f033}}
body{margin:0 auto;max-width:60rem;padding:16px;background:var(--paper);color:var(--ink);
font:17px/1.5 "Atkinson Hyperlegible Next",system-ui,sans-serif}
h2{font-size:1.15rem;margin:2rem 0 .5rem;border-top:1px solid var(--rule);padding-top:1rem}
h1,h2.title{font-size:1.5rem;margin:.5rem 0}h2.title{margin-top:3rem}
p,ul{max-width:42rem}.soft,svg .soft{color:var(--soft);fill:var(--soft)}li{margin:.25rem 0}
.scroll{overflow-x:auto}table{border-collapse:collapse;font-variant-numeric:tabular-nums}
th,td{padding:4px 0 4px 10px;border-bottom:1px solid var(--rule);text-align:right;vertical-align:top}
th:first-child,td:first-child{text-align:left;padding-left:0}td{white-space:nowrap}
summary{padding:10px 0;cursor:pointer}
svg{display:block;max-width:100%}svg text{font-size:13px;fill:var(--ink)}svg rect{stroke:var(--paper);stroke-width:.5}
svg .end{text-anchor:end}svg .mid{text-anchor:middle}
svg .grid{stroke:var(--rule)}svg .line{fill:none;stroke:var(--blue);stroke-width:1.6}svg .band{fill:var(--band)}
svg .cut{fill:var(--rule);opacity:.5;stroke:none}svg text.in{fill:#fff}
.k-busy,.k-process{fill:#1f5fa8}.k-setup{fill:#7b4fa3}.k-down,.k-stopped{fill:#b3372f}.k-waiting_repair{fill:#7d1f1a}
.k-waiting_operator,.k-match{fill:#8a6100}.k-blocked{fill:#414b54}
.k-starved,.k-queue{fill:#6a737d}.k-off_shift,.k-move{fill:#3f7a54}
.wide{display:none}@media(min-width:780px){.wide{display:block}.narrow{display:none}}
@media print{body{font-size:11pt}.wide{display:block}.narrow{display:none}}
"""


def html_report(found: Experiment, second: Experiment | None = None) -> str:
    """The whole page."""
    sections = [_one(found, "h1")]
    if second is not None:
        sections = [_comparison(found, second), _one(found, "h2"), _one(second, "h2")]
    heading = escape(found.model.name + (f" and {second.model.name}" if second else ""))
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{heading}: simulation</title><style>{STYLE}</style></head>\n"
        f"<body><main>{''.join(sections)}</main></body></html>\n"
    )


def _one(found: Experiment, level: str) -> str:
    said = explain(found.model, found.runs)
    head, _line, how = title(found).partition("\n")
    warned = f"<h2>Mind</h2>{_list(found.warnings)}" if found.warnings else ""
    broken = f"<h2>This run is not sound</h2>{_list(found.faults[:5])}" if found.faults else ""
    return "\n".join(
        [
            f"<section><{level} class='title'>{escape(head)}</{level}><p class='soft'>{escape(how)}</p>{broken}",
            _measures(found, said),
            warned,
            _states(said),
            _lead_time(found, said),
            _over_time(found),
            _losses(said),
            _vut(found, said),
            "</section>",
        ]
    )


def _measures(found: Experiment, said: Explanation) -> str:
    rows = [(one.label, one.value, one.unit) for one in figures(found)]
    note = "Mean over the replications, with the half width of its 95 % interval."
    if not found.steady:
        note = "Averages of these runs only: no long-run average exists."
    return f"{_list(said.words)}<h2>Measures</h2>{_table(('', 'Mean', 'Unit'), rows)}<p class='soft'>{note}</p>"


def _states(said: Explanation) -> str:
    rows = [(s.name, s.shares) for s in said.states[:60]]
    chart = svg_charts.both(svg_charts.share_bars, rows, STATE_HEADS)
    used = [state for state in STATE_HEADS if any(s.shares[state] > 0 for s in said.states)]
    table = _table(
        ("Station", "Machines", *(STATE_HEADS[state] for state in used)),
        [(s.name, str(s.machines), *(percent(s.shares[state]) for state in used)) for s in said.states],
    )
    return f"<h2>What the machines did (% of time)</h2>{chart}{_folded(table)}"


def _lead_time(found: Experiment, said: Explanation) -> str:
    lead = said.lead_time
    if lead is None or lead.total <= 0:
        return ""
    unit = found.model.time_unit
    whole = [("in all", {kind: time / lead.total for kind, time in lead.parts.items()})]
    rows = whole + [
        (name, {kind: time / lead.total for kind, time in spent.items()}) for name, spent in lead.stations.items()
    ]
    chart = svg_charts.both(svg_charts.share_bars, rows[:60], PART_WORDS)
    used = [kind for kind in PART_WORDS if lead.parts[kind] > 0]
    lines = [(name, *(f"{spent[kind]:.3g}" for kind in used)) for name, spent in lead.stations.items()]
    lines.append(("in all", *(f"{lead.parts[kind]:.3g}" for kind in used)))
    table = _table((f"Station ({unit} a part)", *(PART_WORDS[kind] for kind in used)), lines)
    return f"<h2>Where a part's time goes (% of {lead.total:.4g} {unit})</h2>{chart}{_folded(table)}"


def _over_time(found: Experiment) -> str:
    if not found.series:
        return ""
    unit = found.model.time_unit
    factor, pace = scale(found, "throughput")
    time = found.series["time"]
    charts = []
    for name, label, size in (("wip", "Work in process (parts)", 1.0), ("throughput", f"Throughput ({pace})", factor)):
        labels = (label, f"time ({unit})")
        drawn = svg_charts.both(svg_charts.over_time, time, found.series[name] * size, labels, found.warm_up)
        charts.append(f"<h2>{escape(label)} over time</h2>{drawn}")
    note = "Mean of five runs that begin empty, with the 95 % interval as a band."
    return "".join(charts) + f"<p class='soft'>{note}</p>"


def _losses(said: Explanation) -> str:
    heads = ("Station", "Availability", "Performance", "Quality", "OEE", "Greatest loss")
    rows = []
    for tree in said.losses:
        name, share = max(tree.leaves[1:-1], key=lambda leaf: leaf[1])
        parts = (f"{100 * x:.0f} %" for x in (tree.availability, tree.performance, tree.quality, tree.oee))
        rows.append((tree.station, *parts, f"{name} {100 * share:.0f} %" if share else "–"))
    return f"<h2>From planned time to good parts</h2>{_table(heads, rows)}"


def _vut(found: Experiment, said: Explanation) -> str:
    if not said.vut:
        return ""
    unit = found.model.time_unit
    heads = ("Station", "ca²", "ce²", "V", "u", "U", f"T ({unit})", "V·U·T", "Simulated queue")
    rows = []
    for v in said.vut:
        numbers = (v.ca2, v.ce2, v.variability, v.utilization, v.U, v.te, v.predicted, v.simulated)
        rows.append((v.station + ("" if v.trusted else " *"), *(f"{x:.3g}" for x in numbers)))
    note = (
        "V·U·T is the queue that theory expects where room is endless. * Theory does not apply: places are limited, "
        "work never runs out, or shifts, people or batches come between."
    )
    return f"<h2>Variability, utilization, time</h2>{_table(heads, rows)}<p class='soft'>{note}</p>"


def _comparison(first: Experiment, second: Experiment) -> str:
    differences = [one for one in compare(first.replications, second.replications) if one.difference.count]
    rows = []
    for one in differences:
        a, b, gap = (figure(first, one.measure, x) for x in (one.first, one.second, one.difference))
        rows.append((f"{a.label} ({a.unit})", a.value, b.value, gap.value))
    heads = ("", f"A: {first.model.name}", f"B: {second.model.name}", "B − A")
    words = [verdict(first, second, one) for one in differences]
    return f"<section><h1>Two scenarios under the same luck</h1>{_list(words)}{_table(heads, rows)}</section>"


def _list(sentences: Sequence[str]) -> str:
    return f"<ul>{''.join(f'<li>{escape(sentence)}</li>' for sentence in sentences)}</ul>"


def _folded(table: str) -> str:
    return f"<details><summary>Table</summary>{table}</details>"


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    head = "".join(f"<th scope='col'>{escape(cell)}</th>" for cell in heads)
    body = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows)
    return f"<div class='scroll' tabindex='0'><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
