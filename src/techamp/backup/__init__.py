"""``techamp backup`` and ``techamp restore``: everything a campus keeps, in one file, taken while it runs."""

from techamp.backup.restoring import restore
from techamp.backup.taking import backup

__all__ = ["backup", "restore"]
