"""Data that demo learners bring: exports as machines write them, kept as datasets, charted, and kept as analyses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from techamp.campus.data import actions
from techamp.campus.data.models import Dataset
from techamp.campus.data.workbench import bench_of, study_of
from techamp.campus.demo.luck import Luck
from techamp.campus.people.models import LedgerKey, Person
from techamp.campus.program import schema
from techamp.campus.program.curriculum import curriculum
from techamp.contract import registry


@dataclass(frozen=True)
class Export:
    """What a machine wrote: readings about ``mean`` that move by ``shift`` after ``before`` of them."""

    file: str
    title: str
    measured: str
    unit: str
    mean: float
    sigma: float
    decimals: int
    before: int = 40
    after: int = 20
    shift: float = 0.0
    semicolons: bool = False  # decimal commas and semicolons, as machines from Europe write
    luck: int = 5005  # of these readings alone, so that what their owner writes about them stays true

    def content(self, day: date) -> bytes:
        """A title, a blank line, the header on row 3, then a row for every 12 minutes."""
        luck = Luck(self.luck)
        separator, moment = (";" if self.semicolons else ","), datetime.combine(day, time(6, 0))
        rows = [self.title, "", separator.join(("Time", f"{self.measured} ({self.unit})", "Operator"))]
        for count in range(self.before + self.after):
            mean = self.mean + (self.shift if count >= self.before else 0.0)
            number = f"{luck.normal(mean, self.sigma):.{self.decimals}f}"
            shown = number.replace(".", ",") if self.semicolons else number
            at = moment + timedelta(minutes=12 * count)
            rows.append(separator.join((f"{at:%Y-%m-%d %H:%M}", shown, "AB"[count // 40 % 2])))
        return ("\r\n".join(rows) + "\r\n").encode()


PRESS = Export(
    "press-2-force.csv", "Bearing press 2; export of the last two shifts", "Force", "kN", 4.82, 0.06, 2, 40, 20, -0.17,
    semicolons=True,
)  # fmt: skip
GREASE = Export("grease-weights.csv", "Grease station, scale", "Weight", "g", 2.61, 0.09, 2, 60, 0)
CLAMP = Export("clamp-torque.csv", "Clamp station, torque log", "Torque", "Nm", 12.4, 0.22, 2, 30, 30, 0.45)
SEAL = Export("seal-strength.csv", "Sealer B, pull test", "Strength", "N", 31.5, 1.1, 1, 48, 0)


def first_study() -> tuple[str, Mapping[str, Any]]:
    """(id, settings) of the study that the first simulation leads to; else the first there is; ("", {}) for none."""
    for activity in curriculum().activities.values():
        if isinstance(activity, schema.Play) and activity.study:
            return activity.study.id, activity.study.settings
    return next(iter(registry.study_ids()), ""), {}


def bring(owner: Person, export: Export, day: date) -> Dataset:
    """Upload the export of that day."""
    return actions.add_dataset(owner, export.file, export.content(day), "upload")


def chart(key: LedgerKey, dataset: Dataset, study_id: str, settings: Mapping[str, Any], title: str) -> dict[str, str]:
    """Run a study on a dataset, as step 6 of the activity that leads to it, and keep it; returns what its link holds.

    Nothing is kept where the study cannot read the data.
    """
    study = study_of(study_id)
    bench = bench_of(dataset, study, {name: str(value) for name, value in settings.items()})
    if bench.outcome is None or bench.inputs is None:
        return bench.query
    actions.keep_run(dataset, study, bench.chosen, bench.inputs, bench.outcome, title)
    for activity in curriculum().activities.values():
        if isinstance(activity, schema.Play) and activity.study and activity.study.id == study_id:
            actions.record_step(key, activity.place, dataset, study, bench.inputs, bench.outcome)
            break
    return bench.query
