"""The program hangs together: subjects, calendar, skills and glossary agree with each other and fit into a year."""

from __future__ import annotations

import math
from collections import Counter
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

from techamp.campus.program import schema
from techamp.paths import CHECKOUT

CURRICULUM = CHECKOUT / "curriculum"
CAPSTONE_MINUTES = 45  # a week, while a milestone is open: see the comment above the calendar in program.yaml
WEEKS = 52


def _read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


PROGRAM = schema.Program.model_validate(_read(CURRICULUM / "program.yaml"))
FOLDERS = {
    **{name: CURRICULUM / "hub" / name for name in PROGRAM.hub},
    **{name: CURRICULUM / "spokes" / name for name in PROGRAM.spokes},
}
SUBJECTS = {name: schema.Subject.model_validate(_read(folder / "subject.yaml")) for name, folder in FOLDERS.items()}
SKILLS = {skill.id: skill for skill in map(schema.Skill.model_validate, _read(CURRICULUM / "skills.yaml")["skills"])}
TERMS = [schema.Term.model_validate(term) for term in _read(CURRICULUM / "glossary.yaml")["terms"]]
CALENDAR = {(entry.subject, entry.module): entry for entry in PROGRAM.calendar}
PAIRS = list(combinations(PROGRAM.spokes, PROGRAM.spokes_to_choose))


def _month(week: int) -> int:
    return math.ceil(week * PROGRAM.months / WEEKS)


def _module_minutes(subjects: set[str], week: int) -> float:
    """Minutes of module work in a week, each module's minutes spread evenly over the weeks that it is open."""
    minutes = {(s.id, m.id): m.minutes for s in SUBJECTS.values() for m in s.modules}
    return sum(
        minutes[key] / (entry.due - entry.opens + 1)
        for key, entry in CALENDAR.items()
        if entry.subject in subjects and entry.opens <= week <= entry.due
    )


def _capstone_is_open(week: int) -> bool:
    return any(stone.opens <= week <= stone.due for stone in PROGRAM.capstone)


def test_there_are_four_hub_subjects_and_six_spokes_each_under_its_own_name():
    assert (len(PROGRAM.hub), len(PROGRAM.spokes)) == (4, 6)
    for name, subject in SUBJECTS.items():
        assert subject.id == name
        assert subject.kind == ("hub" if name in PROGRAM.hub else "spoke")


@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
def test_no_week_asks_for_more_than_planned(pair: tuple[str, ...]):
    subjects = {*PROGRAM.hub, *pair}
    for week in range(1, WEEKS + 1):
        asked = _module_minutes(subjects, week) + CAPSTONE_MINUTES * _capstone_is_open(week)
        assert asked <= PROGRAM.minutes_per_week, f"week {week}"


def test_no_week_is_empty():
    for week in range(1, WEEKS + 1):
        assert _capstone_is_open(week) or _module_minutes(set(PROGRAM.hub), week) > 0, f"week {week}"


def test_the_calendar_holds_every_module_once_in_order_and_within_the_year():
    planned = {(s.id, m.id) for s in SUBJECTS.values() for m in s.modules}
    assert set(CALENDAR) == planned
    assert len(PROGRAM.calendar) == len(planned)
    assert all(1 <= entry.opens <= entry.due <= WEEKS for entry in PROGRAM.calendar)
    for subject in SUBJECTS.values():
        entries = [CALENDAR[subject.id, module.id] for module in subject.modules]
        assert all(earlier.due < later.opens for earlier, later in pairwise(entries))


@pytest.mark.parametrize("subject", SUBJECTS.values(), ids=lambda s: s.id)
def test_a_module_names_the_months_of_its_calendar_weeks(subject: schema.Subject):
    for module in subject.modules:
        entry = CALENDAR[subject.id, module.id]
        weeks = range(entry.opens, entry.due + 1)
        assert module.months == sorted({_month(week) for week in weeks}), module.id


def test_spokes_open_in_the_second_half_of_the_year():
    assert min(e.opens for e in PROGRAM.calendar if e.subject in PROGRAM.spokes) > WEEKS / 2


def test_capstone_milestones_follow_each_other_and_end_with_the_year():
    for earlier, later in pairwise(PROGRAM.capstone):
        assert earlier.opens < later.opens
        assert earlier.due < later.due
    assert [stone.id for stone in PROGRAM.capstone] == ["charter", "dataset", "study", "saving", "sign-off"]
    assert PROGRAM.capstone[-1].due == WEEKS


@pytest.mark.parametrize("subject", SUBJECTS.values(), ids=lambda s: s.id)
def test_a_subject_says_what_it_covers(subject: schema.Subject):
    assert 6 <= len(subject.scope) <= 10
    assert 5 <= len(subject.modules) <= 8
    assert subject.lab_gear
    assert subject.sources
    for number, module in enumerate(subject.modules, start=1):
        assert module.id.startswith(f"{number:02d}-")
        assert 3 <= len(module.topics) <= 6, module.id


@pytest.mark.parametrize("name", SUBJECTS)
def test_a_module_folder_is_planned_in_its_subject(name: str):
    planned = {module.id for module in SUBJECTS[name].modules}
    assert {folder.parent.name for folder in FOLDERS[name].glob("*/module.yaml")} <= planned


def test_every_module_teaches_one_to_four_skills():
    taught = Counter((skill.subject, skill.module) for skill in SKILLS.values())
    assert set(taught) == set(CALENDAR)
    assert max(taught.values()) <= 4


def test_a_skill_is_named_after_its_subject_and_listed_once():
    listed = _read(CURRICULUM / "skills.yaml")["skills"]
    assert len(listed) == len(SKILLS)
    assert len({skill.name for skill in SKILLS.values()}) == len(SKILLS)
    for skill in SKILLS.values():
        assert skill.id.split(".")[0] == skill.subject


def test_what_a_skill_needs_is_taught_no_later_and_to_everyone_who_takes_it():
    for skill in SKILLS.values():
        opens = CALENDAR[skill.subject, skill.module].opens
        for need in (SKILLS[name] for name in skill.needs):
            assert need.subject in {*PROGRAM.hub, skill.subject}, (skill.id, need.id)
            assert CALENDAR[need.subject, need.module].opens <= opens, (skill.id, need.id)


def test_no_skill_needs_itself_by_any_way():
    done: set[str] = set()

    def visit(name: str, above: tuple[str, ...]) -> None:
        assert name not in above, " → ".join((*above, name))
        if name not in done:
            for need in SKILLS[name].needs:
                visit(need, (*above, name))
            done.add(name)

    for name in SKILLS:
        visit(name, ())


def test_levels_and_evidence_agree():
    levels = [level.id for level in PROGRAM.levels]
    assert levels == ["met", "practiced", "mastered", "shown_in_lab", "used_at_work"]
    assert {lifts.level for lifts in PROGRAM.evidence} == set(levels)
    assert len({lifts.kind for lifts in PROGRAM.evidence}) == len(PROGRAM.evidence)
    assert 0 < PROGRAM.mastery.right <= PROGRAM.mastery.of


def test_a_form_of_a_term_leads_to_one_term_only():
    forms = Counter(form.casefold() for term in TERMS for form in (term.term, *term.also))
    assert [form for form, times in forms.items() if times > 1] == []


def test_every_subject_has_its_terms_and_each_term_an_example():
    per_subject = Counter(term.subject for term in TERMS)
    assert set(per_subject) == set(SUBJECTS)
    assert min(per_subject.values()) >= 10
    assert [term.term for term in TERMS if not (term.plain and term.example)] == []
