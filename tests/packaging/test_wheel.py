"""The wheel holds all that a campus needs, and a campus served from it outside the checkout is walked."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.packaging.visitor import Visitor
from tests.serving import served_demo

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


@pytest.fixture(scope="module")
def visitor(installed: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitor]:
    """Somebody who has come to the campus that the wheel serves, in a folder far from the checkout."""
    with served_demo([str(installed)], tmp_path_factory.mktemp("outside")) as campus:
        yield Visitor(campus.address)


def test_a_module_is_walked_on_a_campus_from_the_wheel(visitor: Visitor) -> None:
    """Front page, demo sign-in, module, lecture, and a practice item answered."""
    visitor.visit("/")
    assert visitor.page.loads, "the front page loads no style sheet"
    assert all(visitor.fetch(path) for path in visitor.page.loads)

    visitor.visit("/demo/")
    sign_in = visitor.form_with("email")
    assert sign_in
    visitor.send(sign_in)
    assert visitor.path == "/week/"

    visitor.visit("/learn/process_control/01-variation/")
    lecture, *others = visitor.links_under("/learn/process_control/01-variation/")
    visitor.visit(lecture)
    assert "<math" in visitor.text
    assert "<svg" in visitor.text

    for place in others:
        visitor.visit(place)
        if visitor.form_with("attempt"):
            break
    while item := visitor.form_with("attempt"):
        answers = [name for name in item.fields if name.startswith("answer-")]
        if answers:
            break
        visitor.send(item, do="next")
    assert item, "no practice item asks for a number"
    visitor.send(item, do="check", **dict.fromkeys(answers, "1"))
    assert 'id="verdict"' in visitor.text
