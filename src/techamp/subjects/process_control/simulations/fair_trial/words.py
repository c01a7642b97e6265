"""What a trial says: its interval, whether to trust it, what the same plan does sixty times, what it costs."""

from __future__ import annotations

import numpy as np

from techamp.subjects.process_control.simulations.fair_trial.inputs import FairTrialInputs
from techamp.subjects.process_control.simulations.fair_trial.judging import Intervals
from techamp.subjects.process_control.simulations.fair_trial.theory import comparable, power_of_days
from techamp.subjects.process_control.simulations.fair_trial.trials import REPEATS, Trials


def notes(inputs: FairTrialInputs, trials: Trials, found: Intervals, known: dict[str, float | None]) -> tuple[str, ...]:
    """The interval first, then the sixty repeats, the weak spots of the plan, the library's power, the truth."""
    said = (
        _seen(inputs, trials, found),
        _repeats(inputs, found),
        *_weak(inputs),
        _power(inputs),
        _truth(inputs, trials),
    )
    return tuple(text for text in said if text)


def _seen(inputs: FairTrialInputs, trials: Trials, found: Intervals) -> str:
    seen, reach = float(found.seen[trials.watched]), float(found.reach[trials.watched])
    if not np.isfinite(reach):
        return f"B is {_signed(seen)} µm from A, and one of each gives no spread to judge by: there is no interval."
    span = f"{_signed(seen - reach)} to {_signed(seen + reach)} µm"
    shown = float(found.shown[trials.watched])
    if shown == 0.0:
        return f"B − A is {_signed(seen)} µm, interval {span}. Zero lies inside: the trial shows no difference."
    larger = "B turns larger than A" if shown > 0.0 else "A turns larger than B"
    return f"B − A is {_signed(seen)} µm, interval {span}. Zero lies outside: the trial says that {larger}."


def _signed(value: float) -> str:
    return f"{value:.2f}".replace("-", "−")


def _repeats(inputs: FairTrialInputs, found: Intervals) -> str:
    wolf = int(np.count_nonzero(found.shown[REPEATS:]))
    alarm = f"where the lathes are equal it gives a false alarm in {wolf} of {REPEATS}"
    if not inputs.difference:
        return f"The same plan again and again: {alarm}."
    hit = int(np.count_nonzero(found.shown[:REPEATS] == np.sign(inputs.difference)))
    size = _signed(inputs.difference)
    return f"The same plan again and again: it finds a difference of {size} µm in {hit} of {REPEATS}; {alarm}."


def _weak(inputs: FairTrialInputs) -> list[str]:
    said = []
    if inputs.order == "apart" and inputs.day_sd > 0.0:
        said.append("A and B ran on different days, so the weather of the days is part of the difference.")
    if inputs.judge == "groups" and inputs.days > 1 and inputs.order == "together":
        said.append("Shafts of one day are alike, and two plain averages do not know it. Compare the days instead.")
    if inputs.judge == "groups" and inputs.blanks == "halves":
        said.append("The halves of a bar are alike, but two plain averages throw that away. Compare pairs instead.")
    if inputs.judge == "pairs" and inputs.days == 1 and inputs.blanks == "random":
        said.append("These pairs have nothing in common but their order: pairing brings nothing here.")
    if inputs.days == 1 and inputs.own_sd > 0.0 and inputs.order == "together":
        said.append("One day is one setting of each lathe. More shafts of that day cannot tell what other days do.")
    return said


def _power(inputs: FairTrialInputs) -> str:
    if not comparable(inputs):
        return ""
    return (
        f"Theory says for {inputs.days} days: found {100 * power_of_days(inputs):.0f} times in 100, "
        f"false alarms {100 * (1 - float(inputs.confidence)):.0f} times in 100."
    )


def _truth(inputs: FairTrialInputs, trials: Trials) -> str:
    if inputs.truth != "coin":
        return ""
    told = f"B really is {_signed(inputs.difference)} µm from A" if trials.differs else "there was no difference"
    return f"The coin: in the trial that you watched, {told}."
