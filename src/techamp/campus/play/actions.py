"""What a learner does at a simulation, written down: predictions, runs, explanations."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from techamp.campus.learning import ledger
from techamp.campus.learning.models import Attempt
from techamp.campus.people.models import LedgerKey
from techamp.campus.program import schema
from techamp.campus.program.curriculum import curriculum
from techamp.contract import InvalidInput

KEPT_RUNS = 30
SURE = ("low", "medium", "high")


def prediction_of(key: LedgerKey, place: str) -> Attempt | None:
    """The prediction that she committed to, if any."""
    return Attempt.objects.filter(key=key, place=place, kind="prediction").order_by("started").first()


@transaction.atomic
def predict(key: LedgerKey, activity: schema.Play, asked: dict[str, str]) -> Attempt:
    """Commit to a number, a choice, or points of a curve, and how sure. The first one stands."""
    if known := prediction_of(key, activity.place):
        return known
    assert activity.predict is not None
    state = {"guess": _guess(activity.predict, asked), "sure": asked.get("sure") if asked.get("sure") in SURE else ""}
    return Attempt.objects.create(
        key=key, kind="prediction", place=activity.place, realized=activity.predict.model_dump(mode="json"),
        state=state, content=curriculum().hash, finished=timezone.now(), result="done",
    )  # fmt: skip


def _guess(ask: schema.Predict, asked: dict[str, str]) -> Any:
    if ask.kind == "choice":
        picked = asked.get("guess", "")
        if not picked.isdigit() or int(picked) >= len(ask.options):
            raise InvalidInput(
                "Prediction", "must be one of the choices", picked, "Choose one; a wrong guess costs nothing."
            )
        return int(picked)
    if ask.kind == "number":
        return _number("Prediction", asked.get("guess", ""))
    return {"x": ask.x, "y": [_number(f"At {x:g}", asked.get(f"guess-{i}", "")) for i, x in enumerate(ask.x)]}


def _number(label: str, text: str) -> float:
    plain = text.strip().replace("−", "-").replace(",", ".")
    try:
        value = float(plain)
    except ValueError:
        value = float("nan")
    if not abs(value) < 1e12:
        raise InvalidInput(
            label, "must be a number", text, "Type a number such as 12 or 0.5; a wrong guess costs nothing."
        )
    return value


@transaction.atomic
def keep_run(key: LedgerKey, activity: schema.Play, query: str) -> Attempt:
    """Remember a run by its address: the last ones are there on another device too."""
    attempt, _made = Attempt.objects.get_or_create(
        key=key, kind="simulation", place=activity.place, finished=None, defaults={"content": curriculum().hash}
    )
    runs = attempt.state.get("runs", [])
    if not runs or runs[-1] != query:
        attempt.state = {
            **attempt.state,
            "runs": [*runs, query][-KEPT_RUNS:],
            "count": attempt.state.get("count", 0) + 1,
        }
        attempt.save(update_fields=["state", "touched"])
    return attempt


def explanation_of(key: LedgerKey, place: str) -> Attempt | None:
    """Her newest explanation."""
    return Attempt.objects.filter(key=key, place=place, kind="explanation").order_by("-started").first()


@transaction.atomic
def explain(key: LedgerKey, activity: schema.Play, picked: str, text: str) -> Attempt:
    """Choose why, and write if she likes; what she writes goes to her instructor and is graded by no machine."""
    assert activity.explain is not None
    options = activity.explain.options
    if not picked.isdigit() or int(picked) >= len(options):
        raise InvalidInput("Reason", "must be one of the choices", picked, "Choose the reason that fits best.")
    right = options[int(picked)].right
    attempt = Attempt.objects.create(
        key=key, kind="explanation", place=activity.place, realized=activity.explain.model_dump(mode="json"),
        state={"choice": int(picked), "text": text.strip()[:4000]}, result="right" if right else "wrong",
        content=curriculum().hash, finished=timezone.now(),
    )  # fmt: skip
    if right:
        ledger.append(key, "simulation", activity.skills, place=activity.place, attempt=attempt)
    return attempt
