"""Text as authors write it, Markdown with formulas, terms and pictures, as safe HTML; and what is wrong with it."""

from techamp.campus.learning.text.check import check_text
from techamp.campus.learning.text.markdown import BrokenText, render_inline, render_markdown
from techamp.campus.learning.text.math import BrokenMath, mathml

__all__ = ["BrokenMath", "BrokenText", "check_text", "mathml", "render_inline", "render_markdown"]
