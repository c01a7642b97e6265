"""Example files as a plant's programs export them. ``scripts/example_files.py`` draws them from stated numbers."""

from pathlib import Path

from techamp.contract.example_file import ExampleFile

_HERE = Path(__file__).parent
EXAMPLES = (
    ExampleFile(
        "two-lathes.csv",
        "Two lathes, one sheet",
        "Every hour five shafts from each of two lathes: 300 diameters. Something changed on the second day. When, on "
        "which lathe, and is the other one good enough?",
        _HERE,
    ),
    ExampleFile(
        "gauge-study.csv",
        "A micrometer on trial",
        "Ten shafts, three people, three readings each, with decimal commas and remarks in between. Can this "
        "micrometer judge a tolerance of 0.009 mm?",
        _HERE,
    ),
)
