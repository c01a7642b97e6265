"""lab.md: front matter (gear, safety, rubric, data) and steps in Markdown."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString

from techamp.campus.learning.text import render_markdown
from techamp.campus.program import schema
from techamp.campus.program.curriculum import CurriculumError, curriculum, validated


@dataclass(frozen=True)
class Sheet:
    """One lab sheet: its declaration and its steps."""

    lab: schema.LabSheet
    steps: str

    @property
    def html(self) -> SafeString:
        """The steps as HTML."""
        return render_markdown(self.steps)


def sheet_of(activity: schema.Lab) -> Sheet:
    """Read an activity's sheet; CurriculumError names file and fault."""
    import yaml

    path = activity.folder / activity.file
    text = path.read_text(encoding="utf-8")
    parts = text.split("---\n", 2)
    if len(parts) != 3 or parts[0].strip():
        raise CurriculumError(f"{path}:1: the sheet must begin with front matter between two lines of ---.")
    return Sheet(validated(schema.LabSheet, yaml.safe_load(parts[1]), path), parts[2])


def labs() -> list[schema.Lab]:
    """All labs that are written."""
    return [a for a in curriculum().activities.values() if isinstance(a, schema.Lab)]


def lab_at(place: str) -> schema.Lab | None:
    """The lab of that place."""
    found = curriculum().activities.get(place)
    return found if isinstance(found, schema.Lab) else None
