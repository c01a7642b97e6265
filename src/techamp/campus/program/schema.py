"""What the curriculum's YAML may say. Unknown keys are errors, so that a typing mistake is found and not ignored."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr


class Declared(BaseModel):
    """Base: frozen, nothing unknown."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class CalendarEntry(Declared):
    """The weeks (1…52 from the cohort's start) in which a module opens and is due."""

    subject: str
    module: str
    opens: int = Field(ge=1, le=60)
    due: int = Field(ge=1, le=60)


class Lifts(Declared):
    """Evidence of this kind lifts a skill to this level."""

    kind: str
    level: str


class Level(Declared):
    """One of the levels of a skill, lowest first."""

    id: str
    name: str
    means: str


class Mastery(Declared):
    """Mastered = ``right`` of the last ``of`` answers, the last one right."""

    right: int = Field(ge=1)
    of: int = Field(ge=1)
    last_right: bool = True


class Milestone(Declared):
    """A step of the capstone."""

    id: str
    title: str
    opens: int
    due: int
    help: str = ""


class Front(Declared):
    """The simulation on the public front page."""

    simulation: str
    inputs: dict[str, Any] = {}
    free: list[str] = []
    chart: str = ""
    ask: str = ""


class Program(Declared):
    """program.yaml"""

    title: str
    version: int
    months: int
    minutes_per_week: int
    summary: str
    hub: list[str]
    spokes: list[str]
    spokes_to_choose: int
    calendar: list[CalendarEntry]
    evidence: list[Lifts]
    mastery: Mastery
    levels: list[Level]
    capstone: list[Milestone] = []
    front: Front | None = None
    public_lectures: bool = True  # whether anybody may read the lectures; all else is behind the door


class Skill(Declared):
    """One thing that a technologist can do."""

    id: str
    subject: str
    name: str
    means: str
    module: str
    needs: list[str] = []


class Term(Declared):
    """A term of art in plain words."""

    term: str
    also: list[str] = []
    plain: str
    example: str = ""
    subject: str = ""


class PlannedModule(Declared):
    """What a module will teach; its folder may not be there yet."""

    id: str
    title: str
    months: list[int]
    minutes: int
    can_do: str
    topics: list[str]


class Subject(Declared):
    """subject.yaml"""

    id: str
    name: str
    kind: Literal["hub", "spoke"]
    summary: str
    scope: list[str]
    modules: list[PlannedModule]
    lab_gear: list[str] = []
    sources: list[str] = []


class _Activity(Declared):
    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    title: str
    minutes: int = Field(ge=1, le=240)
    skills: list[str] = []
    _place: str = PrivateAttr("")
    _folder: Path = PrivateAttr(Path())

    @property
    def place(self) -> str:
        """``<subject>/<module>/<activity>``: what attempts and evidence name."""
        return self._place

    @property
    def folder(self) -> Path:
        """The module's folder."""
        return self._folder

    @property
    def subject(self) -> str:
        """The subject's id."""
        return self._place.split("/")[0]

    @property
    def module(self) -> str:
        """The module's id."""
        return self._place.split("/")[1]


class Lecture(_Activity):
    """An illustrated article that can be read aloud."""

    kind: Literal["lecture"]
    file: str = "lecture.md"


class Practice(_Activity):
    """A set of items, worked until mastered."""

    kind: Literal["practice"]
    items: list[str] = Field(min_length=1)


class PredictOption(Declared):
    """One choice of a prediction."""

    text: str
    right: bool = False


class Predict(Declared):
    """What she commits to before the first run."""

    kind: Literal["number", "choice", "curve"]
    ask: str
    measure: str = ""
    options: list[PredictOption] = []
    chart: str = ""
    x: list[float] = []


class ExplainOption(Declared):
    """A reason she may give; a wrong one has its own next step."""

    text: str
    right: bool = False
    says: str
    next: str = ""


class Explain(Declared):
    """Step 4."""

    ask: str
    options: list[ExplainOption] = Field(min_length=2)


class YourPlant(Declared):
    """Step 6: the same with her own data."""

    id: str
    text: str
    settings: dict[str, Any] = {}


class Play(_Activity):
    """A simulation in six steps."""

    kind: Literal["simulation"]
    simulation: str
    inputs: dict[str, Any] = {}
    free: list[str] = []
    predict: Predict | None = None
    explain: Explain | None = None
    write: str = ""
    challenges: list[str] = []
    study: YourPlant | None = None
    says: str = ""


class Lab(_Activity):
    """A day at the bench."""

    kind: Literal["lab"]
    file: str = "lab.md"


class Conversation(_Activity):
    """A short branching conversation with consequences."""

    kind: Literal["conversation"]
    file: str


class Played(_Activity):
    """A game, played to its end. ``beats``: the rival whose score passes; "" where to have played it is enough."""

    kind: Literal["game"]
    game: str
    scenario: dict[str, Any] = {}
    beats: str = ""
    says: str = ""


Activity = Annotated[Lecture | Practice | Play | Lab | Conversation | Played, Field(discriminator="kind")]


class Module(Declared):
    """module.yaml"""

    id: str
    title: str
    can_do: str
    skills: list[str]
    activities: list[Activity] = Field(min_length=1)
    _subject: str = PrivateAttr("")
    _folder: Path = PrivateAttr(Path())

    @property
    def subject(self) -> str:
        """The subject's id."""
        return self._subject

    @property
    def folder(self) -> Path:
        """Where its files lie."""
        return self._folder

    @property
    def minutes(self) -> int:
        """Minutes of all activities."""
        return sum(a.minutes for a in self.activities)


class Target(Declared):
    """What a challenge asks of a measure."""

    measure: str
    at_most: float | None = None
    at_least: float | None = None


class Writes(Declared):
    """A passed challenge writes the input's value to her copy of the plant."""

    path: str
    input: str


class Challenge(Declared):
    """challenge-<name>.yaml"""

    id: str
    title: str
    minutes: int
    skill: str
    simulation: str
    says: str
    inputs: dict[str, Any] = {}
    hidden: list[str] = []
    free: list[str] = Field(min_length=1)
    answer: dict[str, Any] = Field({}, exclude=True, repr=False)
    """Free inputs with which the author passes. Left out of every dump: what was put to a learner, her export and the
    pages that show it again are made of dumps."""
    targets: list[Target] = Field(min_length=1)
    tries: int = Field(ge=1)
    seeds: int = Field(30, ge=30)
    passed: str = ""
    writes: Writes | None = None


class BridgeTopic(Declared):
    """One topic of the entry check."""

    id: str
    title: str
    item: str
    page: str


class Bridge(Declared):
    """bridge.yaml"""

    title: str
    says: str
    topics: list[BridgeTopic]


class RubricLine(Declared):
    """One line that a coordinator ticks."""

    id: str
    text: str
    must: bool = False


class LabColumn(Declared):
    """One thing that is measured, or the name of what it was measured on: a column without unit and decimals."""

    name: str
    label: str
    unit: str = ""
    decimals: int = 3

    @property
    def takes_words(self) -> bool:
        """Whether a machine's name or a state may stand in it, and not only a number."""
        return not self.unit and "decimals" not in self.model_fields_set


class LabData(Declared):
    """What she measures, and the study where it waits for her."""

    columns: list[LabColumn] = Field(min_length=1)
    rows: int = Field(ge=1, le=500)
    study: str
    settings: dict[str, Any] = {}


class LabSheet(Declared):
    """The front matter of lab.md."""

    title: str
    minutes: int
    gear: list[str]
    safety: list[str]
    rubric: list[RubricLine]
    data: LabData | None = None


class Choice(Declared):
    """Something to say or do in a conversation."""

    text: str
    goes: str
    effects: dict[str, int] = {}
    why: str = ""


class Node(Declared):
    """A moment of a conversation."""

    who: str
    says: str
    choices: list[Choice] = Field(min_length=1)


class Ending(Declared):
    """Where a conversation ends."""

    says: str
    good: bool
    lesson: str


class Talk(Declared):
    """conversation-<name>.yaml"""

    title: str
    scene: str
    meters: dict[str, str] = {}
    start: str
    nodes: dict[str, Node]
    endings: dict[str, Ending]
