"""Charts and tables of one duel."""

from __future__ import annotations

import numpy as np

from techamp.contract import Chart, DataTable, RefLine, Series
from techamp.subjects.process_control.simulations.chart_duel import kernel
from techamp.subjects.process_control.simulations.chart_duel.fighting import Duel, Floats
from techamp.subjects.process_control.simulations.chart_duel.inputs import ChartDuelInputs
from techamp.subjects.process_control.simulations.chart_duel.theory import Fighter, average
from techamp.subjects.process_control.simulations.chart_duel.words import chart_name, limit_equation

MOST_POINTS = 60.0  # run lengths beyond it are left out of the picture by shift
SHIFTS = tuple(round(0.25 * i, 2) for i in range(1, 13))

Pair = tuple[Fighter, Fighter]


def charts(inputs: ChartDuelInputs, pair: Pair, fought: Duel) -> tuple[Chart, ...]:
    """How soon the runs were found, how the run lengths spread, theory by shift, and the first run."""
    return (_found_by(pair, fought), _spread(pair, fought), _by_shift(pair), _first_run(inputs, pair, fought))


def _both(pair: Pair, x: tuple[float, ...], a: Floats, b: Floats, shape: str = "line") -> tuple[Series, Series]:
    return (
        Series(name="a", label=f"A: {chart_name(pair[0])}", x=x, y=tuple(a.tolist()), shape=shape),
        Series(name="b", label=f"B: {chart_name(pair[1])}", x=x, y=tuple(b.tolist()), shape=shape, role="aside"),
    )


def _reach(fought: Duel) -> int:
    """Points after the shift that a picture needs: nine of ten runs of both charts."""
    both = np.concatenate([fought.delays(0), fought.delays(1)])
    return int(max(10, np.quantile(both, 0.9)))


def _found_by(pair: Pair, fought: Duel) -> Chart:
    at = np.unique(np.linspace(0, _reach(fought), 61).astype(np.int64))
    shares = [np.round(100.0 * np.mean(fought.delays(s)[:, None] <= at, axis=0), 1) for s in (0, 1)]
    return Chart(
        name="found_by",
        title="Share of the runs in which the shift was found",
        x_label="Points after the shift",
        y_label="Runs found",
        y_unit="%",
        series=_both(pair, tuple(float(p) for p in at), shares[0], shares[1], "steps"),
        words=(
            f"After {at[len(at) // 6]} points A has found {shares[0][len(at) // 6]:.0f} % of the shifts and B "
            f"{shares[1][len(at) // 6]:.0f} %."
        ),
        zero=True,
    )


def _spread(pair: Pair, fought: Duel) -> Chart:
    width = max(1, int(np.ceil(_reach(fought) / 20)))
    edges = np.arange(0, 21) * width + 0.5
    counts = [np.histogram(fought.delays(side), edges)[0].astype(np.float64) for side in (0, 1)]
    middles = tuple(float(m) for m in (edges[:-1] + edges[1:]) / 2.0)
    late = [int(np.sum(fought.delays(side) > edges[-1])) for side in (0, 1)]
    return Chart(
        name="run_lengths",
        title="How the run lengths spread",
        x_label="Points until the signal",
        y_label=f"Runs, in steps of {width} points" if width > 1 else "Runs",
        series=_both(pair, middles, counts[0], counts[1], "steps"),
        words=(
            f"A run length is luck: short ones are the most frequent and a few are very long. {late[0]} runs of A and "
            f"{late[1]} of B lie beyond the right edge."
        ),
        zero=True,
    )


def _by_shift(pair: Pair) -> Chart:
    series = []
    for fighter, name, role in ((pair[0], "A", "now"), (pair[1], "B", "aside")):
        lengths = [average(fighter, shift) for shift in SHIFTS]
        shown = tuple(round(length, 2) if length <= MOST_POINTS else None for length in lengths)
        label = f"{name}: {chart_name(fighter)}"
        series.append(Series(name=name.lower(), label=label, x=SHIFTS, y=shown, shape="line+points", role=role))
    return Chart(
        name="by_shift",
        title="Average run length by the size of the shift",
        x_label="Shift",
        x_unit="σ",
        y_label="Points until the signal",
        series=tuple(series),
        words=(
            f"From theory. At a shift of 0.5σ A needs {average(pair[0], 0.5):.0f} points and B "
            f"{average(pair[1], 0.5):.0f}; at 3σ A needs {average(pair[0], 3.0):.1f} and B "
            f"{average(pair[1], 3.0):.1f}. Run lengths above 60 are not drawn."
        ),
        equation=limit_equation(pair),
        zero=True,
    )


def _first_run(inputs: ChartDuelInputs, pair: Pair, fought: Duel) -> Chart:
    number = tuple(float(n) for n in range(1, len(fought.points) + 1))
    reach = [limit_of(fighter) for fighter in pair]
    share = [np.round(farther(fought.rows[:, side]) / reach[side], 3) for side in (0, 1)]
    a, b = _both(pair, number, share[0], share[1])
    cut = {side: _last(inputs, fought, side) for side in (0, 1)}
    return Chart(
        name="first_run",
        title="The first run: each chart as a share of its limit",
        x_label="Point",
        y_label="Share of the limit",
        series=(
            a.model_copy(update={"y": tuple(v if i < cut[0] else None for i, v in enumerate(a.y))}),
            b.model_copy(update={"y": tuple(v if i < cut[1] else None for i, v in enumerate(b.y))}),
        ),
        lines=(
            RefLine(label="Limit", value=1.0, kind="limit"),
            RefLine(label="Limit", value=-1.0, kind="limit"),
            RefLine(label="Shift", value=inputs.before + 0.5, kind="phase", axis="x"),
        ),
        words="Both charts see the same points. Beyond 1 or −1 a chart signals; run rules may signal inside, too.",
    )


def limit_of(fighter: Fighter) -> float:
    """The limit in the units of the plotted statistic."""
    if fighter.kind == "ewma":
        return fighter.limit * float(np.sqrt(fighter.memory / (2.0 - fighter.memory)))
    return fighter.limit


def farther(rows: Floats) -> Floats:
    """The statistic that is farther out: of a CUSUM the larger of its two sums."""
    upper, lower = rows[:, kernel.UPPER], rows[:, kernel.LOWER]
    return np.where(upper >= -lower, upper, lower)


def _last(inputs: ChartDuelInputs, fought: Duel, side: int) -> int:
    """Points of the first run that a chart saw: up to its signal."""
    delay = int(fought.runs[0, kernel.DELAY_A + side])
    return inputs.before + delay if delay else len(fought.points)


SIDE_BY_SIDE = (
    ("Points until the signal, average", "delay", 1),
    ("The same by theory, from a fresh start", "expected", 1),
    ("Nine of ten runs found within, points", "within", 0),
    ("One false alarm in, points", "arl0", 0),
    ("Runs with a false alarm before the shift, %", "false", 0),
)


def tables(fought: Duel, found: dict[str, float]) -> tuple[DataTable, ...]:
    """Both charts side by side, then the first runs in numbers."""
    return (_side_by_side(found), _first_runs(fought))


def _side_by_side(found: dict[str, float]) -> DataTable:
    rows = tuple(
        (label, *(f"{found[f'{name}_{side}']:,.{decimals}f}" for side in "ab"))
        for label, name, decimals in SIDE_BY_SIDE
    )
    return DataTable(name="side_by_side", title="Both charts side by side", columns=("", "A", "B"), rows=rows)


def _first_runs(fought: Duel) -> DataTable:
    rows = []
    for number, run in enumerate(fought.runs[:10], start=1):
        shift, a, b, false_a, false_b = run.tolist()
        rows.append((number, round(shift, 2), int(a) or "none", int(b) or "none", int(false_a), int(false_b)))
    columns = ("Run", "Shift (σ)", "A: points", "B: points", "A: false alarms", "B: false alarms")
    return DataTable(name="runs", title="The first 10 runs", columns=columns, rows=tuple(rows))
