"""The table in which sign-in attempts are counted: one for all processes."""

from typing import Any

from django.core.management import call_command
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def make(_apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    call_command("createcachetable", "techamp_limits", database=editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
