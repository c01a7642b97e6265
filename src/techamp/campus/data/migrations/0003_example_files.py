from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("data", "0002_filled_plan")]

    operations = [
        migrations.AlterField(
            model_name="dataset",
            name="source",
            field=models.CharField(
                choices=[
                    ("upload", "Uploaded file"),
                    ("paste", "Pasted column"),
                    ("lab", "Measured in the lab"),
                    ("typed", "Typed in"),
                    ("example", "Example file"),
                ],
                max_length=8,
            ),
        ),
    ]
