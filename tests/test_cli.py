"""The command line answers at once, and says what is wrong with what it was given."""

from __future__ import annotations

import subprocess
import sys

import pytest

from techamp import __version__
from techamp.cli import main, parser


def test_serve_listens_on_this_machine_unless_told() -> None:
    chosen = parser().parse_args(["serve"])
    assert (chosen.host, chosen.port, chosen.workers, chosen.demo) == ("127.0.0.1", 8000, 1, False)


def test_version_is_the_package_s(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--version"])
    assert capsys.readouterr().out == f"techamp {__version__}\n"


@pytest.mark.parametrize(
    "command", ["serve", "migrate", "kernels", "demo", "curriculum", "regrade", "simulate", "chart", "study"]
)
def test_help_lists_every_command(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    assert f"    {command}" in capsys.readouterr().out


@pytest.mark.parametrize("port", ["0", "65536", "80x", "-1"])
def test_a_port_that_is_none_is_refused(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["serve", f"--port={port}"])
    assert f"a port is a whole number from 1 to 65535, and this is '{port}'; try 8000" in capsys.readouterr().err


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys; from techamp.cli import parser; parser(); print({'django', 'numpy', 'numba'} & set(sys.modules))"
    )
    said = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert said.stdout == "set()\n"
