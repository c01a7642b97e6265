"""A document inside a link: what she shares is a copy, so that nothing of hers needs to be seen by others."""

from __future__ import annotations

import base64
import binascii
import json
import zlib

from django.utils.translation import gettext as _

from techamp.contract import Builder, Document, InvalidInput

LONGEST_LINK = 6000


def packed(document: Document) -> str:
    """The document as letters that an address may hold; "" where it is too long for a link."""
    plain = json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
    text = base64.urlsafe_b64encode(zlib.compress(plain, 9)).decode().rstrip("=")
    return text if len(text) <= LONGEST_LINK else ""


def unpacked(builder: Builder, text: str) -> Document:
    """The document of a link. Raises InvalidInput where the link holds none, or too long a one."""
    remedy = _("Ask for the link again, or for the text of the model.")
    if len(text) > LONGEST_LINK:
        rule = _("must be at most %d letters long") % LONGEST_LINK
        raise InvalidInput(_("The link"), rule, len(text), remedy)
    try:
        reader = zlib.decompressobj()
        plain = reader.decompress(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)), builder.longest)
        if not reader.eof:
            raise InvalidInput(_("The link"), _("must hold a model of moderate size"), _("a larger one"), remedy)
        return builder.read(json.dumps(json.loads(plain.decode())))
    except (binascii.Error, zlib.error, ValueError, RecursionError) as error:
        if isinstance(error, InvalidInput):
            raise
        raise InvalidInput(_("The link"), _("must be complete"), _("something else"), remedy) from None
