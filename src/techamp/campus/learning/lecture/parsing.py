"""lecture.md → Lecture. What is wrong is collected with its line, and the rest is read all the same."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path
from weakref import WeakKeyDictionary

from django.utils.text import slugify
from django.utils.translation import get_language
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.container import container_plugin

from techamp.campus.learning.lecture.blocks import Block, FrontMatter, Lecture, Prose, Segment, Slide
from techamp.campus.learning.lecture.fences import FENCES, read_fence, read_mapping
from techamp.campus.learning.lecture.sentences import Sentence, split_sentences
from techamp.campus.learning.text.check import check_token
from techamp.campus.learning.text.markdown import cleaned, new_env, new_parser
from techamp.campus.program import schema
from techamp.campus.program.curriculum import Curriculum, CurriculumError, curriculum
from techamp.campus.program.problems import Problem

_FRONT = re.compile(r"\A---[ \t]*\n(.*?)^---[ \t]*\n", re.DOTALL | re.MULTILINE)
_ID = re.compile(r"\s*\{#([A-Za-z0-9_-]+)\}\s*$")
_known: WeakKeyDictionary[Curriculum, dict[Path, Lecture]] = WeakKeyDictionary()


def lecture_of(activity: schema.Lecture) -> Lecture:
    """The lecture, in the reader's language where there is one; parsed once for each revision of the curriculum."""
    parsed = _known.setdefault(curriculum(), {})
    file = lecture_file(activity)
    if file not in parsed:
        parsed[file] = parse_lecture(file)[0]
    return parsed[file]


def lecture_file(activity: schema.Lecture) -> Path:
    """``lecture.es.md`` beside ``lecture.md`` for who reads Spanish."""
    plain = activity.folder / activity.file
    translated = plain.with_suffix(f".{(get_language() or 'en').split('-')[0]}{plain.suffix}")
    return translated if translated.exists() else plain


def parse_lecture(file: Path) -> tuple[Lecture, list[Problem]]:
    """The lecture and what is wrong with it; CurriculumError if the file is missing."""
    try:
        source = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise CurriculumError(
            f"{file}: the file is missing. Add it, or take its activity out of module.yaml."
        ) from None
    return _Reader(file, source).read()


@cache
def _parser() -> MarkdownIt:
    return new_parser().use(container_plugin, "slide")


class _Reader:
    """Walks the tokens of one file once."""

    def __init__(self, file: Path, source: str) -> None:
        self.file, self.source = file, source.replace("\r\n", "\n")
        self.problems: list[Problem] = []
        self.first = 1  # the line of the file on which the Markdown begins
        self.segments: list[Segment] = []
        self.ids: set[str] = set()
        self.counts = {"said": 0, "shown": 0, "prose": 0, "simulation": 0}

    def read(self) -> tuple[Lecture, list[Problem]]:
        front = self._front()
        self.tokens = _parser().parse(self._body.replace("\ue000", ""))
        self._check_slides()
        starts = [i for i, t in enumerate(self.tokens) if t.type == "heading_open" and t.tag == "h2" and t.level == 0]
        if not starts or starts[0] > 0:
            at = self._line(self.tokens[0]) if self.tokens else self.first
            self._problem(at, "Text stands before the first ## heading.", "Begin each segment with ## Title {#id}.")
        for low, high in zip(starts, [*starts[1:], len(self.tokens)], strict=True):
            self.segments.append(self._segment(low, high))
        digest = hashlib.sha256(self.source.encode()).hexdigest()[:8]
        lecture = Lecture(self.file, front.title, tuple(front.sources), tuple(self.segments), digest)
        return lecture, self.problems

    def _problem(self, line: int, what: str, mend: str) -> None:
        self.problems.append(Problem(self.file, line, what, mend))

    def _line(self, token: Token) -> int:
        return self.first + (token.map[0] if token.map else 0)

    def _front(self) -> FrontMatter:
        found = _FRONT.match(self.source)
        self._body = self.source[found.end() :] if found else self.source
        if not found:
            self._problem(1, "There is no front matter.", "Begin with ---, title: …, sources: […], ---.")
            return FrontMatter(title=self.file.stem)
        self.first = 1 + self.source[: found.end()].count("\n")
        front, problems = read_mapping(FrontMatter, found[1], self.file, 2)
        self.problems += problems
        return front or FrontMatter(title=self.file.stem)

    def _check_slides(self) -> None:
        """A slide that is not closed swallows the narration."""
        lines = self._body.split("\n")
        for token in self.tokens:
            if token.type == "container_slide_open" and token.map:
                close = lines[token.map[1]] if token.map[1] < len(lines) else ""
                if not close.strip().startswith(":::"):
                    self._problem(
                        self._line(token), "This ::: slide is not closed.", "End it with ::: on its own line."
                    )

    def _segment(self, low: int, high: int) -> Segment:
        heading = self.tokens[low + 1]
        found = _ID.search(heading.content)
        title = _ID.sub("", heading.content)
        own = found[1] if found else slugify(title)
        if own in self.ids:
            self._problem(
                self._line(heading), f"The id {own!r} is used twice.", "Give this segment an id of its own: {#id}."
            )
            own = f"{own}-{len(self.ids)}"
        self.ids.add(own)
        self.counts.update(said=0, shown=0)
        blocks = self._blocks(self.tokens[low + 3 : high], own, shown=False)
        return Segment(own, title, tuple(blocks), self._line(heading))

    def _blocks(self, tokens: list[Token], segment: str, *, shown: bool) -> list[Block]:
        """Blocks from tokens: runs of ordinary ones make prose; fences and slides are their own."""
        blocks: list[Block] = []
        run: list[Token] = []
        at = 0
        while at < len(tokens):
            token, end = tokens[at], _end(tokens, at)
            special = token.type == "container_slide_open" or (token.type == "fence" and token.info.strip() in FENCES)
            if special and run:
                blocks.append(self._prose(run, segment, shown))
                run = []
            if token.type == "container_slide_open":
                parts = self._blocks(tokens[at + 1 : end - 1], segment, shown=True)
                blocks.append(Slide(tuple(p for p in parts if not isinstance(p, Slide))))
            elif special:
                blocks += self._fence(token, segment)
            else:
                run += tokens[at:end]
            at = end
        return [*blocks, self._prose(run, segment, shown)] if run else blocks

    def _fence(self, token: Token, segment: str) -> list[Block]:
        self.counts["simulation"] += 1
        place = f"{segment}-simulation-{self.counts['simulation']}"
        block, problems = read_fence(token.info.strip(), token.content, self.file, self._line(token) + 1, place)
        self.problems += problems
        if block is None:
            return []
        if block.id in self.ids:
            self._problem(
                self._line(token), f"The id {block.id!r} is used twice.", "Give this question an id of its own."
            )
            return []
        self.ids.add(block.id)
        return [block]

    def _prose(self, tokens: list[Token], segment: str, shown: bool) -> Prose:
        sentences: list[Sentence] = []
        kind, prefix = ("shown", f"{segment}-slide") if shown else ("said", segment)
        for before, token in zip([None, *tokens], tokens, strict=False):
            self._check(token)
            if token.type == "inline" and before and before.type == "paragraph_open" and _has_text(token):
                sentences += self._mark(token, kind, prefix)
        self.counts["prose"] += 1
        env = new_env(folder=self.file.parent, prefix=f"{segment}-{self.counts['prose']}-")
        html = _parser().renderer.render(tokens, _parser().options, env)
        return Prose(cleaned(html, env), tuple(sentences))

    def _mark(self, token: Token, kind: str, prefix: str) -> list[Sentence]:
        first = self.counts[kind] + 1
        token.children, own = split_sentences(token.children or [], first, prefix)
        self.counts[kind] += len(own)
        return own

    def _check(self, token: Token) -> None:
        if token.type == "fence":
            known = ", ".join(FENCES)
            self._problem(self._line(token), f"```{token.info} is not known here.", f"Use one of: {known}.")
        self.problems += check_token(token, self.file, self.first, pictures=True)


def _end(tokens: list[Token], at: int) -> int:
    """One past the token that closes the one at ``at``."""
    depth = 0
    for i in range(at, len(tokens)):
        depth += tokens[i].nesting
        if depth == 0:
            return i + 1
    return len(tokens)


def _has_text(token: Token) -> bool:
    """Whether it says something; a picture alone does not."""
    return any(child.type != "image" for child in token.children or [])
