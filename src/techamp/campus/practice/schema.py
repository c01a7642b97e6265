"""What a practice item's YAML may say. docs/authoring.md shows it by example; unknown keys are errors."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, ConfigDict, Field, model_validator

from techamp.campus.program.schema import Declared

# An expression on the item's values. A plain number or yes/no in YAML is one too.
Expression = Annotated[str, BeforeValidator(lambda v: v if isinstance(v, str) else repr(v))]
NAME = r"^[A-Za-z][A-Za-z0-9_]*$"
SLUG = r"^[a-z0-9][a-z0-9-]*$"


class Stated(Declared):
    """Base of what may use ``is`` as a key."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True, populate_by_name=True)


class Grid(Stated):
    """Drawn evenly from ``from``, ``from + step`` … ``to``; shown with the decimals of step and from."""

    low: float = Field(alias="from", allow_inf_nan=False)
    high: float = Field(alias="to", allow_inf_nan=False)
    step: float = Field(gt=0, allow_inf_nan=False)

    @model_validator(mode="after")
    def _reaches(self) -> Grid:
        if self.high < self.low:
            raise ValueError(f"to ({self.high:g}) must not be below from ({self.low:g}); swap them")
        return self


class Among(Declared):
    """One of a list: numbers, words, or lists."""

    among: list[Any] = Field(min_length=1)


class Derived(Stated):
    """A value that follows from others; with ``decimals`` it is shown, and then used, rounded."""

    expression: Expression = Field(alias="is")
    decimals: int | None = Field(None, ge=0, le=9)


class Percent(Declared):
    """A tolerance as a share of the right answer."""

    percent: float = Field(gt=0, le=50)


class Ask(Stated):
    """A number she gives: the right one, its unit, decimals as shown, tolerance in the unit."""

    expression: Expression = Field(alias="is")
    unit: str = Field("", max_length=24)
    decimals: int = Field(2, ge=0, le=9)
    tolerance: Annotated[float, Field(ge=0, allow_inf_nan=False)] | Percent = 0.0
    label: str = ""


class Misconception(Stated):
    """A wrong number that betrays how it came about, with its own next step. None: not possible in this variant."""

    id: str = Field(pattern=SLUG)
    expression: Expression = Field(alias="is")
    says: str
    next: str = ""
    see: str = ""


class Option(Declared):
    """One choice. ``right`` and ``when`` may be expressions; an option whose ``when`` is false is not offered."""

    text: str
    right: Expression = "False"
    says: str
    next: str = ""
    see: str = ""
    when: Expression = "True"


class Step(Declared):
    """One step of a worked solution; ``blank`` leaves its number to her."""

    text: str
    ask: Ask | None = None
    blank: bool = False

    @model_validator(mode="after")
    def _blank_needs_ask(self) -> Step:
        if self.blank and self.ask is None:
            raise ValueError("a blank step needs an ask: {is, unit, decimals, tolerance}; add it or take blank out")
        return self


class FigureLine(Declared):
    """A line to judge by."""

    label: str
    value: Expression
    kind: Literal["center", "limit", "zone", "spec", "target", "phase"] = "center"
    axis: Literal["y", "x"] = "y"


class FigureMark(Declared):
    """A named point of the series, by its x."""

    x: Expression
    label: str


class Figure(Declared):
    """A chart above the prompt. ``y`` (and ``x``, else 1, 2, 3 …) are expressions that give lists."""

    title: str
    x_label: str
    y_label: str
    y: Expression
    x: Expression = ""
    x_unit: str = ""
    y_unit: str = ""
    shape: Literal["line", "points", "line+points", "steps", "bars"] = "line+points"
    lines: list[FigureLine] = []
    marks: list[FigureMark] = []
    x_names: Expression = ""
    words: str = ""
    zero: bool = False


class Item(Declared):
    """practice/<item>.yaml"""

    id: str = Field(pattern=SLUG)
    title: str
    skill: str = ""
    stage: Literal["worked", "faded", "alone"] = "alone"
    kind: Literal["number", "choice", "order"]
    context: str = "any"
    use: list[str] = []
    vary: dict[Annotated[str, Field(pattern=NAME)], Grid | Among] = {}
    derive: dict[Annotated[str, Field(pattern=NAME)], Derived] = {}
    figure: Figure | None = None
    prompt: str
    steps: list[Step] = []
    answer: Ask | None = None
    options: list[Option] = []
    order: list[str] = []
    misconceptions: list[Misconception] = []
    hint: str = ""
    solution: str = ""

    @model_validator(mode="before")
    @classmethod
    def _derive_shorthand(cls, values: Any) -> Any:
        """``ucl: mean + a2 * r_bar`` is ``ucl: {is: mean + a2 * r_bar}``."""
        if isinstance(values, dict) and isinstance(values.get("derive"), dict):
            derive = {k: v if isinstance(v, dict) else {"is": v} for k, v in values["derive"].items()}
            return {**values, "derive": derive}
        return values

    @model_validator(mode="after")
    def _whole(self) -> Item:
        for fault in _faults(self):
            raise ValueError(fault)
        return self

    @property
    def asks(self) -> list[Ask]:
        """The numbers she gives, in order: the blank steps, then the answer unless a blank step asks the same."""
        if self.kind != "number" or self.stage == "worked":
            return []
        blank = [step.ask for step in self.steps if step.blank and step.ask]
        last = [self.answer] if self.answer and self.answer.expression not in {a.expression for a in blank} else []
        return blank + last


def _faults(item: Item) -> list[str]:
    """What does not fit together, as sentences with the remedy."""
    found = []
    if item.stage == "alone" and item.steps:
        found.append("an item alone has no steps; take them out, or make the stage worked or faded")
    if item.stage != "alone" and not item.steps:
        found.append(f"a {item.stage} item needs steps: [{{text, ask?}}]")
    if item.stage == "faded" and item.kind == "number" and not any(step.blank for step in item.steps):
        found.append("a faded item leaves its last step to her: give that step an ask and blank: true")
    if item.kind == "number" and item.stage == "alone" and not item.answer:
        found.append("a number item needs answer: {is, unit, decimals, tolerance}")
    if item.kind == "choice" and item.stage != "worked" and len(item.options) < 2:
        found.append("a choice item needs two or more options: [{text, right?, says}]")
    if item.kind == "order" and item.stage != "worked" and len(item.order) < 3:
        found.append("an order item needs three or more entries under order, in the right order")
    if item.kind != "number" and any(step.blank for step in item.steps):
        found.append("only number items have blank steps; take blank out")
    if item.kind != "number" and item.misconceptions:
        found.append("misconceptions belong to number items; a choice says it in its options")
    if len({m.id for m in item.misconceptions}) < len(item.misconceptions):
        found.append("each misconception needs an id of its own")
    if len(set(item.order)) < len(item.order):
        found.append("two entries of order are the same; change one")
    return found
