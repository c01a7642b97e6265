"""Measures, charts and tables of the study."""

from __future__ import annotations

from techamp.contract import Chart, DataTable, Explanation, Measure, RefLine, Series
from techamp.subjects.process_control.measurement.attribute_agreement import Agreement, Kappa
from techamp.subjects.process_control.studies.attribute_agreement.analysis import Analysis


def measures(found: Analysis) -> tuple[Measure, ...]:
    """Agreement of all, kappa, and agreement with the standard where there is one."""
    shown = [_share("among", "All calls agree", found.among)]
    if found.all_against is not None:
        shown.append(_share("all_right", "All calls right", found.all_against))
    if found.between is not None:
        k = found.between
        shown.append(
            Measure(
                name="kappa", label="Fleiss’s kappa, all calls", value=k.value, low=k.low, high=k.high, better="higher",
                decimals=2, help="Agreement beyond chance: 1 is perfect, 0 what chance gives; 0.75 or more is good.",
            )
        )  # fmt: skip
    return tuple(shown)


def _share(name: str, label: str, one: Agreement) -> Measure:
    return Measure(
        name=name, label=label, value=100 * one.share, unit="%", low=100 * one.low, high=100 * one.high,
        better="higher", help=f"{one.matched} of {one.n} parts.",
    )  # fmt: skip


def charts(found: Analysis) -> tuple[Chart, ...]:
    """Each inspector with herself and with the standard, with intervals."""
    bars = [("within", "With themselves", found.within), ("against", "With the standard", found.against)]
    return tuple(_by_inspector(name, title, rows) for name, title, rows in bars if rows)


def _by_inspector(name: str, title: str, rows: tuple[Agreement, ...]) -> Chart:
    x = tuple(float(i + 1) for i in range(len(rows)))
    ends = tuple(tuple(round(100 * end, 2) for end in (one.low, one.high)) for one in rows)
    return Chart(
        name=name,
        title=f"Who agrees: {title.lower()}",
        x_label="Inspector",
        y_label="Parts with agreement",
        y_unit="%",
        series=(
            Series(name="share", label=title, x=x, y=tuple(round(100 * one.share, 2) for one in rows), shape="bars"),
            Series(name="low", label="Lower end, 95 %", x=x, y=tuple(e[0] for e in ends), shape="points", role="aside"),
            Series(
                name="high", label="Upper end, 95 %", x=x, y=tuple(e[1] for e in ends), shape="points", role="aside"
            ),
        ),
        lines=(RefLine(label="90 %", value=90.0, kind="zone"),),
        x_names=tuple(one.what for one in rows),
        words="; ".join(f"{one.what} {one.matched} of {one.n}" for one in rows) + ". Dots: ends of the 95 % interval.",
        zero=True,
    )


def tables(found: Analysis) -> tuple[DataTable, ...]:
    """Agreement, kappas, misses, the formula with these numbers."""
    kinds = [
        *(("with themselves", one) for one in found.within),
        *(("with the standard", one) for one in found.against),
    ]
    kinds += [("with each other", found.among)] + (
        [] if found.all_against is None else [("all right", found.all_against)]
    )
    rows = tuple(
        (one.what, kind, f"{one.matched} of {one.n}", f"{100 * one.share:.1f}", _ends(one)) for kind, one in kinds
    )
    agreed = DataTable(
        name="agreement", title="Agreement", columns=("Who", "With", "Parts", "%", "95 % interval"), rows=rows
    )
    kappas = DataTable(
        name="kappas", title="Kappa", rows=tuple(_kappa_rows(found)),
        columns=("Who", "Which", "Kappa", "Its 95 % interval", "Agreed", "By chance", "z"),
    )  # fmt: skip
    return (
        agreed,
        kappas,
        *([DataTable(name="misses", title="Where they differ from the standard",
                     columns=("Inspector", "Standard", "Call", "Times"), rows=found.misses)] if found.misses else []),
        _formula(found),
    )  # fmt: skip


def _ends(one: Agreement) -> str:
    return f"{100 * one.low:.1f} to {100 * one.high:.1f}"


def _kappa_rows(found: Analysis) -> list[tuple[str, ...]]:
    rows = [("all calls", "Fleiss", found.between)]
    rows += [
        (f"grade “{grade}”", "Fleiss", kappa) for grade, kappa in found.by_grade.items() if len(found.by_grade) > 2
    ]
    rows += [(f"{a} and {b}", "Cohen, first calls", kappa) for a, b, kappa in found.pairs]
    rows += [
        (f"{name} and the standard", "Cohen", kappa)
        for name, kappa in zip(found.inspectors, found.with_standard, strict=False)
    ]
    return [(who, which, *_numbers(kappa)) for who, which, kappa in rows]


def _numbers(kappa: Kappa | None) -> tuple[str, ...]:
    if kappa is None:
        return "one grade only", "", "", "", ""
    ends = f"{kappa.low:.3f} to {kappa.high:.3f}"
    return f"{kappa.value:.3f}", ends, f"{kappa.observed:.3f}", f"{kappa.by_chance:.3f}", f"{kappa.z:.2f}"


def _formula(found: Analysis) -> DataTable:
    k = found.between
    numbers, value = ("one grade only", "") if k is None else (
        f"({k.observed:.4f} − {k.by_chance:.4f})/(1 − {k.by_chance:.4f})", f"{k.value:.4f}"
    )  # fmt: skip
    return DataTable(
        name="formulas",
        title="The formula with your numbers",
        columns=("", "Formula", "With your numbers", "Value"),
        rows=(("κ, all calls", "(P̄ − P_e)/(1 − P_e)", numbers, value),),
    )


def differences() -> Explanation:
    """What other programs take instead."""
    said = (
        "Kappa of all calls is Fleiss’s: chance comes from all calls together. Others print the mean of Cohen’s kappas "
        "of the pairs.",
        "Kappa with the standard is Cohen’s, with all trials of an inspector together. Others take Fleiss’s, or a mean "
        "over the trials.",
        "The interval of kappa comes from the linearized variance over parts (Gwet). The standard error that others "
        "print often holds only where nobody agrees, and is too short.",
        "The interval of a share is exact (Clopper and Pearson). Others print Wilson’s or the normal one.",
        "An inspector agrees with himself where all his calls of a part are the same. Others count pairs of trials.",
    )
    return Explanation(name="differs", title="Why another program may print something else", sentences=said)
