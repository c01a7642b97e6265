"""A challenge is graded on runs that nobody has seen, once each time it is handed in, whatever happens meanwhile."""

from __future__ import annotations

import html
import math
import re
import zipfile
from datetime import timedelta
from functools import partial
from statistics import mean, stdev
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests.campus.play.test_steps import LATER, LATER_URL, PLACE, URL, commit, query_of
from tests.campus.school import activity, browser, key_of, learner, text

from techamp.campus.learning.models import Attempt, Evidence, PlantValue
from techamp.campus.learning.progress import progress_of
from techamp.campus.people.export import export
from techamp.campus.people.models import Person
from techamp.campus.play import challenges
from techamp.campus.play.bench import bench_of, mean_interval
from techamp.campus.play.check import check_challenge
from techamp.campus.program import schema
from techamp.campus.program.curriculum import curriculum
from techamp.contract import Measure, Outcome, registry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("school")]

STILL, HIDDEN = "challenge-still", "challenge-hidden"


@pytest.fixture
def ana() -> Person:
    return learner()


@pytest.fixture
def page(ana: Person) -> Client:
    client = browser(ana)
    commit(client)
    return client


def hand_in(client: Client, name: str = STILL, token: str = "", **inputs: str) -> str:
    """Hand in by the form; the page that follows."""
    token = token or f"t{Attempt.objects.count()}"
    response = client.post(URL, {"do": "challenge", "which": name, "token": token, "rule": "leave", **inputs})
    assert response.status_code == 302, response.content
    return text(client.get(response["Location"]))


def graded() -> list[Attempt]:
    return list(Attempt.objects.filter(kind="challenge").order_by("started"))


def with_targets(**limits: Any) -> schema.Challenge:
    """The first challenge with another target."""
    known = challenges.load(activity(PLACE), STILL)
    return known.model_copy(update={"targets": [schema.Target(measure="spread", **limits)]})


def inputs_of(challenge: schema.Challenge, **changes: Any) -> Any:
    return type(registry.simulation(challenge.simulation)).Inputs.read({**challenge.inputs, **changes})


def test_a_pass_is_evidence_a_number_of_her_plant_and_a_verdict_in_words(page: Client, ana: Person) -> None:
    body = hand_in(page, share="0.45")
    (attempt,) = graded()
    assert attempt.result == "passed"
    assert "Typical distance from the target: met, with " in body
    assert "You know when to leave it." in body
    (line,) = Evidence.objects.all()
    assert (line.kind, line.skill, line.level, line.item) == ("challenge", "shop.adjust", "mastered", STILL)
    assert line.attempt == attempt
    (own,) = PlantValue.objects.all()
    assert (own.path, own.value, own.attempt) == ("table.share", 0.45, attempt)
    assert attempt.engine.startswith("process_control.funnel ")
    assert attempt.content == curriculum().hash


def test_a_later_activity_starts_from_what_she_passed_with_and_says_so(page: Client) -> None:
    commit(page, LATER_URL, guess="0")
    before = text(page.get(LATER_URL, {"seed": "1"}))
    assert query_of(before)["share"] == "0.30"
    assert "you set it in" not in before
    hand_in(page, share="0.45")
    after = text(page.get(LATER_URL, {"seed": "1"}))
    assert query_of(after)["share"] == "0.45"
    assert "Share of the error to take back starts at 0.45: you set it in “Stay near the target”." in after
    assert "you set it in" not in text(browser(_other(LATER_URL)).get(LATER_URL, {"seed": "1"}))


def _other(url: str) -> Person:
    bo = learner("Bo")
    commit(browser(bo), url, guess="0")
    return bo


def test_a_miss_says_which_target_by_how_much_and_is_no_evidence(page: Client) -> None:
    body = hand_in(page, rule="move_back")
    (attempt,) = graded()
    assert attempt.result == "failed"
    off = mean_of(attempt) - 16
    assert f"missed by {off:.2f} mm on the mean of 30 runs." in body
    assert not Evidence.objects.exists()
    assert not PlantValue.objects.exists()


def mean_of(attempt: Attempt) -> float:
    """The mean by hand, run by run."""
    simulation = registry.simulation(attempt.realized["simulation"])
    inputs = type(simulation).Inputs.read(attempt.state["inputs"])
    return mean(float(simulation.run(inputs, seed).measure("spread").value or 0) for seed in attempt.state["seeds"])


def test_the_interval_is_students_t_as_computed_by_hand() -> None:
    values = [12.1, 13.4, 11.9, 12.8, 12.2]
    half = 2.7764451 * stdev(values) / math.sqrt(5)  # t of 4 degrees of freedom at 97.5 %, from a printed table
    assert mean_interval(values) == pytest.approx((mean(values), mean(values) - half, mean(values) + half), rel=1e-7)


def test_thirty_runs_on_the_page_are_the_mean_and_interval_of_thirty_runs(page: Client) -> None:
    body = text(page.get(URL, {"step": "run", "rule": "leave", "drops": "20", "seed": "5", "many": "1"}))
    simulation = registry.simulation(activity(PLACE).simulation)
    inputs = type(simulation).Inputs.read({"rule": "leave", "drops": 20})
    values = [float(simulation.run(inputs, 5 + i).measure("spread").value or 0) for i in range(30)]
    half = 2.0452296 * stdev(values) / math.sqrt(30)
    assert f"30 runs: {mean(values):.1f}" in body
    assert f"{mean(values) - half:.1f}" in body
    assert f"{mean(values) + half:.1f}" in body


def test_it_is_graded_on_thirty_seeds_of_its_own_that_she_can_look_at_afterwards(page: Client) -> None:
    body = hand_in(page, rule="share", share="0.15")
    (attempt,) = graded()
    seeds = attempt.state["seeds"]
    assert len(set(seeds)) == 30
    addresses = [html.unescape(a) for a in re.findall(r'href="(\?step=challenge[^"]*seed=\d+)"', body)]
    assert len(addresses) == 30
    shown = query_of(text(page.get(URL + addresses[7])))
    assert shown == {"rule": "share", "share": "0.15", "seed": str(seeds[7])}


def test_the_seeds_follow_from_the_secret_and_the_attempt(page: Client, settings: Any) -> None:
    hand_in(page)
    hand_in(page)
    first, second = graded()
    assert not set(first.state["seeds"]) & set(second.state["seeds"])
    assert challenges.unseen_seeds(first, 30) == first.state["seeds"]
    settings.SECRET_KEY = "another secret"
    assert not set(challenges.unseen_seeds(first, 30)) & set(first.state["seeds"])
    assert all(bench_of(first.realized["simulation"], {}, [], {"seed": str(s)}).seed == s for s in first.state["seeds"])


def test_a_mean_on_the_right_side_whose_interval_is_not_is_run_on(page: Client, ana: Person) -> None:
    challenge = with_targets(at_most=14.2)
    attempt = Attempt.objects.create(key=key_of(ana), kind="challenge", realized={})
    seeds_of = partial(challenges.unseen_seeds, attempt)
    seeds = seeds_of(120)
    ahead = challenges.grade(challenge, inputs_of(challenge, rule="leave"), seeds[:30])[0]
    assert ahead.mean is not None
    limit = ahead.mean + 0.01
    close = with_targets(at_most=limit)
    verdicts, used = challenges.until_clear(close, inputs_of(close, rule="leave"), seeds_of)
    assert len(used) > 30
    assert used == seeds[: len(used)]
    last = verdicts[0]
    assert last.mean is not None
    assert last.met or last.mean > limit or len(used) == 120
    far, few = challenges.until_clear(with_targets(at_most=5), inputs_of(close, rule="leave"), seeds_of)
    assert (len(few), far[0].met) == (30, False)


def test_what_is_too_close_to_call_is_said_and_not_passed(ana: Person) -> None:
    target = schema.Target(measure="spread", at_most=10.0)
    values = [9.0, 10.9] * 60
    verdict = challenges._judge(target, values, 120, _outcome())
    assert not verdict.met
    assert verdict.says == (
        "Spread: too close to call. The mean is on the right side by 0.05 mm, but its interval is not."
    )


def _outcome() -> Outcome:
    return Outcome(measures=(Measure(name="spread", label="Spread", unit="mm", value=1.0, decimals=1),))


@pytest.mark.parametrize(
    ("limits", "value", "met", "says"),
    [
        ({"at_most": 10}, 9.5, True, "Spread: met, with 0.50 mm to spare on the mean of 30 runs."),
        ({"at_most": 10}, 10.0, True, "Spread: met, with 0.00 mm to spare on the mean of 30 runs."),
        ({"at_least": 10}, 9.996, False, "Spread: missed by 0.004 mm on the mean of 30 runs."),
        ({"at_least": 0}, -3, False, "Spread: missed by 3.00 mm on the mean of 30 runs."),
        ({"at_least": -5}, -3, True, "Spread: met, with 2.00 mm to spare on the mean of 30 runs."),
    ],
)
def test_a_verdict_has_the_decimals_that_tell_the_mean_from_the_limit(
    limits: dict[str, float], value: float, met: bool, says: str
) -> None:
    verdict = challenges._judge(schema.Target(measure="spread", **limits), [value] * 30, 30, _outcome())
    assert (verdict.met, verdict.says) == (met, says)


def test_a_limit_is_written_out() -> None:
    verdict = challenges._judge(schema.Target(measure="spread", at_most=1234567.5), [1.0] * 30, 30, _outcome())
    assert verdict.wanted == "at most 1\u202f234\u202f567.5 mm"


@pytest.mark.parametrize("values", [[], [1.0], [1.0] * 29, [1.0] * 29 + [math.nan]])
def test_a_measure_that_some_runs_do_not_give_is_not_met(values: list[float]) -> None:
    verdict = challenges._judge(schema.Target(measure="spread", at_most=10), values, 30, _outcome())
    assert not verdict.met
    assert "of 30 runs gave no number for it" in verdict.says


def test_the_same_form_twice_is_one_attempt(page: Client) -> None:
    for _tap in range(3):
        hand_in(page, token="one")
    assert len(graded()) == 1
    assert Evidence.objects.count() == 1


def _crashed(client: Client, token: str, monkeypatch: pytest.MonkeyPatch, **inputs: str) -> None:
    def die(*_args: Any) -> None:
        raise SystemExit(1)

    with monkeypatch.context() as patch:
        patch.setattr(challenges, "grade", die)
        with pytest.raises(SystemExit):
            client.post(URL, {"do": "challenge", "which": STILL, "token": token, "rule": "leave", **inputs})


def test_what_a_crash_left_ungraded_is_graded_when_it_is_sent_again(
    page: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    _crashed(page, "one", monkeypatch, share="0.25")
    assert [a.finished for a in graded()] == [None]
    hand_in(page, token="one", share="0.95")
    (attempt,) = graded()
    assert attempt.result == "passed"
    assert attempt.state["inputs"]["share"] == 0.25, "what was handed in counts, and not what came later"
    assert attempt.state["seeds"] == challenges.unseen_seeds(attempt, 30)


def test_what_a_crash_left_ungraded_is_graded_when_she_comes_back(
    page: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    _crashed(page, "one", monkeypatch)
    assert "Passed" in text(page.get(URL, {"step": "challenge", "which": STILL}))
    assert [a.result for a in graded()] == ["passed"]


def test_two_requests_that_grade_the_same_attempt_write_once(
    page: Client, ana: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, inner = challenges.grade, list[Attempt | None]()

    def slowly(*args: Any) -> Any:
        """While the first one grades, the same form arrives again and is graded to its end."""
        if not inner:
            inner.append(None)
            inner[0] = challenges.hand_in(key_of(ana), activity(PLACE), STILL, {"rule": "leave"}, "one")
        return real(*args)

    monkeypatch.setattr(challenges, "grade", slowly)
    outer = challenges.hand_in(key_of(ana), activity(PLACE), STILL, {"rule": "leave"}, "one")
    assert outer == inner[0]
    assert len(graded()) == 1
    assert Evidence.objects.count() == 1


def test_tries_come_back_at_midnight(page: Client, ana: Person) -> None:
    for _try in range(3):
        hand_in(page, rule="move_back")
    body = hand_in(page, rule="leave")
    assert len(graded()) == 3
    assert "No tries left today." in body
    assert "disabled>Hand in" in body
    Attempt.objects.filter(kind="challenge").update(started=timezone.now() - timedelta(days=1, minutes=1))
    assert "3 tries left today" in text(page.get(URL, {"step": "challenge", "which": STILL}))
    hand_in(page, rule="leave")
    assert graded()[-1].result == "passed"


def test_no_try_is_won_by_handing_in_while_another_is_graded(
    page: Client, ana: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    for token in ("a", "b", "c"):
        _crashed(page, token, monkeypatch)
    assert challenges.hand_in(key_of(ana), activity(PLACE), STILL, {"rule": "leave"}, "d") is None


def test_the_form_cannot_change_what_is_fixed_or_hidden(page: Client) -> None:
    hand_in(page, HIDDEN, drift="0", spread="1", drops="10", tolerance="100", wander="3")
    (attempt,) = graded()
    asked = {n: attempt.state["inputs"][n] for n in ("drift", "spread", "drops", "tolerance", "wander", "rule")}
    assert asked == {"drift": 1.2345, "spread": 10, "drops": 60, "tolerance": 37, "wander": 0, "rule": "leave"}


def test_what_is_hidden_is_no_input_in_the_page_not_even_in_the_trace(page: Client) -> None:
    hand_in(page, HIDDEN, rule="share", share="0.4")
    for asked in ({}, {"was": "rule=leave&share=0.30&seed=3"}):
        body = text(page.get(URL, {"step": "challenge", "which": HIDDEN, **asked}))
        assert "Scatter of one drop" in body
        assert "Steady drift" not in body
        assert "Radius of the circle" not in body
        assert "1.2345" not in body
        assert '"tolerance"' not in body


def test_what_the_scene_shows_cannot_be_hidden() -> None:
    problems = check_challenge(activity(PLACE), HIDDEN, curriculum())
    assert [p.what for p in problems] == ["The scene of process_control.funnel shows 'tolerance'."]


def test_a_bad_input_is_refused_with_what_was_typed_and_costs_no_try(page: Client) -> None:
    form = {"do": "challenge", "which": HIDDEN, "token": "x", "rule": "share", "share": "7"}
    body = text(page.post(URL, form), 422)
    assert "Share of the error to take back: must be a number from 0.05 to 1" in body
    assert "Something moves" in body
    assert query_of(body)["rule"] == "share"
    assert not graded()


def test_the_authors_answer_is_on_no_page_in_no_record_and_in_no_export(
    page: Client, ana: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The answer is a word that stands nowhere else; then whatever holds it shows it."""
    kept, real = "kept-from-learners", challenges.load
    monkeypatch.setattr(
        challenges, "load", lambda *asked: real(*asked).model_copy(update={"answer": {"rule": kept, "share": kept}})
    )
    assert challenges.load(activity(PLACE), STILL).answer["rule"] == kept
    assert kept not in repr(challenges.load(activity(PLACE), STILL))
    pages = [hand_in(page, name, rule="move_back") for name in (STILL, HIDDEN)]
    pages += [text(page.get(URL, {"step": step})) for step in ("predict", "run", "challenge")]
    assert [attempt.finished is not None for attempt in graded()] == [True, True], "passed or not is a matter of luck"
    assert all("answer" not in attempt.realized for attempt in graded())
    with zipfile.ZipFile(export(ana, timezone.now())) as archive:
        pages += [archive.read(name).decode(errors="replace") for name in archive.namelist()]
    assert any("Stay near the target" in body for body in pages)
    assert not any(kept in body for body in pages)


def test_a_challenge_that_is_not_of_the_activity_is_not_there(page: Client) -> None:
    assert page.post(URL, {"do": "challenge", "which": "../secret", "token": "x"}).status_code == 404
    body = text(page.get(URL, {"step": "challenge", "which": "../secret"}))
    assert "Stay near the target" in body


def test_the_text_of_a_challenge_is_markdown(page: Client) -> None:
    body = text(page.get(URL, {"step": "challenge"}))
    assert "<p>The scatter is\n10 mm. Find a rule that stays <strong>near</strong> the target.</p>" in body


def test_the_activity_is_done_when_all_its_challenges_are_passed(page: Client, ana: Person) -> None:
    key = key_of(ana)
    hand_in(page)
    assert not progress_of(key).is_done(activity(PLACE))
    hand_in(page, HIDDEN, rule="share", share="0.3")
    assert graded()[-1].result == "passed"
    assert progress_of(key).is_done(activity(PLACE))
    assert not progress_of(key).is_begun(activity(LATER))
    assert text(page.get(URL)).count('class="done"') >= 1
