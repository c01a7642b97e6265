"""The wheel holds all that a campus needs, and a campus served from it outside the checkout is walked."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.wheel


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder], cwd=ROOT, check=True)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command ``techamp`` of a fresh environment that has the wheel, and borrows the dependencies of this one."""
    venv = tmp_path_factory.mktemp("elsewhere") / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", venv], check=True)
    python = venv / "bin/python"
    pip = [sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-deps", "--no-index", wheel]
    subprocess.run(pip, check=True)
    site = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_paths()['purelib'])"],
        check=True,
        capture_output=True,
        text=True,
    )
    # A path in a .pth file is searched, but .pth files found there are not read: the checkout stays out of sight.
    (Path(site.stdout.strip()) / "dependencies.pth").write_text(sysconfig.get_paths()["purelib"] + "\n")
    return venv / "bin/techamp"


def test_wheel_holds_curriculum_and_vendored_files(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder, inside in (("curriculum", "techamp/_curriculum"), ("vendor", "techamp/_vendor")):
        wanted = subprocess.run(["git", "ls-files", folder], cwd=ROOT, check=True, capture_output=True, text=True)
        for name in wanted.stdout.split():
            if "axe-core" not in name:
                assert f"{inside}/{name.removeprefix(f'{folder}/')}" in names
    assert not [name for name in names if "axe-core" in name]


def test_wheel_holds_every_file_of_the_package(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    wanted = subprocess.run(["git", "ls-files", "src"], cwd=ROOT, check=True, capture_output=True, text=True)
    assert {name.removeprefix("src/") for name in wanted.stdout.split()} <= names


def test_installed_package_reads_its_own_files(installed: Path, tmp_path: Path) -> None:
    code = "from techamp import paths; print(paths.curriculum_root(), paths.vendor_root())"
    python = installed.with_name("python")
    said = subprocess.run([python, "-c", code], cwd=tmp_path, check=True, capture_output=True, text=True).stdout
    curriculum, vendor = map(Path, said.split())
    assert (curriculum / "program.yaml").exists()
    assert (vendor / "vendor.json").exists()
    assert ROOT not in curriculum.parents
    assert ROOT not in vendor.parents
