"""The curriculum as one object: read once, checked while read, the same for every request."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache, cached_property
from pathlib import Path
from typing import Any, TypeVar

import yaml
from django.conf import settings
from pydantic import BaseModel, ValidationError

from techamp.campus.program import schema
from techamp.paths import curriculum_root

M = TypeVar("M", bound=BaseModel)
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class CurriculumError(ValueError):
    """A curriculum file that cannot be used: file, what is wrong, how to mend it."""


def read_yaml(path: Path) -> Any:
    """Plain data of a YAML file; CurriculumError names file and line."""
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)
    except FileNotFoundError:
        raise CurriculumError(f"{path}: the file is missing. Add it, or take its name out.") from None
    except yaml.YAMLError as error:
        raise CurriculumError(f"{path}: not YAML. {error}") from None


def read_as(model: type[M], path: Path) -> M:
    """A file as a schema; CurriculumError lists every fault."""
    return validated(model, read_yaml(path), path)


def validated(model: type[M], values: Any, path: Path) -> M:
    """Plain data as a schema."""
    try:
        return model.model_validate(values)
    except ValidationError as error:
        lines = [f"{path}: {'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()]
        raise CurriculumError("\n".join(lines)) from None


class Curriculum:
    """Everything that is taught, by its place."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.program = read_as(schema.Program, root / "program.yaml")
        self.subjects: dict[str, schema.Subject] = {}
        self.folders: dict[str, Path] = {}
        for kind, names in (("hub", self.program.hub), ("spokes", self.program.spokes)):
            for name in names:
                self.folders[name] = root / kind / name
                self.subjects[name] = read_as(schema.Subject, root / kind / name / "subject.yaml")
        self.skills = {
            s.id: s for s in (validated(schema.Skill, v, root / "skills.yaml") for v in self._list("skills"))
        }
        self.terms = [validated(schema.Term, v, root / "glossary.yaml") for v in self._list("glossary", "terms")]
        self.plant: dict[str, Any] = read_yaml(root / "plant.yaml")
        self.modules = {(m.subject, m.id): m for m in self._modules()}
        self.activities = {a.place: a for m in self.modules.values() for a in m.activities}

    def _list(self, file: str, key: str = "") -> list[Any]:
        return list(read_yaml(self.root / f"{file}.yaml")[key or file])

    def _modules(self) -> Iterator[schema.Module]:
        for name, subject in self.subjects.items():
            for planned in subject.modules:
                folder = self.folders[name] / planned.id
                if (folder / "module.yaml").exists():
                    yield self._module(name, folder)

    def _module(self, subject: str, folder: Path) -> schema.Module:
        module = read_as(schema.Module, folder / "module.yaml")
        module._subject, module._folder = subject, folder
        for activity in module.activities:
            activity._place, activity._folder = f"{subject}/{module.id}/{activity.id}", folder
        return module

    @cached_property
    def hash(self) -> str:
        """Short hash over all files: which revision of the content an attempt saw."""
        digest = hashlib.sha256()
        for path in sorted(p for p in self.root.rglob("*") if p.is_file() and "__pycache__" not in p.parts):
            digest.update(str(path.relative_to(self.root)).encode() + b"\0" + path.read_bytes())
        return digest.hexdigest()[:8]

    @cached_property
    def glossary(self) -> dict[str, schema.Term]:
        """Every form of every term, lower case → the term."""
        forms: dict[str, schema.Term] = {}
        for term in self.terms:
            for form in (term.term, *term.also):
                forms.setdefault(form.lower(), term)
        return forms

    @cached_property
    def levels(self) -> dict[str, schema.Level]:
        """Level id → level, lowest first."""
        return {level.id: level for level in self.program.levels}

    @cached_property
    def _lifts(self) -> dict[str, str]:
        return {lift.kind: lift.level for lift in self.program.evidence}

    def level_of(self, kind: str) -> str:
        """The level that evidence of this kind lifts to; KeyError names the kinds that program.yaml lists."""
        if kind not in self._lifts:
            raise KeyError(f"program.yaml lists no evidence {kind!r}; it lists {', '.join(self._lifts)}.")
        return self._lifts[kind]

    def rank(self, level: str) -> int:
        """0 for none, 1 for the lowest level, and so on."""
        return list(self.levels).index(level) + 1 if level in self.levels else 0

    def weeks(self, subject: str, module: str) -> schema.CalendarEntry | None:
        """When a module opens and is due."""
        return self._calendar.get((subject, module))

    @cached_property
    def _calendar(self) -> dict[tuple[str, str], schema.CalendarEntry]:
        return {(entry.subject, entry.module): entry for entry in self.program.calendar}

    def skills_of(self, subject: str) -> list[schema.Skill]:
        """A subject's skills in order."""
        return [skill for skill in self.skills.values() if skill.subject == subject]

    def path(self, spokes: list[str]) -> list[schema.Module]:
        """The modules of a learner with these spokes, in the order of the calendar; only those that are written."""
        own = {*self.program.hub, *spokes}
        entries = sorted((e for e in self.program.calendar if e.subject in own), key=lambda e: (e.due, e.opens))
        return [self.modules[e.subject, e.module] for e in entries if (e.subject, e.module) in self.modules]

    def plant_value(self, path: str) -> Any:
        """The number at ``lathe.mttr``; KeyError names the path."""
        node: Any = self.plant
        for part in path.split("."):
            if not isinstance(node, dict) or part not in node:
                raise KeyError(f"plant.yaml has no {path!r} (looked for {part!r}).")
            node = node[part]
        return node["value"] if isinstance(node, dict) and "value" in node else node


@cache
def _cached(root: Path, stamp: float) -> Curriculum:
    return Curriculum(root)


def curriculum() -> Curriculum:
    """The curriculum in use. Read once; with --author read again whenever a file was saved."""
    root = curriculum_root()
    return _cached(root, _newest(root) if settings.AUTHOR else 0.0)


def _newest(root: Path) -> float:
    return max((p.stat().st_mtime for p in root.rglob("*") if p.suffix in {".yaml", ".md", ".py", ".svg"}), default=0.0)
