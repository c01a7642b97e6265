"""Challenges: a goal under constraints, graded on runs that she has not seen, so that luck does not pass."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, time
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from techamp.campus.learning import ledger, plant
from techamp.campus.learning.models import Attempt
from techamp.campus.people.models import LedgerKey
from techamp.campus.play.bench import mean_interval
from techamp.campus.program import schema
from techamp.campus.program.curriculum import curriculum, read_as
from techamp.campus.ui.numbers import plain_number
from techamp.contract import Inputs, Outcome, registry

EXTEND = 4  # a result too close to call is run on up to this many times the seeds


@dataclass(frozen=True)
class Verdict:
    """How one target came out."""

    measure: str
    label: str
    unit: str
    wanted: str
    mean: float
    low: float
    high: float
    met: bool
    says: str


def load(activity: schema.Play, name: str) -> schema.Challenge:
    """A challenge of an activity; CurriculumError names file and fault."""
    return read_as(schema.Challenge, activity.folder / f"{name}.yaml")


def unseen_seeds(attempt: Attempt, count: int) -> list[int]:
    """Seeds that nobody can know before handing in: from the server's secret and the attempt's id."""
    secret = settings.SECRET_KEY.encode()
    return [_seed(secret, f"challenge:{attempt.pk}:{i}".encode()) for i in range(count)]


def _seed(secret: bytes, message: bytes) -> int:
    return int.from_bytes(hmac.new(secret, message, hashlib.sha256).digest()[:6], "big")


def grade(challenge: schema.Challenge, inputs: Inputs, seeds: list[int]) -> list[Verdict]:
    """Each target judged on the mean over the seeds: met when the whole interval lies on the right side."""
    simulation = registry.simulation(challenge.simulation)
    values = simulation.measures(inputs, seeds)
    shown = simulation.run(inputs, seeds[0])
    return [_judge(target, values[target.measure], shown) for target in challenge.targets]


def _judge(target: schema.Target, values: list[float], shown: Outcome) -> Verdict:
    measure = shown.measure(target.measure)
    mean, low, high = mean_interval(values)
    digits = measure.decimals + (1 if measure.decimals < 2 else 0)
    if target.at_most is not None:
        met, off, limit = high <= target.at_most, mean - target.at_most, target.at_most
        wanted = _("at most %(limit)s %(unit)s")
    else:
        limit = float(target.at_least or 0.0)
        met, off = low >= limit, limit - mean
        wanted = _("at least %(limit)s %(unit)s")
    wanted = (wanted % {"limit": f"{limit:g}", "unit": measure.unit}).strip()
    names = {
        "label": measure.label,
        "off": f"{plain_number(abs(off), digits)} {measure.unit}".strip(),
        "n": len(values),
    }
    if met:
        says = _("%(label)s: met, with %(off)s to spare on the mean of %(n)d runs.") % names
    elif off <= 0:
        says = (
            _("%(label)s: too close to call. The mean is on the right side by %(off)s, but its interval is not.")
            % names
        )
    else:
        says = _("%(label)s: missed by %(off)s on the mean of %(n)d runs.") % names
    return Verdict(target.measure, measure.label, measure.unit, wanted, mean, low, high, met, says)


def tries_today(key: LedgerKey, place: str, name: str) -> int:
    """How often she handed in since midnight: tries come back each day."""
    midnight = timezone.make_aware(datetime.combine(timezone.localdate(), time.min))
    return Attempt.objects.filter(key=key, place=place, item=name, kind="challenge", finished__gte=midnight).count()


def hand_in(key: LedgerKey, activity: schema.Play, name: str, asked: Mapping[str, str], token: str) -> Attempt:
    """Grade what she hands in, on unseen seeds, and write the ledger. The same form sent twice is one attempt."""
    challenge = load(activity, name)
    start, _came = plant.resolve(challenge.inputs, key)
    model = type(registry.simulation(challenge.simulation)).Inputs
    inputs = model.read({**start, **{n: asked[n] for n in challenge.free if n in asked}})
    with transaction.atomic():
        known = Attempt.objects.select_for_update().filter(key=key, place=activity.place, item=name, state__token=token)
        if token and (again := known.first()):
            return again
        attempt = Attempt.objects.create(
            key=key, kind="challenge", place=activity.place, item=name, state={"token": token},
            realized=challenge.model_dump(mode="json"), content=curriculum().hash,
            engine=f"{challenge.simulation} {registry.simulation(challenge.simulation).version}",
        )  # fmt: skip
    verdicts, seeds = _until_clear(challenge, inputs, attempt)
    return _finish(key, activity, challenge, attempt, inputs, verdicts, seeds)


def _until_clear(challenge: schema.Challenge, inputs: Inputs, attempt: Attempt) -> tuple[list[Verdict], list[int]]:
    """30 runs; while a mean is on the right side but its interval is not, twice as many, up to four times."""
    count = challenge.seeds
    while True:
        seeds = unseen_seeds(attempt, count)
        verdicts = grade(challenge, inputs, seeds)
        close = [v for v, t in zip(verdicts, challenge.targets, strict=True) if not v.met and _right_side(v, t)]
        clear_miss = any(not v.met and not _right_side(v, t) for v, t in zip(verdicts, challenge.targets, strict=True))
        if clear_miss or not close or count >= EXTEND * challenge.seeds:
            return verdicts, seeds
        count *= 2


def _right_side(verdict: Verdict, target: schema.Target) -> bool:
    if target.at_most is not None:
        return verdict.mean <= target.at_most
    return verdict.mean >= float(target.at_least or 0.0)


@transaction.atomic
def _finish(
    key: LedgerKey, activity: schema.Play, challenge: schema.Challenge, attempt: Attempt, inputs: Inputs,
    verdicts: list[Verdict], seeds: list[int],
) -> Attempt:  # fmt: skip
    passed = all(v.met for v in verdicts)
    values = inputs.model_dump(mode="json")
    attempt.state = {**attempt.state, "inputs": values, "verdicts": [asdict(v) for v in verdicts], "seeds": seeds}
    attempt.result, attempt.finished = ("passed" if passed else "failed"), timezone.now()
    attempt.save(update_fields=["state", "result", "finished", "touched"])
    if passed:
        ledger.append(key, "challenge", [challenge.skill], place=activity.place, item=challenge.id, attempt=attempt)
        if challenge.writes:
            plant.write(key, challenge.writes.path, values[challenge.writes.input], attempt)
    return attempt


def shown_inputs(challenge: schema.Challenge) -> dict[str, Any]:
    """The fixed inputs that are not hidden."""
    return {name: value for name, value in challenge.inputs.items() if name not in challenge.hidden}
