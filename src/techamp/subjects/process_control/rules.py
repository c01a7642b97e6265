"""Run rules for Shewhart charts, one by one, with what usually causes each; and the sets that people use.

Where dialects differ, this is ours (the mechanics stand in ``patterns``):

======  =========================================  ==============================================================
Rule    Ours                                       Elsewhere
======  =========================================  ==============================================================
WE1     1 point beyond a limit, strictly           some count a point on the limit
WE2     2 of 3 beyond 2σ, same side                same
WE3     4 of 5 beyond 1σ, same side                same
WE4     8 in a row on one side                     Nelson 9, AIAG 7; a point on the center line ends a run
NEL3    6 points rising or falling (5 steps)       AIAG 2nd edition 6; older books 7; a tie ends a trend
NEL4    14 points up and down by turns             same
NEL7    15 in a row no more than 1σ away           points on the 1σ line count as inside
NEL8    8 in a row more than 1σ away, both sides   Minitab and JMP also accept all 8 on one side (use
                                                   ``Outside(8, 1, both_sides=False)``; rule NEL6 sees those anyway)
======  =========================================  ==============================================================

Sources: Western Electric, *Statistical Quality Control Handbook* (1956); Nelson, J. Quality Technology 16(4) 1984;
AIAG *Statistical Process Control* 2nd ed. (2005); the R package qcc 3.0, whose tests ours pass.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from techamp.contract.errors import InvalidInput
from techamp.subjects.process_control.patterns import (
    Alternating,
    Beyond,
    BeyondLimits,
    Outside,
    Pattern,
    Trend,
    Within,
)


@dataclass(frozen=True)
class Rule:
    """A run rule: its pattern, its name, and in plain words what usually causes it."""

    id: str
    name: str
    pattern: Pattern
    causes: tuple[str, ...] = ()


_OUTLIER = (
    "something happened once: a chipped tool, a wrong part, a bad setup",
    "a slip in measuring or writing down",
)
_SHIFT = (
    "the process moved to a new level: new tool, new material lot, new setting, another operator",
    "the gauge was changed or set anew",
)
_EARLY_SHIFT = ("the process moved by one sigma or two: an offset, a new lot, a worn fixture",)
_DRIFT = ("something wears, warms up, clogs or loosens little by little", "an operator follows the gauge step by step")
_SAWTOOTH = (
    "two streams take turns: two spindles, two fixtures, two shifts",
    "somebody adjusts after every part",
)
_HUGGING = (
    "each subgroup mixes parts from several streams, so the limits are too wide",
    "the limits come from an old, wider process, or readings were left out or rounded",
)
_MIXTURE = (
    "two streams at different levels share one chart",
    "the process is adjusted too hard and swings",
)

WE1 = Rule("WE1", "1 point beyond a control limit", BeyondLimits(), _OUTLIER)
WE2 = Rule("WE2", "2 of 3 points beyond 2 sigma on one side", Beyond(2, 3, 2.0), _EARLY_SHIFT)
WE3 = Rule("WE3", "4 of 5 points beyond 1 sigma on one side", Beyond(4, 5, 1.0), _EARLY_SHIFT)
WE4 = Rule("WE4", "8 points in a row on one side of the center line", Beyond(8, 8), _SHIFT)

NEL1 = replace(WE1, id="NEL1")
NEL2 = Rule("NEL2", "9 points in a row on one side of the center line", Beyond(9, 9), _SHIFT)
NEL3 = Rule("NEL3", "6 points in a row rising or falling", Trend(6), _DRIFT)
NEL4 = Rule("NEL4", "14 points in a row up and down by turns", Alternating(14), _SAWTOOTH)
NEL5 = replace(WE2, id="NEL5")
NEL6 = replace(WE3, id="NEL6")
NEL7 = Rule("NEL7", "15 points in a row within 1 sigma of the center line", Within(15, 1.0), _HUGGING)
NEL8 = Rule("NEL8", "8 points in a row beyond 1 sigma, on both sides", Outside(8, 1.0), _MIXTURE)

AIAG1 = replace(WE1, id="AIAG1")
AIAG2 = Rule("AIAG2", "7 points in a row on one side of the center line", Beyond(7, 7), _SHIFT)
AIAG3 = replace(NEL3, id="AIAG3")
AIAG4 = replace(NEL4, id="AIAG4")
AIAG5 = replace(WE2, id="AIAG5")
AIAG6 = replace(WE3, id="AIAG6")
AIAG7 = replace(NEL7, id="AIAG7")
AIAG8 = replace(NEL8, id="AIAG8")

WESTERN_ELECTRIC = (WE1, WE2, WE3, WE4)
NELSON = (NEL1, NEL2, NEL3, NEL4, NEL5, NEL6, NEL7, NEL8)
AIAG = (AIAG1, AIAG2, AIAG3, AIAG4, AIAG5, AIAG6, AIAG7, AIAG8)
LIMITS_ONLY = (WE1,)

RULE_SETS: dict[str, tuple[Rule, ...]] = {
    "limits_only": LIMITS_ONLY,
    "western_electric": WESTERN_ELECTRIC,
    "nelson": NELSON,
    "aiag": AIAG,
}
RULES: dict[str, Rule] = {rule.id: rule for rules in RULE_SETS.values() for rule in rules}

RuleChoice = str | Rule | Sequence[str | Rule]


def choose_rules(choice: RuleChoice) -> tuple[Rule, ...]:
    """Return rules by the name of a set, the id of a rule, a rule, or a mix of these.

    Example: ``choose_rules(["western_electric", "NEL3"])`` is a set of five. Raises InvalidInput for an unknown name.
    """
    if isinstance(choice, Rule):
        return (choice,)
    if isinstance(choice, str):
        if choice in RULE_SETS:
            return RULE_SETS[choice]
        if choice in RULES:
            return (RULES[choice],)
        known = ", ".join([*RULE_SETS, *RULES])
        raise InvalidInput("rules", f"must be one of {known}", choice, "Choose one of these names.")
    chosen = [rule for part in choice for rule in choose_rules(part)]
    return tuple(dict.fromkeys(chosen))
