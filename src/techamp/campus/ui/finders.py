"""Where static files come from besides the apps: vendor parts, and the scenes that lie beside their simulations."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

from techamp.contract import registry

SERVED = {".js", ".css", ".woff2", ".svg", ".wasm", ".map"}


class _FolderFinder(BaseFinder, ABC):
    """Files of one folder under one prefix; only kinds that a browser needs."""

    kinds = frozenset(SERVED)

    @abstractmethod
    def places(self) -> Iterable[tuple[str, Path]]:
        """(prefix, folder) pairs."""

    def check(self, **kwargs: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        hits = [str(file) for name, file, _storage, _rest in self._files() if name == path]
        return hits if find_all else (hits[0] if hits else [])

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, FileSystemStorage]]:
        for _name, _file, storage, rest in self._files():
            yield rest, storage

    def _files(self) -> Iterator[tuple[str, Path, FileSystemStorage, str]]:
        for prefix, folder in self.places():
            storage = FileSystemStorage(location=str(folder))
            storage.prefix = prefix  # type: ignore[attr-defined]
            for file in sorted(folder.rglob("*")):
                if file.suffix in self.kinds and "node_modules" not in file.parts:
                    rest = file.relative_to(folder).as_posix()
                    yield f"{prefix}/{rest}", file, storage, rest


class VendorFinder(_FolderFinder):
    """``vendor/…``: other people's JavaScript and fonts. Test tools stay out."""

    def places(self) -> Iterable[tuple[str, Path]]:
        root = Path(settings.VENDOR_ROOT)
        return [(f"vendor/{d.name}", d) for d in sorted(root.iterdir()) if d.is_dir() and d.name not in {"axe-core"}]


class SceneFinder(_FolderFinder):
    """``scenes/<subject>.<name>/scene.js``: what lies beside a simulation or a builder."""

    def places(self) -> Iterable[tuple[str, Path]]:
        for _package, root in registry.roots():
            for folder in sorted((*root.glob("*/simulations/*"), *root.glob("*/builders/*"))):
                if (folder / "simulation.py").exists() or (folder / "builder.py").exists():
                    yield f"scenes/{folder.parts[-3]}.{folder.name}", folder


class KernelFinder(_FolderFinder):
    """``kernels/<subject>/<folder>/<name>.wasm``: the compiled kernels of the subjects' engines."""

    kinds = frozenset({".wasm"})

    def places(self) -> Iterable[tuple[str, Path]]:
        for _package, root in registry.roots():
            for folder in sorted({file.parent for file in root.rglob("*.wasm")}):
                yield kernel_prefix(folder), folder


def kernel_prefix(folder: Path) -> str:
    """Where a folder of kernels is served: ``kernels/`` and its path among the subjects."""
    root = next(root for _package, root in registry.roots() if folder.is_relative_to(root))
    return f"kernels/{folder.relative_to(root).as_posix()}"
