"""A lecture's page: reading, answering, playing, finding, coming back, and being done; all without JavaScript."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client, RequestFactory
from tests.campus.learning.lecture_sample import PLACE, write_curriculum

from techamp.campus.learning.lecture.views import lecture_activity
from techamp.campus.learning.models import Attempt, Evidence
from techamp.campus.people.models import Person
from techamp.campus.program.curriculum import curriculum

pytestmark = pytest.mark.django_db
URL = f"/learn/{PLACE}/"
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def sample(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = write_curriculum(tmp_path / "curriculum")
    monkeypatch.setenv("TECHAMP_CURRICULUM", str(root))
    return root


@pytest.fixture
def ana(client: Client) -> Person:
    person = Person.objects.create_user("ana@example.org", "a-long-password", name="Ana Ruiz")
    client.force_login(person)
    return person


def text(response: Any) -> str:
    return str(response.content.decode())


def option(response: Any, words: str) -> str:
    """The value of the radio button before these words."""
    before = text(response).partition(f"<span>{words}")[0]
    return before.rpartition('value="')[2].partition('"')[0]


def test_the_whole_lecture_is_there_to_read(client: Client, ana: Person) -> None:
    page = client.get(URL)
    assert page.status_code == 200
    for words in (
        "Every shaft comes out",
        "Turn the rule.",
        "predictable <strong>within limits</strong>",
        "Shewhart, W. A.",
    ):
        assert words in text(page)
    assert text(page).count('<section class="segment"') == 3
    assert "style=" not in text(page)
    assert not Attempt.objects.exists()


def test_a_wrong_answer_gets_its_own_next_step_and_is_kept(client: Client, ana: Person) -> None:
    wrong = option(client.get(URL), "Common")
    posted = client.post(URL, {"do": "question", "item": "which-cause", "answer": wrong})
    assert (posted.status_code, posted["Location"]) == (302, f"{URL}#which-cause")
    page = text(client.get(URL))
    assert "It was not there all day." in page
    assert "Ask what changed at 10:40." in page
    attempt = Attempt.objects.get()
    assert (attempt.kind, attempt.place, attempt.item, attempt.result) == ("question", PLACE, "which-cause", "wrong")
    assert attempt.realized["options"]
    assert attempt.finished
    assert not Evidence.objects.exists()


def test_the_last_answer_is_the_one_that_shows(client: Client, ana: Person) -> None:
    page = client.get(URL)
    for words in ("Common", "Special"):
        client.post(URL, {"do": "question", "item": "which-cause", "answer": option(page, words)})
    shown = text(client.get(URL))
    assert "It has a date." in shown
    assert "It was not there all day." not in shown
    assert Attempt.objects.count() == 2


def test_a_right_answer_shows_no_next_step(client: Client, ana: Person) -> None:
    client.post(URL, {"do": "question", "item": "which-cause", "answer": option(client.get(URL), "Special")})
    kept = Attempt.objects.get()
    assert kept.state["next"] == ""
    kept.state["next"] = "Ask when."  # as an older version kept it
    kept.save()
    assert "Ask when." not in text(client.get(URL))


def test_a_right_answer_is_said_once_and_leaves_nothing_to_check(client: Client, ana: Person) -> None:
    fresh = client.get(URL)

    def answered(item: str, given: str) -> str:
        return text(client.post(URL, {"do": "question", "item": item, "answer": given}, headers=HTMX))

    assert text(fresh).count('<button class="btn">Check</button>') == 2
    assert "Check again" in answered("which-cause", option(fresh, "Common"))
    choice, number = answered("which-cause", option(fresh, "Special")), answered("twice", "8")
    assert "<button" not in choice + number
    assert "✓</span></b> Yes. It has a date." in choice
    assert "Right." not in choice
    assert "✓</span> Right.</b>" in number


@pytest.mark.parametrize(
    ("given", "says", "result"),
    [
        ("8 mm", "Two times four is eight.", "right"),
        ("0.8 cm", "Two times", "right"),
        ("4", "Double it.", "wrong"),
        ("5", "once more", "wrong"),
    ],
)
def test_a_number_is_graded_as_in_practice(given: str, says: str, result: str, client: Client, ana: Person) -> None:
    client.post(URL, {"do": "question", "item": "twice", "answer": given})
    assert Attempt.objects.get().result == result
    assert says in text(client.get(URL))


def test_an_answer_that_cannot_be_read_costs_nothing(client: Client, ana: Person) -> None:
    page = client.post(URL, {"do": "question", "item": "twice", "answer": "8 kg"})
    assert page.status_code == 200
    assert "must have the unit mm" in text(page)
    assert 'value="8 kg"' in text(page)
    assert not Attempt.objects.exists()


def test_htmx_gets_the_question_alone(client: Client, ana: Person) -> None:
    part = client.post(URL, {"do": "question", "item": "twice", "answer": "8"}, headers=HTMX)
    assert text(part).startswith('<div class="question" id="twice"')
    assert "<html" not in text(part)


def test_a_simulation_is_run_again_with_what_was_chosen(client: Client, ana: Person) -> None:
    first = text(client.get(URL))
    assert "Rule 1: leave the funnel alone." in first
    block = first.partition('name="simulation" value="')[2].partition('"')[0]
    asked = {"do": "simulate", "simulation": block, "rule": "reset_back", "drops": "60", "seed": "1"}
    page = text(client.get(URL, asked))
    assert "<html" in page
    assert 'value="60"' in page
    assert '<option value="reset_back" selected>' in page
    part = text(client.get(URL, asked, headers=HTMX))
    assert "<html" not in part
    assert '<figure class="chart" data-chart="target">' in part


def test_bad_input_to_a_simulation_is_said_and_the_chart_stays(client: Client, ana: Person) -> None:
    block = text(client.get(URL)).partition('name="simulation" value="')[2].partition('"')[0]
    part = text(client.get(URL, {"do": "simulate", "simulation": block, "drops": "9999"}, headers=HTMX))
    assert "must be a whole number from 10 to 500 drops" in part
    assert '<figure class="chart"' in part


def test_only_free_inputs_can_be_changed(client: Client, ana: Person) -> None:
    block = text(client.get(URL)).partition('name="simulation" value="')[2].partition('"')[0]
    plain = text(client.get(URL, {"do": "simulate", "simulation": block}, headers=HTMX))
    assert text(client.get(URL, {"do": "simulate", "simulation": block, "spread": "30"}, headers=HTMX)) == plain


def test_search_lists_sentences_with_links(client: Client, ana: Person) -> None:
    page = text(client.get(URL, {"q": "drew limits"}))
    assert '<a href="#two-kinds-s7">Dr. Shewhart drew limits.</a>' in page
    assert "Nothing found." in text(client.get(URL, {"q": "<b>absent"}))


def test_her_place_waits_on_another_device(client: Client, ana: Person) -> None:
    sent = client.post(URL, {"do": "position", "sentence": "try-s2"})
    assert sent.status_code == 204
    other = Client()
    other.force_login(ana)
    assert 'href="#try-s2">Continue at: Try it</a>' in text(other.get(URL))
    client.post(URL, {"do": "position", "sentence": "number-s1"})
    assert "Continue at: A number" in text(other.get(URL))
    assert Attempt.objects.get().state == {"segment": "number", "sentence": "number-s1"}


def test_a_place_that_is_not_in_the_lecture_is_not_kept(client: Client, ana: Person) -> None:
    assert client.post(URL, {"do": "position", "sentence": "elsewhere-s9"}).status_code == 204
    assert not Attempt.objects.exists()


def test_her_place_survives_a_rewritten_segment(client: Client, ana: Person, sample: Path, settings: Any) -> None:
    client.post(URL, {"do": "position", "sentence": "two-kinds-s7"})
    settings.AUTHOR = True
    file = sample / "hub/process_control/02-charts/lecture.md"
    file.write_text(file.read_text().replace("- Dr. Shewhart drew limits. They hold.\n", ""))
    assert 'href="#two-kinds">Continue at: Two kinds of causes</a>' in text(client.get(URL))


def test_having_read_it_counts_once_and_leads_on(client: Client, ana: Person) -> None:
    client.post(URL, {"do": "position", "sentence": "try-s2"})
    for _time in range(2):
        done = client.post(URL, {"do": "finish"})
        assert (done.status_code, done["Location"]) == (302, "/learn/process_control/02-charts/again/")
    evidence = Evidence.objects.get()
    assert (evidence.kind, evidence.level, evidence.place) == ("lecture", "met", PLACE)
    attempt = Attempt.objects.get()
    assert (attempt.result, evidence.attempt, len(attempt.content)) == ("done", attempt, 8)
    assert attempt.finished
    page = text(client.get(URL))
    assert "I have read this" not in page
    assert "Continue at" not in page


def test_after_the_last_activity_comes_the_module(client: Client, ana: Person, sample: Path) -> None:
    done = client.post("/learn/process_control/02-charts/again/", {"do": "finish"})
    assert done["Location"] == "/learn/process_control/02-charts/"


def test_a_finished_lecture_keeps_its_end(client: Client, ana: Person) -> None:
    client.post(URL, {"do": "finish"})
    client.post(URL, {"do": "position", "sentence": "try-s2"})
    assert Attempt.objects.get().state == {}


def test_who_is_not_signed_in_may_answer_and_nothing_is_stored(rf: RequestFactory) -> None:
    activity: Any = curriculum().activities[PLACE]
    answer = {"do": "question", "item": "twice", "answer": "4"}
    for data in (answer, {"do": "position", "sentence": "try-s2"}, {"do": "finish"}):
        request = rf.post(URL, data)
        request.user = AnonymousUser()
        response = lecture_activity(request, activity)
        if data is answer:
            assert "Double it." in text(response)
    assert not Attempt.objects.exists()
    assert not Evidence.objects.exists()


@pytest.mark.parametrize("data", [{}, {"do": "regrade"}, {"do": "question", "item": "no-such"}])
def test_an_unknown_form_is_not_found(data: dict[str, str], client: Client, ana: Person) -> None:
    assert client.post(URL, data).status_code == 404


def test_each_person_has_her_own_place_and_answers(client: Client, ana: Person) -> None:
    client.post(URL, {"do": "position", "sentence": "try-s2"})
    client.post(URL, {"do": "question", "item": "twice", "answer": "4"})
    other = Client()
    other.force_login(Person.objects.create_user("ben@example.org", "a-long-password", name="Ben"))
    page = text(other.get(URL))
    assert "Continue at" not in page
    assert "Double it." not in page


def test_a_translated_file_is_read_by_who_reads_that_language(client: Client, ana: Person, sample: Path) -> None:
    folder = sample / "hub/process_control/02-charts"
    (folder / "lecture.es.md").write_text(
        "---\ntitle: Cómo sabe una carta\n---\n\n## Dos causas {#dos}\n\nCada eje varía.\n"
    )
    assert "Every shaft comes out" in text(client.get(URL))
    ana.language = "es"
    ana.save()
    assert "Cada eje varía." in text(client.get(URL))


def test_who_is_not_signed_in_reads_answers_and_plays_and_leaves_nothing(client: Client) -> None:
    page = client.get(URL)
    assert page.status_code == 200
    assert "Every shaft comes out" in text(page)
    assert "Join with a code" in text(page)
    assert "data-place=" not in text(page)
    assert 'value="finish"' not in text(page)
    for form in ({"do": "position", "sentence": "s1"}, {"do": "finish"}, {"do": "question", "item": "x"}):
        client.post(URL, form)
    assert not Attempt.objects.exists()
    assert not Evidence.objects.exists()


def test_a_program_may_close_its_lectures(client: Client, sample: Path) -> None:
    file = sample / "program.yaml"
    file.write_text(file.read_text() + "\npublic_lectures: false\n")
    assert client.get(URL)["Location"].startswith("/account/login/")
