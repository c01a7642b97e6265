"""What the player decides, what the shop is like, and both as the kernel's numbers."""

from __future__ import annotations

from techamp.contract import Inputs, choice, quantity

SHAFTS = {"shift": 140, "week": 1400}
CHARTS = {"i_mr": 0, "xbar_r": 1, "xbar_s": 2}
RULES = {"rule_1": 0, "western_electric": 1, "nelson": 2}
REACTIONS = {"keep_running": 0, "find_cause": 1, "adjust_on_signal": 2, "adjust_each": 3}

# The shop's other numbers, our choice; model.md says why. Micrometers, minutes, shafts.
SHOP = {
    "wear_cv": 0.2,
    "life": 300.0,
    "worn_wear": 3.0,
    "worn_chip": 5.0,
    "chip_spread": 1.6,
    "coolant_ramp": 20.0,
    "set_sigma": 0.5,
    "gauge_sigma": 0.3,
    "gauge_step": 0.1,
    "lower": -9.0,
    "upper": 0.0,
    "offset_step": 1.0,
    "shift_shafts": 140.0,
    "cycle": 3.2,
    "look_time": 10.0,
    "adjust_time": 0.5,
    "coolant_time": 8.0,
}


class LatheInputs(Inputs):
    """How the lathe is watched, and the lathe."""

    subgroup: int = quantity(
        3, "shafts", range=(1, 10), label="Shafts in a sample", help="Taken one after the other, then averaged."
    )
    interval: int = quantity(
        40,
        "shafts",
        range=(1, 200),
        label="From sample to sample",
        help="One sample every so many shafts; at least the sample itself.",
    )
    chart: str = choice(
        "xbar_r",
        {
            "i_mr": "Single shafts and moving range (I-MR)",
            "xbar_r": "Averages and ranges (X̄-R)",
            "xbar_s": "Averages and standard deviations (X̄-S)",
        },
        label="Chart",
        help="I-MR always takes one shaft. With one shaft in a sample every chart is an I-MR chart.",
    )
    rules: str = choice(
        "rule_1",
        {
            "rule_1": "A point beyond a limit",
            "western_electric": "Western Electric: four rules",
            "nelson": "Nelson: eight rules",
        },
        label="What counts as a signal",
    )
    width: float = quantity(
        3.0, "σ", range=(2.0, 4.0), step=0.1, label="Limits at", help="Distance of the limits from the center line."
    )
    reaction: str = choice(
        "find_cause",
        {
            "keep_running": "Plot, and keep running",
            "find_cause": "On a signal, stop and find the cause",
            "adjust_on_signal": "On a signal, move the offset",
            "adjust_each": "Move the offset after every sample",
        },
        label="What you do",
    )
    insert_every: int = quantity(
        180, "shafts", range=(20, 400), step=10, label="New insert after", help="The planned change of the insert."
    )
    wear_plan: str = choice(
        "aim_low",
        {
            "aim_low": "Start low and let the diameter grow",
            "compensate": "Let the control take off 1 µm for each 1 µm of planned wear",
        },
        label="How wear is handled",
    )
    run: str = choice(
        "week", {"shift": "One shift: 140 shafts", "week": "A week: ten shifts, 1,400 shafts"}, label="How long"
    )
    sigma: float = quantity(
        0.0012,
        "mm",
        range=(0.0004, 0.003),
        step=0.0001,
        label="Spread from shaft to shaft",
        help="Standard deviation of the diameter, wear aside.",
    )
    wear_per_part: float = quantity(
        0.00002,
        "mm",
        range=(0.0, 0.0001),
        step=0.000002,
        label="Growth by wear, per shaft",
        help="A worn insert cuts less, so the diameter grows. Inserts differ by about a fifth.",
    )
    chip_chance: float = quantity(
        0.1, "%", range=(0.0, 2.0), step=0.05, label="Chance that the insert chips", help="With each shaft."
    )
    chip_shift: float = quantity(
        0.003, "mm", range=(0.0, 0.01), step=0.0005, label="Jump of the diameter when it chips"
    )
    coolant_chance: float = quantity(
        0.05, "%", range=(0.0, 2.0), step=0.05, label="Chance that the coolant goes off", help="With each shaft."
    )
    coolant_shift: float = quantity(
        -0.0025,
        "mm",
        range=(-0.01, 0.0),
        step=0.0005,
        label="Shift when the coolant is off",
        help="A hot shaft is cut to size and shrinks as it cools.",
    )
    insert_change_time: float = quantity(4.0, "min", range=(1.0, 30.0), step=0.5, label="Time to change an insert")
    stop_cost: float = quantity(1.79, "USD/min", range=(0.0, 10.0), step=0.01, label="Cost of a stopped lathe")
    check_cost: float = quantity(0.43, "USD", range=(0.0, 10.0), step=0.01, label="Cost of gauging a shaft")
    insert_cost: float = quantity(9.5, "USD", range=(0.0, 100.0), step=0.5, label="Cost of an insert")
    scrap_cost: float = quantity(8.17, "USD", range=(0.0, 100.0), step=0.01, label="Cost of a scrapped shaft")
    escape_cost: float = quantity(
        140.0,
        "USD",
        range=(0.0, 1000.0),
        step=5.0,
        label="Cost of a bad shaft that goes on",
        help="Found at assembly, at test, or by a customer.",
    )


def shafts_of(inputs: LatheInputs) -> int:
    """Shafts in the run."""
    return SHAFTS[inputs.run]


def sample_size(inputs: LatheInputs) -> int:
    """Shafts that a sample takes: an I-MR chart always takes one."""
    return 1 if inputs.chart == "i_mr" else inputs.subgroup


def policy_of(inputs: LatheInputs) -> dict[str, float]:
    """The player's decisions by the names of ``kernel.POLICY``."""
    return {
        "size": sample_size(inputs),
        "interval": max(inputs.interval, sample_size(inputs)),
        "chart": CHARTS[inputs.chart],
        "rules": RULES[inputs.rules],
        "width": inputs.width,
        "reaction": REACTIONS[inputs.reaction],
        "insert_every": inputs.insert_every,
        "compensate": float(inputs.wear_plan == "compensate"),
    }


def plant_of(inputs: LatheInputs) -> dict[str, float]:
    """The shop by the names of ``kernel.PLANT``: millimeters become micrometers, percent becomes a share."""
    return SHOP | {
        "sigma": 1000.0 * inputs.sigma,
        "wear": 1000.0 * inputs.wear_per_part,
        "chip_chance": inputs.chip_chance / 100.0,
        "chip_shift": 1000.0 * inputs.chip_shift,
        "coolant_chance": inputs.coolant_chance / 100.0,
        "coolant_shift": 1000.0 * inputs.coolant_shift,
        "change_time": inputs.insert_change_time,
        "stop_cost": inputs.stop_cost,
        "check_cost": inputs.check_cost,
        "insert_cost": inputs.insert_cost,
        "scrap_cost": inputs.scrap_cost,
        "escape_cost": inputs.escape_cost,
    }
