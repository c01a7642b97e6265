"""A real event log: what machines did, where cases waited, which machine held them back."""

from __future__ import annotations

from typing import ClassVar

from techamp.contract import Column, Inputs, Outcome, Study, Table
from techamp.subjects.manufacturing_systems.studies.event_log.settings import EventLogSettings


class EventLogStudy(Study[EventLogSettings]):
    """Time in states and OEE, Little's law, the bottleneck by active periods, and the lead time, from one log."""

    id: ClassVar[str] = "manufacturing_systems.event_log"
    version: ClassVar[int] = 1
    title: ClassVar[str] = "Event log"
    summary: ClassVar[str] = "Where does the time go? Machines, cases and waiting, from a log with start and end."
    question: ClassVar[str] = "What holds our parts back, and where do they wait?"
    precedence: ClassVar[int] = 5
    columns: ClassVar[tuple[Column, ...]] = (
        Column("machine", "Machine", "any", help="Who did it: a machine, a bench, a person.",
               hints=("machine", "station", "resource", "equipment", "work center", "workcenter"),
               meanings=("machine",)),
        Column("start", "Start", "any", help="When it began.", hints=("start", "begin", "from"), meanings=("time",)),
        Column("end", "End", "any", help="When it ended.", hints=("end", "finish", "complete", "until", "stop")),
        Column("case", "Part, order or case", "any", required=False, help="What it was done to.",
               hints=("case", "part", "order", "job", "serial", "lot")),
        Column("step", "Step", "any", required=False, help="What was done; left empty, the machine says it.",
               hints=("step", "operation", "activity", "task")),
        Column("state", "State", "any", required=False, help="Work, setup, down, off or idle; left empty, all is work.",
               hints=("state", "status", "kind", "mode", "execution")),
        Column("result", "Good or bad", "any", required=False, help="For the quality in OEE.",
               hints=("result", "quality", "good", "scrap")),
    )  # fmt: skip
    Settings: ClassVar[type[Inputs]] = EventLogSettings

    def run(self, table: Table, settings: EventLogSettings) -> Outcome:
        """Analyze. Raises InvalidInput where times cannot be read or an end lies before its start."""
        from techamp.subjects.manufacturing_systems.studies.event_log import explaining, pictures, words
        from techamp.subjects.manufacturing_systems.studies.event_log.analysis import analyze
        from techamp.subjects.manufacturing_systems.studies.event_log.log import read_log

        found = analyze(read_log(table, settings.unit), settings.ideal, settings.short_stop)
        return Outcome(
            measures=pictures.measures(found),
            charts=pictures.charts(found),
            tables=(*pictures.tables(found), explaining.formulas(found)),
            explanations=(explaining.differences(found, settings),),
            notes=words.notes(found),
        )
