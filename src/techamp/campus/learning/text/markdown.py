"""Markdown to safe HTML: CommonMark, tables, formulas, glossary terms, pictures. No raw HTML gets through."""

from __future__ import annotations

import re
from collections.abc import MutableMapping, Sequence
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin

from techamp.campus.learning.text.figure import BrokenFigure, figure
from techamp.campus.learning.text.math import ATTRIBUTES as MATH_ATTRIBUTES
from techamp.campus.learning.text.math import ELEMENTS as MATH_ELEMENTS
from techamp.campus.learning.text.math import BrokenMath, mathml
from techamp.campus.learning.text.terms import find_term, term_link, terms_plugin

Env = MutableMapping[str, Any]

_TEXT = "p h2 h3 h4 ul ol li em strong code pre blockquote hr br a table thead tbody tr th td span div s"
_TAGS = {*_TEXT.split()} | MATH_ELEMENTS
_ATTRIBUTES: dict[str, set[str]] = {
    "a": {"href", "data-term", "data-plain", "data-example"},
    "span": {"id"},
    "ol": {"start"},
    **{tag: set(MATH_ATTRIBUTES) - {"class"} for tag in MATH_ELEMENTS},
}
_CLASSES = {
    "a": {"term"}, "span": {"s"}, "div": {"table-scroll"}, "th": {"n"}, "td": {"n"}, "table": {"data"},
    "mtd": {"left", "right"},
}  # fmt: skip
_CLEANER = nh3.Cleaner(
    tags=_TAGS, attributes=_ATTRIBUTES, allowed_classes=_CLASSES, url_schemes={"http", "https", "mailto"}, link_rel=None
)
_SLOT = re.compile(
    "\ue000(\\d+)\ue001"
)  # where a picture goes after the cleaning; such characters never stand in a text


class BrokenText(ValueError):
    """A text with a formula or picture that cannot be shown; says all of them."""


@cache
def parser() -> MarkdownIt:
    """The one Markdown parser of the campus."""
    return new_parser()


def new_parser() -> MarkdownIt:
    """A parser like it, for whoever adds rules of her own."""
    md = MarkdownIt("commonmark", {"html": False, "typographer": False}).enable(["table", "strikethrough"])
    md.use(dollarmath_plugin, allow_space=False, allow_digits=False, allow_labels=False, allow_blank_lines=False)
    md.use(terms_plugin)
    md.core.ruler.push("bare_pictures", _bare_pictures)
    for name in ("math_inline", "math_block", "term", "image", "table_open", "table_close", "th_open", "td_open"):
        md.add_render_rule(name, globals()[f"_{name}"])
    return md


def render_markdown(source: str, *, glossary: bool = True, folder: Path | None = None) -> SafeString:
    """Safe HTML. BrokenText (a ValueError) names every formula or picture that cannot be shown.

    ``[[term]]`` becomes a link to its meaning, unless ``glossary`` is off. Pictures need
    the ``folder`` that they lie in.
    """
    env = new_env(glossary=glossary, folder=folder)
    return finished(parser().render(_plain(source), env), env)


def render_inline(source: str, *, glossary: bool = True) -> SafeString:
    """The same for one line, without a paragraph around it: an option, a label."""
    env = new_env(glossary=glossary)
    return finished(parser().renderInline(_plain(source), env), env)


def new_env(*, glossary: bool = True, folder: Path | None = None, prefix: str = "") -> dict[str, Any]:
    """What the render rules share: pictures found, faults found."""
    return {"glossary": glossary, "folder": folder, "prefix": prefix, "figures": [], "faults": []}


def finished(html: str, env: Env) -> SafeString:
    """Clean the HTML and put the pictures in; BrokenText if something could not be shown."""
    if env["faults"]:
        raise BrokenText(" ".join(env["faults"]))
    return cleaned(html, env)


def cleaned(html: str, env: Env) -> SafeString:
    """Clean the HTML and put the pictures in."""
    return mark_safe(_SLOT.sub(lambda slot: env["figures"][int(slot[1])], _CLEANER.clean(html)))


def _plain(source: str) -> str:
    return source.replace("\ue000", "").replace("\ue001", "")


def _bare_pictures(state: StateCore) -> None:
    """A paragraph that holds one picture and nothing else is no paragraph."""
    tokens = state.tokens
    for before, inline, after in zip(tokens, tokens[1:], tokens[2:], strict=False):
        alone = [child.type for child in inline.children or []] == ["image"]
        if alone and before.type == "paragraph_open":
            before.hidden = after.hidden = True


def _math_inline(self: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Env) -> str:
    return _math(tokens[index].content, False, env)


def _math_block(self: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Env) -> str:
    return _math(tokens[index].content, True, env)


def _math(tex: str, display: bool, env: Env) -> str:
    try:
        return mathml(tex, display)
    except BrokenMath as error:
        env["faults"].append(str(error))
        return f"<code>{escape(tex)}</code>"


def _term(self: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Env) -> str:
    token = tokens[index]
    term = find_term(token.meta["form"]) if env.get("glossary", True) else None
    return term_link(term, token.content) if term else escape(token.content)


def _image(self: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Env) -> str:
    token = tokens[index]
    name, figures = str(token.attrs.get("src", "")), env["figures"]
    try:
        if env["folder"] is None:
            raise BrokenFigure(f"The picture {name!r} cannot stand here.")
        figures.append(figure(env["folder"], name, token.content, f"{env['prefix']}{Path(name).stem}-{len(figures)}-"))
    except BrokenFigure as error:
        env["faults"].append(str(error))
        return escape(token.content)
    return f"\ue000{len(figures) - 1}\ue001"


def _table_open(self: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Env) -> str:
    return '<div class="table-scroll"><table class="data">'


def _table_close(self: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Env) -> str:
    return "</table></div>"


def _th_open(self: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Env) -> str:
    return _cell("th", tokens[index])


def _td_open(self: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Env) -> str:
    return _cell("td", tokens[index])


def _cell(tag: str, token: Token) -> str:
    """``---:`` marks a column of numbers; a style attribute would not survive the page's policy."""
    return f'<{tag} class="n">' if "right" in str(token.attrs.get("style", "")) else f"<{tag}>"
