"""One request at a time, as a browser would send it."""

from __future__ import annotations

import http.client
import time
from dataclasses import dataclass


@dataclass(frozen=True)
class Answer:
    """Status, what came over the wire (as compressed), its kind of compression, and after how many seconds."""

    status: int
    body: bytes
    coding: str
    seconds: float
    size: int = 0  # with headers


def get(port: int, path: str, session: str = "", coding: str = "gzip") -> Answer:
    """Fetch a path over a connection of its own."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    headers = {"Accept-Encoding": coding, **({"Cookie": f"sessionid={session}"} if session else {})}
    began = time.perf_counter()
    connection.request("GET", path, headers=headers)
    response = connection.getresponse()
    body = response.read()
    seconds = time.perf_counter() - began
    connection.close()
    size = len(body) + sum(len(k) + len(v) + 4 for k, v in response.getheaders())
    return Answer(response.status, body, response.getheader("Content-Encoding", ""), seconds, size)
