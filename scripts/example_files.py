"""Write the example files of process control as a plant's programs export them: titles, comments, local habits.

The readings are drawn from the numbers below with a fixed seed, so that a study can be held against what is true.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np

FOLDER = Path(__file__).resolve().parents[1] / "src/techamp/subjects/process_control/examples"

# Gauge: a digital micrometer on the bearing seat 8.000 mm h6 (7.991 to 8.000 mm); all numbers in mm.
PART_SD, REPEAT_SD = 0.0021, 0.00035
READS_OFF = {"Ana": 0.0, "Ben": 0.0009, "Cho": -0.0001}  # Ben turns the thimble too fast: the spindle bounces

# Stability: two lathes; an insert of another lot in the first one from sample 17 on.
LEVEL = {"Lathe 1": 7.9955, "Lathe 2": 7.9938}
WITHIN_SD, SHIFT, SHIFT_AT, SAMPLES, SIZE = 0.0008, 0.0016, 17, 30, 5


def gauge_lines(rng: np.random.Generator) -> Iterator[str]:
    """A measuring computer set to decimal commas; each person measures the parts in an order of his own."""
    yield "Gauge study, bearing seat of the shaft;;Micrometer 0-25 mm no. 4471;;"
    yield "Tolerance 7,991 - 8,000 mm;;Room at 20,4 °C;;"
    yield "Part no.;Inspector;Trial;Diameter [mm];Remark"
    true = 7.9955 + PART_SD * rng.standard_normal(10)
    for trial in (1, 2, 3):
        for person, off in READS_OFF.items():
            yield f"# {person}, trial {trial}: anvils wiped, zero checked;;;;"
            for part in rng.permutation(10):
                reading = true[part] + off + REPEAT_SD * rng.standard_normal()
                remark = "burr on the edge, taken off" if (person, trial, part) == ("Cho", 2, 3) else ""
                yield f"{part + 1};{person};{trial};{reading:.4f};{remark}".replace(".", ",", 1)
    yield "90 records exported;;;;"


def stability_lines(rng: np.random.Generator) -> Iterator[str]:
    """A gauge program with American dates; five shafts in a row from each lathe every hour, two shifts a day."""
    yield "Shaft line: bearing seat diameter"
    yield '"Spec: 7.991 - 8.000 mm",exported 11/05/2026 7:12 AM,by station 3'
    yield "Date/Time,Machine,Sample,Diameter (mm),Note"
    for sample in range(1, SAMPLES + 1):
        day, hour = divmod(sample - 1, 16)
        start = datetime(2026, 11, 3 + day, 6 + hour, 4)
        if (day, hour) in ((0, 8), (1, 8)):
            yield "# shift change"
        for machine, level in LEVEL.items():
            shifted = SHIFT if machine == "Lathe 1" and sample >= SHIFT_AT else 0.0
            for piece in range(SIZE):
                moment = start + timedelta(minutes=4 * piece + (2 if machine == "Lathe 2" else 0))
                reading = level + shifted + WITHIN_SD * rng.standard_normal()
                note = "new insert of lot 2291" if shifted and sample == SHIFT_AT and piece == 0 else ""
                said = f"{moment:%m/%d/%Y} {moment.hour % 12 or 12}:{moment:%M %p}"
                yield f"{said},{machine},{sample},{reading:.4f},{note}"
    yield "# end of export"


def main() -> None:
    """Write both files."""
    gauge = "\r\n".join([*gauge_lines(np.random.default_rng(20261106)), ""])
    (FOLDER / "gauge-study.csv").write_bytes(gauge.encode("cp1252"))
    stability = "\r\n".join([*stability_lines(np.random.default_rng(20261108)), ""])
    (FOLDER / "two-lathes.csv").write_bytes(stability.encode("utf-8-sig"))


if __name__ == "__main__":
    main()
