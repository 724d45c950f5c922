"""Units that are not there on the last day of a round."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    """Units that are not there on the last day of a round."""

    dependencies = [
        ("rounds", "0004_evidence"),
    ]

    operations = [
        migrations.AddField("askedunit", "gone_since", models.DateField(blank=True, null=True)),
        migrations.AddField("askedunit", "there_from", models.DateField(blank=True, null=True)),
        migrations.AddField(
            "askedunit",
            "went_into",
            models.CharField(blank=True, default="", max_length=200),
            preserve_default=False,
        ),
    ]
