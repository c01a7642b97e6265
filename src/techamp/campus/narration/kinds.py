"""What a file really is, by its first bytes: the name and the browser's word are not trusted."""

from __future__ import annotations

from django.utils.translation import gettext as _

from techamp.contract import InvalidInput

MB = 1024 * 1024
MOST = {"audio": 20 * MB, "video": 400 * MB, "text": 1 * MB}


def kind_of(head: bytes, wanted: str) -> str:
    """The media type of a file that begins with ``head``; ``wanted`` is audio, video or text. Else InvalidInput."""
    found = _sniffed(head)
    if wanted == "text":
        if head.lstrip(b"\xef\xbb\xbf").startswith(b"WEBVTT"):
            return "text/vtt"
        raise InvalidInput(_("Captions"), _("must be a WebVTT file"), head[:12], _("Export the captions as .vtt."))
    if found is None or (wanted == "video" and found in {"mpeg", "wav", "ogg"}):
        known = _("webm, ogg, mp4, mp3 or wav") if wanted == "audio" else _("mp4 or webm")
        raise InvalidInput(
            _("Recording"), _("must be %s") % known, head[:12], _("Record it here, or save it in one of these forms.")
        )
    return f"{wanted}/{found}"


def _sniffed(head: bytes) -> str | None:
    if head.startswith(b"\x1aE\xdf\xa3"):
        return "webm"
    if head.startswith(b"OggS"):
        return "ogg"
    if head[4:8] == b"ftyp":
        return "mp4"
    if head.startswith(b"ID3") or head[:2] in {b"\xff\xfb", b"\xff\xf3", b"\xff\xf2"}:
        return "mpeg"
    if head.startswith(b"RIFF") and head[8:12] == b"WAVE":
        return "wav"
    return None
