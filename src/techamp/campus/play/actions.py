"""What a learner does at a simulation, written down: predictions, runs, explanations."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from techamp.campus.learning import ledger
from techamp.campus.learning.models import Attempt
from techamp.campus.people.models import LedgerKey
from techamp.campus.prepared import Prepared
from techamp.campus.program import schema
from techamp.campus.program.curriculum import curriculum
from techamp.campus.ui.numbers import typed_number, typed_whole
from techamp.contract import Fault, InvalidInput, registry

KEPT_RUNS = 30
SURE = ("low", "medium", "high")


def prediction_of(key: LedgerKey, place: str) -> Attempt | None:
    """The prediction that she committed to, if any."""
    return _predictions.first(key.pk, place)


_predictions = Prepared(
    lambda key, place: Attempt.objects.filter(key=key, place=place, kind="prediction").order_by("started")[:1],
    UUID,
    str,
)


@transaction.atomic
def predict(key: LedgerKey, activity: schema.Play, asked: dict[str, str]) -> Attempt:
    """Commit to a number, a choice, or points of a curve, and how sure. The first one stands."""
    ledger.lock(key)
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
        index = _index(picked, len(ask.options))
        if index is None:
            rule, remedy = _("must be one of the choices"), _("Choose one; a wrong prediction costs nothing.")
            raise InvalidInput(_("Your prediction"), rule, picked[:40], remedy)
        return index
    if ask.kind == "number":
        return _numbers({_("Your prediction"): asked.get("guess", "")})[0]
    typed = {_("At %(x)s") % {"x": f"{x:g}"}: asked.get(f"guess-{i}", "") for i, x in enumerate(ask.x)}
    return {"x": ask.x, "y": _numbers(typed)}


def _numbers(typed: dict[str, str]) -> list[float]:
    """Each as a number; InvalidInput with every one that is none."""
    values = {label: typed_number(text) for label, text in typed.items()}
    rule, remedy = _("must be a number"), _("Type a number such as 12 or 0.5; a wrong prediction costs nothing.")
    if faults := [Fault(label, rule, typed[label][:40], remedy) for label, value in values.items() if value is None]:
        raise InvalidInput.many(faults)
    return [value for value in values.values() if value is not None]


def _index(picked: str, count: int) -> int | None:
    index = typed_whole(picked)
    return index if index is not None and index < count else None


def runs_of(key: LedgerKey, place: str) -> Attempt | None:
    """Her runs at an activity, if she ran it."""
    return _open_runs.first(key.pk, place)


_open_runs = Prepared(
    lambda key, place: Attempt.objects.filter(key=key, kind="simulation", place=place, finished=None).order_by(
        "started"
    )[:1],
    UUID,
    str,
)


def engine_of(simulation: str) -> str:
    """Which version of which simulation ran; the version is never cut off."""
    return f"{simulation} {registry.simulation(simulation).version}"[-40:]


@transaction.atomic
def keep_run(key: LedgerKey, activity: schema.Play, query: str, *, compared: bool = False) -> Attempt:
    """Remember a run by its address: the last ones are there on another device too. ``compared``: at that step."""
    ledger.lock(key)
    attempt = runs_of(key, activity.place) or Attempt.objects.create(
        key=key, kind="simulation", place=activity.place, content=curriculum().hash,
        engine=engine_of(activity.simulation),
    )  # fmt: skip
    runs, was = attempt.state.get("runs", []), attempt.state
    if not runs or runs[-1] != query:
        attempt.state = {**was, "runs": [*runs, query][-KEPT_RUNS:], "count": was.get("count", 0) + 1}
    if compared and not was.get("compared"):
        attempt.state = {**attempt.state, "compared": True}
    if attempt.state is not was:
        attempt.save(update_fields=["state", "touched"])
    return attempt


_STEP_OF = {"prediction": "predict", "simulation": "run", "explanation": "explain", "study": "plant"}


def steps_done(key: LedgerKey, place: str) -> set[str]:
    """Steps of a simulation that she did, whichever one is open; an explanation counts when it fits."""
    rows = Attempt.objects.filter(key=key, place=place, kind__in=_STEP_OF).exclude(result="wrong")
    found = list(rows.values_list("kind", "state__compared"))
    compared = {"compare"} if any(seen for _kind, seen in found) else set()
    return {_STEP_OF[kind] for kind, _seen in found} | compared


def explanation_of(key: LedgerKey, place: str) -> Attempt | None:
    """Her newest explanation."""
    return Attempt.objects.filter(key=key, place=place, kind="explanation").order_by("-started").first()


@transaction.atomic
def explain(key: LedgerKey, activity: schema.Play, picked: str, text: str) -> Attempt:
    """Choose why, and write if she likes; what she writes goes to her instructor and is graded by no machine.

    The same again, as by a second tap, is one explanation.
    """
    assert activity.explain is not None
    options = activity.explain.options
    index = _index(picked, len(options))
    if index is None:
        remedy = _("Choose the reason that fits best.")
        raise InvalidInput(_("Reason"), _("must be one of the choices"), picked[:40], remedy)
    ledger.lock(key)
    right, state = options[index].right, {"choice": index, "text": text.strip()[:4000]}
    last, realized = explanation_of(key, activity.place), activity.explain.model_dump(mode="json")
    if last and last.state == state and last.realized == realized:
        return last
    attempt = Attempt.objects.create(
        key=key, kind="explanation", place=activity.place, realized=realized, state=state,
        result="right" if right else "wrong", content=curriculum().hash, finished=timezone.now(),
    )  # fmt: skip
    if right:
        ledger.append(key, "simulation", activity.skills, place=activity.place, attempt=attempt)
    return attempt
