"""What the inspector decides, and what the supplier and the plant are like."""

from __future__ import annotations

from techamp.contract import Inputs, choice, quantity
from techamp.subjects.process_control.simulations.lot_inspector.receiving import Policy, Prices, Supplier, policy_of

AQLS = {"0.25": "0.25 %", "0.4": "0.40 %", "0.65": "0.65 %", "1": "1.0 %", "1.5": "1.5 %", "2.5": "2.5 %", "4": "4.0 %"}


class LotInputs(Inputs):
    """Receiving inspection, the supplier, and the prices."""

    plan: str = choice(
        "standard",
        {
            "none": "Let every lot through",
            "standard": "A plan of the standard (MIL-STD-105E)",
            "own": "My own sample and number",
            "all": "Inspect every motor",
        },
        label="What you do with a lot",
    )
    aql: str = choice(
        "1", AQLS, label="AQL", help="Share bad that the plan is meant to let through nearly always. For the standard."
    )
    level: str = choice(
        "II",
        {"S-4": "S-4: small samples", "I": "I: smaller", "II": "II: usual", "III": "III: larger"},
        label="Inspection level",
        help="How large the sample is for this size of lot. For the standard.",
    )
    sampling: str = choice(
        "single",
        {"single": "One sample", "double": "Two samples at most", "multiple": "Seven small samples at most"},
        label="Samples",
        help="A second sample is taken only if the first leaves doubt. For the standard.",
    )
    switching: str = choice(
        "on",
        {"on": "On: normal, tightened, reduced", "off": "Off: always normal"},
        label="Switching rules",
        help="The standard counts on them. For the standard.",
    )
    n: int = quantity(
        50, "motors", range=(1, 250), label="My sample", help="For your own plan. At most the whole lot is taken."
    )
    accept: int = quantity(
        1,
        "motors",
        range=(0, 20),
        label="Accept with bad motors up to",
        help="For your own plan. One more, and the lot is rejected.",
    )
    rejected: str = choice(
        "sort",
        {"sort": "Inspect all of it here", "give_back": "Send it back"},
        label="A rejected lot",
        help="Bad motors that are found are replaced by the supplier. A lot sent back comes again, sorted.",
    )
    lots: int = quantity(60, "lots", range=(20, 200), step=10, label="Lots", help="60 lots are about three months.")
    lot_size: int = quantity(250, "motors", range=(50, 500), step=10, label="Motors in a lot")
    good_share: float = quantity(
        0.3, "%", range=(0.0, 5.0), step=0.1, label="Bad motors in good times", help="The supplier's share on average."
    )
    bad_share: float = quantity(4.0, "%", range=(0.0, 20.0), step=0.5, label="Bad motors in bad times")
    bad_begins: float = quantity(
        3.0, "%", range=(0.0, 50.0), step=0.5, label="Chance that a bad time begins", help="With each lot."
    )
    bad_lasts: float = quantity(8.0, "lots", range=(1.0, 50.0), step=1.0, label="A bad time lasts", help="On average.")
    inspect_cost: float = quantity(
        0.81, "USD", range=(0.0, 20.0), step=0.01, label="Cost of inspecting a motor", help="1.5 minutes on the stand."
    )
    escape_cost: float = quantity(
        86.5,
        "USD",
        range=(0.0, 1000.0),
        step=0.5,
        label="Cost of a bad motor on the line",
        help="Found at the end-of-line test, or by a customer.",
    )
    reject_cost: float = quantity(
        45.0, "USD", range=(0.0, 1000.0), step=5.0, label="Cost of rejecting a lot", help="Paperwork, moving, calls."
    )


def supplier(inputs: LotInputs) -> Supplier:
    """Percent become shares."""
    return Supplier(inputs.good_share / 100, inputs.bad_share / 100, inputs.bad_begins / 100, inputs.bad_lasts)


def prices(inputs: LotInputs) -> Prices:
    return Prices(inputs.inspect_cost, inputs.escape_cost, inputs.reject_cost)


def policy(inputs: LotInputs) -> Policy:
    """What the inspector does, as plans."""
    return policy_of(
        inputs.plan,
        inputs.lot_size,
        aql=float(inputs.aql),
        level=inputs.level,
        sampling=inputs.sampling,
        switching=inputs.plan == "standard" and inputs.switching == "on",
        n=min(inputs.n, inputs.lot_size),
        accept=inputs.accept,
        give_back=inputs.rejected == "give_back",
    )
