"""Her own line on the web: begun, changed by forms alone, run, taken back, shared, compared, deleted."""

from __future__ import annotations

import json
import zipfile
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from techamp.campus.people.export import export
from techamp.campus.people.forget import forget
from techamp.campus.people.models import Person
from techamp.campus.workshop import actions, running, sharing
from techamp.campus.workshop.models import Draft, Going
from techamp.contract import Builder, InvalidInput

HOME = "/workshop/"


def text_of(response: Any) -> str:
    return response.content.decode()


def press(browser: Client, draft: Draft, do: str, **typed: str) -> Any:
    """Send the form of a draft as its newest page would."""
    draft.refresh_from_db()
    return browser.post(
        f"{HOME}{draft.uid}/", {"do": do, "revision": draft.revision, "at": "", "view": "", **typed}, follow=True
    )


def names(draft: Draft) -> list[str]:
    draft.refresh_from_db()
    return [station["name"] for station in draft.document["stations"]]


def test_a_line_is_drawn_by_forms_alone_and_its_bottleneck_is_found(browser: Client, builder: Builder) -> None:
    page = browser.post(HOME, {"builder": builder.id, "template": "blank"}, follow=True)
    draft = Draft.objects.get()
    for i, (name, mean) in enumerate([("saw", "2"), ("mill", "4,5"), ("pack", "3")]):
        if i:
            press(browser, draft, f"add:stations-{i - 1}")
        page = press(browser, draft, "keep", **{f"stations-{i}-name": name, f"stations-{i}-time-mean": mean})
    assert names(draft) == ["saw", "mill", "pack"]
    assert draft.document["stations"][1]["time"]["mean"] == 4.5
    assert "mill is the bottleneck" in text_of(page)
    assert draft.finding["marks"]["bottleneck"] == "mill"


def test_every_fault_stands_at_its_box_and_nothing_typed_is_lost(browser: Client, draft: Draft) -> None:
    page = text_of(
        press(browser, draft, "keep", view="table", **{
            "stations-0-machines": "0", "stations-1-time-cv": "x", "stations-2-name": "cut", "stations-1-mttr": "",
        })
    )  # fmt: skip
    assert "4 things to mend" in page
    for box in ("stations-0-machines", "stations-1-time-cv", "stations-2-name", "stations-1-mttr"):
        assert f'href="#{box}"' in page
        assert f'id="{box}-fault"' in page
    assert "Cut, machines: must be a whole number from 1 to 1,000, but got 0" in page
    assert 'value="x"' in page
    assert "It runs once everything is mended." in page


def test_what_was_changed_is_taken_back_and_done_again(browser: Client, draft: Draft) -> None:
    press(browser, draft, "remove:stations-0")
    press(browser, draft, "later:stations-0")
    assert names(draft) == ["pack", "drill"]
    press(browser, draft, "undo")
    press(browser, draft, "undo")
    assert names(draft) == ["cut", "drill", "pack"]
    press(browser, draft, "redo")
    assert names(draft) == ["drill", "pack"]
    press(browser, draft, "copy:stations-0")
    assert names(draft) == ["drill", "drill 2", "pack"]
    assert draft.future == []


def test_a_page_that_is_out_of_date_changes_nothing(browser: Client, draft: Draft) -> None:
    old = draft.revision
    press(browser, draft, "remove:stations-0")
    page = browser.post(f"{HOME}{draft.uid}/", {"do": "remove:stations-0", "revision": old}, follow=True)
    assert "changed on another page" in text_of(page)
    assert len(names(draft)) == 2


def test_text_and_table_take_the_place_of_the_stations(browser: Client, draft: Draft) -> None:
    press(browser, draft, "table", table="Station\tTime\tPlaces\nturn\t3\t\nhone\t5\t2\n")
    assert names(draft) == ["turn", "hone"]
    page = press(browser, draft, "text", text="stations:\n- {name: a, time: 1}\n- {name: b, time: 2 min, buffer: 3}\n")
    assert names(draft) == ["a", "b"]
    assert "b is the bottleneck" in text_of(page)
    for bad in ("stations: [", "[1, 2]", "stations: 7", "x" * 200_000):
        page = press(browser, draft, "text", view="text", text=bad)
        assert page.status_code == 422
        assert "One thing to mend" in text_of(page)
    assert names(draft) == ["a", "b"]
    assert "buffer: 3" in text_of(browser.get(f"{HOME}{draft.uid}/text/"))


def test_a_million_stations_are_refused_in_words(browser: Client, draft: Draft, builder: Builder) -> None:
    many = "stations:\n" + "".join(f"- {{name: s{i}, time: 1}}\n" for i in range(61))
    page = press(browser, draft, "text", view="text", text=many)
    assert "must have at most 60 stations on this page" in text_of(page)
    page = press(browser, draft, "keep", until="1e9")
    assert "must take at most 2,000,000 operations on this page" in text_of(page)
    assert "techamp simulate" in text_of(page)


def test_a_link_holds_a_copy_and_absurd_links_are_refused(browser: Client, draft: Draft, builder: Builder) -> None:
    page = browser.get(f"{HOME}{draft.uid}/")
    link = page.context["link"]
    packed = parse_qs(urlsplit(link).query)["model"][0]
    shown = browser.get(urlsplit(link).path, {"model": packed})
    assert "Keep a copy and run it" in text_of(shown)
    assert "?at=" not in text_of(shown)
    browser.post(urlsplit(link).path, {"model": packed})
    copy = Draft.objects.exclude(pk=draft.pk).get()
    assert copy.document == draft.document
    bomb = sharing.packed({"name": "a" * 1_000_000})
    wild = sharing.packed({"stations": [{"name": "<b>", "time": -5, "machines": 1e9}] * 3})
    for text in ("", "%%%", "A" * 7000, bomb, sharing.packed({"stations": 7})):
        broken = browser.get(urlsplit(link).path, {"model": text})
        assert broken.status_code == 422
        assert "This link cannot be opened" in text_of(broken)
    shown = browser.get(urlsplit(link).path, {"model": wild})
    assert "things to mend" in text_of(shown)
    assert "<b>" not in text_of(shown)


def test_two_lines_are_compared_under_the_same_luck(browser: Client, draft: Draft) -> None:
    browser.post(f"{HOME}{draft.uid}/compare/")
    other = Draft.objects.exclude(pk=draft.pk).get()
    press(browser, other, "keep", **{"stations-1-time-mean": "3"})
    page = text_of(browser.get(f"{HOME}{draft.uid}/compare/", {"with": str(other.uid)}))
    assert "Throughput: B is better" in page
    assert "B − A" in page
    assert "Both had the same luck" in page
    press(browser, other, "keep", time_unit="h")
    page = browser.get(f"{HOME}{draft.uid}/compare/", {"with": str(other.uid)})
    assert "must be the same unit" in text_of(page)


def test_a_long_run_goes_on_says_how_far_it_is_and_keeps_what_it_has(draft: Draft, browser: Client) -> None:
    """The page's half of it; the thread's half is ``watch`` and ``work``, called here by hand."""
    from techamp.contract import registry

    one = running._Run(draft.pk, draft.revision, registry.builder(draft.builder), draft.document)
    one.done, one.expected = 3.0, 20.0
    running._leave(one)
    page = text_of(browser.get(f"{HOME}{draft.uid}/"))
    assert "3 of about 20 runs are done." in page
    assert one.watch(4.0, 20.0)
    one.heard = 0.0
    press(browser, draft, "end")
    assert not one.watch(5.0, 20.0)
    actions.keep_finding(
        draft.pk, draft.revision, 1, registry.builder(draft.builder).run(draft.document, lambda d, e: True)
    )
    Going.objects.all().delete()
    assert "drill is the bottleneck" in text_of(browser.get(f"{HOME}{draft.uid}/"))


def test_a_lost_run_is_not_waited_for(draft: Draft, builder: Builder) -> None:
    running._leave(running._Run(draft.pk, draft.revision, builder, draft.document))
    assert running.going(draft)
    Going.objects.update(beat=draft.created.replace(year=2020))
    assert running.going(draft) is None


def test_a_finding_of_an_older_engine_is_found_anew(browser: Client, draft: Draft) -> None:
    actions.keep_finding(draft.pk, draft.revision, 0, None)
    assert "drill is the bottleneck" in text_of(browser.get(f"{HOME}{draft.uid}/"))


def test_a_run_of_an_older_revision_is_not_kept(draft: Draft, builder: Builder) -> None:
    actions.change(draft, builder, 0, {**draft.document, "name": "Later"})
    actions.keep_finding(draft.pk, 0, 1, None)
    draft.refresh_from_db()
    assert draft.found_for is None


def test_drafts_have_a_number_and_histories_a_length(
    ana: Person, draft: Draft, builder: Builder, monkeypatch: pytest.MonkeyPatch
) -> None:
    for i in range(actions.MOST_STEPS + 5):
        draft = actions.change(draft, builder, i, {**draft.document, "name": f"{i}"})
    assert len(draft.past) == actions.MOST_STEPS
    monkeypatch.setattr(actions, "MOST_DRAFTS", 1)
    with pytest.raises(InvalidInput, match="at most 1"):
        actions.begin(ana, builder, draft.document)


def test_hers_alone_in_her_export_and_gone_with_her(browser: Client, draft: Draft, ana: Person) -> None:
    assert Client().get(f"{HOME}{draft.uid}/").status_code == 302
    other = Client()
    other.force_login(Person.objects.create_user("ben@example.org", "a long password", name="Ben"))
    for page in ("", "text/", "delete/", "compare/"):
        assert other.get(f"{HOME}{draft.uid}/{page}").status_code == 404
    with zipfile.ZipFile(export(ana, draft.created)) as archive:
        record = json.loads(archive.read("me.json"))
    assert record["records"]["workshop.Draft"][0]["document"] == draft.document
    forget(ana)
    assert not Draft.objects.exists()


def test_deleting_asks_once(browser: Client, draft: Draft) -> None:
    assert "Delete Three stations?" in text_of(browser.get(f"{HOME}{draft.uid}/delete/"))
    browser.post(f"{HOME}{draft.uid}/delete/")
    assert not Draft.objects.exists()


def test_a_name_with_markup_stays_text(browser: Client, draft: Draft) -> None:
    page = text_of(press(browser, draft, "keep", **{"stations-0-name": '<script>alert("x")</script>'}))
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
