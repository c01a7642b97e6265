"""What the lathe says: names of signals and causes, and the notes."""

from __future__ import annotations

from techamp.subjects.process_control.simulations.watch_the_lathe.inputs import LatheInputs, sample_size, shafts_of
from techamp.subjects.process_control.simulations.watch_the_lathe.kernel import CHIPPED, COOLANT, OFF_PLAN
from techamp.subjects.process_control.simulations.watch_the_lathe.plans import Week, declared_grid

SIGNALS = {
    1: "beyond a limit",
    2: "a run on one side",
    3: "six rising or falling",
    4: "fourteen up and down by turns",
    5: "two of three beyond 2σ",
    6: "four of five beyond 1σ",
    7: "fifteen within 1σ",
    8: "eight beyond 1σ, both sides",
    9: "spread beyond a limit",
}
FAULTS = {CHIPPED: "Insert chipped", COOLANT: "Coolant off"}
ENDED_BY = {
    0: "still there at the end",
    1: "found after a signal",
    2: "planned insert change",
    3: "check at shift start",
}
COST_NAMES = ("Gauging", "Stops", "Inserts", "Scrap", "Escapes")


def causes(state: int) -> str:
    """What was wrong, in words."""
    found = [name for bit, name in (*FAULTS.items(), (OFF_PLAN, "mean off plan by more than 1σ")) if state & bit]
    return ", ".join(found) or "nothing was wrong"


def cost_parts(inputs: LatheInputs, week: Week) -> tuple[float, ...]:
    """US dollars in the order of ``COST_NAMES``."""
    totals = week.totals
    return (
        totals["checks"] * inputs.check_cost,
        totals["stop_minutes"] * inputs.stop_cost,
        totals["inserts"] * inputs.insert_cost,
        totals["scrap"] * inputs.scrap_cost,
        totals["escapes"] * inputs.escape_cost,
    )


def notes(inputs: LatheInputs, week: Week, values: dict[str, float | None]) -> tuple[str, ...]:
    """Most important first: the bill, the faults, the alarms, the comparison, and what the policy does."""
    return (
        _bill(inputs, week, values),
        _faults(week),
        _alarms(week),
        _compared(values),
        *_about_the_policy(inputs),
    )


def _bill(inputs: LatheInputs, week: Week, values: dict[str, float | None]) -> str:
    parts = cost_parts(inputs, week)
    largest = max(range(len(parts)), key=lambda k: parts[k])
    escapes, scrap = int(week.totals["escapes"]), int(week.totals["scrap"])
    return (
        f"{shafts_of(inputs):,} shafts: {_count(scrap, 'was', 'were')} scrapped and {escapes} bad "
        f"{'one' if escapes == 1 else 'ones'} went on to assembly. The cost is "
        f"${values['cost_per_100']:.2f} per 100 good shafts; "
        f"the largest part is {COST_NAMES[largest].lower()}, ${parts[largest]:,.0f}."
    )


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _faults(week: Week) -> str:
    if not len(week.faults):
        return "No insert chipped and the coolant stayed right: every signal was about wear, setting, or nothing."
    by_signal = int((week.faults[:, 3] == 1).sum())
    shafts = int(week.totals["fault_shafts"])
    return (
        f"{_count(len(week.faults), 'fault', 'faults')} came, {by_signal} found after a signal. "
        f"{_count(shafts, 'shaft was', 'shafts were')} cut while one was there."
    )


def _alarms(week: Week) -> str:
    signals, false = int(week.totals["signals"]), int(week.totals["false_alarms"])
    if signals == 0:
        return f"The chart gave no signal in {int(week.totals['points'])} points."
    return f"The chart gave {_count(signals, 'signal', 'signals')}; {false} of them with nothing wrong."


def _compared(values: dict[str, float | None]) -> str:
    return (
        f"The best of {len(declared_grid())} plans that we tried costs ${values['best_plan']:.2f} with the same luck; "
        f"knowing everything would cost ${values['all_knowing']:.2f}."
    )


def _about_the_policy(inputs: LatheInputs) -> tuple[str, ...]:
    said = []
    if inputs.reaction == "adjust_each":
        said.append(
            f"The offset moved after every sample. Most of what a sample of {sample_size(inputs)} shows "
            "is scatter and gauge error, "
            "so most moves put that scatter into the mean. That is tampering."
        )
    if inputs.reaction == "adjust_on_signal":
        said.append("Moving the offset hides a chipped insert: the mean comes back, the wide spread stays.")
    if inputs.chart == "i_mr" and inputs.subgroup > 1:
        said.append("An I-MR chart plots single shafts, so each sample was one shaft.")
    if inputs.chart != "i_mr" and inputs.subgroup == 1:
        said.append("With one shaft in a sample there is no range within it, so the chart was an I-MR chart.")
    return tuple(said)
