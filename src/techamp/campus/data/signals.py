"""Whatever deletes a dataset, she herself or the deletion of her account, deletes its bytes."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete
from django.dispatch import receiver

from techamp.campus.data import files, tables
from techamp.campus.data.models import Dataset


@receiver(post_delete, sender=Dataset)
def remove_bytes(sender: type[Dataset], instance: Dataset, **_kwargs: Any) -> None:
    """After the transaction, if no other dataset has the same bytes."""
    tables.forget(instance.sha256)
    files.doom(instance.sha256)
