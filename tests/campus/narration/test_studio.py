"""A teacher records a part of a lecture; her learners hear it instead of the browser's voice."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.campus.world import World, make_world

from techamp.campus.learning.lecture.parsing import lecture_of
from techamp.campus.narration.models import Recording
from techamp.campus.program.curriculum import curriculum
from techamp.campus.program.schema import Lecture

pytestmark = pytest.mark.django_db
SOUND = b"OggS" + bytes(500)


@pytest.fixture
def world() -> World:
    world = make_world()
    Recording.objects.all().delete()
    return world


def lecture() -> Lecture:
    return next(a for a in curriculum().activities.values() if isinstance(a, Lecture))


def signed_in(world: World, who: str) -> Client:
    client = Client()
    client.force_login(world.people[who])
    return client


def send(client: Client, content: bytes = SOUND, segment: str = "", **more: str) -> int:
    address = reverse("narration:studio", args=lecture().place.split("/"))
    segment = segment or lecture_of(lecture()).segments[0].id
    file = SimpleUploadedFile("take.ogg", content)
    return client.post(address, {"segment": segment, "file": file, "do": "keep", **more}).status_code


def page(client: Client) -> str:
    return client.get(reverse("learning:activity", args=lecture().place.split("/"))).content.decode()


def test_a_recording_is_on_the_lectures_page_and_can_be_heard(world: World) -> None:
    assert send(signed_in(world, "instructor")) == 302
    recording = Recording.objects.get()
    owner = signed_in(world, "owner")
    address = reverse("narration:file", args=[recording.uid])
    assert f'data-narration controls preload="none" src="{address}"' in page(owner)
    heard = owner.get(address)
    assert (b"".join(heard), heard["Content-Type"]) == (SOUND, "audio/ogg")  # type: ignore[arg-type]


def test_another_institution_neither_sees_nor_hears_it(world: World) -> None:
    send(signed_in(world, "instructor"))
    stranger = signed_in(world, "stranger")
    assert "data-narration" not in page(stranger)
    assert stranger.get(reverse("narration:file", args=[Recording.objects.get().uid])).status_code == 404


def test_a_new_recording_takes_the_place_of_the_old_and_removes_its_bytes(world: World) -> None:
    teacher = signed_in(world, "instructor")
    send(teacher)
    old = Recording.objects.get().path
    send(teacher, SOUND + b"better")
    assert not old.exists()
    assert Recording.objects.get().path.read_bytes() == SOUND + b"better"


def test_removing_gives_the_part_back_to_the_browsers_voice(world: World) -> None:
    teacher = signed_in(world, "instructor")
    send(teacher)
    path = Recording.objects.get().path
    send(teacher, do="remove")
    assert not Recording.objects.exists()
    assert not path.exists()
    assert "data-narration" not in page(signed_in(world, "owner"))


def test_a_text_changed_since_the_recording_is_said(world: World) -> None:
    teacher = signed_in(world, "instructor")
    send(teacher)
    Recording.objects.update(words="0" * 16)
    shown = teacher.get(reverse("narration:studio", args=lecture().place.split("/"))).content.decode()
    assert "text changed since" in shown


@pytest.mark.parametrize(
    ("content", "segment", "says"),
    [
        (b"<html>no sound</html>", "", "must be webm, ogg, mp4, mp3 or wav"),
        (b"", "", "must have from 1 byte to 20 MB"),
        (SOUND, "gone", "must be one of the lecture&#x27;s"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_a_sentence(world: World, content: bytes, segment: str, says: str) -> None:
    address = reverse("narration:studio", args=lecture().place.split("/"))
    segment = segment or lecture_of(lecture()).segments[0].id
    file = SimpleUploadedFile("take.ogg", content)
    answer = signed_in(world, "instructor").post(address, {"segment": segment, "file": file})
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not Recording.objects.exists()


def test_a_video_is_shown_only_with_its_captions(world: World) -> None:
    teacher, owner = signed_in(world, "instructor"), signed_in(world, "owner")
    send(teacher, b"....ftypisom" + bytes(50), "*video")
    assert "<video" not in page(owner)
    send(teacher, b"WEBVTT\n\n00:00.000 --> 00:02.000\nFive shafts.\n", "*captions")
    shown = page(owner)
    assert '<track kind="captions"' in shown
    assert 'type="video/mp4"' in shown
