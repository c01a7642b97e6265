"""The demo's mail back end: keeps mails so that they can be read on a page."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage

from techamp.campus.people.models import OutboxMail


class OutboxBackend(BaseEmailBackend):
    """Stores instead of sending. Used on the demo campus only, where no mail server is set."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """One row per mail."""
        for message in email_messages:
            OutboxMail.objects.create(
                to=", ".join(message.to)[:200], subject=str(message.subject)[:300], body=str(message.body)
            )
        return len(email_messages)
