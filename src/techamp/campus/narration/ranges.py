"""Parts of a file: what a browser asks for when somebody moves along a recording (RFC 9110, section 14)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

CHUNK = 64 * 1024


def serve(request: HttpRequest, path: Path, kind: str) -> HttpResponseBase:
    """The whole file, the one range that was asked for (206), or 416 where it lies outside."""
    size = path.stat().st_size
    asked = re.fullmatch(r"bytes=(\d*)-(\d*)", request.headers.get("Range", ""))
    response: HttpResponseBase
    if not asked or asked.groups() == ("", ""):
        response = FileResponse(path.open("rb"), content_type=kind)  # closed by the response
        response["Content-Length"] = str(size)
    else:
        first, last = span(asked[1], asked[2], size)
        if first > last or first >= size:
            response = HttpResponse(status=416)
            response["Content-Range"] = f"bytes */{size}"
            return response
        response = StreamingHttpResponse(_part(path, first, last), status=206, content_type=kind)
        response["Content-Range"], response["Content-Length"] = f"bytes {first}-{last}/{size}", str(last - first + 1)
    response["Accept-Ranges"] = "bytes"
    response["Cache-Control"] = "private, max-age=3600"
    return response


def span(first: str, last: str, size: int) -> tuple[int, int]:
    """First and last byte. ``-500`` is the last 500 bytes; an open end is the end of the file.

    >>> span("0", "", 100), span("", "10", 100), span("90", "500", 100)
    ((0, 99), (90, 99), (90, 99))
    """
    if not first:
        return max(0, size - int(last)), size - 1
    return int(first), min(int(last), size - 1) if last else size - 1


def _part(path: Path, first: int, last: int) -> Iterator[bytes]:
    with open(path, "rb") as file:
        file.seek(first)
        left = last - first + 1
        while left > 0 and (chunk := file.read(min(CHUNK, left))):
            left -= len(chunk)
            yield chunk
