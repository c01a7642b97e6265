"""Challenges: a goal under constraints, graded on runs that she has not seen, so that luck does not pass."""

from __future__ import annotations

import hashlib
import hmac
import math
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, time
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from techamp.campus.learning import ledger, plant
from techamp.campus.learning.models import Attempt
from techamp.campus.people.models import LedgerKey
from techamp.campus.play.actions import engine_of
from techamp.campus.play.bench import mean_interval, possible
from techamp.campus.program import schema
from techamp.campus.program.curriculum import curriculum, read_as
from techamp.campus.ui.numbers import decimals_of, exact_number, plain_number
from techamp.contract import Inputs, Outcome, registry

EXTEND = 4  # a result too close to call is run on up to this many times the seeds


@dataclass(frozen=True)
class Verdict:
    """How one target came out."""

    measure: str
    label: str
    unit: str
    wanted: str
    mean: float | None  # None where a run gave no number
    low: float | None
    high: float | None
    met: bool
    says: str
    digits: int = 2


def load(activity: schema.Play, name: str) -> schema.Challenge:
    """A challenge of an activity; CurriculumError names file and fault."""
    return read_as(schema.Challenge, activity.folder / f"{name}.yaml")


def passed_of(key: LedgerKey, place: str) -> set[str]:
    """Names of the challenges that she passed at a place."""
    rows = Attempt.objects.filter(key=key, place=place, kind="challenge", result="passed")
    return set(rows.values_list("item", flat=True))


def unseen_seeds(attempt: Attempt, count: int) -> list[int]:
    """Seeds that nobody can know before handing in: from the server's secret and the attempt's id."""
    return seeds_from(settings.SECRET_KEY.encode(), f"challenge:{attempt.pk}", count)


def seeds_from(secret: bytes, name: str, count: int) -> list[int]:
    """As many seeds for something with a name; the first ones stay the same when more are asked for."""
    return [_seed(secret, f"{name}:{i}".encode()) for i in range(count)]


def _seed(secret: bytes, message: bytes) -> int:
    """Up to twelve digits: what an address and the box for luck take, so that each run can be looked at afterwards."""
    return int.from_bytes(hmac.new(secret, message, hashlib.sha256).digest()[:8], "big") % 10**12


def grade(challenge: schema.Challenge, inputs: Inputs, seeds: list[int]) -> list[Verdict]:
    """Each target judged on the mean over the seeds: met when the whole interval lies on the right side."""
    simulation = registry.simulation(challenge.simulation)
    values = simulation.measures(inputs, seeds)
    shown = simulation.run(inputs, seeds[0])
    return [_judge(target, values.get(target.measure, []), len(seeds), shown) for target in challenge.targets]


def _judge(target: schema.Target, values: list[float], runs: int, shown: Outcome) -> Verdict:
    measure = shown.measure(target.measure)
    is_most = target.at_most is not None
    limit = float(target.at_most if target.at_most is not None else target.at_least or 0.0)
    wanted = _("at most %(limit)s %(unit)s") if is_most else _("at least %(limit)s %(unit)s")
    wanted = (wanted % {"limit": exact_number(limit), "unit": measure.unit}).strip()
    if len(values) < runs or not all(map(math.isfinite, values)):
        says = _("%(label)s: %(n)d of %(all)d runs gave no number for it, so it cannot be met.")
        words = says % {"label": measure.label, "n": runs - sum(map(math.isfinite, values)), "all": runs}
        return Verdict(target.measure, measure.label, measure.unit, wanted, None, None, None, False, words)
    mean, low, high = mean_interval(values)
    met = high <= limit if is_most else low >= limit
    mean, low, high = possible(mean, low, high, values, measure.unit)
    off = mean - limit if is_most else limit - mean
    digits = digits_between(mean, limit, measure.decimals)
    says = _says(met, off) % {
        "label": measure.label,
        "off": f"{plain_number(abs(off), digits)} {measure.unit}".strip(),
        "n": len(values),
    }
    return Verdict(target.measure, measure.label, measure.unit, wanted, mean, low, high, met, says, digits)


def _says(met: bool, off: float) -> str:
    if met:
        return _("%(label)s: met, with %(off)s to spare on the mean of %(n)d runs.")
    if off <= 0:
        return _("%(label)s: too close to call. The mean is on the right side by %(off)s, but its interval is not.")
    return _("%(label)s: missed by %(off)s on the mean of %(n)d runs.")


def digits_between(mean: float, limit: float, decimals: int) -> int:
    """Decimals in which a verdict is told: one more than the measure has, and enough to tell the mean from the limit.

    >>> digits_between(48.3, 58.0, 1), digits_between(1.0103, 1.01, 2), digits_between(5.0, 5.0, 1)
    (2, 4, 2)
    """
    apart = abs(mean - limit)
    needed = -math.floor(math.log10(apart)) if apart > 0 else 0
    return min(9, max(decimals + 1, decimals_of(limit), needed))


def _handed_in(key: LedgerKey, place: str, name: str) -> QuerySet[Attempt]:
    return Attempt.objects.filter(key=key, place=place, item=name, kind="challenge")


def tries_today(key: LedgerKey, place: str, name: str) -> int:
    """How often she handed in since midnight, graded or not yet: tries come back each day."""
    midnight = timezone.make_aware(datetime.combine(timezone.localdate(), time.min))
    return _handed_in(key, place, name).filter(started__gte=midnight).count()


def hand_in(key: LedgerKey, activity: schema.Play, name: str, asked: Mapping[str, str], token: str) -> Attempt | None:
    """Grade what she hands in, on unseen seeds, and write the ledger; None where no try is left today.

    The same form sent twice is one attempt. What was handed in is kept before it is graded, so that a crash in between
    loses nothing: sending it again, or looking at the challenge, grades it.
    """
    challenge = load(activity, name)
    start, _came = plant.resolve(challenge.inputs, key)
    model = type(registry.simulation(challenge.simulation)).Inputs
    inputs = model.read({**start, **{n: asked[n] for n in challenge.free if n in asked}})
    with transaction.atomic():
        ledger.lock(key)
        known = _handed_in(key, activity.place, name).filter(state__token=token).first() if token else None
        if known is None and tries_today(key, activity.place, name) >= challenge.tries:
            return None
        attempt = known or Attempt.objects.create(
            key=key, kind="challenge", place=activity.place, item=name, content=curriculum().hash,
            state={"token": token, "inputs": inputs.model_dump(mode="json")},
            realized=challenge.model_dump(mode="json"), engine=engine_of(challenge.simulation),
        )  # fmt: skip
    return attempt if attempt.finished else _grade(key, activity, attempt)


def grade_interrupted(key: LedgerKey, activity: schema.Play, name: str) -> None:
    """Grade what she handed in and what a crash left ungraded."""
    for attempt in _handed_in(key, activity.place, name).filter(finished=None):
        _grade(key, activity, attempt)


def _grade(key: LedgerKey, activity: schema.Play, attempt: Attempt) -> Attempt:
    challenge = schema.Challenge.model_validate(attempt.realized)
    inputs = type(registry.simulation(challenge.simulation)).Inputs.read(attempt.state["inputs"])
    verdicts, seeds = until_clear(challenge, inputs, partial(unseen_seeds, attempt))
    return _finish(key, activity, challenge, attempt, inputs, verdicts, seeds)


def until_clear(
    challenge: schema.Challenge, inputs: Inputs, seeds_of: Callable[[int], list[int]]
) -> tuple[list[Verdict], list[int]]:
    """(verdicts, the seeds that they rest on): 30 runs; while a mean is on the right side but its interval is not,
    twice as many, up to four times. ``seeds_of`` gives that many seeds."""
    count = challenge.seeds
    while True:
        seeds = seeds_of(count)
        verdicts = grade(challenge, inputs, seeds)
        open_ = [_right_side(v, t) for v, t in zip(verdicts, challenge.targets, strict=True) if not v.met]
        if not open_ or not all(open_) or count >= EXTEND * challenge.seeds:
            return verdicts, seeds
        count *= 2


def _right_side(verdict: Verdict, target: schema.Target) -> bool:
    if verdict.mean is None:
        return False
    if target.at_most is not None:
        return verdict.mean <= target.at_most
    return verdict.mean >= float(target.at_least or 0.0)


@transaction.atomic
def _finish(
    key: LedgerKey, activity: schema.Play, challenge: schema.Challenge, attempt: Attempt, inputs: Inputs,
    verdicts: list[Verdict], seeds: list[int],
) -> Attempt:  # fmt: skip
    """Write what came out, once: of two requests that graded the same attempt the second finds it finished."""
    ledger.lock(key)
    attempt.refresh_from_db()
    if attempt.finished:
        return attempt
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
