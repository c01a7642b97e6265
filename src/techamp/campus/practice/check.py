"""Tries every item before a learner does: loads it, draws it over many seeds, answers it right and wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from techamp.campus.practice import schema
from techamp.campus.practice.closeness import rounded
from techamp.campus.practice.expressions import ItemError
from techamp.campus.practice.files import Source, item_path, line_of, load_file
from techamp.campus.practice.grading import grade
from techamp.campus.practice.units import asked_unit, convert, kin
from techamp.campus.practice.variants import realize
from techamp.campus.program.curriculum import Curriculum, CurriculumError
from techamp.campus.program.problems import Problem
from techamp.campus.program.schema import Practice

_SEE = re.compile(r"[a-z0-9][a-z0-9-]*(#[A-Za-z0-9_-]+)?")


def check_practice(activity: Practice, curriculum: Curriculum, seeds: int = 200) -> list[Problem]:
    """Problems of a set and of its items."""
    problems, items = [], []
    for id in activity.items:
        path = item_path(activity.folder, id)
        problems += check_item(path, seeds)
        if not problems or problems[-1].file != path:
            items.append(load_file(path).item)
            problems += _skill(items[-1], path, curriculum)
    file = activity.folder / "module.yaml"
    alone = [item for item in items if item.stage == "alone"]
    if len(items) == len(activity.items) and not any(item.kind != "choice" for item in alone):
        what = f"The set {activity.id!r} has no item alone that is more than a choice, so it cannot be mastered."
        problems.append(Problem(file, line_of(file, "activities"), what, "Add a number or an order item alone."))
    return problems


def check_item(path: Path, seeds: int = 200) -> list[Problem]:
    """Problems of one item file, each kind once."""
    try:
        source = load_file(path)
    except CurriculumError as error:
        return [_unreadable(path, line) for line in str(error).splitlines()]
    found: dict[tuple[str, str], Problem] = {}
    for seed in range(1, seeds + 1):
        for where, what, mend in faults(source, seed):
            found.setdefault((where, mend), Problem(path, line_of(path, where), f"{what} (seed {seed})", mend))
    found.update({(p.what, ""): p for p in _still(source)})
    return sorted(found.values(), key=lambda p: p.line)


def _unreadable(path: Path, line: str) -> Problem:
    """``file: misconceptions.0.is: Field required`` as a problem with its line."""
    rest = line.removeprefix(f"{path}: ")
    where = rest.partition(":")[0]
    return Problem(path, line_of(path, where), rest, "docs/authoring.md shows what an item may say.")


Fault = tuple[str, str, str]


def faults(source: Source, seed: int) -> Iterator[Fault]:
    """What is wrong with one variant: (where, what, how to mend it)."""
    try:
        realized = realize(source, seed)
    except ItemError as error:
        yield error.where, f"{error.where}: {error.problem}", error.remedy
        return
    yield from _clashes(source, realized)
    if realized["stage"] == "worked":
        return
    if realized["kind"] == "choice":
        yield from _options(realized)
    elif realized["kind"] == "order":
        right = [str(i) for i in range(len(realized["order"]))]
        yield from _expect(realized, right, "right", "order")
        yield from _expect(realized, right[::-1], "wrong", "order")
    else:
        yield from _right(realized)
        yield from _mistakes(source, realized)


def _clashes(source: Source, realized: dict[str, Any]) -> Iterator[Fault]:
    ids = [m.id for m in source.item.misconceptions]
    for id in realized["dropped"]:
        what = f"The wrong answer {id!r} is right, or the same as another wrong one, in variant after variant."
        yield f"misconceptions.{ids.index(id)}", what, "Widen the values, change its expression, or take it out."


def _expect(realized: dict[str, Any], given: list[str], verdict: str, where: str) -> Iterator[Fault]:
    graded = grade(realized, given)
    if graded.verdict != verdict:
        why = f": {' '.join(graded.faults.values())}" if graded.faults else ""
        mend = "Look at the answer's decimals and tolerance."
        yield where, f"{', '.join(given)} should be graded {verdict} and is graded {graded.verdict}{why}.", mend


def _right(realized: dict[str, Any]) -> Iterator[Fault]:
    """The right answers as shown, with their unit, without it, and in another unit of the kind."""
    asks = realized["asks"]
    shown = [f"{rounded(a['value'], a['decimals']):.{a['decimals']}f}" for a in asks]
    yield from _expect(realized, shown, "right", "answer")
    yield from _expect(realized, [f"{s} {a['unit']}" for s, a in zip(shown, asks, strict=True)], "right", "answer")
    for other in kin(asks[-1]["unit"]):
        moved = convert(asks[-1]["value"], asks[-1]["unit"], other)
        if moved is not None:
            yield from _expect(realized, [*shown[:-1], f"{moved:.12g} {other}"], "right", "answer")


def _mistakes(source: Source, realized: dict[str, Any]) -> Iterator[Fault]:
    """Each known wrong number is graded wrong and caught by its own misconception."""
    asks, ids = realized["asks"], [m.id for m in source.item.misconceptions]
    before = [f"{rounded(a['value'], a['decimals']):.{a['decimals']}f}" for a in asks[:-1]]
    for mistake in realized["mistakes"]:
        decimals = asks[-1]["decimals"]
        for text in (f"{rounded(mistake['value'], decimals):.{decimals}f}", f"{mistake['value']:.12f}"):
            graded = grade(realized, [*before, text])
            if graded.verdict != "wrong" or graded.misconception != mistake["id"]:
                where = f"misconceptions.{ids.index(mistake['id'])}"
                by = graded.misconception or "none"
                what = f"{text} is graded {graded.verdict}, caught by {by}, not by {mistake['id']}."
                yield where, what, "Move it further from the answer and from the others."


def _options(realized: dict[str, Any]) -> Iterator[Fault]:
    for option in realized["options"]:
        verdict = "right" if option["right"] else "wrong"
        yield from _expect(realized, [option["key"]], verdict, f"options.{option['index']}")
    if len(realized["options"]) < 2:
        yield "options", "Fewer than two options are offered.", "Look at the options' when."
    texts = [o["text"] for o in realized["options"]]
    if len(set(texts)) < len(texts):
        yield "options", "Two options read the same.", "Change the values so that they differ, or use when."


def _still(source: Source) -> Iterator[Problem]:
    """What does not depend on a seed: units, links, an item that never varies."""
    item, path = source.item, source.path
    for where, ask in [("answer", item.answer), *((f"steps.{i}.ask", s.ask) for i, s in enumerate(item.steps))]:
        yield from _unit(path, where, ask)
    sees = [(f"misconceptions.{i}.see", m.see) for i, m in enumerate(item.misconceptions)]
    for where, see in sees + [(f"options.{i}.see", o.see) for i, o in enumerate(item.options)]:
        if see and not _SEE.fullmatch(see):
            what = f"{see!r} is no link to an activity of the module."
            yield Problem(path, line_of(path, where), what, "Write <activity> or <activity>#<heading>.")
    if item.kind == "number" and item.stage == "alone" and not (item.vary or source.generate):
        what = "The item is the same every time."
        yield Problem(path, 1, what, "Give it values to vary, or a generator.", warning=True)
    unused = [n for n in (*item.vary, *item.derive) if not _used(n, path)]
    for name in unused:
        yield Problem(path, line_of(path, f"vary.{name}"), f"{name} is never used.", "Take it out.", warning=True)


def _unit(path: Path, where: str, ask: schema.Ask | None) -> Iterator[Problem]:
    try:
        if ask and ask.unit:
            asked_unit(ask.unit)
    except ValueError as error:
        mend = "Use a unit of practice/units.txt, or a plain word for a count."
        yield Problem(path, line_of(path, f"{where}.unit"), str(error), mend)


def _used(name: str, path: Path) -> bool:
    return len(re.findall(rf"\b{re.escape(name)}\b", path.read_text(encoding="utf-8"))) > 1


def _skill(item: schema.Item, path: Path, curriculum: Curriculum) -> Iterator[Problem]:
    if item.skill not in curriculum.skills:
        what = f"skills.yaml has no skill {item.skill!r}." if item.skill else "The item names no skill."
        yield Problem(path, line_of(path, "skill"), what, "Name one of skills.yaml.")
