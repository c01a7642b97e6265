"""Fetch the JavaScript and fonts of other people into vendor/: `make vendor`.

Each part is taken from its npm package at the version below, and vendor/vendor.json lists what came: name, version,
file, hash, license, source package. Needs npm, and for the cut fonts fonttools and brotli (both are in the
development environment). Nothing of npm's own stays behind.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

VENDOR = Path(__file__).resolve().parent.parent / "vendor"


@dataclass(frozen=True)
class Part:
    """One file that we take, where it stands in its package and under which license."""

    name: str
    version: str
    package: str
    source: str
    file: str
    license: str
    license_source: str
    license_file: str
    use: str = "page"  # or "test": stays out of the wheel
    cut: str = ""  # the script beside this one that cuts the file smaller


PARTS = (
    Part("htmx", "2.0.11", "htmx.org", "dist/htmx.min.js", "htmx/htmx.min.js", "0BSD", "LICENSE", "htmx.txt"),
    Part("uPlot", "1.6.32", "uplot", "dist/uPlot.esm.js", "uplot/uPlot.esm.js", "MIT", "LICENSE", "uplot.txt"),
    Part("uPlot", "1.6.32", "uplot", "dist/uPlot.min.css", "uplot/uPlot.min.css", "MIT", "LICENSE", "uplot.txt"),
    Part(
        "Atkinson Hyperlegible Next",
        "5.3.0",
        "@fontsource-variable/atkinson-hyperlegible-next",
        "files/atkinson-hyperlegible-next-latin-wght-normal.woff2",
        "fonts/atkinson-hyperlegible-next.woff2",
        "OFL-1.1",
        "LICENSE",
        "atkinson-hyperlegible-next.txt",
    ),
    Part(
        "Atkinson Hyperlegible Mono",
        "5.3.0",
        "@fontsource-variable/atkinson-hyperlegible-mono",
        "files/atkinson-hyperlegible-mono-latin-wght-normal.woff2",
        "fonts/atkinson-hyperlegible-mono.woff2",
        "OFL-1.1",
        "LICENSE",
        "atkinson-hyperlegible-mono.txt",
    ),
    Part(
        "Noto Sans Math",
        "0.4.2",
        "@expo-google-fonts/noto-sans-math",
        "400Regular/NotoSansMath_400Regular.ttf",
        "fonts/noto-sans-math.woff2",
        "OFL-1.1",
        "LICENSE_FONT",
        "noto-sans-math.txt",
        cut="subset_math_font.py",
    ),
    Part(
        "Noto Sans Math",
        "0.4.2",
        "@expo-google-fonts/noto-sans-math",
        "400Regular/NotoSansMath_400Regular.ttf",
        "fonts/noto-sans-signs.woff2",
        "OFL-1.1",
        "LICENSE_FONT",
        "noto-sans-math.txt",
        cut="subset_text_font.py",
    ),
    Part(
        "Noto Sans",
        "0.4.2",
        "@expo-google-fonts/noto-sans",
        "400Regular/NotoSans_400Regular.ttf",
        "fonts/noto-sans-letters.woff2",
        "OFL-1.1",
        "LICENSE_FONT",
        "noto-sans.txt",
        cut="subset_text_font.py",
    ),
    Part(
        "axe-core",
        "4.14.1",
        "axe-core",
        "axe.min.js",
        "axe-core/axe.min.js",
        "MPL-2.0",
        "LICENSE",
        "axe-core.txt",
        use="test",
    ),
)


def unpack(part: Part, into: Path) -> Path:
    """Fetch the package of a part and return the folder with its files."""
    folder = into / f"{part.package.replace('/', '+')}-{part.version}"
    if not folder.exists():
        folder.mkdir()
        spec = f"{part.package}@{part.version}"
        subprocess.run(["npm", "pack", "--silent", spec], cwd=folder, check=True, stdout=subprocess.DEVNULL)
        with tarfile.open(next(folder.glob("*.tgz"))) as archive:
            archive.extractall(folder, filter="data")
    return next(path for path in folder.iterdir() if path.is_dir())


def place(part: Part, package: Path) -> dict[str, str]:
    """Put the file and its license into vendor/ and return its entry in the list."""
    target, license_target = VENDOR / part.file, license_path(part)
    target.parent.mkdir(parents=True, exist_ok=True)
    license_target.parent.mkdir(parents=True, exist_ok=True)
    if part.cut:
        cutter = Path(__file__).with_name(part.cut)
        subprocess.run([sys.executable, str(cutter), str(package / part.source), str(target)], check=True)
    else:
        shutil.copyfile(package / part.source, target)
    shutil.copyfile(package / part.license_source, license_target)
    return {
        "name": part.name,
        "version": part.version,
        "file": part.file,
        "sha256": hashlib.sha256(target.read_bytes()).hexdigest(),
        "license": part.license,
        "license_file": license_target.relative_to(VENDOR).as_posix(),
        "package": part.package,
        "source": part.source,
        "use": part.use,
        **({"made_by": f"scripts/{part.cut}"} if part.cut else {}),
    }


def license_path(part: Part) -> Path:
    """The license of a part that only the tests use stands beside it, so that neither travels in the wheel."""
    if part.use == "test":
        return (VENDOR / part.file).parent / part.license_file
    return VENDOR / "licenses" / part.license_file


def main() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        entries = [place(part, unpack(part, Path(scratch))) for part in PARTS]
    (VENDOR / "vendor.json").write_text(json.dumps(entries, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
