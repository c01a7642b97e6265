"""``techamp simulate line.yaml``: read, run, show. Loads the engine only when there is a sound model to run."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from techamp.contract.errors import InvalidInput
from techamp.subjects.manufacturing_systems.faults import Faults
from techamp.subjects.manufacturing_systems.model.factory_model import Model
from techamp.subjects.manufacturing_systems.model.reading import load_model
from techamp.subjects.manufacturing_systems.model.time_units import duration

if TYPE_CHECKING:
    from techamp.subjects.manufacturing_systems.output_analysis.experiment import Experiment
    from techamp.subjects.manufacturing_systems.output_analysis.replications import Replications

DONE, UNSOUND, REFUSED, INTERRUPTED = 0, 1, 2, 130


def simulate(chosen: argparse.Namespace) -> int:
    """Run the command. Returns 0, 1 if a run broke a law of flow, 2 if the input is refused, 130 if interrupted
    early."""
    try:
        model = load_model(chosen.file)
        other = load_model(chosen.compare) if chosen.compare else None
        options = _options(chosen, model)
        if other is not None and other.time_unit != model.time_unit:
            remedy = f"Write time_unit: {model.time_unit} in {chosen.compare}."
            raise InvalidInput("time_unit", "must be the same in both models", other.time_unit, remedy)
    except InvalidInput as error:
        return _refuse(chosen.file, error)
    try:
        return _run(chosen, model, other, options)
    except KeyboardInterrupt:
        print("\ntechamp: stopped before the first replication was done; nothing to show.", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:  # whoever read has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except OSError as error:
        print(f"techamp: {error.filename}: {error.strerror}. Choose another place to write to.", file=sys.stderr)
        return REFUSED


def _options(chosen: argparse.Namespace, model: Model) -> dict[str, Any]:
    """Options that override the model's plan. Raises InvalidInput with everything that is wrong with them."""
    faults = Faults()
    options: dict[str, Any] = {}
    for name, option in (("until", "--until"), ("warm_up", "--warm-up")):
        if (text := getattr(chosen, name)) is not None:
            options[name] = _time(text, model.time_unit, option, faults)
    if chosen.precision is not None:
        options["precision"] = _share(chosen.precision)
        holds = options["precision"] is not None
        faults.require(holds, "--precision", "must be from 0.01 % to 50 %", chosen.precision, 'Write "1 %" or 0.01.')
    for name, low, high in (("replications", 2, 100_000), ("seed", 0, 2**53 - 1)):
        if (number := getattr(chosen, name)) is not None:
            options[name] = number
            faults.whole(f"--{name}", number, low, high, "Choose such a number.")
    faults.stop()
    end = options.get("until", model.plan.until)
    start = options.get("warm_up", model.plan.warm_up) or 0.0
    if end is not None:
        rule = f"must end before the run does, at {end:g} {model.time_unit}"
        faults.require(0 <= start < end < 1e12, "--warm-up", rule, start, "Run longer, or leave out less.")
    faults.stop()
    return options


def _time(text: str, unit: str, option: str, faults: Faults) -> float:
    try:
        return duration(text, unit)
    except ValueError:
        faults.require(False, option, "must be a time", text, 'Write a number with its unit, such as "40 h".')
        return 0.0


def _share(text: str) -> float | None:
    try:
        share = float(text.strip().rstrip("% ")) / (100.0 if "%" in text else 1.0)
    except ValueError:
        return None
    return share if 0.0001 <= share <= 0.5 else None


def _refuse(path: Path, error: InvalidInput) -> int:
    count = len(error.faults)
    print(f"techamp: {path}: {count} thing{'s' * (count > 1)} to mend", file=sys.stderr)
    for fault in error.faults[:50]:
        print(f"- {fault}", file=sys.stderr)
    if count > 50:
        print(f"… and {count - 50} more", file=sys.stderr)
    return REFUSED


def _run(chosen: argparse.Namespace, model: Model, other: Model | None, options: dict[str, Any]) -> int:
    from techamp.subjects.manufacturing_systems.engine.state import prepare
    from techamp.subjects.manufacturing_systems.output_analysis.experiment import experiment, paired

    progress = Progress()
    try:
        for each in (model,) if other is None else (model, other):
            prepare(each, progress.compiling)
    finally:
        progress.clear()
    wanted = True if chosen.trace else None
    try:
        if other is None:
            found, second = experiment(model, **options, trace=wanted, watch=progress.watch), None
        else:
            found, second = paired(model, other, **options, trace=wanted, watch=progress.watch)
    finally:
        progress.clear()
    _show(chosen, found, second)
    return UNSOUND if found.faults or (second and second.faults) else DONE


def _show(chosen: argparse.Namespace, found: Experiment, second: Experiment | None) -> None:
    from techamp.subjects.manufacturing_systems.explaining.explanation import explain
    from techamp.subjects.manufacturing_systems.reporting import plain_report, text_report

    said = explain(found.model, found.runs)
    if chosen.json:
        plain = plain_report.plain_report(found, said)
        if second is not None:
            plain["other"] = plain_report.plain_report(second, explain(second.model, second.runs))
            plain["differences"] = plain_report.plain_comparison(found, second)
        print(json.dumps(plain, indent=2, ensure_ascii=False))
    else:
        print(text_report.text_report(found, said))
        if second is not None:
            print(text_report.text_report(second, explain(second.model, second.runs)))
            print(text_report.comparison_report(found, second))
    _write(chosen, found, second)


def _write(chosen: argparse.Namespace, found: Experiment, second: Experiment | None) -> None:
    if chosen.trace and found.runs:
        from techamp.subjects.manufacturing_systems.reporting.trace_file import write_trace

        rows = write_trace(found.runs[0], found.model, chosen.trace)
        print(f"{rows:,} rows of trace in {chosen.trace}", file=sys.stderr)
    if chosen.html:
        from techamp.subjects.manufacturing_systems.reporting.html_report import html_report

        chosen.html.write_text(html_report(found, second), encoding="utf-8")
        print(f"report in {chosen.html}", file=sys.stderr)


class Progress:
    """One line on a terminal that says how far the replications are. Silent where nobody looks."""

    def __init__(self) -> None:
        self.on = sys.stderr.isatty()
        self.last = ""

    def watch(self, done: float, expected: int, so_far: Replications | None) -> bool:
        """Show; never stops a run (Ctrl-C does)."""
        if self.on:
            told = f"{done:.1f}" if done != int(done) else f"{done:.0f}"
            line = f"{told} of about {max(expected, int(done))} replications" if expected else "finding the warm-up"
            if so_far is not None and len(so_far) > 1:
                line += f", throughput ±{100 * so_far.interval('throughput').relative:.2g} %"
            line += " (Ctrl-C stops and keeps these)" if done >= 1 else " (Ctrl-C stops)"
            if line != self.last:
                print(f"\r{line:<78}", end="", file=sys.stderr, flush=True)
                self.last = line
        return True

    def compiling(self, share: float, what: str) -> None:
        """The engine is compiled when it is used for the first time."""
        line = f"Compiling the engine for this computer, once: {100 * share:.0f} % done, {what}"
        if self.on:
            print(f"\r{line:<78}", end="", file=sys.stderr, flush=True)
        elif not self.last:
            print("Compiling the engine for this computer; this happens once …", file=sys.stderr, flush=True)
        self.last = line

    def clear(self) -> None:
        """Take the line away."""
        if self.on and self.last:
            print(f"\r{'':<78}\r", end="", file=sys.stderr, flush=True)
        self.last = ""
