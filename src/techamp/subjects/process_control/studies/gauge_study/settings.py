"""What the learner may set about her gauge study."""

from __future__ import annotations

from techamp.contract import Inputs, choice, quantity

WIDE = (-1e9, 1e9)


class GaugeStudySettings(Inputs):
    """Part, operator and reading are enough; limits make it a study against the tolerance."""

    lower_spec: float | None = quantity(
        None,
        "",
        range=WIDE,
        step=0.0001,
        optional=True,
        label="Lower specification limit",
        help="In the column’s unit.",
    )
    upper_spec: float | None = quantity(
        None,
        "",
        range=WIDE,
        step=0.0001,
        optional=True,
        label="Upper specification limit",
        help="In the column’s unit.",
    )
    method: str = choice(
        "anova",
        {
            "anova": "Analysis of variance (ANOVA)",
            "ranges": "Averages and ranges (X̄-R)",
            "reml": "REML: takes gaps and unequal groups, with intervals",
        },
        label="Method",
        help="ANOVA sees an interaction and gives intervals. Averages and ranges can be checked on paper. With equal "
        "cells REML finds what ANOVA finds.",
    )
    layout: str = choice(
        "auto",
        {
            "auto": "See it from the data",
            "crossed": "Crossed: every operator measures every part",
            "nested": "Nested: each operator has parts of his own",
        },
        label="Layout",
        help="Nested is for tests that use the part up.",
    )
    pool: str = choice(
        "0.25",
        {
            "never": "Never",
            "0.05": "When its p is above 0.05",
            "0.25": "When its p is above 0.25 (AIAG)",
        },
        label="Put the interaction into the error",
        help="Only for crossed ANOVA.",
    )
    width: str = choice(
        "6",
        {"6": "6 standard deviations", "5.15": "5.15 standard deviations (older books)"},
        label="Width of a spread",
        help="Changes the percent of tolerance, and nothing else.",
    )
    negative: str = choice(
        "clamp",
        {"clamp": "Count it as zero", "keep": "Keep it"},
        label="An estimate below zero",
    )
