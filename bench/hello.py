"""What a Django page costs that does nothing, on the same server: the floor under every other figure of load.

``python -m bench.hello PORT WORKERS`` serves it, with the threads that ``techamp serve`` has.
"""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from http.client import HTTPConnection

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

from bench.campus import ROOT, free_port

SECONDS = 8.0


def hello(request: HttpRequest) -> HttpResponse:
    return HttpResponse("hello")


urlpatterns = [path("", hello)]


def application() -> object:
    """The WSGI entry; a factory, so that importing this module configures nothing."""
    settings.configure(ROOT_URLCONF="bench.hello", ALLOWED_HOSTS=["127.0.0.1"], SECRET_KEY="only here")
    return get_wsgi_application()


def hello_rate(workers: int, connections: int) -> float:
    """Requests a second."""
    port = free_port()
    server = subprocess.Popen([sys.executable, "-m", "bench.hello", str(port), str(workers)], cwd=ROOT)
    try:
        _wait(port)
        counts = [0] * connections
        until = time.monotonic() + SECONDS
        threads = [threading.Thread(target=_ask, args=(port, until, counts, n)) for n in range(connections)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return sum(counts) / SECONDS
    finally:
        server.terminate()
        server.wait()


def _wait(port: int) -> None:
    for _i in range(200):
        try:
            HTTPConnection("127.0.0.1", port, timeout=5).connect()
            return
        except OSError:
            time.sleep(0.1)


def _ask(port: int, until: float, counts: list[int], mine: int) -> None:
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    while time.monotonic() < until:
        connection.request("GET", "/")
        connection.getresponse().read()
        counts[mine] += 1


if __name__ == "__main__":
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    from techamp.serving import BLOCKING_THREADS

    Server(
        "bench.hello:application", address="127.0.0.1", port=int(sys.argv[1]), workers=int(sys.argv[2]), factory=True,
        interface=Interfaces.WSGI, blocking_threads=BLOCKING_THREADS, websockets=False, log_level=LogLevels.warning,
    ).serve()  # fmt: skip
