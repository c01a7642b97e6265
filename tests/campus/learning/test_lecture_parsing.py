"""lecture.md as segments, slides, sentences, questions and simulations."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.campus.learning.lecture_sample import LECTURE, write_curriculum, write_lecture

from techamp.campus.learning.lecture.blocks import Lecture, LiveSimulation, Prose, Question, Slide
from techamp.campus.learning.lecture.parsing import parse_lecture
from techamp.campus.learning.lecture.reading_level import grade
from techamp.campus.learning.lecture.search import find
from techamp.campus.program.problems import Problem


@pytest.fixture(autouse=True)
def sample(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TECHAMP_CURRICULUM", str(write_curriculum(tmp_path / "curriculum")))


def parsed(tmp_path: Path, text: str) -> tuple[Lecture, list[Problem]]:
    return parse_lecture(write_lecture(tmp_path / "lecture", text))


def test_a_lecture_has_segments_slides_questions_and_simulations(tmp_path: Path) -> None:
    lecture, problems = parsed(tmp_path, LECTURE)
    assert problems == []
    assert (lecture.title, len(lecture.sources), len(lecture.hash)) == ("How a chart knows", 1, 8)
    assert [(s.id, s.title) for s in lecture.segments] == [
        ("two-kinds", "Two kinds of causes"),
        ("try", "Try it"),
        ("number", "A number"),
    ]
    assert [type(block) for block in lecture.segments[0].blocks] == [Slide, Prose, Question]
    assert [type(block) for block in lecture.segments[1].blocks] == [Prose, LiveSimulation]
    assert set(lecture.questions) == {"which-cause", "twice"}


def test_narration_is_cut_into_sentences(tmp_path: Path) -> None:
    lecture, _problems = parsed(tmp_path, LECTURE)
    assert [s.text for s in lecture.segments[0].narration] == [
        "Every shaft comes out a little different, e.g. by a micron.",
        "That is common-cause variation.",
        "Does it end?",
        "It does not.",
        "The range is R bar.",
        "n is five.",
        "Dr. Shewhart drew limits.",
        "They hold.",
    ]
    prose = lecture.segments[0].blocks[1]
    assert isinstance(prose, Prose)
    assert '<span class="s" id="two-kinds-s4"><strong>It does not.</strong></span>' in prose.html


def test_what_stands_on_a_slide_is_shown_and_not_said(tmp_path: Path) -> None:
    lecture, _problems = parsed(tmp_path, LECTURE)
    slide = lecture.segments[0].blocks[0]
    assert isinstance(slide, Slide)
    (prose,) = slide.parts
    assert isinstance(prose, Prose)
    assert '<span class="s" id="two-kinds-slide-s1">' in prose.html
    assert "<figure" in prose.html
    assert all("predictable" not in s.text for s in lecture.segments[0].narration)


def test_ids_of_sentences_and_pictures_are_unique(tmp_path: Path) -> None:
    picture = "\n\n![again](shafts.svg)\n"
    lecture, _problems = parsed(tmp_path, LECTURE + picture + picture)
    ids = [s.id for _segment, s in lecture.sentences]
    assert len(set(ids)) == len(ids)
    html = "".join(p.html for g in lecture.segments for p in g.parts() if isinstance(p, Prose))
    on_page = re.findall(r' id="([^"]+)"', html)
    assert len([id for id in on_page if id.endswith("-tip")]) == 3
    assert len(set(on_page)) == len(on_page)


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ("title: How", "titel: How", 2, "titel is not known here."),
        ("kind: choice\n", "kind: choice\nvary: {n: 1}\n", 23, "A question in a lecture has no 'vary'."),
        ("kind: choice\n", "kind: choice\nsteps: []\n", 23, "A question in a lecture has no 'steps'."),
        (
            "It was not there all day.,",
            "It was not, all day.,",
            26,
            "A comma splits the text before 'all day.' (options.1).",
        ),
        ("free: [rule, drops]", "fre: [rule]", 36, "fre is not known here."),
        ("chart: target\n", "", 34, "chart: Field required."),
        ("id: twice", "id: which-cause", 45, "The id 'which-cause' is used twice."),
        ("{#try}", "{#two-kinds}", 29, "The id 'two-kinds' is used twice."),
        (
            "prompt: A tool chips.",
            "prompt: A: tool chips.",
            23,
            "This is not YAML: mapping values are not allowed here.",
        ),
        (":::\n\nEvery", "\nEvery", 9, "This ::: slide is not closed."),
        ("## Two kinds of causes {#two-kinds}\n", "Hello.\n", 7, "Text stands before the first ## heading."),
        ("```simulation", "```simulatoin", 33, "```simulatoin is not known here."),
        ("(shafts.svg)", "(shaft.svg)", 12, "The picture 'shaft.svg' is missing."),
        ("[[common cause|", "[[comon cause|", 15, "glossary.yaml has no term 'comon cause'."),
        (r"$\bar{R}$. $n$", r"$\brr{R}$. $n$", 16, r"The formula $\brr{R}$ has '\\brr', which is not known here."),
    ],
)
def test_a_fault_is_reported_with_its_line(old: str, new: str, line: int, what: str, tmp_path: Path) -> None:
    assert LECTURE.count(old) == 1
    _lecture, problems = parsed(tmp_path, LECTURE.replace(old, new))
    assert (line, what) in [(problem.line, problem.what) for problem in problems]
    assert all(problem.mend for problem in problems)


def test_a_file_without_front_matter_is_read_and_reported(tmp_path: Path) -> None:
    lecture, problems = parsed(tmp_path, "## Only {#only}\n\nText.\n")
    assert problems[0].what == "There is no front matter."
    assert [s.id for s in lecture.segments] == ["only"]


def test_words_are_those_of_the_narration_and_minutes_count_slides_questions_and_simulations_too(
    tmp_path: Path,
) -> None:
    said = "---\ntitle: T\n---\n\n## One\n\n" + "word " * 279 + "word.\n"
    lecture, _problems = parsed(tmp_path, said)
    assert (lecture.words, lecture.minutes) == (280, 2)
    slide = "\n::: slide\n" + "word " * 139 + "word.\n:::\n"
    lecture, _problems = parsed(tmp_path, said + slide)
    assert (lecture.words, lecture.minutes) == (280, 3)
    question = "\n```question\nid: q{}\nkind: number\nprompt: How many?\nanswer: {{is: 1}}\n```\n"
    lecture, _problems = parsed(tmp_path, said + "".join(question.format(n) for n in range(4)))
    assert lecture.minutes == 5


def test_search_finds_sentences_that_hold_all_words(tmp_path: Path) -> None:
    lecture, _problems = parsed(tmp_path, LECTURE)
    assert [hit.sentence.id for hit in find(lecture, "DREW limits")] == ["two-kinds-s7"]
    assert [hit.segment.id for hit in find(lecture, "R bar")] == ["two-kinds", "number"]
    assert [hit.sentence.id for hit in find(lecture, "predictable")] == ["two-kinds-slide-s1"]
    assert find(lecture, "   ") == find(lecture, "absent") == []


def test_reading_level_rises_with_long_words_and_spares_known_terms() -> None:
    easy = "The chip is hot. Do not touch it."
    hard = "Statistical investigation necessitates comprehensive consideration of variability."
    assert grade([easy]) < 3 < 15 < grade([hard])
    assert grade(["The capability index is high."], ["capability index"]) < grade(["The capability index is high."])
    assert grade([]) == 0.0
    eleven_words_with_twelve_syllables = "The lathe makes a good shaft in less than forty five"
    assert grade([eleven_words_with_twelve_syllables]) == pytest.approx(0.39 * 11 + 11.8 * 12 / 11 - 15.59)
