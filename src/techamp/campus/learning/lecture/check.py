"""What is wrong with a lecture, for its author: file, line, what, how to mend it."""

from __future__ import annotations

from collections.abc import Iterator

from techamp.campus.learning.lecture.blocks import Lecture, LiveSimulation, Prose, Question, Segment
from techamp.campus.learning.lecture.parsing import lecture_file, parse_lecture
from techamp.campus.learning.lecture.questions import question_problems
from techamp.campus.learning.lecture.reading_level import grade
from techamp.campus.learning.lecture.simulations import show
from techamp.campus.learning.plant import resolve
from techamp.campus.program import schema
from techamp.campus.program.curriculum import CurriculumError, curriculum
from techamp.campus.program.problems import Problem
from techamp.contract import InvalidInput, registry

HARDEST_GRADE = 9.0
SEGMENTS = (5, 7)
LONGEST_SEGMENT = 6.0  # minutes; the aim is three
OFF = 1  # minute by which what module.yaml says may differ from what the words, questions and simulations take


def check_lecture(activity: schema.Lecture) -> list[Problem]:
    """Problems of one lecture's file, with those of its pictures; in the order of the lines."""
    file = lecture_file(activity)
    try:
        lecture, problems = parse_lecture(file)
    except CurriculumError:
        return [Problem(file, 0, "The file is missing.", "Add it, or take its activity out of module.yaml.")]
    problems += _structure(lecture)
    problems += _minutes(activity, lecture)
    for segment in lecture.segments:
        problems += _segment(segment, lecture)
    unique = list(dict.fromkeys(problems))
    return sorted(unique, key=lambda problem: (problem.file != file, str(problem.file), problem.line))


def _structure(lecture: Lecture) -> Iterator[Problem]:
    low, high = SEGMENTS
    if not low <= len(lecture.segments) <= high:
        what = f"The lecture has {len(lecture.segments)} segments."
        yield Problem(lecture.file, 1, what, f"Aim at {low} to {high}, about three minutes each.", warning=True)
    if not lecture.sources:
        yield Problem(lecture.file, 1, "The lecture names no sources.", "List them under sources.", warning=True)


def _minutes(activity: schema.Lecture, lecture: Lecture) -> Iterator[Problem]:
    if abs(activity.minutes - lecture.minutes) > OFF:
        what = f"module.yaml says {activity.minutes} minutes; the lecture takes about {lecture.minutes}."
        yield Problem(lecture.file, 1, what, f"Write minutes: {lecture.minutes}.", warning=True)


def _segment(segment: Segment, lecture: Lecture) -> Iterator[Problem]:
    for part in segment.parts():
        if isinstance(part, LiveSimulation):
            yield from _simulation(part, lecture)
        elif isinstance(part, Question):
            yield from question_problems(part, lecture.file)
    if not any(isinstance(block, Prose) for block in segment.blocks):
        what = f"The segment {segment.title!r} says nothing."
        yield Problem(lecture.file, segment.line, what, "Write what is said under its slide.")
        return
    level = grade((s.text for s in segment.narration), curriculum().glossary)
    if level > HARDEST_GRADE:
        what = f"The segment {segment.title!r} reads at grade {level:.1f}; {HARDEST_GRADE:g} is the aim."
        yield Problem(
            lecture.file, segment.line, what, "Cut long sentences in two and use shorter words.", warning=True
        )
    if segment.minutes > LONGEST_SEGMENT:
        what = f"The segment {segment.title!r} takes about {segment.minutes:.0f} minutes."
        yield Problem(lecture.file, segment.line, what, "Split it in two.", warning=True)


def _simulation(block: LiveSimulation, lecture: Lecture) -> Iterator[Problem]:
    """Run it once with the inputs that she starts from."""
    declared = block.declared
    try:
        type(registry.simulation(declared.simulation)).Inputs.read(resolve(declared.inputs, None)[0])
        show(block)
    except InvalidInput as error:
        for fault in error.faults:
            yield Problem(lecture.file, block.line, f"{declared.simulation}: {fault}", "")
    except (LookupError, TypeError) as error:
        what = str(error.args[0]) if error.args else str(error)
        yield Problem(lecture.file, block.line, f"{declared.simulation}: {what}", "Look at inputs, free and chart.")
