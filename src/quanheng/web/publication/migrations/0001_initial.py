"""Publications of rounds."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """The table of publications."""

    initial = True

    dependencies = [
        ("jobs", "0001_initial"),
        ("results", "0001_initial"),
        ("rounds", "0004_evidence"),
    ]

    operations = [
        migrations.CreateModel(
            name="KeptPublication",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField()),
                ("corrects", models.PositiveIntegerField(blank=True, null=True)),
                ("state", models.CharField(default="prepared", max_length=20)),
                ("licence", models.CharField(max_length=200)),
                ("issued_by", models.CharField(max_length=200)),
                ("folder", models.CharField(max_length=80)),
                ("files", models.JSONField(default=dict)),
                ("seal", models.CharField(max_length=64)),
                ("findings", models.JSONField(default=list)),
                ("publish_at", models.DateTimeField(blank=True, null=True)),
                ("changed_at", models.DateTimeField(blank=True, null=True)),
                ("made_by", models.CharField(max_length=64)),
                ("made_at", models.DateTimeField()),
                ("job", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="jobs.job")),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="publications",
                        to="rounds.keptround",
                    ),
                ),
                ("run", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="results.keptrun")),
            ],
            options={
                "ordering": ["-made_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("planned", "published", "replaced"))),
                        fields=("round",),
                        name="publication_once",
                    ),
                    models.UniqueConstraint(fields=("job",), name="publication_of_one_job"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["prepared", "planned", "published", "replaced", "dropped"])
                        ),
                        name="publication_state",
                    ),
                ],
            },
        ),
    ]
