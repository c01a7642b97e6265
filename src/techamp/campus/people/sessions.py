"""Sessions in the database, as Django keeps them; reading one is a query that is kept ready."""

from __future__ import annotations

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from techamp.campus.prepared import Prepared

_by_key = Prepared(lambda key: Session.objects.filter(session_key=key), str)


class SessionStore(db.SessionStore):
    """Not cached: a cache in each process would keep a session alive there that was ended in another one."""

    def _get_session_from_db(self) -> Session | None:
        session = _by_key.first(self.session_key) if self.session_key else None
        if session is None or session.expire_date <= timezone.now():
            self._session_key = None
            return None
        return session
