"""The look of an outcome outside of the campus: a report, a notebook cell, a drawing alone. Light and dark."""

from __future__ import annotations

_LIGHT = {
    "sheet": "#fffefb", "ink": "#16202a", "soft": "#4c5966", "line": "#d3d6d4", "edge": "#747f8a", "blue": "#0a569e",
    "wash": "#e6eff8", "orange": "#b93d08", "good": "#176b41", "stop": "#a8211a",
}  # fmt: skip
_DARK = {
    "sheet": "#182027", "ink": "#e9edf0", "soft": "#a7b3bd", "line": "#323d47", "edge": "#7b8894", "blue": "#82bbf2",
    "wash": "#16293b", "orange": "#ff9c66", "good": "#66cf98", "stop": "#ff8f86",
}  # fmt: skip
_DRAWING = """
text{font:500 13px system-ui,sans-serif;fill:var(--t-soft)}
.tick{font:500 12px ui-monospace,monospace}
text.halo{paint-order:stroke;stroke:var(--t-sheet);stroke-width:4px;stroke-linejoin:round}
.c-grid{stroke:var(--t-line);fill:none}
.c-axis{stroke:var(--t-edge);fill:none}
.c-now{stroke:var(--t-blue);stroke-width:2;fill:none;stroke-linejoin:round}
.c-now-dot{fill:var(--t-blue)}
.c-aside{stroke:var(--t-soft);stroke-width:1.5;fill:none}
.c-aside-dot{fill:var(--t-soft)}
.also-1{stroke-dasharray:9 4}
.also-2{stroke-dasharray:3 3}
.also-3{stroke-dasharray:9 3 2 3}
.c-now-dot.also-1,.c-aside-dot.also-1{fill:var(--t-sheet);stroke-width:1.5;stroke-dasharray:none}
.c-now-dot.also-1{stroke:var(--t-blue)}
.c-aside-dot.also-1{stroke:var(--t-soft)}
.c-bar{fill:var(--t-wash);stroke:var(--t-blue)}
.c-bar-aside{fill:none;stroke:var(--t-soft)}
.c-band{fill:var(--t-blue);opacity:.16}
.c-center{stroke:var(--t-ink);stroke-width:1.2;fill:none}
.c-limit{stroke:var(--t-ink);stroke-width:1.2;stroke-dasharray:7 4;fill:none}
.c-zone{stroke:var(--t-edge);stroke-dasharray:2 4;fill:none}
.c-spec{stroke:var(--t-stop);stroke-width:1.2;stroke-dasharray:12 3 2 3;fill:none}
.c-target{stroke:var(--t-good);stroke-width:1.2;fill:none}
.c-phase{stroke:var(--t-edge);stroke-dasharray:10 3 2 3;fill:none}
.c-signal{fill:var(--t-sheet);stroke:var(--t-stop);stroke-width:2}
.c-note{fill:var(--t-sheet);stroke:var(--t-ink);stroke-width:1.5}
.c-excluded{stroke:var(--t-soft);stroke-width:1.5;fill:none}
text.c-word{fill:var(--t-ink);font-weight:600}
text.c-word-signal{fill:var(--t-stop);font-weight:600}
"""
_WORDS = """
p,ul{max-width:44rem}
li{margin:.3rem 0}
p.first{font-weight:600}
figure{margin:1.5rem 0}
figcaption,h2{font-size:1.1rem;font-weight:600;margin:1.5rem 0 .5rem}
.soft{color:var(--t-soft)}
.num,td{font-variant-numeric:tabular-nums}
.scroll,.table-scroll{overflow-x:auto}
table{border-collapse:collapse;margin:.5rem 0;color:inherit;background:none}
th,td{padding:5px 14px 5px 0;border-bottom:1px solid var(--t-line);text-align:left;vertical-align:top}
td.n,th.n{text-align:right;white-space:nowrap}
summary{padding:12px 0;cursor:pointer;color:var(--t-blue)}
svg{display:block;max-width:100%;height:auto;overflow:visible}
.key span{display:inline-block;margin-right:1.2em}
.key svg{display:inline-block;vertical-align:middle}
.narrow{display:none}
"""
_NARROW = (
    "@media(max-width:46rem){.techamp .wide{display:none}.techamp .narrow{display:block}"
    ".techamp .long table{min-width:38rem}}"
)


def _colors(colors: dict[str, str]) -> str:
    return "".join(f"--t-{name}:{color};" for name, color in colors.items())


def _scoped(rules: str) -> str:
    """Every selector below ``.techamp``, so that nothing else in a notebook changes its look."""
    out = []
    for rule in filter(None, map(str.strip, rules.splitlines())):
        selectors, body = rule.split("{", 1)
        out.append(f"{','.join(f'.techamp {s}' for s in selectors.split(','))}{{{body}")
    return "".join(out)


def style_sheet() -> str:
    """CSS for everything inside an element of class ``techamp``."""
    dark = f"@media(prefers-color-scheme:dark){{.techamp{{{_colors(_DARK)}}}}}"
    base = (
        f".techamp{{{_colors(_LIGHT)}color:var(--t-ink);background:var(--t-sheet);font:17px/1.5 system-ui,sans-serif}}"
    )
    printed = f"@media print{{.techamp{{{_colors(_LIGHT)}}}}}"
    return base + dark + printed + _scoped(_WORDS) + _scoped(_DRAWING) + _NARROW


def drawing_style() -> str:
    """CSS for a drawing that stands alone, on white: fixed colors, as viewers of SVG know no variables of a page."""
    rules = _DRAWING
    for name, color in _LIGHT.items():
        rules = rules.replace(f"var(--t-{name})", color)
    return rules
