"""``techamp chart FILE`` and ``techamp study NAME FILE``: read, run, print; a report or JSON when asked for."""

from __future__ import annotations

import argparse
import json
import os
import shlex
import sys
import textwrap
from collections.abc import Sequence
from typing import Any

from techamp.contract import InvalidInput, Study, registry
from techamp.terminal.analysis import Analysis, analyze
from techamp.terminal.options import USUAL, add_options, asked_roles, asked_settings, named_study, short, study_named

DONE, REFUSED = 0, 2
LISTED = "list"


def chart_options(parser: argparse.ArgumentParser, given: Sequence[str]) -> None:
    """Options of ``techamp chart``: those of the control chart, or of the study that ``--study`` names."""
    parser.add_argument("--study", default=USUAL, metavar="NAME", help="another study than the control chart")
    _options(parser, named_study(given))


def study_options(parser: argparse.ArgumentParser, given: Sequence[str]) -> None:
    """Options of ``techamp study``: its first word is ``list`` or a study."""
    parser.add_argument("study", metavar="NAME", help="a study, or list")
    name = next((word for word in given if not word.startswith("-")), LISTED)
    if name != LISTED:
        _options(parser, name)


def _options(parser: argparse.ArgumentParser, name: str) -> None:
    try:
        study = study_named(name)
    except LookupError as reason:
        parser.error(str(reason))
    parser.description = f"{study.title}. {study.summary}".replace("%", "%%")
    add_options(parser, study)


def run(chosen: argparse.Namespace, given: Sequence[str]) -> int:
    """Run a study on a file. Returns 0, or 2 if file or options are refused."""
    if chosen.study == LISTED:
        return list_studies()
    study = study_named(chosen.study)
    try:
        asked = asked_roles(chosen, study), asked_settings(chosen, study)
        found = analyze(chosen.file, study, *asked, sheet=chosen.sheet)
        _show(found, chosen)
        if chosen.html:
            _write(found, chosen, given)
    except InvalidInput as error:
        return _refuse(chosen.file, error, study)
    except BrokenPipeError:  # whoever read has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except OSError as error:
        print(f"techamp: {error.filename or chosen.file}: {error.strerror}.", file=sys.stderr)
        return REFUSED
    return DONE


def list_studies() -> int:
    """Every study with its question."""
    rows = [(short(id), registry.study(id)) for id in registry.study_ids()]
    left = max(len(name) for name, _study in rows) + 2
    for name, study in rows:
        said = f"{study.title}. {study.question or study.summary}"
        print(textwrap.fill(said, 80, initial_indent=f"{name:<{left}}", subsequent_indent=" " * left))
    print("\ntechamp study NAME FILE runs one; techamp study NAME --help says its columns and settings.")
    return DONE


def _show(found: Analysis, chosen: argparse.Namespace) -> None:
    if chosen.json:
        print(json.dumps(plain(found), indent=2, ensure_ascii=chosen.ascii))
        return
    from techamp.contract.drawing.plain_letters import in_ascii
    from techamp.contract.drawing.text import bullets, outcome_text

    ascii_only = chosen.ascii or not _speaks_unicode()
    head = f"{found.study.title}\n{textwrap.fill(found.source, 80)}"
    read = f"\n{bullets(found.reading.notes)}" if found.reading.notes else ""
    print(in_ascii(head + read) if ascii_only else head + read, end="\n\n")
    print(outcome_text(found.outcome, ascii_only=ascii_only), end="")


def _speaks_unicode() -> bool:
    return (sys.stdout.encoding or "ascii").lower().replace("-", "").startswith("utf")


def plain(found: Analysis) -> dict[str, object]:
    """The analysis as plain values: what was run, on what, with which settings, and everything it says."""
    return {
        "study": found.study.id,
        "version": found.study.version,
        "file": found.file,
        "rows": len(found.reading.table),
        "columns": found.roles,
        "settings": found.inputs.model_dump(mode="json"),
        "reading": list(found.reading.notes),
        "outcome": json.loads(found.outcome.model_dump_json(exclude={"trace"})),
    }


def _write(found: Analysis, chosen: argparse.Namespace, given: Sequence[str]) -> None:
    from techamp.contract.drawing.html import report_page

    made = f"Made by techamp {shlex.join(given)} ({found.study.id}, version {found.study.version})."
    page = report_page(f"{found.study.title}: {found.file}", found.source, found.outcome, made)
    chosen.html.write_text(page, encoding="utf-8")
    print(f"report in {chosen.html}", file=sys.stderr)


def _refuse(file: str, error: InvalidInput, study: Study[Any]) -> int:
    """Every fault in a sentence. What a fault calls a setting is its label; the option stands behind it."""
    options = {f.label: f"--{f.name.replace('_', '-')}" for f in study.Settings.fields()}
    options |= {r.label: f"--{r.name.replace('_', '-')}" for r in study.columns}
    print(f"techamp: {file}", file=sys.stderr)
    for fault in error.faults:
        option = f" ({options[fault.field]})" if fault.field in options else ""
        print(f"- {fault}{option}", file=sys.stderr)
    return REFUSED
