"""The command ``techamp``. Each command loads what it needs and no more: ``techamp --help`` answers at once."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from techamp import __version__

DEFAULT_HOST = "127.0.0.1"
DEFAULT_PORT = 8000


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 found something wrong, 2 could not start."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    chosen = parser(given).parse_args(given)
    command: Callable[[argparse.Namespace], int] = chosen.command
    return command(chosen)


def parser(given: Sequence[str] = ()) -> argparse.ArgumentParser:
    """All commands and their options. ``given`` is the line itself: a study's options are made when it is asked for."""
    top = argparse.ArgumentParser(
        prog="techamp",
        description="Runs the TechAMP certificate program: lectures, practice, simulations, labs and capstones.",
        epilog="The folder TECHAMP_HOME (default .techamp here) keeps the database, the secret key and uploads.",
    )
    top.add_argument("--version", action="version", version=f"techamp {__version__}")
    commands = top.add_subparsers(title="commands", required=True, metavar="COMMAND")
    _add_serve(commands)
    _add(commands, "migrate", "bring the database to this version", migrate)
    _add(commands, "kernels", "compile the simulations into the cache", kernels)
    _add(commands, "demo", "make the demo campus, once", demo)
    _add_curriculum(commands)
    _add_simulate(commands)
    _add_studies(commands, given)
    listed = _add(commands, "examples", "list files to try a study with, or write them into a folder", examples)
    listed.add_argument("folder", nargs="?", type=Path, help="where to write them (left out: only list them)")
    _add_regrade(commands)
    _add_backup(commands)
    return top


def _add(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    help: str,
    command: Callable[[argparse.Namespace], int],
) -> argparse.ArgumentParser:
    added = commands.add_parser(name, help=help, description=f"{help[0].upper()}{help[1:]}.")
    added.set_defaults(command=command)
    return added


def _add_serve(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    added = _add(commands, "serve", "serve the campus", serve)
    added.add_argument("--demo", action="store_true", help="with a demo campus, one-click sign-ins and an outbox page")
    added.add_argument("--author", action="store_true", help="read the curriculum again whenever a file of it is saved")
    added.add_argument("--host", default=DEFAULT_HOST, help="address to listen on (default: %(default)s)")
    added.add_argument("--port", type=_port, default=DEFAULT_PORT, help="port to listen on (default: %(default)s)")
    added.add_argument("--workers", type=_positive, default=1, help="processes that answer (default: %(default)s)")


def _add_curriculum(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    curriculum = commands.add_parser("curriculum", help="work on what is taught")
    inner = curriculum.add_subparsers(title="commands", required=True, metavar="COMMAND")
    check = _add(inner, "check", "check a curriculum folder; prints file:line, what is wrong, how to mend it", check_)
    check.add_argument("folder", nargs="?", type=Path, help="another folder than TECHAMP_CURRICULUM or our own")


def _add_simulate(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    added = _add(commands, "simulate", "simulate a factory from a file and say what holds it back", simulate)
    added.add_argument("file", type=Path, help="the factory, in YAML or JSON")
    added.add_argument("--compare", type=Path, metavar="OTHER", help="another factory, under the same luck")
    added.add_argument("--until", metavar="TIME", help='length of one run, such as "40 h"')
    added.add_argument("--warm-up", metavar="TIME", help="time at the start that is not counted (default: found out)")
    added.add_argument("--replications", type=_positive, metavar="N", help="runs (default: as many as precision takes)")
    added.add_argument("--precision", metavar="SHARE", help="how well to know the throughput (default: 1 %%)")
    added.add_argument("--seed", type=int, metavar="N", help="where luck begins (default: 1)")
    added.add_argument("--trace", type=Path, metavar="CSV", help="write what every machine did in the first run")
    added.add_argument("--html", type=Path, metavar="FILE", help="write a report with charts")
    added.add_argument("--json", action="store_true", help="print plain values for another program")


def _add_studies(commands: argparse._SubParsersAction[argparse.ArgumentParser], given: Sequence[str]) -> None:
    about = {"chart": "draw a control chart of a file", "study": "run a study on a file, or list the studies"}
    for name, help in about.items():
        added = _add(commands, name, help, lambda chosen: study(chosen, given))
        if list(given[:1]) == [name]:
            from techamp.terminal import command

            {"chart": command.chart_options, "study": command.study_options}[name](added, given[1:])


def _add_regrade(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    added = _add(commands, "regrade", "grade answers to a mended question again: preview, apply, take back", regrade)
    added.add_argument("place", nargs="?", default="", help="the set: <subject>/<module>/<activity>")
    added.add_argument("item", nargs="?", default="", help="the item's id")
    how = added.add_mutually_exclusive_group()
    how.add_argument("--preview", action="store_true", help="say whom it changes, and change nothing (the default)")
    how.add_argument("--apply", action="store_true", help="change results and evidence; needs --reason")
    how.add_argument("--take-back", metavar="BATCH", default="", help="restore what a batch changed")
    added.add_argument("--reason", default="", help="what was wrong with the question; learners read it")
    added.add_argument(
        "--by", metavar="EMAIL", default="", help="the instructor or the office person who answers for it"
    )
    added.add_argument("--strict", action="store_true", help="take away too: what was right may become wrong")


def _add_backup(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    taking = _add(commands, "backup", "write everything a campus keeps into one file, while it runs", backup)
    taking.add_argument("target", type=Path, help="the file to write, such as campus-monday.tar.gz")
    back = _add(commands, "restore", "put a backup in place; the campus must not run", restore)
    back.add_argument("source", type=Path, help="a file that techamp backup wrote")
    back.add_argument("--replace", action="store_true", help="set aside what is there now, and restore in its place")


def _port(text: str) -> int:
    if text.isdigit() and 1 <= int(text) <= 65535:
        return int(text)
    raise argparse.ArgumentTypeError(f"a port is a whole number from 1 to 65535, and this is {text!r}; try 8000")


def _positive(text: str) -> int:
    if text.isdigit() and int(text) >= 1:
        return int(text)
    raise argparse.ArgumentTypeError(f"it takes a whole number of 1 or more, and this is {text!r}")


def serve(chosen: argparse.Namespace) -> int:
    from techamp import serving

    how = serving.Manner(demo=chosen.demo, author=chosen.author, workers=chosen.workers)
    return _said(lambda: serving.serve(chosen.host, chosen.port, how))


def migrate(chosen: argparse.Namespace) -> int:
    from techamp import preparation

    return _said(preparation.migrate_alone)


def kernels(chosen: argparse.Namespace) -> int:
    from techamp import preparation

    return _said(preparation.compile_kernels)


def demo(chosen: argparse.Namespace) -> int:
    from techamp import preparation

    return _said(preparation.demo_alone)


def simulate(chosen: argparse.Namespace) -> int:
    from techamp.subjects.manufacturing_systems.reporting import command

    return command.simulate(chosen)


def study(chosen: argparse.Namespace, given: Sequence[str]) -> int:
    from techamp.terminal import command

    return command.run(chosen, given)


def examples(chosen: argparse.Namespace) -> int:
    from techamp.terminal import examples as offered

    return offered.show(chosen.folder)


def backup(chosen: argparse.Namespace) -> int:
    from techamp.backup import command

    return _said(lambda: command.take(chosen.target))


def restore(chosen: argparse.Namespace) -> int:
    from techamp.backup import command

    return _said(lambda: command.put_back(chosen.source, chosen.replace))


def regrade(chosen: argparse.Namespace) -> int:
    from techamp import preparation

    names = ("place", "item", "apply", "strict", "reason", "by", "take_back")
    return _said(lambda: preparation.regrade_alone(**{name: getattr(chosen, name) for name in names}))


def check_(chosen: argparse.Namespace) -> int:
    from techamp import preparation

    return _said(lambda: preparation.check_alone(chosen.folder))


def _said(command: Callable[[], int]) -> int:
    """Run a command; what a person can mend comes out as a sentence, anything else as the traceback that it is."""
    from techamp.serving import CannotStart

    try:
        return command()
    except CannotStart as reason:
        print(f"techamp: {reason}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
