"""A simulation by itself, its model's page, and the one on the front page."""

from __future__ import annotations

import pytest
from django.urls import reverse
from tests.campus.school import browser, learner, text

from techamp.campus.learning.models import Attempt
from techamp.campus.people.models import LedgerKey
from techamp.campus.program.curriculum import curriculum
from techamp.contract import registry

pytestmark = pytest.mark.django_db


def front() -> str:
    found = curriculum().program.front
    assert found is not None
    return found.simulation


def others() -> list[str]:
    return [id for id in registry.simulation_ids() if id != front()]


def test_anybody_plays_the_front_pages_simulation_and_nothing_is_kept() -> None:
    body = text(browser().get(reverse("play:simulation", args=[front()]), {"seed": "7"}))
    assert 'name="seed" type="number" min="0" max="999999999999" value="7"' in body
    assert not Attempt.objects.exists()
    assert not LedgerKey.objects.exists()


def test_the_others_need_an_account() -> None:
    assert others()
    for id in others():
        assert browser().get(reverse("play:simulation", args=[id])).status_code == 404
        assert text(browser(learner(id)).get(reverse("play:simulation", args=[id])))
    assert not Attempt.objects.exists()


@pytest.mark.parametrize("id", ["nobody.nothing", "..", "process_control"])
def test_what_is_no_simulation_is_not_there(id: str) -> None:
    assert browser(learner()).get(f"/simulation/{id}/").status_code == 404
    assert browser().get(reverse("play:model", args=["nobody.nothing"])).status_code == 404


@pytest.mark.parametrize("id", registry.simulation_ids())
def test_every_model_says_what_it_assumes_to_anybody(id: str) -> None:
    body = text(browser().get(reverse("play:model", args=[id])))
    assert registry.simulation(id).title in body
    assert "<h2" in body


@pytest.mark.parametrize(
    "asked", [{"rule": "dance"}, {"drops": "NaN"}, {"seed": "-1"}, {"was": "x" * 3000}, {"w": "1"}]
)
def test_the_front_page_stands_whatever_the_address_says(asked: dict[str, str]) -> None:
    assert "<svg" in text(browser().get("/", asked))
