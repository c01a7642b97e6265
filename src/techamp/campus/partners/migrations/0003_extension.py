"""Extensions get a table of their own; what stood in the enrollment's list moves there."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


def to_rows(apps, schema_editor):
    enrollment, extension = apps.get_model("partners", "Enrollment"), apps.get_model("partners", "Extension")
    for row in enrollment.objects.exclude(extension_list=[]):
        for old in row.extension_list:
            extension.objects.create(
                enrollment=row, place=old["module"], days=old["days"], reason=old.get("reason", ""), granted=True,
                answered=django.utils.timezone.now(),
            )  # fmt: skip


def to_lists(apps, schema_editor):
    enrollment, extension = apps.get_model("partners", "Enrollment"), apps.get_model("partners", "Extension")
    for row in enrollment.objects.all():
        own = extension.objects.filter(enrollment=row, granted=True)
        row.extension_list = [{"module": e.place, "days": e.days, "reason": e.reason} for e in own]
        row.save(update_fields=["extension_list"])


class Migration(migrations.Migration):
    dependencies = [
        ("partners", "0002_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.RenameField("enrollment", "extensions", "extension_list"),
        migrations.CreateModel(
            name="Extension",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("place", models.CharField(max_length=120)),
                ("days", models.PositiveIntegerField(default=7)),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("asked", models.DateTimeField(default=django.utils.timezone.now)),
                ("granted", models.BooleanField(null=True)),
                ("words", models.CharField(blank=True, max_length=300)),
                ("answered", models.DateTimeField(blank=True, null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "enrollment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="extensions",
                        to="partners.enrollment",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("granted", None)),
                        fields=("enrollment", "place"),
                        name="one_open_extension_a_module",
                    )
                ]
            },
        ),
        migrations.RunPython(to_rows, to_lists),
        migrations.RemoveField("enrollment", "extension_list"),
    ]
