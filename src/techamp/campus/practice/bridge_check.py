"""What is wrong with the entry check and its pages, before a learner meets them."""

from __future__ import annotations

from pathlib import Path

from techamp.campus.learning.text import check_text
from techamp.campus.practice.bridge import bridge_at, parts_of
from techamp.campus.practice.check import check_item, faults
from techamp.campus.practice.files import item_path, line_of
from techamp.campus.program.curriculum import Curriculum, CurriculumError
from techamp.campus.program.problems import Problem
from techamp.campus.program.schema import BridgeTopic


def check_bridge(curriculum: Curriculum, seeds: int = 200) -> list[Problem]:
    """Problems of bridge.yaml, its items and its pages; none where a curriculum has no entry check."""
    folder = curriculum.root / "bridge"
    file = folder / "bridge.yaml"
    if not file.exists():
        return []
    try:
        topics = bridge_at(file).topics
    except CurriculumError as error:
        return [Problem(file, 0, str(error), "docs/authoring.md says where it lies.")]
    found = [problem for topic in topics for problem in _topic(folder, topic, seeds)]
    if len({t.id for t in topics}) < len(topics):
        found.append(Problem(file, line_of(file, "topics"), "Two topics have the same id.", "Give each its own."))
    return found


def _topic(folder: Path, topic: BridgeTopic, seeds: int) -> list[Problem]:
    found = check_item(item_path(folder, topic.item), seeds)
    page = folder / topic.page
    if not page.exists():
        return [*found, Problem(page, 0, "The file is missing.", f"Add it, or take the topic {topic.id!r} out.")]
    try:
        texts, sources = parts_of(page)
    except CurriculumError as error:
        return [*found, Problem(page, 0, str(error), "Look at the question in its fence.")]
    whole = page.read_text(encoding="utf-8")
    for text in texts:
        line = whole[: max(0, whole.find(text.strip().partition("\n")[0]))].count("\n") + 1
        found += check_text(text.lstrip("\n"), page, line, pictures=True)
    for source in sources:
        line = whole[: max(0, whole.find(f"id: {source.item.id}"))].count("\n") + 1
        found += [Problem(page, line, f"{where}: {what}", mend) for where, what, mend in faults(source, 1)]
    return found
