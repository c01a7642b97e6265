"""The path through a set: worked, then faded, then alone; and when it is mastered. Pure functions of the answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from techamp.campus.program.schema import Mastery


@dataclass(frozen=True)
class Entry:
    """An item of a set."""

    id: str
    stage: str  # worked faded alone
    kind: str  # number choice order
    skill: str


@dataclass(frozen=True)
class Answered:
    """A finished attempt: the item as it was then."""

    item: str
    stage: str
    kind: str
    skill: str
    result: str  # right wrong done


@dataclass
class _Trouble:
    """An item that went wrong and has not been right since."""

    item: str
    times: int = 1
    helped: bool = False  # since its last wrong answer she did an easier one


def next_item(entries: Sequence[Entry], past: Sequence[Answered]) -> str:
    """Which item comes next; ``past`` is oldest first.

    Worked examples first, each once; then faded ones until each was right; then items alone, in turn. A wrong answer
    brings the same item with fresh numbers; two in a row step back to the faded one (or else the worked one) of the
    same skill, and then return.
    """
    if again := _after_wrong(entries, past):
        return again
    seen = {a.item for a in past}
    right = {a.item for a in past if a.result == "right"}
    ahead = [e for e in entries if e.stage == "worked" and e.id not in seen]
    ahead += [e for e in entries if e.stage == "faded" and e.id not in right]
    if ahead:
        return ahead[0].id
    alone = [e for e in entries if e.stage == "alone"] or list(entries)
    last = {a.item: when for when, a in enumerate(past)}
    return min(alone, key=lambda e: last.get(e.id, -1)).id


def _after_wrong(entries: Sequence[Entry], past: Sequence[Answered]) -> str:
    """The item in trouble once more, or a step back from it; "" when nothing is in trouble."""
    here = {e.id: e for e in entries}
    trouble = next((t for t in reversed(_troubles(past)) if t.item in here), None)
    if trouble is None:
        return ""
    if trouble.times % 2 or trouble.helped:
        return trouble.item
    return _easier(here[trouble.item], entries, past) or trouble.item


def _troubles(past: Sequence[Answered]) -> list[_Trouble]:
    """What is still in trouble, newest last: an easier item that goes wrong too stands on top of the one it helps."""
    stack: list[_Trouble] = []
    for a in past:
        top = stack[-1] if stack else None
        if a.result == "wrong" and top and top.item == a.item:
            top.times, top.helped = top.times + 1, False
        elif a.result == "wrong":
            stack.append(_Trouble(a.item))
        else:
            if a.result == "right" and top and top.item == a.item:
                stack.pop()
            if stack:
                stack[-1].helped = True
    return stack


def _easier(missed: Entry, entries: Sequence[Entry], past: Sequence[Answered]) -> str:
    """The faded item of the same skill, else the worked one, seen least often; "" when there is none."""
    for stage in {"alone": ("faded", "worked"), "faded": ("worked",)}.get(missed.stage, ()):
        kin = [e for e in entries if e.stage == stage and e.skill == missed.skill]
        if kin:
            return min(kin, key=lambda e: sum(a.item == e.id for a in past)).id
    return ""


def counted(past: Sequence[Answered], mastery: Mastery) -> list[Answered]:
    """The last answers to items alone, as many as mastery looks at; oldest first."""
    return [a for a in past if a.stage == "alone" and a.result in {"right", "wrong"}][-mastery.of :]


def is_mastered(past: Sequence[Answered], mastery: Mastery) -> bool:
    """``right`` of the last ``of`` answers alone, the last one right, and not by choices alone."""
    last = counted(past, mastery)
    right = [a for a in last if a.result == "right"]
    return (
        len(right) >= mastery.right
        and (last[-1].result == "right" or not mastery.last_right)
        and any(a.kind != "choice" for a in right)
    )


def skills_shown(past: Sequence[Answered]) -> set[str]:
    """Skills with a right answer alone that is more than a choice."""
    return {a.skill for a in past if a.stage == "alone" and a.result == "right" and a.kind != "choice"}
