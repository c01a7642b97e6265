"""Authors' text as safe HTML."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest
from tests.campus.learning.lecture_sample import SHAFTS, write_curriculum

from techamp.campus.learning.text import BrokenMath, BrokenText, check_text, mathml, render_inline, render_markdown
from techamp.campus.learning.text.figure import BrokenFigure, safe_svg
from techamp.campus.learning.text.figure_check import check_svg

FILE = Path("lab.md")


@pytest.fixture(autouse=True)
def sample(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = write_curriculum(tmp_path / "curriculum")
    monkeypatch.setenv("TECHAMP_CURRICULUM", str(root))
    return root


def test_text_formulas_and_tables_become_html() -> None:
    html = render_markdown("A **bold** $\\bar{x}$.\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n")
    assert "<strong>bold</strong>" in html
    assert 'alttext="x bar"' in html
    assert '<td class="n">2</td>' in html
    assert "style" not in html


def test_one_line_has_no_paragraph() -> None:
    assert render_inline("Use *this*.") == "Use <em>this</em>."


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        '<img src=x onerror="alert(1)">',
        "[tap](javascript:alert(1))",
        "[tap](data:text/html;base64,PHNjcmlwdD4=)",
        '<a href="x" style="color:red">x</a>',
        "$\\text{<img src=x onerror=alert(1)>}$",
        "[[common cause|<b onclick=alert(1)>x</b>]]",
        "![x](../../../secret.svg)",
    ],
)
def test_nothing_hostile_gets_through(hostile: str, tmp_path: Path) -> None:
    try:
        html = render_markdown(hostile, folder=tmp_path)
    except BrokenText:
        return
    for tag, attributes in elements(html):
        assert tag in {"p", "a", "em"}
        assert not [name for name in attributes if name.startswith("on") or name == "style"]
        assert (attributes.get("href") or "/").startswith(("/", "https://"))


def elements(html: str) -> list[tuple[str, dict[str, str | None]]]:
    """What a browser makes of it: each start tag with its attributes."""
    found: list[tuple[str, dict[str, str | None]]] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.append((tag, dict(attrs)))

    Reader().feed(html)
    return found


def test_a_known_term_links_to_its_meaning_and_carries_it() -> None:
    html = render_markdown("A [[Common  Cause]] and a [[special cause|thing that happened]].")
    assert 'href="/glossary/#common-cause"' in html
    assert 'data-plain="The noise of the process."' in html
    assert ">thing that happened</a>" in html
    assert 'data-plain="Something &lt;new&gt; happened."' in html


def test_an_unknown_term_is_plain_text_and_is_reported_with_its_line() -> None:
    source = "First line.\n\nSecond, and\nthird [[unheard of|words]]."
    assert render_markdown(source) == "<p>First line.</p>\n<p>Second, and\nthird words.</p>\n"
    (problem,) = check_text(source, FILE, 10)
    assert (problem.line, problem.what) == (13, "glossary.yaml has no term 'unheard of'.")


def test_terms_can_be_left_unlinked() -> None:
    assert render_markdown("[[common cause]]", glossary=False) == "<p>common cause</p>\n"


def test_money_is_no_formula() -> None:
    assert "<math" not in render_markdown("It costs $5 and $10, or $ 7 $.")


@pytest.mark.parametrize(
    ("tex", "why"),
    [
        (r"\begin{aligned} a &= b \end{aligned}", "uses \\begin{aligned}"),
        (r"a & b", "has an & or <"),
        (r"\frobnicate{x}", r"has '\\frobnicate'"),
        (r"\frac{1}{2", "braces that do not pair"),
        (r"\frac{1}", "lacks a part"),
        (r"\overset{a}", "lacks a part"),
        (r"x}", "braces that do not pair"),
        (r"x_", "cannot be read"),
        (r"a \\ b", "breaks a line"),
        (r"\text{a <b> c}", "has an & or <"),
        (r"\href{javascript:alert(1)}{x}", "uses \\href"),
        (r"\style{color:red}{x}", "uses \\style"),
    ],
)
def test_a_formula_that_would_be_drawn_wrong_is_refused(tex: str, why: str) -> None:
    with pytest.raises(BrokenMath) as error:
        mathml(tex)
    assert why in str(error.value)
    with pytest.raises(ValueError, match="The formula"):
        render_markdown(f"A ${tex}$ here.")


@pytest.mark.parametrize(
    ("tex", "words"),
    [
        (r"\bar{x} \pm A_2 \bar{R}", "x bar plus or minus A 2 R bar"),
        (r"UCL = \bar{\bar{x}}", "UCL equals x bar bar"),
        (r"\hat{\sigma} = \frac{\bar{R}}{d_2}", "sigma hat equals, R bar, over, d 2"),
        (r"\frac{1}{2}", "1 over 2"),
        (r"\sqrt{n}", "the square root of n"),
        (r"s^2", "s squared"),
        (r"12\,\mathrm{mm}", "12 mm"),
    ],
)
def test_a_formula_says_itself_in_words(tex: str, words: str) -> None:
    assert f'alttext="{words}"' in mathml(tex)


def test_plus_or_minus_is_an_operator_and_capitals_are_one_name() -> None:
    html = mathml(r"UCL \pm x")
    assert "<mo>±</mo>" in html
    assert "<mi>UCL</mi>" in html


def test_a_picture_is_put_into_the_page(tmp_path: Path) -> None:
    (tmp_path / "shafts.svg").write_text(SHAFTS)
    html = render_markdown("![Twenty shafts](shafts.svg)", folder=tmp_path)
    assert '<figure class="figure" data-say="Twenty shafts, all between two lines.">' in html
    assert 'role="img" aria-label="Twenty shafts, all between two lines."' in html
    assert "<figcaption>Twenty shafts</figcaption>" in html
    assert 'id="shafts-0-tip"' in html
    assert "url(#shafts-0-tip)" in html
    assert "<p><figure" not in html


def test_what_could_run_or_reach_out_is_dropped_from_a_picture() -> None:
    hostile = """<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" onload="alert(1)">
    <title>T</title><script>alert(1)</script><style>text{fill:red}</style>
    <foreignObject><div xmlns="http://www.w3.org/1999/xhtml">x</div></foreignObject>
    <a href="javascript:alert(1)"><text>link</text></a><image href="https://elsewhere.example/x.png"/>
    <use xlink:href="https://elsewhere.example/#x"/><use href="#own"/>
    <rect style="fill:red" fill="url(https://elsewhere.example/#p)" onclick="alert(1)"/>
    <animate attributeName="href" to="javascript:alert(1)"/></svg>"""
    svg, title = safe_svg(hostile, "p-")
    assert title == "T"
    assert '<use href="#p-own" />' in svg
    for gone in ("script", "style", "foreignObject", "alert", "elsewhere", "image ", "animate", "onload", "<a"):
        assert gone not in svg


def test_a_picture_with_entities_is_refused() -> None:
    with pytest.raises(BrokenFigure, match="DOCTYPE"):
        safe_svg('<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg"/>', "")


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ('font-size="12"', 'font-size="11"', "'8.000 mm' is 11.0 px high"),
        ('viewBox="0 0 320 60"', 'viewBox="0 0 480 60"', "'8.000 mm' is 8.0 px high"),
        ('class="ink"', 'style="fill:red"', "style= on <text> is dropped"),
        ('class="blue" stroke="currentColor"', 'stroke="#00f"', "is the same in light and dark"),
        ('class="blue"', 'class="purple"', "The class purple has no meaning"),
        ("<title>Twenty shafts, all between two lines.</title>", "", "has no <title>"),
        ("<text", "<script/><text", "<script> is not shown"),
    ],
)
def test_a_picture_that_is_hard_to_see_is_reported(old: str, new: str, what: str, tmp_path: Path) -> None:
    path = tmp_path / "p.svg"
    path.write_text(SHAFTS)
    assert check_svg(path) == []
    path.write_text(SHAFTS.replace(old, new))
    assert any(what in problem.what for problem in check_svg(path))


def test_the_check_names_every_fault_with_its_line() -> None:
    found = check_text("One $\\foo$.\n\n$$\na & b\n$$\n\n![x](no.svg)", FILE, 5)
    assert [(p.line, p.what.split()[1]) for p in found] == [(5, "formula"), (7, "formula"), (11, "picture")]


def test_an_overline_stretches_as_a_bar_does() -> None:
    html = render_markdown(r"$\overline{x_1 x_2}$")
    assert '<mo stretchy="true">¯</mo>' in html
    assert "―" not in html
