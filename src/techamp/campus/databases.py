"""DATABASE_URL → Django's settings. SQLite by default, PostgreSQL when the campus grows."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit


def from_url(url: str) -> dict[str, Any]:
    """``sqlite:////var/lib/techamp/campus.sqlite3`` or ``postgresql://user:password@host:5432/name``.

    A socket folder goes into the query: ``postgresql://postgres@/campus?host=/run/postgresql``.
    """
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return sqlite(url.removeprefix("sqlite:///"))
    if parts.scheme in {"postgres", "postgresql"}:
        query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": query.get("host", parts.hostname or ""),
            "PORT": str(parts.port or query.get("port", "")),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {"server_side_binding": True},  # lets the driver prepare what it sends often
        }
    raise ValueError(f"DATABASE_URL must begin with sqlite:/// or postgresql://, but it is {url!r}.")


def sqlite(path: str) -> dict[str, Any]:
    """WAL, so that readers never wait; IMMEDIATE, so that a writer waits at its start and not in the middle."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=20000;"
            " PRAGMA cache_size=-16000; PRAGMA foreign_keys=ON;",
        },
    }
