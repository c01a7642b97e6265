"""What a run gives: plain data, the same in a page, a notebook, a terminal and a test."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Number = float | int | None


class _Plain(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_inf_nan="null")


class Measure(_Plain):
    """One number that a run reports.

    ``low``/``high`` are its 95 % interval where it is random and an interval is known. A value below ``least_shown``
    is written as that: "< 0.001".
    """

    name: str
    label: str
    value: Number
    unit: str = ""
    low: Number = None
    high: Number = None
    better: Literal["higher", "lower", ""] = ""
    decimals: int = 1
    least_shown: float | None = None
    help: str = ""

    @property
    def shown(self) -> str:
        """The value as people read it, without its unit."""
        from techamp.contract.drawing.numbers import plain_number

        if self.least_shown is not None and self.value is not None and self.value < self.least_shown:
            return f"< {plain_number(self.least_shown, self.decimals)}"
        return plain_number(self.value, self.decimals)


class Series(_Plain):
    """Points (x, y) of one color and meaning. A None in ``y`` is a gap.

    ``role``: "now" data of this run; "band" is the area between ``y`` and ``y2``; "aside" is context (soft ink).
    """

    name: str
    label: str
    x: tuple[float, ...]
    y: tuple[Number, ...]
    y2: tuple[Number, ...] = ()
    shape: Literal["line", "points", "line+points", "steps", "bars", "band"] = "line"
    role: Literal["now", "aside"] = "now"


class RefLine(_Plain):
    """A line to judge by: center, control limit, specification, target.

    ``value`` is one number, or one number per x of the chart's first series (steps, where limits differ from point to
    point).
    ``axis`` "x" draws it upright.
    """

    label: str
    value: float | tuple[Number, ...]
    kind: Literal["center", "limit", "zone", "spec", "target", "phase"] = "center"
    axis: Literal["y", "x"] = "y"


class Mark(_Plain):
    """A point worth a word: a signal, a chosen point. Drawn as a shape and a word, never by color alone."""

    x: float
    y: float
    label: str
    kind: Literal["signal", "note", "excluded"] = "signal"


class Chart(_Plain):
    """One drawing: axes with units, series, reference lines, marks, and the sentence that says what it shows."""

    name: str
    title: str
    x_label: str
    y_label: str
    series: tuple[Series, ...]
    x_unit: str = ""
    y_unit: str = ""
    lines: tuple[RefLine, ...] = ()
    marks: tuple[Mark, ...] = ()
    words: str = ""
    equation: str = ""  # plain text, with this run's numbers: "UCL = x̄ + 3·σ̂ = 50.81 + 3·1.66 = 55.81"
    x_names: tuple[str, ...] = ()  # a name for each x of the first series
    x_rows: tuple[int, ...] = ()  # of a study: the row of the file behind each x, so that a point can be picked
    equal_axes: bool = False  # one unit is as long on x as on y (a target seen from above)
    zero: bool = False  # the y axis must include zero

    def _repr_html_(self) -> str:
        """The chart in a notebook. (Drawing is loaded when somebody looks.)"""
        from techamp.contract.drawing.html import chart_html

        return chart_html(self)

    def _repr_svg_(self) -> str:
        """The drawing alone, for viewers that show no HTML."""
        from techamp.contract.drawing.html import chart_svg

        return chart_svg(self)


class DataTable(_Plain):
    """A table: column heads (with unit in the head) and rows of plain values."""

    name: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]

    def _repr_html_(self) -> str:
        """The table in a notebook."""
        from techamp.contract.drawing.html import table_html

        return table_html(self)


class Trace(_Plain):
    """Events that the scene replays. ``t`` (in ``unit``) never decreases; every list in ``columns`` is as long as
    ``t``.

    What a scene needs besides goes into ``fixed`` (limits, names, geometry): plain JSON.
    """

    t: tuple[float, ...] = ()
    unit: str = "min"
    columns: dict[str, tuple[Any, ...]] = Field(default_factory=dict)
    fixed: dict[str, Any] = Field(default_factory=dict)


class Explanation(_Plain):
    """Sentences beside the result, to open when wanted: why another program may print something else."""

    name: str
    title: str
    sentences: tuple[str, ...]


class Outcome(_Plain):
    """Everything that one run says.

    ``notes`` say in words what happened, most important first; the first is the caption under the scene.
    """

    measures: tuple[Measure, ...] = ()
    charts: tuple[Chart, ...] = ()
    tables: tuple[DataTable, ...] = ()
    trace: Trace | None = None
    explanations: tuple[Explanation, ...] = ()
    notes: tuple[Annotated[str, Field(min_length=1)], ...] = ()

    def measure(self, name: str) -> Measure:
        """The measure of that name; KeyError if the run reports no such measure."""
        for measure in self.measures:
            if measure.name == name:
                return measure
        raise KeyError(f"No measure {name!r}; there are: {', '.join(m.name for m in self.measures)}.")

    def chart(self, name: str) -> Chart:
        """The chart of that name; KeyError if the run draws no such chart."""
        for chart in self.charts:
            if chart.name == name:
                return chart
        raise KeyError(f"No chart {name!r}; there are: {', '.join(c.name for c in self.charts)}.")

    def _repr_html_(self) -> str:
        """Words, charts, numbers and tables in a notebook."""
        from techamp.contract.drawing.html import outcome_html

        return outcome_html(self)
