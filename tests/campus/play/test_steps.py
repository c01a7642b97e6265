"""A learner goes through the steps of a simulation: predict, run, compare, explain, your plant."""

from __future__ import annotations

import html
import re
from urllib.parse import parse_qsl, urlencode

import pytest
from django.test import Client
from tests.campus.school import activity, browser, key_of, learner, staff, text

from techamp.campus.data import files
from techamp.campus.data.actions import add_dataset, delete_dataset, record_step
from techamp.campus.learning.models import Attempt, Evidence, PlantValue
from techamp.campus.people.models import Person
from techamp.campus.play import actions
from techamp.contract import registry
from techamp.contract.reading import read_table

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("school")]

PLACE, LATER, DRAWN = "shop/01-funnel/adjust", "shop/02-later/own-table", "shop/02-later/drawn"
URL, LATER_URL, DRAWN_URL = (f"/learn/{place}/" for place in (PLACE, LATER, DRAWN))


@pytest.fixture
def ana() -> Person:
    return learner()


@pytest.fixture
def page(ana: Person) -> Client:
    return browser(ana)


def commit(client: Client, url: str = URL, **guess: str) -> None:
    """Predict."""
    assert client.post(url, {"do": "predict", "guess": "20", "sure": "low", **guess}).status_code == 302


def step_of(body: str) -> str:
    """The step that the page stands at."""
    return re.search(r'href="\?step=(\w+)" aria-current="step"', body)[1]  # type: ignore[index]


def query_of(body: str) -> dict[str, str]:
    """Inputs and luck of the run that the page shows."""
    return dict(parse_qsl(html.unescape(re.search(r'data-query value="([^"]*)"', body)[1])))  # type: ignore[index]


def measure_of(body: str, label: str) -> str:
    """What stands under a measure's label."""
    return re.search(rf'<span class="label">{label}</span><output[^>]*>([^<]*)', body)[1]  # type: ignore[index]


def test_from_prediction_over_run_and_comparison_to_the_right_reason(page: Client, ana: Person) -> None:
    assert step_of(text(page.get(URL))) == "predict"
    commit(page)
    assert step_of(text(page.get(URL))) == "run"
    compared = text(page.get(URL, {"step": "compare"}))
    assert "You predicted" in compared
    assert '<output class="was">20.0</output>' in compared
    page.post(URL, {"do": "explain", "choice": "0", "text": "People turn the offset."})
    body = text(page.get(URL, {"step": "explain"}))
    assert "That fits" in body
    assert "People turn the offset." in body
    (line,) = Evidence.objects.all()
    assert (line.kind, line.skill, line.level, line.place) == ("simulation", "shop.adjust", "met", PLACE)
    assert line.attempt == Attempt.objects.get(kind="explanation")


@pytest.mark.parametrize("step", ["run", "compare", "explain", "challenge", "plant", "", "nonsense"])
def test_before_her_prediction_a_learner_gets_no_other_step(page: Client, step: str) -> None:
    assert step_of(text(page.get(URL, {"step": step}))) == "predict"
    assert not Attempt.objects.filter(kind="simulation").exists()


@pytest.mark.parametrize("do", ["explain", "challenge"])
def test_before_her_prediction_a_form_that_was_made_up_changes_nothing(page: Client, do: str) -> None:
    response = page.post(URL, {"do": do, "choice": "0", "which": "challenge-still", "rule": "leave", "token": "t"})
    assert response.status_code == 302
    assert not Attempt.objects.exists()
    assert not Evidence.objects.exists()


def test_an_instructor_starts_at_run_and_leaves_no_runs_behind() -> None:
    client = browser(staff("Ingrid", "instructor"))
    assert step_of(text(client.get(URL))) == "run"
    assert not Attempt.objects.exists()


def test_who_ran_it_before_there_was_anything_to_predict_starts_at_run(page: Client, ana: Person) -> None:
    actions.keep_run(key_of(ana), activity(PLACE), "rule=leave&share=0.30&drops=30&seed=42")
    assert step_of(text(page.get(URL))) == "run"


def test_the_first_prediction_stands(page: Client) -> None:
    commit(page, guess="20")
    commit(page, guess="99")
    assert Attempt.objects.get(kind="prediction").state == {"guess": 20.0, "sure": "low"}
    assert "You said:" in text(page.get(URL, {"step": "predict"}))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("1,250", 1250.0), ("2,5", 2.5), ("−3", -3.0), (" 7 ", 7.0), ("1 000", 1000.0), ("0,125", 0.125), ("$4.5", 4.5)],
)
def test_numbers_are_read_as_people_type_them(page: Client, typed: str, kept: float) -> None:
    commit(page, guess=typed)
    assert Attempt.objects.get(kind="prediction").state["guess"] == kept


@pytest.mark.parametrize("typed", ["about ten", "", "NaN", "1e999", "²", "1_0", "9" * 6000, "<b>"])
def test_what_is_no_number_is_said_with_field_rule_value_and_remedy_and_kept(page: Client, typed: str) -> None:
    body = text(page.post(URL, {"do": "predict", "guess": typed, "sure": "high"}), 422)
    fault = html.unescape(re.search(r'class="errors".*?<li>(.*?)</li>', body, re.S)[1])  # type: ignore[index]
    assert fault.startswith(f"Your prediction: must be a number{', but got ' if typed else '. '}")
    assert fault.endswith("Type a number such as 12 or 0.5; a wrong prediction costs nothing.")
    assert '<label for="guess">Your prediction' in body
    assert f'name="guess" inputmode="decimal" autocomplete="off" value="{html.escape(typed)}"' in body
    assert 'name="sure" value="high" checked' in body
    assert not Attempt.objects.exists()


@pytest.mark.parametrize("picked", ["", "2", "-1", "²", "x", "9" * 6000])
def test_a_choice_that_is_not_there_is_refused_and_a_choice_that_is_can_be_compared(page: Client, picked: str) -> None:
    body = text(page.post(LATER_URL, {"do": "predict", "guess": picked}), 422)
    assert "Your prediction: must be one of the choices" in body
    commit(page, LATER_URL, guess="1")
    assert "Narrower" in text(page.get(LATER_URL, {"step": "compare"}))


def test_a_curve_is_predicted_at_its_points_and_drawn_beside_the_run(page: Client) -> None:
    points = {"guess-0": "10", "guess-1": "x", "guess-2": "y"}
    body = text(page.post(DRAWN_URL, {"do": "predict", **points}), 422)
    assert body.count("must be a number, but got") == 2
    assert 'name="guess-0" inputmode="decimal" autocomplete="off" value="10"' in body
    commit(page, DRAWN_URL, **{"guess-0": "10", "guess-1": "12", "guess-2": "15"})
    assert Attempt.objects.get(kind="prediction").state["guess"] == {"x": [10, 20, 40], "y": [10, 12, 15]}
    assert "c-guess-dot" in text(page.get(DRAWN_URL, {"step": "compare"}))


def test_a_prediction_whose_question_was_changed_is_still_shown_as_it_was_asked(page: Client, ana: Person) -> None:
    commit(page, LATER_URL, guess="1")
    known = Attempt.objects.get(kind="prediction")
    known.realized = {"kind": "number", "ask": "How wide?", "measure": "gone", "options": [], "chart": "", "x": []}
    known.state = {"guess": 12.5, "sure": ""}
    known.save()
    assert "12.5" in text(page.get(LATER_URL, {"step": "predict"}))
    assert step_of(text(page.get(LATER_URL, {"step": "compare"}))) == "compare"


def test_a_run_is_an_address(page: Client, ana: Person) -> None:
    commit(page)
    asked = {"step": "run", "rule": "share", "share": "0.25", "drops": "50", "seed": "7"}
    body = text(page.get(URL, asked))
    assert query_of(body) == {"rule": "share", "share": "0.25", "drops": "50", "seed": "7"}
    simulation = registry.simulation(activity(PLACE).simulation)
    inputs = type(simulation).Inputs.read({"rule": "share", "share": 0.25, "drops": 50})
    assert (
        measure_of(body, "Typical distance from the target")
        == f"{simulation.run(inputs, 7).measure('spread').value:.1f}"
    )
    assert text(page.get(URL, asked)).count("c-now") == body.count("c-now")
    assert Attempt.objects.get(kind="simulation").state["runs"] == [urlencode(query_of(body))]
    assert Attempt.objects.get(kind="simulation").engine == f"{simulation.id} {simulation.version}"


def test_the_last_run_is_there_on_another_device(page: Client, ana: Person) -> None:
    commit(page)
    page.get(URL, {"step": "run", "rule": "share", "share": "0.4", "drops": "20", "seed": "9"})
    body = text(browser(ana).get(URL))
    assert query_of(body) == {"rule": "share", "share": "0.40", "drops": "20", "seed": "9"}


def test_a_value_finer_than_the_sliders_step_is_shown_as_it_is(page: Client) -> None:
    commit(page)
    assert query_of(text(page.get(URL, {"share": "0.123", "rule": "share"})))["share"] == "0.123"


BAD = {
    "NaN": {"share": "NaN"},
    "too large": {"share": "1e999"},
    "out of range": {"share": "7"},
    "text": {"drops": "many"},
    "half a drop": {"drops": "20.5"},
    "no such choice": {"rule": "dance"},
    "empty": {"drops": ""},
    "null byte": {"drops": "\0"},
}
HARMLESS = {
    "unknown names": {"warp": "9", "__class__": "x"},
    "not free": {"spread": "1"},
    "negative seed": {"seed": "-5"},
    "seed of text": {"seed": "x"},
    "endless seed": {"seed": "9" * 5000},
    "seed ²": {"seed": "²"},
    "huge ghost": {"was": "rule=leave&" * 500},
    "ghost of garbage": {"was": "%%%&&&==;\ud83d"},
    "ghost out of range": {"was": "share=99&seed=1"},
    "another model's inputs": {"was": "mttr=12&buffer=5&seed=1"},
}  # fmt: skip


@pytest.mark.parametrize("asked", BAD.values(), ids=BAD)
def test_a_bad_input_is_said_and_the_value_before_it_stands(page: Client, asked: dict[str, str]) -> None:
    commit(page)
    body = text(page.get(URL, {"seed": "42", **asked}))
    assert 'class="message stop" role="alert"' in body
    assert 'class="ctl bad"' in body
    assert query_of(body) == {"rule": "move_back", "share": "0.30", "drops": "30", "seed": "42"}


@pytest.mark.parametrize("asked", HARMLESS.values(), ids=HARMLESS)
@pytest.mark.filterwarnings("ignore::UnicodeWarning")
def test_what_is_no_input_of_hers_is_left_out(page: Client, asked: dict[str, str]) -> None:
    commit(page)
    query = urlencode({"step": "run", **asked}, errors="replace")
    body = text(page.get(f"{URL}?{query}"))
    assert 'class="message stop"' not in body
    assert query_of(body) == {"rule": "move_back", "share": "0.30", "drops": "30", "seed": "42"}


def test_a_good_value_beside_a_bad_one_is_used(page: Client) -> None:
    commit(page)
    assert query_of(text(page.get(URL, {"share": "7", "drops": "50"})))["drops"] == "50"


def test_a_number_of_her_plant_that_does_not_fit_the_model_is_said_and_does_not_break_it(
    page: Client, ana: Person
) -> None:
    PlantValue.objects.create(key=key_of(ana), path="table.drops", value=10_000)
    commit(page)
    body = text(page.get(URL))
    assert "Drops: must be a whole number from 10 to 500 drops, but got 10000." in body
    assert query_of(body)["drops"] == "50"


def test_the_run_before_stays_as_a_ghost(page: Client) -> None:
    commit(page)
    first = text(page.get(URL, {"rule": "leave", "drops": "50"}))
    assert "c-ghost" not in first
    second = text(page.get(URL, {"rule": "over_last", "drops": "50", "was": urlencode(query_of(first))}))
    assert "c-ghost" in second
    spread = measure_of(first, "Typical distance from the target")
    assert re.search(rf'class="[^"]*was[^"]*"[^>]*>[^<]*{re.escape(spread)}', second)


def test_htmx_gets_the_result_alone(page: Client) -> None:
    commit(page)
    body = text(page.get(URL, {"step": "run", "drops": "20"}, headers={"HX-Request": "true"}))
    assert "<html" not in body
    assert query_of(body)["drops"] == "20"


def test_on_a_phone_the_first_chart_is_open_and_on_a_desk_two_are(page: Client) -> None:
    commit(page)
    opened = {}
    for width in ("360", "1280"):
        page.cookies["w"] = width
        opened[width] = re.findall(r'data-fold="chart-\w+"( open)?', text(page.get(URL, {"step": "run"})))
    assert opened["360"] == [" open", *[""] * (len(opened["360"]) - 1)]
    assert opened["1280"][:2] == [" open"] * 2


def test_a_wrong_reason_gets_its_own_next_step_and_no_evidence(page: Client) -> None:
    commit(page)
    page.post(URL, {"do": "explain", "choice": "1", "text": ""})
    body = text(page.get(URL, {"step": "explain"}))
    assert "Not quite" in body
    assert "Run rule 1 with the same luck." in body
    assert "Ask for 30 runs." not in body
    assert not Evidence.objects.exists()


def test_the_right_reason_counts_once_and_a_second_tap_is_no_second_explanation(page: Client) -> None:
    commit(page)
    for choice in ("1", "1", "0", "0", "2", "0"):
        page.post(URL, {"do": "explain", "choice": choice})
    assert list(Attempt.objects.filter(kind="explanation").order_by("started").values_list("result", flat=True)) == [
        "wrong", "right", "wrong", "right",
    ]  # fmt: skip
    assert Evidence.objects.count() == 1


@pytest.mark.parametrize("picked", ["", "3", "²", "-1"])
def test_no_reason_chosen_keeps_what_she_wrote(page: Client, picked: str) -> None:
    commit(page)
    body = text(page.post(URL, {"do": "explain", "choice": picked, "text": "We turn <it>."}), 422)
    assert "Reason: must be one of the choices" in body
    assert "We turn &lt;it&gt;." in body
    assert not Attempt.objects.filter(kind="explanation").exists()


def test_an_explanation_whose_reasons_were_changed_is_still_shown(page: Client) -> None:
    commit(page)
    page.post(URL, {"do": "explain", "choice": "2"})
    known = Attempt.objects.get(kind="explanation")
    known.realized["options"].append({"text": "Old.", "right": False, "says": "An old answer.", "next": "Old step."})
    known.state["choice"] = 3
    known.save()
    assert "An old answer." in text(page.get(URL, {"step": "explain"}))


def test_a_right_reason_shows_no_next_step(page: Client) -> None:
    commit(page)
    page.post(URL, {"do": "explain", "choice": "0"})
    known = Attempt.objects.get(kind="explanation")
    known.realized["options"][0]["next"] = "Run rule 1 once more."
    known.save()
    body = text(page.get(URL, {"step": "explain"}))
    assert "That fits" in body
    assert "Run rule 1 once more." not in body


def test_your_plant_leads_to_the_study_and_back_to_what_she_did(page: Client, ana: Person) -> None:
    commit(page)
    assert "from=shop%2F01-funnel%2Fadjust" in text(page.get(URL, {"step": "plant"}))
    dataset = add_dataset(ana, "own.csv", b"x\n" + b"\n".join(b"%d" % (i % 5) for i in range(30)), "upload")
    study = registry.study(activity(PLACE).study.id)
    settings = type(study).Settings.read({})
    table = read_table(files.read(dataset.sha256), dataset.reading_rules).table
    outcome = study.run(table.assign(study.suggest(table)), settings)
    record_step(key_of(ana), PLACE, dataset, study, settings, outcome)
    body = text(page.get(URL, {"step": "plant"}))
    link = html.unescape(re.search(r'href="([^"]*)">Open it again', body)[1])  # type: ignore[index]
    assert page.get(link).status_code == 200
    delete_dataset(dataset)
    assert "Open it again" not in text(page.get(URL, {"step": "plant"}))


def ticked(body: str) -> set[str]:
    """Steps with a tick."""
    steps = re.findall(r'href="\?step=(\w+)"[^>]*>(.*?)</a>', body, re.S)
    return {step for step, label in steps if 'class="done"' in label}


def test_a_tick_says_what_was_done_whichever_step_is_open(page: Client, ana: Person) -> None:
    commit(page)
    assert ticked(text(page.get(URL, {"step": "explain"}))) == {"predict"}
    assert ticked(text(page.get(URL, {"step": "run"}))) == {"predict", "run"}
    assert ticked(text(page.get(URL, {"step": "plant"}))) == {"predict", "run"}
    assert ticked(text(page.get(URL, {"step": "compare"}))) == {"predict", "run", "compare"}
    page.post(URL, {"do": "explain", "choice": "1"})
    assert "explain" not in ticked(text(page.get(URL, {"step": "run"})))
    page.post(URL, {"do": "explain", "choice": "0"})
    for name in activity(PLACE).challenges:
        assert "challenge" not in ticked(text(page.get(URL, {"step": "run"})))
        Attempt.objects.create(key=key_of(ana), kind="challenge", place=PLACE, item=name, result="passed")
    body = text(page.get(URL, {"step": "run"}))
    assert ticked(body) == {"predict", "run", "compare", "explain", "challenge"}


def test_one_of_two_challenges_is_said_and_is_no_tick(page: Client, ana: Person) -> None:
    commit(page)
    Attempt.objects.create(
        key=key_of(ana), kind="challenge", place=PLACE, item=activity(PLACE).challenges[0], result="passed"
    )
    body = text(page.get(URL, {"step": "run"}))
    assert "challenge" not in ticked(body)
    assert ">1/2</span>" in body


def test_a_last_run_that_her_plant_has_overtaken_is_named_and_the_other_is_one_tap_away(
    page: Client, ana: Person
) -> None:
    commit(page, LATER_URL, guess="0")
    page.get(LATER_URL, {"step": "run", "share": "0.7", "seed": "5"})
    won = Attempt.objects.create(key=key_of(ana), kind="challenge", realized={"title": "Stay near"}, result="passed")
    PlantValue.objects.create(key=key_of(ana), path="table.share", value=0.45, attempt=won)
    back = html.unescape(text(page.get(LATER_URL)))
    assert query_of(back)["share"] == "0.70"
    assert "This is your last run, as you left it." in back
    assert "It has Share of the error to take back at 0.70; in your plant it is 0.45 now" in back
    assert "starts at" not in back
    link = re.search(r'href="([^"]*)">Start from your plant', back)[1]  # type: ignore[index]
    fresh = html.unescape(text(page.get(LATER_URL + link)))
    assert query_of(fresh) == {"share": "0.45", "seed": "42"}
    assert "Share of the error to take back starts at 0.45: you set it in “Stay near”." in fresh
    link = re.search(r'href="([^"]*)">Back to the run before', fresh)[1]  # type: ignore[index]
    assert query_of(text(page.get(LATER_URL + link))) == {"share": "0.70", "seed": "5"}


def test_a_first_visit_and_an_unchanged_run_say_nothing_of_a_last_run(page: Client) -> None:
    commit(page)
    for _visit in range(2):
        assert "your last run" not in text(page.get(URL))
