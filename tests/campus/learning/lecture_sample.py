"""A small curriculum with one lecture, for the tests of texts and lectures."""

from __future__ import annotations

from pathlib import Path

LECTURE = r"""---
title: How a chart knows
sources:
  - Shewhart, W. A. (1931). Economic Control of Quality of Manufactured Product.
---

## Two kinds of causes {#two-kinds}

::: slide
A process in control is predictable **within limits**.

![Twenty shafts between two limits](shafts.svg)
:::

Every shaft comes out a little different, e.g. by a micron. That is [[common cause|common-cause variation]]. Does it
end? **It does not.** The range is $\bar{R}$. $n$ is five.

- Dr. Shewhart drew limits. They hold.

```question
id: which-cause
kind: choice
prompt: A tool chips. Which kind of cause is that?
options:
  - {text: Special, right: true, says: Yes. It has a date.}
  - {text: Common, says: It was not there all day., next: Ask what changed at 10:40.}
```

## Try it {#try}

Turn the rule. Watch the target.

```simulation
simulation: process_control.funnel
inputs: {rule: leave, drops: 50}
free: [rule, drops]
chart: target
ask: Where does the funnel go?
```

## A number {#number}

Twice the range is $2 \bar{R}$.

```question
id: twice
kind: number
prompt: The range is 4 mm. How much is twice the range?
answer: {is: 2 * 4, unit: mm, decimals: 1, tolerance: 0.05}
misconceptions:
  - {id: same, is: 4, says: That is the range itself., next: Double it.}
solution: Two times four is eight.
```
"""

SHAFTS = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 60">
<title>Twenty shafts, all between two lines.</title>
<defs><marker id="tip" viewBox="0 0 4 4"><path d="M0 0L4 2L0 4"/></marker></defs>
<path class="blue" stroke="currentColor" fill="none" d="M10 30H300" marker-end="url(#tip)"/>
<text class="ink" fill="currentColor" font-size="12" x="10" y="50">8.000 mm</text></svg>"""

FILES = {
    "program.yaml": """
title: Sample
version: 1
months: 12
minutes_per_week: 60
summary: A sample.
hub: [process_control]
spokes: []
spokes_to_choose: 0
calendar: [{subject: process_control, module: 02-charts, opens: 1, due: 2}]
evidence: [{kind: lecture, level: met}]
mastery: {right: 4, of: 5}
levels: [{id: met, name: Met, means: Has read it.}]
""",
    "skills.yaml": """
skills:
  - {id: process_control.read_rules, subject: process_control, name: Read, means: Reads rules., module: 02-charts}
""",
    "glossary.yaml": """
terms:
  - {term: common cause, also: [common-cause variation], plain: The noise of the process., example: A bit of vibration.}
  - {term: special cause, plain: Something <new> happened.}
""",
    "plant.yaml": "lathe: {drops: {value: 60}}",
    "hub/process_control/subject.yaml": """
id: process_control
name: Process control
kind: hub
summary: Charts.
scope: [Charts]
modules: [{id: 02-charts, title: Charts, months: [1], minutes: 60, can_do: Read a chart., topics: [Charts]}]
""",
    "hub/process_control/02-charts/module.yaml": """
id: 02-charts
title: Charts
can_do: Read a chart.
skills: [process_control.read_rules]
activities:
  - {kind: lecture, id: lecture, title: How a chart knows, minutes: 3, skills: [process_control.read_rules]}
  - {kind: lecture, id: again, title: The same again, minutes: 9}
""",
    "hub/process_control/02-charts/lecture.md": LECTURE,
    "hub/process_control/02-charts/shafts.svg": SHAFTS,
}
PLACE = "process_control/02-charts/lecture"


def write_curriculum(root: Path, changed: dict[str, str] | None = None) -> Path:
    """The sample's files under a folder; ``changed`` replaces or adds some."""
    for name, text in {**FILES, **(changed or {})}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def write_lecture(folder: Path, text: str) -> Path:
    """A lecture file with the sample's picture beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "shafts.svg").write_text(SHAFTS, encoding="utf-8")
    (folder / "lecture.md").write_text(text, encoding="utf-8")
    return folder / "lecture.md"
