"""What a file really is, and parts of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.http import StreamingHttpResponse
from django.test import RequestFactory

from techamp.campus.narration.kinds import kind_of
from techamp.campus.narration.ranges import serve
from techamp.contract import InvalidInput


@pytest.mark.parametrize(
    ("head", "wanted", "kind"),
    [
        (b"\x1aE\xdf\xa3....", "audio", "audio/webm"),
        (b"\x1aE\xdf\xa3....", "video", "video/webm"),
        (b"....ftypM4A ", "audio", "audio/mp4"),
        (b"OggS........", "audio", "audio/ogg"),
        (b"ID3.........", "audio", "audio/mpeg"),
        (b"RIFF....WAVE", "audio", "audio/wav"),
        (b"\xef\xbb\xbfWEBVTT\n\n", "text", "text/vtt"),
    ],
)
def test_a_file_is_known_by_its_first_bytes(head: bytes, wanted: str, kind: str) -> None:
    assert kind_of(head, wanted) == kind


@pytest.mark.parametrize(
    ("head", "wanted"), [(b"<html><script", "audio"), (b"OggS........", "video"), (b"1\n00:00", "text")]
)
def test_what_is_no_recording_is_refused_with_a_remedy(head: bytes, wanted: str) -> None:
    with pytest.raises(InvalidInput, match=r"must be .+ (Record|Export)"):
        kind_of(head, wanted)


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    path = tmp_path / "sound"
    path.write_bytes(bytes(range(200)))
    return path


@pytest.mark.parametrize(
    ("asked", "status", "body", "said"),
    [
        ("bytes=0-9", 206, bytes(range(10)), "bytes 0-9/200"),
        ("bytes=190-", 206, bytes(range(190, 200)), "bytes 190-199/200"),
        ("bytes=-5", 206, bytes(range(195, 200)), "bytes 195-199/200"),
        ("bytes=150-900", 206, bytes(range(150, 200)), "bytes 150-199/200"),
        ("", 200, bytes(range(200)), None),
        ("bytes=0-1,5-6", 200, bytes(range(200)), None),  # several parts: the whole is an allowed answer
    ],
)
def test_a_browser_gets_the_part_that_it_asks_for(
    sound: Path, asked: str, status: int, body: bytes, said: str | None
) -> None:
    response = serve(RequestFactory().get("/", headers={"range": asked}), sound, "audio/ogg")
    assert isinstance(response, StreamingHttpResponse)
    assert (response.status_code, b"".join(response), response.get("Content-Range")) == (status, body, said)
    assert response["Content-Length"] == str(len(body))


@pytest.mark.parametrize("asked", ["bytes=200-", "bytes=500-600", "bytes=9-3"])
def test_a_part_outside_the_file_is_refused_with_its_size(sound: Path, asked: str) -> None:
    response = serve(RequestFactory().get("/", headers={"range": asked}), sound, "audio/ogg")
    assert (response.status_code, response["Content-Range"]) == (416, "bytes */200")
