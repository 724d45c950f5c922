"""Who asked for a job once more while it ran."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    """Who asked for a job once more while it ran."""

    dependencies = [
        ("jobs", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="job",
            name="again_by",
            field=models.CharField(blank=True, default="", max_length=64),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="job",
            name="again_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
