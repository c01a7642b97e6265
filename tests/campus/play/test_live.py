"""What a page gets to follow a slider by itself, and how the browser gets the module."""

from __future__ import annotations

import json
import re

import pytest
from django.test import Client
from django.urls import reverse
from tests.campus.school import browser, learner, text

from techamp.campus.play.bench import bench_of
from techamp.campus.play.views import scene_context
from techamp.contract import registry

pytestmark = pytest.mark.django_db


def is_live(id: str) -> bool:
    simulation = registry.simulation(id)
    return simulation.live(type(simulation).Inputs.read({})) is not None


LIVE = [id for id in registry.simulation_ids() if is_live(id)]


def test_a_live_simulation_brings_its_model_and_the_addresses_of_its_module() -> None:
    assert LIVE
    page = text(browser(learner("lea")).get(reverse("play:simulation", args=[LIVE[0]]), {"seed": "7"}))
    found = re.search(r"<script type=\"application/json\" data-live>(.*?)</script>", page)
    assert found is not None
    live = json.loads(found[1])
    assert live["values"]["seed"] == 7
    assert live["first"] in live["live"]["measures"]
    module = Client().get(live["module"])
    assert (module.status_code, module.headers["Content-Type"]) == (200, "application/wasm")
    assert b"".join(module)[:4] == b"\0asm"
    assert Client().get(live["worker"]).status_code == 200


def test_where_an_input_is_hidden_nothing_is_live() -> None:
    simulation = registry.simulation(LIVE[0])
    names = [field.name for field in type(simulation).Inputs.fields()]
    bench = bench_of(LIVE[0], {}, names[1:], {})
    assert scene_context(bench)["live"]
    assert scene_context(bench, names[:1])["live"] == ""
